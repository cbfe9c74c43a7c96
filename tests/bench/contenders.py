"""Who takes part: how each is started, what it keeps from sheet to sheet, and what it cannot do."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec

OURS, UNVERIFIED = "ours", "unverified"
BASE = "platypus"
"""The contender that ratios are taken to."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One contender: its module in `tests.bench.peers`, the package it needs, and what is to be said of it."""

    module: str
    name: str
    package: str
    keeps: str
    lacks: str

    @property
    def here(self) -> bool:
        """Whether it can take part on this machine."""
        if self.module == "chromium":
            return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
        try:
            return find_spec(self.package) is not None
        except ModuleNotFoundError:
            return False

    def cold(self, sheets: str, folder: str, target: str) -> list[str]:
        """The command that sets one sheet in a process of its own."""
        if self.module in (OURS, UNVERIFIED):
            build = ["-m", "handouts", "build", "--topic", "running", "--date", "2026-11-22", "-o", target]
            return [sys.executable, *build, *(["--no-verify"] if self.module == UNVERIFIED else [])]
        return [sys.executable, "-m", "tests.bench.peers", self.module, sheets, folder, target]

    def served(self, sheets: str, folder: str) -> list[str]:
        """The command that keeps a process which sets one sheet after another."""
        return [sys.executable, "-m", "tests.bench.peers", self.module, sheets, folder]


CONTENDERS = (
    Contender(
        OURS,
        "handouts",
        "handouts",
        "the YAML that was read, faces, pictures, pieces of page that no sheet changes, their fonts and streams",
        "",
    ),
    Contender(UNVERIFIED, "handouts --no-verify", "handouts", "the same", "the finished file is not measured"),
    Contender(
        BASE,
        "ReportLab Platypus",
        "reportlab",
        "registered fonts, styles",
        "no tags, no alternative texts; U+3000 is lost; the code is given to it ready made",
    ),
    Contender(
        "typst",
        "Typst (Python binding)",
        "typst",
        "one compiler: fonts, and every layout of a part that did not change",
        "the code is given to it as SVG",
    ),
    Contender(
        "weasyprint",
        "WeasyPrint",
        "weasyprint",
        "font configuration, parsed style sheet",
        "the code is given to it as SVG",
    ),
    Contender(
        "chromium",
        "Chromium (DevTools)",
        "",
        "the browser, its tab, loaded fonts",
        "no PDF/UA mark; the code is given to it as SVG",
    ),
    Contender(
        "fpdf2",
        "fpdf2",
        "fpdf",
        "nothing: a font belongs to one document",
        "no tags, no alternative texts; the code is given to it ready made",
    ),
)


def present() -> list[Contender]:
    """Those that can take part here, in the order of the tables."""
    return [one for one in CONTENDERS if one.here]
