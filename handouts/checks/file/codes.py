"""Reads the QR codes of a rendered page with an independent decoder (ZXing-C++)."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from handouts.checks.file.geometry import MM, Box
from handouts.checks.file.pixels import Raster

_LEAST = 8.0 * MM
"""pt: the smallest code has 21 cells of 0.4 mm."""
_DARK = 0.25, 0.75
"""Share of a code that is dark."""
_QUIET = 128
"""Grey that still counts as light in a quiet zone."""


class Code(Struct, frozen=True):
    """One QR code: what it says (empty where it cannot be read), its box in pt, the edge of a cell in pt.

    `level` is its error correction (L M Q H), `quiet` the white around it in cells, as far as it was looked for.
    """

    text: str
    box: Box
    cell: float
    level: str
    quiet: int

    @property
    def readable(self) -> bool:
        return bool(self.text)


def read_codes(raster: Raster, most_quiet: int) -> list[Code]:
    """All QR codes of a page in grey, those that are found and cannot be read among them."""
    import zxingcpp

    formats: Any = zxingcpp.BarcodeFormat.QRCode  # one stands for a set of them, which the types do not say
    found = zxingcpp.read_barcodes(raster.image, formats=formats, return_errors=True)
    # Letters, grids and drawings look like parts of a code: what cannot be read must have the form of one.
    codes: list[Code] = []
    for one in sorted(found, key=lambda one: not one.valid):
        if one.valid or _looks_like_one(one.position, raster):
            code = _code(one, raster, most_quiet)
            # One that cannot be read is found twice, as it is and turned.
            if not any(code.box.shared(other.box).area > 0.5 * code.box.area for other in codes):
                codes.append(code)
    return codes


def _looks_like_one(position: Any, raster: Raster) -> bool:
    """Whether four corners are those of an upright square, large enough, and about half of it dark."""
    box = _box(position, raster)
    if not _is_square(position, raster.scale) or not 0.9 < box.width / max(box.height, 1.0) < 1.1:
        return False
    dots = raster.window(box).histogram()
    return _DARK[0] < sum(dots[:_QUIET]) / sum(dots) < _DARK[1]


def _box(position: Any, raster: Raster) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    xs, ys = [corner.x / raster.scale for corner in corners], [corner.y / raster.scale for corner in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _is_square(position: Any, scale: float) -> bool:
    """Whether four corners in dots are those of a square that stands upright and is large enough."""
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    turned = zip(corners, (*corners[1:], corners[0]), strict=True)
    sides = [((other.x - one.x) / scale, (other.y - one.y) / scale) for one, other in turned]
    lengths = [max(abs(across), abs(down)) for across, down in sides]
    slant = max(min(abs(across), abs(down)) for across, down in sides)
    return bool(min(lengths) >= max(_LEAST, 0.9 * max(lengths)) and slant <= 0.1 * max(lengths))


def _code(found: Any, raster: Raster, most_quiet: int) -> Code:
    box = _box(found.position, raster)
    version = str((found.extra or {}).get("Version", "1"))
    cells = 17 + 4 * (int(version) if version.isdigit() else 1)
    cell = box.width / cells
    quiet = next((count for count in range(most_quiet) if not _white(raster, box, cell, count + 1)), most_quiet)
    return Code(found.text if found.valid else "", box, cell, found.ec_level or "", quiet)


def _white(raster: Raster, box: Box, cell: float, ring: int) -> bool:
    """Whether the ring of so many cells outwards is light, but for a dot that lies between two."""
    inner, outer = box.grown((ring - 1 + 0.3) * cell), box.grown((ring - 0.2) * cell)
    bands = (
        Box(outer.left, outer.top, outer.right, inner.top),
        Box(outer.left, inner.bottom, outer.right, outer.bottom),
        Box(outer.left, outer.top, inner.left, outer.bottom),
        Box(inner.right, outer.top, outer.right, outer.bottom),
    )
    return all(raster.window(band).getextrema()[0] >= _QUIET for band in bands)  # type: ignore[operator]  # one band
