"""Rules on the paper: a size that a clinic prints, no more pages than a handout has, something to read on them."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.file.geometry import MM
from handouts.checks.file.reader import MOST_CHARACTERS
from handouts.checks.file.rules.rule import Finding, page_rule, rule
from handouts.checks.file.shapes import Kind
from handouts.checks.file.view import Subject, View
from handouts.problems import Severity

SIZES = {"A4": (210, 297), "A5": (148, 210), "A3": (297, 420), "B5": (182, 257), "B4": (257, 364)}
"""mm, upright."""
OTHERS = {"Letter": (215.9, 279.4), "Legal": (215.9, 355.6)}
_TOLERANCE = 1.0
"""mm."""
_SCANNED = 0.5
"""Share of a page that pictures of dots cover where it is one itself."""


@page_rule("paper-size", Severity.WARNING, "A4 A5 A3 B5 B4(印刷所に出す紙では仕上がり)", "JIS P 0138", cheap=True)
def paper_size(view: View) -> Iterator[Finding]:
    """The page is of a size that is in the printer's tray."""
    width, height = view.page.trim.width / MM, view.page.trim.height / MM
    if any(_is(size, width, height) for size in SIZES.values()):
        return
    name = next((name for name, size in OTHERS.items() if _is(size, width, height)), "")
    shown = f"{name}({width:.0f} × {height:.0f} mm)" if name else f"{width:.0f} × {height:.0f} mm"
    hint = "A4 で作り直してください。印刷のときに縮むか、端が欠けます。"
    yield Finding(f"紙の大きさが {shown} です。", hint, view.page.number)


def _is(size: tuple[float, float], width: float, height: float) -> bool:
    return all(abs(one - other) <= _TOLERANCE for one, other in zip(size, sorted((width, height)), strict=True))


@page_rule(
    "no-text",
    Severity.ERROR,
    "字として入っている",
    "ISO 14289-1 7.1(絵にした字は、音声で読めず、検査もできない)",
    cheap=True,
)
def no_text(view: View) -> Iterator[Finding]:
    """A page is no picture of a page: its words are text."""
    area = sum(shape.box.shared(view.page.paper).area for shape in view.page.shapes if shape.kind is Kind.IMAGE)
    if not view.inked and area > _SCANNED * view.page.paper.area:
        hint = "元のファイルから PDF を書き出してください。字の大きさや重なりは、この検査では分かりません。"
        yield Finding("ページ全体が1枚の絵(スキャンなど)で、字が入っていません。", hint, view.page.number)


@rule("all-looked-at", Severity.WARNING, "すべて", "この検査の限り", cheap=True)
def all_looked_at(subject: Subject) -> Iterator[Finding]:
    """The whole file was measured: it has no more pages and characters than a handout."""
    seen = len(subject.views)
    if seen < subject.count:
        hint = "すべてを調べるには --all-pages を付けます。"
        yield Finding(f"{subject.count} ページのうち、初めの {seen} ページだけを調べました。", hint)
    for view in subject.views:
        if len(view.page.characters) >= MOST_CHARACTERS:
            yield Finding(f"字が {MOST_CHARACTERS:,} より多く、その先は調べていません。", page=view.page.number)
