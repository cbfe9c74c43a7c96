"""A person's name, set exactly as it is written: large where it has room, over more lines or smaller, never cut."""

from __future__ import annotations

import re

from handouts.faces import Stack, clusters
from handouts.model import TypeStyle
from handouts.pages.box import Box, mm
from handouts.pages.personal import Name
from handouts.pages.setter import Setter
from handouts.pages.sheet import Tag, Text
from handouts.problems import Problem
from handouts.text.characters import NO_START, SPACE, kind
from handouts.text.markup import escape
from handouts.text.printable import unprintable

_WORD = re.compile("[^ \u3000・=＝]*[ \u3000・=＝]*")
_SPACES = " \u3000"
_MOST_LARGE = 2
"""Lines: a name that takes more of the large type is set in the small one."""
_TOGETHER = 8
"""Characters that are kept on one line however narrow it is: more of ー or 々 than that may part."""
_BEFORE_TITLE = 0.3
"""em between a name and the title after it."""


def set_name(setter: Setter, name: Name, width: float, cell: Tag) -> Box:
    """The name, its title after the last line, and the reading beside that, or below, in `width` pt.

    Its text is neither markup nor broken by the rules of running text, so that what is extracted is what was written;
    problems tell a character, never the name. An empty name is room to write one, with the title after it.
    """
    if not name.text:
        return _blank(setter, name, width, cell)
    stack, styles = setter.faces["bold"], setter.theme.type
    setter.problems += [Problem(one.place, one.message, one.hint) for one in unprintable(name.text, stack)]
    style, lines = styles.heading, _lines(setter, name, styles.heading, width)
    if len(lines) > _MOST_LARGE:
        style, lines = styles.strong, _lines(setter, name, styles.strong, width)
    box = Box(width)
    paragraph = cell.add("P")
    said = paragraph.add("Span")
    for line in lines:
        baseline = box.height + style.leading / 2 + 0.38 * style.size
        item = Text(0.0, baseline, line, "bold", style.size, setter.ink, 0.0, width)
        said.kids.append(item)
        box.items.append(item)
        box.baselines.append(baseline)
        box.height += style.leading
        box.ink = _drawn(stack, line, style.size)
    if name.honorific:
        x = box.ink + _BEFORE_TITLE * style.size
        title = paragraph.add("Span")
        word = setter.paragraph(name.honorific, style, setter.width(name.honorific, style) + 0.01, title)
        box.put(word, x, box.height - style.leading)
        box.ink = x + word.ink
    if name.reading:
        _reading(setter, name, box, cell)
    return box


def _blank(setter: Setter, name: Name, width: float, cell: Tag) -> Box:
    """Room to write a name by hand, with its title at the right."""
    style = setter.theme.type.heading
    wide = setter.width(name.honorific, style) + 0.01
    box = Box(width)
    word = setter.paragraph(name.honorific, style, wide, cell.add("P"))
    box.put(word, max(0.0, width - wide - style.size), 0)
    box.ink = width
    return box


def _reading(setter: Setter, name: Name, box: Box, cell: Tag) -> None:
    """In small type on the last baseline, or on lines of its own."""
    style = setter.theme.type.note
    text = escape(name.reading)
    x = box.ink + mm(setter.theme.heading.note)
    wide = setter.width(text, style) + 0.01
    tag = cell.add("P")
    if x + wide <= box.width:
        reading = setter.paragraph(text, style, wide, tag)
        box.put(reading, x, box.baselines[-1] - reading.baselines[0])
        return
    for line in _broken(setter.faces["regular"], name.reading, style.size, box.width):
        baseline = box.height + style.leading / 2 + 0.38 * style.size
        item = Text(0.0, baseline, line, "regular", style.size, setter.ink, 0.0, box.width)
        tag.kids.append(item)
        box.items.append(item)
        box.baselines.append(baseline)
        box.height += style.leading


def _lines(setter: Setter, name: Name, style: TypeStyle, width: float) -> list[str]:
    """The name in lines that leave room for the title after each of them: whichever is the last."""
    title = setter.width(name.honorific, style) + _BEFORE_TITLE * style.size
    return _broken(setter.faces["bold"], name.text, style.size, width - title - 0.1)


def _broken(stack: Stack, text: str, size: float, width: float) -> list[str]:
    """Lines of at most `width` pt, ended after a space or a middle dot, within a word only where it is wider itself.

    Spaces stay at the end of their line and are not counted there. Together the lines are the text.
    """
    lines = [""]
    for word in filter(None, _WORD.findall(text)):
        pieces = [word] if _drawn(stack, word, size) <= width else _joined(word)
        for piece in pieces:
            if lines[-1] and _drawn(stack, lines[-1] + piece, size) > width:
                lines.append("")
            lines[-1] += piece
    return lines


def _joined(word: str) -> list[str]:
    """A word's characters, those that may not begin a line together with the one before, as far as that is sensible."""
    pieces: list[str] = []
    for cluster in clusters(word):
        if pieces and kind(cluster[0]) & (NO_START | SPACE) and len(pieces[-1]) < _TOGETHER:
            pieces[-1] += cluster
        else:
            pieces.append(cluster)
    return pieces


def _drawn(stack: Stack, text: str, size: float) -> float:
    return stack.width(text.rstrip(_SPACES), size)
