"""A drawing → flat SVG: one <path> a mark, M L C Z in absolute points, nothing else."""

from __future__ import annotations

import numpy as np

from handouts.figures.compose import POINTS_PER_MM, Drawing
from handouts.figures.fit import fit
from handouts.figures.layers import Mark
from handouts.figures.outline import Geometry, lines_of, polygons_of
from handouts.figures.space import Array

TOLERANCE = 0.12
"""How far a line may leave the outline it stands for, in pt (0.035 mm); coordinates are written to a tenth of a pt."""
UNDER = 0.3
"""The same for the edge of an area without a line of its own: it lies under a line or beside a white gap."""
SPECK = 0.35
"""Areas smaller than this (pt²) are not printed."""
SPECK_LINE = 0.05
"""Nor are lines shorter than this (pt)."""


def svg(drawing: Drawing) -> str:
    """The whole file, sizes in mm, one pt per user unit."""
    wide, high = drawing.width / POINTS_PER_MM, drawing.height / POINTS_PER_MM
    anchors = ";".join(f"{name} {x:.1f} {y:.1f}" for name, (x, y) in sorted(drawing.anchors.items()))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.2f}mm" height="{high:.2f}mm"'
        f' viewBox="0 0 {drawing.width:.2f} {drawing.height:.2f}" fill="none" fill-rule="evenodd"'
        f' stroke-width="{drawing.outline}" stroke-linejoin="round" stroke-linecap="round" data-anchors="{anchors}">'
    )
    return "\n".join([head, *_paths(drawing.marks, drawing.outline), "</svg>", ""])


def _paths(marks: tuple[Mark, ...], outline: float) -> list[str]:
    """Neighbouring lines of one style share a path."""
    paths: list[tuple[str, str]] = []
    for mark in marks:
        data = path_data(mark)
        if not data:
            continue
        style = _style(mark, outline)
        if paths and mark.fill is None and paths[-1][1] == style:
            paths[-1] = (paths[-1][0] + data, style)
        else:
            paths.append((data, style))
    return [f'<path d="{data}"{style}/>' for data, style in paths]


def path_data(mark: Mark) -> str:
    """The `d` of a mark: rings of its areas, or its lines."""
    if mark.fill is None:
        return "".join(_line(part) for part in lines_of(mark.shape))
    if mark.edge is not None:
        return _line(mark.edge)
    rings = []
    tolerance = UNDER if mark.under else TOLERANCE
    for area in polygons_of(mark.shape):
        if area.area > SPECK:
            rings.append(_ring(area.exterior, tolerance))
            rings += [_ring(hole, tolerance) for hole in area.interiors if hole.envelope.area > SPECK]
    return "".join(rings)


def _ring(ring: Geometry, tolerance: float) -> str:
    return _data(np.array(ring.coords), True, tolerance)


def _line(part: Geometry) -> str:
    points = np.array(part.coords)
    if part.length < SPECK_LINE:
        return ""
    return _data(points, bool(np.allclose(points[0], points[-1])), TOLERANCE)


def _data(points: Array, closed: bool, tolerance: float) -> str:
    segments = fit(points[:, :2], closed, tolerance)
    return "".join(kind + " ".join(_number(x, 1) for x in values) for kind, values in segments) + "Z" * closed


def _number(value: float, digits: int = 2) -> str:
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _style(mark: Mark, outline: float) -> str:
    text = f' fill="{mark.fill}"' if mark.fill is not None else ""
    if mark.stroke is not None:
        text += f' stroke="{mark.stroke}"'
        if mark.width != outline:
            text += f' stroke-width="{_number(mark.width)}"'
    if mark.dash is not None:
        text += f' stroke-dasharray="{_number(mark.dash[0])} {_number(mark.dash[1])}"'
    return text
