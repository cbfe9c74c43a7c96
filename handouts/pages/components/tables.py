"""Self-check tables: side by side without vertical lines, their rules meeting where the row counts allow it."""

from __future__ import annotations

from handouts.model import TypeStyle
from handouts.pages.blocks import CheckTables, Grid2D
from handouts.pages.box import Box, mm
from handouts.pages.components.heading import set_heading
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Tag


def set_tables(setter: Setter, block: CheckTables, width: float, spans: list[tuple[float, float]]) -> Piece:
    """The section over `width` pt; tables that do not find a column each stand under one another."""
    section = Tag("Sect")
    box = Box(width)
    y = box.put(set_heading(setter, block.number, block.heading, width, section), 0, 0) + mm(setter.theme.heading.below)
    if len(block.tables) == len(spans):
        heights = _heights(setter, block.tables, spans)
        for table, (x, room), key, rows in zip(block.tables, spans, setter.theme.table.keys, heights, strict=False):
            box.put(_table(setter, table, room, mm(key), rows, section), x, y)
    else:
        for table in block.tables:
            rows = [_row_height(setter, lines) for lines in _row_lines(setter, table, width, width / 2)]
            y = box.put(_table(setter, table, width, width / 2, rows, section), 0, y) + mm(setter.theme.table.stack)
    return Piece(box, [section])


def _style(setter: Setter, table: Grid2D, column: int) -> TypeStyle:
    return setter.theme.type.strong if column == table.strong else setter.theme.type.body


def _edges(table: Grid2D, width: float, key: float) -> list[tuple[float, float]]:
    """(x, width) of the columns: the key column, and the rest in equal parts."""
    others = len(table.columns) - 1
    rest = (width - key) / others
    return [(0.0, key)] + [(key + index * rest, rest) for index in range(others)]


def _row_lines(setter: Setter, table: Grid2D, width: float, key: float) -> list[int]:
    """Lines of the tallest cell of each row."""
    edges = _edges(table, width, key)
    return [
        max(
            setter.lines(cell, _style(setter, table, column), edges[column][1] - mm(1.0))
            for column, cell in enumerate(row)
        )
        for row in table.rows
    ]


def _row_height(setter: Setter, lines: int) -> float:
    return mm(setter.theme.table.row) * lines


def _heights(setter: Setter, tables: tuple[Grid2D, ...], spans: list[tuple[float, float]]) -> list[list[float]]:
    """Row heights of tables side by side: the shorter table's rows grow so that all end together."""
    keys = setter.theme.table.keys
    natural = [
        [_row_height(setter, lines) for lines in _row_lines(setter, table, room, mm(key))]
        for table, (_, room), key in zip(tables, spans, keys, strict=False)
    ]
    tallest = max(sum(rows) for rows in natural)
    return [[height + (tallest - sum(rows)) / len(rows) for height in rows] for rows in natural]


def _table(setter: Setter, table: Grid2D, width: float, key: float, heights: list[float], section: Tag) -> Box:
    styles, look, rules = setter.theme.type, setter.theme.table, setter.theme.rules
    edges = _edges(table, width, key)
    tag = section.add("Table")
    box = Box(width)
    head = tag.add("TR")
    for (x, room), name in zip(edges, table.columns, strict=True):
        box.put(setter.paragraph(name, styles.note, room, head.add("TH", scope="Column")), x, 0)
    y = mm(look.header)
    box.items.append(rule(0, y, width, rules.table, setter.ink))
    for row, height in zip(table.rows, heights, strict=True):
        line = tag.add("TR")
        for column, ((x, room), cell) in enumerate(zip(edges, row, strict=True)):
            # The column that is looked up heads its row for a screen reader.
            cell_tag = line.add("TH", scope="Row") if column == 0 else line.add("TD")
            text = setter.paragraph(cell, _style(setter, table, column), room - mm(1.0), cell_tag, balance=True)
            box.put(text, x, y + mm(look.drop))
        y += height
        box.items.append(rule(0, y, width, rules.hairline, setter.ink))
    box.height = y + rules.hairline
    return box
