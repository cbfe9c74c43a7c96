"""A form: rows of sections beside each other, each a heading with its fields and perhaps a picture to mark."""

from __future__ import annotations

from handouts.model import FormSection, place_of
from handouts.pages.blocks import FormPart, FormRows, Illustration
from handouts.pages.box import Box, mm
from handouts.pages.components.fields import label_width, set_blanks, set_field
from handouts.pages.components.heading import heading_width, set_heading
from handouts.pages.components.picture import set_drawing
from handouts.pages.components.piece import Piece
from handouts.pages.grid import Grid
from handouts.pages.setter import Setter
from handouts.pages.sheet import Tag

_HEADING_SPAN = 3
"""Columns of the grid that a heading beside its fields takes."""


def set_form(setter: Setter, block: FormRows, grid: Grid) -> list[Piece]:
    """The line for who fills it in, and a piece for each row."""
    pieces = []
    if block.who:
        tag = Tag("P")
        pieces.append(Piece(set_blanks(setter, block.who, setter.theme.type.body, grid.width, tag), [tag]))
    for new_side, columns in block.rows:
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
    """The picture in the middle of `width` pt, the words for its halves below it, then its caption."""
    styles, drawn = setter.theme.type, min(figure.picture.width, width)
    box = Box(width)
    y = box.put(set_drawing(setter, figure, drawn, tag.add("Figure")), (width - drawn) / 2, 0)
    if section.figure_sides:
        line = tag.add("P")
        for share, word in zip((0.25, 0.75), section.figure_sides, strict=True):
            wide = setter.width(word, styles.strong)
            middle = (width - drawn) / 2 + drawn * share
            box.put(setter.paragraph(word, styles.strong, wide + 0.01, line), middle - wide / 2, y)
        y = box.height
    box.put(setter.paragraph(figure.caption, styles.body, width, tag.add("P"), balance=True), 0, y)
    return box
