"""A Piece is what the flow moves as a whole: a box, the tags of what it holds, and the white above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.model import BlockName
from handouts.pages.box import Box, copied
from handouts.pages.sheet import Item, Tag, Text
from handouts.problems import NOWHERE, Place


class Piece(Struct):
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
    otherwise: tuple[Callable[[], list[Piece]], ...] = ()
    """Further such forms, each for where one of the pieces before it is too high for a face."""
    lead: Box | None = None
    """A heading said again above it where it begins a side."""
    place: Place = NOWHERE
    holds: tuple[BlockName, ...] = ()
    """The blocks that it is made of, or a part of."""


def parts_within(piece: Piece, first: float, room: float) -> list[Piece]:
    """The parts of a piece that has some, in the first form of which the first part is no higher than `first` pt and
    the others than `room`; else in the last form."""
    assert piece.parts
    parts: list[Piece] = []
    for form in (piece.parts, *piece.otherwise):
        parts = form()
        if parts[0].box.height <= first and all(part.box.height <= room for part in parts):
            break
    return parts


def fresh(pieces: Sequence[Piece]) -> list[Piece]:
    """Copies that may be moved: of pieces in reading order, with all tags, which may reach from piece to piece."""
    boxes = [box for piece in pieces for box in (piece.box, piece.lead) if box]
    copies: dict[int, Item] = {id(item): copied(item) for box in boxes for item in box.items}
    tags: dict[int, Tag] = {}
    made = []
    for piece in pieces:
        roots = [_copied(tag, copies, tags) for tag in piece.tags]
        made.append(replace(piece, tags=roots))
    for piece in made:
        piece.box = _copied_box(piece.box, copies, tags)
        piece.lead = piece.lead and _copied_box(piece.lead, copies, tags)
    return made


def _copied_box(box: Box, copies: Mapping[int, Item], tags: Mapping[int, Tag]) -> Box:
    items = [copies[id(item)] for item in box.items]
    figures = [tags[id(tag)] for tag in box.figures]
    return Box(box.width, box.height, items, figures, box.baselines, box.ink)


def mark_common(piece: Piece) -> None:
    """Say of the texts of a piece that other sheets have them too."""
    for item in piece.box.items:
        if isinstance(item, Text):
            item.common = True


def _copied(tag: Tag, items: Mapping[int, Item], tags: dict[int, Tag]) -> Tag:
    """The tag over the copied items; `tags` learns each copy by the id of what it is a copy of."""
    kids = [_copied(kid, items, tags) if isinstance(kid, Tag) else items[id(kid)] for kid in tag.kids]
    made = tags[id(tag)] = Tag(
        tag.role, kids, tag.alt, tag.actual_text, tag.scope, tag.numbering, tag.box, tag.sheet, tag.place
    )
    return made


def least_height(pieces: Sequence[Piece], gap: float) -> float:
    """Height in pt of pieces with `gap` between sections; above the first there is none, but its heading once more."""
    lead = pieces[0].lead.height if pieces and pieces[0].lead else 0.0
    gaps = sum(gap if piece.gap is None else piece.gap for piece in pieces[1:])
    return lead + gaps + sum(piece.box.height for piece in pieces)
