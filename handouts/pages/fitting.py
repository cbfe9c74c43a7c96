"""Fitting without shrinking: what a folded sheet has no room for is said shortly, then left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeVar

from handouts.model import BlockName, Layout
from handouts.pages.compose import WHOLE, Variant
from handouts.pages.leaflet import Chain, NoRoom, chains

T = TypeVar("T")


def fitted(layout: Layout, make: Callable[[Variant], T]) -> tuple[T, Variant]:
    """What `make` gives for the first variant that has room: the whole, its short texts, then fewer blocks.

    Blocks are left out only of the panels that are too full, in the fewest and in the layout's order. Raises NoRoom
    with what is wrong when all that may be left out is.
    """
    try:
        return make(WHOLE), WHOLE
    except NoRoom as full:
        if not layout.panels:
            raise
        problems = full
    ways = [_ways(chain, layout) for chain in chains(layout)]
    dropped = [next(way) for way in ways]
    while True:
        variant = Variant(layout.short, tuple(name for names in dropped for name in names))
        try:
            return make(variant), variant
        except NoRoom as full:
            problems = full
        further = {index: next(ways[index], None) for index in problems.chains}
        if hopeless := [index for index, way in further.items() if way is None]:
            raise problems.only(hopeless)
        dropped = [further.get(index) or way for index, way in enumerate(dropped)]


def _ways(chain: Chain, layout: Layout) -> Iterator[tuple[BlockName, ...]]:
    """Which blocks of a chain may be left out together: none, each one in the layout's order, two, …"""
    rows = chain.panels[0].flow
    names = {row.block for row in rows} | {name for row in rows for column in row.columns for name in column.blocks}
    optional = [name for name in layout.optional if name in names]
    for count in range(len(optional) + 1):
        yield from combinations(optional, count)
