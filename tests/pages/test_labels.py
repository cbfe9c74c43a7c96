"""Words in a picture: set by the page at its anchors, turned with it but never mirrored."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handouts.build import build_topic
from handouts.checks.file import PdfFile
from handouts.figures.picture import pose_reading
from handouts.library import Library
from handouts.sides import Side
from tests.pages.reading import assert_well_set, solid

LIBRARY = Library()
NAME = "back-knee-muscles"


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
