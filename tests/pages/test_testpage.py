"""The test page: its ruler is 50 mm, its folds are those of the layouts, its greys are greys, and it is well set."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from handouts.build import build_test_page
from handouts.checks.file import PdfFile, extract_in_tag_order
from handouts.cli import main
from handouts.figures.theme import COLOUR, MONO
from handouts.library import Library
from handouts.pages.testpage import FoldPlan, fold_plans
from handouts.problems import Problems
from handouts.text.markup import plain
from tests.pages.onebit import rendered
from tests.pages.reading import MM, overlaps, solid
from tests.validators.pagevalidation import page_validation
from tests.validators.verapdf import verapdf

LIBRARY = Library()
DAY = date(2026, 11, 22)
PX = 300 / 25.4
"""Pixels per mm of `rendered`."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_test_page(LIBRARY, tmp_path_factory.mktemp("proof") / "test-page.pdf", DAY).path


@pytest.fixture(scope="module")
def front(path: Path) -> NDArray[np.uint8]:
    return rendered(path, 0, grey=True)


@pytest.fixture(scope="module")
def back(path: Path) -> NDArray[np.uint8]:
    return rendered(path, 1, grey=True)


def runs(dark: NDArray[np.bool_] | np.bool_) -> list[tuple[float, float]]:
    """Begin and end in mm of every dark run of a line of pixels."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.atleast_1d(dark).astype(np.int8), [0]])))
    return [(begin / PX, end / PX) for begin, end in edges.reshape(-1, 2)]


def longest(pixels: NDArray[np.uint8]) -> list[tuple[float, float, float]]:
    """(position, begin, end) in mm of the unbroken horizontal lines of 49–51 mm."""
    found = []
    for row in range(pixels.shape[0]):
        found += [(row / PX, begin, end) for begin, end in runs(pixels[row] < 128) if 49 < end - begin < 51]
    return found


def test_both_rulers_measure_50_mm_and_have_a_tick_at_each(front: NDArray[np.uint8]) -> None:
    for pixels in (front, front.T):
        lines = longest(pixels)
        assert lines, "no ruler"
        position, begin, end = lines[0]
        assert end - begin == pytest.approx(50, abs=0.2)
        # 1 mm beyond the line there are the ticks alone, 0.4 pt broad.
        ticks = [(low + high) / 2 for low, high in runs(pixels[round((position + 1.2) * PX)] < 128)]
        ticks = [tick for tick in ticks if begin - 0.5 <= tick <= end + 0.5]
        assert len(ticks) == 51
        assert [b - a for a, b in pairwise(ticks)] == pytest.approx([1.0] * 50, abs=0.13)


def test_the_edge_is_seen_at_5_and_10_mm_in_every_corner(front: NDArray[np.uint8], back: NDArray[np.uint8]) -> None:
    for page in (front, back):
        for pixels in (page, page[::-1], page[:, ::-1], page[::-1, ::-1]):
            # A line of pixels that crosses both angles of the corner, 12 mm from the edge.
            for line in (pixels[round(12 * PX)], pixels[:, round(12 * PX)]):
                begins = [begin for begin, _ in runs(line < 128)][:2]
                assert begins == pytest.approx([5, 10], abs=0.1)


def test_steps_at_the_edge_stand_where_their_numbers_say(front: NDArray[np.uint8]) -> None:
    height, width = front.shape
    middle = slice(round(width / 2 - 22 * PX), round(width / 2 + 22 * PX))
    band = front[: round(8.6 * PX), middle] < 128
    rows = [(begin + end) / 2 for begin, end in runs(band.any(axis=1))]
    assert rows == pytest.approx(list(range(2, 9)), abs=0.1)
    assert height > width


def test_greys_go_from_white_to_black_in_even_steps(front: NDArray[np.uint8]) -> None:
    found = []
    for row in front[:: round(2 * PX)]:
        levels = [
            int(level) for level, count in zip(*np.unique(row, return_counts=True), strict=True) if count > 6 * PX
        ]
        found.append(levels)
    wedge = max(found, key=len)
    assert wedge == pytest.approx([round(25.5 * step) for step in range(11)], abs=2)


def test_folds_are_those_of_the_layouts_to_a_tenth_of_a_millimetre(back: NDArray[np.uint8]) -> None:
    plans = {plan.name: plan for plan in fold_plans([LIBRARY.layout(name) for name in LIBRARY.layouts()], ("表", "裏"))}
    trifold, zfold = (plain(LIBRARY.layout(name).name) for name in ("trifold", "zfold"))
    assert plans[f"{trifold} 表"].along == (97, 197)
    assert plans[f"{trifold} 裏"].along == (100, 200)
    assert plans[zfold] == FoldPlan(zfold, (99, 198), ())
    wanted = sorted({at for plan in plans.values() for at in plan.along})
    assert {74.25, 97, 99, 100, 148.5, 197, 198, 200, 222.75} <= set(wanted)
    inner = back[:, round(20.5 * PX) : round(189.5 * PX)] < 128
    for at in wanted:
        rows = inner[round((at - 0.4) * PX) : round((at + 0.4) * PX)]
        lined = [row for row in range(rows.shape[0]) if any(end - begin > 20 for begin, end in runs(rows[row]))]
        assert lined, f"no line at {at} mm"
        middle = at - 0.4 + (lined[0] + lined[-1] + 1) / 2 / PX
        assert middle == pytest.approx(at, abs=0.1)


def test_both_sides_have_their_marks_at_one_place(front: NDArray[np.uint8], back: NDArray[np.uint8]) -> None:
    """Seen through the paper, which was turned over its long edge."""
    for y in (85, 212):
        for x in (15, 195):
            spot = (
                slice(round((y - 3.2) * PX), round((y + 3.2) * PX)),
                slice(round((x - 3.2) * PX), round((x + 3.2) * PX)),
            )
            one, other = front[spot] < 128, back[:, ::-1][spot] < 128
            assert one.any()
            assert (one ^ other).mean() < 0.05


def test_it_is_well_set_and_says_all_its_words_in_order(path: Path) -> None:
    words = LIBRARY.print_test()
    heard = solid("".join(text for _, text in extract_in_tag_order(path)))
    parts = (words.ruler, words.shade, words.hatch, words.type, words.colour, words.edge, words.folds, words.both)
    position = heard.find(solid(plain(words.lead)))
    assert position > 0
    for text in (text for part in parts for text in (part.heading, *part.texts)):
        found = heard.find(solid(plain(text)), position)
        assert found >= 0, f"not found in tag order: {text}"
        position = found
    with PdfFile(path) as pdf:
        assert [(round(page.width / MM), round(page.height / MM)) for page in pdf.pages] == [(210, 297)] * 2
        for page in pdf.pages:
            assert page.near_edge(9) == []
            assert overlaps(page.characters) == []
            assert page.unmapped() == []
            sizes = {round(character.size, 1) for character in page.characters}
            assert min(sizes) >= 9
        assert {9, 10.5, 12, 14, 18} <= {round(one.size, 1) for one in pdf.pages[0].characters}
        # The text itself keeps clear of the marks.
        body = [one for one in pdf.pages[0].characters if one.size == 12]
        assert min(one.left for one in body) >= 20 * MM - 0.5


def test_hatches_are_those_of_the_pictures() -> None:
    samples = {(sample.line, sample.step) for sample in LIBRARY.print_test().hatches}
    assert {(theme.hatch_line, theme.hatch_step) for theme in (COLOUR, MONO)} <= samples


def test_it_keeps_both_standards(path: Path) -> None:
    results = [*verapdf([path], ("ua1", "2a")), page_validation(path), page_validation(path, "2a")]
    assert len(results) == 4
    assert all(result.valid for result in results), "\n".join(map(str, results))


def test_the_command(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["build", "--layout", "test-page", "--mono", "-o", f"{tmp_path}/"])
    assert result.exit_code == 0, result.output
    assert [one.name for one in tmp_path.iterdir()] == ["test-page.pdf"]
    assert "両面・長辺とじ・実際のサイズ" in result.output


@pytest.mark.parametrize("more", [["--topic", "running"], ["--all"], ["--print-shop"], ["--side", "left"], ["--draft"]])
def test_what_means_nothing_for_it_is_refused(more: list[str], tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    result = CliRunner().invoke(main, ["build", "--layout", "test-page", "-o", str(target), *more])
    assert result.exit_code == 2
    assert "test-page" in result.output
    assert not target.exists()


def test_words_of_a_clinic_that_find_no_room_are_told(tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text("name: 医院\naddress: 市\nphone: 000\n", encoding="utf-8")
    (tmp_path / "common").mkdir()
    long = "縦と横を定規で測ってください。" * 40
    words = f"edge:\n  heading: 端\n  texts: [{long}]\n  alt: 線\n"
    (tmp_path / "common" / "test-page.yaml").write_text(words, encoding="utf-8")
    with pytest.raises(Problems) as caught:
        build_test_page(Library(tmp_path), tmp_path / "x.pdf", DAY)
    (problem,) = caught.value
    assert "mm 超えています" in problem.message
    assert problem.place.line == 2
    assert not (tmp_path / "x.pdf").exists()
