"""Shirt, shorts and neck as layers."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry import Point as Dot

from handouts.figures import body, limbs
from handouts.figures.body import Tube
from handouts.figures.layers import Layer
from handouts.figures.outline import EMPTY, Geometry, close, line, silhouette
from handouts.figures.space import Array, hermite, unit, vec
from handouts.figures.studio import Studio

WAIST = 0.14
BAND = 0.05
"""The waistband's height, as a part of the spine."""
TURNED = 0.4
"""The neckline is drawn of somebody turned so far to the viewer (sine); of less it would be a stray patch."""
FORK = 74.0
"""The legs part so far below the middle of the hips."""


def trunk_tube(studio: Studio, start: float, end: float, grow: float) -> Tube:
    """The trunk between two parts of the spine, grown by the clothes."""
    return body.trunk_tube(studio.skeleton.spine_at, start, end, grow, studio.skeleton.build)


def neck_tube(studio: Studio) -> Tube:
    """From inside the chest to inside the skull."""
    base, turned = studio.skeleton.joints["neck"], studio.skeleton.frames["neck"]
    heights = np.linspace(body.NECK[0][0], body.NECK[-1][0], 10)
    rows = hermite(body.NECK, heights)
    centres = base + turned[:, 1] * heights[:, None] + turned[:, 0] * rows[:, :1]
    return Tube(body.ellipses(centres, turned[:, 0] * rows[:, 1:2], turned[:, 2] * rows[:, 2:3]), heights)


def pelvis_shape(studio: Studio) -> Geometry:
    """Outline of the shorts' seat and waist."""
    return close(silhouette([trunk_tube(studio, -0.2, WAIST + 0.02, body.SHORTS_GROW)], studio.camera), 8)


def shirt_shape(studio: Studio) -> Geometry:
    """Outline of the shirt without sleeves, shoulders sloping from the neck where they are seen from the front."""
    camera, s = studio.camera, studio.skeleton
    shape = silhouette([trunk_tube(studio, WAIST - 0.07, 0.985, 6)], camera)
    if studio.breadth <= 0.25:
        return close(shape, 14, 4)
    collar = camera.flat(trunk_tube(studio, 0.97, 0.985, 2).rings[-1])
    for side in limbs.SIGN:
        low = s.frames["thorax"][:, 1] * (3 + 9 * studio.breadth)
        ball = camera.flat(body.ball(s.joints[f"{side}.shoulder"] - low, (31 - 2 * studio.breadth) * s.build).rings)
        slope = MultiPoint(np.vstack([collar, ball.reshape(-1, 2)])).convex_hull
        shape = shapely.union_all([shape, slope])
    if studio.breadth > 0.6:
        sleeves = [silhouette(limbs.sleeve_tubes(studio, side), camera) for side in limbs.SIGN]
        shape = shapely.union_all([shape, *sleeves])
        lowest = min(float(camera.flat(s.joints[f"{side}.shoulder"])[1]) for side in limbs.SIGN) - 20
        shape = shape.union(close(shape, 40, 20).intersection(shapely.box(-2000, lowest, 2000, 2000)))
    return close(shape, 14, 7)


def neck(studio: Studio, z: float) -> Layer:
    """The neck; it grows into shirt and head without a gap."""
    layer = Layer("neck", z)
    shape = close(silhouette([neck_tube(studio)], studio.camera), 6)
    layer.area(shape, studio.theme.tone("skin"), studio.ink, studio.size.outline)
    layer.solid, layer.joined = shape, {"shirt": None, "head": None}
    return layer


def shirt(studio: Studio, z: float, shape: Geometry) -> Layer:
    """The shirt, tucked into the shorts."""
    layer = Layer("shirt", z)
    bare = studio.person.top == "bare"
    layer.area(shape, studio.theme.tone("skin" if bare else "shirt"), studio.ink, studio.size.outline)
    layer.solid = shape
    layer.joined = {"neck": None, "head": None, "shorts": None}
    if studio.breadth > 0.3:
        layer.joined |= {f"{side}.arm": _shoulder(studio, side) for side in limbs.SIGN}
    if not bare:
        _collar(studio, layer, shape)
    return layer


def _collar(studio: Studio, layer: Layer, shirt_outline: Geometry) -> None:
    camera, s = studio.camera, studio.skeleton
    point, turned = s.spine_at(0.985)
    if camera.depth(turned[:, 0]) < TURNED:
        return
    ring = body.ellipses(
        (point - turned[:, 0] * 3)[None], (turned[:, 0] * 38 - turned[:, 1] * 17)[None], (turned[:, 2] * 45)[None]
    )[0]
    hole = studio.patch(ring)
    throat = silhouette([neck_tube(studio)], camera)
    layer.marks[-1].shape = shirt_outline.boundary.difference(hole) if layer.marks[-1].fill is None else shirt_outline
    skin = hole.intersection(shirt_outline.buffer(-studio.units(0.4))).union(throat.intersection(hole.buffer(12)))
    layer.area(skin, studio.theme.tone("skin"), None, 0)
    front = hole.boundary.intersection(shirt_outline.buffer(2)).difference(
        throat.buffer(-6).difference(hole.buffer(-1))
    )
    low = camera.flat(point)[1]
    half = shapely.box(-2000, -2000, 2000, float(low))
    layer.line(front.intersection(half), studio.ink, studio.size.inner * 1.2)


def shorts(studio: Studio, z: float, sides: tuple[str, ...]) -> Layer:
    """Seat and the near leg (or legs) of the shorts in one piece."""
    layer = Layer("shorts", z)
    seat = pelvis_shape(studio)
    legs = [limbs.short_leg(studio, side) for side in sides]
    shape = shapely.union_all([close(seat.union(leg), 20, 3) for leg in legs])
    hips = [_hip_line(studio, side, seat.union(leg)) for side, leg in zip(sides, legs, strict=True)]
    shape = shapely.union_all([shape, *hips])
    wedge = _crotch(studio) if len(sides) == 2 else None
    if wedge is not None:
        shape = close(shape, 3, 0).difference(wedge)
    layer.area(shape, studio.theme.tone("shorts"), studio.ink, studio.size.outline)
    layer.solid = shape
    layer.joined = {"shirt": None, **{f"{side}.leg": None for side in sides}}
    layer.joined |= {f"{side}.shorts": _hip(studio, side, 90) for side in limbs.SIGN}
    if wedge is not None:
        _seam(studio, layer)
    return layer


def _hip_line(studio: Studio, side: str, shape: Geometry) -> Geometry:
    """The even outer line from waist to thigh of somebody who stands, seen from the front or the back."""
    if not limbs.hangs_broad(studio, side):
        return EMPTY
    hip, middle = (float(studio.camera.flat(studio.skeleton.joints[name])[0]) for name in (f"{side}.hip", "pelvis"))
    outside = shapely.box(hip, -2000, 2000, 2000) if hip > middle else shapely.box(-2000, -2000, hip, 2000)
    return close(shape, 120, 3).intersection(outside)


def _crotch(studio: Studio) -> Geometry | None:
    """The narrow gap between the two short legs of somebody who stands; None for anybody else."""
    s, camera, hem = studio.skeleton, studio.camera, studio.person.hem
    if hem < 0.36 or not all(limbs.hangs_broad(studio, side) for side in limbs.SIGN):
        return None
    thighs = [s.frames[f"{side}.thigh"][:, 1] for side in limbs.SIGN]
    hips = (s.joints["active.hip"] + s.joints["other.hip"]) / 2
    top, bottom = (
        camera.flat(_fork(studio)),
        camera.flat(hips - (thighs[0] + thighs[1]) / 2 * body.LENGTH["thigh"] * hem),
    )
    down = (bottom - top) * 1.5
    across = unit(vec(-float(down[1]), float(down[0]))) * 7.0
    return Polygon([top, top + down + across, top + down - across])


def _fork(studio: Studio) -> Array:
    """Where the legs part."""
    pelvis = studio.skeleton.frames["pelvis"]
    fork: Array = studio.skeleton.joints["pelvis"] - pelvis[:, 1] * FORK
    return fork


def _seam(studio: Studio, layer: Layer) -> None:
    """The shorts' middle seam, from the fork upward: whole from behind, half of it from the front."""
    pelvis = studio.skeleton.frames["pelvis"]
    behind = studio.camera.depth(pelvis[:, 0]) < 0
    ends = [_fork(studio), _fork(studio) + pelvis[:, 1] * (FORK + 30 if behind else FORK - 10)]
    layer.line(studio.curve(ends), studio.theme.tone("fold"), studio.size.inner)
    _waistband(studio, layer)
    if behind:
        _pockets(studio, layer)


def _waistband(studio: Studio, layer: Layer) -> None:
    rings = trunk_tube(studio, WAIST - BAND, WAIST, body.SHORTS_GROW).rings
    behind = studio.camera.depth(studio.skeleton.frames["pelvis"][:, 0]) < 0
    half = range(10, 31) if behind else [*range(30, 40), *range(11)]
    layer.line(studio.curve([rings[0][index] for index in half]), studio.theme.tone("fold"), studio.size.inner)


def _pockets(studio: Studio, layer: Layer) -> None:
    """The two pockets of a seat, which say that somebody is seen from behind."""
    s = studio.skeleton
    back, up, right = -s.frames["pelvis"][:, 0], s.frames["pelvis"][:, 1], s.frames["pelvis"][:, 2]
    for sign in limbs.SIGN.values():
        corner = [(24, 8), (24, -26), (44, -36), (64, -26), (64, 8), (24, 8)]
        points = [s.joints["pelvis"] + back * 60 + right * (x * sign) + up * y for x, y in corner]
        layer.line(line(studio.camera.flat(np.array(points))), studio.theme.tone("fold"), studio.size.inner)


def far_short(studio: Studio, side: str, z: float) -> Layer:
    """The far leg of the shorts."""
    layer = Layer(f"{side}.shorts", z)
    leg = limbs.short_leg(studio, side)
    shape = leg.union(_hip_line(studio, side, pelvis_shape(studio).union(leg)))
    melt = _hip(studio, side, 60).intersection(pelvis_shape(studio).buffer(-1.0))
    layer.area(shape, studio.leg_tone("shorts", side), studio.ink, studio.size.outline, open_at=melt)
    layer.solid = shape
    layer.joined = {"shirt": None, f"{side}.leg": None, "shorts": None}
    return layer


def _shoulder(studio: Studio, side: str) -> Geometry:
    return Dot(studio.camera.flat(studio.skeleton.joints[f"{side}.shoulder"])).buffer(78)


def _hip(studio: Studio, side: str, radius: float) -> Geometry:
    return Dot(studio.camera.flat(studio.skeleton.joints[f"{side}.hip"])).buffer(radius)
