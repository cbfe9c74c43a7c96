"""Panels of a folded sheet: each chain of panels takes its own blocks, in the order in which a hand meets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from handouts.model import BlockName, Handout, Layout, Panel
from handouts.pages.blocks import Block
from handouts.pages.box import PT_PER_MM, Box, mm
from handouts.pages.components.draft import mark_draft
from handouts.pages.components.piece import Piece, least_height
from handouts.pages.grid import Grid
from handouts.pages.rows import set_rows
from handouts.pages.setter import Setter, once
from handouts.pages.sheet import Document, Rule, Sheet, Tag
from handouts.problems import NOWHERE, Problem, Problems
from handouts.text.markup import plain

TICK, TICK_AT, TICK_LINE = 3.5, 5.0, 0.4
"""Fold marks: length and distance from the paper's edge in mm, width in pt."""


class NoRoom(Problems):
    """The blocks of some chains (their numbers, from 0) do not fit their panels; another variant may."""

    def __init__(self, problems: Sequence[Problem], chains: Sequence[int]) -> None:
        super().__init__(problems)
        self.chains = dict(zip(chains, problems, strict=True))

    def only(self, chains: Sequence[int]) -> NoRoom:
        """The same for some of the chains."""
        return NoRoom([self.chains[chain] for chain in chains], chains)


@dataclass(frozen=True, slots=True)
class Chain:
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


def set_panels(
    setter: Setter, handout: Handout, layout: Layout, blocks: Mapping[BlockName, Block], draft: str, printed: str
) -> Document:
    """All panels on their printed sides. Raises Problems: missing glyphs; NoRoom where a panel overflows."""
    filled: list[tuple[Panel, list[Piece]]] = []
    problems: list[Problem] = []
    full: list[int] = []
    for number, chain in enumerate(chains(layout)):
        pieces = set_rows(setter, layout, chain.panels[0].flow, Grid.of_panel(layout, chain.width), blocks)
        parts = _fill(chain, pieces, layout)
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
    for sheet in document.sheets if draft else ():
        mark_draft(setter, layout, sheet, draft)
    return document


def _fill(chain: Chain, pieces: Sequence[Piece], layout: Layout) -> list[list[Piece]] | None:
    """The pieces of each panel of a chain, filled as evenly as may be; None where they do not fit."""
    count = len(chain.panels)
    places = [index for index in range(1, len(pieces)) if not pieces[index - 1].keep]
    best: tuple[float, list[list[Piece]]] | None = None
    for cuts in combinations(places, min(count - 1, len(places))):
        edges = [0, *cuts, len(pieces)]
        parts = [list(pieces[start:end]) for start, end in pairwise(edges)]
        parts += [[] for _ in range(count - len(parts))]
        filled = [(part, panel) for part, panel in zip(parts, chain.panels, strict=True) if part]
        fills = [least_height(part, mm(layout.gap.least)) / mm(panel.height) for part, panel in filled]
        if fills and max(fills) <= 1 and (best is None or max(fills) - min(fills) < best[0]):
            best = (max(fills) - min(fills), parts)
    if best is None and count > 1 and least_height(pieces, mm(layout.gap.least)) <= mm(chain.panels[0].height):
        return [list(pieces), *([] for _ in range(count - 1))]
    return best[1] if best else None


def _overrun(chain: Chain, pieces: Sequence[Piece], layout: Layout) -> Problem:
    """Which panel is too full, by how much, and the last thing that is in it."""
    room = sum(mm(panel.height) for panel in chain.panels)
    over = (least_height(pieces, mm(layout.gap.least)) - room) / PT_PER_MM
    names = "・".join(f"「{panel.name}」" for panel in chain.panels)
    place = next((piece.place for piece in reversed(pieces) if piece.place), NOWHERE)
    said = f"{over:.1f} mm 超えています。" if over > 0 else "切れ目が合わず、収まりません。"
    return Problem(place, f"{names}の面に入る高さを、{said}", "文を短くするか、項目を減らすか、a4 で作ってください。")


def _document(handout: Handout, layout: Layout, filled: Sequence[tuple[Panel, list[Piece]]], printed: str) -> Document:
    from handouts.pages.compose import bare_title

    width, height = mm(layout.page.width), mm(layout.page.height)
    sheets = [Sheet(width, height) for _ in range(max(panel.side for panel in layout.panels))]
    root = Tag("Document")
    for panel, pieces in filled:
        _place(sheets[panel.side - 1], panel, pieces, layout, root)
    for fold in layout.folds:
        _ticks(sheets[fold.side - 1], mm(fold.x))
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
            y += (
                0.0 if index == 0 and (part is lower or piece is pieces[0]) else gap if piece.gap is None else piece.gap
            )
            y = body.put(piece.box, mm(panel.x), y)
            root.kids += piece.tags
    sheet.items += body.items
    for figure in body.figures:
        figure.sheet = panel.side - 1


def _ticks(sheet: Sheet, x: float) -> None:
    """A fold's marks in the upper and the lower margin, across no panel."""
    start, end = mm(TICK_AT), mm(TICK_AT + TICK)
    for y1, y2 in ((start, end), (sheet.height - end, sheet.height - start)):
        mark = Rule(x, y1, x, y2, TICK_LINE)
        sheet.items.append(mark)
        sheet.running.add(id(mark))
