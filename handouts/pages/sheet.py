"""A Document is plain data: sheets of positioned items (pt, origin top left, y down) and the tag tree over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handouts.problems import NOWHERE, Place

if TYPE_CHECKING:
    from handouts.figures.picture import Picture

Colour = str
"""`#RRGGBB`; `#000000` is written as DeviceGray 0."""
Frame = tuple[float, float, float, float]
"""x, y, width, height in pt, from the top left corner of the sheet."""


@dataclass(slots=True)
class Tag:
    """One structure element (ISO 32000-1, 14.8.4): its kids are read in list order.

    `role` is a standard structure type (Document, H1, P, L, LI, Lbl, LBody, Table, TR, TH, TD, Figure, Ruby, RB, RT …).
    `scope` belongs to TH (Column, Row), `numbering` to L (Decimal …), `box` (x, y, width, height in pt) to Figure.
    """

    role: str
    kids: list[Tag | Item] = field(default_factory=list)
    alt: str | None = None
    actual_text: str | None = None
    scope: str | None = None
    numbering: str | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: int = 0
    place: Place = NOWHERE

    def add(self, role: str, **fields: object) -> Tag:
        """A new kid element, at the end."""
        kid = Tag(role, **fields)  # type: ignore[arg-type]
        self.kids.append(kid)
        return kid


@dataclass(slots=True, eq=False)
class Text:
    """A run of one face and size on one baseline; `left` and `right` are the edges of the measure it was set to."""

    x: float
    y: float
    text: str
    face: str
    size: float
    colour: Colour = "#000000"
    left: float = 0.0
    right: float = 0.0
    place: Place = NOWHERE
    turned: bool = False
    """Stands on its head: it runs from (x, y) to the left, its foot upwards."""


@dataclass(slots=True, eq=False)
class Rule:
    """A straight line with butt caps; `dash` in pt (on, off)."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: Colour = "#000000"
    dash: tuple[float, float] | None = None


@dataclass(slots=True, eq=False)
class Rect:
    """A rectangle; its stroke lies inside the given box."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    stroke: Colour | None = None
    line: float = 0.0


@dataclass(slots=True, eq=False)
class Shape:
    """A filled or stroked polygon or a set of cells (QR code): closed outlines of points in pt."""

    outlines: Sequence[Sequence[tuple[float, float]]]
    fill: Colour | None = None
    stroke: Colour | None = None
    line: float = 0.0


@dataclass(slots=True, eq=False)
class Drawing:
    """A compiled picture, its top left corner at (x, y), drawn `width` wide; its lines keep their widths in pt."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture
    mirrored: bool = False
    turned: bool = False
    """Stands on its head: (x, y) is its lower right corner."""


Item = Text | Rule | Rect | Shape | Drawing


@dataclass(slots=True)
class Sheet:
    """One printed side: items in drawing order; those no tag holds are artifacts (`Pagination` if in `running`)."""

    width: float
    height: float
    items: list[Item] = field(default_factory=list)
    running: set[int] = field(default_factory=set)
    """id() of the items that are running heads and feet."""
    folds: set[int] = field(default_factory=set)
    """id() of the ticks that show a fold in the margin; a print shop has them outside the trim."""
    marks: set[int] = field(default_factory=set)
    """id() of the marks that a print shop cuts and folds by."""
    trim: Frame | None = None
    """What is left of the sheet when a print shop has cut it; None where nothing is cut off."""
    bleed: Frame | None = None
    """As far as colour goes on that touches the edge of the trim."""


@dataclass(slots=True)
class Document:
    """Everything the PDF room needs: sheets, the tag tree (role Document), and what stands in the metadata."""

    sheets: list[Sheet]
    root: Tag
    title: str
    author: str = ""
    language: str = "ja-JP"
    edge: str = "long"
    """Over which edge a duplex printer turns the paper: `long`, `short` or `none`."""
    date: str = ""
    """ISO date (YYYY-MM-DD): creation and modification date, at midnight UTC."""
