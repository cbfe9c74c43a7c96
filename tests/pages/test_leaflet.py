"""Folded and one-sided sheets: panels read in the order a hand opens them, nothing across a fold, no sign left out."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from handouts.build import Built, build_topic
from handouts.checks.file import PdfFile
from handouts.library import Library
from handouts.model import Panel
from handouts.problems import Problems
from tests.pages.reading import MM, assert_well_set, solid

LIBRARY = Library()
DAY = date(2026, 11, 22)
WIDTH = 297.0
OUTSIDE = {"flap": (0.0, 97.0), "back": (97.0, 197.0), "front": (197.0, 297.0)}
"""mm: the three faces of the outer side of a 巻三つ折り, from the left; the inner flap is 3 mm narrower (print.md)."""


@pytest.fixture(scope="module", params=["running", "selfcare"])
def trifold(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("trifold")
    return build_topic(LIBRARY, request.param, folder / f"{request.param}.pdf", DAY, layout="trifold")


def opened() -> list[tuple[int, tuple[float, float]]]:
    """Printed side and x-range of each face, in the order in which a hand that opens the folded sheet meets them.

    The paper turns over its short edge: what lies at x on the outer side has its back at 297 − x on the inner one.
    The flap is folded in first, the front cover over it. So: front; opened, its back at the left and the flap's outer
    face at the right; the flap opened, the middle and the flap's back; last the sheet turned round, the back.
    """

    def behind(name: str) -> tuple[float, float]:
        low, high = OUTSIDE[name]
        return WIDTH - high, WIDTH - low

    return [
        (1, OUTSIDE["front"]),
        (2, behind("front")),
        (1, OUTSIDE["flap"]),
        (2, behind("back")),
        (2, behind("flap")),
        (1, OUTSIDE["back"]),
    ]


def face(panel: Panel) -> tuple[int, float]:
    return panel.side, panel.x + panel.width / 2


def test_the_panels_are_listed_as_a_hand_meets_them() -> None:
    layout = LIBRARY.layout("trifold")
    faces = opened()
    assert len(layout.panels) == len(faces) == 6
    for panel, (side, (low, high)) in zip(layout.panels, faces, strict=True):
        assert panel.side == side
        assert low < face(panel)[1] < high
        for edge, line in ((panel.x, low), (WIDTH - panel.x - panel.width, WIDTH - high)):
            inset = edge - line
            assert inset >= (10 if line in (0.0,) else 5), f"{panel.name}: {inset}"


def test_widths_and_fold_marks_are_those_of_the_table() -> None:
    layout = LIBRARY.layout("trifold")
    marks = {side: sorted(fold.x for fold in layout.folds if fold.side == side and fold.x) for side in (1, 2)}
    assert marks == {1: [97, 197], 2: [100, 200]}
    edges = [0.0, *marks[1], WIDTH]
    assert [b - a for a, b in pairwise(edges)] == pytest.approx([97, 100, 100], abs=0.1)


def test_no_ink_crosses_a_fold_and_the_marks_stand_in_the_margin(trifold: Built) -> None:
    layout = LIBRARY.layout("trifold")
    with PdfFile(trifold.path) as pdf:
        assert [(round(page.width / MM), round(page.height / MM)) for page in pdf.pages] == [(297, 210)] * 2
        assert_well_set(pdf, side=10, end=5)
        for number, page in enumerate(pdf.pages, 1):
            folds = [fold.x for fold in layout.folds if fold.side == number and fold.x]
            assert len(folds) == 2
            for character in page.characters:
                for fold in folds:
                    distance = min(abs(character.left / MM - fold), abs(character.right / MM - fold))
                    assert distance >= 5 or not character.text.strip()
                    assert not character.left / MM < fold < character.right / MM


def test_it_is_read_in_the_order_of_the_hand(trifold: Built) -> None:
    """The marked content of the tag tree goes through the faces 1 … 6 and never back."""
    handout = LIBRARY.handout(trifold.path.stem)
    heard = solid("".join(text for _, text in _in_tag_order(trifold.path)))
    order = [
        handout.topic.purpose,
        handout.warnings.heading,
        handout.topic.check.heading if handout.topic.check else "",
    ]
    order += [entry.exercise.name for entry in handout.exercises] + [handout.clinic.address]
    places = [heard.find(solid(text)) for text in order if text]
    assert -1 not in places
    assert places == sorted(places)


def _in_tag_order(path: Path) -> list[tuple[str, str]]:
    from handouts.checks.file import extract_in_tag_order

    return list(extract_in_tag_order(path))


def test_every_sign_and_every_exercise_is_on_it(trifold: Built) -> None:
    handout = LIBRARY.handout(trifold.path.stem)
    with PdfFile(trifold.path) as pdf:
        said = solid("".join(page.text for page in pdf.pages))
    for sign in handout.signs:
        assert solid(sign.text) in said or (sign.short and solid(sign.short) in said)
    for entry in handout.exercises:
        assert solid(entry.exercise.name.replace("**", "")) in said
        assert solid(handout.labels.stop) in said
    assert solid(handout.labels.disclaimer) in said
    assert trifold.form.dropped, "these two topics leave something out; else the test below proves nothing"


def test_what_is_left_out_is_told_and_the_rest_is_numbered_on(trifold: Built) -> None:
    layout = LIBRARY.layout("trifold")
    assert set(trifold.form.dropped) <= set(layout.optional)
    with PdfFile(trifold.path) as pdf:
        said = solid("".join(page.text for page in pdf.pages))
    topic = LIBRARY.handout(trifold.path.stem).topic
    for name in trifold.form.dropped:
        part = getattr(topic, name.value, None)
        if part is not None:
            assert solid(part.heading) not in said


def test_the_printer_is_told_over_which_edge(trifold: Built, tmp_path: Path) -> None:
    def preferences(path: Path) -> pikepdf.Object:
        with pikepdf.open(path) as pdf:
            return pikepdf.Dictionary({key: str(value) for key, value in pdf.Root.ViewerPreferences.items()})

    short = preferences(trifold.path)
    assert (str(short["/Duplex"]), str(short["/PrintScaling"])) == ("/DuplexFlipShortEdge", "/None")
    one = build_topic(LIBRARY, "running", tmp_path / "one.pdf", DAY, layout="a4-one")
    assert "/Duplex" not in preferences(one.path)
    both = build_topic(LIBRARY, "running", tmp_path / "two.pdf", DAY)
    assert str(preferences(both.path)["/Duplex"]) == "/DuplexFlipLongEdge"


def test_one_side_holds_the_signs_and_two_exercises_whole(tmp_path: Path) -> None:
    built = build_topic(LIBRARY, "running", tmp_path / "one.pdf", DAY, layout="a4-one")
    handout = LIBRARY.handout("running")
    assert built.sides == 1
    assert built.exercises == (2, len(handout.exercises))
    with PdfFile(built.path) as pdf:
        assert_well_set(pdf)
        said = solid(pdf.pages[0].text)
    assert all(solid(sign.text) in said for sign in handout.signs)
    names = [solid(entry.exercise.name) in said for entry in handout.exercises]
    assert names == [True, True, *[False] * (len(names) - 2)]


def test_what_no_panel_can_hold_names_the_panel_and_the_overrun(tmp_path: Path) -> None:
    target = tmp_path / "cramp.pdf"
    with pytest.raises(Problems) as caught:
        build_topic(LIBRARY, "cramp", target, DAY, layout="trifold")
    messages = [problem.message for problem in caught.value]
    assert any("「折り込む面」" in message and "mm 超えています" in message for message in messages)
    assert all(problem.place.line for problem in caught.value)
    assert not target.exists()


def test_who_must_ask_first_is_on_every_sheet_with_exercises(trifold: Built, tmp_path: Path) -> None:
    """Where an answer says it and has no room, or the layout takes no answers, the note names them all."""
    one = build_topic(LIBRARY, "running", tmp_path / "one.pdf", DAY, layout="a4-one")
    for built, name in ((trifold, trifold.path.stem), (one, "running")):
        exercises = LIBRARY.handout(name).topic.exercises
        assert exercises
        wanted = exercises.ask or exercises.note
        said = solid("".join(text for _, text in _in_tag_order(built.path)))
        answers = "answers" not in {part.value for part in built.form.dropped} and built is trifold
        assert solid((exercises.note if answers else wanted) or "") in said
        for word in ("糖尿病", "人工関節", "がん"):
            assert word in said


def test_who_must_ask_first_is_said_in_whole_sentences() -> None:
    """On a sheet without answers the list stands alone: whoever is in its second half must read what to do."""
    parts = [part for name in LIBRARY.topics() if (part := LIBRARY.handout(name).topic.exercises)]
    found = [part.ask for part in parts if part.ask]
    assert len(found) >= 4
    for ask in found:
        assert ask.endswith("相談を。"), ask
