"""What the form of a record cannot say: that its parts fit one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from handouts.model import (
    ClinicKind,
    Dose,
    Exercise,
    FlowRow,
    Labels,
    Layout,
    Step,
    Table,
    Topic,
    Warnings,
    place_of,
)
from handouts.problems import Problem


def inconsistencies(record: Any) -> list[Problem]:
    """Problems between the parts of a record of any kind."""
    rule = _RULES.get(type(record))
    return list(rule(record)) if rule else []


def _topic(topic: Topic) -> Iterator[Problem]:
    uses = topic.exercises.items if topic.exercises else ()
    for ids in (topic.signs, topic.terms, [use.exercise for use in uses], topic.causes.figures if topic.causes else ()):
        yield from _repeated(ids)
    for table in topic.check.tables if topic.check else ():
        yield from _table(table)
    for use in uses:
        if use.dose:
            yield from _dose(use.dose)
    if topic.expires and topic.expires <= topic.date:
        yield Problem(
            place_of(topic.expires),
            "期限(expires)が日付より後になっていません。",
            f"{topic.date} より後の日を書いてください。",
        )


def _repeated(ids: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            yield Problem(
                place_of(id_), f"「{id_}」が2回書かれています。", "どちらかを消してください。", length=len(id_)
            )
        seen.add(id_)


def _table(table: Table) -> Iterator[Problem]:
    wide = len(table.columns)
    for row in table.rows:
        if len(row.cells) != wide:
            message = f"表の列は {wide} つですが、この行には {len(row.cells)} つあります。"
            yield Problem(place_of(row.cells[0]), message, "列の数をそろえてください。")
    if table.strong > wide:
        yield Problem(table.place, f"strong が {table.strong} ですが、列は {wide} つです。", "太字にする列の番号です。")


def _exercise(exercise: Exercise) -> Iterator[Problem]:
    yield from _dose(exercise.dose)


def _dose(dose: Dose) -> Iterator[Problem]:
    if not dose.hold and not dose.repetitions:
        yield Problem(dose.place, "hold(時間)か repetitions(回数)が必要です。", "例: hold: 30秒")
    if dose.repetitions and not dose.hold and dose.seconds_each is None:
        yield Problem(dose.place, "seconds_each(1回の秒数)が必要です。", "1日にかかる時間を計算するために使います。")


def _warnings(warnings: Warnings) -> Iterator[Problem]:
    for step in Step:
        if step not in warnings.steps:
            yield Problem(warnings.place, f"steps に「{step.value}」がありません。", "段階は now と soon の2つです。")


def _labels(labels: Labels) -> Iterator[Problem]:
    for kind in ClinicKind:
        if kind not in labels.hours:
            yield Problem(labels.place, f"hours に「{kind.value}」がありません。", "書き足してください。")


def _layout(layout: Layout) -> Iterator[Problem]:
    placed: Counter[str] = Counter()
    for row in layout.flow:
        yield from _flow_row(row, layout.columns)
        blocks = [row.block] if row.block else [block for column in row.columns for block in column.blocks]
        for block in blocks:
            placed[block.value] += 1
            if placed[block.value] == 2:
                yield Problem(row.place, f"「{block.value}」が2回置かれています。", "どちらかを消してください。")


def _flow_row(row: FlowRow, columns: int) -> Iterator[Problem]:
    if bool(row.block) == bool(row.columns):
        yield Problem(row.place, "block か columns の、どちらか1つが必要です。")
    spans = list(row.spans) or [column.span for column in row.columns]
    if spans and sum(spans) != columns:
        yield Problem(
            row.place, f"列の幅を足すと {sum(spans)} ですが、紙面は {columns} 列です。", "幅を合わせてください。"
        )


_RULES: dict[type[Any], Callable[[Any], Iterator[Problem]]] = {
    Topic: _topic,
    Exercise: _exercise,
    Warnings: _warnings,
    Labels: _labels,
    Layout: _layout,
}
