"""Rules on ink that a black-and-white printer, which only sets dots or leaves them, or a copier, does not print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from handouts.checks.file.geometry import MM, Box
from handouts.checks.file.pixels import Raster, contrast, rgb
from handouts.checks.file.rules.rule import Finding, page_rule
from handouts.checks.file.shapes import Kind, Shape
from handouts.checks.file.view import View
from handouts.problems import Severity

if TYPE_CHECKING:
    from PIL.Image import Image

LEFT = 0.5
"""Share of a line's length that shows."""
GREY = 128
"""Grey 0–255 from which a copier that knows only black and white leaves the paper white."""
_MEANT = 1.15
"""Contrast to white from which a line is meant to be seen."""
_LONG = 2 * MM
_BAR = 1.5
"""pt: a filled rectangle so thin is a line."""
_EXPOSED = 0.3
"""Share of a line that nothing covers, from which it is looked at."""
_NEAR = 40
"""Grey by which the dots of a line may be paler than its colour, where they lie between two."""
_GUIDE = "カラーユニバーサルデザインの手引き(白黒コピーでも分かる)、残る割合は当方の決め"
_DARKER = "線を濃く、または太くしてください。"
_BAYER = (
    0, 32, 8, 40, 2, 34, 10, 42, 48, 16, 56, 24, 50, 18, 58, 26, 12, 44, 4, 36, 14, 46, 6, 38, 60, 28, 52, 20, 62, 30,
    54, 22, 3, 35, 11, 43, 1, 33, 9, 41, 51, 19, 59, 27, 49, 17, 57, 25, 15, 47, 7, 39, 13, 45, 5, 37, 63, 31, 55, 23,
    61, 29, 53, 21,
)  # fmt: skip
"""The order in which an 8 × 8 screen fills (Bayer 1973)."""

Strip = tuple["Image", tuple[int, int]]
"""The dots of a line, and where they stand on the page."""
Screen = Callable[["Image", tuple[int, int]], "Image"]
"""What makes grey dots to toner (255) or none (0)."""


@page_rule("one-bit", Severity.ERROR, f"線の長さの {LEFT:.0%} 以上が残る(300 dpi、8×8 の網)", _GUIDE)
def one_bit(view: View) -> Iterator[Finding]:
    """No line vanishes when a black-and-white printer makes dots of its grey."""
    for shape, share in _lost(view, _ordered):
        message = f"白黒のプリンターでは、線が消えるか切れます(残るのは長さの {share:.0%})。"
        yield Finding(message, _DARKER, view.page.number, shape.box)


@page_rule("copied", Severity.WARNING, f"線の長さの {LEFT:.0%} 以上が残る(明るさ {GREY}/255 で白と黒に分ける)", _GUIDE)
def copied(view: View) -> Iterator[Finding]:
    """No line that a printer still shows vanishes on a copier or a fax that knows only black and white."""
    lost = [shape for shape, _ in _lost(view, _threshold) if shown(view.dots.fine, shape, _ordered) >= LEFT]
    if lost:
        message = f"白黒コピーやファクスでは、線や枠 {len(lost)} 個が消えるか切れます。"
        yield Finding(message, _DARKER, view.page.number, lost[0].box)


def _lost(view: View, screen: Screen) -> Iterator[tuple[Shape, float]]:
    """Lines that are not printed as such, each with the share that is."""
    for shape in view.page.shapes:
        if _is_line(shape) and (share := shown(view.dots.fine, shape, screen)) < LEFT:
            yield shape, share


def _is_line(shape: Shape) -> bool:
    """An upright or level line, or a frame of such, that is meant to be seen."""
    bar = shape.kind is Kind.RECTANGLE and min(shape.box.width, shape.box.height) <= _BAR
    colour = shape.stroke or (shape.fill if bar else None)
    long = max(shape.box.width, shape.box.height) >= _LONG
    if not colour or not long or shape.dashed or shape.kind not in (Kind.LINE, Kind.RECTANGLE):
        return False
    return contrast(rgb(colour), (255, 255, 255)) >= _MEANT


def shown(raster: Raster, shape: Shape, screen: Screen) -> float:
    """The share of a line, or of the worst side of a frame, that has toner; of what nothing else covers."""
    colour = rgb(shape.stroke or shape.fill or "#000000")
    grey = round(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
    return min(_share(strip, screen, grey) for strip in _sides(raster, shape))


def _share(strip: Strip, screen: Screen, grey: int) -> float:
    """Toner along a strip where its grey is that of the line; all of it where the line is covered."""
    image, _ = strip
    exposed = _along(image.point([255 * (level <= grey + _NEAR) for level in range(256)]))
    toner = _along(screen(*strip))
    if sum(exposed) < _EXPOSED * len(exposed):
        return 1.0
    return sum(dot for dot, seen in zip(toner, exposed, strict=True) if seen) / sum(exposed)


def _sides(raster: Raster, shape: Shape) -> Iterator[Strip]:
    """The dots of each line of a shape, but for the short ends of a narrow frame."""
    box, dot = shape.box, 0.5 / raster.scale
    if shape.straight:
        yield _cut(raster, box.left - dot, box.top - dot, box.right + dot, box.bottom + dot)
        return
    width = shape.line + dot
    if box.width >= _LONG:
        yield _cut(raster, box.left, box.top - dot, box.right, box.top + width)
        yield _cut(raster, box.left, box.bottom - width, box.right, box.bottom + dot)
    if box.height >= _LONG:
        yield _cut(raster, box.left - dot, box.top, box.left + width, box.bottom)
        yield _cut(raster, box.right - width, box.top, box.right + dot, box.bottom)


def _cut(raster: Raster, left: float, top: float, right: float, bottom: float) -> Strip:
    frame = raster.frame(Box(left, top, right, bottom))
    return raster.image.crop(frame), frame[:2]


def _threshold(image: Image, at: tuple[int, int]) -> Image:
    return image.point([255 * (level < GREY) for level in range(256)])


def _ordered(image: Image, at: tuple[int, int]) -> Image:
    """Each dot is toner where it is darker than the screen at its place."""
    from PIL import ImageChops

    width, height = image.size
    left, top = at[0] % 8, at[1] % 8
    screen = _screen(-(-(width + left) // 8), -(-(height + top) // 8)).crop((left, top, left + width, top + height))
    return ImageChops.subtract(screen, image).point([0] + [255] * 255)


@cache
def _screen(across: int, down: int) -> Image:
    """So many tiles of the screen."""
    from PIL import Image

    row = b"".join(bytes(round((level + 0.5) / 64 * 255) for level in _BAYER[start : start + 8]) * across
                   for start in range(0, 64, 8))  # fmt: skip
    return Image.frombytes("L", (8 * across, 8 * down), row * down)


def _along(dots: Image) -> list[bool]:
    """Whether there is a dot across each place of the longer side."""
    width, height = dots.size
    flat = dots.reduce((1, height)) if width >= height else dots.reduce((width, 1))
    return [value > 0 for value in flat.tobytes()]
