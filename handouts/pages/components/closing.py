"""The closing blocks: questions to bring with lines to write on, summary, questions and answers."""

from __future__ import annotations

from handouts.model import place_of
from handouts.pages.blocks import AnswerList, NoteLines, QuestionList, SummaryBox
from handouts.pages.box import Box, mm
from handouts.pages.components.heading import set_again, set_heading
from handouts.pages.components.marks import check_item, square_item
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Rect, Tag

_TWO_COLUMNS = 140.0
"""mm at 12 pt: in less room questions and answers stand one under the other."""


def set_questions(setter: Setter, block: QuestionList, width: float, section: Tag, extra: float = 0.0) -> Box:
    """Items to tick and hairlines to write on; `extra` pt become more lines first, then wider pitch."""
    box = Box(width)
    heading = set_heading(setter, block.number, block.heading, width, section)
    y = box.put(heading, 0, 0) + mm(setter.theme.heading.below)
    listing = section.add("L", numbering="None")
    for texts in _item_rows(setter, block, width):
        room = width if len(texts) == 1 else _half(setter, width)
        row = [check_item(setter, text, setter.theme.type.body, room, listing, block.tick)[0] for text in texts]
        for index, item in enumerate(row):
            box.put(item, index * (width - room), y)
        y += max(item.height for item in row)
    if block.lines:
        y = box.put(set_lines(setter, NoteLines(block.notes, block.lines), width, section, extra), 0, y)
    box.height = y
    return box


def _item_rows(setter: Setter, block: QuestionList, width: float) -> list[list[str]]:
    """The questions in rows: two beside each other where they may stand so and either fits on one line of its half."""
    look, half = setter.theme.check, _half(setter, width)
    rows: list[list[str]] = []
    room = False
    for text in block.items:
        fits = block.abreast and setter.width(text, setter.theme.type.body) + mm(look.size + look.gap) <= half
        if fits and room:
            rows[-1].append(text)
        else:
            rows.append([text])
        room = fits and len(rows[-1]) == 1
    return rows


def _half(setter: Setter, width: float) -> float:
    """Half of a width, less half a gutter, in pt."""
    return (width - mm(setter.theme.figure.pair_gap)) / 2


def set_lines(setter: Setter, block: NoteLines, width: float, section: Tag, extra: float = 0.0) -> Box:
    """Hairlines to write on, a small word on the first; `extra` pt become more lines first, then wider pitch."""
    look, line = setter.theme.write, setter.theme.rules.hairline
    room = block.lines * mm(look.pitch) + extra
    lines = max(block.lines, min(int(room / mm(look.pitch)), look.lines_most))
    pitch = min(room / lines, mm(look.pitch_most))
    box = Box(width)
    label = setter.paragraph(block.label, setter.theme.type.note, width, section.add("P"))
    box.put(label, 0, pitch - label.height)
    for number in range(1, lines + 1):
        box.items.append(rule(0, number * pitch - line, width, line, setter.ink))
    box.height = pitch * lines
    return box


def set_summary(setter: Setter, block: SummaryBox, width: float, section: Tag) -> Box:
    """A tinted box under an accent rule: heading and three lines."""
    look, styles = setter.theme.summary, setter.theme.type
    left = mm(look.sides)
    box = Box(width)
    y = box.put(setter.paragraph(block.heading, styles.strong, width - 2 * left, section.add("H2")), left, mm(look.top))
    listing = section.add("L", numbering="Disc")
    for text in block.items:
        y = box.put(square_item(setter, text, styles.body, width - 2 * left, listing), left, y)
    box.height = y + mm(look.bottom)
    ground = Rect(0, 0, width, box.height, fill=setter.theme.ink.tint)
    box.items[:0] = [ground, rule(0, 0, width, setter.theme.rules.table, setter.accent)]
    return box


def set_answers(setter: Setter, block: AnswerList, width: float, section: Tag) -> Box:
    """Q and A, letter and text, one pair under the other."""
    box = Box(width)
    heading = set_heading(setter, block.number, block.heading, width, section)
    y = box.put(heading, 0, 0) + mm(setter.theme.heading.below)
    for index, (question, answer) in enumerate(block.items):
        y += mm(setter.theme.answer.gap) if index else 0.0
        y = box.put(_pair(setter, block, question, answer, width, section), 0, y)
    return box


def set_many_answers(setter: Setter, block: AnswerList, width: float, gutter: float) -> list[Piece]:
    """Pairs in two columns over the full width, read across; a row of two is never parted, rows may go on."""
    section = Tag("Sect")
    count = 2 if width >= mm(_TWO_COLUMNS) * setter.scale else 1
    column = (width - gutter * (count - 1)) / count
    pieces: list[Piece] = []
    for index in range(0, len(block.items), count):
        box = Box(width)
        y = 0.0
        if index == 0:
            heading = set_heading(setter, block.number, block.heading, width, section)
            y = box.put(heading, 0, 0) + mm(setter.theme.heading.below)
        for place, (question, answer) in enumerate(block.items[index : index + count]):
            box.put(_pair(setter, block, question, answer, column, section), place * (column + gutter), y)
        gap = mm(setter.theme.answer.gap) if index else None
        lead = set_again(setter, block.number, block.heading, block.again, width) if index else None
        pieces.append(Piece(box, [] if index else [section], gap, lead=lead, place=place_of(block.items[index][0])))
    return pieces


def _pair(setter: Setter, block: AnswerList, question: str, answer: str, width: float, section: Tag) -> Box:
    styles, indent = setter.theme.type, mm(setter.theme.answer.letter)
    box = Box(width)
    tag = section.add("H3")
    box.put(setter.paragraph(f"{block.question} ", styles.strong, indent, tag, colour=setter.accent), 0, 0)
    y = box.put(setter.paragraph(question, styles.strong, width - indent, tag, balance=True), indent, 0)
    tag = section.add("P")
    box.put(setter.paragraph(f"{block.answer} ", styles.body, indent, tag), 0, y)
    box.put(setter.paragraph(answer, styles.body, width - indent, tag), indent, y)
    return box
