"""Things of the room: floor, mat, rug, chair, stool, wall, ball; body units, floor at height 0."""

from __future__ import annotations

import math

import numpy as np
from shapely.geometry import MultiPoint
from shapely.geometry import Point as Dot

from handouts.figures import pose
from handouts.figures.layers import Layer
from handouts.figures.outline import Geometry, line
from handouts.figures.space import Array, vec
from handouts.figures.studio import Studio

ROUNDNESS = 0.55
CHAIR_HALF, RAIL, SEAT_THICK, BACK_RISE, BACK_HIGH = 104.0, 17.0, 22.0, 245.0, 105.0
"""Half the chair's width, its legs' thickness, the seat's, the back's upper edge over the seat and its height."""
ARMREST_RISE, ARMREST_THICK = 112.0, 15.0

# faces of a box by the axis they look along; corners as 0 (low) or 1 (high) of x, y, z
FACES = {
    (0, 1): ((1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)),
    (0, 0): ((0, 0, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1)),
    (1, 1): ((0, 1, 0), (1, 1, 0), (1, 1, 1), (0, 1, 1)),
    (1, 0): ((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)),
    (2, 1): ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)),
    (2, 0): ((0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)),
}
EDGE_ON = 0.12
"""A face turned away so far that it would only double a line is not drawn."""


def floor(studio: Studio, prop: pose.Prop, z: float) -> Layer:
    """The line of the ground, its upper edge at height 0."""
    layer = Layer("floor", z)
    width = 1.3 if studio.theme.name == "mono" else 1.5
    y = -studio.units(width / 2)
    layer.line(line(np.array([[prop.x[0], y], [prop.x[1], y]])), studio.theme.tone("floor"), width)
    return layer


def mat(studio: Studio, prop: pose.Prop, z: float) -> Layer:
    """A thin mat on the floor, its upper side at height 0."""
    layer = Layer("mat", z)
    ink, width = studio.theme.tone("prop_line"), _line_width(studio)
    (x0, x1), (z0, z1) = prop.x, prop.z
    corners = np.array([[x, y, zz] for x in (x0, x1) for y in (-10.0, 0.0) for zz in (z0, z1)])
    whole = MultiPoint(studio.camera.flat(corners)).convex_hull.buffer(2.5)
    top = studio.patch(np.array([[x0, 0, z0], [x1, 0, z0], [x1, 0, z1], [x0, 0, z1]])).buffer(2.5)
    layer.area(whole, studio.theme.tone("prop_edge"), ink, width)
    if abs(studio.camera.pitch) > 3:
        layer.area(top, studio.theme.tone("prop"), ink, width)
    return layer


def rug(studio: Studio, prop: pose.Prop, z: float) -> Layer:
    """A flat rug with round corners, at height 0."""
    layer = Layer("rug", z)
    angles = np.linspace(0, 2 * math.pi, 96, endpoint=False)
    x = np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** ROUNDNESS
    across = np.sign(np.sin(angles)) * np.abs(np.sin(angles)) ** ROUNDNESS
    middle = vec(sum(prop.x) / 2, 0, sum(prop.z) / 2)
    half = vec((prop.x[1] - prop.x[0]) / 2, 0, (prop.z[1] - prop.z[0]) / 2)
    shape = studio.patch(middle + np.column_stack([x, x * 0, across]) * half)
    layer.area(shape, studio.theme.tone("prop"), studio.theme.tone("prop_line"), _line_width(studio))
    return layer


def chair(studio: Studio, prop: pose.Prop, z: float) -> Layer:
    """A plain chair that faces forward: `x` is the back's and the seat's front edge, `height` the seat's upper side."""
    (back, front), high = prop.x, prop.height
    near, far = CHAIR_HALF - RAIL, -CHAIR_HALF
    sides = (near,) if studio.camera.yaw == studio.camera.pitch == 0 else (far, near)
    boxes = [(vec(front - RAIL - 8, 0, side), vec(front - 8, high - SEAT_THICK, side + RAIL)) for side in sides]
    posts = [(vec(back, 0, side), vec(back + RAIL, high + BACK_RISE - 12, side + RAIL)) for side in sides]
    seat = (vec(back, high - SEAT_THICK, -CHAIR_HALF), vec(front, high, CHAIR_HALF))
    panel = (vec(back - 5, high + BACK_RISE - BACK_HIGH, -CHAIR_HALF), vec(back + RAIL + 5, high + BACK_RISE, -far))
    layer = Layer("chair", z)
    legs = sorted([*boxes, *posts], key=lambda box: studio.camera.depth((box[0] + box[1]) / 2))
    for low, top in [*(_armrest(prop, far) if prop.arms and far in sides else []), *legs, seat, panel]:
        _box(studio, layer, low, top)
    return layer


def stool(studio: Studio, prop: pose.Prop, z: float) -> Layer:
    """A stool without a back: `x` is the seat's edges, `height` its upper side; it leaves nobody's back hidden."""
    layer = Layer("stool", z)
    (back, front), high = prop.x, prop.height - SEAT_THICK
    places = [(x, side) for x in (back + 8, front - RAIL - 8) for side in (-CHAIR_HALF + 8, CHAIR_HALF - RAIL - 8)]
    legs = [(vec(x, 0, side), vec(x + RAIL, high, side + RAIL)) for x, side in places]
    legs.sort(key=lambda box: studio.camera.depth((box[0] + box[1]) / 2))
    for low, top in [*legs, (vec(back, high, -CHAIR_HALF), vec(front, prop.height, CHAIR_HALF))]:
        layer.solid = layer.solid.union(_box(studio, layer, low, top))
    return layer


def armrest(studio: Studio, prop: pose.Prop, z: float) -> Layer:
    """The near armrest of a chair, which stands in front of the person's hip."""
    layer = Layer("armrest", z)
    for low, top in _armrest(prop, CHAIR_HALF - RAIL):
        layer.solid = layer.solid.union(_box(studio, layer, low, top))
    return layer


def _armrest(prop: pose.Prop, side: float) -> list[tuple[Array, Array]]:
    """Post and rest of one side as boxes."""
    (back, front), high = prop.x, prop.height + ARMREST_RISE
    post = vec(front - RAIL - 8, prop.height, side), vec(front - 8, high, side + RAIL)
    return [post, (vec(back, high - ARMREST_THICK, side), vec(front, high, side + RAIL))]


def wall(studio: Studio, prop: pose.Prop, z: float) -> Layer:
    """A wall from the floor up to `height`: `x` is the face that is leaned on and the cut behind it."""
    layer = Layer("wall", z)
    (face, cut), (z0, z1) = prop.x, prop.z
    _box(studio, layer, vec(min(face, cut), 0, z0), vec(max(face, cut), prop.height, z1))
    return layer


def ball(studio: Studio, prop: pose.Prop, z: float) -> Layer:
    """A tennis ball about the middle of `x` and `z`, its lowest point at `height`; it is as wide as `x`."""
    layer = Layer("ball", z)
    radius = (prop.x[1] - prop.x[0]) / 2
    centre = studio.camera.flat(vec(sum(prop.x) / 2, prop.height + radius, sum(prop.z) / 2))
    disc = Dot(*centre).buffer(radius, quad_segs=16)
    layer.area(disc, studio.theme.tone("ball"), studio.ink, studio.size.outline)
    for side in (-1, 1):
        seam = Dot(*(centre + vec(side * radius * 1.35, side * radius * 0.3))).buffer(radius, quad_segs=16).boundary
        layer.line(seam.intersection(disc), studio.ink, studio.size.inner)
    layer.solid = disc
    return layer


def _line_width(studio: Studio) -> float:
    return 0.5 if studio.theme.name == "mono" else 0.75


def _box(studio: Studio, layer: Layer, low: Array, high: Array) -> Geometry:
    """Draws the visible faces of a box along the scene's axes, its upper side light; returns its outline."""
    corners = np.array([low, high])
    for (axis, end), places in FACES.items():
        towards = float(studio.camera.matrix[2, axis]) * (1 if end else -1)
        if towards < EDGE_ON:
            continue
        face = np.array([[corners[i, 0], corners[j, 1], corners[k, 2]] for i, j, k in places])
        tone = studio.theme.tone("prop" if axis == 1 else "prop_edge")
        layer.area(studio.patch(face), tone, studio.theme.tone("prop_line"), _line_width(studio))
    vertices = np.array([[x, y, z] for x in corners[:, 0] for y in corners[:, 1] for z in corners[:, 2]])
    return MultiPoint(studio.camera.flat(vertices)).convex_hull
