"""Everything that was chosen, in words, for the person at the desk to look at before it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from string import ascii_uppercase

from handouts.consult import when
from handouts.consult.changes import SIDES, whole
from handouts.consult.plan import Plan
from handouts.consult.questions import without_name
from handouts.model import Clinic
from handouts.model.consultation import Paper, Place
from handouts.offer import EDITIONS

_PLACES = {Place.INNER: "内側", Place.MIDDLE: "真ん中", Place.OUTER: "外側"}
NO_CHANGE = "ありません"
NOT_SHOWN = "(紙にだけ印刷します)"


def summary(plan: Plan, *, with_name: bool) -> str:
    """One line for each thing that was chosen. The name is shown on a terminal only: elsewhere it might be kept."""
    return "\n".join(_lines(plan, with_name))


def _lines(plan: Plan, with_name: bool) -> Iterator[str]:
    record = plan.consultation
    yield from (f"資料: {title} ({name})" for name, title in plan.topics.items())
    yield f"お名前: {f'{record.patient.name} 様' if with_name else NOT_SHOWN}"
    if record.patient.age is not None:
        yield f"年齢: {record.patient.age}歳"
    places = "・".join(_PLACES[place] for place in record.places)
    yield f"膝: {SIDES[record.side.value]}{f'({places})' if places else ''}"
    yield f"診察日: {when.written(plan.day)}{f'  説明した人: {record.practitioner}' if record.practitioner else ''}"
    yield f"体操: 1日 約{plan.minutes}分" if plan.minutes else "体操:"
    for letter, entry in zip(ascii_uppercase, plan.handout.exercises, strict=False):
        yield f"  {letter} {plan.name_of(entry)}  {whole(entry.dose) if entry.dose else entry.exercise.when or ''}"
    for noun, texts in (
        ("所見", record.findings),
        ("病気・薬など", record.conditions),
        ("控えること", record.avoid),
        ("医院から", record.notes),
    ):
        yield from _listed(noun, [text if with_name else without_name(text, record) for text in texts])
    yield f"次の受診: {_visit(plan)}"
    yield f"版: {EDITIONS[record.edition]}  色: {'白黒' if record.paper is Paper.MONO else 'カラー'}"
    if plan.has_previous:
        yield from _listed("前回からの変更", [change.text for change in plan.changes] or [NO_CHANGE])


def _listed(noun: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f"{noun}:"
        yield from (f"  {text}" for text in texts)


def _visit(plan: Plan) -> str:
    if plan.next_visit is None:
        return "未定(紙に書き込みます)"
    day, time = plan.next_visit
    closed = "  注意: 診療日ではありません" if is_closed(plan.handout.clinic, day) else ""
    return f"{when.written(day)}{f' {time}' if time else ''}{closed}"


def is_closed(clinic: Clinic, day: date) -> bool:
    """Whether the opening hours, where they are known, leave this weekday out (holidays are not known here)."""
    return bool(clinic.hours) and not any(when.weekday(day) in hours.days for hours in clinic.hours)
