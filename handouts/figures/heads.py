"""Heads drawn by hand for a few directions (our own numbers: origin at the skull's base, x to the face)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Polygon

from handouts.figures.layers import Layer
from handouts.figures.outline import Geometry, line, polygon, spline
from handouts.figures.space import Array, unit, vec
from handouts.figures.studio import Studio

SCALE = 1.07
Pairs = tuple[tuple[float, float], ...]
Ellipse = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sprite:
    """One drawn head: outlines closed, features open; `corners` keeps points of the hair sharp.

    `mouths` are a smile and a neutral one. The face has no outline under `open_below`, where it is the neck's.
    """

    face: Pairs
    hair: Pairs
    corners: tuple[int, ...]
    eyes: tuple[Ellipse, ...] = ()
    cheeks: tuple[Ellipse, ...] = ()
    ear: Pairs = ()
    lines: tuple[Pairs, ...] = ()
    mouths: tuple[Pairs, ...] = ()
    open_below: float = -100.0


PROFILE = Sprite(
    face=(
        (-18, -11), (-40, 22), (-52, 63), (-39, 104), (-3, 125), (34, 119), (57, 98), (64, 77), (62,
        60), (68, 48), (75, 37),
        (73, 29), (66, 25), (66.5, 17), (64, 11), (65.5, 5), (62, -3), (62, -12), (54, -22), (39,
        -24), (21, -16), (5, -6),
    ),
    hair=(
        (61, 93), (64, 104), (54, 122), (27, 136), (-8, 137), (-42, 120), (-61, 85), (-60, 47),
        (-49, 15), (-35, -4),
        (-20, -2), (-14, 18), (-12, 40), (-6, 54), (8, 56), (17, 42), (23, 44), (25, 62), (32, 80), (46, 88),
    ),
    corners=(0, 9, 10, 15, 16),
    eyes=((47, 54, 4.0, 6.4),),
    cheeks=((42, 28, 9, 6.5),),
    ear=((-8, 44), (-1, 52), (9, 49), (11, 38), (5, 28), (-1, 20), (-6, 26)),
    lines=(((38, 72), (47, 76.5), (57, 74)), ((-2, 42), (4, 44), (5, 36), (0, 30))),
    mouths=(((48, 11), (54, 6.5), (64.5, 9)), ((50, 6.5), (57, 7), (64.5, 7.5))),
)  # fmt: skip
THREE_QUARTER = Sprite(
    face=(
        (-14, -10), (-38, 22), (-52, 62), (-42, 104), (-10, 125), (26, 122), (50, 101), (58, 73),
        (55, 58), (57, 44), (56, 27),
        (52, 7), (44, -11), (30, -23), (14, -22), (-2, -13),
    ),
    hair=(
        (58, 77), (60, 100), (44, 126), (12, 139), (-26, 135), (-56, 110), (-66, 68), (-60, 30),
        (-46, 6), (-36, 12), (-38, 34),
        (-38, 50), (-26, 56), (-14, 44), (-10, 48), (-8, 68), (6, 84), (28, 90), (50, 88),
    ),
    corners=(0, 8, 13, 14),
    eyes=((13, 55, 3.7, 5.9), (42, 55, 3.1, 5.7)),
    cheeks=((6, 29, 9, 6),),
    ear=((-36, 44), (-30, 52), (-21, 49), (-19, 38), (-25, 26), (-31, 22), (-36, 30)),
    lines=(
        ((3, 70), (13, 75), (22, 72)), ((36, 72), (43, 75), (50, 71)), ((34, 46), (41, 34), (33, 31)),
        ((-31, 42), (-25, 43), (-25, 36), (-29, 30)),
    ),
    mouths=(((18, 11), (30, 7), (40, 11)), ((20, 8), (30, 8.5), (38, 8))),
)  # fmt: skip
FRONT = Sprite(
    face=(
        (0, -24), (22, -19), (40, 3), (50, 36), (52, 70), (44, 104), (20, 124), (-20, 124), (-44, 104), (-52, 70),
        (-50, 36), (-40, 3), (-22, -19),
    ),
    hair=(
        (0, 139), (34, 132), (55, 108), (58, 74), (53, 60), (48, 76), (40, 92), (18, 90), (-8, 96), (-30, 88),
            (-44, 84),
        (-53, 60), (-58, 74), (-55, 108), (-34, 132),
    ),
    corners=(4, 11),
    eyes=((-19, 54, 3.7, 5.9), (19, 54, 3.7, 5.9)),
    cheeks=((-30, 29, 9, 6), (30, 29, 9, 6)),
    ear=(),
    lines=(
        ((-28, 70), (-19, 74), (-11, 71)), ((28, 70), (19, 74), (11, 71)), ((-3, 33), (2, 31), (5, 34)),
    ),
    mouths=(((-11, 12), (0, 8), (11, 12)), ((-10, 9), (0, 9.5), (10, 9))),
)  # fmt: skip
BACK = Sprite(
    face=(
        (0, -24), (24, -22), (33, -4), (46, 22), (50, 50), (46, 96), (20, 120), (-20, 120), (-46, 96), (-50, 50),
        (-46, 22), (-33, -4), (-24, -22),
    ),
    hair=(
        (0, 140), (33, 133), (55, 108), (60, 76), (55, 52), (46, 44), (43, 26), (35, 8), (24, -1), (12, 3), (0, -1),
        (-12, 3), (-24, -1), (-35, 8), (-43, 26), (-46, 44), (-55, 52), (-60, 76), (-55, 108), (-33, 133),
    ),
    corners=(8, 9, 10, 11, 12),
    open_below=6.0,
)  # fmt: skip
FRONT_EARS: tuple[Ellipse, ...] = ((-53, 44, 8, 14), (53, 44, 8, 14))
BOB = {
    "profile": (
        (
            (66, 84), (68, 104), (54, 126), (24, 141), (-12, 141), (-48, 122), (-66, 84), (-68, 40),
            (-62, 6), (-56, -22),
            (-38, -30), (-14, -27), (-8, -20), (-15, 6), (-15, 34), (-7, 55), (8, 57), (17, 42), (24, 46), (26, 62),
            (34, 78), (48, 86),
        ),
        (0, 9, 12, 17),
    ),
    "front": (
        (
            (0, 144), (40, 134), (60, 104), (66, 40), (60, -18), (46, -26), (46, 40), (44, 84), (20, 90), (-6, 88),
            (-34, 84), (-46, 40), (-46, -26), (-60, -18), (-66, 40), (-60, 104), (-40, 134),
        ),
        (5, 7, 10, 12),
    ),
    "back": (
        (
            (0, 142), (38, 134), (60, 106), (65, 60), (64, 20), (58, -14), (38, -24), (12, -27), (-12, -27), (-38, -24),
            (-58, -14), (-64, 20), (-65, 60), (-60, 106), (-38, 134),
        ),
        (5, 10),
    ),
    "three_quarter": (
        (
            (58, 82), (60, 104), (42, 130), (8, 143), (-30, 138), (-60, 112), (-70, 66), (-70, 20),
            (-66, -20), (-46, -30),
            (-36, -24), (-41, 6), (-41, 36), (-35, 54), (-22, 58), (-13, 44), (-9, 50), (-8, 68), (6, 83), (30, 89),
            (46, 86),
        ),
        (0, 8, 10, 15),
    ),
}  # fmt: skip

# a tied tail: its outline, and whether it hangs behind the head
TAILS: dict[str, tuple[Pairs, bool]] = {
    "profile": (((-52, 96), (-74, 94), (-92, 72), (-94, 34), (-82, 2), (-76, 30), (-70, 54), (-54, 72)), True),
    "three_quarter": (((-56, 98), (-76, 92), (-90, 66), (-88, 30), (-76, 4), (-70, 30), (-64, 54), (-54, 72)), True),
    "back": (((-9, 84), (9, 84), (19, 62), (20, 26), (10, -6), (0, -16), (-10, -6), (-20, 26), (-19, 62)), False),
}
ROUND, MIDDLE = 68.0, 62.0
"""Radius and centre of the ball that a head's features lie on, before scaling."""
MOST_NOD, NOD_SHARE = 0.75, 0.6


def head(studio: Studio, z: float) -> Layer:
    """The head for the direction the face is seen from."""
    across, up, side_on = _axes(studio)
    sprite, name = _choice(studio, side_on)
    origin = studio.camera.flat(studio.skeleton.joints["head"])

    nod = float(np.clip(studio.camera.depth(studio.skeleton.frames["head"][:, 1]), -MOST_NOD, MOST_NOD))

    def put(points: Any) -> Array:
        local = _nodded(np.array(points, dtype=float), nod) * SCALE
        return origin + local[:, :1] * across + local[:, 1:] * up

    layer = Layer("head", z, joined={"neck": None, "shirt": None})
    _paint(studio, layer, sprite, name, put)
    return layer


def _nodded(points: Array, nod: float) -> Array:
    """The points as on a ball tilted to the viewer by `nod` (sine of the angle; 1: seen from above)."""
    x, y = points[:, 0], points[:, 1]
    near = np.sqrt(np.maximum(0.0, 1 - (x**2 + (y - MIDDLE) ** 2) / ROUND**2)) * ROUND
    jaw = np.maximum(0.0, 40.0 - y) * (1 - np.sqrt(1 - nod**2))
    return np.column_stack([x, y - near * nod * NOD_SHARE + jaw])


def _choice(studio: Studio, side_on: float) -> tuple[Sprite, str]:
    away = studio.camera.depth(studio.skeleton.frames["head"][:, 0]) < 0
    if side_on > (0.55 if away else 0.8):
        return PROFILE, "profile"
    if away:
        return BACK, "back"
    return (FRONT, "front") if side_on < 0.3 else (THREE_QUARTER, "three_quarter")


def _axes(studio: Studio) -> tuple[Array, Array, float]:
    """Paper directions of the face and the crown, and how far the face is seen from its side (0 front, 1 profile)."""
    turned = studio.skeleton.frames["head"] @ np.eye(3)
    seen_up = unit(studio.camera.flat(turned[:, 1]))
    across = vec(float(seen_up[1]), -float(seen_up[0]))
    side_on = float(np.dot(studio.camera.flat(turned[:, 0]), across))
    return (across if side_on >= 0 else -across), seen_up, abs(side_on)


def _ellipse(shape: Ellipse, put: Callable[[Any], Array]) -> Geometry:
    x, y, wide, high = shape
    angles = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    return Polygon(put(np.column_stack([x + wide * np.cos(angles), y + high * np.sin(angles)])))


def _paint(studio: Studio, layer: Layer, sprite: Sprite, name: str, put: Callable[[Any], Array]) -> None:
    theme, ink, size = studio.theme, studio.ink, studio.size
    bob = studio.person.hair == "bob"
    strands, corners = BOB[name] if bob else (sprite.hair, sprite.corners)
    face = polygon(put(spline(sprite.face, True)))
    hair = polygon(put(spline(strands, True, corners)))
    ears = [_ellipse(ear, put) for ear in FRONT_EARS] if sprite in (FRONT, BACK) and not bob else []
    tail, behind = TAILS.get(name, ((), False)) if studio.person.hair == "tail" else ((), False)
    tone = theme.tone("grey_hair" if studio.person.hair_tone == "grey" else "hair")
    tied = [polygon(put(spline(tail, True)))] if tail else []
    for shape in tied * behind:
        layer.area(shape, tone, ink, size.outline)
    for ear in ears:
        layer.area(ear, theme.tone("skin"), ink, size.outline * 0.85)
    bare = polygon(put([(-90, sprite.open_below), (90, sprite.open_below), (90, -110), (-90, -110)]))
    layer.area(face, theme.tone("skin"), ink, size.outline, open_at=bare if sprite.open_below > -100 else None)
    if theme.name == "colour":
        for cheek in sprite.cheeks:
            layer.area(_ellipse(cheek, put), theme.tone("cheek"), None, 0)
    layer.area(hair, tone, ink, size.outline)
    for shape in tied * (not behind):
        layer.area(shape, tone, theme.tone("strand"), size.inner)
    if sprite.ear:
        layer.area(polygon(put(spline(sprite.ear, True))), theme.tone("skin"), ink, size.outline * 0.85)
    for eye in sprite.eyes:
        layer.area(_ellipse(eye, put), ink, None, 0)
    mouth = sprite.mouths[("smile", "neutral").index(studio.person.mouth)] if sprite.mouths else None
    for feature in (*sprite.lines, *([mouth] if mouth else [])):
        layer.line(line(put(spline(feature, False))), ink, size.inner)
    layer.solid = shapely.union_all([face, hair, *ears, *tied])
