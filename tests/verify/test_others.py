"""What is said of handouts that other programs made: sensible, and of what they really do wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handouts.checks.file.verify import Measured, verify
from tests.verify import others


def said(measured: Measured) -> dict[str, list[str]]:
    """The words of each rule that found something, with what it quotes."""
    found: dict[str, list[str]] = {}
    for rule, finding in measured.findings:
        found.setdefault(rule.id, []).append(f"{finding.quote} {finding.message}")
    return found


def test_a_web_page_printed_by_the_browser(tmp_path: Path) -> None:
    if others.chromium() is None:
        pytest.skip("chromium is not installed")
    found = said(verify(others.by_browser(tmp_path)))
    assert found.keys() == {"text-size", "contrast", "panel", "alt", "resolution"}
    assert found["text-size"] == ["診療時間は9:00から12:30までです。 字が小さすぎます(6.8 pt)。"]
    (pale,) = found["contrast"]
    assert pale.startswith("この資料は診断に代わるものではありません。 字と地の明暗の比が 2.3 ")
    (beyond,) = found["panel"]
    assert "はみ出してしまいます。" in f"はみ{beyond}"
    (coarse,) = found["resolution"]
    assert "63 dpi" in coarse


def test_fpdf2_lets_text_run_out_of_the_paper(tmp_path: Path) -> None:
    found = said(verify(others.by_fpdf(tmp_path)))
    assert found.keys() == {"hidden", "edge", "tagged", "language", "title", "one-bit"}
    assert len(found["edge"]) == len(found["hidden"]) == 1
    assert others.WORDS.endswith(found["hidden"][0].split(" ")[0])


def test_a_plain_reportlab_script_ends_a_line_with_a_bracket(tmp_path: Path) -> None:
    found = said(verify(others.by_platypus(tmp_path)))
    assert found.keys() == {"line-end", "tagged", "language", "title"}
    assert all("行の終わりに「「」があります。" in one for one in found["line-end"])


def test_a_scanned_page_says_nothing_and_names_the_patient(tmp_path: Path) -> None:
    found = said(verify(others.by_scanner(tmp_path)))
    assert found.keys() >= {"no-text", "resolution", "tagged", "language", "personal-data"}
    assert not found.keys() & {"text-size", "contrast", "text-on-picture", "one-bit"}
    assert any(one.startswith("高橋花子様 ファイルの名前に、人の名前") for one in found["personal-data"])
    assert "100 dpi" in found["resolution"][0]


@pytest.mark.parametrize("make", [others.by_fpdf, others.by_platypus])
def test_words_that_are_right_are_let_be(make: Callable[[Path], Path], tmp_path: Path) -> None:
    found = said(verify(make(tmp_path)))
    assert not found.keys() & {"text-size", "body-size", "contrast", "text-on-text", "unmapped", "font-embedded"}
    assert not found.keys() & {"missing-glyph", "paper-size", "personal-data", "text-on-picture", "fold"}
