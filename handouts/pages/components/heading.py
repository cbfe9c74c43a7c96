"""Section heading: rule, number in accent, heading, and optionally a note and a right-aligned value on its baseline."""

from __future__ import annotations

from handouts.pages.box import Box, mm
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Tag

_AFTER = 2.0
"""mm, at least, from a number to its heading."""


def set_heading(setter: Setter, number: int, heading: str, width: float, section: Tag) -> Box:
    """Rule, number (0: none) and heading over `width`; the H2 is added to `section`.

    Its height ends with the heading's slot.
    """
    look, rules = setter.theme.heading, setter.theme.rules
    box = Box(width)
    box.items.append(rule(0, 0, width, rules.section, setter.ink))
    tag = section.add("H2")
    y = rules.section + mm(look.above)
    style = setter.theme.type.heading
    x = number_width(setter, number)
    figure = setter.paragraph(f"{number} ", style, x, tag, colour=setter.accent) if number else None
    words = setter.paragraph(heading, style, width - x, tag, balance=True)
    if figure:
        box.put(figure, 0, y + words.baselines[0] - figure.baselines[0])
    box.put(words, x, y)
    return box


def set_again(setter: Setter, number: int, heading: str, again: str, width: float) -> Box | None:
    """The heading as it stands where its section goes on on another side, `again` behind it; nothing without that word.

    Nobody hears it twice: its tags are in no tree.
    """
    if not again:
        return None
    box = set_heading(setter, number, f"{heading}{again}", width, Tag("Sect"))
    box.height += mm(setter.theme.heading.below)
    return box


def number_width(setter: Setter, number: int) -> float:
    """Width in pt of the number's column: the theme's, or what two digits take; nothing without a number."""
    if not number:
        return 0.0
    return max(mm(setter.theme.heading.number), setter.width(f"{number}", setter.theme.type.heading) + mm(_AFTER))


def heading_width(setter: Setter, number: int, heading: str) -> float:
    """Width in pt of number and heading on one line."""
    return number_width(setter, number) + setter.width(heading, setter.theme.type.heading)
