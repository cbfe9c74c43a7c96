"""What is filled in by hand: a form's rows, the sections that stand beside each other in them, and their fields."""

from typing import Annotated

from msgspec import Meta

from handouts.model.parts import FigureId, Line, Record, SourceIds


class Field(Record, frozen=True, kw_only=True):
    """One thing to fill in: boxes to tick, a scale, a line with blanks, or lines to write on; its label before it.

    Three or more `_` in a text are a blank to write on, as wide as they are many; the last one of a line goes on to
    its end.
    """

    label: Line | None = None
    options: tuple[Line, ...] = ()
    """Boxes to tick, each with its word."""
    columns: Annotated[int, Meta(ge=1, le=8)] | None = None
    """Boxes in columns of one width, read across; without it they follow each other."""
    write: Line | None = None
    scale: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=2)] | None = None
    """What 0 and 10 mean: a scale of eleven numbers, one to ring."""
    lines: Annotated[int, Meta(ge=1, le=12)] | None = None
    sources: SourceIds = ()


class FormSection(Record, frozen=True, kw_only=True):
    """A heading and its fields, beside it or below it; a picture to mark stands above them."""

    heading: Line
    note: Line | None = None
    beside: bool = False
    """The heading stands at the left of its fields."""
    figure: FigureId | None = None
    fields: Annotated[tuple[Field, ...], Meta(min_length=1)]
    sources: SourceIds = ()


class FormColumn(Record, frozen=True, kw_only=True):
    """Sections one under the other, over so many of the twelve columns of the page."""

    span: Annotated[int, Meta(ge=1, le=12)] = 12
    sections: Annotated[tuple[FormSection, ...], Meta(min_length=1)]


class FormRow(Record, frozen=True, kw_only=True):
    """Columns beside each other."""

    columns: Annotated[tuple[FormColumn, ...], Meta(min_length=1, max_length=3)]
    new_side: bool = False


class Form(Record, frozen=True, kw_only=True):
    """The fields of a form: a first line for who fills it in, then its rows."""

    who: Line | None = None
    rows: Annotated[tuple[FormRow, ...], Meta(min_length=1)]
