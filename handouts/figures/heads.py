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
    """One drawn head: outlines closed, features open; `corners` keeps points of the hair sharp."""

    face: Pairs
    hair: Pairs
    corners: tuple[int, ...]
    eyes: tuple[Ellipse, ...] = ()
    cheeks: tuple[Ellipse, ...] = ()
    ear: Pairs = ()
    lines: tuple[Pairs, ...] = ()


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
    lines=(((38, 72), (47, 76.5), (57, 74)), ((48, 11), (54, 6.5), (64.5, 9)), ((-2, 42), (4, 44), (5, 36), (0, 30))),
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
        ((3, 70), (13, 75), (22, 72)), ((36, 72), (43, 75), (50, 71)), ((34, 46), (41, 34), (33,
        31)), ((18, 11), (30, 7), (40, 11)),
        ((-31, 42), (-25, 43), (-25, 36), (-29, 30)),
    ),
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
        ((-11, 12), (0, 8), (11, 12)),
    ),
)  # fmt: skip
BACK = Sprite(
    face=FRONT.face,
    hair=(
        (0, 140), (36, 132), (58, 104), (60, 66), (54, 36), (38, 6), (20, -4), (0, -6), (-20, -4), (-38, 6), (-54, 36),
        (-60, 66), (-58, 104), (-36, 132),
    ),
    corners=(),
)  # fmt: skip
FRONT_EARS: tuple[Ellipse, ...] = ((-53, 44, 8, 14), (53, 44, 8, 14))
BOB = {
    "profile": (
        (
            (66, 84), (68, 104), (54, 126), (24, 141), (-12, 141), (-48, 122), (-66, 84), (-68, 40),
            (-62, 6), (-56, -22),
            (-38, -30), (-14, -28), (10, -24), (20, -10), (20, 18), (24, 48), (34, 74), (48, 84),
        ),
        (0, 9, 12, 13),
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
            (0, 144), (44, 132), (66, 96), (70, 40), (64, -20), (30, -30), (-30, -30), (-64, -20), (-70, 40), (-66, 96),
            (-44, 132),
        ),
        (),
    ),
    "three_quarter": (
        (
            (58, 82), (60, 104), (42, 130), (8, 143), (-30, 138), (-60, 112), (-70, 66), (-70, 20),
            (-66, -20), (-46, -30),
            (-24, -26), (-14, -8), (-12, 30), (-8, 62), (6, 80), (30, 88), (46, 86),
        ),
        (0, 8, 10),
    ),
}  # fmt: skip


def head(studio: Studio, z: float) -> Layer:
    """The head for the direction the face is seen from."""
    across, up, side_on = _axes(studio)
    sprite, name = _choice(studio, side_on)
    origin = studio.camera.flat(studio.skeleton.joints["head"])

    def put(points: Any) -> Array:
        local = np.array(points, dtype=float) * SCALE
        return origin + local[:, :1] * across + local[:, 1:] * up

    layer = Layer("head", z, joined={"neck": None, "shirt": None})
    _paint(studio, layer, sprite, name, put)
    return layer


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
    for ear in ears:
        layer.area(ear, theme.tone("skin"), ink, size.outline * 0.85)
    layer.area(face, theme.tone("skin"), ink, size.outline)
    if theme.name == "colour":
        for cheek in sprite.cheeks:
            layer.area(_ellipse(cheek, put), theme.tone("cheek"), None, 0)
    layer.area(hair, theme.tone("grey_hair" if studio.person.grey else "hair"), ink, size.outline)
    if sprite.ear and not bob:
        layer.area(polygon(put(spline(sprite.ear, True))), theme.tone("skin"), ink, size.outline * 0.85)
    for eye in sprite.eyes:
        layer.area(_ellipse(eye, put), ink, None, 0)
    for index, feature in enumerate(sprite.lines):
        if not (bob and sprite.ear and index == len(sprite.lines) - 1):
            layer.line(line(put(spline(feature, False))), ink, size.inner)
    layer.solid = shapely.union_all([face, hair, *ears])
