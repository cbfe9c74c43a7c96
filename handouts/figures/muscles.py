"""The hatched place where it is felt: a patch on the limb's own surface, clipped to bare skin."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import MultiLineString

from handouts.figures import body, limbs
from handouts.figures.layers import Layer, Mark
from handouts.figures.outline import EMPTY, Geometry, bundle, close, lines_of
from handouts.figures.pose import Highlight
from handouts.figures.space import Array, hermite
from handouts.figures.studio import Studio

# segment, then rows of (t, angle from, angle to) round the limb: 0 front, 90 outer, 180 back, 270 inner. Schematic.
MUSCLES: dict[str, tuple[tuple[str, tuple[tuple[float, float, float], ...]], ...]] = {
    "hamstrings": (
        (
            "thigh",
            ((0.04, 150, 210), (0.12, 98, 262), (0.3, 76, 284), (0.5, 70, 290), (0.7, 74, 286), (0.86, 92, 268),
             (0.98, 130, 230)),
        ),
    ),
    "outer_tendon": (
        ("thigh", ((0.3, 108, 168), (0.5, 106, 160), (0.7, 104, 150), (0.85, 103, 138), (1.0, 104, 130))),
        ("shank", ((0.0, 104, 130), (0.06, 105, 125), (0.12, 109, 117))),
    ),
    "inner_tendon": (
        ("thigh", ((0.3, 192, 252), (0.5, 200, 254), (0.7, 210, 256), (0.85, 222, 257), (1.0, 230, 256))),
        ("shank", ((0.0, 230, 256), (0.07, 236, 256), (0.14, 244, 252))),
    ),
    "hollow": (
        ("thigh", ((0.84, 172, 188), (0.9, 146, 214), (0.95, 126, 234), (1.0, 116, 244))),
        ("shank", ((0.0, 116, 244), (0.06, 124, 236), (0.11, 146, 214), (0.16, 172, 188))),
    ),
    # where it hurts behind the knee
    "zone_outer": (
        ("thigh", ((0.84, 100, 151), (1.0, 100, 151))),
        ("shank", ((0.0, 100, 151), (0.1, 102, 151))),
    ),
    "zone_middle": (
        ("thigh", ((0.84, 157, 203), (1.0, 157, 203))),
        ("shank", ((0.0, 157, 203), (0.1, 157, 203))),
    ),
    "zone_inner": (
        ("thigh", ((0.84, 209, 260), (1.0, 209, 260))),
        ("shank", ((0.0, 209, 260), (0.1, 209, 258))),
    ),
    # where a thumb may lie: clear of the middle, and of the bone outside
    "edge_outer": (("thigh", ((0.7, 118, 144), (0.8, 112, 150), (0.9, 112, 150), (1.0, 112, 150))),),
    "edge_inner": (("thigh", ((0.7, 216, 242), (0.8, 210, 248), (0.9, 210, 248), (1.0, 210, 248))),),
    # single muscles, for the plate that names them
    "outer_hamstring": (
        ("thigh", ((0.1, 130, 180), (0.3, 104, 178), (0.5, 98, 176), (0.7, 98, 164), (0.85, 98, 147), (1.0, 99, 130))),
        ("shank", ((0.0, 99, 130), (0.06, 100, 123), (0.12, 104, 112))),
    ),
    "inner_hamstring": (
        ("thigh", ((0.1, 182, 230), (0.3, 183, 256), (0.5, 186, 262), (0.7, 198, 262), (0.85, 215, 262),
                   (1.0, 231, 262))),
        ("shank", ((0.0, 231, 262), (0.07, 238, 262), (0.14, 250, 260))),
    ),
    "outer_calf": (
        ("thigh", ((0.9, 150, 160), (0.95, 140, 168), (1.0, 133, 174))),
        ("shank", ((0.0, 133, 174), (0.1, 106, 178), (0.25, 88, 178), (0.4, 90, 178), (0.5, 106, 178),
                   (0.57, 140, 176))),
    ),
    "inner_calf": (
        ("thigh", ((0.88, 200, 210), (0.95, 192, 220), (1.0, 186, 228))),
        ("shank", ((0.0, 186, 228), (0.1, 182, 254), (0.25, 182, 272), (0.4, 182, 271), (0.52, 182, 258),
                   (0.63, 184, 222))),
    ),
    "popliteus": (
        ("thigh", ((0.95, 112, 134), (1.0, 112, 158))),
        ("shank", ((0.0, 112, 158), (0.07, 124, 226), (0.14, 146, 250), (0.22, 196, 250), (0.29, 236, 250))),
    ),
    "calf": (
        (
            "shank",
            ((0.0, 160, 200), (0.06, 110, 250), (0.2, 84, 276), (0.36, 86, 274), (0.5, 108, 252), (0.62, 140, 220),
             (0.76, 164, 196)),
        ),
    ),
}  # fmt: skip
HATCH_ANGLE = 40.0
TURNED_HATCH = {"zone_middle": 90.0, "zone_inner": -40.0}
"""Zones that lie side by side are told apart by the way of their hatch."""
ANATOMY = {"muscle": "flesh", "pale": "flesh_pale"}


def highlight(studio: Studio, wanted: Highlight, z: float) -> Layer:
    """Tone and hatch on the bare part of the limb; the limb's own outline stays the edge."""
    side = wanted.leg
    layer = Layer(f"{side}.highlight", z)
    flesh = limbs.leg_flesh(studio, side)
    bare = flesh.difference(limbs.short_leg(studio, side)) if studio.person.hem > 0 else flesh
    patch = close(_patch(studio, wanted), 4, 4).intersection(bare.buffer(-studio.units(studio.size.outline / 2)))
    if patch.is_empty:
        return layer
    theme = studio.theme
    if wanted.show == "deep":
        layer.line(patch.boundary, studio.ink, 1.3, (3.0, 2.2))
        return layer
    if wanted.show in ANATOMY:
        layer.area(patch, theme.tone(ANATOMY[wanted.show]), studio.ink, studio.size.inner)
        return layer
    layer.marks.append(Mark(patch, theme.tone("muscle"), under=True))
    edge = patch.boundary.intersection(bare.buffer(-studio.units(1.0)))
    layer.line(bundle(lines_of(edge)), theme.tone("hatch"), 0.75)
    layer.line(_hatch(studio, wanted, patch), theme.tone("hatch"), theme.hatch_line)
    return layer


def _patch(studio: Studio, wanted: Highlight) -> Geometry:
    shown = MUSCLES[wanted.muscle][:1] if wanted.end < 1.0 else MUSCLES[wanted.muscle]
    pieces = [_segment(studio, wanted, segment, rows) for segment, rows in shown]
    return shapely.union_all([piece for piece in pieces if not piece.is_empty] or [EMPTY])


def _segment(studio: Studio, wanted: Highlight, segment: str, rows: tuple[tuple[float, float, float], ...]) -> Geometry:
    """The part of the patch on one segment that faces the viewer."""
    s, sign = studio.skeleton, limbs.SIGN[wanted.leg]
    first, last = max(rows[0][0], wanted.start if segment == "thigh" else 0.0), min(rows[-1][0], wanted.end)
    if segment == "shank":
        first, last = rows[0][0], rows[-1][0]
    along = np.linspace(first, last, 26)
    bounds, profile = hermite(rows, along), hermite(body.TABLES[segment], along) * s.build
    angles = np.radians(bounds[:, :1] + (bounds[:, 1:2] - bounds[:, :1]) * np.linspace(0, 1, 15)[None])
    turned = s.frames[f"{wanted.leg}.{segment}"]
    origin = s.joints[f"{wanted.leg}.{'hip' if segment == 'thigh' else 'knee'}"]
    forward, right = turned[:, 0], turned[:, 2] * sign
    fore, wide = profile[:, 1:2] + 2, profile[:, 2:3] + 2
    axis = origin - turned[:, 1] * (body.LENGTH[segment] * along)[:, None] + forward * profile[:, :1]
    skin = axis[:, None] + forward * (fore * np.cos(angles))[..., None] + right * (wide * np.sin(angles))[..., None]
    normal = forward * (np.cos(angles) / fore)[..., None] + right * (np.sin(angles) / wide)[..., None]
    return _visible(studio, skin, normal)


def _visible(studio: Studio, skin: Array, normal: Array) -> Geometry:
    seen = studio.camera.flat(skin)
    facing = (normal @ studio.camera.matrix.T)[..., 2] > -1e-6
    whole = facing[:-1, :-1] & facing[1:, :-1] & facing[:-1, 1:] & facing[1:, 1:]
    corners = np.stack([seen[:-1, :-1], seen[:-1, 1:], seen[1:, 1:], seen[1:, :-1]], axis=2)[whole]
    if not len(corners):
        return EMPTY
    return shapely.union_all(shapely.buffer(shapely.convex_hull(shapely.linestrings(corners)), 0.4))


def _hatch(studio: Studio, wanted: Highlight, patch: Geometry) -> Geometry:
    segment = MUSCLES[wanted.muscle][0][0]
    axis = studio.camera.flat(studio.skeleton.frames[f"{wanted.leg}.{segment}"][:, 1])
    angle = math.degrees(math.atan2(float(axis[1]), float(axis[0])))
    angle += TURNED_HATCH.get(wanted.muscle, HATCH_ANGLE)
    centre, step = patch.centroid, studio.units(studio.theme.hatch_step)
    rows = np.arange(-400.0, 400.0, step)
    lines = MultiLineString([[(centre.x - 400, centre.y + y), (centre.x + 400, centre.y + y)] for y in rows])
    inside = affinity.rotate(lines, angle, origin=centre).intersection(patch.buffer(-studio.units(0.5)))
    return bundle([part for part in lines_of(inside) if part.length > studio.units(1.3)])
