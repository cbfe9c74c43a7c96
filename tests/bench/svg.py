"""Paths and cells as SVG, for the engines that take pictures so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

HEAD = '<svg xmlns="http://www.w3.org/2000/svg"'


def svg(width: float, height: float, paths: Sequence[dict[str, Any]]) -> str:
    """A picture; sizes in pt, one unit a pt."""
    size = f'viewBox="0 0 {width:g} {height:g}"'
    drawn = "".join(_path(path) for path in paths)
    return f'{HEAD} {size} fill="none" fill-rule="evenodd" stroke-linejoin="round" stroke-linecap="round">{drawn}</svg>'


def _path(path: dict[str, Any]) -> str:
    data = "".join(step[0] + " ".join(f"{number:g}" for number in step[1:]) for step in path["data"])
    parts = [f'd="{data}"']
    if path["fill"]:
        parts.append(f'fill="{path["fill"]}"')
    if path["stroke"]:
        parts.append(f'stroke="{path["stroke"]}" stroke-width="{path["line"]:g}"')
    if path["dash"]:
        parts.append('stroke-dasharray="{:g} {:g}"'.format(*path["dash"]))
    return f"<path {' '.join(parts)}/>"


def runs(rows: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Dark runs of a square of cells: column, row and length."""
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = len(row) - x - len(row[x:].lstrip("1"))
            if length:
                yield x, y, length
            x += length or 1


def qr_svg(rows: Sequence[str]) -> str:
    """A code as one path, without its quiet zone."""
    side = len(rows)
    data = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs(rows))
    return f'{HEAD} viewBox="0 0 {side} {side}"><path d="{data}" fill="#000"/></svg>'
