"""What the form of a layout cannot say: blocks once and in a safe order, panels on the paper and clear of folds."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.model import BlockName, Edge, FlowRow, Fold, Layout, Panel
from handouts.problems import Problem

EDGE = 5.0
"""mm from the paper's edge that common lasers cannot print on (print.md)."""
TRIM = 4.0
"""mm from a cut to text: a knife or guillotine may be 1–2 mm out, and a card must look whole."""
LEAST_ROOM = 40.0
"""mm: narrower, not even a warning sign of ten characters finds its line."""
SAME = 0.1
"""mm: lengths that differ by less are one."""
CUT_MARGIN = 9.0
"""mm around copies on a sheet: cut marks of 3.5 mm between the printer's edge and the first cut."""
FOLD_INSET = 5.0
"""mm from a fold to text (print.md)."""
IN_COLUMNS = (
    BlockName.QUESTIONS,
    BlockName.SUMMARY,
    BlockName.ANSWERS,
    BlockName.CHANGES,
    BlockName.RESTRAINT,
    BlockName.REMARKS,
    BlockName.VISIT,
)
OPENING = (
    BlockName.HEADER,
    BlockName.COVER,
    BlockName.DIARY,
    BlockName.PERSON,
    BlockName.FINDINGS,
    BlockName.VISIT,
    BlockName.CHANGES,
    BlockName.RESTRAINT,
    BlockName.REMARKS,
)
"""What may stand before the warning signs."""
SIGNS = (BlockName.NOW, BlockName.SOON)


def layout_rules(layout: Layout) -> Iterator[Problem]:
    yield from _room(layout)
    if bool(layout.flow) == bool(layout.panels):
        yield Problem(layout.place, "flow か panels の、どちらか1つが必要です。")
        return
    yield from _panels(layout)
    for row in layout.rows:
        yield from _flow_row(row, layout.columns)
    yield from _blocks(layout)
    for changed in layout.orders[1:]:
        yield from _otherwise(layout, changed)
    for edition, plan in layout.editions.items():
        changed = layout.as_edition(edition)
        if plan.flow is not None or plan.panels is not None:
            for row in changed.rows:
                yield from _flow_row(row, changed.columns)
            yield from _panels(changed)
            yield from _blocks(changed)
    for name in layout.promises:
        if name in layout.optional or name not in layout.takes:
            message = f"「{name.value}」を必ず載せると言っていますが、省けるか、置かれていません。"
            yield Problem(layout.place, message, "promises と optional を見直してください。")
    yield from _imposition(layout)


def _otherwise(layout: Layout, changed: Layout) -> Iterator[Problem]:
    """Another order, for where signs and exercises do not go on one side: the same blocks, the signs first."""
    for row in changed.rows:
        yield from _flow_row(row, changed.columns)
    yield from _blocks(changed)
    if set(changed.takes) != set(layout.takes):
        yield Problem(layout.place, "flow と otherwise の内容が違います。", "同じ内容を、順だけ変えて書いてください。")


def _blocks(layout: Layout) -> Iterator[Problem]:
    """Each block once; the warning signs, all of them, before everything but the title."""
    for name in layout.spares:
        if name not in layout.moving(None).takes:
            message = f"「{name.value}」に、spare のない、ふだんの行がありません。"
            yield Problem(layout.place, message, "spare のない行も書いてください。")
    layout = layout.moving(None)
    rows = {name: row for row in layout.rows for name in Layout.blocks_of(row)}
    order = list(layout.takes)
    for name in dict.fromkeys(name for name in order if order.count(name) > 1):
        yield Problem(rows[name].place, f"「{name.value}」が2回置かれています。", "どちらかを消してください。")
    opening = (*OPENING, BlockName.EXERCISES) if BlockName.PERSON in order else OPENING
    first = [block for block in order if block not in opening][:1]
    if first not in ([BlockName.WARNING], [BlockName.NOW]):
        message = "受診が必要なサイン(warning)が、ほかの内容より前に置かれていません。"
        place = (layout.rows[0] if layout.rows else layout).place
        yield Problem(place, message, "「- {block: warning}」を header のすぐ後に書いてください。")
    elif BlockName.WARNING not in order and BlockName.SOON not in order:
        place = rows[BlockName.NOW].place
        yield Problem(place, "「早めに」のサインがどこにもありません。", "「- {block: soon}」も書いてください。")
    for name in (BlockName.WARNING, *SIGNS):
        if name in layout.optional:
            yield Problem(layout.place, f"受診のサイン({name.value})は省けません。", "optional から消してください。")


def _room(layout: Layout) -> Iterator[Problem]:
    """White at the edge that any printer has, and room for text between the margins."""
    margins, gap = layout.margins, layout.gap
    edge = _edge(layout)
    if min(margins.left, margins.right, margins.top, margins.bottom) < edge:
        why = "切るときのずれ" if layout.repeat else "プリンターが端に印刷できません"
        message = f"余白は {edge} mm 以上必要です({why})。"
        yield Problem(margins.place, message, "余白を広げてください。")
    width = layout.page.width - margins.left - margins.right - layout.gutter * (layout.columns - 1)
    height = layout.page.height - margins.top - margins.bottom
    if width < LEAST_ROOM or height < LEAST_ROOM:
        message = f"余白と列の間を除くと、文字を置く所が {max(width, 0):.0f} × {max(height, 0):.0f} mm しかありません。"
        yield Problem(layout.page.place, message, "紙面・余白・列の数を見直してください。")
    if not gap.least <= gap.normal <= gap.most:
        yield Problem(gap.place, "間隔が least ≤ normal ≤ most になっていません。", "3つの値を見直してください。")


def _edge(layout: Layout) -> float:
    """How near text may come to the edge of a page: of paper, or of a card that is cut from it."""
    return TRIM if layout.repeat else EDGE


def _imposition(layout: Layout) -> Iterator[Problem]:
    """Pages fill the sheet they are put on: two beside each other, or all copies within what a printer reaches."""
    page, repeat, saddle = layout.page, layout.repeat, layout.saddle
    if repeat and saddle:
        yield Problem(repeat.place, "repeat と saddle は、どちらか1つだけ書けます。")
    if saddle and (abs(saddle.sheet.width - 2 * page.width) > SAME or abs(saddle.sheet.height - page.height) > SAME):
        message = f"紙(sheet)の幅は page の幅の2倍の {2 * page.width:g} mm、高さは {page.height:g} mm にします。"
        yield Problem(saddle.place, message)
    if (repeat or saddle) and layout.edge is not (Edge.LONG if repeat else Edge.SHORT):
        wanted = "long" if repeat else "short"
        message = f"{'repeat' if repeat else 'saddle'} のある紙は、両面を edge: {wanted} で返します。"
        yield Problem(layout.place, message, f"edge: {wanted} と書いてください。")
    if repeat:
        left = (repeat.sheet.width - repeat.across * page.width) / 2
        top = (repeat.sheet.height - repeat.down * page.height) / 2
        if min(left, top) < CUT_MARGIN:
            message = f"並べると、紙の端まで {min(left, top):.1f} mm しかありません({CUT_MARGIN:g} mm 以上必要です)。"
            yield Problem(repeat.place, message, "across か down を減らしてください。")


def _panels(layout: Layout) -> Iterator[Problem]:
    """Panels lie on the paper, apart from each other and from folds, and the first has a flow."""
    if layout.panels and not layout.panels[0].flow:
        yield Problem(layout.panels[0].place, "最初の面(panels)に flow がありません。", "置く内容を書いてください。")
    for fold in layout.folds:
        if (fold.x is None) == (fold.y is None):
            yield Problem(fold.place, "折り目には x か y の、どちらか1つを書いてください。")
    page = layout.page
    for index, panel in enumerate(layout.panels):
        right, lower = panel.x + panel.width, panel.y + panel.height
        edge = _edge(layout)
        if min(panel.x, panel.y) < edge or right > page.width - edge or lower > page.height - edge:
            message = f"面「{panel.name}」が、紙の端から {edge:g} mm の内側に収まっていません。"
            yield Problem(panel.place, message, "x、y、width、height を見直してください。")
        for fold in layout.folds:
            if fold.side == panel.side and _touches(panel, fold):
                at = fold.x if fold.x is not None else fold.y
                message = f"面「{panel.name}」が、折り目({at:g} mm)から {FOLD_INSET:g} mm 離れていません。"
                yield Problem(panel.place, message, "x、y、width、height を見直してください。")
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


def _touches(panel: Panel, fold: Fold) -> bool:
    """Whether a panel's text comes nearer to a fold than it may."""
    if fold.x is not None:
        return panel.x - FOLD_INSET < fold.x < panel.x + panel.width + FOLD_INSET
    return fold.y is not None and panel.y - FOLD_INSET < fold.y < panel.y + panel.height + FOLD_INSET


def _flow_row(row: FlowRow, columns: int) -> Iterator[Problem]:
    if bool(row.block) == bool(row.columns):
        yield Problem(row.place, "block か columns の、どちらか1つが必要です。")
    spans = list(row.spans) or [column.span for column in row.columns]
    if spans and sum(spans) != columns:
        yield Problem(
            row.place, f"列の幅を足すと {sum(spans)} ですが、紙面は {columns} 列です。", "幅を合わせてください。"
        )
    if row.block is BlockName.EXERCISES and columns > 1 and len(spans) not in (1, 3):
        yield Problem(row.place, "exercises には spans が3つ必要です(図・手順・用量)。", "例: spans: [4, 5, 3]")
    if row.block in (BlockName.PERSON, BlockName.FINDINGS) and len(spans) != 2:
        yield Problem(row.place, f"{row.block.value} には spans が2つ必要です(書いた行・図)。", "例: spans: [8, 4]")
    for column in row.columns:
        for block in column.blocks:
            if block not in IN_COLUMNS:
                names = "、".join(sorted(name.value for name in IN_COLUMNS))
                yield Problem(
                    column.place, f"「{block.value}」は列の中に置けません。", f"列に置けるのは {names} です。"
                )
