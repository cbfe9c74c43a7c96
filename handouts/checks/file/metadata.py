"""What a file says of itself: the information dictionary, XMP, language, tagging, attachments."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct, field

_KEYS = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
_DICTIONARY = re.compile(rb"/Type\s*/Metadata\b")
_STREAM = re.compile(rb"stream\r?\n")
_BEFORE, _LONGEST = 600, 1_000_000
"""Bytes: how far before its stream a dictionary begins, and the longest XMP that is read."""
_TAG, _ATTRIBUTE = re.compile(r"<[^>]*>"), re.compile(r"""[\w:]+\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ADDRESS = re.compile(r"https?://(?:ns\.adobe\.com|www\.w3\.org|purl\.org|www\.aiim\.org)\S*")


class Metadata(Struct, frozen=True):
    """`information` by key (Title, Author …); `xmp` the texts in its XMP, without its markup; `attached` file names."""

    information: dict[str, str] = field(default_factory=dict)
    xmp: str = ""
    language: str = ""
    tagged: bool = False
    attached: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.information.get("Title", "").strip()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each place that can hold words, and what it holds."""
        yield from ((key, value) for key, value in self.information.items() if value)
        if self.xmp:
            yield "XMP", self.xmp
        yield from (("添付ファイル", name) for name in self.attached)


def read_metadata(document: Any, data: bytes) -> Metadata:
    """Of pypdfium2's `document`, whose bytes are `data`."""
    raw = document.raw
    attached = (pdfium.FPDFDoc_GetAttachment(raw, index) for index in range(pdfium.FPDFDoc_GetAttachmentCount(raw)))
    return Metadata(
        {key: value for key in _KEYS if (value := _string(pdfium.FPDF_GetMetaText, raw, key.encode()))},
        " ".join(_xmp(data)),
        _string(pdfium.FPDFCatalog_GetLanguage, raw, unit=ctypes.c_ushort),
        pdfium.FPDFCatalog_IsTagged(raw) == 1,
        tuple(_string(pdfium.FPDFAttachment_GetName, one, unit=ctypes.c_ushort) for one in attached),
    )


def _string(getter: Any, *of: Any, unit: Any = ctypes.c_char) -> str:
    """A string by PDFium's two calls: how long, then the bytes (UTF-16LE), which a damaged file may have wrong."""
    length = min(getter(*of, None, 0), _LONGEST)
    buffer = ctypes.create_string_buffer(length)
    getter(*of, ctypes.cast(buffer, ctypes.POINTER(unit)), length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")


def _xmp(data: bytes) -> Iterator[str]:
    """The words of each metadata stream: they may stand plain or packed, and never in an object stream."""
    for found in _DICTIONARY.finditer(data):
        begin = _STREAM.search(data, found.end(), found.end() + _BEFORE)
        if not begin:
            continue
        end = data.find(b"endstream", begin.end(), begin.end() + _LONGEST)
        body = data[begin.end() : end if end >= 0 else begin.end() + _LONGEST]
        if b"FlateDecode" in data[max(0, found.start() - _BEFORE) : begin.start()].rpartition(b" obj")[2]:
            with suppress(zlib.error):
                body = zlib.decompressobj().decompress(body, _LONGEST)
        text = body.decode("utf-8", "replace")
        values = " ".join(first or second for first, second in _ATTRIBUTE.findall(text))
        yield _ADDRESS.sub("", " ".join(unescape(f"{_TAG.sub(' ', text)} {values}").split()))
