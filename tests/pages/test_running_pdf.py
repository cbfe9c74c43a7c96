"""The finished `running.pdf`, read back by an independent reader: nothing lost, nothing cut, nothing out of place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.checks.file import PdfFile
from handouts.library import Library
from handouts.model import Handout
from handouts.text.markup import plain
from tests.pages.reading import MM, assert_well_set, solid


@pytest.fixture(scope="module")
def handout() -> Handout:
    return Library().handout("running")


@pytest.fixture(scope="module")
def pdf(running_pdf: Path) -> Iterator[PdfFile]:
    with PdfFile(running_pdf) as file:
        yield file


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
