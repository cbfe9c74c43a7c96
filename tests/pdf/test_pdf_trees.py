"""What an assistive reader meets in finished files: kept trees, decoded texts, their order, and nothing twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from handouts.checks.file import Element, PdfFile, outline
from handouts.figures.picture import pose_reading
from handouts.library import Library
from handouts.model import Handout, figure_names
from handouts.sides import sided
from handouts.text.markup import plain
from tests.pages.printed import printed_texts
from tests.pages.reading import solid
from tests.pdf.trees.__main__ import FOLDER, kept
from tests.validators.matrix import Job

LIBRARY = Library()
TOPICS = [f"{topic}-a4-standard-as-drawn-colour" for topic in LIBRARY.topics()]
SIGNS = "受診が必要なサイン"
REPLACED = {"チェック欄", "・", "診療", "休み"}
"""What is heard in place of a box, a bullet and the marks in the table of hours."""
LONG = 6
"""Characters from which a text is no mere word of a table."""


@dataclass(frozen=True, slots=True)
class Read:
    """A finished file as it is read: its tree, and the text of each page that no element holds."""

    path: Path
    tree: Element
    silent: list[str]

    @property
    def heard(self) -> list[tuple[str, str]]:
        """Role and text of each element that has text of its own, in reading order."""
        found = [(one.role, one.actual_text or one.alt or one.text) for _, one in self.tree.walk()]
        return [(role, solid(text)) for role, text in found if text]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    folder = tmp_path_factory.mktemp("trees")
    return {job.name: read_one(job, folder / f"{job.name}.pdf") for job in kept(LIBRARY)}


def read_one(job: Job, path: Path) -> Read:
    path.write_bytes(job.make())
    with PdfFile(path) as pdf:
        silent = ["".join(one.text for one in page.characters if one.mark < 0) for page in pdf.pages]
        return Read(path, pdf.tree, silent)


def handout_of(name: str) -> Handout:
    return LIBRARY.handout(name.partition("-")[0])


def test_the_trees_are_those_that_were_read_over(read: dict[str, Read]) -> None:
    assert sorted(f"{name}.txt" for name in read) == sorted(path.name for path in FOLDER.glob("*.txt"))
    stale = [name for name, one in read.items() if (FOLDER / f"{name}.txt").read_text("utf-8") != outline(one.tree)]
    assert stale == [], "run: python -m tests.pdf.trees, and read what changed"


def strings(path: Path, key: str) -> Counter[str]:
    """All Alt or ActualText strings of the tag tree, decoded by another library."""
    with pikepdf.open(path) as pdf:
        found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item and key in item]
        return Counter(str(item[key]) for item in found)


def test_texts_for_the_ear_are_decoded_alike_by_two_readers(read: dict[str, Read]) -> None:
    """Nothing that only judges conformity notices a text in a wrong encoding."""
    for one in read.values():
        elements = [element for _, element in one.tree.walk()]
        assert strings(one.path, "/Alt") == Counter(element.alt for element in elements if element.alt)
        assert strings(one.path, "/ActualText") == Counter(
            element.actual_text for element in elements if element.actual_text
        )


@pytest.mark.parametrize("name", TOPICS)
def test_texts_for_the_ear_are_those_of_the_pictures_and_marks(name: str, read: dict[str, Read]) -> None:
    handout = handout_of(name)
    names = figure_names(handout, cover=False)
    alts = [plain(sided(pose_reading(LIBRARY.pose(figure)).checked()[0], None)) for figure in names]
    found = [element for _, element in read[name].tree.walk()]
    said = [element.alt for element in found if element.alt and "QRコード" not in element.alt]
    assert sorted(said) == sorted(alts)
    assert all(element.alt for element in found if element.role == "Figure")
    assert {element.actual_text for element in found} - {""} <= REPLACED


def position(heard: list[tuple[str, str]], text: str) -> int:
    """Where an element begins with, or is, this text."""
    return next(index for index, (_, said) in enumerate(heard) if solid(text) in said)


@pytest.mark.parametrize("name", TOPICS)
def test_signs_come_before_exercises_and_steps_in_order(name: str, read: dict[str, Read]) -> None:
    handout, heard = handout_of(name), read[name].heard
    signs = [position(heard, plain(sided(sign.text, None))) for sign in handout.signs]
    assert len(signs) >= 8
    assert position(heard, SIGNS) < min(signs)
    start = max(signs)
    for entry in handout.exercises:
        title = position(heard, plain(entry.exercise.name))
        assert title > start, entry.id
        steps = [(role, text) for role, text in heard[title:] if role in ("Lbl", "LBody", "H2", "H3")][1:]
        wanted = [plain(sided(step, None)) for step in entry.exercise.steps]
        assert steps[: 2 * len(wanted)] == [
            pair for number, step in enumerate(wanted, 1) for pair in (("Lbl", str(number)), ("LBody", solid(step)))
        ]
        start = title


@pytest.mark.parametrize("name", TOPICS)
def test_nothing_is_heard_more_often_than_it_is_written(name: str, read: dict[str, Read]) -> None:
    handout = handout_of(name)
    written = Counter(solid(text) for text in printed_texts(handout))
    written[solid(plain(handout.clinic.name))] += 1  # at the head and at the foot
    heard = Counter(text for role, text in read[name].heard if len(text) >= LONG and role != "TD")
    assert len(heard) > 50
    too_often = {text: count for text, count in heard.items() if count > allowed(text, written)}
    assert too_often == {}


def allowed(text: str, written: Counter[str]) -> int:
    """How often a text may be heard: as often as its longest part that somebody wrote, else once."""
    parts = [part for part in written if part in text]
    return written[max(parts, key=len)] if parts else 1


def feet(pages: list[str]) -> Iterator[str]:
    yield from (f"{number} / {len(pages)}" for number in range(1, len(pages) + 1))


@pytest.mark.parametrize("name", TOPICS)
def test_running_heads_and_numbers_of_pages_are_silent(name: str, read: dict[str, Read]) -> None:
    one = read[name]
    heard = "".join(text for _, text in one.heard)
    assert all(foot in page for foot, page in zip(feet(one.silent), one.silent, strict=True))
    assert not re.search(r"\d/\d(?!\d)", re.sub(r"分/日|/年", "", heard))
    assert "(続き)" not in heard
    title = solid(plain(handout_of(name).topic.title))
    assert sum(title in solid(page) for page in one.silent) == len(one.silent) - 1
    assert sum(text.startswith(f"{title}第") for _, text in one.heard) == 1
