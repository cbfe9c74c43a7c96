"""The dose panel: what the eye must find at once, in large numerals between two accent rules."""

from __future__ import annotations

from handouts.pages.blocks import DoseRow
from handouts.pages.box import Box, mm
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Rect, Tag


def panel_height(setter: Setter, rows: tuple[DoseRow, ...]) -> float:
    """The least height in pt: nothing of a dose is dropped for room, the panel grows."""
    return mm(setter.theme.dose.row) * len(rows)


def set_panel(setter: Setter, rows: tuple[DoseRow, ...], width: float, height: float, parent: Tag) -> Box:
    """The rows spread evenly over `height` pt, as a table whose labels head their rows."""
    tint, line = setter.theme.ink.tint, setter.theme.rules.table
    box = Box(width, height, [Rect(0, 0, width, height, fill=tint)])
    box.items += [rule(0, 0, width, line, setter.accent), rule(0, height - line, width, line, setter.accent)]
    table = parent.add("Table")
    pitch = height / len(rows)
    for index, row in enumerate(rows):
        box.put(_row(setter, row, width, table.add("TR")), 0, index * pitch + _drop(setter, pitch))
    box.height = height
    return box


def _drop(setter: Setter, pitch: float) -> float:
    return (pitch - setter.theme.type.numeral.leading) / 2


def _row(setter: Setter, row: DoseRow, width: float, tag: Tag) -> Box:
    """Label, numeral and unit on one baseline."""
    styles, look = setter.theme.type, setter.theme.dose
    box = Box(width)
    label = setter.paragraph(row.label, styles.note, mm(look.label), tag.add("TH", scope="Row"))
    cell = tag.add("TD")
    x = mm(look.padding + look.label)
    value = setter.paragraph(row.value, styles.numeral, width - x, cell, colour=setter.accent)
    baseline = value.baselines[0]
    box.put(label, mm(look.padding), baseline - label.baselines[0])
    unit_x = x + value.ink + mm(look.unit)
    box.put(value, x, 0)
    if row.unit:
        unit = setter.paragraph(row.unit, styles.unit, max(width - unit_x, styles.unit.size), cell)
        box.put(unit, unit_x, baseline - unit.baselines[0])
    box.height = styles.numeral.leading
    return box
