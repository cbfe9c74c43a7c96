"""Flow puts pieces on sides: order fixed, nothing parted, sides filled evenly, never smaller to make it fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from handouts.model import BlockName, Handout, Layout
from handouts.pages.blocks import Foot
from handouts.pages.booklet import parted_cover, spread
from handouts.pages.box import PT_PER_MM, Box, mm
from handouts.pages.components.draft import mark_draft
from handouts.pages.components.footer import set_last_foot, set_running_foot
from handouts.pages.components.memo import set_memo
from handouts.pages.components.piece import Piece, fresh, least_height, mark_common, parts_within
from handouts.pages.foot import bare_title
from handouts.pages.grid import Grid
from handouts.pages.leaflet import set_panels
from handouts.pages.partition import partition
from handouts.pages.ranking import Rank, is_good, rank
from handouts.pages.row import Blocks
from handouts.pages.rows import set_rows
from handouts.pages.setter import Setter, once
from handouts.pages.sheet import Document, Sheet, Tag
from handouts.problems import Place, Problem, Problems
from handouts.text.markup import plain

_MOST_SIDES = 32
SHARED = frozenset((BlockName.EXERCISES, BlockName.WARNING, BlockName.QUESTIONS))
"""Blocks that many patients' sheets have alike."""


def flow(
    layout: Layout, setting: Callable[[Layout], tuple[Setter, Blocks]], handout: Handout, foot: Foot, printed: str
) -> tuple[Document, dict[str, int]]:
    """Blocks become sheets, with what the line breaker gave up; of several orders of its rows the best is taken.

    `setting` composes the blocks in an order. Raises Problems: missing glyphs, or a piece that no side can hold (with
    the overrun in mm).
    """
    if layout.panels:
        setter, blocks = setting(layout)
        document = set_panels(setter, handout, layout, blocks, foot.draft, printed)
    else:
        _, order, setter, sides = _best(layout, setting, handout, foot)
        document = placed(setter, handout, order, sides, foot, printed)
    return document, {reason: count for reason, count in setter.given_up.items() if count}


def _best(
    layout: Layout, setting: Callable[[Layout], tuple[Setter, Blocks]], handout: Handout, foot: Foot
) -> tuple[Rank, Layout, Setter, list[list[Piece]]]:
    """The order of rows that makes the best sheet, the first of those that are as good."""
    best = None
    for order in layout.orders:
        setter, blocks = setting(order)
        sides = filled(setter, handout, order, blocks, foot)
        found = rank(sides)
        if best is None or found < best[0]:
            best = found, order, setter, sides
        if is_good(best[0]):
            break
    assert best is not None
    return best


def filled(setter: Setter, handout: Handout, layout: Layout, blocks: Blocks, foot: Foot) -> list[list[Piece]]:
    """What stands on each side; an empty one has nothing but its foot. Raises Problems."""
    pieces = set_rows(setter, layout, layout.flow, Grid.of(layout), blocks)
    width = _width(layout)
    running, last = _foot_heights(setter, foot, width, bound=layout.saddle is not None)
    if setter.problems:
        raise Problems(once(setter.problems))
    cover, pieces = parted_cover(pieces)
    if setter.scale > 1 or layout.saddle:
        # On an A4 side at 12 pt all signs stand in one box, or it is told that they are too many.
        pieces = parted(pieces, layout, running)
    pieces = [_led(piece, layout, running) for piece in pieces]
    sides = split_sides(pieces, layout, running, last)
    if layout.saddle:
        rooms = _room(layout, running), _room(layout, last)
        pieces = [piece for side in sides for piece in side]
        sides = spread(pieces, sides, rooms, mm(layout.gap.least), 1 if cover else 0)
        sides = [side or set_memo(setter, handout.labels.memo, width, rooms[side is sides[-1]]) for side in sides]
    return [cover, *sides] if cover else sides


def _width(layout: Layout) -> float:
    return mm(layout.page.width - layout.margins.left - layout.margins.right)


def _foot_heights(setter: Setter, foot: Foot, width: float, *, bound: bool = False) -> tuple[float, float]:
    """Height of the foot of every side, and of the last one's."""

    def make(setter: Setter) -> tuple[float, float]:
        # With as many sides as may be: a further digit must not find less room.
        running = set_running_foot(setter, foot, width, _MOST_SIDES, _MOST_SIDES, bound=bound).height
        return running, set_last_foot(setter, foot, width, 1, 1, Tag("Sect")).height

    return setter.once((foot, width, bound), make, briefly=foot.personal)


def placed(
    setter: Setter, handout: Handout, layout: Layout, sides: Sequence[list[Piece]], foot: Foot, printed: str
) -> Document:
    """The sheets, with everything at its place."""
    root, last_tag, width = Tag("Document"), Tag("Sect"), _width(layout)
    title = bare_title(handout.topic.title)
    document = Document([], root, title, plain(handout.clinic.name), edge=layout.edge.value, date=printed)
    sides = _movable(setter, sides)
    for piece in (piece for side in sides for piece in side if foot.personal and SHARED.issuperset(piece.holds)):
        mark_common(piece)
    for index, side in enumerate(sides):
        number = (index + 1, len(sides))
        final = index == len(sides) - 1
        if final:
            foot_box = set_last_foot(setter, foot, width, *number, last_tag)
        elif index == 0 and any(piece.bottom for piece in side):
            foot_box = Box(width)  # a cover has none
        else:
            foot_box = set_running_foot(setter, foot, width, *number, bound=layout.saddle is not None)
        sheet = _sheet(layout, side, foot_box, root, index, final=final)
        if foot.draft:
            mark_draft(setter, layout, sheet, foot.draft)
        document.sheets.append(sheet)
    root.kids.append(last_tag)
    return document


def _movable(setter: Setter, sides: Sequence[list[Piece]]) -> list[list[Piece]]:
    """The sides with pieces that may be moved: none that is kept for the next sheet."""
    if setter.kept is None:
        return list(sides)
    pieces = iter(fresh([piece for side in sides for piece in side]))
    return [[next(pieces) for _ in side] for side in sides]


def _room(layout: Layout, foot: float) -> float:
    margins, gap = layout.margins, layout.gap
    return mm(layout.page.height - margins.top - margins.bottom - gap.last) - foot


def split_sides(pieces: Sequence[Piece], layout: Layout, running: float, last: float) -> list[list[Piece]]:
    """The fewest sides that hold all pieces; among those, `new_side` kept first, then the most even filling.

    The last side has the clinic alone on the back cover of a booklet, and where what comes last is too high to stand
    above it: so each piece has a side's full room.
    """
    _check_pieces(pieces, layout, running)
    for bare in (True,) if layout.saddle else (False, True):
        for count in range(1, min(_MOST_SIDES, len(pieces) + 1) + 1):
            rooms = [_room(layout, running)] * (count - 1) + [_room(layout, last)]
            sides = partition(pieces, rooms, mm(layout.gap.least), fill=not bare)
            if sides and all(sides[:-1]):
                return sides
    place = next((piece.place for piece in pieces if piece.place), Place())
    raise Problems([Problem(place, f"{_MOST_SIDES}面に収まりません。", "内容を2つの資料に分けてください。")])


def parted(pieces: Sequence[Piece], layout: Layout, foot: float) -> list[Piece]:
    """Pieces that no side can hold with what stays with them, in their parts where they have any."""
    room, gap = _room(layout, foot), mm(layout.gap.least)
    found: list[Piece] = []
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if piece.keep:
            continue
        if piece.parts and least_height(group, gap) > room:
            parts = parts_within(piece, room - least_height(group, gap) + piece.box.height, room)
            parts[0].gap, parts[0].new_side = piece.gap, piece.new_side
            for part in parts:
                part.place, part.holds = piece.place, piece.holds
            group[-1:] = parts
        found += group
        group = []
    return found + group


def _led(piece: Piece, layout: Layout, foot: float) -> Piece:
    """A piece without the heading said again above it where a side has no room for both."""
    fits = piece.lead is None or least_height([piece], 0.0) <= _room(layout, foot)
    return piece if fits else replace(piece, lead=None)


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
        if piece.bottom:
            y = mm(page.height - margins.bottom) - foot.height - piece.box.height
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
    if growing and (gap > normal or not open_gaps):
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
