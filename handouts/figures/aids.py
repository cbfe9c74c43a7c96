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
TOWEL_HALF, TOWEL_GRASPED, TOWEL_SAG = 20.0, 9.0, 5.0
"""Half a towel's width at the foot and in a fist, and how far it gives between them."""
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
    layers = [_sling(studio, side, z - FAR_BEHIND)]
    for hand in ("other", "active"):
        held, edge = studio.camera.flat(np.array([_fist(studio, hand), _sole_edge(studio, side, hand)]))
        layer = Layer("towel", z if studio.near(hand) else z - FAR_BEHIND)
        sag = (held + edge) / 2 - vec(0, TOWEL_SAG)
        band, fold = _strip([held, sag, edge], (TOWEL_GRASPED, 13, 18, TOWEL_HALF))
        hang = [held + vec(x, y) for x, y in ((2, 4), (-5, -28), (-1, -60), (-8, -92))]
        tail, _ = _strip(hang, (TOWEL_GRASPED, 15, 20, 22))
        for shape in (tail, band):
            layer.area(shape, studio.theme.tone("towel"), studio.ink, studio.size.outline * 0.85)
        stripe = _across(hang[-2], hang[-1], 0.45).buffer(5).intersection(tail)
        layer.area(stripe, studio.theme.tone("shirt"), studio.ink, studio.size.inner)
        layer.line(fold, studio.ink, studio.size.inner)
        layer.solid = band.union(tail)
        layers.append(layer)
    return layers


def _sole_edge(studio: Studio, side: str, hand: str) -> Array:
    """Where the towel comes round the ball of the foot, on the side of a hand."""
    turned, sign = studio.skeleton.frames[f"{side}.foot"], limbs.SIGN[hand]
    edge: Array = studio.skeleton.place(f"{side}.ball") + turned[:, 2] * (sign * 26) - turned[:, 1] * 2
    return edge


def _sling(studio: Studio, side: str, z: float) -> Layer:
    """The part of the towel that lies under the ball of the foot: its edge shows beside the sole."""
    layer = Layer("towel", z)
    along, up = studio.skeleton.frames[f"{side}.foot"][:, :2].T
    ends = [_sole_edge(studio, side, hand) - up * 3 for hand in limbs.SIGN]
    under = [point + along * (part * (TOWEL_HALF - 5)) for part in (-1, 1) for point in ends]
    shape = shapely.MultiPoint(studio.camera.flat(np.array(under))).convex_hull.buffer(7)
    layer.area(shape, studio.theme.tone("towel"), studio.ink, studio.size.outline * 0.85)
    layer.solid = shape
    return layer


def _strip(places: list[Array], halves: tuple[float, ...]) -> tuple[Geometry, Geometry]:
    """A band of cloth along a smooth course, so wide at each place, with round corners; and a fold along it."""
    course = spline([(float(x), float(y)) for x, y in places], False)
    ways = np.gradient(course, axis=0)
    across = np.column_stack([-ways[:, 1], ways[:, 0]]) / np.hypot(*ways.T)[:, None]
    half = np.interp(np.linspace(0, 1, len(course)), np.linspace(0, 1, len(halves)), halves)[:, None]
    shape = Polygon(np.vstack([course + across * half, (course - across * half)[::-1]])).buffer(0)
    inner = slice(len(course) // 4, -len(course) // 6)
    return close(shape, 0, 4), line((course + across * half * 0.25)[inner])


def _across(start: Array, end: Array, part: float) -> Geometry:
    """A line square to a course at a part of it: the woven stripe before a towel's end."""
    way, middle = unit(end - start), start + (end - start) * part
    side = vec(-float(way[1]), float(way[0])) * 40
    return line(np.array([middle - side, middle + side]))


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
