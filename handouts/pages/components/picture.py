"""A picture with its caption, as one Figure in the tag tree."""

from __future__ import annotations

from handouts.pages.blocks import Illustration
from handouts.pages.box import Box, mm
from handouts.pages.setter import Setter
from handouts.pages.sheet import Drawing, Tag


def set_drawing(figure: Illustration, width: float, tag: Tag) -> Box:
    """The picture alone, `width` pt wide, as the content of `tag` (role Figure)."""
    picture = figure.picture
    height = picture.height * width / picture.width
    drawing = Drawing(0, 0, width, height, picture, figure.mirrored)
    tag.kids.append(drawing)
    tag.alt, tag.box, tag.place = figure.alt, (0, 0, width, height), figure.place
    return Box(width, height, [drawing], [tag])


def set_picture(setter: Setter, figure: Illustration, width: float, parent: Tag) -> Box:
    """The picture with its caption below; a leading × or ○ stands as a character."""
    box = Box(width)
    y = box.put(set_drawing(figure, width, parent.add("Figure")), 0, 0)
    caption = setter.paragraph(figure.caption, setter.theme.type.strong, width, parent.add("P"), balance=True)
    box.put(caption, 0, y + mm(setter.theme.figure.caption))
    return box
