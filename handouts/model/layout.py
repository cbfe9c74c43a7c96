"""A layout: page, grid and which block goes where."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from handouts.model.parts import Line, NonNegative, Positive, Record, ThemeId


class BlockName(Enum):
    """The blocks a layout can place."""

    HEADER = "header"
    WARNING = "warning"
    FORM = "form"
    CAUSES = "causes"
    CHECK = "check"
    TIPS = "tips"
    EXERCISES = "exercises"
    QUESTIONS = "questions"
    SUMMARY = "summary"
    ANSWERS = "answers"


class PageSize(Record, frozen=True, kw_only=True):
    """The trimmed page, mm."""

    width: Positive
    height: Positive


class Margins(Record, frozen=True, kw_only=True):
    """White on every side, mm."""

    left: NonNegative
    right: NonNegative
    top: NonNegative
    bottom: NonNegative


class Gap(Record, frozen=True, kw_only=True):
    """White between sections, mm: all gaps of one side are alike."""

    normal: NonNegative
    least: NonNegative
    most: NonNegative
    header: NonNegative
    last: NonNegative
    """Least white above a footer."""


class Column(Record, frozen=True, kw_only=True):
    """One column of a row: grid columns it spans, and its blocks from top to bottom."""

    span: Annotated[int, Meta(ge=1, le=24)]
    blocks: Annotated[tuple[BlockName, ...], Meta(min_length=1)]


class FlowRow(Record, frozen=True, kw_only=True):
    """A block over the full width with the spans of its inner columns, or several columns of blocks."""

    block: BlockName | None = None
    spans: tuple[Annotated[int, Meta(ge=1, le=24)], ...] = ()
    columns: tuple[Column, ...] = ()
    new_side: bool = False
    """Begin a side here if that makes no further side necessary."""


class Layout(Record, frozen=True, kw_only=True):
    """Page, grid and which block goes where, in reading order."""

    name: Line
    page: PageSize
    margins: Margins
    columns: Annotated[int, Meta(ge=1, le=24)]
    gutter: NonNegative
    theme: ThemeId
    gap: Gap
    flow: Annotated[tuple[FlowRow, ...], Meta(min_length=1)]
