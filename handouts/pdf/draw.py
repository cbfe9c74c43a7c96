"""Draws items: pt, y downward, go in; PDF content operators come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from handouts.faces import clusters
from handouts.pages.sheet import Cells, Colour, Drawing, Image, Item, Rect, Rule, Shape, Text

if TYPE_CHECKING:
    from handouts.figures.picture import Picture, PicturePath
    from handouts.pdf.fonts import Fonts
    from handouts.pdf.shown import Shown


class Pen:
    """Collects the operators of one page and repeats no setting that already holds."""

    def __init__(self, height: float, fonts: Fonts, shown: Shown) -> None:
        self.operators: list[str] = []
        self._height = height
        self._fonts = fonts
        self._shown = shown
        self._set: dict[str, str] = {"dash": "[] 0 d"}

    def mark(self, opening: str, items: Iterable[Item]) -> None:
        """Draws `items` inside one marked-content sequence; neighbouring texts of one way up share one text object."""
        self.operators.append(opening)
        origin: tuple[float, float] | None = None
        turned = False
        for item in items:
            if isinstance(item, Text):
                if origin is not None and item.turned != turned:
                    self.operators.append("ET")
                    origin = None
                if origin is None:
                    self.operators.append("BT")
                    turned = item.turned
                origin = self._text(item, origin)
                continue
            if origin is not None:
                self.operators.append("ET")
                origin = None
            self._draw(item)
        if origin is not None:
            self.operators.append("ET")
        self.operators.append("EMC")

    def _draw(self, item: Rule | Rect | Shape | Cells | Drawing | Image) -> None:
        match item:
            case Rule():
                self._rule(item)
            case Rect():
                self._rect(item)
            case Shape():
                self._shape(item)
            case Cells():
                self._cells(item)
            case Drawing():
                self._drawing(item)
            case Image():
                self._image(item)

    def _use(self, setting: str, operator: str) -> None:
        if self._set.get(setting) != operator:
            self._set[setting] = operator
            self.operators.append(operator)

    def _text(self, item: Text, origin: tuple[float, float] | None) -> tuple[float, float]:
        """Shows the text; gives its start, which the next one's is written relative to."""
        start = across, up = round(item.x, 2), round(self._height - item.y, 2)
        operators = self.operators
        self._use("fill", fill_operator(item.colour))
        if item.turned and origin is None:
            operators.append(f"-1 0 0 -1 {numbers(across, up)} Tm")
        else:
            x, y = origin or (0.0, 0.0)
            operators.append(f"{numbers(x - across, y - up) if item.turned else numbers(across - x, up - y)} Td")
        size = numbers(item.size)
        for piece, spoken in pieces(item.text):
            if spoken:
                operators.append(f"/Span<</ActualText<FEFF{piece.encode('utf-16-be').hex().upper()}>>>BDC")
            for resource, codes in self._fonts.runs(item, piece):
                self._use("font", f"/{resource} {size} Tf")
                operators.append(f"<{codes}>Tj")
            if spoken:
                operators.append("EMC")
        return start

    def _rule(self, item: Rule) -> None:
        self._stroke(item.colour, item.width, item.dash)
        start, end = (item.x1, self._height - item.y1), (item.x2, self._height - item.y2)
        self.operators.append(f"{numbers(*start)} m {numbers(*end)} l S")

    def _rect(self, item: Rect) -> None:
        """The stroke's outer edge is the box; a filled and stroked box is filled up to the middle of its stroke."""
        inset = item.line / 2 if item.stroke else 0.0
        width, height = item.width - 2 * inset, item.height - 2 * inset
        self._paint(
            f"{numbers(item.x + inset, self._height - item.y - item.height + inset, width, height)} re",
            item.fill,
            item.stroke,
            item.line,
        )

    def _shape(self, item: Shape) -> None:
        outlines = (self._outline(points) for points in item.outlines)
        self._paint(" ".join(outlines), item.fill, item.stroke, item.line)

    def _cells(self, item: Cells) -> None:
        if not item.rows:
            return
        self._use("fill", fill_operator(item.fill))
        cell = f"{(-1 if item.turned else 1) * item.size / len(item.rows):.6g}"
        minus = cell.removeprefix("-") if item.turned else f"-{cell}"
        self.operators.append(
            f"q {cell} 0 0 {minus} {numbers(item.x, self._height - item.y)} cm\n{_runs(item.rows)}f Q"
        )

    def _outline(self, points: Sequence[tuple[float, float]]) -> str:
        (x, y), *rest = [(x, self._height - y) for x, y in points]
        if len(rest) == 3 and _is_box((x, y), *rest):
            return f"{numbers(x, y, rest[1][0] - x, rest[1][1] - y)} re"
        return f"{numbers(x, y)} m {' '.join(f'{numbers(*point)} l' for point in rest)} h"

    def _drawing(self, item: Drawing) -> None:
        name = self._shown.picture(item.picture, item.width / item.picture.width, item.mirrored)
        way = "-1 0 0 -1" if item.turned else "1 0 0 1"
        self.operators.append(f"q {way} {numbers(item.x, self._height - item.y)} cm /{name} Do Q")

    def _image(self, item: Image) -> None:
        name = self._shown.image(item.bitmap)
        way = -1 if item.turned else 1
        x, y = item.x, self._height - item.y - way * item.height
        size = f"{numbers(way * item.width)} 0 0 {numbers(way * item.height)} {numbers(x, y)}"
        self.operators.append(f"q {size} cm /{name} Do Q")

    def _paint(self, path: str, fill: Colour | None, stroke: Colour | None, line: float) -> None:
        if fill:
            self._use("fill", fill_operator(fill))
        if stroke:
            self._stroke(stroke, line, None)
        if fill or stroke:
            self.operators.append(f"{path} {_painting(fill, stroke)}")

    def _stroke(self, colour: Colour, width: float, dash: Sequence[float] | None) -> None:
        self._use("stroke", stroke_operator(colour))
        self._use("width", f"{numbers(width)} w")
        self._use("dash", _dash_operator(dash))


_KEPT_SPACES = frozenset("\u00a0\u3000")


def pieces(text: str) -> list[tuple[str, bool]]:
    """Cuts a text at spaces that Poppler would misread: those go, with a neighbour, into pieces that say their text.

    It reads a full-width or no-break space that stands alone as U+0020, and no space at all in 「林 修」, which it
    takes for wide tracking. PDFium drops what is outside of the basic plane from an ActualText: such a neighbour is not
    taken, and a space between two of them is left to the reader.
    """
    inner = text.strip()
    if " " not in inner and _KEPT_SPACES.isdisjoint(inner):
        return [(text, False)]
    parts = clusters(text)
    tracked = all(one.isspace() or other.isspace() for one, other in pairwise(parts))
    spoken = [False] * len(parts)
    inked = [index for index, part in enumerate(parts) if not part.isspace()]
    # At its ends a space is left alone: no reader tells which it was, and the box of what says it would stand out.
    for index in range(inked[0] + 1, inked[-1]):
        if parts[index] in _KEPT_SPACES or (tracked and parts[index] == " "):
            near = (other for other in (index - 1, index + 1) if _can_say(parts[other]))
            if (beside := next(near, None)) is not None:
                spoken[index] = spoken[beside] = True
    grouped = groupby(zip(parts, spoken, strict=True), key=itemgetter(1))
    return [("".join(part for part, _ in group), said) for said, group in grouped]


def _can_say(cluster: str) -> bool:
    """Whether it is ink and lies in the basic plane."""
    return max(cluster) <= "\uffff" and not cluster.isspace()


@lru_cache(maxsize=16)
def _runs(rows: tuple[bytes, ...]) -> str:
    """The dark cells as rectangles, one for each run, so that no hairline shows between them in print; a cell is 1."""
    found = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                found.append(f"{x} {y} {length} 1 re\n")
            x += length
    return "".join(found)


_FORMS = {"M": "%g %g m", "L": "%g %g l", "C": "%g %g %g %g %g %g c", "Z": "h"}
"""The operator of each segment of a picture."""


@lru_cache(maxsize=256)
def compile_picture(picture: Picture, scale: float, mirrored: bool) -> bytes:
    """The operators of a picture, its top left corner at the origin; points are scaled, line widths are not.

    The matrix scales, so that each number is written as the picture has it; widths and dashes are divided back.
    """
    across, shift = (-scale, picture.width * scale) if mirrored else (scale, 0.0)
    settings: dict[str, str] = {"ends": "1 J 1 j"}
    operators = [f"{across:.6g} 0 0 {-scale:.6g} {shift:.6g} 0 cm", "1 J 1 j"]
    for path in picture.paths:
        for setting, operator in _path_settings(path, scale):
            if settings.get(setting) != operator:
                settings[setting] = operator
                operators.append(operator)
        operators += [_FORMS[str(segment[0])] % segment[1:] for segment in path.data]
        operators.append(_painting(path.fill, path.stroke, nonzero=path.nonzero))
    return ("\n".join(operators) + "\n").encode()


def _path_settings(path: PicturePath, scale: float) -> Iterable[tuple[str, str]]:
    if path.fill:
        yield "fill", fill_operator(path.fill)
    if path.stroke:
        yield "stroke", stroke_operator(path.stroke)
        yield "width", f"{path.line / scale:.4g} w"
        yield "dash", _dash_operator([length / scale for length in path.dash] if path.dash else None)
        yield "ends", f"{path.ends[0]} J {path.ends[1]} j"


def _painting(fill: Colour | None, stroke: Colour | None, *, nonzero: bool = False) -> str:
    if fill:
        return ("B" if stroke else "f") + ("" if nonzero else "*")
    return "S" if stroke else "n"


@lru_cache(maxsize=256)
def fill_operator(colour: Colour) -> str:
    """`g` for greys, black among them (one toner, no coloured fringes), else `rg`."""
    return _colour_operator(colour, "g", "rg")


@lru_cache(maxsize=256)
def stroke_operator(colour: Colour) -> str:
    """`G` for greys, else `RG`."""
    return _colour_operator(colour, "G", "RG")


def _colour_operator(colour: Colour, grey: str, rgb: str) -> str:
    levels = [f"{int(colour[start : start + 2], 16) / 255:.3g}" for start in (1, 3, 5)]
    return f"{levels[0]} {grey}" if len(set(levels)) == 1 else f"{' '.join(levels)} {rgb}"


def _dash_operator(dash: Sequence[float] | None) -> str:
    return f"[{numbers(*dash)}] 0 d" if dash else "[] 0 d"


def _is_box(*corners: tuple[float, float]) -> bool:
    """Whether four corners, in order, are an upright rectangle that `re` draws."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    return (ay == by and bx == cx and cy == dy and dx == ax) or (ax == bx and by == cy and cx == dx and dy == ay)


def numbers(*values: float) -> str:
    """Numbers with at most two decimals, one space between them."""
    return " ".join([_hundredths(round(value * 100)) for value in values])


@lru_cache(maxsize=65536)
def _hundredths(count: int) -> str:
    """Six digits are enough below 10,000 pt (3.5 m)."""
    return f"{count / 100:.6g}"
