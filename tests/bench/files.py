"""What is seen of a finished file from outside: pages, tags, texts, and the lines that begin or end as they must not.

Read with PDFium's characters, by rules of its own: it shares nothing with the program's line breaker or its checks.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pypdfium2
import pypdfium2.raw as pdfium

NO_START = frozenset(
    "、。，．,.・：；:;？！?!ー々ゝゞ）)〕]｝}〉》」』】”’ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％℃～〜"
)
"""JLREQ's classes of characters that no line begins with: closing brackets, stops, small kana, long vowels."""
NO_END = frozenset("（(〔[｛{〈《「『【“‘")
"""Opening brackets."""
REACH = 5
"""Characters on each side of a break by which it is known in a text."""
PAGE_NUMBER = re.compile(r"\d+/\d+")
SMALL = 6
"""Characters of a text that is no sentence."""
SLACK = 0.5
"""pt by which a line may end beyond its column without being called so."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file from outside; `missing` are texts that are not in it, `starts` and `ends` the forbidden ones."""

    size: int
    pages: int
    tagged: bool
    alts: int
    universal: bool
    """It says that it is PDF/UA."""
    missing: tuple[str, ...]
    lines: int
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    beyond: int = 0
    """Lines that end farther right than their column does."""


@dataclass(frozen=True, slots=True)
class _Character:
    """A character, the place of its origin, where its ink ends, and its size, in pt."""

    text: str
    x: float
    y: float
    right: float
    size: float


@dataclass(slots=True)
class _Line:
    """A line without its spaces, and where it ends."""

    text: str
    right: float


def seen(path: Path, texts: Sequence[str], columns: Sequence[float] = ()) -> Seen:
    """Look at a file; `texts` are what it must say, `columns` where the column of each ends, pt from the left."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [list(_characters(page)) for page in document]
        set_lines = [line for page in pages for line in _lines(page)]
        lines = [line.text for line in set_lines]
        said = "".join(map(_bare, lines))
        missing = tuple(text for text in texts if not _is_in(_bare(text), said))
        inner = list(_broken(lines, texts))
        starts = tuple(after for _, after in inner if after[0] in NO_START)
        ends = tuple(before for before, _ in inner if before[-1] in NO_END)
        tagged = bool(pdfium.FPDFCatalog_IsTagged(document.raw))
        alts = sum(_alts(page) for page in document) if tagged else 0
        data = path.read_bytes()
        beyond = _beyond(set_lines, texts, columns) if columns else 0
        return Seen(len(data), len(pages), tagged, alts, _is_universal(data), missing, len(lines), starts, ends, beyond)
    finally:
        document.close()


def _characters(page: Any) -> Iterator[_Character]:
    """The characters of a page in the order in which they are drawn, without those that PDFium makes up."""
    textpage = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(textpage.count_chars()):
        if pdfium.FPDFText_IsGenerated(textpage.raw, index) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(textpage.raw, index, x, y)
        pdfium.FPDFText_GetCharBox(textpage.raw, index, left, right, bottom, top)
        code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        size = pdfium.FPDFText_GetFontSize(textpage.raw, index)
        yield _Character(chr(code), x.value, y.value, right.value, size)


def _lines(characters: Sequence[_Character]) -> list[_Line]:
    """Characters as lines: one ends where the next stands on another baseline, to the left, or far to the right."""
    lines: list[_Line] = []
    last: _Character | None = None
    for one in characters:
        near = last is not None and abs(one.y - last.y) < 0.5 * last.size and -0.1 < (one.x - last.x) / last.size < 3
        if not near:
            lines.append(_Line("", 0.0))
        if said := _bare(one.text):
            lines[-1].text += said
            lines[-1].right = one.right
        last = one
    return [line for line in lines if line.text]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", normalize("NFKC", text))


def _is_in(text: str, said: str) -> bool:
    """Whether a text is there; a day and its weekday, two lines of one small cell, may be drawn apart."""
    return text in said or (len(text) <= SMALL and all(piece in said for piece in re.findall(r"[\d/]+|[^\d/]+", text)))


def _broken(lines: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Neighbouring lines that are one text: their ends stand side by side in it."""
    said = "\n".join(map(_bare, texts))
    for before, after in pairwise(lines):
        if before[-REACH:] + after[:REACH] in said:
            yield before, after


def _beyond(lines: Sequence[_Line], texts: Sequence[str], columns: Sequence[float]) -> int:
    """Lines beyond their columns; the texts stand one after another, each in its column."""
    count = 0
    waiting = (line for line in lines if not PAGE_NUMBER.fullmatch(line.text))
    for text, edge in zip(texts, columns, strict=True):
        rest = len(_bare(text))
        while rest > 0 and (line := next(waiting, None)):
            rest -= len(line.text)
            count += line.right > edge + SLACK
    return count


def _is_universal(data: bytes) -> bool:
    """Whether the metadata, which may be deflated, have the mark of PDF/UA."""
    if b"pdfuaid" in data:
        return True
    for match in re.finditer(rb"stream\r?\n", data):
        with suppress(zlib.error):
            if b"pdfuaid" in zlib.decompressobj().decompress(data[match.end() :], 100_000):
                return True
    return False


def _alts(page: Any) -> int:
    """How many structure elements of a page have an alternative text."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        return sum(_alts_below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)) for index in range(count))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _alts_below(element: Any) -> int:
    own = int(pdfium.FPDF_StructElement_GetAltText(element, None, 0) > 2)
    count = pdfium.FPDF_StructElement_CountChildren(element)
    kids = (pdfium.FPDF_StructElement_GetChildAtIndex(element, index) for index in range(count))
    return own + sum(_alts_below(kid) for kid in kids if kid)
