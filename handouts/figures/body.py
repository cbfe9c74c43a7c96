"""The body as tables of elliptical cross-sections (our own, by eye; body height = 1000) and the tubes they make."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from handouts.figures.space import Array, hermite, turn_z, vec

Table = tuple[tuple[float, ...], ...]

LENGTH = {"thigh": 242.0, "shank": 236.0, "spine": 300.0, "neck": 28.0, "upper_arm": 168.0, "forearm": 142.0}
HIP_HALF, SHOULDER_HALF, NECK_LEAN = 46.0, 88.0, 14.0
SHORTS_GROW = 4.0
SOLE = {"bare": 45.0, "shoe": 54.0}
SOLE_POINTS = {"heel": -34.0, "ball": 72.0, "toe": 112.0, "instep": 26.0}

# t along the bone, forward offset, fore-aft radius, sideways radius
THIGH: Table = (
    (0.0, -4, 55, 46), (0.12, 0, 54, 47), (0.3, 4, 50, 45), (0.5, 6, 45, 42), (0.7, 5, 40, 38),
    (0.88, 2, 35, 33), (1.0, 1, 33, 31),
)  # fmt: skip
SHANK: Table = (
    (0.0, 0, 33, 31), (0.1, -4, 33, 33), (0.22, -9, 35, 37), (0.34, -11, 35, 37), (0.5, -8, 30, 31),
    (0.68, -3, 23, 22), (0.85, 0, 19, 16), (1.0, 0, 19, 17),
)  # fmt: skip
UPPER_ARM: Table = ((0.0, 0, 31, 29), (0.15, 1, 31, 29), (0.4, 2, 28, 27), (0.7, 0, 25, 24), (1.0, 0, 22, 22))
FOREARM: Table = ((0.0, 0, 22, 22), (0.2, 1, 25, 23), (0.4, 1, 23, 21), (0.7, 0, 18, 18), (1.0, 0, 15, 15))
SPINE: Table = (
    (-0.2, -6, 44, 54), (-0.1, -10, 58, 84), (0.0, -11, 64, 91), (0.12, -9, 60, 87), (0.28, 0, 53, 76),
    (0.42, 4, 51, 73), (0.58, 6, 54, 78), (0.72, 5, 58, 84), (0.84, 0, 54, 84), (0.93, -4, 44, 68), (1.0, -6, 32, 46),
)  # fmt: skip
NECK: Table = ((-34, -4, 26, 50), (0, -6, 33, 39), (25, -4, 30, 31), (66, 2, 31, 30))
# distance before the ankle, underside, upper side, half width
FOOT: Table = (
    (-41, -34, -14, 10), (-37, -42, -4, 18), (-22, -45, 8, 24), (0, -45, 14, 26), (22, -45, 8, 27),
    (45, -44, -6, 30), (68, -45, -17, 34),
)  # fmt: skip
FOREFOOT: Table = ((68, -45, -17, 34), (82, -45, -20, 34), (90, -44, -24, 32))
SHOE: Table = (
    (-48, -54, -12, 16), (-43, -54, 6, 24), (-26, -54, 12, 29), (0, -54, 14, 30), (22, -54, 10, 31),
    (45, -54, 0, 35), (68, -54, -10, 39),
)  # fmt: skip
TOECAP: Table = ((68, -54, -10, 39), (92, -54, -17, 38), (110, -53, -24, 32), (120, -50, -34, 21))
# sideways place (inner side negative), root, tip, radius
TOES: Table = ((-22, 82, 110, 11), (-5, 84, 111, 7.5), (8, 82, 107, 7.0), (19.5, 78, 101, 6.6), (29, 72, 94, 6.2))

TABLES: dict[str, Table] = {"thigh": THIGH, "shank": SHANK, "upper_arm": UPPER_ARM, "forearm": FOREARM}
SIDES_OF_RING = 40
_RING = np.linspace(0, 2 * math.pi, SIDES_OF_RING, endpoint=False)
COS, SIN = np.cos(_RING), np.sin(_RING)


@dataclass(frozen=True, slots=True)
class Tube:
    """A limb as rings of points (n, m, 3); `parts` (n,) says how far along each ring is."""

    rings: Array
    parts: Array

    def between(self, start: float, end: float) -> Tube:
        """The rings from one part of the length to another."""
        keep = (self.parts >= start - 1e-9) & (self.parts <= end + 1e-9)
        return Tube(self.rings[keep], self.parts[keep])


def ellipses(centres: Array, first: Array, second: Array) -> Array:
    """Rings about centres (n, 3) with half axes first and second (n, 3): (n, m, 3)."""
    return centres[:, None] + first[:, None] * COS[None, :, None] + second[:, None] * SIN[None, :, None]


def limb_tube(
    segment: str,
    origin: Array,
    turned: Array,
    rings: int = 24,
    grow: float = 0.0,
    flare: float = 0.0,
    build: float = 1.0,
    swelling: float = 0.0,
) -> Tube:
    """A limb segment hanging down the frame's up axis; clothes are the same limb grown, flaring towards its end."""
    parts = np.linspace(0, 1, rings)
    rows = hermite(TABLES[segment], parts) * build
    rows[:, 1:] *= (1 + swelling * np.sin(math.pi * parts) ** 0.7)[:, None]
    more = grow + flare * parts
    centres = origin - turned[:, 1] * (LENGTH[segment] * parts)[:, None] + turned[:, 0] * rows[:, :1]
    first = turned[:, 0] * (rows[:, 1] + more)[:, None]
    return Tube(ellipses(centres, first, turned[:, 2] * (rows[:, 2] + more)[:, None]), parts)


def trunk_tube(
    spine_at: Callable[[float], tuple[Array, Array]], start: float, end: float, grow: float, build: float = 1.0
) -> Tube:
    """The trunk between two parts of the spine, grown by the clothes; `build` widens it below the neck."""
    parts = np.linspace(start, end, 30)
    rows = hermite(SPINE, parts)
    rows[:, 1:] *= 1 + (build - 1) * np.clip((1.0 - parts) / 0.12, 0, 1)[:, None]
    places = [spine_at(float(t)) for t in parts]
    forward = np.array([turned[:, 0] for _, turned in places])
    right = np.array([turned[:, 2] for _, turned in places])
    centres = np.array([point for point, _ in places]) + forward * rows[:, :1]
    return Tube(ellipses(centres, forward * (rows[:, 1:2] + grow), right * (rows[:, 2:3] + grow)), parts)


def ball(centre: Array, radius: float, stretch: Array | None = None) -> Tube:
    """A sphere, for joints; `stretch` scales it along the scene's axes."""
    heights = np.linspace(-1, 1, 11)
    around = np.sqrt(np.maximum(0.0, 1 - heights**2)) * radius
    centres = centre + vec(0, 1, 0) * (heights * radius)[:, None]
    rings = ellipses(centres, vec(1, 0, 0) * around[:, None], vec(0, 0, 1) * around[:, None])
    if stretch is not None:
        rings = centre + (rings - centre) * stretch
    return Tube(rings, heights)


def capsule(start: Array, end: Array, first: float, second: float) -> Tube:
    """A finger's bone: two balls of the given radii and all between them."""
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-9)
    across = np.cross(along, vec(0.31, 0.52, 0.8))
    across /= np.linalg.norm(across)
    steps = np.array([-1.0, -0.9, -0.65, -0.3, 0.0])
    near = start + along * (steps * first)[:, None]
    far = end - along * (steps[::-1] * second)[:, None]
    bulge = np.sqrt(np.maximum(0, 1 - steps**2)) + 0.001
    sizes = np.concatenate([bulge * first, bulge[::-1] * second])
    centres = np.vstack([near, far])
    rings = ellipses(centres, across * sizes[:, None], np.cross(along, across) * sizes[:, None])
    return Tube(rings, np.linspace(0, 1, len(sizes)))


def foot_tube(ankle: Array, turned: Array, bend: float, shoe: bool) -> Tube:
    """A flat-soled foot; its front part bends up at the ball by `bend` degrees."""
    back, front = (SHOE, TOECAP) if shoe else (FOOT, FOREFOOT)
    rings = [_sole_ring(row, ankle, turned) for row in _resample(back, 12)]
    hinge = vec(front[0][0], front[0][1] + 8, 0.0)
    raised = turned @ turn_z(bend)
    origin = ankle + turned @ hinge
    for row in _resample(front, 8):
        rings.append(_sole_ring((row[0] - hinge[0], row[1] - hinge[1], row[2] - hinge[1], row[3]), origin, raised))
    return Tube(np.array(rings), np.linspace(0, 1, len(rings)))


def toe_tubes(ankle: Array, turned: Array, bend: float, sign: float) -> list[Tube]:
    """The five toes of a bare foot, big toe first."""
    hinge = vec(68, -37, 0)
    raised = turned @ turn_z(bend)
    toes = []
    for sideways, root, tip, radius in TOES:
        low = -45 + radius - hinge[1]
        start = ankle + turned @ hinge + raised @ vec(root - hinge[0], low + 2, sideways * sign)
        end = ankle + turned @ hinge + raised @ vec(tip - hinge[0], low, sideways * sign)
        toes.append(capsule(start, end, radius, radius * 0.92))
    return toes


def _resample(table: Table, count: int) -> Array:
    at = np.linspace(table[0][0], table[-1][0], count)
    return np.column_stack([at, hermite(table, at)])


def _sole_ring(row: Array | tuple[float, ...], origin: Array, turned: Array) -> Array:
    x, low, high, half = (float(number) for number in row)
    rise = high - low
    across = [-1, -0.86, 0.86, 1, 0.99, 0.9, 0.68, 0.3, -0.3, -0.68, -0.9, -0.99]
    upward = [3, 0, 0, 3, rise * 0.35, rise * 0.65, rise * 0.88, rise, rise, rise * 0.88, rise * 0.65, rise * 0.35]
    local = np.array([[x, low + up, half * part] for part, up in zip(across, upward, strict=True)])
    return origin + local @ turned.T
