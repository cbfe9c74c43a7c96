"""Boxes on a printed page, in pt from its upper left corner as the paper lies before the reader, y downwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from msgspec import Struct

MM = 72 / 25.4
"""pt in a millimetre."""

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f as PDF writes them: (x, y) goes to (ax + cy + e, bx + dy + f)."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(Struct, frozen=True, gc=False):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        """Larger on every side; smaller where `by` is negative."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def shared(self, other: Box) -> Box:
        """What lies in both; of no area where nothing does."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def has(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def insets(self, inner: Box) -> tuple[float, float, float, float]:
        """How far another box lies within: from the left, the top, the right and the bottom."""
        return inner.left - self.left, inner.top - self.top, self.right - inner.right, self.bottom - inner.bottom


class Boxed(Protocol):
    """Whatever has a box of its own."""

    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


def around(boxes: Iterable[Boxed]) -> Box:
    """The box that holds all; ValueError where there are none."""
    held = list(boxes)
    return Box(
        min([box.left for box in held]),
        min([box.top for box in held]),
        max([box.right for box in held]),
        max([box.bottom for box in held]),
    )


def times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix, and then another."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix brings a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_of(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """The upright box about a rectangle that a matrix has moved."""
    (x1, y1), (x2, y2) = moved(matrix, left, bottom), moved(matrix, right, top)
    if matrix[1] or matrix[2]:
        (x3, y3), (x4, y4) = moved(matrix, left, top), moved(matrix, right, bottom)
        return Box(min(x1, x2, x3, x4), min(y1, y2, y3, y4), max(x1, x2, x3, x4), max(y1, y2, y3, y4))
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def to_paper(page: Any) -> Matrix:
    """From the page's own space (origin and direction as it says, y upwards) to the paper as it lies.

    `page` is pypdfium2's. The crop box is what is printed; /Rotate turns it clockwise.
    """
    left, bottom, right, top = page.get_bbox()
    match page.get_rotation():
        case 90:
            return 0.0, 1.0, 1.0, 0.0, -bottom, -left
        case 180:
            return -1.0, 0.0, 0.0, 1.0, right, -bottom
        case 270:
            return 0.0, -1.0, -1.0, 0.0, top, right
        case _:
            return 1.0, 0.0, 0.0, -1.0, -left, top
