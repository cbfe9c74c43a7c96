"""QR codes as dark and light cells, quick to make also where each sheet has one of its own."""

from __future__ import annotations

from functools import lru_cache

LEAST_CELL = 0.4
"""mm: a smaller module is not read reliably off paper (print.md)."""


@lru_cache(maxsize=16)
def qr_code(text: str) -> tuple[bytes, ...]:
    """The modules row by row, true where dark, without the quiet zone: the caller leaves four modules of white.

    Nothing for a text that is too long for any QR code. Error correction M or better (ISO/IEC 18004).
    """
    import segno

    address, hash_, own = text.partition("#")
    try:
        # What follows # is a sheet's own. Choosing the mask costs more than all else of a code: it is chosen for
        # the address, once.
        mask = _mask(f"{address}{hash_}{'A' * len(own)}") if own else None
        return tuple(bytes(row) for row in segno.make_qr(text, error="m", mask=mask).matrix)
    except segno.DataOverflowError:
        return ()


@lru_cache(maxsize=16)
def _mask(text: str) -> int:
    import segno

    return int(segno.make_qr(text, error="m").mask)
