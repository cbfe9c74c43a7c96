"""Panels of a folded sheet: each chain of panels takes its own blocks, in the order in which a hand meets them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.model import BlockName, Fold, Handout, Layout, Panel
from handouts.pages.box import PT_PER_MM, Box, mm
from handouts.pages.components.draft import mark_draft
from handouts.pages.components.piece import Piece, least_height, parts_within
from handouts.pages.foot import bare_title
from handouts.pages.grid import Grid
from handouts.pages.partition import partition
from handouts.pages.row import Blocks
from handouts.pages.rows import set_rows
from handouts.pages.setter import Setter, once
from handouts.pages.sheet import Document, Rule, Sheet, Tag
from handouts.pages.turning import turn
from handouts.problems import NOWHERE, Problem, Problems
from handouts.text.markup import plain

TICK, TICK_AT, TICK_LINE = 3.5, 5.0, 0.4
"""Fold marks: length and distance from the paper's edge in mm, width in pt."""
CUT = (6.0, 3.0)
"""Dashes of a slit, pt."""


class NoRoom(Problems):
    """The blocks of some chains (their numbers, from 0) do not fit their panels; another variant may."""

    def __init__(self, problems: Sequence[Problem], chains: Sequence[int]) -> None:
        super().__init__(problems)
        self.chains = dict(zip(chains, problems, strict=True))

    def only(self, chains: Sequence[int]) -> NoRoom:
        """The same for some of the chains."""
        return NoRoom([self.chains[chain] for chain in chains], chains)


class Chain(Struct, frozen=True):
    """Panels that one flow of rows goes through."""

    panels: tuple[Panel, ...]

    @property
    def width(self) -> float:
        """Of the narrowest, mm: what is set for it goes into each."""
        return min(panel.width for panel in self.panels)


def chains(layout: Layout) -> list[Chain]:
    """The panels of a layout, in reading order; one without a flow goes on with the one before."""
    found: list[list[Panel]] = []
    for panel in layout.panels:
        if panel.flow or not found:
            found.append([])
        found[-1].append(panel)
    return [Chain(tuple(panels)) for panels in found]


def set_panels(setter: Setter, handout: Handout, layout: Layout, blocks: Blocks, draft: str, printed: str) -> Document:
    """All panels on their printed sides. Raises Problems: missing glyphs; NoRoom where a panel overflows."""
    filled: list[tuple[Panel, list[Piece]]] = []
    problems: list[Problem] = []
    full: list[int] = []
    for number, chain in enumerate(chains(layout)):
        pieces = set_rows(setter, layout, chain.panels[0].flow, Grid.of_panel(layout, chain.width), blocks)
        pieces = [_led(piece) for piece in _parted(chain, pieces)]
        parts = partition(pieces, [mm(panel.height) for panel in chain.panels], mm(layout.gap.least))
        if parts is None:
            problems.append(_overrun(chain, pieces, layout))
            full.append(number)
        else:
            filled += zip(chain.panels, parts, strict=True)
    if setter.problems:
        raise Problems(once(setter.problems))
    if problems:
        raise NoRoom(problems, full)
    document = _document(handout, layout, filled, printed)
    for sheet in document.sheets if draft and not layout.repeat else ():  # a card's face has a mark of its own
        mark_draft(setter, layout, sheet, draft)
    return document


def _parted(chain: Chain, pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that are higher than every panel of a chain in their parts, where they have any."""
    room = max(mm(panel.height) for panel in chain.panels)
    found: list[Piece] = []
    for piece in pieces:
        parts = parts_within(piece, room, room) if piece.parts and piece.box.height > room else [piece]
        parts = parts if len(parts) <= len(chain.panels) else [piece]
        for part in parts:
            part.place, part.holds = part.place or piece.place, piece.holds
        parts[0].gap, parts[0].new_side, parts[0].bottom = piece.gap, piece.new_side, piece.bottom
        found += parts
    return found


def _led(piece: Piece) -> Piece:
    """An exercise without its section's heading again: its letter is enough on faces that are seen together."""
    return replace(piece, lead=None) if piece.lead and piece.holds == (BlockName.EXERCISES,) else piece


def _overrun(chain: Chain, pieces: Sequence[Piece], layout: Layout) -> Problem:
    """Which panel is too full, by how much, and the first thing that finds no room when all are filled in order."""
    gap = mm(layout.gap.least)
    filled: list[Piece] = []
    panels = list(chain.panels)
    place, over = NOWHERE, 0.0
    for group in _groups(pieces):
        if filled and least_height([*filled, *group], gap) > mm(panels[0].height) and len(panels) > 1:
            panels, filled = panels[1:], []
        filled += group
        over = least_height(filled, gap) - mm(panels[0].height)
        if over > 0 and not place:
            place = next((piece.place for piece in group if piece.place), NOWHERE)
        if over > 0 and len(panels) > 1:
            break
    instead = " か ".join(layout.instead) or "a4"
    hint = f"文を短くするか、項目を減らすか、--layout {instead} で作ってください。"
    return Problem(
        place, f"面「{panels[0].name}」に入る高さを、この先で {over / PT_PER_MM:.1f} mm 超えています。", hint
    )


def _groups(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces that stay together."""
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keep:
            yield group
            group = []


def _document(handout: Handout, layout: Layout, filled: Sequence[tuple[Panel, list[Piece]]], printed: str) -> Document:
    width, height = mm(layout.page.width), mm(layout.page.height)
    sheets = [Sheet(width, height) for _ in range(max(panel.side for panel in layout.panels))]
    root = Tag("Document")
    for panel, pieces in filled:
        _place(sheets[panel.side - 1], panel, pieces, layout, root)
    for fold in layout.folds:
        mark_fold(sheets[fold.side - 1], fold)
    title = bare_title(handout.topic.title)
    return Document(sheets, root, title, plain(handout.clinic.name), edge=layout.edge.value, date=printed)


def _place(sheet: Sheet, panel: Panel, pieces: list[Piece], layout: Layout, root: Tag) -> None:
    """Filled from the top with equal gaps; what stands at the foot, on the panel's last line."""
    body = Box(sheet.width)
    at = next((index for index, piece in enumerate(pieces) if piece.bottom), len(pieces))
    upper, lower = pieces[:at], pieces[at:]
    spare = mm(panel.height) - least_height(pieces, mm(layout.gap.least))
    gaps = sum(piece.gap is None for piece in pieces[1:])
    room = mm(layout.gap.normal - layout.gap.least) * gaps
    gap = mm(layout.gap.least) + (min(spare, room) / gaps if gaps else 0.0)
    y = mm(panel.y)
    for part in (upper, lower):
        if part is lower and lower:
            y = mm(panel.y + panel.height) - least_height(lower, gap)
        for index, piece in enumerate(part):
            if piece is pieces[0] and piece.lead:
                y = body.put(piece.lead, mm(panel.x), y)
            y += (
                0.0 if index == 0 and (part is lower or piece is pieces[0]) else gap if piece.gap is None else piece.gap
            )
            y = body.put(piece.box, mm(panel.x), y)
            root.kids += piece.tags
    if panel.turn:
        turn(body.items, body.figures, mm(panel.x + panel.width / 2), mm(panel.y + panel.height / 2))
    sheet.items += body.items
    for figure in body.figures:
        figure.sheet = panel.side - 1


def mark_fold(sheet: Sheet, fold: Fold) -> None:
    """A fold's marks in the margins at both its ends, across no panel; a slit is a dashed line along its length."""
    across = fold.x is not None
    at = mm(fold.x if fold.x is not None else fold.y or 0.0)
    length = sheet.height if across else sheet.width
    near, far = mm(TICK_AT), mm(TICK_AT + TICK)
    lines: list[tuple[float, float, tuple[float, float] | None]] = [
        (near, far, None),
        (length - far, length - near, None),
    ]
    if fold.cut:
        lines = [(mm(fold.start or 0.0), mm(fold.end) if fold.end else length, CUT)]
    for start, end, dash in lines:
        ends = (at, start, at, end) if across else (start, at, end, at)
        mark = Rule(*ends, TICK_LINE, dash=dash)
        sheet.items.append(mark)
        sheet.running.add(id(mark))
        if dash is None:
            sheet.folds.add(id(mark))
