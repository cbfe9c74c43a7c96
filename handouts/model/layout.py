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
    COVER = "cover"
    PICTURES = "pictures"
    CLINIC = "clinic"


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
    most: Annotated[int, Meta(ge=1, le=5)] | None = None
    """So many exercises at the most."""
    pictures: bool = True
    """Causes without their pictures where this is false: the block `pictures` sets them elsewhere."""
    bottom: bool = False
    """Stand at the foot of the panel; white that is left collects above."""


class Edge(Enum):
    """Over which edge the paper is turned when it is printed on both sides."""

    LONG = "long"
    SHORT = "short"
    NONE = "none"


class Panel(Record, frozen=True, kw_only=True):
    """A face of a folded sheet: the printed side it is on (from 1), where its text stands there (mm), and its blocks.

    Panels are listed in the order in which a hand meets them. One without a `flow` of its own goes on with that of the
    panel before. `turn: true` stands on its head.
    """

    name: Line
    side: Annotated[int, Meta(ge=1, le=2)]
    x: NonNegative
    y: NonNegative
    width: Positive
    height: Positive
    turn: bool = False
    flow: tuple[FlowRow, ...] = ()


class Fold(Record, frozen=True, kw_only=True):
    """A fold across the sheet: the printed side on which it is marked, and its distance from the left edge, mm."""

    side: Annotated[int, Meta(ge=1, le=2)]
    x: Positive


class Layout(Record, frozen=True, kw_only=True):
    """Page, grid and which block goes where, in reading order: on sides as many as it takes, or on named panels."""

    name: Line
    edge: Edge = Edge.LONG
    page: PageSize
    margins: Margins
    columns: Annotated[int, Meta(ge=1, le=24)]
    gutter: NonNegative
    theme: ThemeId
    gap: Gap
    flow: tuple[FlowRow, ...] = ()
    panels: tuple[Panel, ...] = ()
    folds: tuple[Fold, ...] = ()
    short: bool = False
    """Where not all has room, the short forms of texts are tried first."""
    optional: tuple[BlockName, ...] = ()
    """What is left out, in this order, where not all has room."""

    @property
    def rows(self) -> tuple[FlowRow, ...]:
        """All rows, in reading order."""
        return self.flow or tuple(row for panel in self.panels for row in panel.flow)
