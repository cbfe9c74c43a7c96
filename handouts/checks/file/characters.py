"""Reads the characters of a page: where each stands on the paper, how large, in which font, in which mark."""

from __future__ import annotations

import ctypes
import math
from functools import lru_cache
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct

from handouts.checks.file.geometry import Box, Matrix, box_of, moved
from handouts.checks.file.marks import Mark, mark_of, says_otherwise

_UNICODE, _UNKNOWN, _BOX = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_HasUnicodeMapError, pdfium.FPDFText_GetCharBox
_OWNER = ctypes.cast(
    pdfium.FPDFText_GetTextObject, ctypes.CFUNCTYPE(ctypes.c_void_p, pdfium.FPDF_TEXTPAGE, ctypes.c_int)
)
"""The address of a character's text object, without a Python object for each."""
_MADE = frozenset((0x02, 0x2D, 0xAD, 0xFFFE))
_INVISIBLE = (3, 7)
_STROKED = (1, 5)
"""Text rendering modes (ISO 32000-1, 9.3.6)."""


class Run(Struct, frozen=True):
    """What the characters of one text object share. `size` is that of the em on paper, pt; `alpha` 0–1.

    `angle` is the direction of reading in degrees, clockwise: 0 upright, 180 upside down. (x, y) is a point of the base
    line, pt. `spoken`: the file gives another text in place of the glyphs (ActualText).
    """

    font: str
    embedded: bool
    size: float
    colour: str
    alpha: float
    painted: bool
    angle: float
    x: float
    y: float
    mark: Mark
    spoken: bool = False

    @property
    def visible(self) -> bool:
        return self.painted and self.alpha > 0


class Character(Struct, gc=False):
    """One character on paper: the box of its ink in pt; what it shares with others is its run's.

    `mapped` is False where the font does not say which character the glyph is, as is the case of .notdef.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    mapped: bool
    run: Run

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)

    @property
    def size(self) -> float:
        return self.run.size

    @property
    def font(self) -> str:
        return self.run.font

    @property
    def colour(self) -> str:
        return self.run.colour

    @property
    def visible(self) -> bool:
        return self.run.visible

    @property
    def mark(self) -> int:
        """The marked-content number it stands in (-1: none, or an artifact)."""
        return self.run.mark.number

    @property
    def exact(self) -> bool:
        """Whether the box is its own: PDFium shares that of a replaced text out evenly."""
        return not self.run.spoken

    @property
    def inked(self) -> bool:
        """Whether somebody sees it: neither white space nor invisible."""
        return self.run.visible and not self.text.isspace()


def read_characters(page: Any, to_paper: Matrix, most: int) -> tuple[Character, ...]:
    """The characters of pypdfium2's `page` in drawing order, `most` of them at the most."""
    text = page.get_textpage()
    try:
        return tuple(_Reader(text.raw, to_paper).characters(text.count_chars(), most))
    finally:
        text.close()


class _Reader:
    """Reads one text page; each text object and each font once."""

    def __init__(self, text: Any, to_paper: Matrix) -> None:
        self._text = text
        self._to_paper = to_paper
        self._plain = to_paper[:4] == (1.0, 0.0, 0.0, -1.0)
        self._runs: dict[int | None, Run] = {}
        self._fonts: dict[int, tuple[str, bool]] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._edges = [ctypes.c_double() for _ in range(4)]
        self._pointers = [ctypes.byref(edge) for edge in self._edges]

    def characters(self, count: int, most: int) -> list[Character]:
        """One call each for what differs from character to character: this is the longest part of a build's check."""
        text, runs, plain = self._text, self._runs, self._plain
        _, _, _, _, e, f = self._to_paper
        left, right, bottom, top = self._edges
        found: list[Character] = []
        high = ""
        for index in range(count):
            code = _UNICODE(text, index)
            # PDFium adds spaces, line ends and hyphens of its own between text objects.
            if (code <= 0x20 or code in _MADE) and pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            letter = chr(code)
            if 0xD800 <= code <= 0xDBFF:
                high = letter
                continue
            if high:
                letter = (high + letter).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
                high = ""
            owner = _OWNER(text, index)
            run = runs.get(owner)
            if run is None:
                run = runs[owner] = self._read_run(index, pdfium.FPDFText_GetTextObject(text, index))
            _BOX(text, index, *self._pointers)
            mapped = _UNKNOWN(text, index) != 1 and code != 0 and letter != "\ufffd"
            edges = (left.value + e, f - top.value, right.value + e, f - bottom.value) if plain else self._on_paper()
            found.append(Character(letter, *edges, mapped, run))
            if len(found) == most:
                break
        return found

    def _on_paper(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the last box on paper that does not lie as it is read."""
        left, right, bottom, top = (edge.value for edge in self._edges)
        box = box_of(self._to_paper, left, bottom, right, top)
        return box.left, box.top, box.right, box.bottom

    def _read_run(self, index: int, handle: Any) -> Run:
        font, embedded = self._font(pdfium.FPDFTextObj_GetFont(handle))
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        colour, alpha = read_colour(handle, stroke=mode in _STROKED)
        a, b, c, d, _, _ = self._to_paper
        # The em stands on the base line; its upper end is turned as the page is.
        along = a * matrix.a + c * matrix.b, b * matrix.a + d * matrix.b
        left, right, _, _ = self._edges
        pdfium.FPDFText_GetCharOrigin(self._text, index, *self._pointers[:2])
        x, y = moved(self._to_paper, left.value, right.value)
        return Run(
            font=font,
            embedded=embedded,
            size=pdfium.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d),
            colour=colour,
            alpha=alpha,
            painted=mode not in _INVISIBLE,
            angle=round(math.degrees(math.atan2(along[1], along[0]))) % 360,
            x=x,
            y=y,
            mark=mark_of(handle),
            spoken=says_otherwise(handle),
        )

    def _font(self, font: Any) -> tuple[str, bool]:
        """Its name, and whether the file brings it along."""
        address = ctypes.addressof(font.contents) if font else 0
        if address not in self._fonts:
            name = ctypes.create_string_buffer(pdfium.FPDFFont_GetBaseFontName(font, None, 0) or 1)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            embedded = pdfium.FPDFFont_GetIsEmbedded(font) == 1
            self._fonts[address] = name.value.decode("utf-8", "replace"), embedded
        return self._fonts[address]


_LEVELS = [ctypes.c_uint() for _ in range(4)]
_CELLS = [ctypes.byref(level) for level in _LEVELS]
"""Where PDFium writes a colour to; made once, since each page has hundreds."""


def read_colour(handle: Any, *, stroke: bool = False) -> tuple[str, float]:
    """`#RRGGBB` and opacity 0–1 of an object's filling, or of its line; black where it is a pattern."""
    read = pdfium.FPDFPageObj_GetStrokeColor if stroke else pdfium.FPDFPageObj_GetFillColor
    if not read(handle, *_CELLS):
        return "#000000", 1.0
    red, green, blue, alpha = _LEVELS
    return _written(red.value, green.value, blue.value), alpha.value / 255


@lru_cache(maxsize=1024)
def _written(red: int, green: int, blue: int) -> str:
    return f"#{red:02X}{green:02X}{blue:02X}"
