"""Causes: titles and short texts at the left, a picture or a wrong/right pair at the right, ending on one baseline."""

from __future__ import annotations

from handouts.pages.blocks import CauseList, Illustration
from handouts.pages.box import Box, mm
from handouts.pages.components.heading import set_heading
from handouts.pages.components.picture import set_picture
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter
from handouts.pages.sheet import Tag

_WIDEST_GAP = 5.0
"""mm: farther apart, three causes no longer read as one list."""


def set_causes(setter: Setter, block: CauseList, width: float, spans: list[tuple[float, float]]) -> Piece:
    """The section over `width` pt. Where pictures and causes cannot end together, the lower ends are nearest."""
    section = Tag("Sect")
    box = Box(width)
    heading = set_heading(setter, block.number, block.heading, width, section)
    top = box.put(heading, 0, 0) + mm(setter.theme.heading.below)
    beside = bool(block.figures) and len(spans) > 1
    items = [_item(setter, title, text, spans[0][1] if beside else width, section) for title, text in _pairs(block)]
    if not beside:
        _place(box, items, top, mm(setter.theme.item.gap))
        return Piece(box, [section])
    x, room = spans[1]
    pair = _pair(setter, block.figures, room, section)
    # The pictures may rise beside the heading: nothing else stands there.
    free = setter.theme.rules.section + mm(setter.theme.heading.above + 1.5)
    gap = _gap(items, top, free + pair.last_baseline, mm(setter.theme.item.gap))
    end = _place(box, items, top, gap)
    last = max(baseline for baseline in box.baselines)
    y = max(free, last - pair.last_baseline)
    box.height = max(end, box.put(pair, x, y))
    return Piece(box, [section])


def _pairs(block: CauseList) -> list[tuple[str, str]]:
    return [(item.title, item.text) for item in block.items]


def _item(setter: Setter, title: str, text: str, width: float, section: Tag) -> Box:
    styles = setter.theme.type
    box = Box(width)
    y = box.put(setter.paragraph(title, styles.item, width, section.add("H3")), 0, 0)
    box.put(
        setter.paragraph(text, styles.body, width, section.add("P"), balance=True),
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


def _pair(setter: Setter, figures: tuple[Illustration, ...], room: float, section: Tag) -> Box:
    """Pictures side by side at one scale, their lower edges and captions on one line."""
    look = setter.theme.figure
    width, gap = mm(look.pair), mm(look.pair_gap)
    total = width * len(figures) + gap * (len(figures) - 1)
    if total > room:
        width = (room - gap * (len(figures) - 1)) / len(figures)
    pictures = [set_picture(setter, figure, width, section) for figure in figures]
    tallest = max(picture.height for picture in pictures)
    box = Box(room)
    for index, picture in enumerate(pictures):
        box.put(picture, index * (width + gap), tallest - picture.height)
    return box
