"""Footers: one line on every side but the last; the last carries the clinic, its hours, a QR code and the sources."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from msgspec.structs import replace

from handouts.model import Text, place_of
from handouts.pages.blocks import Foot
from handouts.pages.box import PT_PER_MM, Box, mm
from handouts.pages.components.logo import set_logo
from handouts.pages.components.piece import Piece, fresh, mark_common
from handouts.pages.components.qr import LEAST_CELL, qr_code
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Cells, Tag
from handouts.problems import Problem

LEAST_DAY = 1.3
"""em: a weekday's column is no narrower for the sake of the times."""
_APART = 5.0
"""mm, at least, between what stands at the left of a line and at its right end."""
_LISTED = "、"
"""Between the names of sources."""
_HALF_DAY = re.compile("^(?:午前|午後)[ 　]?")


def set_running_foot(setter: Setter, foot: Foot, width: float, number: int, count: int, *, bound: bool = False) -> Box:
    """Hairline, topic and state at the left, telephone and n / N at the right; untagged, as it repeats on every side.

    Whoever ticks a sign on any side finds the number to call on it: where all do not go on one line, it comes first,
    and topic and state below it; `bound` pages cannot be parted from the last one, which says them.
    """
    box = Box(width)
    style, line = setter.theme.type.note, setter.theme.rules.hairline
    top = line + mm(setter.theme.footer.above_line)
    box.items.append(rule(0, 0, width, line, setter.ink))
    pages = _pages(number, count)
    ends = f"{foot.phone}\u3000\u3000{pages}"
    if setter.width(foot.line, style) + mm(_APART) + setter.width(ends, style) <= width:
        box.put(setter.paragraph(foot.line, style, width, Tag("P")), 0, top)
        box.put(setter.paragraph(ends, style, width, Tag("P"), align="right"), 0, top)
        return box
    room = width - setter.width(pages, style) - mm(_APART)
    both = Text(f"{foot.phone}\u3000\u3000{foot.line}", place_of(foot.phone))
    # In large type both are two lines one after the other, and three one below the other.
    run_on = not bound and setter.lines(both, style, room) <= setter.lines(foot.line, style, width)
    below = box.put(setter.paragraph(both if run_on else foot.phone, style, room, Tag("P")), 0, top)
    box.put(setter.paragraph(pages, style, width, Tag("P"), align="right"), 0, top)
    if not (bound or run_on):
        box.put(setter.paragraph(foot.line, style, width, Tag("P")), 0, below)
    return box


def _pages(number: int, count: int) -> str:
    return f"{number} / {count}"


def _numbered_line(setter: Setter, foot: Foot, width: float, number: int, count: int, tag: Tag) -> Box:
    style = setter.theme.type.note
    box = Box(width)
    pages = _pages(number, count)
    room = width - max(mm(15), setter.width(pages, style) + mm(_APART))
    box.put(setter.paragraph(foot.line, style, room, tag), 0, 0)
    box.put(setter.paragraph(pages, style, width, Tag("P"), align="right"), 0, 0)
    return box


def set_last_foot(setter: Setter, foot: Foot, width: float, number: int, count: int, section: Tag) -> Box:
    """Section rule, four columns, and the note lines under a hairline. Only n / N stays untagged."""
    look, rules = setter.theme.footer, setter.theme.rules
    box = Box(width)
    box.items.append(rule(0, 0, width, rules.section, setter.ink))
    y = rules.section + mm(look.below_rule)
    first, hours, caption, code = (mm(column) for column in look.columns)
    gap = mm(look.gap)
    if look.stacked:
        return _stacked_foot(setter, foot, box, (number, count), section)
    first, hours = _narrowed(setter, foot, first, hours, width - caption - code - 3 * gap)
    first, hours = _shared(setter, foot, first, hours)
    bottom = box.put(_once(set_place, setter, foot, first, section), 0, y)
    if foot.hours:
        bottom = max(bottom, box.put(_once(set_hours, setter, foot, hours, section), first + gap, y))
    if foot.url:
        bottom = max(bottom, set_code(setter, foot, box, (caption, gap, code), section))
    y = bottom + mm(look.above_note)
    box.items.append(rule(0, y, width, rules.hairline, setter.ink))
    y += rules.hairline + mm(look.below_note)
    y = box.put(_once(set_sources, setter, foot, width, section), 0, y)
    box.put(_numbered_line(setter, foot, width, number, count, section.add("P")), 0, y)
    return box


def _shared(setter: Setter, foot: Foot, first: float, hours: float) -> tuple[float, float]:
    """The widths of the first two columns: the hours give what they can spare where the address then takes one line."""
    wanted = setter.width(foot.address, setter.theme.type.note) + 0.01
    if wanted <= first:
        return first, hours
    needed = _needed(setter, foot)
    return (wanted, hours - wanted + first) if wanted - first <= hours - needed else (first, hours)


def _narrowed(setter: Setter, foot: Foot, first: float, hours: float, room: float) -> tuple[float, float]:
    """The widths of the first two columns between wider margins: the hours give what they can spare, then the place."""
    look, styles, short = setter.theme.footer, setter.theme.type, first + hours - room
    if short <= 0.1:
        return first, hours
    from_hours = min(short, max(hours - _needed(setter, foot), 0.0))
    first, hours = first - short + from_hours, hours - from_hours
    if first < (least := setter.width(foot.phone, styles.phone) + 0.01):  # a number is dialled from one line
        width = (room + sum(mm(column) for column in look.columns[2:]) + 3 * mm(look.gap)) / PT_PER_MM
        message = f"フッターの4つの列と間を足すと、紙面の幅 {width:.0f} mm を超えます。"
        setter.problems.append(Problem(look.place, message, "footer の columns を狭くしてください。"))
    return max(first, least), hours


def _needed(setter: Setter, foot: Foot) -> float:
    """How narrow the table of hours may be."""
    if not foot.hours:
        return 0.0
    style = setter.theme.type.cell
    key = max(setter.width(one.time, style) for one in foot.hours) + style.size / 2
    return max(key, mm(setter.theme.footer.hours_key)) + len(foot.days) * LEAST_DAY * style.size


_Part = Callable[[Setter, Foot, float, Tag], Box]


def _once(part: _Part, setter: Setter, foot: Foot, width: float, section: Tag) -> Box:
    """A part of the last foot that says nothing of this sheet alone: set once where the setter keeps what it set."""
    if setter.kept is None:
        return part(setter, foot, width, section)

    def make(setter: Setter) -> Piece:
        tag = Tag("Sect")
        return Piece(part(setter, foot, width, tag), [tag])

    said = replace(foot, edition="", state="", url="", url_label="", url_alt="")
    (piece,) = fresh([setter.once((part, said, width), make)])
    section.kids += piece.tags[0].kids
    if foot.personal:
        mark_common(piece)
    return piece.box


def _stacked_foot(setter: Setter, foot: Foot, box: Box, number: tuple[int, int], section: Tag) -> Box:
    """The last foot for large type: the clinic beside its hours, or above them; below, the sources beside the code."""
    look, rules, width = setter.theme.footer, setter.theme.rules, box.width
    first, hours, caption, _ = (mm(column) for column in look.columns)
    y = rules.section + mm(look.below_rule)
    bottom = box.put(set_place(setter, foot, first, section), 0, y)
    if foot.hours:
        beside = first + mm(look.gap) + hours <= width + 0.1
        y = y if beside else bottom + mm(look.above_note)
        bottom = max(bottom, box.put(set_hours(setter, foot, min(hours, width), section), width - min(hours, width), y))
    y = bottom + mm(look.above_note)
    room = width - (caption + mm(look.gap + look.qr) + mm(look.gap) if foot.url else 0.0)
    lower = Box(width, items=[rule(0, 0, width, rules.hairline, setter.ink)])
    top = end = rules.hairline + mm(look.below_note)
    high = 0.0
    if foot.url:
        bottom = set_code(setter, foot, lower, (caption, mm(look.gap), mm(look.qr)), Tag("Sect"))
        high = bottom + mm(look.above_note) - top  # all the white that the code needs: words may follow at once
        lower = Box(width, items=lower.items[:1])
    end = lower.put(_sources_around(setter, foot, room, width, high, section), 0, top)
    if foot.url:
        end = max(end, set_code(setter, foot, lower, (caption, mm(look.gap), mm(look.qr)), section))
    lower.put(_numbered_line(setter, foot, width, *number, section.add("P")), 0, end)
    box.put(lower, 0, y)
    return box


def set_sources(setter: Setter, foot: Foot, width: float, section: Tag) -> Box:
    """The sources and what the sheet is not; the latter on a line of its own unless that takes one more."""
    style = setter.theme.type.note
    joined = setter.lines(f"{foot.sources}{foot.disclaimer}", style, width)
    apart = setter.lines(foot.sources, style, width) + setter.lines(foot.disclaimer, style, width)
    box = Box(width)
    if joined < apart:
        both = Text(f"{foot.sources}{foot.disclaimer}", place_of(foot.sources))
        box.put(setter.paragraph(both, style, width, section.add("P")), 0, 0)
        return box
    y = box.put(setter.paragraph(foot.sources, style, width, section.add("P")), 0, 0)
    box.put(setter.paragraph(foot.disclaimer, style, width, section.add("P")), 0, y)
    return box


def _sources_around(setter: Setter, foot: Foot, room: float, width: float, high: float, section: Tag) -> Box:
    """The sources in `room` pt for as many lines as stand beside a code `high` pt, and below it over the full width."""
    style = setter.theme.type.note
    beside = max(1, round(high / style.leading))
    names = foot.sources.split(_LISTED)
    if setter.lines(foot.sources, style, room) <= beside or len(names) == 1:
        return set_sources(setter, foot, room, section)
    names = [f"{name}{_LISTED}" for name in names[:-1]] + names[-1:]
    count = bisect_right(range(1, len(names)), beside, key=lambda n: setter.lines("".join(names[:n]), style, room))
    first, rest = (Text("".join(part), place_of(foot.sources)) for part in (names[:count], names[count:]))
    tag = section.add("P")
    box = Box(width)
    y = box.put(setter.paragraph(first, style, room, tag), 0, 0)
    y = box.put(setter.paragraph(rest, style, width, tag), 0, max(y, high))
    box.put(setter.paragraph(foot.disclaimer, style, width, section.add("P")), 0, y)
    return box


def set_place(setter: Setter, foot: Foot, width: float, section: Tag) -> Box:
    """The clinic's name, telephone and address."""
    styles = setter.theme.type
    box = Box(width)
    # No higher than the name's line: the foot stays as high as it is.
    logo = set_logo(foot.logo, styles.strong.leading, width / 4) if foot.logo else None
    left = logo.width + styles.strong.size / 3 if logo else 0.0
    name = setter.paragraph(foot.clinic, styles.strong, width - left, section.add("P"))
    if logo:
        box.put(logo, 0, (styles.strong.leading - logo.height) / 2)
    y = box.put(name, left, 0)
    y = box.put(setter.paragraph(foot.phone, styles.phone, width, section.add("P")), 0, y)
    box.put(setter.paragraph(foot.address, styles.note, width, section.add("P")), 0, y)
    return box


def set_hours(setter: Setter, foot: Foot, width: float, section: Tag) -> Box:
    """Opening hours as a table: ● open, − shut, 休 shut all day, each with its spoken word."""
    look, rules = setter.theme.footer, setter.theme.rules
    times, key = _times(setter, foot, width)
    day = (width - key) / len(foot.days)
    padding = mm(look.hours_padding)
    table = section.add("Table")
    box = Box(width)
    opens = [any(marks) for marks in zip(*(hours.open for hours in foot.hours), strict=True)]
    y = _hours_row(setter, box, 0.0, key, day, foot.hours_label, foot.days, table.add("TR"), scope="Column")
    for hours, time in zip(foot.hours, times, strict=True):
        y += padding
        box.items.append(rule(0, y - rules.hairline, width, rules.hairline, setter.ink))
        y += padding
        marks = tuple(
            "●" if is_open else "−" if ever else "休" for is_open, ever in zip(hours.open, opens, strict=True)
        )
        row = table.add("TR")
        y = _hours_row(setter, box, y, key, day, time, marks, row, scope=None)
        for cell, is_open in zip(row.kids[1:], hours.open, strict=True):
            assert isinstance(cell, Tag)
            cell.actual_text = foot.open if is_open else foot.shut
    y += padding
    box.items.append(rule(0, y - rules.hairline, width, rules.hairline, setter.ink))
    box.height = max(box.height, y)
    if foot.closed:
        box.put(setter.paragraph(foot.closed, setter.theme.type.cell, width, section.add("P")), 0, y + padding)
    return box


def _times(setter: Setter, foot: Foot, width: float) -> tuple[list[Text], float]:
    """The times as they stand in the first column, and its width: wider where the days leave room for 午前 and 午後,
    else without these words, which the times say too."""
    style, least = setter.theme.type.cell, mm(setter.theme.footer.hours_key)
    times = [Text(hours.time, place_of(hours.time)) for hours in foot.hours]
    widest = max(setter.width(time, style) for time in times) + style.size / 2
    if widest <= least or widest + len(foot.days) * LEAST_DAY * style.size <= width:
        return times, max(least, widest)
    return [Text(_HALF_DAY.sub("", time), time.place) for time in times], least


def _hours_row(
    setter: Setter,
    box: Box,
    y: float,
    key: float,
    day: float,
    first: str,
    cells: tuple[str, ...],
    row: Tag,
    *,
    scope: str | None,
) -> float:
    style = setter.theme.type.cell
    head = setter.paragraph(first, style, key, row.add("TH", scope=scope or "Row"))
    baseline = y + head.baselines[0]
    bottom = box.put(head, 0, y)
    for index, cell in enumerate(cells):
        tag = row.add("TH", scope=scope) if scope else row.add("TD")
        text = setter.paragraph(cell, style, day, tag)
        # A single character stands in the middle of its column.
        box.put(text, key + index * day + (day - text.ink) / 2, baseline - text.baselines[0])
    return bottom


def set_code(setter: Setter, foot: Foot, box: Box, columns: tuple[float, float, float] | None, section: Tag) -> float:
    """The code with its right edge on the margin, its label at the left if there is room; returns its lower edge."""
    look, styles = setter.theme.footer, setter.theme.type
    size = mm(look.qr)
    rows = qr_code(foot.url)
    cell = size / len(rows) if rows else 0.0
    if cell < mm(LEAST_CELL):
        message = "アドレスが長すぎて、QRコードの目が読み取れない細かさになります。"
        setter.problems.append(Problem(place_of(foot.url), message, "短いアドレスを url に書いてください。"))
    x = box.width - size
    # Four cells of white around the code (ISO/IEC 18004), also towards the rules above and below.
    y = setter.theme.rules.section + max(4 * cell, mm(look.below_rule))
    if columns:
        caption, gap, _ = columns
        label = setter.paragraph(foot.url_label, styles.note, caption, section.add("P"), align="right")
        box.put(label, x - max(gap, 4 * cell) - caption, setter.theme.rules.section + mm(look.below_rule))
    code = Box(size, size, [Cells(0, 0, size, rows, setter.ink)])
    tag = Tag("Figure", list(code.items), alt=f"{foot.url_alt}({foot.url})", box=(0, 0, size, size))
    code.figures.append(tag)
    section.kids.append(tag)
    bottom = box.put(code, x, y)
    return bottom + 4 * cell - mm(look.above_note)
