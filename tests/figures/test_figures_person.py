"""People and views: hair, build and shoes from every side, the upper body before the hips from above, hand contacts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from handouts.figures import body, contacts, hands
from handouts.figures.compose import Drawing, compose
from handouts.figures.layers import Mark
from handouts.figures.limbs import SIGN, leg_tubes
from handouts.figures.pose import Anchor, Arm, Arms, Contact, ContactKind, Leg, Legs, Person, Pose, Trunk, View
from handouts.figures.skeleton import Skeleton, solve
from handouts.figures.space import Array, Camera
from handouts.figures.studio import Studio
from handouts.figures.theme import COLOUR, size_class

STANDING = Pose(
    alt="立っている図",
    caption="立つ",
    width=45,
    anchor=Anchor("floor"),
    leg=Legs(Leg(abduction=4), Leg(abduction=4)),
    arm=Arms(Arm(abduction=10), Arm(abduction=10)),
    frame=(-420, 420, -100, 1100),
)
YAWS = (-90.0, -40.0, 0.0, 45.0, 90.0, 140.0)


def drawn(**changes: object) -> Drawing:
    pose = replace(STANDING, **changes)  # type: ignore[arg-type]
    return compose(pose, COLOUR, size_class(pose.width))


def filled(drawing: Drawing, tone: str) -> list[Mark]:
    return [mark for mark in drawing.marks if mark.fill == COLOUR.tones[tone]]


@pytest.mark.parametrize("yaw", YAWS)
@pytest.mark.parametrize("hair", ["short", "bob", "tail"])
def test_hair_is_drawn_in_its_tone_from_every_side(yaw: float, hair: str) -> None:
    for tone, name in (("dark", "hair"), ("grey", "grey_hair")):
        person = Person(hair=hair, hair_tone=tone)  # type: ignore[arg-type]
        assert filled(drawn(view=View(yaw), person=person), name)


def test_a_tail_hangs_behind_the_head() -> None:
    plain, tied = (
        shapely.union_all([mark.shape for mark in filled(drawn(person=Person(hair=hair)), "hair")])
        for hair in ("short", "tail")
    )
    assert tied.bounds[0] < plain.bounds[0] - 2
    assert tied.bounds[2] == pytest.approx(plain.bounds[2])


@pytest.mark.parametrize("yaw", YAWS)
def test_a_broader_build_makes_a_broader_body_of_the_same_height(yaw: float) -> None:
    slim, broad = (drawn(view=View(yaw), person=Person(build=build)) for build in (0.9, 1.15))
    shapes = [shapely.union_all([mark.shape for mark in drawing.marks if mark.fill]) for drawing in (slim, broad)]
    assert shapes[1].area > 1.07 * shapes[0].area
    assert shapes[1].bounds[1] == pytest.approx(shapes[0].bounds[1], abs=0.2)


@pytest.mark.parametrize("yaw", YAWS)
def test_shoes_have_soles_and_bare_feet_none(yaw: float) -> None:
    assert filled(drawn(view=View(yaw), person=Person(feet="shoe")), "sole")
    assert not filled(drawn(view=View(yaw)), "sole")


@pytest.mark.parametrize("yaw", [-90.0, 90.0])
def test_seen_squarely_both_halves_are_mirrored(yaw: float) -> None:
    """Both shoulders, arms and legs in one tone, and the same outline on both sides of the middle."""
    drawing = drawn(view=View(yaw))
    body_shape = shapely.union_all([mark.shape for mark in drawing.marks if mark.fill])
    left, _, right, _ = body_shape.bounds
    mirrored = shapely.affinity.affine_transform(body_shape, [-1, 0, 0, 1, left + right, 0])
    assert body_shape.symmetric_difference(mirrored).area < 0.02 * body_shape.area
    assert not any(filled(drawing, tone) for tone in ("skin_far", "shirt_far", "shorts_far"))


@pytest.mark.parametrize("yaw", [-90.0, 90.0])
def test_shorts_have_two_legs_and_an_even_hip(yaw: float) -> None:
    (shorts,) = filled(drawn(view=View(yaw)), "shorts")
    x0, _, x1, low = shorts.shape.bounds
    hem = shapely.LineString([(x0, low - 1.5), (x1, low - 1.5)]).intersection(shorts.shape)
    assert len(getattr(hem, "geoms", [hem])) == 2
    assert shorts.shape.buffer(8).buffer(-8).difference(shorts.shape).area < 0.03 * shorts.shape.area


def test_shoulders_slope_from_the_neck() -> None:
    (shirt, *_) = sorted(filled(drawn(view=View(-90)), "shirt"), key=lambda mark: -mark.shape.area)
    x0, y0, x1, _ = shirt.shape.bounds
    tops = []
    for part in (0.5, 0.2):
        x = (x0 + x1) / 2 + (x1 - x0) / 2 * (1 - part)
        column = shapely.LineString([(x, y0 - 1), (x, y0 + 60)]).intersection(shirt.shape)
        tops.append(column.bounds[1] - y0)
    assert 1.0 < tops[0] < tops[1]


def test_from_above_the_shirt_hides_the_waist_and_the_hair_the_brow() -> None:
    level, above = (drawn(view=View(90, pitch)) for pitch in (0.0, 55.0))
    for drawing, before in ((level, False), (above, True)):
        order = [mark.fill for mark in drawing.marks]
        assert (order.index(COLOUR.tones["shirt"]) > order.index(COLOUR.tones["shorts"])) == before
    eyes = [[m.shape.centroid.y for m in d.marks if m.fill == "#000000" and not m.stroke][:2] for d in (level, above)]
    tops = [shapely.union_all([m.shape for m in filled(d, "hair")]).bounds[1] for d in (level, above)]
    assert eyes[1][0] - tops[1] > eyes[0][0] - tops[0] + 2


HELD: list[tuple[ContactKind, str, int | None]] = [
    ("on_thigh", "active.thigh@0.6", None),
    ("on_shin", "active.shank@0.4", None),
    ("under_thigh", "active.thigh@0.6", None),
    ("hook_tendon", "active.thigh@0.85", None),
    ("thumb_behind_knee", "active.thigh@0.96", 0),
    ("on_foot", "active.ball", None),
    ("on_hips", "pelvis", None),
]


def touched(skeleton: Skeleton, kind: str) -> Array:
    """Points of the skin that a contact of this kind is on."""
    studio = Studio(skeleton, Camera(), COLOUR, size_class(50), Person(), 1.0)
    if kind == "on_hips":
        return body.trunk_tube(skeleton.spine_at, -0.1, 0.3, body.SHORTS_GROW).rings.reshape(-1, 3)
    tubes = leg_tubes(studio, "active")
    return np.vstack([tubes[name].rings.reshape(-1, 3) for name in ("thigh", "shank", "foot")])


@pytest.mark.parametrize(("kind", "at", "digit"), HELD)
def test_a_hand_touches_what_it_is_said_to(kind: ContactKind, at: str, digit: int | None) -> None:
    """Palm, or the tip of the digit that presses, lies on the skin itself: within 12 units of the body's surface."""
    arm = Arm(contact=Contact(kind, at), elbow_toward=None)
    pose = replace(
        STANDING,
        anchor=Anchor("seat"),
        trunk=Trunk() if kind == "on_hips" else Trunk(45, 45, 30),
        leg=Legs(Leg(hip=130, knee=142), Leg(hip=95)),
        arm=Arms(arm, arm),
    )
    skeleton = solve(pose)
    skin = touched(skeleton, kind)
    for side, sign in SIGN.items():
        assert skeleton.misses[f"{side}.wrist"] < 0.5, side
        wrist, turned = skeleton.joints[f"{side}.wrist"], skeleton.frames[f"{side}.hand"]
        place = hands.hand(wrist, turned, sign, skeleton.hands[side]).tips[0]
        if digit is None:
            palm = hands.palm_normal(turned, sign)
            place = wrist - turned[:, 1] * hands.PALM_CENTRE * hands.SCALE + palm * 11 * hands.SCALE
        assert float(np.linalg.norm(skin - place, axis=1).min()) < 12, side


def test_every_preset_is_tried() -> None:
    assert {kind for kind, _, _ in HELD} | {"on_wall", "on_top"} == set(contacts.PRESETS)


def test_hands_on_hips_have_their_elbows_out() -> None:
    arm = Arm(contact=Contact("on_hips", "pelvis"))
    joints = solve(replace(STANDING, arm=Arms(arm, arm))).joints
    for side, sign in SIGN.items():
        assert joints[f"{side}.elbow"][2] * sign > joints[f"{side}.wrist"][2] * sign + 30
