"""The solved body: joint positions in numbers, reach, floor contact, straight knees, hands on their targets."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from handouts.figures import contacts, hands
from handouts.figures.body import LENGTH
from handouts.figures.compile import ASSETS
from handouts.figures.pose import Pose
from handouts.figures.reading import read_pose
from handouts.figures.skeleton import SIDES, Skeleton, lowest_of_foot, lowest_of_seat, solve
from handouts.figures.space import reach, vec

POSES = sorted((ASSETS / "poses").glob("*.yaml"))
NAMES = [path.stem for path in POSES]


def of(name: str) -> tuple[Pose, Skeleton]:
    pose = read_pose(ASSETS / "poses" / f"{name}.yaml")
    return pose, solve(pose)


def knee_angle(skeleton: Skeleton, side: str) -> float:
    hip, knee, ankle = (skeleton.joints[f"{side}.{name}"] for name in ("hip", "knee", "ankle"))
    upper, lower = (knee - hip) / LENGTH["thigh"], (ankle - knee) / LENGTH["shank"]
    return math.degrees(math.acos(min(1.0, float(np.dot(upper, lower)))))


def test_the_five_pictures_of_running_are_there() -> None:
    assert {"run-overstride", "run-underbody", "floor-hamstring", "hook-tendon", "knead-thigh"} <= set(NAMES)


def test_a_person_standing_still_has_every_joint_under_the_other() -> None:
    joints = solve(Pose(alt="立っている図", caption="立つ", width=50.0)).joints
    assert joints["active.hip"] == pytest.approx([0, 0, 46], abs=1e-9)
    assert joints["active.knee"] == pytest.approx([0, -242, 46], abs=1e-9)
    assert joints["other.ankle"] == pytest.approx([0, -478, -46], abs=1e-9)
    assert joints["neck"] == pytest.approx([0, 300, 0], abs=1e-6)


def test_joints_of_the_runner_who_lands_ahead() -> None:
    _, skeleton = of("run-overstride")
    joints = skeleton.joints
    assert joints["pelvis"][0] == pytest.approx(0, abs=1e-9)
    assert joints["active.knee"] == pytest.approx([148.99, joints["pelvis"][1] - 190.70, 46], abs=0.05)
    assert joints["active.ankle"][0] - joints["pelvis"][0] == pytest.approx(281.5, abs=1.0)


def test_the_good_runner_lands_under_the_body() -> None:
    _, good = of("run-underbody")
    _, bad = of("run-overstride")
    assert abs(float(good.place("active.instep")[0])) < 40
    assert float(bad.place("active.heel")[0]) > 200


def test_reach_meets_its_target_and_tells_by_how_much_it_cannot() -> None:
    near = reach(vec(0, 0, 0), vec(100, 50, 20), 168, 142, vec(0, -1, 0))
    assert near.end == pytest.approx([100, 50, 20], abs=1e-6)
    assert float(np.linalg.norm(near.middle)) == pytest.approx(168, abs=1e-6)
    assert float(np.linalg.norm(near.end - near.middle)) == pytest.approx(142, abs=1e-6)
    assert near.middle[1] < 25
    far = reach(vec(0, 0, 0), vec(400, 0, 0), 168, 142, vec(0, -1, 0))
    assert far.miss == pytest.approx(90, abs=0.1)


@pytest.mark.parametrize("name", NAMES)
def test_every_target_is_reached(name: str) -> None:
    _, skeleton = of(name)
    assert all(miss < 0.5 for miss in skeleton.misses.values()), skeleton.misses


@pytest.mark.parametrize("name", NAMES)
def test_feet_and_seat_are_on_the_floor(name: str) -> None:
    """The seat on the chair or the floor; every foot that is said to stand there, and no foot below it."""
    pose, skeleton = of(name)
    feet = {side: lowest_of_foot(skeleton, side) for side, _ in SIDES}
    if pose.anchor.point == "seat":
        assert abs(lowest_of_seat(skeleton) - (*pose.anchor.at, 0.0, 0.0)[1]) <= 2
        legs = {side: getattr(pose.leg, side) for side, _ in SIDES}
        assert all(abs(feet[side]) <= 2 for side, leg in legs.items() if leg.foot_at is not None or leg.on_floor)
    if not any(thing.kind == "stairs" for thing in pose.things):  # their treads: test_figures_furniture
        assert abs(min(feet.values())) <= 2


def test_a_straight_knee_is_straight_and_the_toes_point_up() -> None:
    _, skeleton = of("floor-hamstring")
    assert knee_angle(skeleton, "active") < 1.0
    assert knee_angle(skeleton, "other") > 90
    heel, toe = skeleton.place("active.heel"), skeleton.place("active.toe")
    assert float(toe[1] - heel[1]) > 120


def test_the_raised_knees_are_bent() -> None:
    assert 85 < knee_angle(of("hook-tendon")[1], "active") < 125
    assert 60 < knee_angle(of("knead-thigh")[1], "active") < 110


@pytest.mark.parametrize("name", ["floor-hamstring", "hook-tendon", "knead-thigh", "chair-hamstring", "knead-calf"])
def test_both_hands_lie_on_their_limb(name: str) -> None:
    """The palm's own surface meets the skin within 3 units (0.25 mm printed), at the place that the pose names."""
    pose, skeleton = of(name)
    for side, sign in SIDES:
        contact = getattr(pose.arm, side).contact
        turned, wrist = skeleton.frames[f"{side}.hand"], skeleton.joints[f"{side}.wrist"]
        palm = hands.palm_normal(turned, sign)
        middle = wrist - turned[:, 1] * hands.PALM_CENTRE * hands.SCALE + palm * 11 * hands.SCALE
        segment, _, part = contact.at.partition("@")
        angles = np.arange(0, 360, 3.0)
        skin = [contacts.spot(skeleton.joints, skeleton.frames, segment, float(part), float(a)) for a in angles]
        gap = min(float(np.linalg.norm(middle - spot.point)) for spot in skin)
        assert gap < 3.0, (side, gap)


@pytest.mark.parametrize("name", ["hook-tendon", "knead-thigh"])
def test_fingers_go_round_the_back_of_the_thigh(name: str) -> None:
    """Index to ring fingertips of both hands are behind the bone's axis and near the skin, not in the air."""
    _, skeleton = of(name)
    for side, sign in SIDES:
        wrist, turned = skeleton.joints[f"{side}.wrist"], skeleton.frames[f"{side}.hand"]
        tips = hands.hand(wrist, turned, sign, skeleton.hands[side]).tips[1:4]
        thigh, hip = skeleton.frames["active.thigh"], skeleton.joints["active.hip"]
        local = (tips - hip) @ thigh
        assert (local[:, 0] < 0).all(), (side, local)
        across = np.hypot(local[:, 0], local[:, 2])
        assert (across < 75).all(), (side, across)


def test_hand_shapes_keep_the_length_of_the_fingers() -> None:
    frame = np.eye(3)
    for shape in hands.SHAPES:
        made = hands.hand(vec(0, 0, 0), frame, 1.0, shape)
        for root, tip, (_, _, length, _) in zip(made.roots[1:], made.tips[1:], hands.FINGERS, strict=True):
            assert float(np.linalg.norm(tip - root)) <= length * hands.SCALE + 1e-9


def test_a_wall_hand_faces_the_wall(tmp_path: Path) -> None:
    file = tmp_path / "wall.yaml"
    file.write_text(
        "alt: 壁に手をつく図\ncaption: 壁\nwidth: 50\narm: {active: {contact: {kind: on_wall, at: [200, 250, 90]}}}\n",
        encoding="utf-8",
    )
    skeleton = solve(read_pose(file))
    assert hands.palm_normal(skeleton.frames["active.hand"], 1.0) == pytest.approx([1, 0, 0], abs=1e-9)
    assert skeleton.misses["active.wrist"] < 0.5
