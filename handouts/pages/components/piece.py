"""A Piece is what the flow moves as a whole: a box, the tags of what it holds, and the white above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from handouts.pages.box import Box
from handouts.pages.sheet import Tag
from handouts.problems import NOWHERE, Place


@dataclass(slots=True)
class Piece:
    """`gap` is the white above in pt (None: the section gap); `grow(height)` sets the piece anew that much higher."""

    box: Box
    tags: list[Tag] = field(default_factory=list)
    gap: float | None = None
    new_side: bool = False
    keep: bool = False
    """Stays on one side with the piece after it."""
    bottom: bool = False
    """Stands at the foot of its panel with all that follows."""
    grow: Callable[[float], Piece] | None = None
    parts: Callable[[], list[Piece]] | None = None
    """The same in several pieces, for where no face holds it whole."""
    lead: Box | None = None
    """A heading said again above it where it begins a side."""
    place: Place = NOWHERE


def least_height(pieces: Sequence[Piece], gap: float) -> float:
    """Height in pt of pieces with `gap` between sections; above the first there is none, but its heading once more."""
    lead = pieces[0].lead.height if pieces and pieces[0].lead else 0.0
    gaps = sum(gap if piece.gap is None else piece.gap for piece in pieces[1:])
    return lead + gaps + sum(piece.box.height for piece in pieces)
