"""Total fit: of all ways to cut a paragraph into lines, the one that gives up least and is then least ragged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from handouts.text.breaks import CLAUSE, LINE_END, LINE_START, NEVER, PHRASE, SOFT, UNIT, WORD

INFINITE = float("inf")
TOLERANCE = 1e-6
"""What float addition may put on a line's width, in pt."""

# One step of this ladder outweighs a hundred of the step below: what is dearer is not given up for what is cheaper.
PHRASE_COST = 1e2
LAST_LINE_COST = 1e4
UNIT_COST = 1e6
LINE_END_COST = 1e8
LINE_START_COST = 1e10
WIDTH_COST = 1e13
_COSTS = {
    CLAUSE: 0.0,
    PHRASE: 0.03,
    SOFT: 0.1,
    WORD: PHRASE_COST,
    UNIT: UNIT_COST,
    LINE_END: LINE_END_COST,
    LINE_START: LINE_START_COST,
}
_BALANCE_WEIGHT = 3.0
"""How much more than usual a balanced item prefers the break after a comma."""
_UNEVEN_COST = 10.0
SHORTEST_LAST_LINE = 3
"""Clusters; a last line with fewer is given up as `last_line`."""


class Measures(Struct, frozen=True):
    """A paragraph as numbers; every list has one entry per cluster and one for the end.

    `starts[n]` is the width in pt before cluster n, `ends[n]` the same without the spaces just before n,
    `classes[n]` the class of a break before n, `clusters[n]` how many clusters but spaces lie before n.
    """

    starts: Sequence[float]
    ends: Sequence[float]
    classes: Sequence[int]
    clusters: Sequence[int]
    reluctance: Callable[[int], int]
    """How bad a cut before cluster n is among its class, 0 to 60."""


def fit(measures: Measures, width: float, balance: bool = False) -> list[int]:
    """Where the lines end: ascending indices, the last being the end of the paragraph (0 if it is empty)."""
    if len(measures.classes) == 1:
        return [0]
    breaks, cost = _search(measures, width, balance, SOFT)
    if cost >= PHRASE_COST:
        breaks, _ = _search(measures, width, balance, LINE_START)
    return breaks


def _search(measures: Measures, width: float, balance: bool, worst: int) -> tuple[list[int], float]:
    """The cheapest breaks of classes up to `worst`, and their cost (infinite if there is no way)."""
    starts, ends, classes = measures.starts, measures.ends, measures.classes
    last = len(classes) - 1
    limit = width + TOLERANCE
    emergency = worst == LINE_START
    weight = _BALANCE_WEIGHT if balance else 1.0
    nodes, costs, back, lines = [0], [0.0], [-1], [0]
    for index in range(1, last + 1):
        level = classes[index]
        final = index == last
        if level > worst and not final:
            continue
        end = ends[index]
        best, best_from = INFINITE, -1
        for node in range(len(nodes) - 1, -1, -1):
            used = end - starts[nodes[node]]
            if used > limit:
                if not emergency or best_from >= 0:
                    break
                # A single cluster wider than the measure stands alone on its line.
                best, best_from = costs[node] + WIDTH_COST, node
                break
            if final:
                cost = costs[node] + _last_line(measures, nodes[node], lines[node], used, width, balance)
            else:
                slack = (width - used) / width if used > 0 else 1.0
                cost = costs[node] + slack * slack
            if cost < best:
                best, best_from = cost, node
        if best_from < 0:
            if final:
                return [], INFINITE
            continue
        if not final:
            best += _COSTS[level] * (weight if level <= SOFT else 1.0)
            if level in (WORD, UNIT):
                best += measures.reluctance(index) * _COSTS[level] / 1e2
        nodes.append(index)
        costs.append(best)
        back.append(best_from)
        lines.append(lines[best_from] + 1)
    return _path(nodes, back), costs[-1]


def _path(nodes: Sequence[int], back: Sequence[int]) -> list[int]:
    path = []
    node = len(nodes) - 1
    while node > 0:
        path.append(nodes[node])
        node = back[node]
    return path[::-1]


def _last_line(measures: Measures, begin: int, lines: int, used: float, width: float, balance: bool) -> float:
    """The cost of a paragraph's last line: free unless it is short, or is to be balanced with the others."""
    slack = (width - used) / width if used > 0 else 1.0
    if not lines:
        return 0.0
    cost = slack * slack if balance else max(0.0, 0.05 - 0.2 * used / width)
    if measures.clusters[-1] - measures.clusters[begin] < SHORTEST_LAST_LINE:
        cost += LAST_LINE_COST
    # The lines so far have `starts[begin]` between them; the last should reach a third of their mean.
    if balance and used * 3 * lines < measures.starts[begin]:
        cost += _UNEVEN_COST
    return cost


def given_up(measures: Measures, breaks: Sequence[int], width: float) -> dict[str, int]:
    """What these breaks give up, counted by name."""
    names = {WORD: "phrase", UNIT: "unit", LINE_END: "line_end", LINE_START: "line_start", NEVER: "line_start"}
    counts = dict.fromkeys(("phrase", "last_line", "unit", "line_end", "line_start", "width"), 0)
    begin = 0
    for index in breaks:
        if index < len(measures.classes) - 1 and (name := names.get(measures.classes[index])):
            counts[name] += 1
        counts["width"] += measures.ends[index] - measures.starts[begin] > width + TOLERANCE
        begin = index
    if len(breaks) > 1:
        tail = measures.clusters[-1] - measures.clusters[breaks[-2]]
        counts["last_line"] += tail < SHORTEST_LAST_LINE
    return counts
