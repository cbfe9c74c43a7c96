"""Small drawn marks: check boxes, framed labels, list squares; drawn, since no face has them all."""

from __future__ import annotations

from handouts.model import TypeStyle
from handouts.pages.box import Box, mm
from handouts.pages.setter import Setter
from handouts.pages.sheet import Rect, Tag


def check_box(setter: Setter, item: Tag, spoken: str) -> Box:
    """An empty box to tick, as the label of a list item."""
    look = setter.theme.check
    size = mm(look.size)
    rect = Rect(0, mm(look.drop), size, size, stroke=setter.ink, line=setter.theme.rules.box)
    item.kids.append(Tag("Lbl", [rect], actual_text=spoken))
    return Box(size, items=[rect])


def check_item(setter: Setter, text: str, style: TypeStyle, width: float, parent: Tag, spoken: str) -> tuple[Box, Tag]:
    """A check box and its text in `width` pt, as a list item of `parent`; returns the box and the LBody."""
    look = setter.theme.check
    item = parent.add("LI")
    box = Box(width)
    box.put(check_box(setter, item, spoken), 0, 0)
    indent = mm(look.size + look.gap)
    body = item.add("LBody")
    words = setter.paragraph(text, style, width - indent, body)
    box.height = box.put(words, indent, 0)
    box.ink = indent + words.ink
    return box, body


def square_item(setter: Setter, text: str, style: TypeStyle, width: float, parent: Tag) -> Box:
    """An accent square and its text, as a list item of `parent`."""
    look = setter.theme.item
    item = parent.add("LI")
    size = mm(look.square)
    rect = Rect(0, mm(look.square_drop), size, size, fill=setter.accent)
    item.kids.append(Tag("Lbl", [rect], actual_text="・"))
    box = Box(width, items=[rect])
    indent = mm(look.indent)
    box.height = box.put(setter.paragraph(text, style, width - indent, item.add("LBody")), indent, 0)
    return box


def label(setter: Setter, text: str, style: TypeStyle, height: float, padding: float, tag: Tag, *, solid: bool) -> Box:
    """A word in a frame (or reversed out of black), `height` pt high, `padding` pt at both sides."""
    width = setter.width(text, style) + 2 * padding
    line = setter.theme.rules.label
    frame = (
        Rect(0, 0, width, height, fill=setter.ink) if solid else Rect(0, 0, width, height, stroke=setter.ink, line=line)
    )
    box = Box(width, height, [frame])
    colour = setter.theme.ink.paper if solid else setter.ink
    word = setter.paragraph(text, style, width, tag, colour=colour)
    box.put(word, padding, (height - style.leading) / 2)
    box.height = height
    return box
