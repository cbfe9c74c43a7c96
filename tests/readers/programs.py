"""Five readers of PDF as functions: what each complains of in a file, and the text of its pages where it gives it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from handouts.checks.file import PdfFile


def solid(text: str) -> str:
    """Without white space: how it is given back, at the ends of lines above all, is each reader's own affair."""
    return "".join(text.split())


def _said(*command: str | Path) -> str:
    """What a program says on its error stream, and its code where it is not 0."""
    run = _run(*command)
    code = f"ended with {run.returncode}" if run.returncode else ""
    return (run.stderr.decode("utf-8", "replace") + code).strip()


def _run(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is missing")
    return subprocess.run(command, capture_output=True, check=False)


# -- complaints --


def pdfium(path: Path) -> str:
    """PDFium opens the file and draws every page. Its last error is not asked: that of another file stays."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                page.render(scale=0.2)
                page.get_textpage().count_chars()
    except pypdfium2.PdfiumError as error:
        return str(error)
    return ""


def poppler(path: Path) -> str:
    """Poppler draws every page, and reads the tag tree."""
    return _said("pdftoppm", "-r", "20", path, "-png", path.with_suffix(".out")) + _said("pdfinfo", "-struct", path)


def mupdf(path: Path) -> str:
    """MuPDF draws every page and reads its text. Without colour profiles (-N): Debian's program has none of that."""
    return _said("mutool", "draw", "-q", "-N", "-r", "20", "-o", path.with_suffix(".ppm"), path) + _said(
        "mutool", "draw", "-q", "-N", "-F", "stext", "-o", path.with_suffix(".stext"), path
    )


def ghostscript(path: Path) -> str:
    """Ghostscript interprets every page, and stops at whatever it would else mend."""
    options = ("-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING")
    run = _run("gs", *options, "-sDEVICE=nullpage", path)
    return (run.stdout + run.stderr).decode("utf-8", "replace").strip() + ("" if run.returncode == 0 else "failed")


def qpdf(path: Path) -> str:
    """qpdf checks the file's structure and every stream."""
    run = _run("qpdf", "--check", path)
    fine = run.returncode == 0 and b"No syntax or stream encoding errors found" in run.stdout
    return "" if fine and not run.stderr else (run.stdout + run.stderr).decode("utf-8", "replace")


COMPLAINTS: dict[str, Callable[[Path], str]] = {
    "pdfium": pdfium,
    "poppler": poppler,
    "mupdf": mupdf,
    "ghostscript": ghostscript,
    "qpdf": qpdf,
}


# -- text --


def pdfium_text(path: Path) -> list[str]:
    """The characters of each page, in the order in which they are drawn."""
    with PdfFile(path) as pdf:
        return [solid(page.text) for page in pdf.pages]


def poppler_text(path: Path) -> list[str]:
    """The same by Poppler."""
    out = _run("pdftotext", "-raw", "-enc", "UTF-8", path, "-").stdout.decode()
    return [solid(page) for page in out.split("\f")[:-1]]


def mupdf_text(path: Path) -> list[str]:
    """The same by MuPDF: 1.21 writes a selector as the halves of its surrogate pair, which are put together here."""
    halves = _run("mutool", "draw", "-q", "-N", "-F", "txt", "-o", "-", path).stdout.decode("utf-8", "surrogatepass")
    whole = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return [solid(page) for page in whole.split("\f")[:-1]]


TEXTS: dict[str, Callable[[Path], list[str]]] = {
    "pdfium": pdfium_text,
    "poppler": poppler_text,
    "mupdf": mupdf_text,
}
