"""Where a sheet is folded or cut apart, told by the marks in its margins alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from handouts.checks.file.geometry import MM, Box
from handouts.checks.file.reader import Page
from handouts.checks.file.shapes import Shape

_LENGTH = (1.5 * MM, 13 * MM)
_THICK = 1.0
"""pt: a mark is no thicker."""
_MARGIN = 12 * MM
"""From the edge of the paper: a mark lies wholly within."""
_SAME = 0.5 * MM
_MOST = 200
"""Ticks at one edge: with more it is a ruler or a drawing."""
_BAR = (10 * MM, 60 * MM)
"""Length of the bar that makes a cross of a print shop's centre mark."""


class Folds(Struct, frozen=True):
    """Places across (pt from the left) and down (from the top); `cut` where the marks are a grid of pieces."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    cut: bool

    def __bool__(self) -> bool:
        return bool(self.across or self.down)


def read_folds(page: Page) -> Folds:
    """The folds of a page: each has a tick at both its ends. With two and more each way, pieces are cut apart."""
    marks = [shape for shape in page.shapes if shape.straight and shape.painted]
    across = tuple(_places(_turned(marks, page, upright=True), _turned_box(page.trim, upright=True)))
    down = tuple(_places(_turned(marks, page, upright=False), _turned_box(page.trim, upright=False)))
    return Folds(across, down, cut=len(across) > 1 and len(down) > 1)


def _turned_box(box: Box, *, upright: bool) -> Box:
    """A box as it is, or with across and down exchanged."""
    return box if upright else Box(box.top, box.left, box.bottom, box.right)


def _turned(marks: Iterable[Shape], page: Page, *, upright: bool) -> list[Box]:
    return [_turned_box(mark.box, upright=upright) for mark in marks]


def _places(marks: list[Box], trim: Box) -> Iterator[float]:
    """Where upright ticks stand at the top and at the foot alike."""
    ticks = [box for box in marks if box.width <= _THICK and _LENGTH[0] <= box.height <= _LENGTH[1]]
    tops = [box for box in ticks if box.bottom <= trim.top + _MARGIN]
    feet = [box for box in ticks if box.top >= trim.bottom - _MARGIN]
    if max(len(tops), len(feet)) > _MOST:
        return
    bars = [box for box in marks if box.height <= _THICK and _BAR[0] <= box.width <= _BAR[1] and _outside(box, trim)]
    last = None
    for x in sorted(box.middle[0] for box in tops):
        if not trim.left + MM < x < trim.right - MM or (last is not None and x - last < _SAME):
            continue
        pair = [sum(abs(box.middle[0] - x) < _SAME for box in ends) for ends in (tops, feet)]
        crossed = any(abs(bar.middle[0] - x) < _SAME for bar in bars)
        # A centre mark of a print shop is no fold, but a fold's tick may stand on it.
        if min(pair) >= (2 if crossed else 1):
            yield x
            last = x


def _outside(box: Box, trim: Box) -> bool:
    return box.bottom <= trim.top or box.top >= trim.bottom
