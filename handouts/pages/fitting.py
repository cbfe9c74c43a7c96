"""Fitting without shrinking: what a folded sheet has no room for is said shortly, then left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from handouts.model import BlockName, Layout, Topic
from handouts.pages.compose import WHOLE, Variant
from handouts.pages.leaflet import Chain, NoRoom, chains

T = TypeVar("T")
DEARER = 1.5
"""So many times as dear as the block before it in a layout's `optional` is it to leave out a block: two that may go
early go before one that may go late."""


class Way(Struct, frozen=True):
    """What one chain of panels does without: blocks, and exercises above a number."""

    dropped: tuple[BlockName, ...] = ()
    exercises: int | None = None


def fitted(layout: Layout, make: Callable[[Variant], T], topic: Topic) -> tuple[T, Variant]:
    """What `make` gives for the first variant that has room: the whole, its short texts, then fewer blocks.

    Blocks are left out only of the panels that are too full, the cheapest together (`DEARER`), and none that the topic
    calls essential; the last exercises only where that is not enough and the layout lets them go, all of them only for
    what the topic calls essential in a row that is there for that alone. Raises NoRoom with
    what is wrong when all that may be left out is.
    """
    try:
        return make(WHOLE), WHOLE
    except NoRoom as full:
        if not layout.panels:
            raise
        problems = full
    ways = [_ways(chain, layout, topic) for chain in chains(layout.moving(None))]
    taken = [next(way) for way in ways]
    while True:
        dropped = tuple(name for way in taken for name in way.dropped)
        fewer = next((way.exercises for way in taken if way.exercises), None)
        variant = Variant(layout.short, dropped, fewer)
        try:
            return _spared(layout, make, make(variant), variant)
        except NoRoom as full:
            problems = full
        further = {index: next(ways[index], None) for index in problems.chains}
        if hopeless := [index for index, way in further.items() if way is None]:
            raise problems.only(hopeless)
        taken = [further.get(index) or way for index, way in enumerate(taken)]


def _spared(layout: Layout, make: Callable[[Variant], T], made: T, variant: Variant) -> tuple[T, Variant]:
    """With a block that was left out in the first spare row that has room for it, if one has."""
    for index, name in enumerate(layout.spares):
        if name in variant.dropped:
            kept = replace(variant, dropped=tuple(one for one in variant.dropped if one is not name), spare=index)
            try:
                return make(kept), kept
            except NoRoom:
                continue
    return made, variant


def _ways(chain: Chain, layout: Layout, topic: Topic) -> Iterator[Way]:
    """What a chain may do without, the cheapest first; fewer exercises after all that."""
    rows = chain.panels[0].flow
    names = {name for row in rows for name in layout.blocks_of(row)}
    optional = [name for name in dict.fromkeys(layout.optional) if name in names and name not in topic.essential]
    row = next((row for row in rows if row.block is BlockName.EXERCISES), None)
    exercises = len(topic.exercises.items) if topic.exercises else 0
    most = min(exercises, row.most or exercises) if row else 0
    fewer = [None, *range(most - 1, (row.least or most) - 1, -1)] if row else [None]
    price = {name: DEARER**index for index, name in enumerate(layout.optional)}
    subsets = [subset for count in range(len(optional) + 1) for subset in combinations(optional, count)]
    # Pictures of the causes below another section would be taken for its own.
    both = {BlockName.CAUSES, BlockName.PICTURES} <= names
    subsets = [one for one in subsets if not both or BlockName.CAUSES not in one or BlockName.PICTURES in one]
    subsets.sort(key=lambda subset: sum(price[name] for name in subset))
    yield from (Way(subset, number) for number in fewer for subset in subsets)
    if row and any(one.essential for one in rows):
        yield from (Way((*subset, BlockName.EXERCISES)) for subset in subsets)
