"""Compose says what stands on the paper: a handout becomes blocks, numbered in the order a layout reads them."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from handouts.library.approval import review
from handouts.model import BlockName, Handout, Layout, Review, SourceKind, Step, Text, figure_names, place_of
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
    Foot,
    FormPart,
    FormRows,
    Grid2D,
    Head,
    HoursRow,
    Illustration,
    PictureRow,
    QuestionList,
    Sign,
    SignStep,
    SummaryBox,
    TipList,
    Titled,
    WarningBox,
)
from handouts.pages.dose import dose_rows
from handouts.sides import Side, sided
from handouts.text.markup import escape, plain


@dataclass(frozen=True, slots=True)
class Variant:
    """A form in which a handout may be set: with its short texts, without some blocks."""

    short: bool = False
    dropped: tuple[BlockName, ...] = ()


WHOLE = Variant()
Illustrations = Mapping[str, Illustration]
_WEEK = "月火水木金土日祝"


def reading_order(layout: Layout) -> list[BlockName]:
    """The blocks of a layout in the order in which they are read."""
    order: list[BlockName] = []
    for row in layout.rows:
        if row.block:
            order.append(row.block)
        for column in row.columns:
            order += column.blocks
    return order


def compose(
    handout: Handout,
    layout: Layout,
    illustrations: Illustrations,
    printed: date,
    side: Side | None = None,
    form: Variant = WHOLE,
    *,
    draft: bool = False,
) -> dict[BlockName, Block]:
    """The blocks that this layout takes and this handout has; sections are numbered in reading order."""
    if form.short:
        handout = shortened(handout)
    makers: dict[BlockName, Callable[[Handout, int, Illustrations], Block | None]] = {
        BlockName.HEADER: lambda handout, _, __: _head(handout, printed),
        BlockName.COVER: lambda handout, _, figures: _cover(handout, printed, figures),
        BlockName.PICTURES: _pictures,
        BlockName.CLINIC: lambda handout, _, __: ClinicPart(compose_foot(handout, printed, draft=draft)),
        BlockName.WARNING: _warning,
        BlockName.FORM: _form,
        BlockName.CAUSES: _causes,
        BlockName.CHECK: _check,
        BlockName.TIPS: _tips,
        BlockName.EXERCISES: lambda handout, number, figures: _exercises(handout, number, figures, side, most(layout)),
        BlockName.QUESTIONS: _questions,
        BlockName.SUMMARY: _summary,
        BlockName.ANSWERS: _answers,
    }
    plain_ones = (
        BlockName.HEADER,
        BlockName.COVER,
        BlockName.PICTURES,
        BlockName.CLINIC,
        BlockName.WARNING,
        BlockName.SUMMARY,
    )
    blocks: dict[BlockName, Block] = {}
    number = 1
    for name in reading_order(layout):
        if name in form.dropped:
            continue
        block = makers[name](handout, number, illustrations)
        if block is not None:
            blocks[name] = block
            number += _numbers(block) if name not in plain_ones else 0
    return _asked(blocks, handout)


def _asked(blocks: dict[BlockName, Block], handout: Handout) -> dict[BlockName, Block]:
    """Where no answers say who else must ask first, the note of the exercises names them all."""
    cards, exercises = blocks.get(BlockName.EXERCISES), handout.topic.exercises
    if isinstance(cards, CardList) and exercises and exercises.ask and BlockName.ANSWERS not in blocks:
        blocks[BlockName.EXERCISES] = dataclasses.replace(cards, note=exercises.ask)
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


def _cover(handout: Handout, printed: date, figures: Illustrations) -> Cover:
    topic = handout.topic
    names = list(figure_names(handout))
    name = topic.causes.figures[-1] if topic.causes and topic.causes.figures else (names or [""])[0]
    return Cover(topic.title, topic.purpose, _notice(handout, printed), handout.clinic.name, figures.get(name))


def _numbers(block: Block) -> int:
    """How many numbered sections a block has."""
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


def _head(handout: Handout, printed: date) -> Head:
    topic = handout.topic
    return Head(topic.title, topic.purpose, topic.lead or "", handout.clinic.name, _notice(handout, printed))


def _notice(handout: Handout, printed: date) -> str:
    """What must be said of the review at the head of the sheet; empty where a valid one stands."""
    labels = handout.labels
    said = {Review.VALID: "", Review.EXPIRED: labels.expired}
    return said.get(review(handout, printed), labels.unreviewed)


def _review_state(handout: Handout, printed: date) -> str:
    """The same in the footer, with who reviewed it and when."""
    approval, labels = handout.approval, handout.labels
    state = review(handout, printed)
    if approval is None or state is Review.MISSING:
        return labels.unreviewed_footer
    if state is not Review.VALID:
        return labels.expired_footer if state is Review.EXPIRED else labels.changed_footer
    on = date.fromisoformat(approval.on)
    word = labels.reviewed[handout.clinic.kind]
    return f"{word} {approval.role.value} {escape(approval.by)}({on.year}年{on.month}月)"


def _warning(handout: Handout, _: int, __: Illustrations) -> WarningBox:
    warnings, labels = handout.warnings, handout.labels
    steps = []
    for step in Step:
        signs = tuple(Sign(sign.text, labels.call if sign.call else "") for sign in handout.signs if sign.step is step)
        if signs:
            words = warnings.steps[step]
            destination = (handout.clinic.emergency_line and words.with_emergency_line) or words.destination
            steps.append(SignStep(words.label, destination, signs, step is Step.NOW))
    return WarningBox(warnings.heading, warnings.rule, tuple(steps), warnings.other, labels.tick)


def _causes(handout: Handout, number: int, illustrations: Illustrations) -> CauseList | None:
    causes = handout.topic.causes
    if causes is None:
        return None
    items = tuple(Titled(cause.title, cause.text) for cause in causes.items)
    return CauseList(number, causes.heading, items, tuple(illustrations[name] for name in causes.figures))


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
    return CheckTables(number, check.heading, tables)


def _tips(handout: Handout, number: int, _: Illustrations) -> TipList | None:
    tips = handout.topic.tips
    if tips is None:
        return None
    return TipList(number, tips.heading, tuple(tip.text for tip in tips.items))


def most(layout: Layout) -> int | None:
    """How many exercises a layout takes; None where it takes all."""
    return next((row.most for row in layout.rows if row.block is BlockName.EXERCISES), None)


def _exercises(
    handout: Handout, number: int, illustrations: Illustrations, side: Side | None, taken: int | None
) -> CardList | None:
    exercises, labels = handout.topic.exercises, handout.labels
    if exercises is None:
        return None
    cards = tuple(
        Card(
            chr(ord("A") + index),
            sided(entry.exercise.name, side),
            illustrations[entry.exercise.figure],
            tuple(illustrations[name] for name in entry.also),
            tuple(sided(step, side) for step in entry.exercise.steps),
            dose_rows(entry.dose, entry.exercise.when, labels),
            labels.stop,
            sided(entry.exercise.stop, side),
            entry.exercise.place,
        )
        for index, entry in enumerate(handout.exercises[:taken])
    )
    time = daily_minutes(entry.dose for entry in handout.exercises[:taken])
    return CardList(number, exercises.heading, exercises.note, labels.daily_time, time, labels.daily_unit, cards)


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


def compose_foot(handout: Handout, printed: date, *, draft: bool = False) -> Foot:
    """The footers: topic, edition, date and review state; clinic, hours, QR code and sources."""
    topic, clinic, labels = handout.topic, handout.clinic, handout.labels
    mark = f"**{labels.draft}** " if draft else ""
    edition = labels.edition.replace("#", str(topic.edition))
    days = "".join(day for day in _WEEK if any(day in hours.days for hours in clinic.hours))
    return Foot(
        line=Text(
            f"{mark}{escape(bare_title(topic.title))} {edition} {printed.year}年{printed.month}月 "
            f"{_review_state(handout, printed)}",
            place_of(topic.title),
        ),
        clinic=clinic.name,
        phone=Text(f"{labels.phone} {clinic.phone}", place_of(clinic.phone)),
        address=(
            Text(f"〒{clinic.postal_code} {clinic.address}", place_of(clinic.address))
            if clinic.postal_code
            else clinic.address
        ),
        hours_label=labels.hours[clinic.kind],
        days=tuple(days),
        hours=tuple(HoursRow(hours.time, tuple(day in hours.days for day in days)) for hours in clinic.hours),
        open=labels.open,
        shut=labels.shut,
        closed=Text(f"{labels.closed} {clinic.closed}", place_of(clinic.closed)) if clinic.closed else "",
        url=clinic.url or "",
        url_label=labels.qr,
        url_alt=labels.qr_alt,
        draft=labels.draft if draft else "",
        sources=Text(f"{labels.sources}:{_source_names(handout)}。", topic.place),
        disclaimer=labels.disclaimer,
    )


def _source_names(handout: Handout) -> str:
    """Public bodies by name, once each, articles by clinics last under one common name (content.md)."""
    names: dict[str, None] = {}
    articles = False
    for source in handout.sources.values():
        if source.kind is SourceKind.CLINIC_ARTICLE:
            articles = True
        else:
            names[escape(source.printed or source.publisher)] = None
    if articles:
        names[handout.labels.article] = None
    return "、".join(names)


def bare_title(title: str) -> str:
    """A title on one line: without marks, readings and hand-made breaks."""
    return plain(title).replace("\n", "")
