"""The sRGB colour space as a minimal ICC profile (ICC.1:2004-10, version 4.2), which PDF/A wants inside the file."""

from __future__ import annotations

import struct
from collections.abc import Iterable

# IEC 61966-2-1, its primaries adapted to D50 by Bradford's matrix.
_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    "rXYZ": (0.43607, 0.22249, 0.01392),
    "gXYZ": (0.38515, 0.71687, 0.09708),
    "bXYZ": (0.14307, 0.06061, 0.71410),
}
_ADAPTATION = (1.04788, 0.02292, -0.05019, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_HEADER_LENGTH = 128


def profile() -> bytes:
    """The profile's bytes, always the same."""
    white = _numbers("XYZ ", _D50)
    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + _fixed(_CURVE)
    tags = {
        "desc": _text("sRGB"),
        "cprt": _text("CC0"),
        "wtpt": white,
        "chad": _numbers("sf32", _ADAPTATION),
        **{name: _numbers("XYZ ", values) for name, values in _PRIMARIES.items()},
        **dict.fromkeys(("rTRC", "gTRC", "bTRC"), curve),
    }
    # Equal elements are stored once: the three tone curves share one.
    elements = list(dict.fromkeys(tags.values()))
    starts: dict[bytes, int] = {}
    offset = _HEADER_LENGTH + 4 + 12 * len(tags)
    for element in elements:
        starts[element] = offset
        offset += len(element)
    table = struct.pack(">I", len(tags))
    for name, element in tags.items():
        table += struct.pack(">4sII", name.encode(), starts[element], len(element))
    return _header(offset) + table + b"".join(elements)


def _header(size: int) -> bytes:
    created = (2000, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI4s4s4s6H4s", size, b"", 0x04200000, b"mntr", b"RGB ", b"XYZ ", *created, b"acsp")
    # Flags, maker, model, attributes and rendering intent stay 0; then the white point of the connection space.
    return (head.ljust(68, b"\0") + _fixed(_D50)).ljust(_HEADER_LENGTH, b"\0")


def _fixed(values: Iterable[float]) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _numbers(kind: str, values: Iterable[float]) -> bytes:
    return kind.encode() + bytes(4) + _fixed(values)


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    head = struct.pack(">4sIII2s2sII", b"mluc", 0, 1, 12, b"en", b"US", len(encoded), 28)
    return (head + encoded).ljust((28 + len(encoded) + 3) // 4 * 4, b"\0")
