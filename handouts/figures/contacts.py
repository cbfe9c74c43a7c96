"""Contact presets: where a hand lies on a limb, so that nobody types hand vectors."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from handouts.figures import body, hands
from handouts.figures.pose import Contact
from handouts.figures.space import Array, hermite, unit, vec

FACES = {"front": 0.0, "out": 90.0, "back": 180.0, "in": 270.0}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a limb: `axis` inside it, `point` on its skin, and the ways out, along (distal) and to its back."""

    axis: Array
    point: Array
    outward: Array
    along: Array
    backward: Array


@dataclass(frozen=True, slots=True)
class Preset:
    """`touch` is what meets the skin: the palm, or the tip of a digit (0 thumb, 2 middle finger) at the angle `tip_at`.

    The other side's hand lies at the mirrored angle, `under` degrees nearer to the back of the limb.
    """

    shape: str
    around: float
    turn: float
    dig: float
    touch: int | None
    under: float = 0.0
    tip_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Grip:
    """A solved contact: wrist, hand frame and hand shape."""

    wrist: Array
    hand: Array
    shape: str


PRESETS = {
    "on_thigh": Preset("rest", 20, 15, 0, None),
    "under_thigh": Preset("wrap", 105, 85, 0, None, 25),
    "on_shin": Preset("rest", 30, 10, 0, None),
    "on_foot": Preset("wrap", 0, 0, 0, None),
    "on_hips": Preset("rest", 0, 0, 0, None),
    "hook_tendon": Preset("hook", 86, 96, 0, None, 24),
    "thumb_behind_knee": Preset("thumb", 60, -90, 0, 0, 0, 146),
    "on_wall": Preset("flat", 0, 0, 0, None),
    "on_top": Preset("wrap", 0, 0, 0, None),
}
ELBOWS = {"on_hips": (-0.5, -0.1, 1.0)}
"""Where an elbow points that has nothing else to go by (to the active side for the active arm)."""
HIP_UP, HIP_OUT = 34.0, 92.0
"""A hand on the hip: so far above the middle of the hips, and beside it."""
FOREFOOT, EDGE = (66.0, -32.0), 33.0
"""A hand that holds a foot: before and under the ankle, at its outer or inner edge."""
SCENE = {
    "on_wall": (vec(-1, 0, 0), vec(0, 1, 0), vec(0, 0, 1)),
    "on_top": (vec(0, 1, 0), vec(1, 0, 0), vec(0, 0, 1)),
}
"""What a point of the scene is part of: its way out, the fingers' way, and their turn (a wall; a level top)."""


def spot(
    joints: dict[str, Array],
    frames: dict[str, Array],
    segment: str,
    part: float,
    around: float,
    build: float = 1.0,
) -> Spot:
    """A place on `side.thigh` or `side.shank` at a part of its length and an angle round it. Raises KeyError."""
    side, _, name = segment.partition(".")
    sign = 1.0 if side == "active" else -1.0
    turned = frames[segment]
    origin = joints[f"{side}.{'hip' if name == 'thigh' else 'knee'}"]
    offset, fore, wide = hermite(body.TABLES[name], np.array([part]))[0] * build
    c, s = math.cos(math.radians(around)), math.sin(math.radians(around))
    forward, right = turned[:, 0], turned[:, 2] * sign
    axis = origin - turned[:, 1] * body.LENGTH[name] * part
    point = axis + forward * (offset + fore * c) + right * wide * s
    outward = forward * c / fore + right * s / wide
    outward = outward / np.linalg.norm(outward)
    tangent = -forward * fore * s + right * wide * c
    towards_back = tangent / np.linalg.norm(tangent) * (1.0 if around % 360.0 <= 180.0 else -1.0)
    return Spot(axis, point, outward, -turned[:, 1], towards_back)


def grip(
    joints: dict[str, Array],
    frames: dict[str, Array],
    sign: float,
    contact: Contact,
    shape: str | None,
    build: float = 1.0,
) -> Grip:
    """The wrist and hand that make a contact. A point of the scene (three numbers) is on a wall or a level top."""
    preset = PRESETS[contact.kind]
    place = _place(joints, frames, sign, contact, preset.around, preset.under, build)
    turn = math.radians(preset.turn if contact.turn is None else contact.turn)
    dig = math.radians(preset.dig if contact.dig is None else contact.dig)
    flat = place.along * math.cos(turn) + place.backward * math.sin(turn)
    fingers = flat * math.cos(dig) - place.outward * math.sin(dig)
    palm = -place.outward * math.cos(dig) - flat * math.sin(dig)
    turned = hands.frame_of(fingers, palm, sign)
    shape = shape or preset.shape
    if preset.touch is None:
        touching = fingers * hands.PALM_CENTRE * hands.SCALE + palm * 11 * hands.SCALE
    else:
        tip = hands.hand(vec(0, 0, 0), turned, sign, shape).tips[preset.touch]
        place = _place(joints, frames, sign, replace(contact, around=contact.tip_at), preset.tip_at, 0.0, build)
        touching = tip - place.outward * 5.0 * hands.SCALE
    return Grip(place.point - touching, turned, shape)


def _place(
    joints: dict[str, Array],
    frames: dict[str, Array],
    sign: float,
    contact: Contact,
    usual: float,
    under: float,
    build: float,
) -> Spot:
    if not isinstance(contact.at, str):
        point = vec(*contact.at)
        outward, along, backward = SCENE[contact.kind]
        return Spot(point, point, outward, along, backward)
    if contact.kind == "on_hips":
        return _hip(joints, frames, sign, build)
    if contact.kind == "on_foot":
        return _foot(joints, frames, sign, contact.at)
    segment, _, part = contact.at.partition("@")
    around = contact.around
    if around is None:
        own = segment.startswith("active") == (sign > 0)
        around = usual if own else 360.0 - usual - under
    return spot(joints, frames, segment, float(part or 0.5), around, build)


def _hip(joints: dict[str, Array], frames: dict[str, Array], sign: float, build: float) -> Spot:
    """The hand's own side of the waistband, fingers forward and down, thumb up."""
    forward, up, right = frames["pelvis"].T
    point = joints["pelvis"] + up * HIP_UP + right * (HIP_OUT * build * sign)
    return Spot(point, point, right * sign, unit(forward - up * 0.7), unit(up + forward * 0.7) * -1)


def _foot(joints: dict[str, Array], frames: dict[str, Array], sign: float, at: str) -> Spot:
    """The forefoot's edge on the hand's side, the fingers going round to the sole."""
    side = at.partition(".")[0]
    forward, up, right = frames[f"{side}.foot"].T
    point = joints[f"{side}.ankle"] + forward * FOREFOOT[0] + up * FOREFOOT[1] + right * (EDGE * sign)
    return Spot(point, point, right * sign, -up, forward)
