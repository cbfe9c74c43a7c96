"""Polylines → corners and as few least-squares cubic Béziers as stay within a tolerance (after Schneider 1990)."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from handouts.figures.space import Array, unit

Segment = tuple[str, tuple[float, ...]]
CORNER = 38.0
WINDOW = 0.5
STEP = 0.9
TANGENT = 0.45


def fit(points: Array, closed: bool, tolerance: float) -> list[Segment]:
    """("M", (x, y)), then ("L", (x, y)) and ("C", (x1, y1, x2, y2, x, y)) segments; a closed line returns to its start.

    Two points of an open line give M and L.
    """
    p = _clean(points, closed)
    if len(p) < 3:
        return [("M" if i == 0 else "L", (float(x), float(y))) for i, (x, y) in enumerate(p)]
    stops = _corners(p, closed)
    if closed:
        start = stops[0] if stops else 0
        p = np.roll(p, -start, axis=0)
        stops = sorted({(stop - start) % len(p) for stop in stops})
        p = np.vstack([p, p[:1]])
        smooth_join = not stops
        stops = [*stops, len(p) - 1] if stops else [0, len(p) - 1]
    else:
        smooth_join, stops = False, [0, *stops, len(p) - 1]
    segments: list[Segment] = [("M", (float(p[0][0]), float(p[0][1])))]
    for first, last in pairwise(stops):
        segments += _run(p[first : last + 1], tolerance, smooth_join)
    return segments


def _clean(points: Array, closed: bool) -> Array:
    p = np.asarray(points, dtype=float)
    if closed and np.allclose(p[0], p[-1]):
        p = p[:-1]
    if len(p) < 2:
        return p
    steps = np.hypot(*np.diff(p, axis=0).T)
    p = p[np.concatenate([[True], steps > 0.02])]
    return _dense(p, closed)


def _dense(p: Array, closed: bool) -> Array:
    """Long straight steps get points of their own, or a curve could bulge between two far vertices unseen."""
    ends = np.vstack([p[1:], p[:1]]) if closed else p[1:]
    rows = []
    for start, end in zip(p, ends, strict=False):
        count = max(1, math.ceil(float(np.linalg.norm(end - start)) / STEP))
        rows.append(start + (end - start) * (np.arange(count) / count)[:, None])
    return np.vstack(rows if closed else [*rows, p[-1:]])


def _corners(p: Array, closed: bool) -> list[int]:
    """Vertices where the line turns sharply within a short window of its length."""
    count = len(p)
    found: list[tuple[float, int]] = []
    for i in range(count) if closed else range(1, count - 1):
        before, after = _step(p, i, -1, closed), _step(p, i, 1, closed)
        a, b = unit(p[i] - before), unit(after - p[i])
        turn = math.degrees(math.acos(max(-1.0, min(1.0, float(np.dot(a, b))))))
        if turn > CORNER:
            found.append((turn, i))
    kept: list[int] = []
    for _, i in sorted(found, reverse=True):
        if all(float(np.linalg.norm(p[i] - p[j])) > WINDOW * 1.2 for j in kept):
            kept.append(i)
    return sorted(kept)


def _step(p: Array, index: int, way: int, closed: bool, window: float = WINDOW) -> Array:
    """The point about `window` along the line from a vertex."""
    here: Array = p[index]
    left = window
    for _ in range(len(p)):
        index += way
        if not closed and not 0 <= index < len(p):
            return here
        there = p[index % len(p)]
        size = float(np.linalg.norm(there - here))
        if size >= left:
            stop: Array = here + (there - here) * (left / size)
            return stop
        left -= size
        here = there
    return here


def _run(p: Array, tolerance: float, ring: bool) -> list[Segment]:
    """Curves from corner to corner, each as long as one cubic can follow the line."""
    if len(p) < 2:
        return []
    segments: list[Segment] = []
    start = 0
    seam = _tangent(np.vstack([p[:-1], p[:-1]]), len(p) - 1) if ring else None
    while start < len(p) - 1:
        end, segment = _longest(p, start, tolerance, seam)
        segments.append(segment)
        start = end
    return segments


def _longest(p: Array, start: int, tolerance: float, seam: Array | None) -> tuple[int, Segment]:
    """The farthest vertex that one segment reaches within the tolerance, and that segment."""
    low, high = start + 1, len(p) - 1
    best = (low, _one(p, start, low, 1e9, seam))
    probe = high
    while low <= high:
        segment = _one(p, start, probe, tolerance, seam)
        if segment is None:
            high = probe - 1
        else:
            best, low = (probe, segment), probe + 1
        probe = (low + high + 1) // 2
    assert best[1] is not None
    return best[0], best[1]


def _one(p: Array, start: int, end: int, tolerance: float, seam: Array | None) -> Segment | None:
    piece = p[start : end + 1]
    if len(piece) == 2 or _straight(piece, tolerance):
        return "L", (float(piece[-1][0]), float(piece[-1][1]))
    first = seam if seam is not None and start == 0 else _tangent(p, start)
    last = seam if seam is not None and end == len(p) - 1 else _tangent(p, end)
    return _cubic(piece, first, -last, tolerance)


def _tangent(p: Array, index: int) -> Array:
    """Direction of the line at a vertex, over about TANGENT to each side."""
    return unit(_step(p, index, 1, False, TANGENT) - _step(p, index, -1, False, TANGENT))


def _straight(p: Array, tolerance: float) -> bool:
    if np.allclose(p[0], p[-1]):
        return False
    along = unit(p[-1] - p[0])
    away = np.abs((p[:, 0] - p[0, 0]) * along[1] - (p[:, 1] - p[0, 1]) * along[0])
    return bool(away.max() < tolerance * 0.6)


def _cubic(p: Array, first: Array, last: Array, tolerance: float) -> Segment | None:
    """One cubic through the ends with the given tangents, or None if it strays."""
    u = _chord(p)
    for _ in range(4):
        control = _least_squares(p, u, first, last)
        errors = np.sum((_bezier(control, u) - p) ** 2, axis=1)
        worst = float(errors.max())
        if worst < tolerance**2:
            return _curve(control)
        if worst > (tolerance * 8) ** 2:
            return None
        u = _newton(control, p, u)
    return None


def _curve(control: Array) -> Segment:
    return "C", tuple(float(number) for number in control[1:].ravel())


def _chord(p: Array) -> Array:
    u = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(p, axis=0).T))])
    chord: Array = u / u[-1]
    return chord


def _bezier(control: Array, u: Array) -> Array:
    t = u[:, None]
    value: Array = (
        (1 - t) ** 3 * control[0]
        + 3 * t * (1 - t) ** 2 * control[1]
        + 3 * t**2 * (1 - t) * control[2]
        + t**3 * control[3]
    )
    return value


def _least_squares(p: Array, u: Array, first: Array, last: Array) -> Array:
    b1, b2 = 3 * u * (1 - u) ** 2, 3 * u**2 * (1 - u)
    a1, a2 = first * b1[:, None], last * b2[:, None]
    start, end = p[0], p[-1]
    rest = p - (start * ((1 - u) ** 3 + b1)[:, None] + end * (u**3 + b2)[:, None])
    c00, c01, c11 = float((a1 * a1).sum()), float((a1 * a2).sum()), float((a2 * a2).sum())
    x0, x1 = float((a1 * rest).sum()), float((a2 * rest).sum())
    det = c00 * c11 - c01 * c01
    size = float(np.linalg.norm(end - start))
    left = (x0 * c11 - x1 * c01) / det if abs(det) > 1e-12 else 0.0
    right = (c00 * x1 - c01 * x0) / det if abs(det) > 1e-12 else 0.0
    length = float(np.hypot(*np.diff(p, axis=0).T).sum())
    if not (1e-3 * size < left < length * 1.2 and 1e-3 * size < right < length * 1.2):
        left = right = size / 3
    return np.array([start, start + first * left, end + last * right, end])


def _newton(control: Array, p: Array, u: Array) -> Array:
    t = u[:, None]
    d1 = 3 * np.diff(control, axis=0)
    d2 = 2 * np.diff(d1, axis=0)
    value = _bezier(control, u) - p
    slope = (1 - t) ** 2 * d1[0] + 2 * t * (1 - t) * d1[1] + t**2 * d1[2]
    bend = (1 - t) * d2[0] + t * d2[1]
    below = (slope**2).sum(axis=1) + (value * bend).sum(axis=1)
    above = (value * slope).sum(axis=1)
    moved = np.where(np.abs(below) > 1e-9, u - above / np.where(np.abs(below) > 1e-9, below, 1.0), u)
    return np.clip(np.maximum.accumulate(moved), 0.0, 1.0)
