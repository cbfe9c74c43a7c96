"""Everyday tips: a short list, its heading beside it where both fit."""

from __future__ import annotations

import math

from handouts.pages.blocks import TipList
from handouts.pages.box import Box, mm
from handouts.pages.components.heading import heading_width, set_heading
from handouts.pages.components.marks import square_item
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter
from handouts.pages.sheet import Tag

_TWO_COLUMNS = 110.0
"""mm at 12 pt: in less room the tips stand one under the other."""
_WIDE = 60.0
"""mm: a column for tips of one line, as they are written; in a narrower one they may need two."""


def set_tips(setter: Setter, block: TipList, width: float, gap: float, spans: list[tuple[float, float]]) -> Piece:
    """The section over `width` pt: heading in the first span, two columns of tips, `gap` pt apart, beside or below."""
    section = Tag("Sect")
    box = Box(width)
    heading = set_heading(setter, block.number, block.heading, width, section)
    listing = section.add("L", numbering="Disc")
    beside = len(spans) > 1 and heading_width(setter, block.number, block.heading) <= spans[0][1] + mm(3.0)
    x, room = spans[1] if beside else (0.0, width)
    count = 2 if room >= mm(_TWO_COLUMNS) * setter.scale and _on_one_line(setter, block, (room - gap) / 2) else 1
    column = (room - gap * (count - 1)) / count
    items = [square_item(setter, text, setter.theme.type.body, column, listing) for text in block.items]
    below = heading.height + mm(setter.theme.heading.below)
    # Beside the heading, the first tip stands on its baseline.
    top = heading.baselines[0] - items[0].baselines[0] if beside else below
    box.put(heading, 0, 0)
    rows = math.ceil(len(items) / count)
    y = top
    # Tips are read across: left, right, next row.
    for row in range(rows):
        pair = items[count * row : count * (row + 1)]
        height = max(item.height for item in pair)
        for index, item in enumerate(pair):
            box.put(item, x + index * (column + gap), y)
        y += height
    return Piece(box, [section])


def _on_one_line(setter: Setter, block: TipList, column: float) -> bool:
    """Whether two columns keep each tip on its line; wide ones at 12 pt are what the tips are written for."""
    indent, body = mm(setter.theme.item.indent), setter.theme.type.body
    wide = setter.scale <= 1 and column >= mm(_WIDE)
    return wide or all(setter.width(text, body) <= column - indent for text in block.items)
