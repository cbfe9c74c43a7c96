"""The closing blocks: questions to bring with lines to write on, summary, questions and answers."""

from __future__ import annotations

from handouts.model import place_of
from handouts.pages.blocks import AnswerList, QuestionList, SummaryBox
from handouts.pages.box import Box, mm
from handouts.pages.components.heading import set_heading
from handouts.pages.components.marks import check_item, square_item
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Rect, Tag


def set_questions(setter: Setter, block: QuestionList, width: float, section: Tag, extra: float = 0.0) -> Box:
    """Items to tick and hairlines to write on; `extra` pt become more lines first, then wider pitch."""
    look, rules = setter.theme.write, setter.theme.rules
    box = Box(width)
    heading = set_heading(setter, block.number, block.heading, width, section)
    y = box.put(heading, 0, 0) + mm(setter.theme.heading.below)
    listing = section.add("L", numbering="None")
    for text in block.items:
        item, _ = check_item(setter, text, setter.theme.type.body, width, listing, block.tick)
        y = box.put(item, 0, y)
    room = block.lines * mm(look.pitch) + extra
    lines = max(block.lines, min(int(room / mm(look.pitch)), look.lines_most))
    pitch = min(room / lines, mm(look.pitch_most))
    for _ in range(lines):
        y += pitch
        box.items.append(rule(0, y - rules.hairline, width, rules.hairline, setter.ink))
    box.height = y
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
    column = (width - gutter) / 2
    pieces: list[Piece] = []
    for index in range(0, len(block.items), 2):
        box = Box(width)
        y = 0.0
        if index == 0 and block.heading:
            heading = set_heading(setter, block.number, block.heading, width, section)
            y = box.put(heading, 0, 0) + mm(setter.theme.heading.below)
        for place, (question, answer) in enumerate(block.items[index : index + 2]):
            box.put(_pair(setter, block, question, answer, column, section), place * (column + gutter), y)
        gap = None if index == 0 and block.heading else mm(setter.theme.answer.gap)
        pieces.append(Piece(box, [] if index else [section], gap, place=place_of(block.items[index][0])))
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
