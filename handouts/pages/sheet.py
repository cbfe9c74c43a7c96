"""A Document is plain data: sheets of positioned items (pt, origin top left, y down) and the tag tree over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from handouts.problems import NOWHERE, Place

if TYPE_CHECKING:
    from handouts.figures.picture import Picture

Colour = str
"""`#RRGGBB`; `#000000` is written as DeviceGray 0."""
Frame = tuple[float, float, float, float]
"""x, y, width, height in pt, from the top left corner of the sheet."""


class Tag(Struct):
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


class Text(Struct, eq=False):
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
    common: bool = False
    """Other sheets of its kind say the same: its characters travel in fonts apart, which are the same there too."""


class Rule(Struct, eq=False):
    """A straight line with butt caps; `dash` in pt (on, off)."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: Colour = "#000000"
    dash: tuple[float, float] | None = None


class Rect(Struct, eq=False):
    """A rectangle; its stroke lies inside the given box."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    stroke: Colour | None = None
    line: float = 0.0


class Shape(Struct, eq=False):
    """A filled or stroked polygon, or several: closed outlines of points in pt."""

    outlines: Sequence[Sequence[tuple[float, float]]]
    fill: Colour | None = None
    stroke: Colour | None = None
    line: float = 0.0


class Cells(Struct, eq=False):
    """A square of dark and light cells (a QR code), its top left corner at (x, y); `rows` are true where it is dark."""

    x: float
    y: float
    size: float
    rows: tuple[bytes, ...]
    fill: Colour = "#000000"
    turned: bool = False
    """Stands on its head: (x, y) is its lower right corner."""

    @property
    def width(self) -> float:
        """Of the whole square, pt."""
        return self.size

    @property
    def height(self) -> float:
        """Of the whole square, pt."""
        return self.size


class Drawing(Struct, eq=False):
    """A compiled picture, its top left corner at (x, y), drawn `width` wide; its lines keep their widths in pt."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture
    mirrored: bool = False
    turned: bool = False
    """Stands on its head: (x, y) is its lower right corner."""


class Bitmap(Struct, frozen=True, eq=False):
    """Pixels row by row from the top, 8 bits a channel: one channel is grey, three are sRGB."""

    columns: int
    rows: int
    channels: int
    pixels: bytes


class Image(Struct, eq=False):
    """A bitmap, its top left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    bitmap: Bitmap
    place: Place = NOWHERE
    turned: bool = False
    """Stands on its head: (x, y) is its lower right corner."""


Item = Text | Rule | Rect | Shape | Cells | Drawing | Image


class Sheet(Struct):
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


class Document(Struct):
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
