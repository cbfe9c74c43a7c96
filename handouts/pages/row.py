"""One row of a layout's flow becomes pieces: a block over the full width, or blocks in columns side by side."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from handouts.model import BlockName, FlowRow
from handouts.pages.blocks import (
    AnswerList,
    Block,
    CardFace,
    CardList,
    CauseList,
    CheckTables,
    ClinicPart,
    Cover,
    Diary,
    FormRows,
    Head,
    NoteLines,
    PictureRow,
    QuestionList,
    SummaryBox,
    TipList,
    WarningBox,
)
from handouts.pages.box import Box, mm
from handouts.pages.components.cardface import set_face
from handouts.pages.components.causes import set_causes, set_pair
from handouts.pages.components.closing import set_answers, set_lines, set_many_answers, set_questions, set_summary
from handouts.pages.components.cover import set_clinic, set_cover
from handouts.pages.components.diary import set_diary
from handouts.pages.components.exercise import set_exercises
from handouts.pages.components.form import set_form
from handouts.pages.components.header import set_header
from handouts.pages.components.person import set_findings, set_person
from handouts.pages.components.personal import (
    fits_abreast,
    note_pieces,
    set_abreast,
    set_day_diary,
    set_note_list,
    set_visit,
)
from handouts.pages.components.piece import Piece
from handouts.pages.components.tables import set_tables
from handouts.pages.components.tips import set_tips
from handouts.pages.components.warning import set_warning
from handouts.pages.grid import Grid
from handouts.pages.personal import DayDiary, Findings, NextVisit, NoteList, Person, PersonalBlock
from handouts.pages.setter import Setter
from handouts.pages.sheet import Tag

Blocks = Mapping[BlockName, Block | PersonalBlock]

MOST_ANSWERS = 3
"""More than these beside the questions would leave the other column white (pages.md)."""


def set_row(setter: Setter, row: FlowRow, blocks: Blocks, grid: Grid) -> list[Piece]:
    """The pieces of one row in reading order; none where the handout lacks its blocks."""
    return _block_pieces(setter, row, blocks, grid) if row.block else _column_pieces(setter, row, blocks, grid)


def _block_pieces(setter: Setter, row: FlowRow, blocks: Blocks, grid: Grid) -> list[Piece]:
    """The pieces of one block over the full width."""
    assert row.block is not None
    block = blocks.get(row.block)
    spans = grid.spans(row.spans or (grid.columns,))
    match block:
        case None:
            return []
        case Head():
            header = set_header(setter, block, grid.width)
            header.keep = True
            return [header]
        case Person():
            return [set_person(setter, block, grid.width, spans)]
        case Findings():
            return [set_findings(setter, block, grid.width, spans)]
        case DayDiary():
            return set_day_diary(setter, block, grid.width)
        case WarningBox():
            heading = block.heading if row.heading else ""
            box = replace(block, heading=heading, rule_below=row.rule)
            return [set_warning(setter, box, grid.width, grid.gutter)]
        case Diary():
            return set_diary(setter, block, grid.width, grid.gutter)
        case CardFace():
            return set_face(setter, block, grid.width)
        case Cover():
            return set_cover(setter, block, grid.width)
        case ClinicPart():
            return [set_clinic(setter, block, grid.width, sources=row.sources)]
        case FormRows():
            return set_form(setter, block, grid)
        case CauseList():
            shown = block if row.pictures else replace(block, figures=())
            return set_causes(setter, shown, grid.width, grid.gutter, spans)
        case PictureRow():
            section = Tag("Sect")
            return [Piece(set_pair(setter, block.figures, grid.width, section), [section])]
        case CheckTables():
            return set_tables(setter, block, grid.width, spans)
        case TipList():
            return [set_tips(setter, block, grid.width, grid.gutter, spans)]
        case CardList() if row.abreast and fits_abreast(block.cards):
            return [set_abreast(setter, block, grid.width, grid.spans([grid.columns // 2] * 2))]
        case CardList():
            return set_exercises(setter, block, grid.width, spans, spread=row.spread)
        case AnswerList():
            return set_many_answers(setter, block, grid.width, grid.gutter)
        case QuestionList():
            piece = _side_by_side(setter, [[block]], [(0.0, grid.width)], grid.width)
            whole = [(0.0, grid.width)]
            piece.parts = lambda: [_side_by_side(setter, [[one]], whole, grid.width) for one in block.parted()]
            return [piece]
        case NoteList():
            section = Tag("Sect")
            listed = set_column_block(setter, block, grid.width, section, 0.0)
            return [Piece(listed, [section], parts=lambda: note_pieces(setter, block, grid.width))]
        case _:
            section = Tag("Sect")
            return [Piece(set_column_block(setter, block, grid.width, section, 0.0), [section])]


def _column_pieces(setter: Setter, row: FlowRow, blocks: Blocks, grid: Grid) -> list[Piece]:
    """Several columns as one piece, which can grow by writing lines; many answers follow over the full width."""
    columns = [[blocks[name] for name in column.blocks if name in blocks] for column in row.columns]
    many = [column[0] for column in columns if _is_many(column)]
    columns = [column for column in columns if not _is_many(column)]
    spans = grid.spans([column.span for column in row.columns][: len(columns)])
    filled = [column for column in columns if column]
    if len(filled) == 1 and len(row.columns) > 1:
        # One column alone would leave half the side white: its blocks stand side by side, the lines in the second.
        columns = _spread(filled[0])
        spans = grid.spans([grid.columns // len(columns)] * len(columns))
    pieces = [_side_by_side(setter, columns, spans, grid.width)] if filled else []
    notes = [block for column in columns for block in column if isinstance(block, NoteList)]
    if pieces and len(notes) == sum(map(len, columns)):
        # Notes have any length: what no side holds is set in single sentences, one list after the other.
        pieces[0].parts = lambda: [piece for block in notes for piece in note_pieces(setter, block, grid.width)]
    for block in many:
        assert isinstance(block, AnswerList)
        pieces += set_many_answers(setter, block, grid.width, grid.gutter)
    return pieces


def _spread(column: list[Block | PersonalBlock]) -> list[list[Block | PersonalBlock]]:
    """The blocks of one column in two: the questions at the left, what else there is and the lines at the right."""
    first, *others = column
    if not isinstance(first, QuestionList):
        return [[block] for block in column]
    questions, lines = first.parted()
    return [[questions], [*others, lines]]


def _is_many(column: list[Block | PersonalBlock]) -> bool:
    return len(column) == 1 and isinstance(column[0], AnswerList) and len(column[0].items) > MOST_ANSWERS


def _side_by_side(
    setter: Setter, columns: list[list[Block | PersonalBlock]], spans: list[tuple[float, float]], width: float
) -> Piece:
    def make(extra: float) -> Piece:
        sections = [[Tag("Sect") for _ in column] for column in columns]
        natural = [_natural_height(setter, column, room) for column, (_, room) in zip(columns, spans, strict=True)]
        target = max(natural) + extra
        box = Box(width)
        for column, (x, room), tags, height in zip(columns, spans, sections, natural, strict=True):
            box.put(_column(setter, column, room, tags, target - height), x, 0)
        return Piece(box, [tag for tags in sections for tag in tags], grow=make)

    return make(0.0)


def _natural_height(setter: Setter, column: list[Block | PersonalBlock], width: float) -> float:
    return _column(setter, column, width, [Tag("Sect") for _ in column], 0.0).height


def _column(setter: Setter, column: list[Block | PersonalBlock], width: float, tags: list[Tag], extra: float) -> Box:
    """Blocks one under the other; the questions take what is to spare, so that the last block ends at the foot."""
    box = Box(width)
    y = 0.0
    for index, (block, tag) in enumerate(zip(column, tags, strict=True)):
        gap = mm(setter.theme.summary.above) if index else 0.0
        share = extra if isinstance(block, QuestionList | NoteLines) else 0.0
        y = box.put(set_column_block(setter, block, width, tag, share), 0, y + gap)
    return box


def set_column_block(setter: Setter, block: Block | PersonalBlock, width: float, section: Tag, extra: float) -> Box:
    """A block that can stand in a column of any width."""
    match block:
        case QuestionList():
            return set_questions(setter, block, width, section, extra)
        case NoteLines():
            return set_lines(setter, block, width, section, extra)
        case SummaryBox():
            return set_summary(setter, block, width, section)
        case AnswerList():
            return set_answers(setter, block, width, section)
        case NoteList():
            return set_note_list(setter, block, width, section)
        case NextVisit():
            return set_visit(setter, block, width, section)
        case _:
            raise AssertionError(f"no column form of {type(block).__name__}")
