"""Every text that a handout prints, in the order in which it is read, written out apart from what composes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.model import Form, Handout, Topic
from handouts.sides import sided
from handouts.text.markup import plain


def printed_texts(handout: Handout, *, tips_last: bool = False) -> list[str]:
    """From the title to the disclaimer; the tips before the exercises or, with `tips_last`, after them."""
    topic, labels, clinic = handout.topic, handout.labels, handout.clinic
    texts = [topic.title, topic.purpose, *([topic.lead] if topic.lead else [])]
    texts += [handout.warnings.heading, handout.warnings.rule]
    for step in ("now", "soon"):
        texts += [sign.text for sign in handout.signs if sign.step.value == step]
    texts += [*_fields(topic.form)] if topic.form else []
    texts += [*_explained(topic)] if tips_last else [*_explained(topic), *_tips(topic)]
    if topic.exercises:
        texts += [topic.exercises.heading, topic.exercises.note or topic.exercises.ask or ""]
    for entry in handout.exercises:
        texts += [entry.exercise.name, *entry.exercise.steps, labels.stop, entry.exercise.stop]
    texts += [*_tips(topic), *_closing(topic)] if tips_last else [*_closing(topic)]
    texts += [clinic.name, clinic.phone, clinic.address, labels.disclaimer]
    return [plain(sided(text, None)) for text in texts]


def _fields(form: Form) -> Iterator[str]:
    """Texts to fill in, without their blanks."""
    said = [form.who or ""]
    sections = [section for row in form.rows for column in row.columns for section in column.sections]
    for section in sections:
        said += [section.heading, section.note or ""]
        for field in section.fields:
            said += [field.label or "", *field.options, field.write or ""]
            said += ["012345678910", *field.scale] if field.scale else []
    for text in said:
        yield from filter(None, (part.strip() for part in re.split("_{3,}", text)))


def _explained(topic: Topic) -> Iterator[str]:
    if topic.causes:
        yield topic.causes.heading
        for cause in topic.causes.items:
            yield from (cause.title, cause.text)
    if topic.check:
        yield topic.check.heading
        for table in topic.check.tables:
            yield from table.columns
            yield from (cell for row in table.rows for cell in row.cells)


def _tips(topic: Topic) -> Iterator[str]:
    if topic.tips:
        yield from (topic.tips.heading, *(tip.text for tip in topic.tips.items))


def _closing(topic: Topic) -> Iterator[str]:
    if topic.questions:
        yield from (topic.questions.heading, *topic.questions.items)
    if topic.summary:
        yield from (topic.summary.heading, *topic.summary.items)
    if topic.answers:
        yield topic.answers.heading
        for answer in topic.answers.items:
            yield from (answer.question, answer.answer)
