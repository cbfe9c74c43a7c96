"""The grid of a layout: x and width of any span of columns, in pt from the left edge of the text."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from handouts.model import Layout
from handouts.pages.box import mm


class Grid(Struct, frozen=True):
    """`columns` equal columns with gutters over `width` pt."""

    columns: int
    gutter: float
    width: float

    @classmethod
    def of(cls, layout: Layout) -> Grid:
        """The grid of a layout's page."""
        margins = layout.margins
        return cls(layout.columns, mm(layout.gutter), mm(layout.page.width - margins.left - margins.right))

    @classmethod
    def of_panel(cls, layout: Layout, width: float) -> Grid:
        """The layout's columns on a panel of `width` mm."""
        return cls(layout.columns, mm(layout.gutter), mm(width))

    def span(self, columns: int) -> float:
        """Width of so many columns with the gutters between them."""
        column = (self.width - self.gutter * (self.columns - 1)) / self.columns
        return column * columns + self.gutter * (columns - 1)

    def spans(self, counts: Sequence[int]) -> list[tuple[float, float]]:
        """(x, width) of neighbouring spans from left to right."""
        result, x = [], 0.0
        for count in counts:
            width = self.span(count)
            result.append((x, width))
            x += width + self.gutter
        return result
