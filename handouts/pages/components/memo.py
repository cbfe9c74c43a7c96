"""A page to write on: a word over lines down to its foot."""

from __future__ import annotations

from handouts.pages.box import Box, mm
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Tag


def set_memo(setter: Setter, word: str, width: float, height: float) -> list[Piece]:
    """The word as a heading, and as many lines as the height in pt holds at the theme's widest pitch.

    Nothing where fewer than three have room.
    """
    rules, look = setter.theme.rules, setter.theme.write
    section = Tag("Sect")
    box = Box(width, items=[rule(0, 0, width, rules.section, setter.ink)])
    style = setter.theme.type.heading
    y = box.put(
        setter.paragraph(word, style, width, section.add("H2")), 0, rules.section + mm(setter.theme.heading.above)
    )
    pitch = mm(look.pitch_most)
    if height - y < 3 * pitch:
        return []
    for number in range(1, int((height - y) / pitch) + 1):
        box.items.append(rule(0, y + number * pitch - rules.hairline, width, rules.hairline, setter.ink))
    box.height = height
    return [Piece(box, [section])]
