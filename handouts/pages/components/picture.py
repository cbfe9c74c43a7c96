"""Pictures with their labels and captions, each one Figure in the tag tree, and rows of them."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model import Text, TypeStyle, place_of
from handouts.pages.blocks import Illustration
from handouts.pages.box import Box, mm
from handouts.pages.setter import Setter
from handouts.pages.sheet import Drawing, Tag

LABEL_LEADING = 13 / 10.5
"""em: the lines of a label stand closer than running text (as the picture's compiler reckons)."""

_INTO_GAP = 0.75
"""Of the gap to the next picture, so much may a small caption take."""


def set_drawing(setter: Setter, figure: Illustration, width: float, tag: Tag) -> Box:
    """The picture with the words of its labels, `width` pt wide, as the content of `tag` (role Figure)."""
    picture = figure.picture
    scale = width / picture.width
    height = picture.height * scale
    drawing = Drawing(0, 0, width, height, picture, figure.mirrored)
    tag.kids.append(drawing)
    tag.alt, tag.box, tag.place = figure.alt, (0, 0, width, height), figure.place
    box = Box(width, height, [drawing], [tag])
    top = 0.0
    for name, x, y in picture.anchors:
        word = figure.labels.get(name.removeprefix("label."))
        if word and name.startswith("label."):
            middle = (picture.width - x if figure.mirrored else x) * scale
            top = min(top, _label(setter, box, word, middle, y * scale, tag, upper=2 * y < picture.height))
    box.baselines = []
    box.shift(0.0, -top)
    box.height = height - top
    tag.box = (0.0, 0.0, width, box.height)
    return box


def _label(setter: Setter, box: Box, word: str, x: float, y: float, tag: Tag, *, upper: bool) -> float:
    """The word's lines, centred on a point; readings grow away from the picture's middle. Returns the upper edge."""
    note = setter.theme.type.note
    leading = LABEL_LEADING * note.size
    style = TypeStyle(size=note.size, leading=leading, strong=note.strong)
    lines = [Text(line, place_of(word)) for line in word.split("\n")]
    boxes = [setter.paragraph(line, style, setter.width(line, style) + 0.01, tag) for line in lines]
    readings = sum(one.height - leading for one in boxes)
    y -= len(boxes) * leading / 2 + (readings if upper else 0.0)
    top = y
    for one in boxes:
        y = box.put(one, x - one.width / 2, y)
    return top if readings else 0.0


def set_picture(
    setter: Setter, figure: Illustration, width: float, parent: Tag, *, small: bool = False, beyond: float = 0.0
) -> Box:
    """The picture with its caption below, as large as text or `small`, and `beyond` pt wider than the picture.

    A leading × or ○ stands as a character.
    """
    box = Box(width)
    y = box.put(set_drawing(setter, figure, width, parent.add("Figure")), 0, 0)
    style = setter.theme.type.note if small else setter.theme.type.strong
    caption = setter.paragraph(figure.caption, style, width + beyond, parent.add("P"), balance=True)
    box.put(caption, 0, y + mm(setter.theme.figure.caption))
    return box


def set_row(
    setter: Setter,
    figures: Sequence[Illustration],
    widths: Sequence[float],
    room: float,
    parent: Tag,
    gap: float,
    *,
    small: bool = False,
) -> Box:
    """Pictures side by side, `gap` pt apart, all narrowed alike where they need it; their captions on one line."""
    free = room - gap * (len(figures) - 1)
    narrowed = min(1.0, free / sum(widths))
    pictures = [
        set_picture(setter, figure, width * narrowed, parent, small=small, beyond=gap * _INTO_GAP if small else 0.0)
        for figure, width in zip(figures, widths, strict=True)
    ]
    drawn = [picture.figures[0].box for picture in pictures]
    lowest = max(box[3] for box in drawn if box)
    row = Box(room)
    x = 0.0
    for picture, box in zip(pictures, drawn, strict=True):
        row.put(picture, x, lowest - (box[3] if box else 0.0))
        x += picture.width + gap
    return row
