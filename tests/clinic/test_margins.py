"""A clinic's layout with wider margins at the sides: set whole, its foot in less room, or told how much is too much."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handouts.build import build_topic
from handouts.checks.file import PdfFile
from handouts.library import Library
from handouts.problems import Problems
from tests.clinic.test_examples import DAY, EXAMPLES

PT_PER_MM = 72 / 25.4


def with_margins(folder: Path, base: str, side: float) -> Library:
    """The example clinic with a layout `ours` of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "layouts").mkdir(exist_ok=True)
    (folder / "clinic.yaml").write_text(
        "".join(
            line
            for line in (EXAMPLES / "seikei" / "clinic.yaml").read_text("utf-8").splitlines(True)
            if not line.startswith("logo")
        ),
        encoding="utf-8",
    )
    margins = f"{{left: {side}, right: {side}, top: 10, bottom: 10}}"
    (folder / "layouts" / "ours.yaml").write_text(
        f"name: うちの形\nextends: {base}\nmargins: {margins}\n", encoding="utf-8"
    )
    return Library(folder)


@pytest.mark.parametrize("side", [13, 18])
@pytest.mark.parametrize("base", ["a4", "diary"])
def test_text_stands_within_wider_margins_and_the_telephone_on_one_line(base: str, side: float, tmp_path: Path) -> None:
    library, target = with_margins(tmp_path / "clinic", base, side), tmp_path / "made.pdf"
    build_topic(library, "running", target, DAY, layout="ours")
    with PdfFile(target) as pdf:
        said = [page.text for page in pdf.pages]
        for page in pdf.pages:
            assert page.width == pytest.approx(210 * PT_PER_MM, abs=0.1)
            marks = [one for one in page.characters if one.text.strip()]
            assert marks
            assert min(one.left for one in marks) >= side * PT_PER_MM - 1
            assert max(one.right for one in marks) <= (210 - side) * PT_PER_MM + 1
    assert re.search(f"電話[ \u3000]*{library.clinic().phone}", said[-1])


def test_too_wide_a_margin_is_told(tmp_path: Path) -> None:
    library = with_margins(tmp_path / "clinic", "a4", 30)
    with pytest.raises(Problems) as caught:
        build_topic(library, "running", tmp_path / "made.pdf", DAY, layout="ours")
    assert "フッター" in next(iter(caught.value)).message
    assert not (tmp_path / "made.pdf").exists()
