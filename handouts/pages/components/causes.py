"""Causes: titles and short texts at the left, a picture or a wrong/right pair at the right, ending on one baseline."""

from __future__ import annotations

from handouts.pages.blocks import CauseList, Illustration, Titled
from handouts.pages.box import Box, mm
from handouts.pages.components.heading import set_again, set_heading
from handouts.pages.components.picture import set_row
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter
from handouts.pages.sheet import Tag

Spans = list[tuple[float, float]]

_MOST_BESIDE = 3
_LABELS = 10.5
"""pt of the labels that a picture is drawn for: where they are larger, so is a picture that stands alone."""
_TWO_COLUMNS = 140.0
"""mm at 12 pt: in less room the causes stand one under the other."""
_WIDEST_GAP = 5.0
"""mm: farther apart, three causes no longer read as one list."""


def set_causes(setter: Setter, block: CauseList, width: float, gutter: float, spans: Spans) -> list[Piece]:
    """The section over `width` pt: up to three causes beside their pictures, else in two columns above them."""
    if block.figures and len(spans) > 1 and len(block.items) <= _MOST_BESIDE:
        return [_beside(setter, block, width, spans)]
    return _in_columns(setter, block, width, gutter)


def _beside(setter: Setter, block: CauseList, width: float, spans: Spans) -> Piece:
    """Causes and captions end on one baseline; where they cannot, their lower ends are nearest."""
    section = Tag("Sect")
    box = Box(width)
    heading = set_heading(setter, block.number, block.heading, width, section)
    top = box.put(heading, 0, 0) + mm(setter.theme.heading.below)
    items = [_item(setter, item, spans[0][1], section) for item in block.items]
    x, room = spans[1]
    pair = set_pair(setter, block.figures, room, section)
    # The pictures may rise beside the heading: nothing else stands there.
    free = setter.theme.rules.section + mm(setter.theme.heading.above + 1.5)
    gap = _gap(items, top, free + pair.last_baseline, mm(setter.theme.item.gap))
    end = _place(box, items, top, gap)
    y = max(free, box.last_baseline - pair.last_baseline)
    box.height = max(end, box.put(pair, x, y))
    return Piece(box, [section])


def _in_columns(setter: Setter, block: CauseList, width: float, gutter: float) -> list[Piece]:
    """Rows of two causes, read across; then the pictures. The heading stays with two causes, and is said again."""
    section = Tag("Sect")
    count = 2 if width >= mm(_TWO_COLUMNS) * setter.scale else 1
    column = (width - gutter * (count - 1)) / count
    box = Box(width)
    heading = set_heading(setter, block.number, block.heading, width, section)
    top = box.put(heading, 0, 0) + mm(setter.theme.heading.below)
    pieces = [Piece(box, [section])]
    for index in range(0, len(block.items), count):
        row = box if index == 0 else Box(width)
        for place, item in enumerate(block.items[index : index + count]):
            row.put(_item(setter, item, column, section), place * (column + gutter), top if index == 0 else 0.0)
        if index:
            again = set_again(setter, block.number, block.heading, block.again, width)
            pieces.append(Piece(row, gap=mm(setter.theme.item.gap), lead=again))
    pieces[0].keep = count == 1 and len(block.items) > 1
    if block.figures:
        again = set_again(setter, block.number, block.heading, block.again, width)
        figures = set_pair(setter, block.figures, width, section)
        pieces.append(Piece(figures, gap=mm(setter.theme.item.gap), lead=again))
    return pieces


def _item(setter: Setter, item: Titled, width: float, section: Tag) -> Box:
    styles = setter.theme.type
    box = Box(width)
    y = box.put(setter.paragraph(item.title, styles.item, width, section.add("H3")), 0, 0)
    box.put(
        setter.paragraph(item.text, styles.body, width, section.add("P"), balance=True),
        0,
        y + mm(setter.theme.item.below_title),
    )
    return box


def _gap(items: list[Box], top: float, target: float, normal: float) -> float:
    """The gap with which the last line of the items falls on `target`, within what still reads as one list."""
    if len(items) < 2:
        return normal
    solid = sum(item.height for item in items[:-1]) + items[-1].last_baseline
    wanted = (target - top - solid) / (len(items) - 1)
    return min(max(wanted, normal), mm(_WIDEST_GAP))


def _place(box: Box, items: list[Box], top: float, gap: float) -> float:
    y = top
    for index, item in enumerate(items):
        y = box.put(item, 0, y + (gap if index else 0.0))
    return y


def set_pair(setter: Setter, figures: tuple[Illustration, ...], room: float, section: Tag) -> Box:
    """Pictures side by side at one scale, a pair as wide as the theme says; one alone as its labels need it."""
    look = setter.theme.figure
    labels = max(setter.scale, setter.theme.type.note.size / _LABELS)
    widths = [mm(look.pair)] * len(figures) if len(figures) > 1 else [figures[0].picture.width * labels]
    return set_row(setter, figures, widths, room, section, mm(look.pair_gap))
