"""The picture of joints and signs in the documentation is fresh, and its arrows point the way angles grow."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from handouts.figures.pose import Arm, Leg, Trunk
from handouts.figures.skeleton import solve
from tests.figures import joints


def test_the_picture_of_the_joints_is_fresh(repository: Path) -> None:
    with Image.open(joints.PICTURE) as shown:
        kept = shown.convert("RGB")
    fresh = joints.drawn().convert("RGB")
    assert kept.size == fresh.size
    difference = ImageChops.difference(kept, fresh).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 1.0, "run: python -m tests.figures.joints"
    assert joints.PICTURE.stat().st_size < 60_000
    assert "images/joints.png" in (repository / "docs" / "figures.md").read_text(encoding="utf-8")


def test_every_angle_it_names_is_one_of_the_schema() -> None:
    fields = {name for record in (Leg, Arm, Trunk) for name in record.__dataclass_fields__}
    assert {name for name, *_ in (*joints.TURNS, *joints.FRONT_TURNS)} <= fields


def test_an_arrow_points_the_way_in_which_the_angle_grows() -> None:
    """Each arc runs from zero to what is written, so a larger angle moves its end on."""
    skeleton = solve(joints.PROFILE)
    for name, _, start, end, _ in joints.TURNS:
        first, last = (joints._way(skeleton, *bone) for bone in (start, end))
        turn = float(first[0] * last[1] - first[1] * last[0])
        forward = turn > 0.05
        assert forward == (name in ("hip", "ankle", "shoulder", "elbow")), name
