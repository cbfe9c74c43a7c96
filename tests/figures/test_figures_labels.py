"""Words in pictures: where they stand, which have a line, and that none leaves its picture where it is narrowed."""

from __future__ import annotations

import pytest

from handouts.figures import labels
from handouts.figures.skeleton import solve
from tests.figures.drawings import NAMES, drawn, pose_of

WORDED = [name for name in NAMES if pose_of(name).labels]
POINTS_PER_MM = 72 / 25.4


def boxes(name: str) -> dict[str, tuple[float, float, float, float]]:
    """Name → x0, y0, x1, y1 of each word of a figure, in pt at the width it is printed in, y downward."""
    drawing, pose = drawn(name), pose_of(name)
    shrunk = 1 / labels.narrowing(pose)
    found = {}
    for label in pose.labels:
        lines = label.text.split("\n")
        x, y = (place * shrunk for place in drawing.anchors[f"label.{label.name}"])
        wide, high = max(map(len, lines)) * labels.SIZE, len(lines) * labels.LEADING
        found[label.name] = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
    return found


def test_there_are_figures_with_words() -> None:
    assert {"back-blank", "stairs-down", "stairs-up"} <= set(WORDED)


@pytest.mark.parametrize("name", WORDED)
def test_words_stay_inside_the_picture_and_apart(name: str) -> None:
    drawing, found = drawn(name), list(boxes(name).values())
    shrunk = 1 / labels.narrowing(pose_of(name))
    for x0, y0, x1, y1 in found:
        assert min(x0, y0) >= -0.1
        assert x1 <= drawing.width * shrunk + 0.1
        assert y1 <= drawing.height * shrunk + 0.1
    for index, (x0, y0, x1, y1) in enumerate(found):
        for a0, b0, a1, b1 in found[index + 1 :]:
            assert x1 <= a0 or a1 <= x0 or y1 <= b0 or b1 <= y0


@pytest.mark.parametrize("name", ["stairs-up", "stairs-down"])
def test_a_line_ends_before_its_word_where_the_picture_is_narrowed(name: str) -> None:
    drawing, pose = drawn(name), pose_of(name)
    (label,), ((x0, _, x1, _),) = pose.labels, boxes(name).values()
    assert pose.frame is not None
    end = (label.to[0] - pose.frame[0]) * drawing.unit / labels.narrowing(pose)
    assert min(abs(end - x0), abs(end - x1)) == pytest.approx(labels.AIR, abs=0.1)
    assert not x0 < end < x1


def test_a_word_without_a_place_has_no_line_and_hangs_below_its_point() -> None:
    pose, drawing = pose_of("back-blank"), drawn("back-blank")
    assert all(label.at is None for label in pose.labels)
    assert pose.frame is not None
    for label, start in labels.leaders(pose, solve(pose)):
        assert tuple(start) == label.to
        x0, y0, x1, _ = boxes("back-blank")[label.name]
        x, y = (label.to[0] - pose.frame[0]) * drawing.unit, (pose.frame[3] - label.to[1]) * drawing.unit
        assert (x0 + x1) / 2 == pytest.approx(x, abs=0.01)
        assert y0 == pytest.approx(y + labels.AIR, abs=0.01)
