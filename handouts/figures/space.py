"""Vectors, rotations, the camera and the two-bone reach: the little 3-D that everything else stands on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
"""A point or direction (3,), a frame (3, 3: columns forward, up, right) or points (…, 3); body height = 1000."""

FORWARD, UP, RIGHT = 0, 1, 2


def vec(*numbers: float) -> Array:
    """A point or direction from its coordinates."""
    return np.array(numbers, dtype=float)


def unit(vector: Array) -> Array:
    """The same direction, length 1."""
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def turn_x(degrees: float) -> Array:
    """Rotation about the forward axis."""
    c, s = _cos_sin(degrees)
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def turn_y(degrees: float) -> Array:
    """Rotation about the upward axis."""
    c, s = _cos_sin(degrees)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def turn_z(degrees: float) -> Array:
    """Rotation about the axis to the person's right: positive flexes a hanging limb forward."""
    c, s = _cos_sin(degrees)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def _cos_sin(degrees: float) -> tuple[float, float]:
    return math.cos(math.radians(degrees)), math.sin(math.radians(degrees))


def frame(up: Array, right: Array) -> Array:
    """The right-handed frame whose up axis is exact and whose right axis is as near as it can be."""
    up = unit(up)
    forward = unit(np.cross(up, right))
    return np.array([forward, up, np.cross(forward, up)]).T


@dataclass(frozen=True, slots=True)
class Camera:
    """Parallel projection. yaw 0: profile facing right; 90: facing the viewer; -90: from behind. pitch > 0: above."""

    yaw: float = 0.0
    pitch: float = 0.0
    matrix: Array = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "matrix", turn_x(self.pitch) @ turn_y(-self.yaw))

    def flat(self, points: Array) -> Array:
        """(…, 3) in space → (…, 2) on the paper, y upward."""
        seen: Array = (points @ self.matrix.T)[..., :2]
        return seen

    def depth(self, points: Array) -> float:
        """Mean distance towards the viewer: more is nearer."""
        return float(np.mean((points @ self.matrix.T)[..., 2]))


@dataclass(frozen=True, slots=True)
class Reach:
    """A solved two-bone chain; `miss` is how far the target lies beyond it."""

    middle: Array
    end: Array
    miss: float


def reach(start: Array, target: Array, first: float, second: float, toward: Array) -> Reach:
    """Bends the chain start-middle-end so that end meets target, the middle joint pointing `toward`."""
    line = target - start
    wanted = float(np.linalg.norm(line))
    length = min(max(wanted, abs(first - second) + 1e-3), (first + second) * 0.9999)
    along = unit(line)
    foot = (first**2 - second**2 + length**2) / (2 * length)
    side = unit(toward - along * float(np.dot(toward, along)))
    middle = start + along * foot + side * math.sqrt(max(first**2 - foot**2, 0.0))
    return Reach(middle, start + along * length, abs(wanted - length))


def hermite(table: Sequence[Sequence[float]], at: Array) -> Array:
    """Rows of (t, a, b, …) read smoothly at the given t: (len(at), columns - 1)."""
    rows = np.array(table, dtype=float)
    knots, values = rows[:, 0], rows[:, 1:]
    slopes = np.gradient(values, knots, axis=0)
    index = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(knots) - 2)
    step = (knots[index + 1] - knots[index])[:, None]
    u = ((at - knots[index])[:, None]) / step
    smooth: Array = (
        (2 * u**3 - 3 * u**2 + 1) * values[index]
        + (u**3 - 2 * u**2 + u) * step * slopes[index]
        + (3 * u**2 - 2 * u**3) * values[index + 1]
        + (u**3 - u**2) * step * slopes[index + 1]
    )
    return smooth
