"""Polylines → corners and as few least-squares cubic Béziers as stay within a tolerance (after Schneider 1990)."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handouts.figures.space import Array, unit

Segment = tuple[str, tuple[float, ...]]
Complex = NDArray[np.complex128]
Control = tuple[complex, complex, complex, complex]
CORNER = 38.0
WINDOW = 0.5
STEP = 0.9
TANGENT = 0.45
FIRST_TRY = 16
HOPELESS = 6
GAIN = 0.8


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
    """The farthest vertex that one segment reaches within the tolerance, and that segment.

    Doubling steps come first, then halving between the last that held and the first that did not: most curves are
    short beside the line, and a trial costs what its piece is long.
    """
    low, high = start + 1, len(p) - 1
    best: tuple[int, Segment] = (low, _to(p[low]))
    stride = FIRST_TRY
    while low <= high:
        probe = min(start + stride, high) if stride else (low + high + 1) // 2
        segment = _one(p, tangents, start, probe, tolerance)
        if segment is None:
            high, stride = probe - 1, 0
        else:
            best, low, stride = (probe, segment), probe + 1, stride * 2
    return best


def _one(p: Array, tangents: Array, start: int, end: int, tolerance: float) -> Segment | None:
    piece = p[start : end + 1]
    if len(piece) == 2 or _straight(piece, tolerance):
        return _to(piece[-1])
    return _cubic(piece, tangents[start], -tangents[end], tolerance)


def _to(point: Array) -> Segment:
    return "L", (float(point[0]), float(point[1]))


def _straight(p: Array, tolerance: float) -> bool:
    if math.dist(p[0], p[-1]) < 1e-6:
        return False
    along = unit(p[-1] - p[0])
    away = np.abs((p[:, 0] - p[0, 0]) * along[1] - (p[:, 1] - p[0, 1]) * along[0])
    return bool(away.max() < tolerance * 0.6)


def _cubic(p: Array, first: Array, last: Array, tolerance: float) -> Segment | None:
    """One cubic through the ends with the given tangents, or None if it strays.

    Points are complex numbers here: one array instead of two columns halves the work.
    """
    z = p[:, 0] + 1j * p[:, 1]
    ways = complex(*first), complex(*last)
    u = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(z)))])
    length = float(u[-1])
    u /= length
    before = math.inf
    for _ in range(4):
        control = _least_squares(z, u, ways, length)
        off = _bezier(control, u) - z
        worst = float((off.real**2 + off.imag**2).max())
        if worst < tolerance**2:
            return "C", tuple(part for point in control[1:] for part in (point.real, point.imag))
        if worst > (tolerance * HOPELESS) ** 2 or worst > before * GAIN:
            return None
        before = worst
        u = _newton(control, off, u)
    return None


def _bezier(control: Control, u: Array) -> Complex:
    a, b, c, d = control
    value = ((u * (d - 3 * c + 3 * b - a) + 3 * (c - 2 * b + a)) * u + 3 * (b - a)) * u + a
    return np.asarray(value, dtype=np.complex128)


def _least_squares(z: Complex, u: Array, ways: tuple[complex, complex], length: float) -> Control:
    """The two inner control points along the end tangents; a third of the chord where no sensible ones exist."""
    first, last = ways
    start, end = complex(z[0]), complex(z[-1])
    v = 1 - u
    b1, b2 = 3 * u * v * v, 3 * u * u * v
    rest = z - start * (v**3 + b1) - end * (u**3 + b2)
    # |first| = |last| = 1 (or 0), so the normal equations need only sums of the weights.
    c00, c11 = abs(first) ** 2 * float(b1 @ b1), abs(last) ** 2 * float(b2 @ b2)
    c01 = (first.conjugate() * last).real * float(b1 @ b2)
    x0, x1 = float((first.conjugate() * (b1 @ rest)).real), float((last.conjugate() * (b2 @ rest)).real)
    det = c00 * c11 - c01 * c01
    size = abs(end - start)
    left = (x0 * c11 - x1 * c01) / det if abs(det) > 1e-12 else 0.0
    right = (c00 * x1 - c01 * x0) / det if abs(det) > 1e-12 else 0.0
    if not (1e-3 * size < left < length * 1.2 and 1e-3 * size < right < length * 1.2):
        left = right = size / 3
    return start, start + first * left, end + last * right, end


def _newton(control: Control, off: Complex, u: Array) -> Array:
    """Parameters moved once towards the curve's nearest points; `off` is curve minus point."""
    a, b, c, d = control
    second = 6 * ((d - 3 * c + 3 * b - a) * u + (c - 2 * b + a))
    slope = (3 * (d - 3 * c + 3 * b - a) * u + 6 * (c - 2 * b + a)) * u + 3 * (b - a)
    below = (slope * slope.conj() + off * second.conj()).real
    above = (off * slope.conj()).real
    step = np.divide(above, below, out=np.zeros_like(above), where=np.abs(below) > 1e-9)
    moved: Array = np.clip(np.maximum.accumulate(u - step), 0.0, 1.0)
    return moved
