"""Pose angles → where every joint is and how every segment is turned, in the scene's space."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from handouts.figures import body, contacts
from handouts.figures.pose import Anchor, Arm, Inset, Leg, Point, Pose
from handouts.figures.space import RIGHT, UP, Array, frame, reach, turn_x, turn_y, turn_z, unit, vec

SIDES: tuple[tuple[str, float], ...] = (("active", 1.0), ("other", -1.0))
SPINE_STEPS = 25


@dataclass(slots=True)
class Skeleton:
    """Joints (`active.knee`, `pelvis`, …) and frames by name; `misses` says how far targets were out of reach."""

    joints: dict[str, Array] = field(default_factory=dict)
    frames: dict[str, Array] = field(default_factory=dict)
    spine: list[tuple[Array, Array]] = field(default_factory=list)
    misses: dict[str, float] = field(default_factory=dict)
    hands: dict[str, str] = field(default_factory=dict)
    toes: dict[str, float] = field(default_factory=dict)
    swelling: dict[str, float] = field(default_factory=dict)
    shoe: bool = False
    build: float = 1.0

    def spine_at(self, t: float) -> tuple[Array, Array]:
        """Point and frame at a part of the spine (0 pelvis, 1 neck); below 0 the pelvis goes straight on."""
        if t <= 0:
            point, turned = self.spine[0]
            return point + turned[:, UP] * body.LENGTH["spine"] * t, turned
        place = t * (SPINE_STEPS - 1)
        index = min(int(place), SPINE_STEPS - 2)
        (low, turned), (high, _) = self.spine[index], self.spine[index + 1]
        return low + (high - low) * (place - index), turned

    def move(self, by: Array) -> None:
        """Shifts the whole body."""
        self.joints = {name: point + by for name, point in self.joints.items()}
        self.spine = [(point + by, turned) for point, turned in self.spine]

    def place(self, point: Point) -> Array:
        """The scene's coordinates of a landmark or a written point. Raises KeyError for an unknown name."""
        if not isinstance(point, str):
            return vec(*point, *([0.0] * (3 - len(point))))
        name, _, where = point.partition("@")
        if where:
            part, _, face = where.partition(":")
            return self.surface(name, float(part), face)
        owner, _, landmark = name.rpartition(".")
        if landmark in body.SOLE_POINTS:
            turned = self.frames[f"{owner}.foot"]
            sole = body.SOLE["shoe" if self.shoe else "bare"]
            return self.joints[f"{owner}.ankle"] + turned @ vec(body.SOLE_POINTS[landmark], -sole, 0.0)
        return self.joints[name].copy()

    def surface(self, segment: str, part: float, face: str) -> Array:
        """A point on the axis of a segment, or on its front, back, in or out face, or at an angle round it."""
        around = float(face) if face.isdigit() else contacts.FACES.get(face, 0.0)
        spot = contacts.spot(self.joints, self.frames, segment, part, around, self.build)
        return spot.point if face else spot.axis


def solve(pose: Pose) -> Skeleton:
    """The whole body for a pose: trunk, legs, anchor, then everything that reaches for a target."""
    skeleton = Skeleton(shoe=pose.person.feet == "shoe", build=pose.person.build)
    _trunk(skeleton, pose)
    for side, sign in SIDES:
        _hang_leg(skeleton, side, sign, getattr(pose.leg, side))
    _pin(skeleton, pose.anchor)
    for side, sign in SIDES:
        _place_leg(skeleton, side, sign, getattr(pose.leg, side))
    for side, sign in SIDES:
        _arm(skeleton, side, sign, getattr(pose.arm, side))
    return skeleton


def close_up(pose: Pose, inset: Inset) -> Pose:
    """The pose as its close-up shows it."""
    return replace(
        pose,
        view=inset.view,
        leg=inset.leg or pose.leg,
        arm=inset.arms or pose.arm,
        highlight=inset.highlight,
        arrows=inset.arrows,
        order=inset.order,
    )


def _pin(skeleton: Skeleton, anchor: Anchor) -> None:
    """Moves the landmark to where the pose says; `floor` and `seat`: the lowest points of feet and seat."""
    at = vec(*anchor.at, *([0.0] * (3 - len(anchor.at))))
    if anchor.point == "floor":
        lowest = min(lowest_of_foot(skeleton, side) for side, _ in SIDES)
        skeleton.move(at - vec(float(skeleton.joints["pelvis"][0]), lowest, 0.0))
    elif anchor.point == "seat":
        skeleton.move(at - vec(float(skeleton.joints["pelvis"][0]), lowest_of_seat(skeleton), 0.0))
    else:
        skeleton.move(at - skeleton.place(anchor.point))


def _trunk(skeleton: Skeleton, pose: Pose) -> None:
    bend = pose.trunk
    pelvis = turn_z(-bend.pelvis)
    skeleton.joints["pelvis"], skeleton.frames["pelvis"] = vec(0, 0, 0), pelvis
    point = vec(0, 0, 0)
    for index in range(SPINE_STEPS):
        t = index / (SPINE_STEPS - 1)
        flexed = bend.lumbar * _ramp(t, 0.08, 0.48) + bend.thoracic * _ramp(t, 0.48, 0.93)
        turned = (
            pelvis @ turn_z(-flexed) @ turn_x(bend.side * _ramp(t, 0.0, 0.6)) @ turn_y(-bend.twist * _ramp(t, 0.1, 0.8))
        )
        skeleton.spine.append((point, turned))
        point = point + turned[:, UP] * body.LENGTH["spine"] / (SPINE_STEPS - 1)
    top, turned = skeleton.spine_at(1.0)
    neck = turned @ turn_z(-pose.neck - body.NECK_LEAN)
    skeleton.joints["neck"] = top
    skeleton.joints["head"] = top + neck[:, UP] * body.LENGTH["neck"]
    skeleton.frames |= {"thorax": skeleton.spine_at(0.85)[1], "neck": neck}
    skeleton.frames["head"] = turned @ turn_z(-pose.neck - pose.head) @ turn_y(pose.head_turn)
    chest, ribs = skeleton.spine_at(0.86)
    for side, sign in SIDES:
        forward = getattr(pose.arm, side).forward
        skeleton.joints[f"{side}.shoulder"] = chest + ribs[:, RIGHT] * body.SHOULDER_HALF * sign + ribs[:, 0] * forward


def _ramp(t: float, start: float, end: float) -> float:
    return min(max((t - start) / (end - start), 0.0), 1.0)


def _hang_leg(skeleton: Skeleton, side: str, sign: float, leg: Leg) -> None:
    pelvis = skeleton.frames["pelvis"]
    hip = skeleton.joints["pelvis"] + pelvis[:, RIGHT] * body.HIP_HALF * sign
    thigh = pelvis @ turn_z(leg.hip) @ turn_x(-sign * leg.abduction) @ turn_y(-sign * leg.rotation)
    shank = thigh @ turn_z(-leg.knee)
    knee = hip - thigh[:, UP] * body.LENGTH["thigh"]
    skeleton.joints |= {f"{side}.hip": hip, f"{side}.knee": knee}
    skeleton.joints[f"{side}.ankle"] = knee - shank[:, UP] * body.LENGTH["shank"]
    skeleton.frames |= {f"{side}.thigh": thigh, f"{side}.shank": shank}
    skeleton.toes[side] = leg.toes
    skeleton.swelling[side] = leg.swelling
    _turn_foot(skeleton, side, sign, leg)


def _turn_foot(skeleton: Skeleton, side: str, sign: float, leg: Leg) -> None:
    outward = turn_y(-sign * leg.toe_out)
    if leg.sole is not None:
        skeleton.frames[f"{side}.foot"] = turn_z(leg.sole) @ outward
    else:
        skeleton.frames[f"{side}.foot"] = skeleton.frames[f"{side}.shank"] @ turn_z(leg.ankle) @ outward


def _place_leg(skeleton: Skeleton, side: str, sign: float, leg: Leg) -> None:
    target = _ankle_target(skeleton, side, leg)
    if target is None:
        if leg.on_floor:
            _lower_to_floor(skeleton, side, sign, leg)
        return
    for _ in range(25 if leg.on_floor else 1):
        _reach_ankle(skeleton, side, sign, leg, target)
        if leg.on_floor:
            target = target - vec(0.0, lowest_of_foot(skeleton, side), 0.0)


def _reach_ankle(skeleton: Skeleton, side: str, sign: float, leg: Leg, target: Array) -> None:
    hip = skeleton.joints[f"{side}.hip"]
    toward = vec(*(leg.knee_toward or (1.0, 0.2, 0.0)))
    solved = reach(hip, target, body.LENGTH["thigh"], body.LENGTH["shank"], toward)
    skeleton.misses[f"{side}.ankle"] = solved.miss
    thigh_up, shank_up = unit(hip - solved.middle), unit(solved.middle - solved.end)
    across = np.cross(shank_up, thigh_up)
    right = across if float(np.linalg.norm(across)) > 1e-2 else skeleton.frames["pelvis"][:, RIGHT]
    skeleton.joints |= {f"{side}.knee": solved.middle, f"{side}.ankle": solved.end}
    skeleton.frames |= {f"{side}.thigh": frame(thigh_up, right), f"{side}.shank": frame(shank_up, right)}
    _turn_foot(skeleton, side, sign, leg if leg.foot_at is None or leg.sole is not None else _flat(leg))


def _flat(leg: Leg) -> Leg:
    return Leg(sole=0.0, toe_out=leg.toe_out, toes=leg.toes)


def _ankle_target(skeleton: Skeleton, side: str, leg: Leg) -> Array | None:
    beside = float(skeleton.joints[f"{side}.hip"][2])
    if leg.foot_at is not None:
        sole = body.SOLE["shoe" if skeleton.shoe else "bare"]
        return vec(leg.foot_at[0], sole, leg.foot_at[1])
    if leg.ankle_at is None:
        return None
    return vec(*leg.ankle_at[:2], leg.ankle_at[2] if len(leg.ankle_at) > 2 else beside)


def _lower_to_floor(skeleton: Skeleton, side: str, sign: float, leg: Leg) -> None:
    """Finds the hip angle at which the lowest point of the foot is on the floor (y = 0), the knee kept as written."""

    def height(hip: float) -> float:
        turned = Leg(hip, leg.knee, leg.ankle, leg.abduction, leg.rotation, leg.toe_out, leg.toes)
        _hang_leg(skeleton, side, sign, turned)
        return lowest_of_foot(skeleton, side)

    _bisect(height, leg.hip - 40.0, leg.hip + 40.0)


def _bisect(height: Callable[[float], float], low: float, high: float) -> None:
    for _ in range(40):
        middle = (low + high) / 2
        if height(middle) > 0:
            high = middle
        else:
            low = middle


def lowest_of_seat(skeleton: Skeleton) -> float:
    """Height of the lowest point of the seat, shorts included."""
    rings = body.trunk_tube(skeleton.spine_at, -0.2, 0.2, body.SHORTS_GROW, skeleton.build).rings
    return float(rings[..., 1].min())


def lowest_of_foot(skeleton: Skeleton, side: str) -> float:
    """Height of the lowest point of a foot above the floor."""
    ankle, turned = skeleton.joints[f"{side}.ankle"], skeleton.frames[f"{side}.foot"]
    tubes = [body.foot_tube(ankle, turned, skeleton.toes[side], skeleton.shoe)]
    if not skeleton.shoe:
        tubes += body.toe_tubes(ankle, turned, skeleton.toes[side], 1.0 if side == "active" else -1.0)
    return float(min(tube.rings[..., 1].min() for tube in tubes))


def _arm(skeleton: Skeleton, side: str, sign: float, arm: Arm) -> None:
    shoulder, ribs = skeleton.joints[f"{side}.shoulder"], skeleton.frames["thorax"]
    if arm.contact is not None:
        _reach_contact(skeleton, side, sign, arm)
        return
    upper = ribs @ turn_z(arm.shoulder) @ turn_x(-sign * arm.abduction) @ turn_y(sign * arm.rotation)
    lower = upper @ turn_z(arm.elbow)
    elbow = shoulder - upper[:, UP] * body.LENGTH["upper_arm"]
    skeleton.joints |= {f"{side}.elbow": elbow, f"{side}.wrist": elbow - lower[:, UP] * body.LENGTH["forearm"]}
    skeleton.frames |= {f"{side}.upper_arm": upper, f"{side}.forearm": lower}
    skeleton.frames[f"{side}.hand"] = lower @ turn_y(sign * arm.forearm) @ turn_x(sign * arm.wrist)
    skeleton.hands[side] = arm.hand or "relaxed"


def _reach_contact(skeleton: Skeleton, side: str, sign: float, arm: Arm) -> None:
    assert arm.contact is not None
    grip = contacts.grip(skeleton.joints, skeleton.frames, sign, arm.contact, arm.hand, skeleton.build)
    shoulder = skeleton.joints[f"{side}.shoulder"]
    x, y, z = contacts.ELBOWS.get(arm.contact.kind, (-0.5, -0.6, 0.6))
    toward = vec(*(arm.elbow_toward or (x, y, z * sign)))
    solved = reach(shoulder, grip.wrist, body.LENGTH["upper_arm"], body.LENGTH["forearm"], toward)
    skeleton.misses[f"{side}.wrist"] = solved.miss
    upper, lower = unit(shoulder - solved.middle), unit(solved.middle - solved.end)
    across = np.cross(upper, lower)
    right = across if float(np.linalg.norm(across)) > 1e-3 else skeleton.frames["thorax"][:, RIGHT]
    skeleton.joints |= {f"{side}.elbow": solved.middle, f"{side}.wrist": solved.end}
    skeleton.frames |= {f"{side}.upper_arm": frame(upper, right), f"{side}.forearm": frame(lower, right)}
    skeleton.frames[f"{side}.hand"] = grip.hand
    skeleton.hands[side] = grip.shape
