"""Pictures of the pages of a PDF, drawn by pdfium from the very bytes that will be printed."""

from __future__ import annotations

import struct
import threading
import zlib
from typing import Any

from handouts.problems import Problem

_lock = threading.Lock()
"""pdfium may be used by one thread at a time."""
MOST = 3000
"""px of a page's width."""


class NoPage(Exception):
    """There is no such page."""


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, pt."""
    import pypdfium2

    with _lock:
        document = pypdfium2.PdfDocument(data)
        try:
            return [document.get_page_size(index) for index in range(len(document))]
        finally:
            document.close()


def defects(data: bytes) -> list[Problem]:
    """What a finished sheet breaks of the rules that a build asks before it writes; no word of the sheet is in it."""
    from handouts.checks.file.verify import verify_built

    with _lock:
        return verify_built(data, "", quoting=False)


def picture(data: bytes, page: int, width: int) -> bytes:
    """Page `page` (from 1) as PNG, `width` px wide. Raises NoPage."""
    import pypdfium2

    with _lock:
        document = pypdfium2.PdfDocument(data)
        try:
            if not 1 <= page <= len(document):
                raise NoPage
            return _drawn(document, page - 1, min(width, MOST))
        finally:
            document.close()


def _drawn(document: Any, index: int, width: int) -> bytes:
    page = document[index]
    try:
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
        data = memoryview(bitmap.buffer).cast("B")
        used = 3 * bitmap.width
        rows = (data[start : start + used] for start in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        pixels = b"\0" + b"\0".join(rows)
        return _png(bitmap.width, bitmap.height, pixels)
    finally:
        page.close()


def _png(width: int, height: int, rows: bytes) -> bytes:
    """RGB rows, each after its filter byte (0: none), as a PNG file (ISO/IEC 15948).

    Pillow tries five filters for each row, which takes three times as long as all else; the picture goes no further
    than this machine, so that time counts and size does not.
    """
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, data) for kind, data in parts)


def _part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
