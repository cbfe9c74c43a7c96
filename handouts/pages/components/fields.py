"""Fields to fill in by hand: boxes to tick, blanks and lines to write on, and scales from 0 to 10."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handouts.model import Field, Text, TypeStyle, place_of
from handouts.pages.box import Box, mm
from handouts.pages.components.marks import check_box
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Rule, Tag
from handouts.problems import Place

BLANK = re.compile("_{3,}")
LABEL_SHARE = 0.42
"""A label wider than this part of the room stands above its content."""
_UNDER = 2.0
"""pt from a baseline to the line that is written on."""
_STEPS = 10
_LEAST_BLANK = 60.0
"""mm at 12 pt: a blank after a last option, for whatever it is, has so much room or a row of its own."""
_TICK = 2.6
"""pt: half the height of a mark on a scale."""


def label_width(setter: Setter, fields: Sequence[Field], width: float) -> float:
    """Width in pt of the column of labels that stand beside their contents; 0 where there is none."""
    widths = [setter.width(field.label, setter.theme.type.body) for field in fields if field.label]
    beside = [wide for wide in widths if wide <= width * LABEL_SHARE]
    return max(beside) + mm(setter.theme.form.label) if beside else 0.0


def set_field(setter: Setter, field: Field, width: float, labels: float, section: Tag, tick: str) -> Box:
    """The label, beside its content or above it, and the content over the rest of `width` pt."""
    style, row = setter.theme.type.body, mm(setter.theme.form.row)
    box = Box(width)
    x, y = 0.0, 0.0
    if field.label:
        wide = setter.width(field.label, style)
        beside = wide <= width * LABEL_SHARE
        word = setter.paragraph(field.label, style, labels if beside else width, section.add("P"))
        y = box.put(word, 0, _drop(style, row))
        x, y = (labels, 0.0) if beside else (0.0, y)
    content = _content(setter, field, width - x, section, tick)
    box.height = max(box.height, box.put(content, x, y), row)
    return box


def _drop(style: TypeStyle, row: float) -> float:
    """White above a text line that stands in the middle of a row."""
    return (row - style.leading) / 2


def _content(setter: Setter, field: Field, width: float, section: Tag, tick: str) -> Box:
    box = Box(width)
    y = 0.0
    if field.options:
        y = box.put(_options(setter, field, width, section, tick), 0, y)
    if field.write:
        y = box.put(_row(setter, field.write, width, section.add("P")), 0, y)
    if field.scale:
        y = box.put(_scale(setter, field.scale, width, section), 0, y)
    for _ in range(field.lines or 0):
        y += mm(setter.theme.write.pitch)
        box.items.append(rule(0, y, width, setter.theme.rules.hairline, setter.ink))
    box.height = y
    return box


def _row(setter: Setter, text: str, width: float, tag: Tag) -> Box:
    """A line with blanks, in the middle of a row."""
    style, row = setter.theme.type.body, mm(setter.theme.form.row)
    box = Box(width)
    box.put(set_blanks(setter, text, style, width, tag), 0, _drop(style, row))
    box.height = row
    return box


def set_blanks(setter: Setter, text: str, style: TypeStyle, width: float, tag: Tag) -> Box:
    """Words and blanks on one line; a blank at its end goes on to `width` pt."""
    box = Box(width, style.leading)
    x = 0.0
    end, under = 0, setter.theme.rules.hairline
    baseline = style.leading / 2 + 0.38 * style.size
    for blank in BLANK.finditer(text):
        x += _word(setter, box, text[end : blank.start()], style, x, tag, place_of(text))
        last = blank.end() == len(text)
        wide = width - x if last else len(blank[0]) * mm(setter.theme.form.blank)
        box.items.append(rule(x, baseline + _UNDER, wide, under, setter.ink))
        x, end = x + wide, blank.end()
    x += _word(setter, box, text[end:], style, x, tag, place_of(text))
    box.baselines = box.baselines[:1] or [baseline]
    box.height, box.ink = style.leading, x
    return box


def blanks_width(setter: Setter, text: str, style: TypeStyle) -> float:
    """Width in pt of words and blanks on one line, the last blank as wide as it is written."""
    words = [word for word in BLANK.split(text) if word.strip(" ")]
    wide = sum(setter.width(word.strip(" "), style) + mm(2.0) + style.size for word in words)
    return wide + sum(len(blank) for blank in BLANK.findall(text)) * mm(setter.theme.form.blank)


def _word(setter: Setter, box: Box, text: str, style: TypeStyle, x: float, tag: Tag, place: Place) -> float:
    """Puts a word at x; its width with the white round it."""
    word = text.strip(" ")
    if not word:
        return 0.0
    before = mm(1.0) if x else 0.0
    wide = setter.width(word, style)
    box.put(setter.paragraph(Text(word, place), style, wide + 0.01, tag), x + before, 0)
    gaps = len(text) - len(text.rstrip(" "))
    return before + wide + mm(1.0) + gaps * style.size / 2


def _options(setter: Setter, field: Field, width: float, section: Tag, tick: str) -> Box:
    """Boxes to tick: in columns, or one after the other as far as a row goes."""
    look, row = setter.theme.form, mm(setter.theme.form.row)
    listing = section.add("L", numbering="None")
    box = Box(width)
    edges = _column_edges(setter, field, width)
    x, y = 0.0, 0.0
    for index, option in enumerate(field.options):
        room = _option_width(setter, option)
        if edges and _is_open(option, field) and width - edges[index % len(edges)] - room < mm(_LEAST_BLANK):
            x, y, room = 0.0, -(-index // len(edges)) * row, width
        elif edges:
            x, y = edges[index % len(edges)], index // len(edges) * row
            room = ([*edges[1:], width + mm(look.option)])[index % len(edges)] - mm(look.option) - x
        else:
            if x and x + room > width + 0.1:
                x, y = 0.0, y + row
            if _is_open(option, field):
                room = width - x
        box.put(_option(setter, option, room, listing, tick), x, y)
        x += room + mm(look.option)
    box.height = y + row
    return box


def _is_open(option: str, field: Field) -> bool:
    """Whether it is the last option and ends with a blank, for what no other says."""
    return option is field.options[-1] and option.endswith("___")


def _column_edges(setter: Setter, field: Field, width: float) -> list[float]:
    """Left edges of the columns: each as wide as its widest word, the rest shared between them; fewer if need be."""
    gap = mm(setter.theme.form.option)
    for count in range(field.columns or 0, 0, -1):
        widths = [
            max(_option_width(setter, option) for option in field.options[column::count])
            for column in range(min(count, len(field.options)))
        ]
        spare = width - sum(widths) - gap * (len(widths) - 1)
        if spare >= 0 or count == 1:
            share = max(0.0, spare) / len(widths)
            return [sum(widths[:column]) + column * (gap + share) for column in range(len(widths))]
    return []


def _option_width(setter: Setter, option: str) -> float:
    check, blanks = setter.theme.check, sum(len(found) for found in BLANK.findall(option))
    words = setter.width(BLANK.sub("", option) or " ", setter.theme.type.body)
    return mm(check.size + check.gap) + words + blanks * mm(setter.theme.form.blank)


def _option(setter: Setter, option: str, width: float, listing: Tag, tick: str) -> Box:
    """A box and its word, which may hold a blank, in the middle of a row."""
    style, check = setter.theme.type.body, setter.theme.check
    item = listing.add("LI")
    box = Box(width)
    drop = _drop(style, mm(setter.theme.form.row))
    box.put(check_box(setter, item, tick), 0, drop)
    indent = mm(check.size + check.gap)
    body = item.add("LBody")
    if BLANK.search(option):
        box.put(set_blanks(setter, option, style, width - indent - mm(1.0), body), indent, drop)
    else:
        box.put(setter.paragraph(option, style, width - indent, body), indent, drop)
    box.height = mm(setter.theme.form.row)
    return box


def _scale(setter: Setter, ends: tuple[str, ...], width: float, section: Tag) -> Box:
    """Eleven numbers over a ruler, and what its ends mean."""
    look, styles = setter.theme.form, setter.theme.type
    cell = min(mm(look.cell), width / (_STEPS + 1))
    box = Box(width)
    tag = section.add("P")
    line = mm(look.scale)
    for step in range(_STEPS + 1):
        middle = (step + 0.5) * cell
        wide = setter.width(str(step), styles.strong)
        box.put(setter.paragraph(str(step), styles.strong, wide + 0.01, tag), middle - wide / 2, 0)
        box.items.append(Rule(middle, line - _TICK, middle, line + _TICK, setter.theme.rules.table, setter.ink))
    box.items.append(rule(cell / 2, line, cell * _STEPS, setter.theme.rules.table, setter.ink))
    y = line + _TICK + mm(look.ends)
    low = setter.paragraph(ends[0], styles.note, cell * (_STEPS + 1) / 2, section.add("P"))
    high = setter.paragraph(ends[1], styles.note, cell * (_STEPS + 1) / 2, section.add("P"), align="right")
    box.put(low, 0, y)
    box.put(high, cell * (_STEPS + 1) / 2, y)
    return box
