"""Names set one to a line in a tagged PDF, and read back line by line through three readers."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2
import pytest

from handouts import pdf
from handouts.faces import Stack
from handouts.pages.sheet import Document, Sheet, Tag, Text

LINES = 55
LEFT, TOP, LEADING, SIZE = 40.0, 40.0, 14.0, 8.0


def write(names: Sequence[str], faces: Mapping[str, Stack], path: Path, face: str = "regular") -> Path:
    """Names as paragraphs of one line each, 55 to a sheet; `path` again."""
    sheets, root = [], Tag("Document")
    for start in range(0, len(names), LINES):
        sheets.append(Sheet(595.28, 841.89))
        for line, name in enumerate(names[start : start + LINES]):
            item = Text(LEFT, TOP + LEADING * line, name, face, SIZE)
            sheets[-1].items.append(item)
            root.add("P").kids.append(item)
    path.write_bytes(pdf.write(Document(sheets, root, "見本", date="2026-11-22"), faces))
    return path


def by_pdfium(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [line for page in document for line in page.get_textpage().get_text_range().split("\r\n")]
    finally:
        document.close()


def by_poppler(path: Path) -> list[str]:
    _need("pdftotext")
    out = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True).stdout
    return _lines(out.decode())


def by_mupdf(path: Path) -> list[str]:
    """MuPDF 1.21 writes a selector as the two halves of its surrogate pair, each in UTF-8: they are put together."""
    _need("mutool")
    out = path.with_suffix(".txt")
    options = "preserve-ligatures,preserve-whitespace"
    subprocess.run(["mutool", "convert", "-F", "text", "-O", options, "-o", out, path], capture_output=True, check=True)
    halves = out.read_bytes().decode("utf-8", "surrogatepass")
    return _lines(halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le"))


READERS = {"pdfium": by_pdfium, "poppler": by_poppler, "mupdf": by_mupdf}


def _lines(text: str) -> list[str]:
    return [line for line in text.replace("\f", "").split("\n") if line]


def _need(tool: str) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is missing")
