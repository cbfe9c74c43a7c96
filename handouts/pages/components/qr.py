"""QR codes as dark and light cells, quick to make also where each sheet has one of its own."""

from __future__ import annotations

from functools import lru_cache
from math import inf
from typing import Any, cast

LEAST_CELL = 0.4
"""mm: a smaller module is not read reliably off paper (print.md)."""
_LEVELS = "HQM"
"""Levels of error correction, the strongest first (ISO/IEC 18004)."""


@lru_cache(maxsize=16)
def qr_code(text: str) -> tuple[bytes, ...]:
    """The modules row by row, true where dark, without the quiet zone: the caller leaves four modules of white.

    Nothing for a text that is too long for any QR code. Error correction M, or better where that takes no more room.
    """
    # What follows # is a sheet's own, and of one length: the level is chosen for the address, once.
    address, hash_, own = text.partition("#")
    rows = _rows(text, _level(f"{address}{hash_}{'A' * len(own)}"))
    return tuple(bytes(not grey for grey in row) for row in rows)


@lru_cache(maxsize=16)
def _level(text: str) -> str:
    """The strongest level with which a code is no larger than with M."""
    return min(_LEVELS, key=lambda level: len(_rows(text, level)) or inf)


def _rows(text: str, level: str) -> list[list[int]]:
    """The modules as greys, 0 where dark; none where the text is too long."""
    import zxingcpp

    try:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    except ValueError:
        return []
    image: Any = code.to_image(scale=1, add_quiet_zones=False)  # a buffer of rows, which the types do not say
    return cast(list[list[int]], memoryview(image).tolist())
