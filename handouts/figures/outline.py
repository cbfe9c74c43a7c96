"""Tubes → outlines on the paper: the union of the hulls of neighbouring rings, closed like flesh at the joints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon
from shapely.ops import linemerge

from handouts.figures.body import Tube
from handouts.figures.space import Array, Camera

Geometry = Any
"""A shapely geometry; shapely ships no types."""

EMPTY: Geometry = Polygon()


def silhouette(tubes: Iterable[Tube], camera: Camera) -> Geometry:
    """The outline of some tubes together, in body units on the paper."""
    hulls: list[Geometry] = []
    for tube in tubes:
        seen = camera.flat(tube.rings)
        pairs = np.concatenate([seen[:-1], seen[1:]], axis=1)
        hulls.extend(np.atleast_1d(np.asarray(shapely.convex_hull(shapely.linestrings(pairs)))))
    return shapely.union_all(shapely.buffer(np.array(hulls), 0.05, quad_segs=2))


def close(shape: Geometry, hollow: float, corner: float = 0.0) -> Geometry:
    """Fills creases narrower than twice `hollow` and rounds corners sharper than `corner`."""
    closed = shape.buffer(hollow, quad_segs=12).buffer(-hollow, quad_segs=12)
    if corner:
        closed = closed.buffer(-corner, quad_segs=12).buffer(corner, quad_segs=12)
    return closed


def polygon(points: Array) -> Geometry:
    """A valid polygon from (n, 2) points."""
    return Polygon(points).buffer(0)


def spline(
    points: Iterable[tuple[float, float]], closed: bool, corners: tuple[int, ...] = (), steps: int = 10
) -> Array:
    """A smooth curve through the points, sharp at the numbered corners: (n, 2)."""
    p = np.array(list(points), dtype=float)
    count = len(p)
    u = np.linspace(0, 1, steps, endpoint=False)[:, None]
    curve = []
    for i in range(count if closed else count - 1):
        before, start = p[i - 1] if closed or i else p[i], p[i]
        end, after = p[(i + 1) % count], p[(i + 2) % count] if closed or i + 2 < count else p[(i + 1) % count]
        reach = float(np.linalg.norm(end - start))
        first, second = (_tangent(m, reach) for m in ((end - before) / 2, (after - start) / 2))
        first = (end - start) * 0.6 if i in corners else first
        second = (end - start) * 0.6 if (i + 1) % count in corners else second
        curve.append(
            (2 * u**3 - 3 * u**2 + 1) * start
            + (u**3 - 2 * u**2 + u) * first
            + (3 * u**2 - 2 * u**3) * end
            + (u**3 - u**2) * second
        )
    return np.vstack(curve if closed else [*curve, p[-1:]])


def _tangent(slope: Array, reach: float) -> Array:
    size = float(np.linalg.norm(slope))
    return slope * min(1.0, 1.1 * reach / max(size, 1e-9))


def line(points: Array) -> Geometry:
    """An open line through (n, 2) points."""
    return LineString(points)


def lines_of(shape: Geometry) -> list[Geometry]:
    """Every single line of a geometry, touching pieces joined."""
    parts = [part for part in _flat(shape) if part.geom_type in ("LineString", "LinearRing") and not part.is_empty]
    if not parts:
        return []
    merged = linemerge([LineString(part.coords) for part in parts]) if len(parts) > 1 else parts[0]
    return list(getattr(merged, "geoms", [merged]))


def polygons_of(shape: Geometry) -> list[Geometry]:
    """Every single polygon of a geometry."""
    return [part for part in _flat(shape) if part.geom_type == "Polygon" and not part.is_empty]


def _flat(shape: Geometry) -> Iterable[Geometry]:
    for part in getattr(shape, "geoms", [shape]):
        if hasattr(part, "geoms"):
            yield from _flat(part)
        else:
            yield part


def bundle(lines: list[Geometry]) -> Geometry:
    """Several lines as one geometry."""
    return MultiLineString(lines) if lines else EMPTY
