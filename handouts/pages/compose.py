"""Compose says what stands on the paper: a handout becomes blocks, numbered in the order a layout reads them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from handouts.model import BlockName, Handout, Layout, Step, figure_names
from handouts.model.amounts import daily_minutes
from handouts.pages.blocks import (
    AnswerList,
    Block,
    Card,
    CardList,
    CauseList,
    CheckTables,
    ClinicPart,
    Cover,
    Diary,
    FormPart,
    FormRows,
    Grid2D,
    Head,
    Illustration,
    Logo,
    PictureRow,
    QuestionList,
    Sign,
    SignStep,
    SummaryBox,
    TipList,
    Titled,
    WarningBox,
)
from handouts.pages.cards import card_faces
from handouts.pages.diary import compose_diary, diary_head
from handouts.pages.dose import dose_rows, steps
from handouts.pages.foot import compose_foot, review_notice
from handouts.sides import Side, sided


class Variant(Struct, frozen=True):
    """A form in which a handout may be set: with its short texts, without some blocks."""

    short: bool = False
    dropped: tuple[BlockName, ...] = ()
    exercises: int | None = None
    """So many of them at the most."""
    spare: int | None = None
    """Which of the layout's spare rows has its block."""


WHOLE = Variant()
NUMBERED = (
    BlockName.FORM,
    BlockName.CAUSES,
    BlockName.CHECK,
    BlockName.TIPS,
    BlockName.EXERCISES,
    BlockName.QUESTIONS,
    BlockName.ANSWERS,
    BlockName.DIARY,
)
"""Sections with a number before their heading."""
Illustrations = Mapping[str, Illustration]


def compose(
    handout: Handout,
    layout: Layout,
    illustrations: Illustrations,
    printed: date,
    side: Side | None = None,
    form: Variant = WHOLE,
    *,
    draft: bool = False,
    logo: Logo | None = None,
) -> dict[BlockName, Block]:
    """The blocks that this layout takes and this handout has; sections are numbered in reading order."""
    if form.short:
        handout = shortened(handout)
    taken = form.exercises or most(layout)
    makers: dict[BlockName, Callable[[Handout, int, Illustrations], Block | None]] = {
        BlockName.HEADER: lambda handout, _, __: _head(handout, printed, layout, logo),
        BlockName.COVER: lambda handout, _, figures: _cover(handout, printed, figures, logo),
        BlockName.PICTURES: _pictures,
        BlockName.CLINIC: lambda handout, _, __: ClinicPart(
            compose_foot(handout, printed, draft=draft), max((panel.side for panel in layout.panels), default=1)
        ),
        BlockName.WARNING: compose_warning,
        BlockName.NOW: lambda handout, number, figures: _signs(compose_warning(handout, number, figures), urgent=True),
        BlockName.SOON: lambda handout, number, figures: _signs(
            compose_warning(handout, number, figures), urgent=False
        ),
        BlockName.FORM: _form,
        BlockName.CAUSES: _causes,
        BlockName.CHECK: _check,
        BlockName.TIPS: _tips,
        BlockName.EXERCISES: lambda handout, number, figures: compose_exercises(handout, number, figures, side, taken),
        BlockName.QUESTIONS: _questions,
        BlockName.SUMMARY: _summary,
        BlockName.ANSWERS: _answers,
        BlockName.DIARY: lambda handout, number, _: compose_diary(handout, number, side),
    }
    blocks: dict[BlockName, Block] = {}
    number = 1
    for name in layout.takes:
        if name in form.dropped:
            continue
        block = makers[name](handout, number, illustrations)
        if block is not None:
            blocks[name] = block
            number += _numbers(block) if name in NUMBERED else 0
    blocks = _asked(blocks, handout, layout)
    if layout.repeat:
        return card_faces(blocks, compose_foot(handout, printed, draft=draft), edition=not form.short)
    return blocks


def _asked(blocks: dict[BlockName, Block], handout: Handout, layout: Layout) -> dict[BlockName, Block]:
    """Where no answers say who else must ask first, the note of the exercises names them all, or the cover."""
    cards, exercises = blocks.get(BlockName.EXERCISES), handout.topic.exercises
    if isinstance(cards, CardList) and layout.flow:
        blocks[BlockName.EXERCISES] = cards = replace(cards, roomy=True)
    cover = blocks.get(BlockName.COVER)
    if not (isinstance(cards, CardList) and exercises and exercises.ask) or BlockName.ANSWERS in blocks:
        return blocks
    if isinstance(cover, Cover) and any(row.ask for row in layout.rows):
        blocks[BlockName.COVER] = replace(cover, ask=exercises.ask, figure=None)
        blocks[BlockName.EXERCISES] = replace(cards, note="")
    else:
        blocks[BlockName.EXERCISES] = replace(cards, note=exercises.ask)
    return blocks


def shortened(handout: Handout) -> Handout:
    """The handout with the short forms of its texts where there are any."""
    signs = tuple(replace(sign, text=sign.short) if sign.short else sign for sign in handout.signs)
    causes = handout.topic.causes
    if causes:
        items = tuple(replace(item, text=item.short) if item.short else item for item in causes.items)
        causes = replace(causes, items=items)
    answers = handout.topic.answers
    if answers:
        replies = tuple(replace(item, answer=item.short) if item.short else item for item in answers.items)
        answers = replace(answers, items=replies)
    return replace(handout, signs=signs, topic=replace(handout.topic, causes=causes, answers=answers))


def _cover(handout: Handout, printed: date, figures: Illustrations, logo: Logo | None) -> Cover:
    topic = handout.topic
    names = list(figure_names(handout))
    causes = topic.causes.figures if topic.causes else ()
    name = topic.cover or (causes[-1] if causes else (names or [""])[0])
    notice, figure = review_notice(handout, printed), figures.get(name)
    return Cover(topic.title, topic.purpose, notice, handout.clinic.name, figure, logo=logo)


def _numbers(block: Block) -> int:
    """How many numbered sections a block has."""
    if isinstance(block, Diary):
        return 2
    return sum(len(parts) for _, row in block.rows for _, parts in row) if isinstance(block, FormRows) else 1


def _form(handout: Handout, number: int, illustrations: Illustrations) -> FormRows | None:
    form, labels = handout.topic.form, handout.labels
    if form is None:
        return None
    count = itertools.count(number)
    rows = tuple(
        (
            row.new_side,
            tuple(
                (
                    column.span,
                    tuple(
                        FormPart(next(count), section, illustrations[section.figure] if section.figure else None)
                        for section in column.sections
                    ),
                )
                for column in row.columns
            ),
        )
        for row in form.rows
    )
    first = form.rows[0].columns[0].sections[0].heading
    return FormRows(form.who or "", rows, labels.tick, first)


def _head(handout: Handout, printed: date, layout: Layout, logo: Logo | None) -> Head:
    topic, notice = handout.topic, review_notice(handout, printed)
    head = Head(topic.title, topic.purpose, topic.lead or "", handout.clinic.name, notice, logo)
    return diary_head(head, handout) if BlockName.DIARY in layout.takes else head


def compose_warning(handout: Handout, _: int, __: Illustrations) -> WarningBox:
    warnings, labels = handout.warnings, handout.labels
    steps = []
    for step in Step:
        signs = tuple(Sign(sign.text, labels.call if sign.call else "") for sign in handout.signs if sign.step is step)
        if signs:
            words = warnings.steps[step]
            destination = (handout.clinic.emergency_line and words.with_emergency_line) or words.destination
            steps.append(SignStep(words.label, destination, signs, step is Step.NOW))
    return WarningBox(
        warnings.heading,
        warnings.rule,
        tuple(steps),
        warnings.other,
        labels.tick,
        again=labels.again,
        overleaf=labels.overleaf,
    )


def _signs(box: WarningBox, *, urgent: bool) -> WarningBox:
    """The signs of one step alone, where each stands on a face of its own."""
    steps = tuple(step for step in box.steps if step.urgent == urgent)
    return replace(box, steps=steps, heading=box.heading if urgent else "")


def _causes(handout: Handout, number: int, illustrations: Illustrations) -> CauseList | None:
    causes = handout.topic.causes
    if causes is None:
        return None
    items = tuple(Titled(cause.title, cause.text) for cause in causes.items)
    figures = tuple(illustrations[name] for name in causes.figures)
    return CauseList(number, causes.heading, items, figures, handout.labels.again)


def _pictures(handout: Handout, _: int, illustrations: Illustrations) -> PictureRow | None:
    names = handout.topic.causes.figures if handout.topic.causes else ()
    return PictureRow(tuple(illustrations[name] for name in names)) if names else None


def _check(handout: Handout, number: int, _: Illustrations) -> CheckTables | None:
    check = handout.topic.check
    if check is None:
        return None
    tables = tuple(
        Grid2D(table.columns, tuple(row.cells for row in table.rows), table.strong - 1) for table in check.tables
    )
    return CheckTables(number, check.heading, tables, handout.labels.again)


def _tips(handout: Handout, number: int, _: Illustrations) -> TipList | None:
    tips = handout.topic.tips
    if tips is None:
        return None
    return TipList(number, tips.heading, tuple(tip.text for tip in tips.items))


def most(layout: Layout) -> int | None:
    """How many exercises a layout takes; None where it takes all."""
    return next((row.most for row in layout.rows if row.block is BlockName.EXERCISES), None)


def compose_exercises(
    handout: Handout,
    number: int,
    illustrations: Illustrations,
    side: Side | None,
    taken: int | None,
    *,
    turned: bool = False,
) -> CardList | None:
    """The cards of the exercises; with `turned`, the steps for one knee end with the other leg's turn."""
    exercises, labels = handout.topic.exercises, handout.labels
    if exercises is None:
        return None
    cards = tuple(
        Card(
            chr(ord("A") + index),
            sided(entry.exercise.name, side),
            illustrations[entry.exercise.figure],
            tuple(illustrations[name] for name in entry.further),
            steps(entry, labels, side, turned=turned),
            dose_rows(entry.dose, entry.exercise.when, labels),
            labels.stop,
            sided(entry.exercise.stop, side),
            entry.exercise.place,
            entry.exercise.together,
        )
        for index, entry in enumerate(handout.exercises[:taken])
    )
    time = daily_minutes(entry.dose for entry in handout.exercises[:taken])
    before, after = labels.daily_time, labels.daily_unit
    return CardList(
        number, exercises.heading, exercises.note or exercises.ask or "", before, time, after, cards, labels.again
    )


def _questions(handout: Handout, number: int, _: Illustrations) -> QuestionList | None:
    questions = handout.topic.questions
    if questions is None:
        return None
    return QuestionList(
        number, questions.heading, questions.items, questions.lines, handout.labels.tick, handout.labels.notes
    )


def _summary(handout: Handout, _: int, __: Illustrations) -> SummaryBox | None:
    summary = handout.topic.summary
    if summary is None:
        return None
    return SummaryBox(summary.heading, summary.items)


def _answers(handout: Handout, number: int, _: Illustrations) -> AnswerList | None:
    answers, labels = handout.topic.answers, handout.labels
    if answers is None:
        return None
    items = tuple((item.question, item.answer) for item in answers.items)
    return AnswerList(number, answers.heading, items, labels.question, labels.answer, labels.again)
