"""Pages on sheets of paper: two by two for stapling in the fold, or many times for cutting apart."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from msgspec.structs import replace

from handouts.model import Fold, Layout, PageSize
from handouts.pages.box import Box, mm
from handouts.pages.leaflet import TICK, TICK_AT, TICK_LINE, mark_fold
from handouts.pages.sheet import Document, Item, Rule, Sheet, Tag

PER_SHEET = 4
"""Pages of a booklet on one sheet of paper, two on each side."""


def imposed(document: Document, layout: Layout) -> Document:
    """The pages of a document on the sheets that are printed; the document itself where a page is a sheet.

    Items and tags are moved, not copied: the tag tree keeps its order, which is that of the pages.
    """
    if layout.saddle:
        return _stapled(document, layout.saddle.sheet, mm(layout.saddle.creep))
    if layout.repeat:
        return _repeated(document, layout.repeat.sheet, layout.repeat.across, layout.repeat.down)
    return document


def _stapled(document: Document, paper: PageSize, creep: float) -> Document:
    """Pages N | 1, 2 | N−1, N−2 | 3, …; `creep` pt nearer to the fold on each sheet farther in (print.md)."""
    pages = padded(document.sheets)
    count = len(pages)
    width, height = mm(paper.width), mm(paper.height)
    sides = [Sheet(width, height) for _ in range(count // 2)]
    last = len(document.sheets) - 1
    figures = _figures(document.root)
    for index, page in enumerate(pages):
        outer = min(index, count - 1 - index)
        # Of the two pages of a side the one with the odd number, counted from 1, is at the right.
        right = index % 2 == 0
        shift = creep * (outer // 2)
        source = last if index == count - 1 else index
        held = figures.pop(source, []) if page.items else []
        _put(sides[outer], outer, page, held, width / 2 - shift if right else shift)
    for side in sides:
        mark_fold(side, Fold(side=1, x=paper.width / 2))
    return replace(document, sheets=sides)


def padded(pages: list[Sheet]) -> list[Sheet]:
    """The pages filled up to whole sheets: white ones before the last, which stays the back cover."""
    missing = -len(pages) % PER_SHEET
    blank = [Sheet(pages[-1].width, pages[-1].height) for _ in range(missing)]
    return [*pages[:-1], *blank, pages[-1]]


def _repeated(document: Document, paper: PageSize, across: int, down: int) -> Document:
    """The page so many times on each side; turned over the long edge, each back lies behind its front.

    The first card is the one that is read: the others are artifacts, else a reader would hear all of it ten times.
    """
    width, height = mm(paper.width), mm(paper.height)
    figures = _figures(document.root)
    sides = []
    for index, page in enumerate(document.sheets):
        left, top = (width - across * page.width) / 2, (height - down * page.height) / 2
        side = Sheet(width, height)
        copies = [_copied(page) for _ in range(across * down - 1)]
        for number, one in enumerate([page, *copies]):
            row, column = divmod(number, across)
            place = across - 1 - column if index % 2 else column
            held = figures.pop(index, []) if one is page else []
            _put(side, index, one, held, left + place * page.width, top + row * page.height)
        side.items += _cut_marks(side, page, left, top)
        sides.append(side)
    return replace(document, sheets=sides)


def _copied(page: Sheet) -> Sheet:
    """The same items once more, in no tag."""
    return Sheet(page.width, page.height, [copy(item) for item in page.items])


def _cut_marks(side: Sheet, page: Sheet, left: float, top: float) -> Iterator[Item]:
    """Ticks in the margins at the ends of every cut; none on a card."""
    near, far = mm(TICK_AT), mm(TICK_AT + TICK)
    for step in range(round((side.width - 2 * left) / page.width) + 1):
        x = left + step * page.width
        yield Rule(x, near, x, far, TICK_LINE)
        yield Rule(x, side.height - far, x, side.height - near, TICK_LINE)
    for step in range(round((side.height - 2 * top) / page.height) + 1):
        y = top + step * page.height
        yield Rule(near, y, far, y, TICK_LINE)
        yield Rule(side.width - far, y, side.width - near, y, TICK_LINE)


def _put(side: Sheet, index: int, page: Sheet, figures: list[Tag], x: float, y: float = 0.0) -> None:
    """A page's items, running heads and figures at (x, y) of a printed side."""
    Box(page.width, items=page.items, figures=figures).shift(x, y)
    side.items += page.items
    side.running |= page.running
    for figure in figures:
        figure.sheet = index


def _figures(root: Tag) -> dict[int, list[Tag]]:
    """The tags with boxes of their own, by the page they are on."""
    found: dict[int, list[Tag]] = {}
    waiting = [root]
    while waiting:
        tag = waiting.pop()
        waiting += [kid for kid in tag.kids if isinstance(kid, Tag)]
        if tag.box is not None:
            found.setdefault(tag.sheet, []).append(tag)
    return found
