"""A hand: a palm and five digits, bent by named shapes, in the frame of the wrist."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from handouts.figures.body import Table, Tube, capsule, ellipses
from handouts.figures.space import Array, hermite, unit

SCALE = 1.1
"""Drawn a little larger than life: at 60 mm a true finger is thinner than a line can show."""

# along the fingers, towards the thumb, half width, half thickness
PALM: Table = (
    (-8, 0, 15, 12),
    (8, 1, 18, 13),
    (24, 1.5, 22.5, 12),
    (42, 0.5, 23.5, 10),
    (51, 0, 20.5, 8.5),
    (55, 0, 16, 6.5),
)
# across the palm, knuckle, length, radius: index to little finger
FINGERS: Table = ((16.5, 46, 45, 7.7), (5.5, 49, 49, 7.9), (-5.5, 47, 46, 7.5), (-15.5, 43, 37, 6.7))
PHALANGES = (0.46, 0.30, 0.24)
PALM_CENTRE = 30.0


@dataclass(frozen=True, slots=True)
class Shape:
    """Degrees: bend of a finger's three joints, fanning, and the thumb's spread, bend and rise over the palm.

    The pad of an `opposed` thumb faces the fingertips' way, across what the hand holds.
    """

    curl: tuple[float, float, float]
    spread: float
    thumb: tuple[float, float, float]
    opposed: bool = False


SHAPES = {
    "relaxed": Shape((18, 22, 14), 3, (28, 10, 18)),
    "flat": Shape((2, 3, 3), 4, (42, -8, 5)),
    "rest": Shape((14, 16, 10), 4, (44, -4, 14)),
    "fist": Shape((72, 88, 46), 1, (26, 34, 52)),
    "wrap": Shape((30, 32, 22), 3, (66, -6, 22)),
    "thumb": Shape((40, 45, 20), 3, (42, 8, 62)),
    "hook": Shape((18, 52, 46), 4, (56, 0, 6)),
    "cradle": Shape((22, 30, 22), 3, (72, -6, 30), opposed=True),
    "tips": Shape((16, 34, 34), 3, (50, 6, 4)),
}


@dataclass(frozen=True, slots=True)
class Hand:
    """`palm` and five digits (thumb first), each a row of tubes from root to tip; `tips` are the centres."""

    palm: Tube
    digits: tuple[tuple[Tube, ...], ...]
    roots: Array
    tips: Array


def palm_normal(turned: Array, sign: float) -> Array:
    """The direction the palm faces."""
    return turned[:, 2] * -sign


def frame_of(fingers: Array, palm: Array, sign: float) -> Array:
    """The hand's frame from where its fingers point and its palm faces."""
    up = -unit(fingers)
    right = unit(palm - up * float(np.dot(palm, up))) * -sign
    return np.array([np.cross(up, right), up, right]).T


def hand(wrist: Array, turned: Array, sign: float, shape: str) -> Hand:
    """The hand at a wrist; sign +1 is the active side's hand (its thumb forward when the arm hangs)."""
    bent = SHAPES[shape]
    thumb_side, along, facing = turned[:, 0], -turned[:, 1], palm_normal(turned, sign)
    rows = np.array(PALM) * SCALE
    at = np.linspace(rows[0][0], rows[-1][0], 12)
    sizes = hermite(rows.tolist(), at)
    centres = wrist + along * at[:, None] + thumb_side * sizes[:, :1]
    palm = Tube(ellipses(centres, thumb_side * sizes[:, 1:2], facing * sizes[:, 2:3]), at)
    chains = [_thumb(wrist, thumb_side, along, facing, bent)]
    for index, finger in enumerate(FINGERS):
        chains.append(_finger(wrist, thumb_side, along, facing, bent, index, finger))
    return Hand(
        palm,
        tuple(tuple(tubes) for _, tubes, _ in chains),
        np.array([root for root, _, _ in chains]),
        np.array([tip for _, _, tip in chains]),
    )


Chain = tuple[Array, list[Tube], Array]


def _finger(
    wrist: Array, thumb_side: Array, along: Array, facing: Array, bent: Shape, index: int, finger: tuple[float, ...]
) -> Chain:
    across, knuckle, length, radius = (number * SCALE for number in finger)
    fan = math.radians(bent.spread * (1.5 - index))
    start = root = wrist + along * knuckle + thumb_side * across
    direction, normal = along * math.cos(fan) + thumb_side * math.sin(fan), facing
    tubes = []
    for joint, (part, degrees) in enumerate(zip(PHALANGES, bent.curl, strict=True)):
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        direction, normal = direction * c + normal * s, normal * c - direction * s
        end = start + direction * length * part
        tubes.append(capsule(start, end, radius * (1 - 0.06 * joint), radius * (0.94 - 0.06 * joint)))
        start = end
    return root, tubes, start


def _thumb(wrist: Array, thumb_side: Array, along: Array, facing: Array, bent: Shape) -> Chain:
    spread, bend, rise = (math.radians(degrees) for degrees in bent.thumb)
    root = wrist + along * 13 * SCALE + thumb_side * 13 * SCALE
    flat = along * math.cos(spread) + thumb_side * math.sin(spread)
    lifted = flat * math.cos(rise) + facing * math.sin(rise)
    middle = root + lifted * 27 * SCALE
    inward = along * math.sin(spread) - thumb_side * math.cos(spread)
    last = unit(lifted * math.cos(bend) + inward * math.sin(bend))
    tip = middle + last * 25 * SCALE
    tubes = [capsule(root, middle, 11.5 * SCALE, 9.2 * SCALE), capsule(middle, tip, 9.0 * SCALE, 7.2 * SCALE)]
    return root, tubes, tip


def nail(tubes: tuple[Tube, ...], back: Array) -> tuple[Array, Array]:
    """Outline (n, 3) of a fingernail on the last bone, and the way it faces; `back` is the side away from the palm."""
    start, end = tubes[-1].rings[4].mean(axis=0), tubes[-1].rings[5].mean(axis=0)
    along = unit(end - start)
    facing = unit(back - along * float(np.dot(back, along)))
    across = np.cross(along, facing)
    radius = 5.4 * SCALE
    angles = np.linspace(0, 2 * math.pi, 24, endpoint=False)
    ring = np.outer(np.cos(angles), along * radius * 1.1) + np.outer(np.sin(angles), across * radius * 0.8)
    return ring + start + (end - start) * 0.9 + facing * radius * 0.9, facing
