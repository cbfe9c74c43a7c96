"""The finished `running.pdf`, read back by an independent reader: nothing lost, nothing cut, nothing out of place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pytest

from handouts.checks.file import Character, PdfFile, extract_in_tag_order
from handouts.library import Library
from handouts.model import Handout
from handouts.text.markup import plain
from tests.gallery import TAGS, tag_tree

MM = 72 / 25.4

# JLREQ 3.1.7 and 3.1.8, written out here: the line breaker's own table must not judge itself.
NOT_AT_START = "、。，．・：；！？)）」』】〕］｝〉》”’ーっゃゅょゎぁぃぅぇぉッャュョヮァィゥェォ々ゝゞヽヾ〜％℃"
NOT_AT_END = "(（「『【〔［｛〈《“‘"


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
    return [plain(text) for text in texts]


def solid(text: str) -> str:
    return "".join(text.split())


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


def test_all_ink_stays_within_the_margins(pdf: PdfFile) -> None:
    for number, page in enumerate(pdf.pages, start=1):
        box = pdf.ink_box(number)
        assert box is not None
        left, top, right, bottom = box
        # A whole pixel of 72 dpi, and half a line's width, may lie on the margin itself.
        assert left >= 12 * MM - 1.5
        assert right <= page.width - 12 * MM + 1.5
        assert top >= 10 * MM - 1.5
        assert bottom <= page.height - 10 * MM + 1.5


def lines(characters: Sequence[Character]) -> list[str]:
    """Runs of characters on one baseline without a wide gap: what the eye takes for one line."""
    found: list[list[Character]] = []
    for character in characters:
        last = found[-1][-1] if found else None
        same = last is not None and abs(last.bottom - character.bottom) < 2 and last.size == character.size
        if same and last is not None and -1 <= character.left - last.right < last.size:
            found[-1].append(character)
        else:
            found.append([character])
    return ["".join(character.text for character in line) for line in found]


def test_no_forbidden_line_start_or_end(pdf: PdfFile) -> None:
    seen = [line.strip() for page in pdf.pages for line in lines(page.characters) if line.strip()]
    assert len(seen) > 100
    assert [line for line in seen if line[0] in NOT_AT_START and len(line) > 1] == []
    assert [line for line in seen if line[-1] in NOT_AT_END] == []


def area(one: Character, other: Character) -> float:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(width, 0) * max(height, 0)


def test_no_character_lies_on_another(pdf: PdfFile) -> None:
    for page in pdf.pages:
        visible = [character for character in page.characters if character.visible and character.text.strip()]
        for one, other in combinations(visible, 2):
            smaller = min(area(one, one), area(other, other))
            assert area(one, other) <= 0.2 * smaller, f"{one} {other}"


def test_exercises_begin_the_second_side(pdf: PdfFile, handout: Handout) -> None:
    assert handout.topic.exercises
    first, second = (solid(page.text) for page in pdf.pages)
    heading = solid(plain(handout.topic.exercises.heading))
    assert heading not in first
    assert second.index(heading) < 3


def test_the_tag_tree_is_the_one_that_was_read_over(running_pdf: Path) -> None:
    assert tag_tree(running_pdf) == TAGS.read_text(encoding="utf-8"), "run: python -m tests.gallery, and read it"
