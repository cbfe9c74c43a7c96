"""The dose panel: what the eye must find at once, in large numerals between two accent rules."""

from __future__ import annotations

from handouts.pages.blocks import DoseRow
from handouts.pages.box import Box, mm
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Rect, Tag

_LABEL_HEIGHT = 13 / 10.5
"""em: a label above its value stands close to it."""
_AIR = 2.0
"""pt between the lines of neighbouring rows, at least."""


def set_panel(
    setter: Setter,
    rows: tuple[DoseRow, ...],
    width: float,
    beside: float,
    parent: Tag,
    *,
    stacked: bool = False,
    stretch: bool = False,
) -> Box:
    """The rows, of one pitch, as a table whose labels head their rows, or stand above them.

    The pitch is the theme's, less where the panel would be higher than what stands `beside` it (pt); with
    `stretch`, the rows share that height evenly.

    Nothing of a dose is dropped or narrowed for room: a value that needs a second line makes the panel grow.
    """
    table = parent.add("Table")
    boxes = [_row(setter, row, width, table.add("TR"), stacked) for row in rows]
    look = setter.theme.dose
    most = beside / len(rows)
    pitch = max(mm(look.row_least), most if stretch else min(mm(look.row), most))
    heights = [max(pitch, box.height + _AIR) for box in boxes]
    height = sum(heights)
    line = setter.theme.rules.table
    panel = Box(width, height, [Rect(0, 0, width, height, fill=setter.theme.ink.tint)])
    panel.items += [rule(0, 0, width, line, setter.accent), rule(0, height - line, width, line, setter.accent)]
    y = 0.0
    for box, room in zip(boxes, heights, strict=True):
        panel.put(box, 0, y + (room - box.height) / 2)
        y += room
    panel.height = height
    return panel


def fits_beside(setter: Setter, rows: tuple[DoseRow, ...], width: float) -> bool:
    """Whether every value stands with its unit on one line beside its label."""
    look = setter.theme.dose
    return max(_wanted(setter, row) for row in rows) + mm(look.padding + look.label) <= width


def _wanted(setter: Setter, row: DoseRow) -> float:
    """Width in pt of a value and its unit."""
    unit = mm(setter.theme.dose.unit) + setter.width(row.unit, setter.theme.type.unit) if row.unit else 0.0
    return setter.width(row.value, setter.theme.type.numeral) + unit


def set_strip(setter: Setter, rows: tuple[DoseRow, ...], width: float, parent: Tag) -> Box:
    """The rows beside each other, each as wide as its words ask, or the panel where they do not go on one line."""
    styles, look = setter.theme.type, setter.theme.dose
    padding = mm(look.padding)
    wanted = []
    for row in rows:
        wanted.append(max(setter.width(row.label, styles.note), _wanted(setter, row)))
    spare = width - sum(wanted) - padding * (len(rows) + 1)
    if spare < 0:
        return set_panel(setter, rows, width, 0.0, parent)
    table = parent.add("Table")
    # One cell's words stand as far from the next one's as the strip allows, but read as one line.
    room = [cell + padding + min(spare / len(rows), 4 * padding) for cell in wanted]
    boxes = [_row(setter, row, cell, table.add("TR"), True) for row, cell in zip(rows, room, strict=True)]
    height = max(box.height for box in boxes) + 2 * _AIR
    line = setter.theme.rules.table
    strip = Box(width, height, [Rect(0, 0, width, height, fill=setter.theme.ink.tint)])
    strip.items += [rule(0, 0, width, line, setter.accent), rule(0, height - line, width, line, setter.accent)]
    x = 0.0
    for box, cell in zip(boxes, room, strict=True):
        strip.put(box, x, _AIR)
        x += cell
    strip.height = height
    return strip


def panel_width(setter: Setter, rows: tuple[DoseRow, ...]) -> float:
    """Width in pt in which every value stands on one line with its unit, the labels above."""
    look = setter.theme.dose
    return max(mm(look.least), max(_wanted(setter, row) for row in rows) + 2 * mm(look.padding))


def _row(setter: Setter, row: DoseRow, width: float, tag: Tag, stacked: bool) -> Box:
    """Label, numeral and unit on one baseline; a unit that finds no room there stands below the numeral."""
    styles, look = setter.theme.type, setter.theme.dose
    box = Box(width)
    label = setter.paragraph(row.label, styles.note, width if stacked else mm(look.label), tag.add("TH", scope="Row"))
    cell = tag.add("TD")
    x = mm(look.padding) if stacked else mm(look.padding + look.label)
    slot = _LABEL_HEIGHT * styles.note.size
    y = slot if stacked else 0.0
    value = setter.paragraph(row.value, styles.numeral, width - x, cell, colour=setter.accent)
    first, last = value.baselines[0], value.baselines[-1] + y
    box.put(label, mm(look.padding), (slot - label.height) / 2 if stacked else first - label.baselines[0])
    unit_x = x + value.ink + mm(look.unit)
    box.height = box.put(value, x, y)
    if row.unit and unit_x + setter.width(row.unit, styles.unit) <= width:
        unit = setter.paragraph(row.unit, styles.unit, width - unit_x, cell)
        box.put(unit, unit_x, last - unit.baselines[0])
    elif row.unit:
        box.height = box.put(setter.paragraph(row.unit, styles.unit, width - x, cell), x, box.height)
    return box
