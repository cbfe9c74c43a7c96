"""A Box is a set piece: a size and items placed relative to its top left corner, in pt, y down."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.pages.sheet import Cells, Drawing, Image, Item, Rect, Rule, Shape, Tag, Text

PT_PER_MM = 72 / 25.4


def mm(length: float) -> float:
    """Millimetres to points."""
    return length * PT_PER_MM


class Box(Struct):
    """A piece of a page. `baselines` are the y of its text lines, `figures` the tags whose own boxes move with it."""

    width: float
    height: float = 0.0
    items: list[Item] = field(default_factory=list)
    figures: list[Tag] = field(default_factory=list)
    baselines: list[float] = field(default_factory=list)
    ink: float = 0.0
    """Right edge of the last text line."""

    def put(self, other: Box, x: float, y: float) -> float:
        """Place `other` at (x, y) in this box; its items are moved, not copied. Returns the y of its bottom edge."""
        other.shift(x, y)
        self.items += other.items
        self.figures += other.figures
        self.baselines += other.baselines
        bottom = y + other.height
        self.height = max(self.height, bottom)
        return bottom

    def shift(self, dx: float, dy: float) -> None:
        """Move every item by (dx, dy)."""
        if not (dx or dy):
            return
        for item in self.items:
            _shift(item, dx, dy)
        for tag in self.figures:
            assert tag.box is not None
            x, y, width, height = tag.box
            tag.box = (x + dx, y + dy, width, height)
        self.baselines = [baseline + dy for baseline in self.baselines]

    @property
    def last_baseline(self) -> float:
        """y of the lowest text line; the bottom edge where there is no text."""
        return max(self.baselines, default=self.height)


def _shift(item: Item, dx: float, dy: float) -> None:
    match item:
        case Text():
            item.x, item.y = item.x + dx, item.y + dy
            item.left, item.right = item.left + dx, item.right + dx
        case Rule():
            item.x1, item.y1, item.x2, item.y2 = item.x1 + dx, item.y1 + dy, item.x2 + dx, item.y2 + dy
        case Rect() | Drawing() | Image() | Cells():
            item.x, item.y = item.x + dx, item.y + dy
        case Shape():
            item.outlines = [[(x + dx, y + dy) for x, y in outline] for outline in item.outlines]


def copied(item: Item) -> Item:
    """The same at the same place, to be moved on its own."""
    match item:
        case Text(x, y, text, face, size, colour, left, right, place, turned, common):
            return Text(x, y, text, face, size, colour, left, right, place, turned, common)
        case Rule(x1, y1, x2, y2, width, colour, dash):
            return Rule(x1, y1, x2, y2, width, colour, dash)
        case Rect(x, y, width, height, fill, stroke, line):
            return Rect(x, y, width, height, fill, stroke, line)
        case _:
            return replace(item)


def stack(width: float, boxes: Iterable[Box], gap: float = 0.0) -> Box:
    """Boxes one under the other."""
    result = Box(width)
    y = 0.0
    for index, box in enumerate(boxes):
        y = result.put(box, 0, y + (gap if index else 0.0))
    return result
