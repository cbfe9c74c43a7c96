"""The figure seen from behind, with a ring and a hatched spot on the knee that hurts, and the words left and right."""

from __future__ import annotations

import math
from collections.abc import Iterator

from handouts.model.consultation import Place
from handouts.pages.box import Box, mm
from handouts.pages.personal import Marked
from handouts.pages.setter import Setter
from handouts.pages.sheet import Drawing, Rule, Shape, Tag

KNEES = ("other.knee", "active.knee")
"""The anchors of a symmetrical figure's knees: from behind, the patient's left is at the left."""
_ROUND = 48
"""Sides of the polygon that stands for a ring."""
_HATCH = 2.2
"""pt between the strokes of a spot."""
_LINES = (1.3, 0.7, 0.6)
"""pt: ring, spot's edge, its strokes."""
OUTWARD = {Place.INNER: -1, Place.MIDDLE: 0, Place.OUTER: 1}


def set_body(setter: Setter, block: Marked, width: float, height: float, tag: Tag) -> Box:
    """The figure in the middle of `width`, up to the theme's height, as the content of `tag` (role Figure).

    The marks are drawn by side, not turned with the picture; so the words 左 and 右 stand where they belong.
    """
    look, picture = setter.theme.person, block.figure.picture
    scale = min(mm(look.figure), height) / picture.height
    left = (width - picture.width * scale) / 2
    anchors = {name: (left + x * scale, y * scale) for name, x, y in picture.anchors}
    drawing = Drawing(left, 0, picture.width * scale, picture.height * scale, picture)
    tag.kids.append(drawing)
    tag.alt, tag.place = block.figure.alt, block.figure.place
    box = Box(width, drawing.height, [drawing], [tag])
    # What is drawn on the knee grows and shrinks with it.
    unit = mm(drawing.height / mm(look.figure))
    for knee, word, marked, outward in zip(KNEES, block.words, block.marked, (-1, 1), strict=True):
        if marked:
            _knee(setter, block, box, anchors[knee], outward, tag, unit)
        _word(setter, box, word, anchors[knee], outward, tag, marked=marked)
    _caption(setter, block, box, drawing, tag)
    tag.box = (0, 0, width, box.height)
    box.baselines, box.ink = [], width
    return box


def _knee(
    setter: Setter, block: Marked, box: Box, knee: tuple[float, float], outward: int, tag: Tag, unit: float
) -> None:
    """Ring, spots and the line to the word, for a knee that hurts; `unit` pt for a mm of the theme."""
    look = setter.theme.person
    ring, edge, _ = _LINES
    x, y = knee
    items: list[Shape | Rule] = []
    for place in block.places or (Place.MIDDLE,):
        middle = (x + OUTWARD[place] * outward * look.spread * unit, y)
        items += _spot(setter, middle, edge, unit)
    radius = look.ring * unit
    items.append(Shape([_oval(x, y, radius, radius)], stroke=setter.ink, line=ring))
    start = x + outward * (radius + ring / 2)
    items.append(Rule(start, y, start + outward * mm(look.leader), y, setter.theme.rules.table, setter.ink))
    tag.kids += items
    box.items += items


def _spot(setter: Setter, middle: tuple[float, float], edge: float, unit: float) -> Iterator[Shape | Rule]:
    """An upright oval, hatched: orange below the strokes in colour, white in black and white."""
    look = setter.theme.person
    (x, y), (wide, high) = middle, (side * unit / 2 for side in look.spot)
    outline = _oval(x, y, wide, high)
    yield Shape([outline], fill=look.mark)
    step = _HATCH
    count = int((wide + high) / step)
    for number in range(-count, count + 1):
        if piece := _chord(wide, high, number * step):
            (x1, y1), (x2, y2) = piece
            yield Rule(x + x1, y + y1, x + x2, y + y2, _LINES[2], setter.ink)
    yield Shape([outline], stroke=setter.ink, line=edge)


def _chord(wide: float, high: float, offset: float) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """What of the line y = −x + offset lies within an oval about the origin."""
    a, b, c = 1 / wide**2 + 1 / high**2, -2 * offset / high**2, offset**2 / high**2 - 1
    root = b * b - 4 * a * c
    if root <= 0:
        return None
    x1, x2 = ((-b + sign * math.sqrt(root)) / (2 * a) for sign in (-1, 1))
    return (x1, offset - x1), (x2, offset - x2)


def _oval(x: float, y: float, wide: float, high: float) -> list[tuple[float, float]]:
    angles = (2 * math.pi * number / _ROUND for number in range(_ROUND))
    return [(x + wide * math.cos(angle), y + high * math.sin(angle)) for angle in angles]


def _word(
    setter: Setter, box: Box, word: str, knee: tuple[float, float], outward: int, tag: Tag, *, marked: bool
) -> None:
    """左 or 右 beside its knee, as far on either side; bold where the knee is marked."""
    look, styles = setter.theme.person, setter.theme.type
    style = styles.heading if marked else styles.body
    wide = setter.width(word, style) + 0.01
    text = setter.paragraph(word, style, wide, tag)
    x = knee[0] + outward * (mm(look.ring + look.leader + 1.0))
    box.put(text, x if outward > 0 else x - wide, knee[1] - style.leading / 2)


def _caption(setter: Setter, block: Marked, box: Box, drawing: Drawing, tag: Tag) -> None:
    """What the picture shows, beside the head."""
    style = setter.theme.type.note
    wide = setter.width(block.figure.caption, style) + 0.01
    text = setter.paragraph(block.figure.caption, style, wide, tag)
    box.put(text, max(0.0, drawing.x - wide), 0)
