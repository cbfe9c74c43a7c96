"""What the form of a record cannot say: that its parts fit one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from handouts.contrast import TEXT, contrast
from handouts.model import (
    BlockName,
    Clinic,
    ClinicKind,
    Dose,
    Exercise,
    FlowRow,
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
from handouts.problems import Problem

WHITE = "#FFFFFF"
EDGE = 5.0
"""mm from the paper's edge that common lasers cannot print on (print.md)."""
LEAST_ROOM = 60.0
"""mm: narrower, not even a warning sign of ten characters finds its line."""
FORM_COLUMNS = 12
FOLD_INSET = 5.0
"""mm from a fold to text (print.md)."""
LEAST_SIZES = {"body": 12.0, "strong": 12.0, "check": 12.0, "item": 12.0, "note": 9.0, "unit": 9.0, "cell": 9.0}
"""pt, by type style (standards.md: body 12, notes 9)."""
IN_COLUMNS = (BlockName.QUESTIONS, BlockName.SUMMARY, BlockName.ANSWERS)


def inconsistencies(record: Any) -> list[Problem]:
    """Problems between the parts of a record of any kind."""
    rule = _RULES.get(type(record))
    return list(rule(record)) if rule else []


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
            if section.figure_sides and not section.figure:
                yield Problem(section.place, "図(figure)がないのに、図の左右の語(figure_sides)があります。")
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
    for row in table.rows:
        if len(row.cells) != wide:
            message = f"表の列は {wide} つですが、この行には {len(row.cells)} つあります。"
            yield Problem(place_of(row.cells[0]), message, "列の数をそろえてください。")
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
    for name, least in LEAST_SIZES.items():
        style: TypeStyle = getattr(theme.type, name)
        if style.size < least:
            message = f"{name} の文字が {style.size} pt です({least} pt 以上が必要です)。"
            yield Problem(style.place, message, "患者さんが読める大きさにしてください。")
    for name in theme.type.__struct_fields__:
        style = getattr(theme.type, name)
        if style.leading < style.size * 1.15:
            message = f"{name} の行送り {style.leading} pt が文字の大きさ {style.size} pt に足りません。"
            yield Problem(style.place, message, "行送りは文字の大きさの 1.15 倍以上にしてください。")


def _layout(layout: Layout) -> Iterator[Problem]:
    yield from _room(layout)
    if bool(layout.flow) == bool(layout.panels):
        yield Problem(layout.place, "flow か panels の、どちらか1つが必要です。")
        return
    yield from _panels(layout)
    order: list[BlockName] = []
    for row in layout.rows:
        yield from _flow_row(row, layout.columns)
        for block in [row.block] if row.block else [block for column in row.columns for block in column.blocks]:
            if block in order:
                yield Problem(row.place, f"「{block.value}」が2回置かれています。", "どちらかを消してください。")
            order.append(block)
    first = [block for block in order if block not in (BlockName.HEADER, BlockName.COVER)][:1]
    if first != [BlockName.WARNING]:
        message = "受診が必要なサイン(warning)が、ほかの内容より前に置かれていません。"
        yield Problem(
            (layout.rows[0] if layout.rows else layout).place,
            message,
            "「- {block: warning}」を header のすぐ後に書いてください。",
        )


def _room(layout: Layout) -> Iterator[Problem]:
    """White at the edge that any printer has, and room for text between the margins."""
    margins, gap = layout.margins, layout.gap
    if min(margins.left, margins.right, margins.top, margins.bottom) < EDGE:
        message = f"余白は {EDGE} mm 以上必要です(プリンターが端に印刷できません)。"
        yield Problem(margins.place, message, "余白を広げてください。")
    width = layout.page.width - margins.left - margins.right - layout.gutter * (layout.columns - 1)
    height = layout.page.height - margins.top - margins.bottom
    if width < LEAST_ROOM or height < LEAST_ROOM:
        message = f"余白と列の間を除くと、文字を置く所が {max(width, 0):.0f} × {max(height, 0):.0f} mm しかありません。"
        yield Problem(layout.page.place, message, "紙面・余白・列の数を見直してください。")
    if not gap.least <= gap.normal <= gap.most:
        yield Problem(gap.place, "間隔が least ≤ normal ≤ most になっていません。", "3つの値を見直してください。")


def _panels(layout: Layout) -> Iterator[Problem]:
    """Panels lie on the paper, apart from each other and from folds, and the first has a flow."""
    if layout.panels and not layout.panels[0].flow:
        yield Problem(layout.panels[0].place, "最初の面(panels)に flow がありません。", "置く内容を書いてください。")
    page = layout.page
    for index, panel in enumerate(layout.panels):
        right, lower = panel.x + panel.width, panel.y + panel.height
        if min(panel.x, panel.y) < EDGE or right > page.width - EDGE or lower > page.height - EDGE:
            message = f"面「{panel.name}」が、紙の端から {EDGE:g} mm の内側に収まっていません。"
            yield Problem(panel.place, message, "x、y、width、height を見直してください。")
        for fold in layout.folds:
            if fold.side == panel.side and panel.x - FOLD_INSET < fold.x < right + FOLD_INSET:
                message = f"面「{panel.name}」が、折り目({fold.x:g} mm)から {FOLD_INSET:g} mm 離れていません。"
                yield Problem(panel.place, message, "x か width を見直してください。")
        for other in layout.panels[:index]:
            apart = (
                other.side != panel.side
                or other.x + other.width <= panel.x
                or right <= other.x
                or other.y + other.height <= panel.y
                or lower <= other.y
            )
            if not apart:
                yield Problem(panel.place, f"面「{panel.name}」と「{other.name}」が重なっています。")


def _flow_row(row: FlowRow, columns: int) -> Iterator[Problem]:
    if bool(row.block) == bool(row.columns):
        yield Problem(row.place, "block か columns の、どちらか1つが必要です。")
    spans = list(row.spans) or [column.span for column in row.columns]
    if spans and sum(spans) != columns:
        yield Problem(
            row.place, f"列の幅を足すと {sum(spans)} ですが、紙面は {columns} 列です。", "幅を合わせてください。"
        )
    if row.block is BlockName.EXERCISES and columns > 1 and len(spans) != 3:
        yield Problem(row.place, "exercises には spans が3つ必要です(図・手順・用量)。", "例: spans: [4, 5, 3]")
    for column in row.columns:
        for block in column.blocks:
            if block not in IN_COLUMNS:
                names = "、".join(sorted(name.value for name in IN_COLUMNS))
                yield Problem(
                    column.place, f"「{block.value}」は列の中に置けません。", f"列に置けるのは {names} です。"
                )


_RULES: dict[type[Any], Callable[[Any], Iterator[Problem]]] = {
    Topic: _topic,
    Exercise: _exercise,
    Warnings: _warnings,
    Labels: _labels,
    Clinic: _clinic,
    Theme: _theme,
    Layout: _layout,
}
