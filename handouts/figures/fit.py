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
    ring = np.vstack([p, p[:1]]) if closed else p
    counts = np.maximum(1, np.ceil(np.hypot(*np.diff(ring, axis=0).T) / STEP)).astype(int)
    places = np.repeat(np.arange(len(counts)), counts) + np.concatenate([np.arange(n) / n for n in counts])
    if not closed:
        places = np.append(places, len(p) - 1)
    return _at(ring, np.arange(float(len(ring))), places)


def _at(p: Array, known: Array, wanted: Array) -> Array:
    return np.column_stack([np.interp(wanted, known, p[:, 0]), np.interp(wanted, known, p[:, 1])])


def _ways(p: Array, closed: bool, window: float) -> tuple[Array, Array]:
    """At every vertex the line's direction over `window` before it and after it, not normalised."""
    ring = np.vstack([p, p[:1]]) if closed else p
    run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    here, total = run[: len(p)], run[-1]
    before, after = here - window, here + window
    if closed:
        before, after = before % total, after % total
    return p - _at(ring, run, before), _at(ring, run, after) - p


def _corners(p: Array, closed: bool) -> list[int]:
    """Vertices where the line turns sharply within a short window of its length, the sharpest of each cluster."""
    into, out = _ways(p, closed, WINDOW)
    turns = np.abs(np.degrees(np.arctan2(into[:, 0] * out[:, 1] - into[:, 1] * out[:, 0], (into * out).sum(axis=1))))
    if not closed:
        turns[[0, -1]] = 0.0
    kept: list[int] = []
    for i in np.argsort(-turns, kind="stable")[: int((turns > CORNER).sum())].tolist():
        if all(math.dist(p[i], p[j]) > WINDOW * 1.2 for j in kept):
            kept.append(i)
    return sorted(kept)


def _run(p: Array, tolerance: float, ring: bool) -> list[Segment]:
    """Curves from corner to corner, each as long as one cubic can follow the line."""
    if len(p) < 2:
        return []
    into, out = _ways(p[:-1], True, TANGENT) if ring else _ways(p, False, TANGENT)
    tangents = into + out
    tangents = np.vstack([tangents, tangents[:1]]) if ring else tangents
    tangents = tangents / np.maximum(np.hypot(*tangents.T), 1e-9)[:, None]
    segments: list[Segment] = []
    start = 0
    while start < len(p) - 1:
        end, segment = _longest(p, tangents, start, tolerance)
        segments.append(segment)
        start = end
    return segments


def _longest(p: Array, tangents: Array, start: int, tolerance: float) -> tuple[int, Segment]:
    """The farthest vertex that one segment reaches within the tolerance, and that segment."""
    low, high = start + 1, len(p) - 1
    best: tuple[int, Segment] = (low, _to(p[low]))
    probe = high
    while low <= high:
        segment = _one(p, tangents, start, probe, tolerance)
        if segment is None:
            high = probe - 1
        else:
            best, low = (probe, segment), probe + 1
        probe = (low + high + 1) // 2
    return best


def _one(p: Array, tangents: Array, start: int, end: int, tolerance: float) -> Segment | None:
    piece = p[start : end + 1]
    if len(piece) == 2 or _straight(piece, tolerance):
        return _to(piece[-1])
    return _cubic(piece, tangents[start], -tangents[end], tolerance)


def _to(point: Array) -> Segment:
    return "L", (float(point[0]), float(point[1]))


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
