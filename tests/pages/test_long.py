"""Topics of four sides: questions beside summary and lines, answers over the width, their heading said again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handouts.build import build_topic
from handouts.checks.file import PdfFile, extract_in_tag_order
from handouts.library import Library
from tests.pages.reading import MM, solid

LIBRARY = Library()


@pytest.fixture(scope="module", params=["walking", "stairs"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("long")
    return request.param, build_topic(LIBRARY, request.param, folder / "x.pdf", date(2026, 11, 22)).path


def test_a_section_that_goes_on_says_its_heading_again_but_not_to_the_ear(built: tuple[str, Path]) -> None:
    name, path = built
    handout = LIBRARY.handout(name)
    assert handout.topic.answers
    heading = solid(handout.topic.answers.heading)
    again = heading + solid(handout.labels.again)
    with PdfFile(path) as pdf:
        sides = [solid(page.text) for page in pdf.pages]
    if heading in sides[-2]:
        assert sides[-1].find(again) == 1, "after the section's number, at the head of the side"
    else:
        assert sides[-1].find(heading) == 1
        assert again not in sides[-1]
    heard = solid("".join(text for _, text in extract_in_tag_order(path)))
    assert again not in heard
    assert heard.count(heading) == 1


def test_one_of_them_goes_on() -> None:
    """Else nothing above would show that a heading is said again."""
    handout = LIBRARY.handout("walking")
    assert handout.topic.answers
    assert len(handout.topic.answers.items) > 12


def test_the_summary_stands_beside_the_questions_with_the_lines_below_it(built: tuple[str, Path]) -> None:
    name, path = built
    handout = LIBRARY.handout(name)
    assert handout.topic.questions
    assert handout.topic.summary
    with PdfFile(path) as pdf:
        page = next(page for page in pdf.pages if solid(handout.topic.questions.heading) in solid(page.text))

        def first(text: str) -> tuple[float, float]:
            found = solid("".join(c.text for c in page.characters)).index(solid(text))
            visible = [c for c in page.characters if c.text.strip()]
            return visible[found].left / MM, visible[found].top / MM

        question, summary, lines = (
            first(text)
            for text in (handout.topic.questions.items[0], handout.topic.summary.items[0], handout.labels.notes)
        )
    assert question[0] < 105 < summary[0]
    assert lines[0] == pytest.approx(107.5, abs=1.0)
    assert summary[1] < lines[1]


def test_every_side_but_the_last_names_the_number_to_call(built: tuple[str, Path]) -> None:
    name, path = built
    phone = solid(LIBRARY.clinic().phone)
    with PdfFile(path) as pdf:
        for page in pdf.pages:
            assert phone in solid(page.text), name


def test_nobody_is_asked_to_write_under_the_signs_of_now(built: tuple[str, Path]) -> None:
    _, path = built
    other = solid(LIBRARY.warnings().other)
    with PdfFile(path) as pdf:
        page = pdf.pages[0]
        text = solid("".join(c.text for c in page.characters))
        visible = [c for c in page.characters if c.text.strip()]
        places = [visible[i].left / MM for i in range(len(text)) if text.startswith(other, i)]
    assert all(x > 105 for x in places)
