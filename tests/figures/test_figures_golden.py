"""Every pose keeps its numbers: joints, silhouette and number of paths, within a tolerance that no eye sees."""

from __future__ import annotations

import pytest

from tests.figures import golden
from tests.figures.drawings import NAMES

JOINT, SHARE, PATHS = 1.5, 0.01, 3
"""Body units a joint may move, part an area or perimeter may change, paths that may come or go."""


def test_the_table_has_every_pose_and_no_other() -> None:
    assert len(NAMES) >= 5
    assert sorted(golden.read()) == NAMES, "run python -m tests.figures.golden"


@pytest.mark.parametrize("name", NAMES)
def test_a_pose_keeps_its_numbers(name: str) -> None:
    kept, found = golden.read()[name], golden.measured(name)
    for joint in golden.JOINTS:
        assert found[joint] == pytest.approx(kept[joint], abs=JOINT), joint
    for key in ("area", "perimeter"):
        assert found[key][0] == pytest.approx(kept[key][0], rel=SHARE, abs=1.0), key
    assert abs(found["paths"][0] - kept["paths"][0]) <= PATHS
