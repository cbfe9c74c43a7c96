"""Pictures that mislead alone (up and down, wrong and right) stand together with their captions, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pytest

from handouts.faces import load_faces
from handouts.illustrate import illustrations
from handouts.library import Library
from handouts.model import BlockName, Edition, figure_names
from handouts.pages.blocks import Card, CardList
from handouts.pages.box import mm
from handouts.pages.components.exercise import set_card
from handouts.pages.compose import compose
from handouts.pages.setter import Setter
from handouts.pages.sheet import Document, Tag, Text
from handouts.problems import Problems
from handouts.setting import Job, set_handout

LIBRARY = Library()
DAY = date(2026, 11, 22)
PAIRS = [
    (topic, entry.id)
    for topic in LIBRARY.topics()
    for entry in LIBRARY.handout(topic).exercises
    if entry.exercise.together
]
SHEETS = [(name, edition) for name in LIBRARY.layouts() for edition in LIBRARY.layout(name).editions]


@dataclass(frozen=True)
class Shown:
    """A picture on paper: what it is of, its sheet and its caption."""

    alt: str
    sheet: int
    caption: str


def shown(document: Document) -> list[Shown]:
    found = []
    for parent in _walk(document.root):
        for tag, after in pairwise([*parent.kids, None]):
            if isinstance(tag, Tag) and tag.role == "Figure":
                said = after.kids if isinstance(after, Tag) and after.role == "P" else []
                caption = "".join(one.text for one in said if isinstance(one, Text))
                found.append(Shown(tag.alt or "", tag.sheet, caption))
    return found


def _walk(tag: Tag) -> Iterator[Tag]:
    yield tag
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from _walk(kid)


def test_there_are_such_exercises() -> None:
    assert {name for _, name in PAIRS} == {"stairs-rail", "chair-sitting", "walking-soft-knee"}


@pytest.mark.parametrize(("layout", "edition"), SHEETS)
def test_no_sheet_has_one_picture_of_a_pair(layout: str, edition: Edition) -> None:
    for topic, name in PAIRS:
        handout = LIBRARY.handout(topic)
        exercise = next(entry.exercise for entry in handout.exercises if entry.id == name)
        pictures = illustrations(LIBRARY, handout, mono=False)
        pair = [pictures[one] for one in (*exercise.also, exercise.figure)]
        try:
            document = set_handout(LIBRARY, handout, Job(DAY, layout, edition)).document
        except Problems:
            continue  # not offered, or too full: told
        of_it = [one for one in shown(document) if one.alt in {picture.alt for picture in pair}]
        assert [one.alt for one in of_it] in ([], [picture.alt for picture in pair]), (topic, name)
        assert len({one.sheet for one in of_it}) <= 1
        readable = edition is Edition.STANDARD  # readings stand between the letters
        if of_it and readable:
            assert [one.caption for one in of_it] == [picture.caption for picture in pair], (topic, name)


def card_of(topic: str, name: str) -> Card:
    handout = LIBRARY.handout(topic)
    pictures = illustrations(LIBRARY, handout, mono=False)
    block = compose(handout, LIBRARY.layout("a4"), pictures, DAY)[BlockName.EXERCISES]
    assert isinstance(block, CardList)
    at = [entry.id for entry in handout.exercises].index(name)
    return block.cards[at]


@pytest.mark.parametrize("width", [60, 66, 78, 80, 128, 186])
def test_where_both_do_not_fit_there_is_none(width: float) -> None:
    theme = LIBRARY.theme("leaflet", LIBRARY.layout("trifold").place)
    setter = Setter(load_faces(list(LIBRARY.folders.of("fonts"))), theme)
    tag = Tag("Sect")
    box = set_card(setter, card_of("stairs", "stairs-rail"), mm(width), [(0.0, mm(width))], tag)
    assert len(box.figures) == (0 if width < 76 else 2)
    assert setter.problems == []


def test_an_exercise_shown_alone_brings_its_other_picture() -> None:
    """As in a patient's sheet, whose exercises come from other topics too."""
    entry = next(entry for entry in LIBRARY.handout("stairs").exercises if entry.id == "stairs-rail")
    chosen = type(entry)(entry.id, entry.exercise, entry.dose, entry.sources)
    assert chosen.further == ("stairs-up",)
    assert "stairs-up" in list(figure_names(LIBRARY.handout("stairs")))
