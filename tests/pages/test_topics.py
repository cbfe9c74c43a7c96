"""All six built-in topics: their sides, every text on paper in reading order, well set, nothing missing or cut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handouts.build import build_topic
from handouts.checks.file import PdfFile, extract_in_tag_order
from handouts.library import Library
from handouts.model import Edition
from handouts.sides import Side
from tests.pages.printed import printed_texts
from tests.pages.reading import MM, assert_well_set, solid

SIDES = {"running": 2, "walking": 4, "cramp": 2, "stairs": 4, "selfcare": 2, "visit": 2}
TIPS_LAST = ("stairs", "walking")
"""Where the exercises take a side of their own."""
LIBRARY = Library()
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module", params=sorted(SIDES))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    name = request.param
    return name, build_topic(LIBRARY, name, tmp_path_factory.mktemp("topics") / f"{name}.pdf", DAY).path


def test_every_topic_is_here() -> None:
    assert sorted(SIDES) == LIBRARY.topics()


def test_a_topic_has_its_sides_and_is_well_set(built: tuple[str, Path]) -> None:
    name, path = built
    with PdfFile(path) as pdf:
        assert len(pdf.pages) == SIDES[name]
        assert {(round(page.width / MM), round(page.height / MM)) for page in pdf.pages} == {(210, 297)}
        assert_well_set(pdf)
        for page in pdf.pages:
            assert page.near_edge(5) == []


def test_every_text_is_on_paper_in_reading_order(built: tuple[str, Path]) -> None:
    name, path = built
    whole = solid("".join(text for _, text in extract_in_tag_order(path)))
    texts = printed_texts(LIBRARY.handout(name), tips_last=name in TIPS_LAST)
    assert len(texts) > 60
    position = 0
    for text in texts:
        found = whole.find(solid(text), position)
        assert found >= 0, f"not found in tag order: {text}"
        position = found + len(solid(text))


@pytest.mark.parametrize("side", [Side.RIGHT, Side.LEFT])
@pytest.mark.parametrize("name", sorted(SIDES))
def test_a_side_and_a_black_printer_need_no_further_paper(name: str, side: Side, tmp_path: Path) -> None:
    mono = side is Side.LEFT
    assert build_topic(LIBRARY, name, tmp_path / "x.pdf", DAY, side=side, mono=mono).sides == SIDES[name]


@pytest.mark.parametrize("edition", [Edition.STANDARD, Edition.LARGE])
@pytest.mark.parametrize("name", ["walking", "stairs", "selfcare"])
def test_all_who_must_ask_first_are_named_in_full_size_before_the_exercises(
    name: str, edition: Edition, tmp_path: Path
) -> None:
    exercises = LIBRARY.handout(name).topic.exercises
    assert exercises
    assert exercises.ask
    assert exercises.note is None
    path = build_topic(LIBRARY, name, tmp_path / "x.pdf", DAY, edition=edition).path
    whole = solid("".join(text for _, text in extract_in_tag_order(path)))
    assert 0 < whole.find(solid(exercises.ask)) < whole.find(solid(LIBRARY.handout(name).exercises[0].exercise.name))
    with PdfFile(path) as pdf:
        characters = [c for page in pdf.pages for c in page.characters if c.text.strip()]
    start = "".join(c.text for c in characters).find(solid(exercises.ask)[:12])
    assert {c.size for c in characters[start : start + 40]} == {12.0 if edition is Edition.STANDARD else 18.0}
