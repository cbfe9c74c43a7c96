"""The finished `running.pdf`, read back by an independent reader: nothing lost, nothing cut, nothing out of place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.checks.file import PdfFile, extract_in_tag_order
from handouts.library import Library
from handouts.model import Handout
from handouts.sides import sided
from handouts.text.markup import plain
from tests.gallery import TAGS, tag_tree
from tests.pages.reading import MM, assert_well_set, solid


@pytest.fixture(scope="module")
def handout() -> Handout:
    return Library().handout("running")


@pytest.fixture(scope="module")
def pdf(running_pdf: Path) -> Iterator[PdfFile]:
    with PdfFile(running_pdf) as file:
        yield file


def printed_texts(handout: Handout) -> list[str]:
    """Every text that the layout a4 prints, in the order in which content.md wants it read."""
    topic, labels, warnings = handout.topic, handout.labels, handout.warnings
    assert topic.causes
    assert topic.check
    assert topic.tips
    assert topic.exercises
    assert topic.summary
    assert topic.answers
    texts: list[str] = [topic.title, topic.purpose]
    texts += [warnings.heading, warnings.rule]
    for step, words in warnings.steps.items():
        texts += [words.label, words.destination]
        texts += [sign.text for sign in handout.signs if sign.step is step]
    texts.append(topic.causes.heading)
    for cause in topic.causes.items:
        texts += [cause.title, cause.text]
    texts.append(topic.check.heading)
    for table in topic.check.tables:
        texts += [*table.columns, *(cell for row in table.rows for cell in row.cells)]
    texts += [topic.tips.heading, *(tip.text for tip in topic.tips.items)]
    texts += [topic.exercises.heading, topic.exercises.note]
    for entry in handout.exercises:
        texts += [entry.exercise.name, *entry.exercise.steps, labels.stop, entry.exercise.stop]
    texts += [topic.questions.heading, *topic.questions.items, topic.summary.heading, *topic.summary.items]
    texts.append(topic.answers.heading)
    for answer in topic.answers.items:
        texts += [answer.question, answer.answer]
    texts += [handout.clinic.name, handout.clinic.phone, handout.clinic.address, labels.disclaimer]
    return [plain(sided(text, None)) for text in texts]


def test_every_text_is_there_in_tag_order(running_pdf: Path, handout: Handout) -> None:
    whole = solid("".join(text for _, text in extract_in_tag_order(running_pdf)))
    texts = printed_texts(handout)
    assert len(texts) > 60
    position = 0
    for text in texts:
        found = whole.find(solid(text), position)
        assert found >= 0, f"not found in tag order: {text}"
        position = found + len(solid(text))


def test_two_a4_pages_of_a_moderate_size(pdf: PdfFile, running_pdf: Path) -> None:
    assert [(round(page.width / MM), round(page.height / MM)) for page in pdf.pages] == [(210, 297), (210, 297)]
    assert running_pdf.stat().st_size <= 160_000


def test_no_glyph_is_missing_or_near_the_edge(pdf: PdfFile) -> None:
    assert sum(len(page.characters) for page in pdf.pages) > 1000
    for page in pdf.pages:
        assert page.unmapped() == []
        assert page.near_edge(5) == []


def test_lines_characters_and_ink_keep_their_places(pdf: PdfFile) -> None:
    assert_well_set(pdf)


def test_exercises_begin_the_second_side(pdf: PdfFile, handout: Handout) -> None:
    assert handout.topic.exercises
    first, second = (solid(page.text) for page in pdf.pages)
    heading = solid(plain(handout.topic.exercises.heading))
    assert heading not in first
    assert second.index(heading) < 3


def test_the_tag_tree_is_the_one_that_was_read_over(running_pdf: Path) -> None:
    assert tag_tree(running_pdf) == TAGS.read_text(encoding="utf-8"), "run: python -m tests.gallery, and read it"
