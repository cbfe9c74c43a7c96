"""Turns what is set for an upright face by 180°, for the faces that stand on their heads before the sheet is folded."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.pages.sheet import Cells, Drawing, Image, Item, Rect, Rule, Shape, Tag, Text


def turn(items: Iterable[Item], figures: Iterable[Tag], x: float, y: float) -> None:
    """Turn items, and the boxes of the tags of figures, by 180° about (x, y) in pt; in place."""
    for item in items:
        _turn(item, 2 * x, 2 * y)
    for tag in figures:
        assert tag.box is not None
        left, top, width, height = tag.box
        tag.box = (2 * x - left - width, 2 * y - top - height, width, height)


def _turn(item: Item, x: float, y: float) -> None:
    match item:
        case Text():
            item.x, item.y, item.turned = x - item.x, y - item.y, not item.turned
            item.left, item.right = x - item.right, x - item.left
        case Rule():
            item.x1, item.y1, item.x2, item.y2 = x - item.x1, y - item.y1, x - item.x2, y - item.y2
        case Rect():
            item.x, item.y = x - item.x - item.width, y - item.y - item.height
        case Drawing() | Image() | Cells():
            item.x, item.y, item.turned = x - item.x, y - item.y, not item.turned
        case Shape():
            item.outlines = [[(x - px, y - py) for px, py in outline] for outline in item.outlines]
