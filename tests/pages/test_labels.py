"""Words in a picture: set by the page at its anchors, turned with it but never mirrored."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from handouts.build import build_topic
from handouts.checks.file import PdfFile
from handouts.figures.picture import pose_reading
from handouts.library import Library
from handouts.pages.blocks import Illustration
from handouts.pages.box import Box
from handouts.pages.components import picture
from handouts.pages.components.picture import set_drawing
from handouts.pages.setter import Setter
from handouts.pages.sheet import Tag
from handouts.sides import Side
from tests.pages.reading import assert_well_set, solid

LIBRARY = Library()
NAME = "back-knee-muscles"
POINTS_PER_MM = 72 / 25.4


def places(side: Side, folder: Path) -> tuple[dict[str, float], float]:
    """x of the middle of each label's first line on paper, and of the caption's left edge, in pt."""
    path = build_topic(LIBRARY, "selfcare", folder / f"{side.value}.pdf", date(2026, 11, 22), side=side).path
    _, caption, _, labels = pose_reading(LIBRARY.pose(NAME)).checked()
    with PdfFile(path) as pdf:
        assert_well_set(pdf)
        characters = [c for c in pdf.pages[0].characters if c.text.strip()]
        text = "".join(c.text for c in characters)
        found: dict[str, float] = {}
        for name, word in labels.items():
            lines = word.split("\n")
            start = text.rfind(solid("".join(lines)))
            assert start >= 0, f"「{word}」 is not on paper as one word"
            first = characters[start : start + len(lines[0])]
            found[name] = (first[0].left + first[-1].right) / 2
        left = characters[text.index(solid(caption))].left
    return found, left


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[Side, tuple[dict[str, float], float]]:
    folder = tmp_path_factory.mktemp("labels")
    return {side: places(side, folder) for side in (Side.RIGHT, Side.LEFT)}


def test_every_label_is_set_and_the_outer_side_is_outside(found: dict[Side, tuple[dict[str, float], float]]) -> None:
    """Seen from behind, the outer side of the right leg is at the right, of the left leg at the left."""
    right, left = found[Side.RIGHT][0], found[Side.LEFT][0]
    assert len(right) == len(left) == 5
    for part in ("hamstring", "calf"):
        assert right[f"inner-{part}"] < right[f"outer-{part}"]
        assert left[f"outer-{part}"] < left[f"inner-{part}"]


def test_labels_turn_about_the_middle_of_the_picture(found: dict[Side, tuple[dict[str, float], float]]) -> None:
    (right, x), (left, same) = found[Side.RIGHT], found[Side.LEFT]
    assert x == pytest.approx(same, abs=0.5)
    sums = [right[name] + left[name] for name in right]
    assert max(sums) - min(sums) < 2.0


@pytest.mark.parametrize("side", [Side.RIGHT, Side.LEFT, Side.BOTH])
def test_left_and_right_of_legs_seen_from_behind_never_change_places(side: Side, tmp_path: Path) -> None:
    path = build_topic(LIBRARY, "visit", tmp_path / "visit.pdf", date(2026, 11, 22), side=side).path
    title = "後ろから見た脚"
    with PdfFile(path) as pdf:
        characters = [c for c in pdf.pages[0].characters if c.text.strip()]
    text = "".join(c.text for c in characters)
    start = text.index(title)
    middle = (characters[start].left + characters[start + len(title) - 1].right) / 2
    left, right = (characters[text.index(word, start)] for word in "左右")
    assert left.right < middle < right.left
    assert left.top == pytest.approx(right.top, abs=2.0)


def test_pictures_with_words_know_how_wide_they_print_beside_their_partner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: dict[str, float] = {}

    def noted(setter: Setter, figure: Illustration, width: float, tag: Tag) -> Box:
        printed[figure.picture.name] = width / POINTS_PER_MM
        return set_drawing(setter, figure, width, tag)

    monkeypatch.setattr(picture, "set_drawing", noted)
    build_topic(LIBRARY, "stairs", tmp_path / "stairs.pdf", date(2026, 11, 22))
    for name in ("stairs-up", "stairs-down"):
        said = re.search(r"^narrowed: (.+)$", LIBRARY.pose(name).read_text(encoding="utf-8"), re.M)
        assert said
        assert float(said[1]) == pytest.approx(printed[name], abs=0.3)
