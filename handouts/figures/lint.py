"""What a well-formed pose may still get wrong about a body: each fault a Problem, in plain Japanese, with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from handouts.figures import annotate, body, hands, lint_things
from handouts.figures.compose import POINTS_PER_MM, compose
from handouts.figures.outline import Geometry, silhouette
from handouts.figures.pose import Arm, Arrow, Leg, Pose
from handouts.figures.reading import LANDMARK, LAYER, Source, read_source
from handouts.figures.skeleton import SIDES, Skeleton, lowest_of_foot, solve
from handouts.figures.space import Camera
from handouts.figures.studio import Studio
from handouts.figures.theme import CLASSES, COLOUR, size_class
from handouts.problems import Problem, Problems

# degrees, and parts: what a person can do; kneeling on the heels takes the knee and the ankle to their ends
LEG_RANGES = {"hip": (-20, 130), "knee": (0, 155), "ankle": (-55, 30), "abduction": (-30, 60), "rotation": (-60, 60),
              "toe_out": (-30, 50), "toes": (-40, 70)}  # fmt: skip
ARM_RANGES = {"shoulder": (-60, 180), "elbow": (0, 150), "abduction": (-30, 180), "rotation": (-95, 95),
              "forearm": (-95, 95), "wrist": (-80, 80)}  # fmt: skip
TRUNK_RANGES = {"pelvis": (-95, 110), "lumbar": (-30, 60), "thoracic": (-30, 50), "side": (-35, 35),
                "twist": (-50, 50)}  # fmt: skip
HEAD_RANGES = {"neck": (-60, 50), "head": (-40, 40), "head_turn": (-80, 80)}
PERSON_RANGES = {"build": (0.9, 1.15), "hem": (0.0, 0.9)}
NARROWEST = 10.0
"""mm: no picture is narrower."""

SOLVED_RANGES = {"hip": (-25, 140), "knee": (0, 155), "ankle": (-55, 40)}
"""The same for what a target makes of a leg: the pelvis rolls along, and weight bends an ankle further."""
ANGLE_SLACK = 3.0
"""Degrees by which a knee that reaches for a target may differ from what is written, or a joint leave its range."""
REACH_SLACK, FLOOR_SLACK = 0.5, 5.0
"""Body units: a target that far away is missed; a foot that far off the floor is in it or over it."""
ARROWS = 2
OVERLAP = 30.0
"""Body units²: an arrow may touch the casing of a hand or foot by so much."""
FINEST = 0.8
"""mm: the smallest thing that prints, and the smallest that a reader of 70 sees."""
SIDED = re.compile("[右左][の]?(脚|足|膝|腕|手|もも|太もも)")
LABEL = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
SCENE_CONTACTS = ("on_wall", "on_top")
_SIDES_JA = {"active": "痛む側", "other": "反対側"}


def read_checked(path: Path, name: str | None = None) -> Pose:
    """The pose of a file that reads well and can be drawn and understood. Raises Problems with all that is wrong."""
    source = read_source(path, name)
    problems = lint(source)
    if problems:
        raise Problems(problems)
    return source.pose


def lint(source: Source) -> list[Problem]:
    """Everything wrong with a pose that was read; the body is looked at only if words and numbers are right."""
    written = (_texts, _ranges, _names, _walls, _arrow_count, lint_things.faults)
    problems = [problem for look in written for problem in look(source)]
    if problems:
        return problems
    skeleton = solve(source.pose)
    problems = [*_solved_joints(source, skeleton), *_targets(source, skeleton), *_feet(source, skeleton)]
    return problems or [*_drawn(source, skeleton)]


def _texts(source: Source) -> Iterator[Problem]:
    for key in ("alt", "caption"):
        if found := SIDED.search(getattr(source.pose, key)):
            hint = "「片脚」「反対の脚」のように書きます。図は左右どちらにもなります。"
            yield source.problem(key, f"図の説明に「{found[0]}」と書かれています。", hint)


def _ranges(source: Source) -> Iterator[Problem]:
    pose = source.pose
    for side, _ in SIDES:
        yield from _in_range(source, f"leg.{side}", getattr(pose.leg, side), LEG_RANGES, "度")
        if pose.inset and pose.inset.leg:
            yield from _in_range(source, f"inset.leg.{side}", getattr(pose.inset.leg, side), LEG_RANGES, "度")
        yield from _in_range(source, f"arm.{side}", getattr(pose.arm, side), ARM_RANGES, "度")
    yield from _in_range(source, "trunk", pose.trunk, TRUNK_RANGES, "度")
    yield from _in_range(source, "", pose, HEAD_RANGES, "度")
    yield from _in_range(source, "person", pose.person, PERSON_RANGES, "")
    yield from _in_range(source, "", pose, {"width": (NARROWEST, CLASSES[-1].upto)}, " mm")
    if pose.narrowed is not None:
        yield from _in_range(source, "", pose, {"narrowed": (NARROWEST, pose.width)}, " mm")


def _in_range(
    source: Source, key: str, record: object, ranges: Mapping[str, tuple[float, float]], unit: str
) -> Iterator[Problem]:
    for name, (low, high) in ranges.items():
        value = getattr(record, name)
        if not low <= value <= high:
            at = f"{key}.{name}".lstrip(".")
            yield source.problem(at, f"「{at}」は {low:g}〜{high:g}{unit} です（いまは {value:g}）。")


def _names(source: Source) -> Iterator[Problem]:
    pose = source.pose
    if pose.anchor.point not in ("floor", "seat") and not LANDMARK.fullmatch(pose.anchor.point):
        hint = "例: floor、seat、active.heel"
        yield source.problem("anchor.point", f"「{pose.anchor.point}」という体の目印はありません。", hint)
    parts = [("only", pose.only), ("inset.only", pose.inset.only if pose.inset else ())]
    for key, layer in ((f"{key}.{index}", name) for key, names in parts for index, name in enumerate(names)):
        if not LAYER.fullmatch(layer):
            yield source.problem(key, f"「{layer}」という層はありません。", "例: active.leg、shorts")
    labels = [("labels", pose.labels), ("inset.labels", pose.inset.labels if pose.inset else ())]
    for key, label in ((f"{key}.{index}", label) for key, found in labels for index, label in enumerate(found)):
        if not LABEL.fullmatch(label.name):
            message = f"「{label.name}」は目印の名前になりません。"
            yield source.problem(key, message, "小文字の英数字とハイフンで書きます。")
        if label.text.count("\n") > 1:
            yield source.problem(key, "図の中の語は 2 行までです。")
    for key, arm in _arms(pose):
        yield from _contact_place(source, f"{key}.contact", arm)


def _walls(source: Source) -> Iterator[Problem]:
    """A wall without a height is not drawn, and a hand on it presses on air."""
    for index, prop in enumerate(source.pose.props):
        if prop.kind == "wall" and prop.height <= 0:
            yield source.problem(f"props.{index}", "壁(wall)には height が必要です。", "例: height: 1000")


def _arms(pose: Pose) -> Iterator[tuple[str, Arm]]:
    for side, _ in SIDES:
        yield f"arm.{side}", getattr(pose.arm, side)
        if pose.inset and pose.inset.arms:
            yield f"inset.arms.{side}", getattr(pose.inset.arms, side)


def _contact_place(source: Source, key: str, arm: Arm) -> Iterator[Problem]:
    """Each kind of contact needs its own kind of place."""
    if arm.contact is None:
        return
    kind, at = arm.contact.kind, arm.contact.at
    if kind in SCENE_CONTACTS:
        if isinstance(at, str) or len(at) != 3:
            yield source.problem(f"{key}.at", f"「{kind}」の at には場面の [x, y, z] を書きます。")
        return
    limb = r"(active|other)\.(thigh|shank)(@\d(\.\d+)?)?"
    wanted = {"on_hips": r"pelvis", "on_foot": r"(active|other)\.ball"}.get(kind, limb)
    if not isinstance(at, str) or not re.fullmatch(wanted, at):
        example = {"on_hips": "pelvis", "on_foot": "active.ball"}.get(kind, "active.thigh@0.6")
        yield source.problem(f"{key}.at", f"「{kind}」の at が違います（{at}）。", f"例: {example}")


def _arrow_count(source: Source) -> Iterator[Problem]:
    pose = source.pose
    count = len(pose.arrows) + (len(pose.inset.arrows) if pose.inset else 0)
    if count > ARROWS:
        yield source.problem("arrows", f"矢印が {count} 本あります。1つの図に {ARROWS} 本までです。")
    arrows = [("arrows", pose.arrows), ("inset.arrows", pose.inset.arrows if pose.inset else ())]
    for key, arrow in ((f"{key}.{index}", one) for key, found in arrows for index, one in enumerate(found)):
        if arrow.arc is None and (arrow.start is None or (arrow.by is None and arrow.end is None)):
            hint = "start と、end か by を書きます。または arc。"
            yield source.problem(key, "矢印の始まりと終わりがありません。", hint)


def _solved_joints(source: Source, skeleton: Skeleton) -> Iterator[Problem]:
    for side, _ in SIDES:
        leg: Leg = getattr(source.pose.leg, side)
        angles = joint_angles(skeleton, side)
        for name, value in angles.items():
            low, high = SOLVED_RANGES[name]
            if not low - ANGLE_SLACK <= value <= high + ANGLE_SLACK:
                message = f"{_SIDES_JA[side]}の {name} が {value:.0f} 度になり、{low}〜{high} 度を超えます。"
                yield source.problem(f"leg.{side}", message, "目標の位置か、膝の向きを変えてください。")
        written = f"leg.{side}.knee" in source.places
        if written and abs(angles["knee"] - leg.knee) > ANGLE_SLACK:
            said = "伸ばした膝（0 度）" if leg.knee == 0 else f"{leg.knee:g} 度の膝"
            message = f"{said}と書かれていますが、足が目標に着くと {angles['knee']:.0f} 度に曲がります。"
            yield source.problem(f"leg.{side}.knee", message, "knee を消すか、目標の位置を変えてください。")


def joint_angles(skeleton: Skeleton, side: str) -> dict[str, float]:
    """Degrees of a leg as solved: `hip` and `ankle` where they can be told, and `knee`."""
    pelvis, thigh, shank, foot = (skeleton.frames[name] for name in ("pelvis", *(f"{side}.{x}" for x in _LEG)))
    knee = math.degrees(math.acos(float(np.clip(np.dot(thigh[:, 1], shank[:, 1]), -1, 1))))
    angles = {"knee": knee}
    down = pelvis.T @ -thigh[:, 1]
    if abs(float(down[2])) < 0.7:
        angles["hip"] = math.degrees(math.atan2(float(down[0]), -float(down[1])))
    toes = shank.T @ foot[:, 0]
    if abs(float(toes[2])) < 0.7:
        angles["ankle"] = math.degrees(math.atan2(float(toes[1]), float(toes[0])))
    return angles


_LEG = ("thigh", "shank", "foot")


def _targets(source: Source, skeleton: Skeleton) -> Iterator[Problem]:
    for name, miss in skeleton.misses.items():
        if miss > REACH_SLACK:
            side, _, joint = name.partition(".")
            what, key = ("足", f"leg.{side}") if joint == "ankle" else ("手", f"arm.{side}.contact")
            message = f"{_SIDES_JA[side]}の{what}が目標に {miss:.0f} 届きません（身長を 1000 として）。"
            hint = "目標を近づけるか、つかむ脚をもっと曲げるか、体の傾きを変えてください。"
            yield source.problem(key, message, hint)


def _feet(source: Source, skeleton: Skeleton) -> Iterator[Problem]:
    """No foot in the floor; one that is said to stand there does."""
    pose = source.pose
    if not (pose.anchor.point in ("floor", "seat") or any(prop.kind in _GROUND for prop in pose.props)):
        return
    for side, _ in SIDES:
        leg: Leg = getattr(pose.leg, side)
        height = lowest_of_foot(skeleton, side)
        flat = leg.sole == 0 and leg.ankle_at is None
        stands = leg.on_floor or flat or (leg.foot_at is not None and leg.sole is None)
        key = f"leg.{side}.foot_at" if leg.foot_at else f"leg.{side}"
        if height < -FLOOR_SLACK:
            yield source.problem(key, f"{_SIDES_JA[side]}の足が床に {-height:.0f} めりこんでいます。", _FLOOR_HINT)
        elif stands and height > FLOOR_SLACK:
            yield source.problem(key, f"{_SIDES_JA[side]}の足が床から {height:.0f} 浮いています。", _FLOOR_HINT)


_GROUND = ("floor", "mat", "rug")
_FLOOR_HINT = "on_floor: true で、足が床に着くまで動きます。"


def _drawn(source: Source, skeleton: Skeleton) -> Iterator[Problem]:
    pose = source.pose
    size = size_class(pose.width)
    drawing = compose(pose, COLOUR, size)
    finger = min(radius for *_, radius in hands.FINGERS) * 2 * hands.SCALE * drawing.unit / POINTS_PER_MM
    if finger < FINEST and not (pose.only and not any("arm" in name for name in pose.only)):
        message = f"指の太さが {finger:.2f} mm になり、{FINEST} mm より細くなります。"
        yield source.problem("width", message, "width を広げるか、frame を狭めてください。")
    camera = Camera(pose.view.yaw, pose.view.pitch)
    studio = Studio(skeleton, camera, COLOUR, size, pose.person, 1 / drawing.unit)
    limbs = dict(_ends(studio, pose))
    for index, arrow in enumerate(pose.arrows):
        yield from _arrow_over(source, studio, limbs, f"arrows.{index}", arrow)


def _ends(studio: Studio, pose: Pose) -> Iterator[tuple[str, Geometry]]:
    """Outlines of the hands and feet that are drawn."""
    s = studio.skeleton
    for side, sign in SIDES:
        ankle, turned = s.joints[f"{side}.ankle"], s.frames[f"{side}.foot"]
        yield f"{_SIDES_JA[side]}の足", silhouette([body.foot_tube(ankle, turned, s.toes[side], s.shoe)], studio.camera)
        if not getattr(pose.arm, side).hide:
            made = hands.hand(s.joints[f"{side}.wrist"], s.frames[f"{side}.hand"], sign, s.hands[side])
            tubes = [made.palm, *(tube for digit in made.digits for tube in digit)]
            yield f"{_SIDES_JA[side]}の手", silhouette(tubes, studio.camera)


def _arrow_over(source: Source, studio: Studio, ends: dict[str, Geometry], key: str, arrow: Arrow) -> Iterator[Problem]:
    shape = annotate.arrow(studio, arrow, 0.0).solid
    for name, outline in ends.items():
        if shape.intersection(outline).area > OVERLAP:
            yield source.problem(key, f"矢印が{name}に重なっています。", "shift でずらしてください。")
