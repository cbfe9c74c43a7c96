"""QR codes as dark and light cells, quick to make also where each sheet has one of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

LEAST_CELL = 0.4
"""mm: a smaller module is not read reliably off paper (print.md)."""
_LEVELS = "HQM"
"""Levels of error correction, the strongest first (ISO/IEC 18004)."""


@lru_cache(maxsize=16)
def qr_code(text: str) -> tuple[bytes, ...]:
    """The modules row by row, true where dark, without the quiet zone: the caller leaves four modules of white.

    Nothing for a text that is too long for any QR code. Error correction M, or better where that takes no more room.
    """
    import zxingcpp

    codes: list[Any] = []
    for level in _LEVELS:
        try:
            code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
        except ValueError:
            continue
        image: Any = code.to_image(scale=1, add_quiet_zones=False)  # a buffer of greys, which the types do not say
        codes.append(memoryview(image).tolist())
    return tuple(bytes(not grey for grey in row) for row in min(codes, key=len, default=[]))
