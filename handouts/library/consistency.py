"""What the form of a record cannot say: that its parts fit one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from handouts.contrast import TEXT, contrast
from handouts.library.layout_rules import layout_rules
from handouts.model import (
    Clinic,
    ClinicKind,
    Dose,
    Exercise,
    Form,
    Labels,
    Layout,
    Step,
    Table,
    Theme,
    Topic,
    TopicKind,
    TypeStyle,
    Warnings,
    place_of,
)
from handouts.model.readings import parted
from handouts.problems import Problem

WHITE = "#FFFFFF"
FORM_COLUMNS = 12
LEAST_NOTES = {9.0: 9.0, 12.0: 10.5, 18.0: 14.0}
"""pt of notes by pt of the body (standards.md): a card, a sheet, the large print."""
BODY, NOTES = ("body", "strong", "check", "item"), ("note", "unit", "cell")
"""Type styles."""


def inconsistencies(record: Any) -> list[Problem]:
    """Problems between the parts of a record of any kind."""
    rule = _RULES.get(type(record))
    return list(rule(record)) if rule else []


def misread(readings: dict[str, str]) -> list[Problem]:
    """Readings that do not have the kana of their words."""
    return [
        Problem(place_of(word), f"「{word}」の読み「{reading}」に、かなの部分が合いません。", "例: 伸ば: のば")
        for word, reading in readings.items()
        if parted(word, reading) is None
    ]


def _topic(topic: Topic) -> Iterator[Problem]:
    yield from _kind(topic)
    if topic.form:
        yield from _form(topic.form)
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


def _kind(topic: Topic) -> Iterator[Problem]:
    """A form has fields and none of a guide's parts; a guide has questions and no fields."""
    if topic.kind is TopicKind.FORM:
        if topic.form is None and topic.questions is None:
            yield Problem(
                topic.place, "書き込む欄(form)がありません。", "form を書くか、kind を guide にしてください。"
            )
        for name in ("causes", "check", "tips", "exercises", "summary"):
            part = getattr(topic, name)
            if part is not None:
                yield Problem(part.place, f"書き込み用の資料(kind: form)に「{name}」は置けません。", "消してください。")
        return
    if topic.form is not None:
        hint = "kind: form と書くか、form を消してください。"
        yield Problem(topic.form.place, "読むための資料(guide)に書き込む欄(form)は置けません。", hint)
    if topic.questions is None:
        yield Problem(topic.place, "項目「questions」がありません。", "受診で聞くことを書き足してください。")


def _form(form: Form) -> Iterator[Problem]:
    """Columns of a row are as wide as the page together; a field is there to be filled in."""
    for row in form.rows:
        spans = sum(column.span for column in row.columns)
        if spans != FORM_COLUMNS:
            message = f"列の幅(span)の合計が {spans} です。{FORM_COLUMNS} にしてください。"
            yield Problem(row.place, message, "1列だけなら span を省けます。")
        for section in (section for column in row.columns for section in column.sections):
            for field in section.fields:
                if not (field.options or field.write or field.scale or field.lines):
                    hint = "options、write、scale、lines のどれかを書いてください。"
                    yield Problem(field.place, "何を書き込む欄か分かりません。", hint)


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
    easy = [table.easy.columns if table.easy else None, *(row.easy for row in table.rows)]
    for cells in (*(row.cells for row in table.rows), *easy):
        if cells and len(cells) != wide:
            message = f"表の列は {wide} つですが、この行には {len(cells)} つあります。"
            yield Problem(place_of(cells[0]), message, "列の数をそろえてください。")
    if table.strong > wide:
        yield Problem(table.place, f"strong が {table.strong} ですが、列は {wide} つです。", "太字にする列の番号です。")


def _exercise(exercise: Exercise) -> Iterator[Problem]:
    if exercise.dose:
        yield from _dose(exercise.dose)
    elif not exercise.when:
        message = "dose(用量)も when(いつ)もありません。"
        yield Problem(exercise.place, message, "体操には dose を、習慣には when: 座るとき のように書いてください。")


def _rising(text: str | None) -> Iterator[Problem]:
    low, _, high = re.sub("[^0-9〜]", "", text or "").partition("〜")
    if high and int(low) >= int(high):
        yield Problem(place_of(text), f"「{text}」の範囲が小さい順になっていません。", "小さい数を先に書いてください。")


def _dose(dose: Dose) -> Iterator[Problem]:
    if not dose.hold and not dose.repetitions:
        yield Problem(dose.place, "hold(時間)か repetitions(回数)が必要です。", "例: hold: 30秒")
    for text in (dose.hold, dose.repetitions, dose.sets, dose.per_day, dose.every):
        yield from _rising(text)
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


def _clinic(clinic: Clinic) -> Iterator[Problem]:
    yield from _pale(clinic.accent, WHITE, "白い紙")


def _pale(colour: str, ground: str, on: str) -> Iterator[Problem]:
    ratio = contrast(colour, ground)
    if ratio < TEXT:
        message = f"色 {colour} は{on}の上で読めません(明暗の比 {ratio:.1f}、必要なのは {TEXT} 以上)。"
        yield Problem(place_of(colour), message, "もっと濃い色にしてください。")


def _theme(theme: Theme) -> Iterator[Problem]:
    ink = theme.ink
    for colour, ground, on in ((ink.ink, ink.paper, "紙"), (ink.accent, ink.paper, "紙"), (ink.ink, ink.tint, "地色")):
        yield from _pale(colour, ground, on)
    floor = max((size for size in LEAST_NOTES if size <= theme.smallest), default=min(LEAST_NOTES))
    for name in (*BODY, *NOTES):
        least = theme.smallest if name in BODY else LEAST_NOTES[floor]
        style: TypeStyle = getattr(theme.type, name)
        if style.size < least:
            message = f"{name} の文字が {style.size} pt です({least:g} pt 以上が必要です)。"
            yield Problem(style.place, message, "患者さんが読める大きさにしてください。")
    for name in theme.type.__struct_fields__:
        style = getattr(theme.type, name)
        if style.leading < style.size * 1.15:
            message = f"{name} の行送り {style.leading} pt が文字の大きさ {style.size} pt に足りません。"
            yield Problem(style.place, message, "行送りは文字の大きさの 1.15 倍以上にしてください。")


_RULES: dict[type[Any], Callable[[Any], Iterator[Problem]]] = {
    Topic: _topic,
    Exercise: _exercise,
    Warnings: _warnings,
    Labels: _labels,
    Clinic: _clinic,
    Theme: _theme,
    Layout: layout_rules,
}
