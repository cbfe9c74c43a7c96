"""A small clean handout, made by our own engine, that single defects are put into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import segno

from handouts import pdf
from handouts.faces import Stack, load_faces
from handouts.figures.picture import Picture, PicturePath
from handouts.pages.sheet import Document, Drawing, Item, Rect, Rule, Shape, Sheet, Tag, Text
from handouts.paths import builtin

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
TITLE = "膝の裏が痛いとき"
ADDRESS = "https://example.jp/knee"
PARAGRAPHS = (
    ("膝の裏が痛いときは、無理をせずに休みます。", "痛みが続くときは、整形外科を受診します。"),
    ("ふくらはぎが腫れて熱いときは、すぐに受診します。", "息が苦しいときは、119番に電話します。"),
)


@cache
def faces() -> dict[str, Stack]:
    """The built-in stacked faces."""
    return load_faces([builtin("fonts")])


@dataclass
class Sample:
    """The handout's parts, which a defect may change before it is written; lengths in mm, sizes in pt."""

    sheet: Sheet = field(default_factory=lambda: Sheet(WIDTH, HEIGHT))
    root: Tag = field(default_factory=lambda: Tag("Document"))
    title: str = TITLE
    author: str = "見本医院"
    sheets: list[Sheet] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sheets.append(self.sheet)

    def draw(self, item: Item, tag: Tag | None = None) -> Item:
        """Draws an item: in a tag, else as decoration."""
        self.sheet.items.append(item)
        if tag is not None:
            tag.kids.append(item)
        return item

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float = 12,
        tag: Tag | None = None,
        colour: str = "#000000",
        face: str = "regular",
    ) -> Item:
        """A line of text from (x, y), its base line; a paragraph of its own without a tag."""
        return self.draw(Text(x * MM, y * MM, text, face, size, colour), tag if tag is not None else self.root.add("P"))

    def paragraph(self, lines: Sequence[str], x: float, y: float, size: float = 12) -> Tag:
        """Lines below each other, of one paragraph."""
        tag = self.root.add("P")
        for number, line in enumerate(lines):
            self.text(line, x, y + number * size * 1.5 / MM, size, tag)
        return tag

    def rule(self, x1: float, y1: float, x2: float, y2: float, line: float = 0.75, colour: str = "#000000") -> Item:
        """A line of decoration, `line` pt wide."""
        return self.draw(Rule(x1 * MM, y1 * MM, x2 * MM, y2 * MM, line, colour))

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        line: float = 1.0,
    ) -> Item:
        """A rectangle of decoration."""
        return self.draw(Rect(x * MM, y * MM, width * MM, height * MM, fill, stroke, line if stroke else 0.0))

    def figure(self, alt: str | None = "膝の裏を示す絵。", x: float = 20, y: float = 150) -> Tag:
        """A picture of lines."""
        tag = self.root.add("Figure", alt=alt, box=(x * MM, y * MM, 100, 50))
        self.draw(Drawing(x * MM, y * MM, 100, 50, _picture()), tag)
        return tag

    def code(self, says: str = ADDRESS, cell: float = 0.6, error: str = "m", spoken: str = ADDRESS) -> list[Item]:
        """A QR code at (150, 220), `cell` mm a cell; the words of its tag name `spoken`."""
        matrix = segno.make_qr(says, error=error, boost_error=False).matrix
        cells = [(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark]
        return [self.cells(cells, len(matrix), cell, spoken)]

    def cells(self, cells: list[tuple[int, int]], count: int, cell: float, spoken: str) -> Item:
        """Dark squares at (150, 220) as a code."""
        left, top, size = 150 * MM, 220 * MM, cell * MM
        tag = self.root.add("Figure", alt=f"QRコード({spoken})", box=(left, top, count * size, count * size))
        corners = ((0, 0), (1, 0), (1, 1), (0, 1))
        squares = [[(left + (x + i) * size, top + (y + j) * size) for i, j in corners] for x, y in cells]
        return self.draw(Shape(squares, fill="#000000"), tag)

    def turn(self) -> None:
        """Goes on to a further sheet."""
        self.sheet = Sheet(self.sheet.width, self.sheet.height)
        self.sheets.append(self.sheet)

    def data(self) -> bytes:
        """The file's bytes."""
        document = Document(self.sheets, self.root, self.title, self.author, date="2026-11-22")
        return pdf.write(document, faces())

    def write(self, path: Path) -> Path:
        """Writes the file."""
        path.write_bytes(self.data())
        return path


def clean(*, size: float = 12, code: bool = True) -> Sample:
    """A page with a title, two paragraphs, a frame, a tint, a picture and a code, all as it should be."""
    sample = Sample()
    sample.text(TITLE, 20, 30, 24, sample.root.add("H1"), face="bold")
    sample.rule(20, 36, 190, 36)
    for number, lines in enumerate(PARAGRAPHS):
        sample.paragraph(lines, 20, 50 + 30 * number, size)
    sample.rect(20, 105, 80, 14, stroke="#000000")
    sample.text("1日1回、30秒のばします。", 24, 114, size)
    sample.rect(110, 105, 80, 14, fill="#EDF3F8")
    sample.text("痛いときはやめます。", 114, 114, size)
    sample.figure()
    if code:
        sample.code()
    return sample


def _picture() -> Picture:
    """A knee of two strokes, 100 × 50 pt."""
    outline = (("M", 10.0, 10.0), ("C", 40.0, 0.0, 60.0, 0.0, 90.0, 10.0), ("L", 50.0, 45.0), ("Z",))
    path = PicturePath(fill="#DDDDDD", stroke="#000000", line=1.5, dash=None, data=outline)
    return Picture(name="knee", width=100.0, height=50.0, paths=(path,))
