"""Bath, stairs, rail, cushion, cold pack, towel, cloth and pencil: where bodies meet them, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import Point as Dot

from handouts.figures import body, furniture, hands, heads, limbs
from handouts.figures.layers import Layer
from handouts.figures.lint import joint_angles, lint
from handouts.figures.pose import Pose, Thing
from handouts.figures.reading import read_source
from handouts.figures.skeleton import SIDES, Skeleton, lowest_of_foot, lowest_of_seat, solve
from handouts.figures.space import Camera
from handouts.figures.studio import Studio
from handouts.figures.theme import COLOUR, MONO, THEMES, size_class
from handouts.problems import Problems
from tests.figures.drawings import NAMES, drawn, pose_of

USED = [name for name in NAMES if pose_of(name).things]


def studio_of(name: str, theme: str = "colour") -> Studio:
    """What draws a pose, at about its printed scale."""
    pose = pose_of(name)
    camera = Camera(pose.view.yaw, pose.view.pitch)
    return Studio(solve(pose), camera, THEMES[theme], size_class(pose.width), pose.person, 1 / drawn(name).unit)


def thing_of(name: str, kind: str) -> Thing:
    (found,) = [thing for thing in pose_of(name).things if thing.kind == kind]
    return found


def layers_of(name: str, kind: str) -> list[Layer]:
    found = [layer for layer in furniture.things(studio_of(name), pose_of(name)) if layer.name == kind]
    assert found
    return found


def palm_of(skeleton: Skeleton, side: str) -> np.ndarray:
    """The middle of the palm's surface."""
    turned, sign = skeleton.frames[f"{side}.hand"], dict(SIDES)[side]
    wrist = skeleton.joints[f"{side}.wrist"]
    palm: np.ndarray = wrist - turned[:, 1] * hands.PALM_CENTRE * hands.SCALE
    return palm + hands.palm_normal(turned, sign) * 11 * hands.SCALE


def height_of_stairs(thing: Thing, x: float) -> float:
    """The tread's height at x, from the numbers of the pose alone."""
    count = round(thing.steps)
    passed = sum(x >= edge for edge in np.linspace(*thing.x, count))
    return float(thing.y[0] + (thing.y[1] - thing.y[0]) * passed / count)


def test_the_kept_poses_use_every_kind() -> None:
    kinds = {thing.kind for name in USED for thing in pose_of(name).things}
    assert kinds == {"bath", "stairs", "rail", "cushion", "cold_pack", "towel", "cloth", "pencil"}


@pytest.mark.parametrize("name", USED)
@pytest.mark.parametrize("theme", [COLOUR, MONO], ids=lambda theme: theme.name)
def test_every_thing_paints_something(name: str, theme: object) -> None:
    studio = studio_of(name, theme.name)  # type: ignore[attr-defined]  # a Theme
    for layer in furniture.things(studio, pose_of(name)):
        assert layer.marks, layer.name
        assert all(mark.shape.is_valid and not mark.shape.is_empty for mark in layer.marks), layer.name


# --- the cold pack


def test_the_cold_pack_lies_on_the_skin_behind_the_knee() -> None:
    studio = studio_of("cool-knee")
    (layer,) = layers_of("cool-knee", "cold_pack")
    leg = limbs.leg_flesh(studio, "active")
    assert layer.solid.intersection(leg).area < 60
    behind = studio.skeleton.surface("active.shank", 0.03, "back")
    before = studio.skeleton.surface("active.shank", 0.03, "front")
    assert layer.solid.distance(Dot(*studio.camera.flat(behind))) < 8
    assert layer.solid.distance(Dot(*studio.camera.flat(before))) > 50


def test_the_pack_is_wrapped_and_rests_on_the_cushion() -> None:
    (layer,) = layers_of("cool-knee", "cold_pack")
    towel, pack, sign = (mark.shape for mark in layer.marks)
    assert towel.buffer(-6).contains(pack)
    assert pack.contains(sign)
    assert shapely.get_num_geometries(sign) == 18
    low, high = thing_of("cool-knee", "cushion").y
    assert low == 0
    assert low < layer.solid.bounds[1] <= high + 2


def test_the_close_up_shows_the_pack_larger() -> None:
    inset = pose_of("cool-knee").inset
    assert inset is not None
    tone = COLOUR.tones["pack"]
    packs = sorted(mark.shape.area for mark in drawn("cool-knee").marks if mark.fill == tone)
    assert len(packs) == 2
    assert packs[1] > 1.8 * packs[0]


def test_the_cooled_knee_is_bent_a_little() -> None:
    skeleton = solve(pose_of("cool-knee"))
    assert 20 < joint_angles(skeleton, "active")["knee"] < 60
    assert skeleton.joints["active.knee"][1] > skeleton.joints["other.knee"][1] + 40


# --- the bath


def test_the_water_covers_the_legs_and_leaves_the_shoulders() -> None:
    studio, bath = studio_of("warm-bath"), thing_of("warm-bath", "bath")
    joints = studio.skeleton.joints
    low, rim = bath.y
    assert low <= lowest_of_seat(studio.skeleton) < low + 20
    for side, _ in SIDES:
        assert joints[f"{side}.hip"][1] < bath.level
        assert joints[f"{side}.knee"][1] < bath.level
        assert lowest_of_foot(studio.skeleton, side) >= low
        assert joints[f"{side}.shoulder"][1] > rim
    waist, _ = studio.skeleton.spine_at(0.28)
    chest, _ = studio.skeleton.spine_at(0.84)
    assert waist[1] < bath.level < chest[1]


def test_the_bather_is_inside_the_tub_and_seen_through_the_water() -> None:
    studio, bath = studio_of("warm-bath"), thing_of("warm-bath", "bath")
    (water,) = layers_of("warm-bath", "water")
    seen = [mark.shape for mark in water.marks if mark.fill == COLOUR.tones["wet"]]
    legs = shapely.union_all([limbs.leg_flesh(studio, side) for side, _ in SIDES])
    below = legs.intersection(shapely.box(-2000, -2000, 2000, bath.level - 4))
    assert below.difference(shapely.union_all(seen)).area < 0.03 * below.area
    assert water.solid.contains(shapely.union_all(seen).buffer(-0.1))


def test_nothing_dressed_shows_in_the_bath() -> None:
    dressed = {COLOUR.tones[name] for name in ("shirt", "shirt_far", "shorts", "shorts_far")}
    assert pose_of("warm-bath").person.top == "bare"
    shown = sum(mark.shape.area for mark in drawn("warm-bath").marks if mark.fill in dressed)
    assert shown < 1.0


def test_steam_and_cloth_are_above() -> None:
    (steam,), (cloth,) = layers_of("warm-bath", "steam"), layers_of("warm-bath", "cloth")
    assert len(steam.marks) == 3
    assert min(mark.shape.bounds[1] for mark in steam.marks) > thing_of("warm-bath", "bath").y[1]
    head = heads.head(studio_of("warm-bath"), 0.0).solid
    assert cloth.solid.bounds[3] > head.bounds[3]
    assert cloth.solid.distance(head) == 0


# --- the towel round the foot


def test_the_towel_goes_from_both_hands_to_the_sole() -> None:
    studio = studio_of("calf-cramp")
    sling, *bands = layers_of("calf-cramp", "towel")
    assert len(bands) == 2
    assert all(sling.solid.intersects(band.solid) for band in bands)
    sole = Dot(*studio.seen("active.ball"))
    for side, _ in SIDES:
        palm = Dot(*studio.camera.flat(palm_of(studio.skeleton, side)))
        assert min(band.solid.distance(palm) for band in bands) < 12
    assert all(band.solid.distance(sole) < 22 for band in bands)


def test_the_cramped_calf_is_stretched_and_shown() -> None:
    pose = pose_of("calf-cramp")
    angles = joint_angles(solve(pose), "active")
    assert angles["knee"] < 3
    assert angles["ankle"] > 10
    assert [(mark.leg, mark.muscle) for mark in pose.highlight] == [("active", "calf")]


# --- stairs and the rail


@pytest.mark.parametrize("name", ["stairs-up", "stairs-down"])
def test_each_foot_is_on_its_own_tread(name: str) -> None:
    skeleton, stairs = solve(pose_of(name)), thing_of(name, "stairs")
    for side, _ in SIDES:
        ankle = float(skeleton.joints[f"{side}.ankle"][0])
        tread = height_of_stairs(stairs, ankle)
        assert -1 <= lowest_of_foot(skeleton, side) - tread < 6
        back = ankle + body.SOLE_POINTS["heel"]
        assert height_of_stairs(stairs, back) == tread


def test_the_other_leg_goes_up_first_and_the_painful_one_down_first() -> None:
    for name, leading, trailing in (("stairs-up", "other", "active"), ("stairs-down", "active", "other")):
        skeleton = solve(pose_of(name))
        step = lowest_of_foot(skeleton, leading) - lowest_of_foot(skeleton, trailing)
        assert (step > 50) == (name == "stairs-up")
        assert abs(step) > 50
        assert skeleton.joints[f"{leading}.ankle"][0] > skeleton.joints[f"{trailing}.ankle"][0] + 100
        assert {mark.leg for mark in pose_of(name).highlight} == {"active"}


@pytest.mark.parametrize("name", ["stairs-up", "stairs-down"])
def test_a_hand_is_on_the_rail(name: str) -> None:
    skeleton, rail = solve(pose_of(name)), thing_of(name, "rail")
    palm = palm_of(skeleton, "other")
    middle = np.interp(palm[0], rail.x, rail.y)
    assert abs(palm[1] - middle) < 16
    stairs = thing_of(name, "stairs")
    assert np.sign(rail.y[1] - rail.y[0]) == np.sign(stairs.y[1] - stairs.y[0])


def test_the_stairs_line_is_not_broken_under_the_shoes() -> None:
    lines = [mark for mark in drawn("stairs-up").marks if mark.stroke == COLOUR.tones["floor"] and mark.fill is None]
    stairs = max(lines, key=lambda mark: mark.shape.length)
    assert stairs.shape.length > 0.97 * sum(mark.shape.length for mark in lines)
    parts = shapely.get_parts(shapely.line_merge(stairs.shape))
    assert len(parts) <= 1


# --- the pencil beside the legs that are marked


def test_pencil_and_sample_are_off_the_legs() -> None:
    """Whoever reads the form must not take the sample for the patient's own mark."""
    (layer,) = layers_of("back-blank", "pencil")
    studio = studio_of("back-blank")
    legs = [limbs.leg(studio, side, 0.0).solid for side, _ in SIDES] + [
        limbs.leg_flesh(studio, side) for side, _ in SIDES
    ]
    assert layer.solid.distance(shapely.union_all(legs)) > 25


# --- the walking pair, which has nothing but a floor


def test_the_walking_pair_differs_at_the_knee_and_where_the_foot_lands() -> None:
    stiff, soft = pose_of("walk-stiff-knee"), pose_of("walk-soft-knee")
    assert stiff.frame == soft.frame
    assert stiff.width == soft.width
    assert joint_angles(solve(stiff), "active")["knee"] < 2
    assert 30 <= joint_angles(solve(soft), "active")["knee"] <= 42  # bent enough to be seen at 27 mm, not a crouch
    ahead = [
        float(skeleton.place("active.heel")[0] - skeleton.joints["pelvis"][0]) for skeleton in map(solve, (stiff, soft))
    ]
    assert ahead[0] > 180
    assert 0 < ahead[1] < 90
    for pose in (stiff, soft):
        assert all(abs(lowest_of_foot(solve(pose), side)) < 5 for side, _ in SIDES)


# --- what the lint refuses

HEAD = "alt: 立っている人の図\ncaption: 立つ\nwidth: 45\n"


def faults(tmp_path: Path, thing: str) -> list[tuple[int, str]]:
    file = tmp_path / "pose.yaml"
    file.write_text(f"{HEAD}things:\n  - {thing}\n", encoding="utf-8")
    return [(problem.place.line, problem.message) for problem in lint(read_source(file))]


BATH = "{kind: bath, x: [-100, 500], y: [0, 300], level: 200, at: [0, 400]}"
STAIRS = "{kind: stairs, x: [100, 300], y: [0, 160], steps: 2, at: [-200, 500]}"
GOOD = [
    BATH,
    STAIRS,
    "{kind: stairs, x: [100, 100], y: [80, 0], steps: 1, at: [-200, 500]}",
    "{kind: rail, x: [-200, 400], y: [700, 400]}",
    "{kind: cushion, x: [0, 100], y: [0, 50]}",
    "{kind: cold_pack, at: active.knee}",
    "{kind: cloth}",
    "{kind: pencil, at: [200, 80]}",
]


@pytest.mark.parametrize("thing", GOOD)
def test_a_thing_that_can_be_drawn(tmp_path: Path, thing: str) -> None:
    assert faults(tmp_path, thing) == []


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (BATH.replace("level: 200", "level: 300"), "「bath」の level は底 0 とふち 300 の間です（いまは 300）。"),
        (BATH.replace(", at: [0, 400]", ""), "「bath」には at が必要です。"),
        (BATH.replace("[0, 400]", "active.knee"), "「bath」の at には数を2個書きます。"),
        (BATH.replace("[-100, 500]", "[500, -100]"), "「bath」の x は小さい数から書きます。"),
        (BATH.replace("[0, 300]", "[300, 0]").replace("200", "100"), "「bath」の y は小さい数から書きます。"),
        (BATH.replace("level", "steps: 2, level"), "「bath」は steps を使いません。"),
        (STAIRS.replace("steps: 2", "steps: 2.5"), "「stairs」の steps は 1〜12 の整数です（いまは 2.5）。"),
        (STAIRS.replace("steps: 2", "steps: 0"), "「stairs」の steps は 1〜12 の整数です（いまは 0）。"),
        (STAIRS.replace("[-200, 500]", "[150, 500]"), "「stairs」の at は階段の前と後の床の端です。"),
        (STAIRS.replace("[0, 160]", "[80, 80]"), "「stairs」の y は前と後で高さが違います。"),
        ("{kind: rail, x: [400, 400], y: [0, 1]}", "「rail」の x は小さい数から書きます。"),
        ("{kind: cushion, x: [0, 100]}", "「cushion」には y が必要です。"),
        ("{kind: cold_pack, at: active.ball}", "「cold_pack」の at が違います。"),
        ("{kind: cold_pack, at: active.knee, thick: 5}", "「cold_pack」の thick は 20〜120 です（いまは 5）。"),
        ("{kind: towel, at: active.knee}", "「towel」の at が違います。"),
        ("{kind: cloth, x: [0, 1]}", "「cloth」は x を使いません。"),
        ("{kind: pencil, at: active.knee}", "「pencil」の at には数を2個書きます。"),
    ],
)  # fmt: skip
def test_a_thing_that_is_written_wrong(tmp_path: Path, thing: str, message: str) -> None:
    found = faults(tmp_path, thing)
    assert found
    assert all(line == 5 for line, _ in found)
    assert message in [said for _, said in found]


def test_an_unknown_thing_is_refused_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "pose.yaml"
    file.write_text(f"{HEAD}things:\n  - {{kind: sofa}}\n  - {{kind: bath, colour: 3}}\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        read_source(file)
    assert [(problem.place.line, problem.message) for problem in caught.value.problems] == [
        (5, "「kind」の値が違います。"),
        (6, "「colour」というキーはありません。"),
    ]


def test_a_pose_without_things_draws_none() -> None:
    pose = Pose(alt="図の説明", caption="見出し", width=40)
    assert furniture.things(studio_of("sit-chair"), pose) == []


# --- the floor that is knelt on


def test_who_sits_on_the_heels_has_the_knees_on_the_floor_and_no_air_under_the_seat() -> None:
    skeleton = solve(pose_of("sit-seiza"))
    knee = body.ball(skeleton.joints["active.knee"], 31).rings
    assert -3 < float(knee[..., 1].min()) < 6
    assert lowest_of_seat(skeleton) < float(skeleton.place("active.heel")[1])


def test_a_bent_hip_shows_the_round_of_the_seat_and_a_straight_one_does_not() -> None:
    assert limbs.buttock(studio_of("warm-bath"), "active", 0.0)
    assert not limbs.buttock(studio_of("back-knee"), "active", 0.0)
