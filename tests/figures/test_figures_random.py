"""Any pose within the joint ranges, from any side: a whole picture, no broken outline, nothing outside its frame."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.figures.compose import compose
from handouts.figures.emit import svg
from handouts.figures.lint import ARM_RANGES, HEAD_RANGES, LEG_RANGES, PERSON_RANGES, TRUNK_RANGES
from handouts.figures.pose import Arm, Arms, Highlight, Leg, Legs, Person, Pose, Trunk, View
from handouts.figures.theme import COLOUR, MONO, size_class


def numbers(ranges: Mapping[str, tuple[float, float]]) -> dict[str, st.SearchStrategy[float]]:
    return {name: st.floats(low, high) for name, (low, high) in ranges.items()}


LEGS = st.builds(Leg, **numbers(LEG_RANGES))
ARMS = st.builds(Arm, hand=st.sampled_from(["relaxed", "flat", "fist", "rest"]), **numbers(ARM_RANGES))
PEOPLE = st.builds(
    Person,
    hair=st.sampled_from(["short", "bob", "tail"]),
    hair_tone=st.sampled_from(["dark", "grey"]),
    feet=st.sampled_from(["bare", "shoe"]),
    **numbers(PERSON_RANGES),
)
POSES = st.builds(
    Pose,
    alt=st.just("図の説明"),
    caption=st.just("見出し"),
    width=st.floats(20, 90),
    side=st.sampled_from(["right", "left"]),
    view=st.builds(View, st.floats(-180, 180), st.floats(-10, 60)),
    person=PEOPLE,
    trunk=st.builds(Trunk, **numbers(TRUNK_RANGES)),
    leg=st.builds(Legs, LEGS, LEGS),
    arm=st.builds(Arms, ARMS, ARMS),
    highlight=st.tuples(st.builds(Highlight, leg=st.just("active"), muscle=st.sampled_from(["hamstrings", "calf"]))),
    **numbers(HEAD_RANGES),
)


@settings(derandomize=True, max_examples=30, deadline=None, database=None)
@given(POSES)
def test_any_legal_pose_gives_a_whole_picture(pose: Pose) -> None:
    drawing = compose(pose, MONO if pose.side == "left" else COLOUR, size_class(pose.width))
    assert len(drawing.marks) > 20
    for mark in drawing.marks:
        assert mark.shape.is_valid
        box = mark.shape.bounds
        assert np.isfinite(box).all()
        assert min(box[:2]) >= 0
        assert box[2] <= drawing.width
        assert box[3] <= drawing.height
        assert mark.fill is None or mark.shape.area > 0
    text = svg(drawing)
    assert "nan" not in text
    assert "inf" not in text
