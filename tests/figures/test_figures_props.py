"""Chair, wall and ball: where bodies meet them, and what of them is drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from handouts.figures import contacts, hands, props
from handouts.figures.compile import ASSETS
from handouts.figures.compose import compose
from handouts.figures.outline import lines_of
from handouts.figures.pose import Pose, Prop, View
from handouts.figures.reading import read_pose
from handouts.figures.skeleton import SIDES, Skeleton, lowest_of_foot, solve
from handouts.figures.space import Array, Camera
from handouts.figures.studio import Studio
from handouts.figures.theme import COLOUR, MONO, size_class

PROP_TONES = {COLOUR.tones["prop"], COLOUR.tones["prop_edge"]}


def of(name: str) -> tuple[Pose, Skeleton]:
    pose = read_pose(ASSETS / "poses" / f"{name}.yaml")
    return pose, solve(pose)


def prop_of(pose: Pose, kind: str) -> Prop:
    (found,) = [prop for prop in pose.props if prop.kind == kind]
    return found


def palm_of(skeleton: Skeleton, side: str, sign: float) -> Array:
    """The middle of the palm's surface."""
    turned = skeleton.frames[f"{side}.hand"]
    facing = hands.palm_normal(turned, sign)
    place = skeleton.joints[f"{side}.wrist"] - turned[:, 1] * hands.PALM_CENTRE * hands.SCALE
    middle: Array = place + facing * 11 * hands.SCALE
    return middle


def studio_for(pose: Pose) -> Studio:
    camera = Camera(pose.view.yaw, pose.view.pitch)
    return Studio(solve(pose), camera, COLOUR, size_class(pose.width), pose.person, 5.0)


def test_both_palms_are_on_the_wall() -> None:
    pose, skeleton = of("wall-calf")
    face = prop_of(pose, "wall").x[0]
    for side, sign in SIDES:
        palm = palm_of(skeleton, side, sign)
        assert palm[0] == pytest.approx(face, abs=1)
        assert 0 < palm[1] < prop_of(pose, "wall").height


def test_both_palms_are_on_the_back_of_the_chair() -> None:
    pose, skeleton = of("standing-hamstring")
    chair = prop_of(pose, "chair")
    for side, sign in SIDES:
        palm = palm_of(skeleton, side, sign)
        assert palm[1] == pytest.approx(chair.height + props.BACK_RISE, abs=4)
        assert abs(palm[0] - chair.x[0]) < 25
        assert abs(palm[2]) < props.CHAIR_HALF


def test_both_forearms_end_on_the_armrests() -> None:
    pose, skeleton = of("sit-chair")
    chair = prop_of(pose, "chair")
    assert chair.arms
    for side, sign in SIDES:
        palm = palm_of(skeleton, side, sign)
        assert palm[1] == pytest.approx(chair.height + props.ARMREST_RISE, abs=4)
        assert props.CHAIR_HALF - props.RAIL <= abs(palm[2]) <= props.CHAIR_HALF


def test_the_sole_presses_the_ball() -> None:
    pose, skeleton = of("ball-fascia")
    ball = prop_of(pose, "ball")
    top = ball.height + ball.x[1] - ball.x[0]
    assert lowest_of_foot(skeleton, "active") == pytest.approx(top, abs=3)
    heel, toe = (float(skeleton.place(f"active.{name}")[0]) for name in ("heel", "toe"))
    assert heel < sum(ball.x) / 2 < toe


def test_the_thumbs_leave_the_middle_of_the_knee_free() -> None:
    """Each thumb's tip is on the skin behind the knee, 35 to 60 degrees from the middle, one on each side."""
    _, skeleton = of("popliteus-swing")
    turned, hip = skeleton.frames["active.thigh"], skeleton.joints["active.hip"]
    for side, sign in SIDES:
        wrist, frame = skeleton.joints[f"{side}.wrist"], skeleton.frames[f"{side}.hand"]
        tip = hands.hand(wrist, frame, sign, skeleton.hands[side]).tips[0]
        skin = [
            contacts.spot(skeleton.joints, skeleton.frames, "active.thigh", 0.96, float(a)) for a in range(0, 360, 2)
        ]
        assert min(float(np.linalg.norm(tip - spot.point)) for spot in skin) < 9
        local = (tip - hip) @ turned
        from_the_middle = np.degrees(np.arctan2(abs(local[2]), -local[0]))
        assert local[2] * sign > 0
        assert 35 < from_the_middle < 60


def test_the_forbidden_middle_carries_a_cross_in_the_close_up() -> None:
    pose, _ = of("popliteus-swing")
    assert pose.inset is not None
    assert [(mark.kind, mark.at) for mark in pose.inset.marks] == [("wrong", "active.thigh@0.97:back")]
    crossed = compose(pose, COLOUR, size_class(pose.width)).marks
    bare = compose(replace(pose, inset=replace(pose.inset, marks=())), COLOUR, size_class(pose.width)).marks
    wrong = COLOUR.tones["wrong"]
    assert sum(mark.stroke == wrong for mark in crossed) == 1
    assert not any(mark.stroke == wrong for mark in bare)


def test_a_chair_seen_from_the_side_hides_its_far_half() -> None:
    pose = Pose(alt="図の説明", caption="見出し", width=50)
    prop = Prop("chair", (-200.0, 50.0), height=270.0)
    flat = props.chair(studio_for(pose), prop, 3.0)
    turned = props.chair(studio_for(replace(pose, view=View(30, 12))), prop, 3.0)
    assert len(flat.marks) == 4
    assert len(turned.marks) > 12
    assert {mark.fill for mark in turned.marks} == PROP_TONES
    x0, y0, x1, y1 = np.array([mark.shape.bounds for mark in flat.marks]).T
    assert (x0.min(), y0.min()) == pytest.approx((-205, 0))
    assert (x1.max(), y1.max()) == pytest.approx((50, 270 + props.BACK_RISE))


def test_only_a_chair_with_arms_has_one_in_front_of_the_hip() -> None:
    pose, _ = of("sit-chair")
    size = size_class(pose.width)
    chair = prop_of(pose, "chair")
    plain = tuple(replace(prop, arms=False) if prop is chair else prop for prop in pose.props)
    with_arms, without = (compose(replace(pose, props=each), COLOUR, size).marks for each in (pose.props, plain))
    last = [max(i for i, mark in enumerate(marks) if mark.fill in PROP_TONES) for marks in (with_arms, without)]
    shorts = [max(i for i, mark in enumerate(m) if mark.fill == COLOUR.tones["shorts"]) for m in (with_arms, without)]
    assert last[0] > shorts[0]
    assert last[1] < shorts[1]


def test_a_ball_is_round_and_lies_at_its_height() -> None:
    pose = Pose(alt="図の説明", caption="見出し", width=50)
    ball = props.ball(studio_for(pose), Prop("ball", (10.0, 70.0), (0.0, 60.0), 270.0), 4.0)
    assert ball.solid.bounds == pytest.approx((10, 270, 70, 330))
    assert ball.marks[0].fill == COLOUR.tones["ball"]
    assert MONO.tones["ball"] == "#FFFFFF"


def test_the_ground_runs_on_under_the_feet() -> None:
    pose, _ = of("wall-calf")
    drawing = compose(pose, COLOUR, size_class(pose.width))
    strokes = [mark.shape for mark in drawing.marks if mark.stroke == COLOUR.tones["floor"] and mark.fill is None]
    pieces = [piece for stroke in strokes for piece in lines_of(stroke)]
    level = [piece.length for piece in pieces if piece.bounds[3] - piece.bounds[1] < 0.01]
    assert max(level) > 0.95 * drawing.width
