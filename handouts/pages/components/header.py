"""Header: bar, title, purpose line, and at the right the clinic's logo and name and the review state."""

from __future__ import annotations

from handouts.model import TypeStyle
from handouts.pages.blocks import Head
from handouts.pages.box import Box, mm
from handouts.pages.components.logo import set_logo
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
    logo = set_logo(block.logo, mm(look.logo), mm(look.logo_width)) if block.logo else None
    y = bar + mm(look.above_title)
    y = _beside(setter, box, title, beside_title, theme.type.note, y, tags, logo if block.notice else None)
    style = theme.type.strong if block.notice else theme.type.note
    y += mm(look.above_purpose)
    y = _beside(setter, box, purpose, beside_purpose, style, y, tags, None if block.notice else logo)
    if block.lead:
        tags.append(Tag("P"))
        box.put(setter.paragraph(block.lead, theme.type.body, width, tags[-1]), 0, y + mm(look.above_purpose))
    return Piece(box, tags, gap=0.0)


def _beside(
    setter: Setter, box: Box, left: Box, text: str, style: TypeStyle, y: float, tags: list[Tag], logo: Box | None
) -> float:
    """Place `left`, and `text` right-aligned on its last baseline with the logo before it.

    Where both do not fit, text and logo go on a line of their own above.
    """
    if not text:
        return box.put(left, 0, y)
    tag = Tag("P")
    tags.append(tag)
    right = setter.paragraph(text, style, box.width, tag, align="right")
    gap, wide = mm(setter.theme.heading.note), setter.width(text, style)
    room = logo.width + gap / 2 if logo else 0.0
    above = left.ink + wide + gap + room > box.width
    if above:
        if logo:
            # The line is as high as the logo.
            y += max(0.0, (logo.height - right.height) / 2)
        at = y
    else:
        at = y + left.baselines[-1] - right.baselines[-1]
        # Drawn first, as it is read: a reader that goes by lines has its readings in their places.
        box.put(left, 0, y)
    middle = at + right.baselines[-1] - 0.38 * style.size
    bottom = box.put(right, 0, at)
    if logo:
        lower = box.put(logo, box.width - wide - gap / 2 - logo.width, middle - logo.height / 2)
        # Beside the title it may reach into the white below it.
        bottom = max(bottom, lower) if above else bottom
    if above:
        y = bottom
        box.put(left, 0, y)
    box.height = y + left.height
    return box.height
