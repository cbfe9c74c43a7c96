"""What must be answered before a personalised sheet is printed: each question once, with its place and no name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from handouts.consult import when
from handouts.consult.conditions import Said, is_known, is_nothing, speaks_against, too_young_or_old
from handouts.consult.dose import NAMES, said
from handouts.consult.names import NameReport
from handouts.model import Dose, ExerciseEntry, Handout, place_of
from handouts.model.amounts import amount, minutes
from handouts.model.consultation import Choice, Consultation
from handouts.problems import NOWHERE, Place, Problem
from handouts.sides import sided
from handouts.text.markup import plain

MOST = 5
"""Exercises of a sheet (adults of 67–82 did 2 better than 8; standards.md)."""
ANSWER = "これでよければ y と答えるか、--yes を付けます。変えるなら、記録か指定を直してください。"
_IN_SECONDS = {"秒": 1, "分": 60}
_UNSAID = {"repetitions": "1回", "sets": "1セット", "per_day": "1回", "every": "1日"}
"""What a dose means where it says nothing of an amount."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is never silently accepted; `id` is the same in every run (`dose:hamstring-chair`)."""

    id: str
    text: str
    place: Place = NOWHERE

    def problem(self) -> Problem:
        """The question as it is told where nobody is there to answer it."""
        return Problem(
            self.place, f"確かめてください: {self.text}", ANSWER, excerpt=" ", rule=self.id.partition(":")[0]
        )


def name_of(entry: ExerciseEntry) -> str:
    """What an exercise is called where no side is meant."""
    return plain(sided(entry.exercise.name, None))


def about_doses(
    choices: Sequence[Choice], entries: Sequence[ExerciseEntry], stated: dict[str, list[Dose]]
) -> Iterator[Question]:
    """A dose that is outside all that the library and the topics state, whether longer or shorter."""
    for choice, entry in zip(choices, entries, strict=True):
        changed = [field for field in NAMES if getattr(choice, field)]
        if entry.dose is None or not changed:
            continue
        doses = stated[entry.id]
        outside = [field for field in changed if not _within(field, getattr(choice, field), doses)]
        if not outside:
            continue
        usual = "、または".join(dict.fromkeys(said(dose) for dose in doses)) or "用量のない習慣"
        amounts = "・".join(NAMES[field] for field in outside)
        text = f"{name_of(entry)}「{said(entry.dose)}」は、{amounts}が資料の範囲({usual})の外です。"
        yield Question(f"dose:{entry.id}", text, place_of(choice))


def _within(field: str, text: str, doses: Sequence[Dose]) -> bool:
    """Whether an amount lies between the least and the most that the doses state."""
    spans = [_span(stated) for dose in doses if (stated := getattr(dose, field) or _UNSAID.get(field))]
    low, high = _span(text)
    return bool(spans) and min(least for least, _ in spans) <= low and high <= max(most for _, most in spans)


def _span(text: str) -> tuple[int, int]:
    low, high, unit = amount(text)
    return low * _IN_SECONDS.get(unit, 1), high * _IN_SECONDS.get(unit, 1)


def about_the_patient(
    record: Consultation, handouts: Sequence[Handout], entries: Sequence[ExerciseEntry]
) -> Iterator[Question]:
    """What the record says of the patient and an exercise or a topic warns of; a condition that nothing here knows."""
    lines = [(name_of(entry), line) for entry in entries for line in entry.exercise.avoid or ()]
    asks = [
        (f"資料「{plain(handout.topic.title)}」", part)
        for handout in handouts
        if (section := handout.topic.exercises)
        for part in (section.ask, section.note)
        if part and entries
    ]
    age = record.patient.age
    if age is not None:
        found = [(who, line) for who, line in (*lines, *asks) if too_young_or_old(age, line)]
        if found:
            yield Question("age", f"{age}歳は、先に医師に相談する年齢です: {_listed(found)}", record.patient.place)
    for where in Said:
        for number, text in enumerate(getattr(record, where.value), 1):
            if not is_nothing(text):
                yield from _about(where, number, text, record, lines, asks)


def _about(
    where: Said,
    number: int,
    text: str,
    record: Consultation,
    lines: list[tuple[str, str]],
    asks: list[tuple[str, str]],
) -> Iterator[Question]:
    found = [(who, line) for who, line in lines if speaks_against(text, line, where)]
    found = found or [(who, line) for who, line in asks if speaks_against(text, line, where)]
    words = without_name(text, record)
    if found:
        yield Question(
            f"{where.value}:{number}",
            f"「{words}」の方に、次が当てはまるかもしれません: {_listed(found)}",
            place_of(text),
        )
    elif where is Said.CONDITION and (lines or asks) and not is_known(text):
        yield Question(f"{where.value}:{number}", f"「{words}」が、選んだ体操に差しつかえないか。", place_of(text))


def _listed(found: list[tuple[str, str]]) -> str:
    """Each exercise or topic with what it says, a long list of who must ask as its name alone."""
    shown = {f"{who}({plain(line)})" if len(line) <= 60 else f"{who}(先に相談する方)": None for who, line in found}
    return "、".join(shown)


def without_name(text: str, record: Consultation) -> str:
    """A text of the record, in which the patient's name, if it stands there, is said as お名前."""
    patient = record.patient
    words = {
        part for whole in (patient.name, patient.reading or "", patient.id or "") for part in (whole, *whole.split())
    }
    for word in sorted(words, key=len, reverse=True):
        if word:
            text = text.replace(word, "(お名前)")
    return text


def about_the_sheet_before(record: Consultation, patient: Mapping[str, str]) -> Iterator[Question]:
    """A sheet before that was made for somebody else: what it says would be carried over to this patient."""

    def bare(text: str) -> str:
        return "".join(normalize("NFKC", text).split())

    here, number = bare(record.patient.name), patient.get("id")
    same_number = number is not None and number == record.patient.id
    if not same_number and bare(patient.get("name", "")) != here:
        text = f"前の紙 {record.previous} は、お名前の違う方のものです。"
        yield Question("previous", text, place_of(record.previous))


def about_the_sheet(
    record: Consultation, handout: Handout, today: date, next_visit: date | None, report: NameReport
) -> Iterator[Question]:
    """Too many exercises, too many minutes, a next visit that is past, a name that prints otherwise."""
    entries, limit = handout.exercises, handout.clinic.daily_minutes
    if len(entries) > MOST:
        text = f"体操が {len(entries)} つあります({MOST} つまでが目安です。少ないほど続きます)。"
        yield Question("exercises", text, place_of(record))
    if (most := minutes(entry.dose for entry in entries)[1]) > limit:
        text = f"体操の時間が1日 {most} 分になります(医院の上限は {limit} 分)。"
        yield Question("minutes", text, place_of(record))
    if record.next_visit and next_visit and next_visit < today:
        text = f"次の受診 {when.written(next_visit)} は過ぎた日です(今日は {when.written(today)})。"
        yield Question("next_visit", text, place_of(record.next_visit))
    for number, notice in enumerate(report.notices, 1):
        yield Question(f"name:{number}", notice.message, notice.place)
