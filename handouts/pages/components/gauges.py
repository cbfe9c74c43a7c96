"""What a printed page is measured by: rulers, greys, slanting lines, steps at the paper's edge, marks to register."""

from __future__ import annotations

import math
from collections.abc import Iterator

from handouts.model import HatchSample
from handouts.pages.box import Box, mm
from handouts.pages.setter import Setter
from handouts.pages.sheet import Item, Rect, Rule, Shape, Sheet, Tag

RULER = 50
"""mm."""
STEPS = 10
"""Greys between white and black, and one more."""
CORNERS = (5.0, 10.0)
"""mm from the paper's edges: what common printers reach, and the margin of a sheet."""
EDGE_STEPS = range(2, 9)
"""mm from the paper's edge."""
_TICKS = ((10, 5.0), (5, 3.4), (1, 2.2))
"""A ruler's tick at every so many mm, and its length in mm."""
_LINE = 0.4
_ARM = 8.0
_STEP = 6.0
"""mm from one step at the edge to the next."""


def ruler(setter: Setter, alt: str, tag: Tag, *, down: bool) -> Box:
    """50 mm with a tick at each and a number at every tenth, across or down; the first tick stands at 0."""
    length = mm(RULER)
    tall = [(at, next(tall for every, tall in _TICKS if at % every == 0)) for at in range(RULER + 1)]
    lines = [(0.0, 0.0, length, 0.0), *((mm(at), 0.0, mm(at), mm(tick)) for at, tick in tall)]
    box = _drawn(0.0, [Rule(*_turned(line, down), _LINE) for line in lines], tag, alt)
    style = setter.theme.type.cell
    for at in range(0, RULER + 1, 10):
        wide = setter.width(str(at), style)
        number = setter.paragraph(str(at), style, wide + 0.01, tag)
        if down:
            box.put(number, mm(_TICKS[0][1] + 1.2), mm(at) - number.height / 2)
        else:
            box.put(number, mm(at) - wide / 2, mm(_TICKS[0][1] + 0.6))
    return _sized(box, mm(14) if down else length, length if down else box.height, tag)


def _turned(line: tuple[float, float, float, float], down: bool) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = line
    return (y1, x1, y2, x2) if down else line


def wedge(setter: Setter, alt: str, width: float, tag: Tag) -> Box:
    """Greys from white to black, `width` pt in all, the percentage below every second."""
    cell, tall = width / (STEPS + 1), mm(11)
    greys = [255 - round(255 * step / STEPS) for step in range(STEPS + 1)]
    items: list[Item] = [
        Rect(index * cell, 0, cell, tall, fill=f"#{grey:02X}{grey:02X}{grey:02X}") for index, grey in enumerate(greys)
    ]
    items.append(Rect(0, 0, width, tall, stroke=setter.ink, line=_LINE))
    box = _drawn(width, items, tag, alt)
    style = setter.theme.type.cell
    for step in range(0, STEPS + 1, 2):
        word = str(round(100 * step / STEPS))
        wide = setter.width(word, style)
        box.put(setter.paragraph(word, style, wide + 0.01, tag), (step + 0.5) * cell - wide / 2, tall)
    return _sized(box, width, box.height, tag)


def hatch(setter: Setter, sample: HatchSample, size: float, alt: str, tag: Tag) -> Box:
    """A square of lines at 45°, `size` pt wide."""
    # The corners of a slanting line's end stay inside the frame.
    inset = sample.line / 2
    lines = _slanting(size - 2 * inset, sample.step * math.sqrt(2))
    items: list[Item] = [Rule(x1 + inset, y1 + inset, x2 + inset, y2 + inset, sample.line) for x1, y1, x2, y2 in lines]
    items.append(Rect(0, 0, size, size, stroke=setter.ink, line=_LINE))
    return _sized(_drawn(size, items, tag, alt), size, size, tag)


def _slanting(size: float, step: float) -> Iterator[tuple[float, float, float, float]]:
    """Lines x + y = c across a square."""
    c = step
    while c < 2 * size:
        low, high = max(0.0, c - size), min(size, c)
        yield low, c - low, high, c - high
        c += step


def colours(setter: Setter, word: str, alt: str, width: float, tag: Tag) -> Box:
    """The accent as a bar and a square, and a numeral in it on the tint between two rules, as in a dose panel."""
    theme, bar, square, tall = setter.theme, mm(setter.theme.rules.bar), mm(setter.theme.item.square), mm(12)
    top, line = mm(4), theme.rules.table
    items: list[Item] = [
        Rect(0, 0, width, bar, fill=setter.accent),
        Rect(0, top + (tall - square) / 2, square, square, fill=setter.accent),
    ]
    x = mm(theme.item.indent)
    items.append(Rect(x, top, width - x, tall, fill=theme.ink.tint))
    items += [Rule(x, y, width, y, line, setter.accent) for y in (top + line / 2, top + tall - line / 2)]
    box = _drawn(width, items, tag, alt)
    style = theme.type.numeral
    numeral = setter.paragraph(word, style, width - x, tag, colour=setter.accent)
    box.put(numeral, x + mm(theme.dose.padding), top + (tall - style.leading) / 2)
    return _sized(box, width, top + tall, tag)


def corner_marks(sheet: Sheet) -> list[Item]:
    """Angles at each corner whose outer edges lie 5 and 10 mm from the paper's edges."""
    marks: list[Item] = []
    for distance in CORNERS:
        at, arm = mm(distance), mm(_ARM)
        for x, way in ((at, 1), (sheet.width - at, -1)):
            for y, down in ((at, 1), (sheet.height - at, -1)):
                marks.append(_edged(Rule(x, y, x + way * arm, y, _LINE), 0, down))
                marks.append(_edged(Rule(x, y, x, y + down * arm, _LINE), way, 0))
    return marks


def _edged(mark: Rule, across: int, down: int) -> Rule:
    """Moved inwards by half its width, so that its outer edge is where it was."""
    mark.x1, mark.x2 = mark.x1 + across * mark.width / 2, mark.x2 + across * mark.width / 2
    mark.y1, mark.y2 = mark.y1 + down * mark.width / 2, mark.y2 + down * mark.width / 2
    return mark


def edge_steps(setter: Setter, edge: str, sheet: Sheet, alt: str, tag: Tag) -> Box:
    """Short lines 2 to 8 mm from the middle of an edge (`top`, `bottom`, `left`, `right`), each with its number."""
    upright = edge in ("left", "right")
    middle = (sheet.height if upright else sheet.width) / 2
    begin = middle - mm(_STEP) * len(EDGE_STEPS) / 2
    box = Box(sheet.width)
    style = setter.theme.type.cell
    for index, distance in enumerate(EDGE_STEPS):
        start, end = begin + index * mm(_STEP), begin + index * mm(_STEP) + mm(_STEP * 0.75)
        at = mm(distance) if edge in ("top", "left") else (sheet.width if upright else sheet.height) - mm(distance)
        line = Rule(at, start, at, end, _LINE) if upright else Rule(start, at, end, at, _LINE)
        box.items.append(line)
        tag.kids.append(line)
    for index, distance in enumerate(EDGE_STEPS):
        centre = begin + index * mm(_STEP) + mm(_STEP * 0.75) / 2
        wide = setter.width(str(distance), style)
        number = setter.paragraph(str(distance), style, wide + 0.01, tag)
        x, y = centre - wide / 2, mm(9.5)
        if edge == "bottom":
            y = sheet.height - mm(9.5) - number.height
        if upright:
            x, y = mm(10) if edge == "left" else sheet.width - mm(10) - wide, centre - number.height / 2
        box.put(number, x, y)
    tag.alt, tag.box = alt, _around(edge, sheet, begin)
    box.figures.append(tag)
    return box


def _around(edge: str, sheet: Sheet, begin: float) -> tuple[float, float, float, float]:
    """Where the steps of an edge stand with their numbers."""
    length, deep = mm(_STEP) * len(EDGE_STEPS), mm(15)
    if edge in ("left", "right"):
        return 0.0 if edge == "left" else sheet.width - deep, begin, deep, length
    return begin, 0.0 if edge == "top" else sheet.height - deep, length, deep


def register_mark(x: float, y: float) -> list[Item]:
    """A cross in a ring about (x, y) in pt, to be seen through the paper."""
    arm, radius, corners = mm(3), mm(2), 32
    ring = [
        (x + radius * math.cos(2 * math.pi * turn / corners), y + radius * math.sin(2 * math.pi * turn / corners))
        for turn in range(corners)
    ]
    return [
        Rule(x - arm, y, x + arm, y, _LINE),
        Rule(x, y - arm, x, y + arm, _LINE),
        Shape([ring], stroke="#000000", line=_LINE),
    ]


def _drawn(width: float, items: list[Item], tag: Tag, alt: str) -> Box:
    tag.kids += items
    tag.alt = alt
    return Box(width, 0.0, list(items), [tag])


def _sized(box: Box, width: float, height: float, tag: Tag) -> Box:
    """The size of the box, which is that of its figure."""
    box.width, box.height, box.baselines = width, height, []
    tag.box = (0.0, 0.0, width, height)
    return box
