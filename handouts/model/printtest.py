"""The words and samples of the test page."""

from typing import Annotated

from msgspec import Meta

from handouts.model.parts import Line, Lines, Positive, Record


class PrintTestPart(Record, frozen=True, kw_only=True):
    """A section of the test page; `alt` says what is drawn there."""

    heading: Line
    texts: Lines
    alt: Line | None = None


class TypeSample(Record, frozen=True, kw_only=True):
    """Words to read in one size, pt."""

    size: Annotated[float, Meta(ge=6, le=24)]
    text: Line


class HatchSample(Record, frozen=True, kw_only=True):
    """Slanting lines: their width and the step between them, pt."""

    label: Line
    line: Positive
    step: Positive


class PrintTest(Record, frozen=True, kw_only=True):
    """The words and samples of the test page, in reading order."""

    title: Line
    purpose: Line
    lead: Line
    ruler: PrintTestPart
    shade: PrintTestPart
    hatch: PrintTestPart
    type: PrintTestPart
    colour: PrintTestPart
    edge: PrintTestPart
    both: PrintTestPart
    folds: PrintTestPart
    fold_sides: tuple[Line, Line]
    """The words for the two printed sides."""
    samples: Annotated[tuple[TypeSample, ...], Meta(min_length=1, max_length=8)]
    hatches: Annotated[tuple[HatchSample, ...], Meta(min_length=1, max_length=4)]
    accent_sample: Line
