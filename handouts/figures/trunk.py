"""Shirt, shorts and neck as layers."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import MultiPoint
from shapely.geometry import Point as Dot

from handouts.figures import body, limbs
from handouts.figures.body import Tube
from handouts.figures.layers import Layer
from handouts.figures.outline import Geometry, close, silhouette
from handouts.figures.space import hermite
from handouts.figures.studio import Studio

WAIST = 0.14


def trunk_tube(studio: Studio, start: float, end: float, grow: float) -> Tube:
    """The trunk between two parts of the spine, grown by the clothes."""
    return body.trunk_tube(studio.skeleton.spine_at, start, end, grow)


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
    if abs(camera.flat(s.frames["thorax"][:, 2])[0]) > 0.25:
        collar = camera.flat(trunk_tube(studio, 0.955, 0.97, 2).rings[-1])
        for side in ("active", "other"):
            ball = camera.flat(body.ball(s.joints[f"{side}.shoulder"] - s.frames["thorax"][:, 1] * 3, 31).rings)
            slope = MultiPoint(np.vstack([collar, ball.reshape(-1, 2)])).convex_hull
            shape = shapely.union_all([shape, slope])
    return close(shape, 14, 4)


def neck(studio: Studio, z: float) -> Layer:
    """The neck; it grows into shirt and head without a gap."""
    layer = Layer("neck", z)
    shape = close(silhouette([neck_tube(studio)], studio.camera), 6)
    layer.area(shape, studio.theme.tone("skin"), studio.ink, studio.size.outline)
    layer.solid, layer.joined = shape, {"shirt": None, "head": None}
    return layer


def shirt(studio: Studio, z: float) -> Layer:
    """The shirt, tucked into the shorts."""
    layer = Layer("shirt", z)
    shape = shirt_shape(studio)
    layer.area(shape, studio.theme.tone("shirt"), studio.ink, studio.size.outline)
    layer.solid = shape
    layer.joined = {"neck": None, "head": None, "shorts": None}
    _collar(studio, layer, shape)
    return layer


def _collar(studio: Studio, layer: Layer, shirt_outline: Geometry) -> None:
    camera, s = studio.camera, studio.skeleton
    point, turned = s.spine_at(0.985)
    if camera.depth(turned[:, 0]) < 0.15:
        return
    ring = body.ellipses(
        (point - turned[:, 0] * 3)[None], (turned[:, 0] * 38 - turned[:, 1] * 17)[None], (turned[:, 2] * 45)[None]
    )[0]
    hole = studio.patch(ring)
    throat = silhouette([neck_tube(studio)], camera)
    layer.marks[-1].shape = shirt_outline.boundary.difference(hole) if layer.marks[-1].fill is None else shirt_outline
    layer.area(hole.union(throat.intersection(hole.buffer(12))), studio.theme.tone("skin"), None, 0)
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
    shape = close(shapely.union_all([seat, *legs]), 12, 3)
    layer.area(shape, studio.theme.tone("shorts"), studio.ink, studio.size.outline)
    layer.solid = shape
    layer.joined = {"shirt": None, **{f"{side}.leg": None for side in sides}}
    layer.joined |= {f"{side}.shorts": _hip(studio, side, 90) for side in limbs.SIGN}
    return layer


def far_short(studio: Studio, side: str, z: float) -> Layer:
    """The far leg of the shorts."""
    layer = Layer(f"{side}.shorts", z)
    shape = limbs.short_leg(studio, side)
    melt = _hip(studio, side, 60).intersection(pelvis_shape(studio).buffer(-1.0))
    layer.area(shape, studio.leg_tone("shorts", side), studio.ink, studio.size.outline, open_at=melt)
    layer.solid = shape
    layer.joined = {"shirt": None, f"{side}.leg": None, "shorts": None}
    return layer


def _hip(studio: Studio, side: str, radius: float) -> Geometry:
    return Dot(studio.camera.flat(studio.skeleton.joints[f"{side}.hip"])).buffer(radius)
