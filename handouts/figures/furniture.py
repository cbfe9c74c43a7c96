"""Things that a person sits in, goes on or leans on: bath, stairs, handrail, cushion; and the way to the small ones."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from handouts.figures import aids, body, limbs, trunk
from handouts.figures.layers import Layer
from handouts.figures.outline import EMPTY, Geometry, close, line, lines_of, silhouette, spline
from handouts.figures.pose import Pose, Thing
from handouts.figures.space import vec
from handouts.figures.studio import Studio

DEPTH = {
    "bath": 3.0, "stairs": 3.0, "rail": 2.5, "cushion": 4.0, "water": 58.0, "steam": 62.0,
    "cold_pack": 54.0, "towel": 57.0, "cloth": 51.0, "pencil": 82.0,
}  # fmt: skip
"""Back to front, among the depths of the person (handouts.figures.compose)."""

WALL, LIP = 16.0, 26.0
"""A bath's wall and the half width of its rim."""


def things(studio: Studio, pose: Pose) -> list[Layer]:
    """Every thing of a pose at its depth, which the pose's `order` may change."""
    depth = DEPTH | pose.order
    layers: list[Layer] = []
    for thing in pose.things:
        if thing.kind in _LARGE:
            layers += _LARGE[thing.kind](studio, thing, depth)
        else:
            layers += _SMALL[thing.kind](studio, thing, depth[thing.kind])
    return layers


def _line(studio: Studio) -> float:
    return 0.5 if studio.theme.name == "mono" else 0.75


def _bath(studio: Studio, thing: Thing, depth: dict[str, float]) -> list[Layer]:
    """A bath cut open: `x` its inner ends at the rim, `y` its inner bottom and its rim, `level` of the water."""
    (x0, x1), (low, rim) = thing.x, thing.y
    inner = _tub(x0, x1, low, rim)
    outer = inner.buffer(WALL).intersection(shapely.box(-2000, -2000, 2000, rim))
    lips = [shapely.box(x - LIP, rim - 9, x + LIP, rim + 3).buffer(4) for x in (x0 - WALL / 2, x1 + WALL / 2)]
    tub = Layer("bath", depth["bath"])
    tub.area(outer, studio.theme.tone("prop_edge"), studio.theme.tone("prop_line"), _line(studio))
    tub.area(inner.intersection(shapely.box(-2000, -2000, 2000, rim)), studio.theme.tone("prop"), None, 0)
    tub.line(line(np.array([[x0, rim], [x1, rim]])), studio.theme.tone("prop_line"), _line(studio))
    for lip in lips:
        tub.area(lip, studio.theme.tone("prop"), studio.theme.tone("prop_line"), _line(studio))
    return [tub, _water(studio, inner, thing.level, depth["water"]), _steam(studio, thing, depth["steam"])]


def _tub(x0: float, x1: float, low: float, rim: float) -> Geometry:
    """The inside: a slope for the back, a steep foot end, round corners."""
    slope, steep = (rim - low) * 0.34, (rim - low) * 0.12
    shape = Polygon([(x0, rim), (x1, rim), (x1, rim + 200), (x0, rim + 200)]).union(
        Polygon([(x0, rim), (x0 + slope, low), (x1 - steep, low), (x1, rim)])
    )
    return close(shape, 0, 42).intersection(shapely.box(-2000, low, 2000, rim))


def _water(studio: Studio, inner: Geometry, level: float, z: float) -> Layer:
    """The water over the body, which is seen through it, paler and bare."""
    layer = Layer("water", z, gap=0.0)
    body_of_water = inner.intersection(shapely.box(-2000, -2000, 2000, level))
    layer.area(body_of_water, studio.theme.tone("water"), None, 0)
    inside = body_of_water.buffer(-0.5)
    for shape in _bare(studio):
        seen = shape.intersection(inside)
        if not seen.is_empty:
            layer.area(seen, studio.theme.tone("wet"), None, 0)
            layer.line(_bundle(shape.boundary.intersection(inside)), studio.ink, studio.size.inner)
    x0, _, x1, _ = body_of_water.bounds
    layer.line(_ripple(x0 + 2, x1 - 2, level, 5.0, 74.0), studio.theme.tone("ripple"), 1.5)
    layer.solid = body_of_water
    return layer


def _bundle(shape: Geometry) -> Geometry:
    return shapely.MultiLineString(lines_of(shape))


def _bare(studio: Studio) -> list[Geometry]:
    """Outlines of the far leg, the trunk with the near leg, and the near arm, unclothed."""
    far, near = ("active", "other") if studio.near("other") else ("other", "active")
    torso = silhouette([trunk.trunk_tube(studio, -0.2, 0.985, 0.0)], studio.camera)
    legs = {side: _whole_leg(studio, side) for side in (far, near)}
    arm = limbs.arm(studio, near, 0.0, False, EMPTY)[0].solid
    return [legs[far], close(torso.union(legs[near]), 26, 4), arm]


def _whole_leg(studio: Studio, side: str) -> Geometry:
    tubes = [*limbs.leg_tubes(studio, side).values(), *limbs.buttock(studio, side, 0.0)]
    s = studio.skeleton
    sign = limbs.SIGN[side]
    toes = body.toe_tubes(s.joints[f"{side}.ankle"], s.frames[f"{side}.foot"], s.toes[side], sign)
    return close(silhouette([*tubes, *toes], studio.camera), 12, 4)


def _ripple(x0: float, x1: float, y: float, high: float, long: float) -> Geometry:
    count = max(2, round((x1 - x0) / long))
    x = np.linspace(x0, x1, count * 16)
    return line(np.column_stack([x, y + high / 2 * np.sin((x - x0) / (x1 - x0) * count * 2 * math.pi)]))


def _steam(studio: Studio, thing: Thing, z: float) -> Layer:
    """Three wisps over the water, `at` the first."""
    layer = Layer("steam", z, gap=0.8)
    x, y = (float(number) for number in studio.seen(thing.at))
    for index in range(3):
        rise = np.linspace(0, 96 - 14 * (index % 2), 40)
        wisp = np.column_stack([x + index * 62 + 11 * np.sin(rise / 96 * 2 * math.pi), y + rise])
        layer.line(line(wisp), studio.theme.tone("ripple"), 1.5)
    return layer


def _stairs(studio: Studio, thing: Thing, depth: dict[str, float]) -> list[Layer]:
    """Stairs seen from their side: `steps` of them from the first riser to the last (`x`), between two heights (`y`).

    `at` says where the floors before and after them end.
    """
    first, last = (float(number) for number in studio.seen(thing.at))
    before, after = thing.y
    corners = [(first, before)]
    heights = np.linspace(before, after, round(thing.steps) + 1)
    for x, low, high in zip(np.linspace(*thing.x, round(thing.steps)), heights[:-1], heights[1:], strict=True):
        corners += [(float(x), float(low)), (float(x), float(high))]
    corners.append((last, after))
    bottom = min(before, after) - 26
    block = Polygon([*corners, (last, bottom), (first, bottom)])
    layer = Layer("stairs", depth["stairs"])
    layer.area(block, studio.theme.tone("prop"), None, 0)
    width = 1.3 if studio.theme.name == "mono" else 1.5
    edge = LineString(corners).parallel_offset(studio.units(width / 2), "right", join_style="mitre")
    layer.line(edge, studio.theme.tone("floor"), width)
    return [layer]


def _rail(studio: Studio, thing: Thing, depth: dict[str, float]) -> list[Layer]:
    """A handrail on the wall behind: its middle goes from (`x`[0], `y`[0]) to (`x`[1], `y`[1]), with brackets."""
    layer = Layer("rail", depth["rail"])
    start, end = vec(thing.x[0], thing.y[0]), vec(thing.x[1], thing.y[1])
    ink, width = studio.theme.tone("prop_line"), _line(studio)
    for part in (0.14, 0.86):
        x, y = start + (end - start) * part
        layer.area(shapely.box(x - 5, y - 46, x + 5, y), studio.theme.tone("prop_edge"), ink, width)
        layer.area(shapely.box(x - 12, y - 56, x + 12, y - 44).buffer(3), studio.theme.tone("prop_edge"), ink, width)
    bar = line(np.array([start, end])).buffer(12)
    layer.area(bar, studio.theme.tone("prop_edge"), studio.ink, studio.size.inner)
    return [layer]


def _cushion(studio: Studio, thing: Thing, depth: dict[str, float]) -> list[Layer]:
    """A soft cushion in the room `x` by `y`, drawn in profile, with a seam."""
    layer = Layer("cushion", depth["cushion"])
    (x0, x1), (y0, y1) = thing.x, thing.y
    angles = np.linspace(0, 2 * math.pi, 72, endpoint=False)
    c, s = np.cos(angles), np.sin(angles)
    x = (x0 + x1) / 2 + (x1 - x0) / 2 * np.sign(c) * np.abs(c) ** 0.5
    y = (y0 + y1) / 2 + (y1 - y0) / 2 * np.sign(s) * np.abs(s) ** 0.72
    shape = Polygon(np.column_stack([x, y]))
    layer.area(shape, studio.theme.tone("prop"), studio.theme.tone("prop_line"), _line(studio) * 1.2)
    seam = spline([(x0 + 6, (y0 + y1) / 2), ((x0 + x1) / 2, (y0 + y1) / 2 - 5), (x1 - 6, (y0 + y1) / 2)], False)
    layer.line(line(seam), studio.theme.tone("prop_line"), _line(studio))
    layer.solid = shape
    return [layer]


_LARGE: dict[str, Callable[[Studio, Thing, dict[str, float]], list[Layer]]] = {
    "bath": _bath, "stairs": _stairs, "rail": _rail, "cushion": _cushion,
}  # fmt: skip
_SMALL: dict[str, Callable[[Studio, Thing, float], list[Layer]]] = {
    "cold_pack": aids.cold_pack, "towel": aids.towel, "cloth": aids.cloth, "pencil": aids.pencil,
}  # fmt: skip
