"""Reads what is drawn on a page beside text: lines, rectangles, other paths and pictures of dots, on the paper."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct

from handouts.checks.file.characters import read_colour
from handouts.checks.file.geometry import IDENTITY, Box, Matrix, box_of, moved, times
from handouts.checks.file.marks import NO_MARK, Mark, mark_of

_DEEPEST = 12
"""Forms within forms that are followed."""
_ROUNDING = 0.05
"""pt by which a corner may be out of square."""


# Where PDFium writes what it is asked for; made once, since a page has hundreds of shapes. PDFium takes one thread.
_MODE, _STROKED, _LINE = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
_MODES = ctypes.byref(_MODE), ctypes.byref(_STROKED)
_EDGES = [ctypes.c_float() for _ in range(4)]
_CORNERS = [ctypes.byref(edge) for edge in _EDGES]
_FOUND = pdfium.FS_MATRIX()
_AT = ctypes.byref(_FOUND)


class Kind(Enum):
    """What a shape is."""

    LINE = "line"
    RECTANGLE = "rectangle"
    PATH = "path"
    IMAGE = "image"
    SHADING = "shading"


class Shape(Struct, frozen=True, gc=False):
    """One thing that is drawn: its box in pt as it is inked, colours (`#RRGGBB`, None: not painted), line width in pt.

    Of an image: `dots`, its width and height in pixels, and `drawn`, those on paper in pt.
    """

    kind: Kind
    box: Box
    fill: str | None = None
    stroke: str | None = None
    line: float = 0.0
    dashed: bool = False
    mark: Mark = NO_MARK
    dots: tuple[int, int] = (0, 0)
    drawn: tuple[float, float] = (0.0, 0.0)

    @property
    def painted(self) -> bool:
        """Whether it leaves anything on white paper."""
        return self.kind in (Kind.IMAGE, Kind.SHADING) or bool({self.fill, self.stroke} - {None, "#FFFFFF"})

    @property
    def straight(self) -> bool:
        """A thin upright or level line, however it was drawn."""
        return self.kind in (Kind.LINE, Kind.RECTANGLE) and min(self.box.width, self.box.height) <= 2.0


def read_shapes(page: Any, to_paper: Matrix, most: int) -> tuple[Shape, ...]:
    """All shapes of pypdfium2's `page` in drawing order, `most` objects looked at."""
    count = min(pdfium.FPDFPage_CountObjects(page.raw), most)
    handles = (pdfium.FPDFPage_GetObject(page.raw, index) for index in range(count))
    return tuple(shape for handle in handles for shape in _shapes(handle, to_paper, None, _DEEPEST))


def _shapes(handle: Any, matrix: Matrix, mark: Mark | None, depth: int) -> Iterator[Shape]:
    """An object as a shape; of a form, those within it, which stand in its mark where they have none."""
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        return
    own = mark_of(handle)
    mark = own if own.told or mark is None else mark
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        inner = times(_matrix(handle), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(handle) if depth else 0):
            yield from _shapes(pdfium.FPDFFormObj_GetObject(handle, index), inner, mark, depth - 1)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield _path(handle, matrix, mark)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        yield _image(handle, matrix, mark)
    elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
        yield Shape(Kind.SHADING, _bounds(handle, matrix), mark=mark)


def _path(handle: Any, matrix: Matrix, mark: Mark) -> Shape:
    pdfium.FPDFPath_GetDrawMode(handle, *_MODES)
    filled, stroked = _MODE.value, _STROKED.value
    fill, opacity = read_colour(handle) if filled else ("", 0.0)
    stroke, seen = read_colour(handle, stroke=True) if stroked else ("", 0.0)
    own = times(_matrix(handle), matrix)
    line = _width(handle) * abs(own[0] * own[3] - own[1] * own[2]) ** 0.5 if seen else 0.0
    kind, outline = _form(handle, own)
    # PDFium's box goes a whole line's width beyond the path.
    box = outline.grown(line / 2) if outline else _bounds(handle, matrix).grown(-line / 2)
    if kind is Kind.LINE and outline:
        flat = outline.width >= outline.height
        box = (
            Box(outline.left, box.top, outline.right, box.bottom)
            if flat
            else Box(box.left, outline.top, box.right, outline.bottom)
        )
    dash = pdfium.FPDFPageObj_GetDashCount(handle) > 0
    return Shape(kind, box, fill if opacity else None, stroke if seen else None, line, dash, mark)


def _width(handle: Any) -> float:
    pdfium.FPDFPageObj_GetStrokeWidth(handle, ctypes.byref(_LINE))
    return float(_LINE.value)


def _form(handle: Any, matrix: Matrix) -> tuple[Kind, Box | None]:
    """A line or a rectangle, both upright, with the box of its points; or any other path."""
    count = pdfium.FPDFPath_CountSegments(handle)
    if not 2 <= count <= 5:
        return Kind.PATH, None
    segments = [pdfium.FPDFPath_GetPathSegment(handle, index) for index in range(count)]
    kinds = [pdfium.FPDFPathSegment_GetType(segment) for segment in segments]
    if kinds != [pdfium.FPDF_SEGMENT_MOVETO] + [pdfium.FPDF_SEGMENT_LINETO] * (count - 1):
        return Kind.PATH, None
    x, y, *_ = _EDGES
    points = []
    for segment in segments:
        pdfium.FPDFPathSegment_GetPoint(segment, *_CORNERS[:2])
        points.append(moved(matrix, x.value, y.value))
    xs, ys = [one for one, _ in points], [one for _, one in points]
    levels, box = (_levels(xs), _levels(ys)), Box(min(xs), min(ys), max(xs), max(ys))
    if 1 in levels:
        return Kind.LINE, box
    return (Kind.RECTANGLE, box) if levels == (2, 2) and count >= 4 else (Kind.PATH, None)


def _levels(values: Iterable[float]) -> int:
    """How many different values there are, but for rounding."""
    return 1 + sum(after - before > _ROUNDING for before, after in pairwise(sorted(values)))


def _image(handle: Any, matrix: Matrix, mark: Mark) -> Shape:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(handle, width, height)
    a, b, c, d, _, _ = times(_matrix(handle), matrix)
    drawn = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
    return Shape(Kind.IMAGE, _bounds(handle, matrix), mark=mark, dots=(width.value, height.value), drawn=drawn)


def _bounds(handle: Any, matrix: Matrix) -> Box:
    pdfium.FPDFPageObj_GetBounds(handle, *_CORNERS)
    left, bottom, right, top = _EDGES
    return box_of(matrix, left.value, bottom.value, right.value, top.value)


def _matrix(handle: Any) -> Matrix:
    if not pdfium.FPDFPageObj_GetMatrix(handle, _AT):
        return IDENTITY
    return _FOUND.a, _FOUND.b, _FOUND.c, _FOUND.d, _FOUND.e, _FOUND.f
