"""A form: rows of sections beside each other, each a heading with its fields and perhaps a picture to mark."""

from __future__ import annotations

import re

from msgspec.structs import replace

from handouts.model import FormSection, Text, TypeStyle, place_of
from handouts.pages.blocks import FormPart, FormRows, Illustration
from handouts.pages.box import Box, mm, stack
from handouts.pages.components.fields import blanks_width, label_width, set_blanks, set_field
from handouts.pages.components.heading import heading_width, set_heading
from handouts.pages.components.picture import set_drawing
from handouts.pages.components.piece import Piece
from handouts.pages.grid import Grid
from handouts.pages.setter import Setter
from handouts.pages.sheet import Tag

_COLUMNS = 12
_STACKED = 1.1
"""From so large a type on (12 pt: 1), and on fewer columns, sections stand one under the other."""
_ENLARGED = 1.3
"""How much wider than drawn a picture to mark may be where the type is large."""
_HEADING_SPAN = 3
"""Columns of the grid that a heading beside its fields takes."""


def set_form(setter: Setter, block: FormRows, grid: Grid) -> list[Piece]:
    """The line for who fills it in, and a piece for each row."""
    pieces = []
    large = setter.scale >= _STACKED or grid.columns < _COLUMNS
    if block.who:
        tag = Tag("P")
        set_who = _who if large else set_blanks
        pieces.append(Piece(set_who(setter, block.who, setter.theme.type.body, grid.width, tag), [tag]))
    rows = _stacked(block) if large else block.rows
    if large:
        grid = Grid(_COLUMNS, grid.gutter, grid.width)
    for new_side, columns in rows:
        box = Box(grid.width)
        tags: list[Tag] = []
        spans = grid.spans([span for span, _ in columns])
        for (_, parts), (x, room) in zip(columns, spans, strict=True):
            y = 0.0
            for index, part in enumerate(parts):
                y += mm(setter.theme.form.sections) if index else 0.0
                tags.append(Tag("Sect"))
                y = box.put(_part(setter, part, room, grid, tags[-1], block.tick), x, y)
        place = place_of(columns[0][1][0].section.heading)
        pieces.append(Piece(box, tags, new_side=new_side, place=place))
    return pieces


def _stacked(block: FormRows) -> list[tuple[bool, tuple[tuple[int, tuple[FormPart, ...]], ...]]]:
    """Every section in a row of its own, its heading above its fields."""
    return [
        (False, ((_COLUMNS, (replace(part, section=replace(part.section, beside=False)),)),))
        for _, columns in block.rows
        for _, parts in columns
        for part in parts
    ]


def _who(setter: Setter, text: str, style: TypeStyle, width: float, tag: Tag) -> Box:
    """Words and blanks, on further lines where one does not hold them; a line is broken at a double space."""
    lines = [""]
    for part in re.split("(?<=_)(?= )", text):
        joined = lines[-1] + part
        if lines[-1] and blanks_width(setter, joined, style) > width:
            lines.append(part.strip())
        else:
            lines[-1] = joined
    boxes = [set_blanks(setter, Text(line, place_of(text)), style, width, tag) for line in lines]
    return stack(width, boxes, mm(setter.theme.form.field) if len(boxes) > 1 else 0.0)


def _part(setter: Setter, part: FormPart, width: float, grid: Grid, tag: Tag, tick: str) -> Box:
    """One section over `width` pt."""
    section, box = part.section, Box(width)
    heading = set_heading(setter, part.number, section.heading, width, tag)
    baseline, ink = heading.baselines[-1], heading_width(setter, part.number, section.heading)
    below = box.put(heading, 0, 0)
    x = grid.span(_HEADING_SPAN) + grid.gutter if section.beside else 0.0
    if section.note:
        note = setter.theme.type.note
        at = 0.0 if section.beside else ink + mm(setter.theme.heading.note)
        room = (x - grid.gutter if section.beside else width) - at
        words = setter.paragraph(section.note, note, room, tag.add("P"))
        box.put(words, at, below if section.beside else baseline - words.baselines[0])
    y = mm(setter.theme.heading.above) if section.beside else below + mm(setter.theme.heading.below)
    if part.figure:
        y = box.put(_figure(setter, section, part.figure, width - x, tag), x, y) + mm(setter.theme.form.field)
    labels = label_width(setter, section.fields, width - x)
    for index, field in enumerate(section.fields):
        y += mm(setter.theme.form.field) if index else 0.0
        y = box.put(set_field(setter, field, width - x, labels, tag, tick), x, y)
    return box


def _figure(setter: Setter, section: FormSection, figure: Illustration, width: float, tag: Tag) -> Box:
    """The picture in the middle of `width` pt, its caption below it."""
    styles, drawn = setter.theme.type, min(figure.picture.width * min(setter.scale, _ENLARGED), width)
    box = Box(width)
    y = box.put(set_drawing(setter, figure, drawn, tag.add("Figure")), (width - drawn) / 2, 0)
    box.put(setter.paragraph(figure.caption, styles.body, width, tag.add("P"), balance=True), 0, y)
    return box
