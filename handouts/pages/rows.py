"""Rows turn a layout's flow and the composed blocks into pieces, from top to bottom; what was set is not set again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from handouts.model import BlockName, FlowRow, Layout, place_of
from handouts.pages.blocks import Block, CardFace, ClinicPart, Cover, Head, NoteLines, PictureRow, WarningBox
from handouts.pages.box import mm
from handouts.pages.components.piece import Piece
from handouts.pages.grid import Grid
from handouts.pages.personal import Findings, Person, PersonalBlock
from handouts.pages.row import Blocks, set_row
from handouts.pages.setter import Setter

OWN = frozenset(
    (
        BlockName.PERSON,
        BlockName.FINDINGS,
        BlockName.CHANGES,
        BlockName.RESTRAINT,
        BlockName.REMARKS,
        BlockName.VISIT,
        BlockName.DIARY,
    )
)
"""Blocks that hardly two sheets have alike."""


def set_rows(setter: Setter, layout: Layout, rows: Sequence[FlowRow], grid: Grid, blocks: Blocks) -> list[Piece]:
    """All pieces of rows in reading order; rows whose blocks the handout lacks are left out.

    With a setter that keeps what it sets, boxes and tags are those that are kept: `fresh` copies are moved, not they.
    """
    pieces: list[Piece] = []
    after_header = False
    for row in rows:
        names = [name for name in _names(row) if name in blocks]
        found = [replace(piece, holds=tuple(names)) for piece in _set(setter, row, blocks, names, grid)]
        for piece in found:
            piece.place = piece.place or place_of(_heading(blocks[names[0]]))
        if found and row.bottom:
            found[0].bottom = True
        if found and row.keep:
            found[-1].keep = True
        if found and row.new_side:
            found[0].new_side = True
        if found and row.block is BlockName.HEADER:
            after_header = True
        elif found:
            if after_header:
                found[0].gap = mm(layout.gap.header)
            after_header = False
        pieces += found
    return pieces


def _names(row: FlowRow) -> list[BlockName]:
    """The blocks of a row, from left to right and from top to bottom."""
    return [row.block] if row.block else [name for column in row.columns for name in column.blocks]


def _heading(block: Block | PersonalBlock) -> str:
    """The heading of a row's first block: what a problem with the row points at."""
    match block:
        case Head() | Cover() | Person():
            return block.title
        case ClinicPart():
            return block.foot.clinic
        case PictureRow():
            return block.figures[0].caption
        case Findings():
            return block.rows[0].label
        case NoteLines():
            return block.label
        case CardFace():
            return block.step.label
        case WarningBox():
            return block.heading or block.steps[0].label
        case _:
            return block.heading


def _set(setter: Setter, row: FlowRow, blocks: Blocks, names: Sequence[BlockName], grid: Grid) -> Iterable[Piece]:
    """The row's pieces: kept ones where nothing that they are made of has changed."""
    key = (row, grid, *(blocks[name] for name in names))
    own = OWN.issuperset(names)
    return setter.once(key, lambda setter: set_row(setter, row, blocks, grid), briefly=own)
