"""Which of several orders of the same blocks makes the better sheet: signs first, few sides, what belongs together."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model import BlockName
from handouts.pages.components.piece import Piece

USUAL_SIDES = 2
"""One leaf: with so many, and the signs on the first side, no other order is tried."""
Rank = tuple[bool, int, int, bool]
"""Whether signs are not on the first side, how many sides there are, and how torn they are; less is better."""


def rank(sides: Sequence[Sequence[Piece]]) -> Rank:
    """How good the sides of a sheet are."""
    return (not _holds(sides[0], BlockName.WARNING), len(sides), *_torn(sides))


def is_good(found: Rank) -> bool:
    """Whether no other order need be tried."""
    return found[:2] <= (False, USUAL_SIDES)


def _torn(sides: Sequence[Sequence[Piece]]) -> tuple[int, bool]:
    """On how many sides exercises stand, and whether the diary begins on another one: both hang on a wall together."""
    exercises = [index for index, side in enumerate(sides) if _holds(side, BlockName.EXERCISES)]
    diary = [index for index, side in enumerate(sides) if _holds(side, BlockName.DIARY)]
    return len(exercises), bool(exercises and diary and exercises[-1] != diary[0])


def _holds(side: Sequence[Piece], name: BlockName) -> bool:
    return any(name in piece.holds for piece in side)
