"""Folding by hand, simulated: which faces of a sheet are seen, in which order, as it is opened; knows no layout.

A strip of panels lies with its inner side (printed side 2) up. A fold turns all that lies at one side of an edge over
the rest, or under it. Opened again step by step, each face that comes to sight is read from left to right; last the
sheet is turned over like a leaf.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Face = tuple[int, int]
"""Printed side (1 outer, 2 inner), and the panel's number from the left as that side is printed."""
Fold = tuple[int, Literal["left", "right"], Literal["over", "under"]]
"""The edge (k lies between slots k-1 and k), which side of it moves, and whether it comes over or under the rest."""


@dataclass(frozen=True)
class Leaf:
    """A panel: its number from the left on the inner side, where it lies, which of its sides is up."""

    number: int
    slot: int
    inner_up: bool = True


State = tuple[Leaf, ...]
"""Leaves from the lowest to the uppermost."""


def fold(state: State, step: Fold) -> State:
    edge, side, way = step
    moving = [leaf for leaf in state if (leaf.slot >= edge) == (side == "right")]
    staying = [leaf for leaf in state if leaf not in moving]
    turned = [Leaf(leaf.number, 2 * edge - 1 - leaf.slot, not leaf.inner_up) for leaf in reversed(moving)]
    return (*staying, *turned) if way == "over" else (*turned, *staying)


def seen(state: State) -> list[Leaf]:
    """The uppermost leaf of every slot, from left to right."""
    top = {leaf.slot: leaf for leaf in state}
    return [top[slot] for slot in sorted(top)]


def turned_over(state: State) -> State:
    return tuple(Leaf(leaf.number, -leaf.slot, not leaf.inner_up) for leaf in reversed(state))


def opened(panels: int, folds: list[Fold]) -> list[Face]:
    """The faces in the order in which somebody meets them who takes the folded sheet in hand and opens it."""
    states: list[State] = [tuple(Leaf(number, number) for number in range(panels))]
    for step in folds:
        states.append(fold(states[-1], step))
    order: list[Face] = []
    for state in [*reversed(states), turned_over(states[0])]:
        for leaf in seen(state):
            face = (2, leaf.number) if leaf.inner_up else (1, panels - 1 - leaf.number)
            if face not in order:
                order.append(face)
    return order


def leaves_of_minibook(columns: int = 4) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The leaves of a sheet folded once along and slit over its inner columns: pairs of (row, column) back to back.

    Row 0 is the upper one. At both ends the rows hang together along the middle line, so those cells come back to
    back; over the slit each row bulges out and its two cells come back to back along the fold between them. Beginning
    with the lower row's, since its cells are printed upright, and turning leaves to the left.
    """
    inner = (1, columns - 2)
    lower = ((1, inner[0]), (1, inner[1]))
    right = ((1, columns - 1), (0, columns - 1))
    upper = ((0, inner[1]), (0, inner[0]))
    left = ((0, 0), (1, 0))
    return [lower, right, upper, left]
