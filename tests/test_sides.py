"""The words and the picture of an exercise always mean the same leg."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from handouts.build import build_topic
from handouts.checks.content import check
from handouts.checks.file import PdfFile
from handouts.figures.picture import pose_reading, read_pose_texts
from handouts.illustrate import illustrations
from handouts.library import Library
from handouts.model import ExerciseEntry
from handouts.sides import Side, has_side, sided, stray_mark
from handouts.text.markup import plain

WORDS = {Side.RIGHT: "右", Side.LEFT: "左"}
OPPOSITE = {Side.RIGHT: Side.LEFT, Side.LEFT: Side.RIGHT}
LIBRARY = Library()


@pytest.mark.parametrize(
    ("text", "neutral", "right", "left"),
    [
        ("[active:片脚]を伸ばします。", "片脚を伸ばします。", "右脚を伸ばします。", "左脚を伸ばします。"),
        ("[other:反対の脚]は曲げます。", "反対の脚は曲げます。", "左脚は曲げます。", "右脚は曲げます。"),
        ("[active:片方の膝]と[other:膝]", "片方の膝と膝", "右膝と左膝", "左膝と右膝"),
        ("[active:片方]の太もも", "片方の太もも", "右の太もも", "左の太もも"),
        ("座ります。", "座ります。", "座ります。", "座ります。"),
    ],
)
def test_words_turn_with_the_side(text: str, neutral: str, right: str, left: str) -> None:
    assert sided(text, None) == sided(text, Side.BOTH) == neutral
    assert sided(text, Side.RIGHT) == right
    assert sided(text, Side.LEFT) == left


def test_every_exercise_says_the_same_leg_in_all_its_texts() -> None:
    turned = 0
    for name in LIBRARY.exercises():
        exercise = LIBRARY.exercise(name)
        for text in (exercise.name, *exercise.steps, exercise.stop):
            assert stray_mark(text) is None
            said = {side: sided(text, side) for side in WORDS}
            assert said[Side.RIGHT].translate(str.maketrans("右左", "左右")) == said[Side.LEFT].replace("左右", "右左")
            turned += said[Side.RIGHT] != said[Side.LEFT]
            assert not re.search(r"[\[\]]", sided(text, None))
        if exercise.dose and exercise.dose.each_leg:
            assert any(has_side(step) for step in exercise.steps), f"{name} is done with each leg and names none"
    assert turned >= 4


def test_every_picture_says_the_same_leg_in_all_its_texts() -> None:
    turned = 0
    for name in LIBRARY.poses():
        alt, caption = read_pose_texts(LIBRARY.pose(name))
        for text in (alt, caption):
            assert stray_mark(text) is None
            said = {side: sided(text, side) for side in WORDS}
            assert said[Side.RIGHT].translate(str.maketrans("右左", "左右")) == said[Side.LEFT]
            turned += said[Side.RIGHT] != said[Side.LEFT]
    assert turned >= 12


@pytest.mark.parametrize("side", WORDS)
@pytest.mark.parametrize("name", LIBRARY.exercises())
def test_steps_caption_and_alternative_text_mean_the_leg_that_the_picture_shows(name: str, side: Side) -> None:
    """The active leg is 右 or 左 everywhere, the picture is turned to it, and no text says the other in its place."""
    exercise = LIBRARY.exercise(name)
    handout = LIBRARY.handout("running")
    entry = ExerciseEntry(name, exercise, exercise.dose, (), exercise.also)
    handout = replace(handout, topic=replace(handout.topic, causes=None), exercises=(entry,))
    found = illustrations(LIBRARY, handout, mono=False, side=side, cover=False)
    assert list(found) == [exercise.figure, *exercise.also]
    for figure, picture in found.items():
        _, _, drawn, _ = pose_reading(LIBRARY.pose(figure)).checked()
        assert picture.mirrored == (Side(drawn) is not side), figure
        texts = read_pose_texts(LIBRARY.pose(figure))
        for said, text in zip((picture.alt, picture.caption), texts, strict=True):
            assert str(said) == plain(sided(text, side))
    marked = [text for text in (*exercise.steps, *read_pose_texts(LIBRARY.pose(exercise.figure))) if has_side(text)]
    for phrase in marked:
        for kind, word in re.findall(r"\[(active|other):([^\]]+)\]", phrase):
            meant = side if kind == "active" else OPPOSITE[side]
            assert sided(f"[{kind}:{word}]", side).startswith(WORDS[meant])


@given(st.text(alphabet="[]activeother:片脚膝右 ", max_size=40))
def test_a_text_is_turned_or_refused(text: str) -> None:
    if stray_mark(text) is None:
        assert "[active" not in sided(text, Side.RIGHT)
        assert "[other" not in sided(text, Side.RIGHT)


def test_check_names_a_stray_mark(tmp_path: Path) -> None:
    source = LIBRARY.folders.find("exercises", "hamstring-floor").path.read_text(encoding="utf-8")
    path = tmp_path / "exercises" / "mine.yaml"
    path.parent.mkdir()
    path.write_text(source.replace("[active:片脚]", "[active 片脚]"), encoding="utf-8")
    problems = [problem for problem in check([path], LIBRARY) if "左右の印" in problem.message]
    assert len(problems) == 1
    line = next(number for number, text in enumerate(source.split("\n"), 1) if "[active:片脚]" in text)
    assert problems[0].place.line == line


def _pages(side: Side | None, folder: Path) -> tuple[str, list[bytes]]:
    from pypdfium2 import PdfDocument

    path = folder / f"{side}.pdf"
    build_topic(LIBRARY, "running", path, date(2026, 11, 22), side=side)
    with PdfFile(path) as pdf:
        text = "".join(page.text for page in pdf.pages)
    with PdfDocument(path) as document:
        return text, [page.render(scale=1, grayscale=True).to_numpy().tobytes() for page in document]


def test_the_sheet_of_one_side_is_the_other_ones_mirror_where_it_shows_the_leg(tmp_path: Path) -> None:
    right, right_pages = _pages(Side.RIGHT, tmp_path)
    left, left_pages = _pages(Side.LEFT, tmp_path)
    neutral, neutral_pages = _pages(None, tmp_path)
    assert "床に座り、右脚を前に伸ばします。" in right
    assert "左脚は、あぐらの形に曲げます。" in right
    assert "床に座り、左脚を前に伸ばします。" in left
    assert "床に座り、片脚を前に伸ばします。" in neutral
    assert right_pages != left_pages
    assert neutral_pages[1] not in (right_pages[1], left_pages[1])
