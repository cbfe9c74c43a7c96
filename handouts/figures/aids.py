"""Small things: cold pack, towel round a foot, cloth on the head, and a pencil beside somebody to be marked."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiLineString, Polygon

from handouts.figures import hands, limbs
from handouts.figures.layers import Layer
from handouts.figures.outline import Geometry, close, line, polygons_of, spline
from handouts.figures.pose import Thing
from handouts.figures.space import Array, unit, vec
from handouts.figures.studio import Studio

GRIP = 42.0
"""From the wrist to the middle of what the hand is closed about."""
FAR_BEHIND = 38.0
"""So much deeper lies the towel's end in the far hand."""
PENCIL = ((0, 0), (21, 9), (96, 9), (96, -9), (21, -9))
LEAD, WOOD, RUBBER = 8.0, 21.0, 84.0
"""Where along a pencil the lead ends, the wood ends and the rubber begins."""
PENCIL_LEANS = 70.0
"""Degrees from the line of writing."""


def cold_pack(studio: Studio, thing: Thing, z: float) -> list[Layer]:
    """A cold pack in a towel behind the knee `at`, `thick` from the skin; the sign on it says cold."""
    layer = Layer("cold_pack", z)
    side = str(thing.at).partition(".")[0]
    leg = limbs.leg_flesh(studio, side)
    course = _behind(studio, side)
    under = course.buffer(thing.thick).convex_hull.difference(leg)
    wrap = close(max(polygons_of(under), key=lambda part: part.area), 0, 8)
    pack = close(wrap.buffer(-9), 0, 6)
    layer.area(wrap, studio.theme.tone("towel"), studio.ink, studio.size.outline)
    layer.area(pack, studio.theme.tone("pack"), studio.ink, studio.size.inner)
    layer.line(_flake(pack), studio.ink, studio.size.outline)
    layer.solid = wrap
    return [layer]


def _flake(pack: Geometry) -> Geometry:
    """A snow crystal, the largest that the pack has room for: the sign of cold."""
    room = shapely.maximum_inscribed_circle(pack, 1.0)
    middle, radius = vec(*room.coords[0]), 0.88 * room.length
    rays = []
    for angle in np.radians(np.arange(0, 360, 60) + 30):
        way = vec(math.cos(angle), math.sin(angle))
        rays.append([middle, middle + way * radius])
        for turn in (-1, 1):
            twig = vec(math.cos(angle + turn), math.sin(angle + turn)) * radius * 0.34
            rays.append([middle + way * radius * 0.58, middle + way * radius * 0.58 + twig])
    return shapely.MultiLineString([[tuple(point) for point in ray] for ray in rays])


def _behind(studio: Studio, side: str) -> Geometry:
    """The line along the skin behind a knee."""
    s = studio.skeleton
    places = [s.surface(f"{side}.thigh", t, "back") for t in (0.72, 0.84, 0.94)]
    places += [s.surface(f"{side}.shank", t, "back") for t in (0.06, 0.16, 0.28)]
    return studio.curve(places)


def towel(studio: Studio, thing: Thing, z: float) -> list[Layer]:
    """A long towel from both closed hands round the sole at the landmark `at`; its ends hang from the hands."""
    side = str(thing.at).partition(".")[0]
    layers = []
    for hand in ("other", "active"):
        held, sole = _fist(studio, hand), studio.skeleton.place(f"{side}.ball")
        turned = studio.skeleton.frames[f"{side}.foot"]
        edge = sole + turned[:, 2] * limbs.SIGN[hand] * 20 - turned[:, 1] * 9
        ends = studio.camera.flat(np.array([held, edge]))
        layer = Layer("towel", z if studio.near(hand) else z - FAR_BEHIND)
        band = line(ends).buffer(10, cap_style="flat")
        tail = line(np.array([ends[0], ends[0] + vec(-6, -62)])).buffer(9, cap_style="flat")
        for shape in (tail, band):
            layer.area(shape, studio.theme.tone("towel"), studio.ink, studio.size.outline * 0.85)
        layer.solid = band.union(tail)
        layers.append(layer)
    return layers


def _fist(studio: Studio, side: str) -> Array:
    """The middle of what a closed hand holds."""
    s = studio.skeleton
    turned = s.frames[f"{side}.hand"]
    middle: Array = (
        s.joints[f"{side}.wrist"]
        - turned[:, 1] * GRIP * hands.SCALE
        + hands.palm_normal(turned, limbs.SIGN[side]) * 16 * hands.SCALE
    )
    return middle


def cloth(studio: Studio, thing: Thing, z: float) -> list[Layer]:
    """A small folded towel on the head, as one wears it in the bath."""
    layer = Layer("cloth", z)
    head = studio.skeleton.frames["head"]
    top = studio.skeleton.joints["head"] + head[:, 1] * 139 - head[:, 0] * 6
    corners = ((-48, -7), (-46, 20), (-20, 30), (22, 30), (46, 18), (47, -9), (20, 0), (-22, 2))
    middle = studio.camera.flat(top)
    along, up = (unit(studio.camera.flat(head[:, axis])) for axis in (0, 1))
    points = [middle + along * x + up * y for x, y in corners]
    shape = Polygon(spline([(float(x), float(y)) for x, y in points], True, (0, 5)))
    layer.area(shape, studio.theme.tone("towel"), studio.ink, studio.size.outline * 0.85)
    fold = [middle + along * x + up * y for x, y in ((-42, 8), (0, 16), (42, 6))]
    layer.line(line(spline([(float(x), float(y)) for x, y in fold], False)), studio.ink, studio.size.inner)
    layer.solid = shape
    return [layer]


def pencil(studio: Studio, thing: Thing, z: float) -> list[Layer]:
    """A pencil that has just written a small × at the place `at` on the paper."""
    layer = Layer("pencil", z)
    x, y = (float(number) for number in studio.seen(thing.at))

    def placed(shape: Geometry) -> Geometry:
        return affinity.translate(affinity.rotate(shape, PENCIL_LEANS, origin=(0, 0)), x + 9, y + 24)

    body = placed(Polygon(PENCIL))
    layer.area(body, studio.theme.tone("prop"), studio.ink, studio.size.outline)
    layer.area(placed(shapely.box(RUBBER, -9, 96, 9)), studio.theme.tone("shirt"), studio.ink, studio.size.outline)
    layer.area(placed(shapely.box(0, -9, LEAD, 9)).intersection(body), studio.ink, None, 0)
    layer.line(placed(LineString([(WOOD, -9), (WOOD, 9)])), studio.ink, studio.size.inner)
    cross = MultiLineString([[(x - 14, y - 14), (x + 14, y + 14)], [(x - 14, y + 14), (x + 14, y - 14)]])
    layer.line(cross, studio.ink, 1.4)
    layer.solid = shapely.union_all([body, cross.buffer(studio.units(0.7))])
    return [layer]
