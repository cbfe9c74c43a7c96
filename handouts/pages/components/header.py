"""Header: bar, title, purpose line, and at the right the clinic's name and the review state."""

from __future__ import annotations

from handouts.model import TypeStyle
from handouts.pages.blocks import Head
from handouts.pages.box import Box, mm
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter
from handouts.pages.sheet import Rect, Tag


def set_header(setter: Setter, block: Head, width: float) -> Piece:
    """The first page's head over `width` pt."""
    look, theme = setter.theme.header, setter.theme
    bar = mm(theme.rules.bar)
    box = Box(width, bar, [Rect(0, 0, width, bar, fill=setter.accent)])
    tags = [Tag("H1"), Tag("P")]
    title = setter.paragraph(block.title, theme.type.title, width, tags[0], balance=True)
    purpose = setter.paragraph(block.purpose, theme.type.purpose, width, tags[1], balance=True)
    # The clinic's name stands on the purpose's baseline; where the review state needs that place, on the title's.
    beside_title, beside_purpose = ("", block.clinic) if not block.notice else (block.clinic, block.notice)
    y = bar + mm(look.above_title)
    y = _beside(setter, box, title, beside_title, theme.type.note, y, tags)
    style = theme.type.strong if block.notice else theme.type.note
    y = _beside(setter, box, purpose, beside_purpose, style, y + mm(look.above_purpose), tags)
    if block.lead:
        tags.append(Tag("P"))
        box.put(setter.paragraph(block.lead, theme.type.body, width, tags[-1]), 0, y + mm(look.above_purpose))
    return Piece(box, tags, gap=0.0)


def _beside(setter: Setter, box: Box, left: Box, text: str, style: TypeStyle, y: float, tags: list[Tag]) -> float:
    """Place `left`, and `text` right-aligned on its last baseline; on a line of its own above where both do not fit."""
    if not text:
        return box.put(left, 0, y)
    tag = Tag("P")
    tags.append(tag)
    right = setter.paragraph(text, style, box.width, tag, align="right")
    if left.ink + setter.width(text, style) + mm(setter.theme.heading.note) > box.width:
        y = box.put(right, 0, y)
        return box.put(left, 0, y)
    drop = left.baselines[-1] - right.baselines[-1]
    bottom = box.put(left, 0, y)
    box.put(right, 0, y + drop)
    box.height = bottom
    return bottom
