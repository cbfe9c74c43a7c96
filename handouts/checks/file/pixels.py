"""A page as dots of ink: as it prints, and as it would print without its text; measured with Pillow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from handouts.checks.file.geometry import MM, Box

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 150.0
"""What colours, grounds and hidden text are measured at."""
FINE = 300.0
"""What a clinic's printer prints at the least: codes and one-bit printing are measured at it."""
_MOST_DOTS = 36_000_000
"""Of one rendering: A3 at 300 dpi has 17 million."""
_DEEPEST = 12
_TEXT, _FORM = 1, 5
"""PDFium's numbers of page objects (FPDF_PAGEOBJ_TEXT, FPDF_PAGEOBJ_FORM)."""


def scale_of(width: float, height: float, dpi: float) -> float:
    """Dots per pt: those of `dpi`, fewer where the page is so large that memory would run out."""
    return float(min(dpi / 72, (_MOST_DOTS / (width * height)) ** 0.5))


class Raster:
    """A rendered page and the way from pt to its dots."""

    def __init__(self, image: Image, scale: float) -> None:
        self.image = image
        self.scale = scale

    def frame(self, box: Box, grow: float = 0.0) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in dots, at least one dot large and inside of the page; `grow` in dots."""
        width, height = self.image.size
        left = min(max(0, round(box.left * self.scale - grow)), width - 1)
        top = min(max(0, round(box.top * self.scale - grow)), height - 1)
        right = min(max(left + 1, round(box.right * self.scale + grow)), width)
        bottom = min(max(top + 1, round(box.bottom * self.scale + grow)), height)
        return left, top, right, bottom

    def window(self, box: Box, grow: float = 0.0) -> Image:
        """The dots of a box."""
        return self.image.crop(self.frame(box, grow))


class Dots:
    """The renderings of one page, each made when it is asked for."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    @cached_property
    def printed(self) -> Raster:
        """In colour."""
        return self._render(DPI)

    @cached_property
    def ground(self) -> Raster:
        """In colour, without any text."""
        with _without_text(self._handle):
            return self._render(DPI)

    @cached_property
    def fine(self) -> Raster:
        """In grey, fine."""
        return self._render(FINE, grey=True)

    def _render(self, dpi: float, *, grey: bool = False) -> Raster:
        width, height = self._handle.get_size()
        scale = scale_of(width, height, dpi)
        bitmap = self._handle.render(scale=scale, grayscale=grey, rev_byteorder=not grey)
        image: Image = bitmap.to_pil()
        return Raster(image if grey else image.convert("RGB"), scale)


@contextmanager
def _without_text(page: Any) -> Iterator[None]:
    """The page with its text left out meanwhile."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    texts = [one for index in range(count) for one in _texts(pdfium.FPDFPage_GetObject(page.raw, index), _DEEPEST)]
    try:
        for text in texts:
            pdfium.FPDFPageObj_SetIsActive(text, False)
        yield
    finally:
        for text in texts:
            pdfium.FPDFPageObj_SetIsActive(text, True)


def _texts(handle: Any, depth: int) -> Iterator[Any]:
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind == _TEXT:
        yield handle
    elif kind == _FORM and depth:
        for index in range(pdfium.FPDFFormObj_CountObjects(handle)):
            yield from _texts(pdfium.FPDFFormObj_GetObject(handle, index), depth - 1)


def millimetres(dots: float, raster: Raster) -> float:
    """A length in dots as mm."""
    return dots / raster.scale / MM


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance 0–1 of red, green, blue 0–255 (WCAG 2, as JIS X 8341-3 has it)."""
    linear = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The ratio of light of two colours, from 1 (alike) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rgb(colour: str) -> tuple[int, int, int]:
    """`#RRGGBB` as numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
