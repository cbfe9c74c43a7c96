"""Section heading: rule, number in accent, heading, and optionally a note and a right-aligned value on its baseline."""

from __future__ import annotations

from handouts.pages.box import Box, mm
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Tag


def set_heading(setter: Setter, number: int, heading: str, width: float, section: Tag) -> Box:
    """Rule, number and heading over `width`; the H2 is added to `section`. Its height ends with the heading's slot."""
    look, rules = setter.theme.heading, setter.theme.rules
    box = Box(width)
    box.items.append(rule(0, 0, width, rules.section, setter.ink))
    tag = section.add("H2")
    y = rules.section + mm(look.above)
    style = setter.theme.type.heading
    box.put(setter.paragraph(f"{number} ", style, mm(look.number), tag, colour=setter.accent), 0, y)
    x = mm(look.number)
    box.put(setter.paragraph(heading, style, width - x, tag, balance=True), x, y)
    return box


def heading_width(setter: Setter, heading: str) -> float:
    """Width in pt of number and heading on one line."""
    return mm(setter.theme.heading.number) + setter.width(heading, setter.theme.type.heading)
