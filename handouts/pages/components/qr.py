"""QR codes as outlines: runs of dark modules become rectangles, so that no hairline shows between them in print."""

from __future__ import annotations

from functools import lru_cache

Outline = list[tuple[float, float]]

LEAST_CELL = 0.4
"""mm: a smaller module is not read reliably off paper (print.md)."""


def qr_code(text: str, size: float) -> tuple[list[Outline], float]:
    """Outlines of the dark modules in a square of `size` pt without its quiet zone, and the size of a module in pt.

    A text too long for any QR code gives no outlines and size 0. Error correction M or better (ISO/IEC 18004); the
    caller leaves four modules of white around it.
    """
    rows = _modules(text)
    if not rows:
        return [], 0.0
    cell = size / len(rows)
    outlines: list[Outline] = []
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                outlines.append(_rectangle(start * cell, y * cell, (x - start) * cell, cell))
                start = None
    return outlines, cell


@lru_cache(maxsize=16)
def _modules(text: str) -> tuple[bytes, ...]:
    """Dark modules row by row, nothing for a text that is too long; a footer is set several times while sides are
    filled, and choosing the mask costs more than all else of a code."""
    import segno

    try:
        return tuple(bytes(row) for row in segno.make_qr(text, error="m").matrix)
    except segno.DataOverflowError:
        return ()


def _rectangle(x: float, y: float, width: float, height: float) -> Outline:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
