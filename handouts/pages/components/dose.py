"""The dose panel: what the eye must find at once, in large numerals between two accent rules."""

from __future__ import annotations

from handouts.pages.blocks import DoseRow
from handouts.pages.box import Box, mm
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Rect, Tag

_AIR = 2.0
"""pt between the lines of neighbouring rows, at least."""


def set_panel(setter: Setter, rows: tuple[DoseRow, ...], width: float, least: float, parent: Tag) -> Box:
    """The rows as a table whose labels head their rows, spread evenly over at least `least` pt.

    Nothing of a dose is dropped or narrowed for room: a value that needs a second line makes the panel grow.
    """
    table = parent.add("Table")
    boxes = [_row(setter, row, width, table.add("TR")) for row in rows]
    heights = [max(mm(setter.theme.dose.row), box.height + _AIR) for box in boxes]
    more = max(0.0, least - sum(heights)) / len(rows)
    height = sum(heights) + more * len(rows)
    line = setter.theme.rules.table
    panel = Box(width, height, [Rect(0, 0, width, height, fill=setter.theme.ink.tint)])
    panel.items += [rule(0, 0, width, line, setter.accent), rule(0, height - line, width, line, setter.accent)]
    y = 0.0
    for box, room in zip(boxes, heights, strict=True):
        panel.put(box, 0, y + (room + more - box.height) / 2)
        y += room + more
    panel.height = height
    return panel


def _row(setter: Setter, row: DoseRow, width: float, tag: Tag) -> Box:
    """Label, numeral and unit on one baseline; a unit that finds no room there stands below the numeral."""
    styles, look = setter.theme.type, setter.theme.dose
    box = Box(width)
    label = setter.paragraph(row.label, styles.note, mm(look.label), tag.add("TH", scope="Row"))
    cell = tag.add("TD")
    x = mm(look.padding + look.label)
    value = setter.paragraph(row.value, styles.numeral, width - x, cell, colour=setter.accent)
    first, last = value.baselines[0], value.baselines[-1]
    box.put(label, mm(look.padding), first - label.baselines[0])
    unit_x = x + value.ink + mm(look.unit)
    box.height = box.put(value, x, 0)
    if row.unit and unit_x + setter.width(row.unit, styles.unit) <= width:
        unit = setter.paragraph(row.unit, styles.unit, width - unit_x, cell)
        box.put(unit, unit_x, last - unit.baselines[0])
    elif row.unit:
        box.height = box.put(setter.paragraph(row.unit, styles.unit, width - x, cell), x, box.height)
    return box
