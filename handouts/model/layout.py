"""A layout: page, grid and which block goes where."""

from enum import Enum
from typing import Annotated

from msgspec import Meta, field
from msgspec.structs import replace

from handouts.model.parts import LayoutId, Line, NonNegative, Positive, Record, ThemeId


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
    NOW = "now"
    SOON = "soon"
    DIARY = "diary"
    COVER = "cover"
    PICTURES = "pictures"
    CLINIC = "clinic"
    PERSON = "person"
    FINDINGS = "findings"
    CHANGES = "changes"
    RESTRAINT = "restraint"
    REMARKS = "remarks"
    VISIT = "visit"


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
    least: Annotated[int, Meta(ge=1, le=5)] | None = None
    """Down to so many exercises, the last left out first, where not all have room even without what is optional."""
    ask: bool = False
    """On the cover, in place of its picture: who must ask a doctor before the exercises."""
    heading: bool = True
    """A box of signs without its heading where this is false: what to do then begins with the step's word."""
    rule: bool = False
    """Below a box of signs, what one sign means: where the box above has no heading to say it."""
    sources: bool = True
    """The clinic without the sources where this is false: the sheet they stand on is named."""
    spread: bool = False
    """Each exercise over two faces that lie side by side: picture and dose, then steps."""
    keep: bool = False
    """On one side with the row below it."""
    abreast: bool = False
    """Two exercises, and no more, side by side, each on half of the grid."""
    pictures: bool = True
    """Causes without their pictures where this is false: the block `pictures` sets them elsewhere."""
    bottom: bool = False
    """Stand at the foot of the panel; white that is left collects above."""
    essential: bool = False
    """Stand only on the sheet of a topic that calls this block essential; where room is short, instead of exercises."""
    spare: bool = False
    """Stand here only where the block's own row, elsewhere, found no room; of several such, the first that has."""


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
    """A fold: the printed side on which it is marked, and its distance from the left (x) or upper (y) edge, mm.

    `cut` marks a slit, from `start` to `end` along it.
    """

    side: Annotated[int, Meta(ge=1, le=2)]
    x: Positive | None = None
    y: Positive | None = None
    cut: bool = False
    start: NonNegative | None = None
    end: Positive | None = None


class Repeat(Record, frozen=True, kw_only=True):
    """The page several times on one sheet, both sides back to back, cut apart afterwards; lengths in mm."""

    sheet: PageSize
    across: Annotated[int, Meta(ge=1, le=10)]
    down: Annotated[int, Meta(ge=1, le=20)]


class Saddle(Record, frozen=True, kw_only=True):
    """Pages two by two on sheets that lie in each other, stapled in the fold (中綴じ); lengths in mm.

    `creep` is how much farther each sheet inwards its pages stand towards the fold: the thickness of the paper.
    """

    sheet: PageSize
    creep: NonNegative


class Edition(Enum):
    """Ways of saying and setting the same handout."""

    STANDARD = "standard"
    LARGE = "large"
    RUBY = "ruby"
    EASY = "easy"


class EditionPlan(Record, frozen=True, kw_only=True):
    """What an edition changes of its layout; what is not said stays."""

    edge: Edge | None = None
    theme: ThemeId | None = None
    columns: Annotated[int, Meta(ge=1, le=24)] | None = None
    gap: Gap | None = None
    flow: tuple[FlowRow, ...] | None = None
    otherwise: tuple[tuple[FlowRow, ...], ...] | None = None
    panels: tuple[Panel, ...] | None = None
    optional: tuple[BlockName, ...] | None = None


def _only_standard() -> dict[Edition, EditionPlan]:
    return {Edition.STANDARD: EditionPlan()}


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
    otherwise: tuple[tuple[FlowRow, ...], ...] = ()
    """Other orders of the rows of `flow`, for where that takes more than one leaf, or has the signs on a later side."""
    panels: tuple[Panel, ...] = ()
    folds: tuple[Fold, ...] = ()
    short: bool = False
    """Where not all has room, the short forms of texts are tried first."""
    optional: tuple[BlockName, ...] = ()
    """What is left out, in this order, where not all has room."""
    promises: tuple[BlockName, ...] = ()
    """Blocks that are never left out; a topic that lacks one is not offered in this layout."""
    instead: tuple[LayoutId, ...] = ()
    """Layouts to take where this one is not offered or has no room."""
    repeat: Repeat | None = None
    saddle: Saddle | None = None
    editions: dict[Edition, EditionPlan] = field(default_factory=_only_standard)
    """The editions it is offered in, and what they change."""

    @property
    def rows(self) -> tuple[FlowRow, ...]:
        """All rows, in reading order."""
        return self.flow or tuple(row for panel in self.panels for row in panel.flow)

    @property
    def orders(self) -> list["Layout"]:
        """The layout, and the same with its rows in each other order."""
        return [self, *(_in_order(self, rows) for rows in self.otherwise)]

    @property
    def takes(self) -> tuple[BlockName, ...]:
        """The blocks it places, in reading order."""
        return tuple(name for row in self.rows for name in self.blocks_of(row))

    @staticmethod
    def blocks_of(row: FlowRow) -> tuple[BlockName, ...]:
        """The blocks of one row, from left to right."""
        return (row.block,) if row.block else tuple(name for column in row.columns for name in column.blocks)

    @property
    def spares(self) -> tuple[BlockName, ...]:
        """The blocks of its spare rows, in reading order."""
        return tuple(row.block for row in self.rows if row.spare and row.block)

    def moving(self, spare: int | None) -> "Layout":
        """The layout with the block of one spare row there instead of at its own place; without all other such rows."""
        if not self.spares:
            return self
        rows = [row for row in self.rows if row.spare]
        taken = rows[spare] if spare is not None else None

        def kept(row: FlowRow) -> bool:
            return row is taken if row.spare else taken is None or row.block is not taken.block

        panels = tuple(replace(panel, flow=tuple(filter(kept, panel.flow))) for panel in self.panels)
        changed = replace(self, flow=tuple(filter(kept, self.flow)), panels=panels)
        changed.__dict__.update(self.__dict__)  # where it was written
        return changed

    def for_topic(self, essential: tuple[BlockName, ...]) -> "Layout":
        """The layout without the rows that are only for topics which call their block essential."""

        def kept(rows: tuple[FlowRow, ...]) -> tuple[FlowRow, ...]:
            return tuple(row for row in rows if not row.essential or row.block in essential)

        if all(kept(rows) == rows for rows in (self.flow, *(panel.flow for panel in self.panels))):
            return self
        panels = tuple(replace(panel, flow=kept(panel.flow)) for panel in self.panels)
        changed = replace(self, flow=kept(self.flow), panels=panels)
        changed.__dict__.update(self.__dict__)  # where it was written
        return changed

    def as_edition(self, edition: Edition) -> "Layout":
        """The layout as an edition changes it. Raises KeyError where it is not offered."""
        plan = self.editions[edition]
        changes = {name: value for name in plan.__struct_fields__ if (value := getattr(plan, name)) is not None}
        if "panels" in changes:
            changes.setdefault("flow", ())
        changed = replace(self, **changes)
        changed.__dict__.update(self.__dict__)  # where it was written
        return changed


def _in_order(layout: Layout, rows: tuple[FlowRow, ...]) -> Layout:
    """The layout with its rows in another order, and the place it was written at."""
    changed = replace(layout, flow=rows, otherwise=())
    changed.__dict__.update(layout.__dict__)
    return changed
