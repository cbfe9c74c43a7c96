"""Self-check tables: side by side without vertical lines, their rules meeting where the row counts allow it."""

from __future__ import annotations

from handouts.model import TypeStyle
from handouts.pages.blocks import CheckTables, Grid2D
from handouts.pages.box import Box, mm
from handouts.pages.components.heading import set_again, set_heading
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Tag

_LEAST_SHARE, _MOST_SHARE = 0.3, 0.65
"""Of a table's width, the key column's part where not all cells stand on one line: within this, the fewest lines."""
_TRIED = 15
"""Widths that are tried between these."""


def set_tables(setter: Setter, block: CheckTables, width: float, spans: list[tuple[float, float]]) -> list[Piece]:
    """The section over `width` pt: tables side by side where each has its span, else one under the other."""
    section = Tag("Sect")
    heading = set_heading(setter, block.number, block.heading, width, section)
    top = heading.height + mm(setter.theme.heading.below)
    box = Box(width)
    box.put(heading, 0, 0)
    if len(block.tables) == len(spans) == len(setter.theme.table.keys):
        plans = [
            _Plan(setter, table, room, mm(key))
            for table, (_, room), key in zip(block.tables, spans, setter.theme.table.keys, strict=True)
        ]
        _end_together(plans)
        for plan, (x, _) in zip(plans, spans, strict=True):
            box.put(plan.set(section), x, top)
        return [Piece(box, [section])]
    pieces = [Piece(box, [section])]
    for index, table in enumerate(block.tables):
        set_table = _Plan(setter, table, width).set(section)
        if index == 0:
            box.put(set_table, 0, top)
        else:
            again = set_again(setter, block.number, block.heading, block.again, width)
            pieces.append(Piece(set_table, gap=mm(setter.theme.table.stack), lead=again))
    return pieces


class _Plan:
    """A table measured for a width: its columns, and the heights of header and rows in pt."""

    def __init__(self, setter: Setter, table: Grid2D, width: float, least: float = 0.0) -> None:
        self.setter, self.table, self.width = setter, table, width
        self.others = len(table.columns) - 1
        self.edges = self._edges(self._key(least))
        look, note = setter.theme.table, setter.theme.type.note
        lines = max(setter.lines(name, note, self._room(column)) for column, name in enumerate(table.columns))
        self.head = max(mm(look.header), note.leading * lines)
        self.rows = [mm(look.row) * self._lines(row) for row in table.rows]

    def _key(self, least: float) -> float:
        """Width of the key column: `least` pt or what its cells need on one line where all others then have theirs;
        else that with the fewest lines, and of such the one nearest to the columns' share of the words."""
        rows = self._widths()
        natural = [max(row[column] for row in rows) for column in range(self.others + 1)]
        key, rest = natural[0] + self.gap, sum(natural[1:]) + self.gap * (self.others - 1)
        wanted = max(least, key) if least else key + (self.width - key - rest) * key / (key + rest)
        equal = self.others * max(natural[1:]) + self.gap * (self.others - 1)
        if wanted + equal <= self.width:
            return wanted
        share = min(max(key / (key + rest), _LEAST_SHARE), _MOST_SHARE)
        step = (_MOST_SHARE - _LEAST_SHARE) / _TRIED
        shares = [share, *(_LEAST_SHARE + step * index for index in range(_TRIED + 1))]
        return self.width * min(shares, key=lambda one: (self._height(one * self.width), abs(one - share)))

    def _height(self, key: float) -> int:
        """Lines of all rows with a key column so wide."""
        self.edges = self._edges(key)
        return sum(self._lines(row) for row in self.table.rows)

    def _edges(self, key: float) -> list[tuple[float, float]]:
        rest = (self.width - key) / self.others
        return [(0.0, key)] + [(key + index * rest, rest) for index in range(self.others)]

    def _room(self, column: int) -> float:
        """Width of a column's text: white stands at its right, save in the last."""
        return self.edges[column][1] - (self.gap if column < self.others else 0.0)

    def _widths(self) -> list[list[float]]:
        """Width of each cell on one line, the header's row first."""
        note = self.setter.theme.type.note
        head = [self.setter.width(name, note) for name in self.table.columns]
        return [head, *([self._width(column, cell) for column, cell in enumerate(row)] for row in self.table.rows)]

    def _width(self, column: int, cell: str) -> float:
        return self.setter.width(cell, self._style(column)) + 0.01

    @property
    def gap(self) -> float:
        """White between columns, at least, in pt."""
        return mm(self.setter.theme.table.gap)

    def _style(self, column: int) -> TypeStyle:
        types = self.setter.theme.type
        return types.strong if column == self.table.strong else types.body

    def _lines(self, row: tuple[str, ...]) -> int:
        """Lines of the tallest cell; a row is so many times the height of a one-line row."""
        return max(self.setter.lines(cell, self._style(column), self._room(column)) for column, cell in enumerate(row))

    def set(self, section: Tag) -> Box:
        """The table as a box, its tags under `section`."""
        setter, rules = self.setter, self.setter.theme.rules
        tag = section.add("Table")
        box = Box(self.width)
        self._set_row(box, 0.0, self.table.columns, tag.add("TR"), header=True)
        y = self.head
        box.items.append(rule(0, y, self.width, rules.table, setter.ink))
        for row, height in zip(self.table.rows, self.rows, strict=True):
            self._set_row(box, y + mm(setter.theme.table.drop), row, tag.add("TR"), header=False)
            y += height
            box.items.append(rule(0, y, self.width, rules.hairline, setter.ink))
        box.height = y + rules.hairline
        return box

    def _set_row(self, box: Box, y: float, cells: tuple[str, ...], line: Tag, *, header: bool) -> None:
        for column, ((x, _), cell) in enumerate(zip(self.edges, cells, strict=True)):
            # The first column heads its row for a screen reader.
            scope = "Column" if header else "Row" if column == 0 else None
            tag = line.add("TH", scope=scope) if scope else line.add("TD")
            style = self.setter.theme.type.note if header else self._style(column)
            box.put(self.setter.paragraph(cell, style, self._room(column), tag, balance=True), x, y)


def _end_together(plans: list[_Plan]) -> None:
    """Tables side by side: rows of the shorter ones grow, so that all end on one line."""
    for plan in plans:
        plan.head = max(other.head for other in plans)
    tallest = max(sum(plan.rows) for plan in plans)
    for plan in plans:
        more = (tallest - sum(plan.rows)) / len(plan.rows)
        plan.rows = [height + more for height in plan.rows]
