"""Layers of the picture, back to front, and the subtraction that leaves a white gap round everything in front."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import shapely
from shapely import affinity

from handouts.figures.outline import EMPTY, Geometry, bundle, lines_of, polygons_of

HOLLOW = 1.5
"""Creases in a limb's gap narrower than twice this (pt) are filled: between two fingers the white is only noise."""


@dataclass(slots=True)
class Mark:
    """One thing to paint: an area's `fill`, or a line of `width` pt; geometry in body units on the paper.

    `fine` lines keep their short pieces when cut; the edge of an area `under` its line need not be exact.
    `edge` is the single open line to stroke in place of the area's whole outline.
    """

    shape: Geometry
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    dash: tuple[float, float] | None = None
    fine: bool = False
    under: bool = False
    edge: Geometry | None = None


@dataclass(slots=True)
class Layer:
    """Marks painted together at one depth.

    `solid` is what is cut, with the gap, from all layers behind, except where `joined` says that they grow together:
    the name of the layer behind → the region of no cut (None: everywhere).
    """

    name: str
    z: float
    marks: list[Mark] = field(default_factory=list)
    solid: Geometry = EMPTY
    joined: dict[str, Geometry | None] = field(default_factory=dict)
    gap: float | None = None

    def digit(self, shape: Geometry, fill: str, ink: str, width: float, root: Geometry) -> None:
        """A finger or toe on skin of its own colour: open inside `root`, one path where its outline is one line."""
        parts = lines_of(shape.boundary.difference(root))
        if len(parts) == 1 and not parts[0].is_ring:
            self.marks.append(Mark(shape, fill, ink, width, edge=parts[0]))
        else:
            self.area(shape, fill, ink, width, root)

    def area(self, shape: Geometry, fill: str, ink: str | None, width: float, open_at: Geometry | None = None) -> None:
        """A filled area with an outline, left open inside `open_at` where it grows out of something else."""
        if shape.is_empty:
            return
        if ink is None:
            self.marks.append(Mark(shape, fill))
        elif open_at is None:
            self.marks.append(Mark(shape, fill, ink, width))
        else:
            self.marks.append(Mark(shape, fill, under=True))
            self.marks.append(Mark(shape.boundary.difference(open_at), None, ink, width))

    def line(self, shape: Geometry, ink: str, width: float, dash: tuple[float, float] | None = None) -> None:
        """A line, open or closed, or several."""
        if not shape.is_empty:
            self.marks.append(Mark(shape, None, ink, width, dash, fine=True))


def transformed(mark: Mark, matrix: list[float]) -> Mark:
    """The mark under an affine map [a, b, d, e, x, y] (shapely's order); line widths stay."""
    edge = None if mark.edge is None else affinity.affine_transform(mark.edge, matrix)
    return replace(mark, shape=affinity.affine_transform(mark.shape, matrix), edge=edge)


def clipped(mark: Mark, window: Geometry) -> list[Mark]:
    """What of a mark lies inside a window."""
    if window.contains(mark.shape):
        return [mark]
    inside = mark.shape.intersection(window)
    if inside.is_empty:
        return []
    if mark.fill is None or mark.stroke is None:
        return [replace(mark, shape=inside)]
    edge = (mark.shape.boundary if mark.edge is None else mark.edge).intersection(window)
    return [Mark(inside, mark.fill, under=True), Mark(edge, None, mark.stroke, mark.width)]


def flatten(layers: list[Layer], point: float, gap: float) -> list[Mark]:
    """All marks in painting order, cut by what stands in front; `point`: one pt in body units, `gap`: pt."""
    ordered = sorted(layers, key=lambda layer: layer.z)
    marks: list[Mark] = []
    halos = [(layer, _halo(layer, point, gap)) for layer in ordered]
    for index, layer in enumerate(ordered):
        covers = [_cover(front, halo, layer) for front, halo in halos[index + 1 :] if not front.solid.is_empty]
        cover = shapely.union_all([shape for shape in covers if not shape.is_empty])
        for mark in layer.marks:
            marks.extend(_cut(mark, cover, point))
    return [mark for mark in marks if not mark.shape.is_empty]


def _halo(layer: Layer, point: float, gap: float) -> Geometry:
    if layer.solid.is_empty:
        return EMPTY
    wide = (gap if layer.gap is None else layer.gap) * point
    hollow = HOLLOW * point if layer.name.endswith(("arm", "leg", "fingers")) else 0.0
    return layer.solid.buffer(wide + hollow, quad_segs=8).buffer(-hollow, quad_segs=8)


def _cover(front: Layer, halo: Geometry, behind: Layer) -> Geometry:
    if behind.name in ("floor", "stairs"):  # the ground runs on under the feet: a gap would look like a hole
        return front.solid
    if behind.name not in front.joined:
        return halo
    region = front.joined[behind.name]
    return EMPTY if region is None else halo.difference(region)


def _cut(mark: Mark, cover: Geometry, point: float) -> list[Mark]:
    if cover.is_empty or not mark.shape.intersects(cover):
        return [mark]
    if mark.fill is None:
        return _cut_line(mark, cover, point)
    left = [part for part in polygons_of(mark.shape.difference(cover)) if not part.buffer(-0.5 * point).is_empty]
    if not left:
        return []
    smooth = [_without_spurs(part, 0.35 * point) for part in left]
    area = Mark(shapely.union_all(smooth), mark.fill, under=mark.under or mark.stroke is not None)
    if mark.stroke is None:
        return [area]
    edge = mark.shape.boundary if mark.edge is None else mark.edge
    near = shapely.union_all(left).buffer(1.0 * point)
    return [area, *_cut_line(Mark(edge.intersection(near), None, mark.stroke, mark.width), cover, point)]


def _without_spurs(shape: Geometry, radius: float) -> Geometry:
    return shape.buffer(-radius).buffer(radius * 1.02).intersection(shape)


def _cut_line(mark: Mark, cover: Geometry, point: float) -> list[Mark]:
    crumb = (7.0 if mark.dash else 1.2 if mark.fine else 2.6) * point
    kept = [part for part in lines_of(mark.shape.difference(cover)) if part.length > crumb]
    if not kept:
        return []
    return [Mark(bundle(kept), None, mark.stroke, mark.width, mark.dash, mark.fine)]
