"""The head of a personalised sheet: title, rows of who and what, and the figure with the knee marked."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.pages.box import Box, mm
from handouts.pages.components.body import set_body
from handouts.pages.components.name import set_name
from handouts.pages.components.piece import Piece
from handouts.pages.personal import Findings, Marked, Person, PersonRow
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Rect, Tag

Spans = Sequence[tuple[float, float]]


def set_person(setter: Setter, block: Person, width: float, spans: Spans) -> Piece:
    """Bar and title, then the rows over the first span and the figure over the second; the name alone over both.

    `parts`, for where no side holds that: the rows over the full width, then the figure.
    """
    if block.findings is None:
        box, tags, _ = _words(setter, block, width, width)
        return Piece(box, tags, gap=0.0)
    figure = block.findings.figure
    box, tags, top = _words(setter, block, width, spans[0][1])
    tags.append(_beside(setter, figure, box, top, spans[1]))

    def parts() -> list[Piece]:
        box, tags, _ = _words(setter, block, width, width)
        return [Piece(box, tags, gap=0.0), _alone(setter, figure, width)]

    return Piece(box, tags, gap=0.0, parts=parts)


def set_findings(setter: Setter, block: Findings, width: float, spans: Spans) -> Piece:
    """The rows over the first span and the figure over the second; `parts` as those of a person."""
    table = Tag("Table")
    box = Box(width)
    _rows(setter, box, block, spans[0][1], table)
    box.height = max(box.height, mm(setter.theme.person.figure))
    figure = _beside(setter, block.figure, box, 0.0, spans[1])

    def parts() -> list[Piece]:
        table = Tag("Table")
        box = Box(width)
        _rows(setter, box, block, width, table)
        return [Piece(box, [table]), _alone(setter, block.figure, width)]

    return Piece(box, [table, figure], parts=parts)


def _beside(setter: Setter, figure: Marked, box: Box, top: float, span: tuple[float, float]) -> Tag:
    """The figure in its span, in the middle of the height from `top` to the box's lower edge."""
    tag = Tag("Figure")
    high = box.height - top
    drawn = set_body(setter, figure, span[1], high, tag)
    box.put(drawn, span[0], top + max(0.0, high - drawn.height) / 2)
    return tag


def _alone(setter: Setter, figure: Marked, width: float) -> Piece:
    tag = Tag("Figure")
    return Piece(set_body(setter, figure, width, mm(setter.theme.person.figure), tag), [tag])


def _words(setter: Setter, block: Person, width: float, room: float) -> tuple[Box, list[Tag], float]:
    """Bar over `width`, title and rows over `room` pt, with their tags, and where the title begins."""
    theme, look = setter.theme, setter.theme.person
    bar = mm(theme.rules.bar)
    box = Box(width, bar, [Rect(0, 0, width, bar, fill=setter.accent)])
    tags = [Tag("H1"), Tag("P")]
    top = bar + mm(theme.header.above_title)
    y = box.put(setter.paragraph(block.title, theme.type.title, room, tags[0], balance=True), 0, top)
    box.height = _topic(setter, block, box, room, y, tags) + mm(look.title)
    table = Tag("Table")
    _rows(setter, box, block, room, table)
    return box, [*tags, table], top


def _topic(setter: Setter, block: Person, box: Box, width: float, y: float, tags: list[Tag]) -> float:
    """What the sheet is about, and at the right, where it must be said, the state of its review; the lower edge."""
    styles = setter.theme.type
    topic = setter.paragraph(block.topic, styles.body, width, tags[1])
    bottom = box.put(topic, 0, y)
    if not block.notice:
        return bottom
    tags.append(Tag("P"))
    wide = setter.width(block.notice, styles.strong) + 0.01
    notice = setter.paragraph(block.notice, styles.strong, wide, tags[-1])
    if topic.ink + mm(setter.theme.heading.note) + wide > width:
        return box.put(notice, 0, bottom)
    box.put(notice, width - wide, bottom - notice.height)
    return bottom


def _rows(setter: Setter, box: Box, block: Person | Findings, width: float, table: Tag) -> None:
    """Below the box: hairlines above each row and below the last; labels small, name and minutes large, values bold."""
    room, y = width - mm(setter.theme.person.label), box.height
    findings = block.findings if isinstance(block, Person) else block
    if isinstance(block, Person):
        row = table.add("TR")
        head = row.add("TH", scope="Row")
        y = _row(setter, box, y, width, block.label, head, set_name(setter, block.name, room, row.add("TD")))
    for one in findings.rows if findings else ():
        row = table.add("TR")
        head = row.add("TH", scope="Row")
        y = _row(setter, box, y, width, one.label, head, _value(setter, one, room, row.add("TD")))
    box.items.append(rule(0, y, width, setter.theme.rules.hairline, setter.ink))
    box.height = y + setter.theme.rules.hairline


def _row(setter: Setter, box: Box, y: float, width: float, label: str, head: Tag, value: Box) -> float:
    """A rule, the label and its value on one baseline; the y of the row's end."""
    look = setter.theme.person
    box.items.append(rule(0, y, width, setter.theme.rules.hairline, setter.ink))
    word = setter.paragraph(label, setter.theme.type.note, mm(look.label), head)
    empty = not value.items
    top = y + mm(look.above)
    baseline = (value.baselines or [word.baselines[0] + (mm(look.empty - look.above) - word.height) / 2])[0]
    # A label stands on its value's baseline, and so never higher than the value.
    drop = max(0.0, baseline - word.baselines[0])
    height = max(word.height + drop, value.height)
    box.put(word, 0, top + drop)
    box.put(value, mm(look.label), top)
    return y + mm(look.empty) if empty else top + height + mm(look.below)


def _value(setter: Setter, row: PersonRow, width: float, cell: Tag) -> Box:
    """The first line bold, further ones regular; the minutes as a numeral between two words."""
    styles = setter.theme.type
    if row.number:
        before, after = row.lines
        parts = [
            (before, styles.strong, None),
            (row.number, styles.numeral, setter.accent),
            (after, styles.strong, None),
        ]
        return setter.line(parts, cell, mm(setter.theme.dose.unit))
    box = Box(width)
    for index, line in enumerate(row.lines):
        style = styles.body if index else styles.strong
        box.put(setter.paragraph(line, style, width, cell.add("P"), balance=True), 0, box.height)
    return box
