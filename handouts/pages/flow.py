"""Flow puts pieces on sides: order fixed, nothing parted, sides filled evenly, never smaller to make it fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from handouts.faces import Stack
from handouts.model import BlockName, Handout, Layout, Theme
from handouts.pages.blocks import Block, Foot
from handouts.pages.box import PT_PER_MM, Box, mm
from handouts.pages.components.draft import mark_draft
from handouts.pages.components.footer import set_last_foot, set_running_foot
from handouts.pages.components.piece import Piece, least_height
from handouts.pages.compose import bare_title
from handouts.pages.grid import Grid
from handouts.pages.leaflet import set_panels
from handouts.pages.rows import set_rows
from handouts.pages.setter import Setter, once
from handouts.pages.sheet import Document, Sheet, Tag
from handouts.problems import Place, Problem, Problems
from handouts.text.markup import plain

_MOST_SIDES = 8
_NEW_SIDE = 0.5
"""A side that does not begin where the layout would like it costs as much as sides half a side apart in filling."""
_PARTED = 0.3
"""What it costs, by the same measure, to go on with a section on the next side."""


def flow(
    handout: Handout,
    layout: Layout,
    theme: Theme,
    blocks: Mapping[BlockName, Block],
    foot: Foot,
    faces: Mapping[str, Stack],
    printed: str,
) -> tuple[Document, dict[str, int]]:
    """Blocks become sheets, with what the line breaker gave up.

    Raises Problems: missing glyphs, or a piece that no side can hold (with the overrun in mm).
    """
    setter = Setter(faces, theme)
    if layout.panels:
        document = set_panels(setter, handout, layout, blocks, foot.draft, printed)
        return document, {reason: count for reason, count in setter.given_up.items() if count}
    pieces = set_rows(setter, layout, layout.flow, Grid.of(layout), blocks)
    last_tag = Tag("Sect")
    width = mm(layout.page.width - layout.margins.left - layout.margins.right)
    running = set_running_foot(setter, foot, width, 1, 1).height
    last = set_last_foot(setter, foot, width, 1, 1, Tag("Sect")).height
    if setter.problems:
        raise Problems(once(setter.problems))
    sides = split_sides(pieces, layout, running, last)
    root = Tag("Document")
    document = Document(
        [], root, bare_title(handout.topic.title), plain(handout.clinic.name), edge=layout.edge.value, date=printed
    )
    for index, side in enumerate(sides):
        final = index == len(sides) - 1
        number = (index + 1, len(sides))
        foot_box = (
            set_last_foot(setter, foot, width, *number, last_tag)
            if final
            else set_running_foot(setter, foot, width, *number)
        )
        sheet = _sheet(layout, side, foot_box, root, index, final=final)
        if foot.draft:
            mark_draft(setter, layout, sheet, foot.draft)
        document.sheets.append(sheet)
    root.kids.append(last_tag)
    return document, {reason: count for reason, count in setter.given_up.items() if count}


def _room(layout: Layout, foot: float) -> float:
    margins, gap = layout.margins, layout.gap
    return mm(layout.page.height - margins.top - margins.bottom - gap.last) - foot


def split_sides(pieces: Sequence[Piece], layout: Layout, running: float, last: float) -> list[list[Piece]]:
    """The fewest sides that hold all pieces; among those, `new_side` kept first, then the most even filling."""
    _check_pieces(pieces, layout, max(running, last))
    places = [index for index in range(1, len(pieces)) if not pieces[index - 1].keep]
    for count in range(1, min(_MOST_SIDES, len(places) + 1) + 1):
        rooms = [_room(layout, running)] * (count - 1) + [_room(layout, last)]
        best: tuple[float, list[list[Piece]]] | None = None
        for cuts in combinations(places, count - 1):
            edges = [0, *cuts, len(pieces)]
            sides = [list(pieces[start:end]) for start, end in pairwise(edges)]
            fills = [least_height(side, mm(layout.gap.least)) / room for side, room in zip(sides, rooms, strict=True)]
            if max(fills) > 1:
                continue
            missed = sum(piece.new_side for side in sides for piece in side[1:])
            parted = sum(side[0].gap is not None for side in sides[1:])
            cost = (
                _NEW_SIDE * missed
                + _PARTED * parted
                + max(fills)
                - min(fills)
                + (1.0 if min(fills) < 1 / 3 and count > 1 else 0.0)
            )
            if best is None or cost < best[0]:
                best = (cost, sides)
        if best:
            return best[1]
    place = next((piece.place for piece in pieces if piece.place), Place())
    raise Problems([Problem(place, f"{_MOST_SIDES}面に収まりません。", "内容を2つの資料に分けてください。")])


def _check_pieces(pieces: Sequence[Piece], layout: Layout, foot: float) -> None:
    """Pieces that stay together and are higher than a side can stand nowhere."""
    room = _room(layout, foot)
    problems = []
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if piece.keep:
            continue
        over = least_height(group, mm(layout.gap.least)) - room
        if over > 0:
            message = f"1面の高さを {over / PT_PER_MM:.1f} mm 超えています。"
            problems.append(Problem(piece.place, message, "文を短くするか、項目を減らしてください。"))
        group = []
    if problems:
        raise Problems(problems)


def _sheet(layout: Layout, side: list[Piece], foot: Box, root: Tag, index: int, *, final: bool) -> Sheet:
    """Place the pieces of one side with equal gaps, and the footer on the bottom margin."""
    page, margins = layout.page, layout.margins
    left, top = mm(margins.left), mm(margins.top)
    spare = _room(layout, foot.height) - least_height(side, mm(layout.gap.least))
    side, gap = _spread(side, layout, spare)
    sheet = Sheet(mm(page.width), mm(page.height))
    body = Box(mm(page.width))
    y = top
    for position, piece in enumerate(side):
        if position == 0 and piece.lead:
            y = body.put(piece.lead, left, y)
        y += 0.0 if position == 0 else gap if piece.gap is None else piece.gap
        y = body.put(piece.box, left, y)
        root.kids += piece.tags
    sheet.items += body.items
    foot.shift(left, mm(page.height - margins.bottom) - foot.height)
    sheet.items += foot.items
    for figure in (*body.figures, *foot.figures):
        figure.sheet = index
    if not final:
        sheet.running = {id(item) for item in foot.items}
    return sheet


def _spread(side: list[Piece], layout: Layout, spare: float) -> tuple[list[Piece], float]:
    """Spare height goes into the gaps up to their greatest, then into writing lines; the rest stays white."""
    open_gaps = sum(piece.gap is None for piece in side[1:])
    least, most = mm(layout.gap.least), mm(layout.gap.most)
    normal = mm(layout.gap.normal)
    gap = min(most, least + spare / open_gaps) if open_gaps else least
    left = spare - (gap - least) * open_gaps
    growing = [index for index, piece in enumerate(side) if piece.grow]
    if growing and gap > normal:
        # Lines to write on are worth more than white between sections.
        extra = left + (gap - normal) * open_gaps
        index = growing[-1]
        grow = side[index].grow
        assert grow is not None
        before = side[index]
        after = grow(extra)
        after.gap, after.new_side = before.gap, before.new_side
        side = [*side[:index], after, *side[index + 1 :]]
        gap = normal
    return side, gap
