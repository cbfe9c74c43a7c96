"""Signs in printed points over the body: arrows, plumb lines, ○ and ×, dashed second positions, close-up frames."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon
from shapely.geometry import Point as Dot

from handouts.figures import limbs, pose
from handouts.figures.layers import Layer
from handouts.figures.outline import EMPTY, Geometry, line
from handouts.figures.space import Array, unit, vec
from handouts.figures.studio import Studio

HEAD_WIDE, HEAD_LONG = 2.7, 2.5


def arrow(studio: Studio, wanted: pose.Arrow, z: float) -> Layer:
    """One arrow with a white casing: a stroked shaft and a filled head (or two)."""
    layer = Layer("arrow", z, gap=1.0)
    path, width = LineString(_course(studio, wanted)), studio.units(wanted.width)
    shaft, heads = arrow_parts(path, width, wanted.double)
    tone = studio.theme.tone(wanted.meaning)
    layer.line(shaft, tone, wanted.width)
    layer.area(shapely.union_all(heads), tone, None, 0)
    layer.solid = shapely.union_all([shaft.buffer(width / 2), *heads])
    return layer


def _course(studio: Studio, wanted: pose.Arrow) -> Array:
    shift = vec(*wanted.shift)
    if wanted.arc is not None:
        angles = np.radians(np.linspace(wanted.angles[0], wanted.angles[1], 40))
        return studio.seen(wanted.arc) + shift + wanted.radius * np.column_stack([np.cos(angles), np.sin(angles)])
    assert wanted.start is not None
    start = studio.seen(wanted.start) + shift
    end = start + vec(*wanted.by) if wanted.by else studio.seen(wanted.end or wanted.start) + shift
    across = vec(-(end - start)[1], (end - start)[0]) * wanted.bend
    middle = (start + end) / 2 + across
    t = np.linspace(0, 1, 30)[:, None]
    curve: Array = (1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end
    return curve


def arrow_parts(path: Geometry, width: float, double: bool) -> tuple[Geometry, list[Geometry]]:
    """Shaft line and head areas; the tips are the ends of the path. Lengths in body units."""
    head = min(width * HEAD_LONG, path.length * 0.45)
    first, last = (head * 0.7 if double else width / 2), path.length - head * 0.7
    shaft = LineString([path.interpolate(t) for t in np.linspace(first, last, 24)])
    heads = [_head(path, path.length, path.length - head, width)]
    if double:
        heads.append(_head(path, 0.0, head, width))
    return shaft, heads


def _head(path: Geometry, tip_at: float, back_at: float, width: float) -> Geometry:
    tip, back = (np.array(path.interpolate(t).coords[0]) for t in (tip_at, back_at))
    forward = unit(tip - back)
    across = vec(-float(forward[1]), float(forward[0])) * width * HEAD_WIDE / 2
    return Polygon([tip, back + across, back + forward * width * 0.25, back - across])


def guide(studio: Studio, wanted: pose.Guide, z: float) -> Layer:
    """A plumb line with a dot where it starts."""
    layer = Layer("guide", z, gap=0.8)
    x, y = (float(number) for number in studio.seen(wanted.start))
    drop = line(np.array([[x, y], [x, wanted.floor]]))
    dot = Dot(x, y).buffer(studio.units(2.6))
    layer.line(drop, studio.ink, 1.0, (3.2, 2.4))
    layer.area(dot, studio.ink, None, 0)
    layer.solid = shapely.union_all([drop.buffer(studio.units(0.5), cap_style="flat"), dot])
    return layer


def mark(studio: Studio, wanted: pose.Mark, z: float) -> Layer:
    """○ for right, × for wrong."""
    layer = Layer("mark", z)
    x, y = (float(number) for number in studio.seen(wanted.at))
    radius = studio.units(wanted.radius)
    if wanted.kind == "right":
        shape, width = Dot(x, y).buffer(radius, quad_segs=16).boundary, 2.6
    else:
        r = radius * 0.85
        shape, width = MultiLineString([[(x - r, y - r), (x + r, y + r)], [(x - r, y + r), (x + r, y - r)]]), 3.0
    layer.line(shape, studio.theme.tone(wanted.kind), width)
    # a × on the body clears a round place: pieces of lines beside it would read as a part of the sign
    layer.solid = Dot(x, y).buffer(radius) if wanted.kind == "wrong" else shape.buffer(studio.units(width / 2))
    return layer


def ghost(studio: Studio, wanted: pose.Ghost, z: float) -> Layer:
    """The dashed outline of a second position; only what the first position does not cover."""
    layer = Layer("ghost", z)
    shape = limbs.shank_ghost(studio, wanted.leg, wanted.knee, wanted.ankle)
    layer.line(shape.boundary, studio.ink, 0.9, (2.4, 2.2))
    layer.solid, layer.gap = shape, 0.0
    return layer


def ring(studio: Studio, wanted: pose.Ring, z: float) -> Layer:
    """A thin black ring that says "here": neither ○ nor an arrow's colour."""
    layer = Layer("ring", z, gap=0.8)
    circle = Dot(*studio.seen(wanted.at)).buffer(wanted.radius, quad_segs=16).boundary
    layer.line(circle, studio.ink, 1.2)
    layer.solid = circle.buffer(studio.units(0.6))
    return layer


def leader(studio: Studio, start: Array, end: Array, z: float) -> Layer:
    """A thin line with a dot at the thing that a word at its other end names."""
    layer = Layer("leader", z, gap=0.8)
    dot, ray = Dot(*start).buffer(studio.units(1.4)), line(np.array([start, end]))
    layer.line(ray, studio.ink, 0.7)
    layer.area(dot, studio.ink, None, 0)
    layer.solid = shapely.union_all([dot, ray.buffer(studio.units(0.35), cap_style="flat")])
    return layer


def lens(
    studio: Studio, centre: Array, radius: float, target: Array, reach: float, z: float, locator: float
) -> list[Layer]:
    """The close-up's round frame, the small circle that it enlarges, and the line that joins them at depth `locator`.

    A locator behind the body is the line alone: it ends at the limb and hides nothing of the place it points at.
    """
    frame = Layer("lens", z, gap=1.2)
    disc = Dot(*centre).buffer(radius, quad_segs=24)
    frame.solid = disc
    frame.line(disc.boundary, studio.ink, 1.1)
    link = Layer("locator", locator, gap=0.8)
    behind = locator < z - 1
    towards = unit(centre - target)
    ring = EMPTY if behind else Dot(*target).buffer(reach, quad_segs=16).boundary
    ray = line(np.array([target if behind else target + towards * reach, centre - towards * radius]))
    link.line(ring, studio.ink, 0.9)
    link.line(ray, studio.ink, 0.9)
    link.solid = shapely.union_all([shape.buffer(studio.units(0.4)) for shape in (ring, ray)])
    return [link, frame]
