"""What is kept is used again as it was: nothing of one sheet gets onto the next, and problems are told each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from handouts.consult.issue import pdf_of
from handouts.faces import load_faces
from handouts.library import Library
from handouts.pages.components.piece import Piece, fresh
from handouts.pages.kept import Kept
from handouts.pages.setter import Setter
from handouts.pages.sheet import Tag, Text
from handouts.problems import Place, Problem
from handouts.setting import Job, set_handout
from tests.consult.issuing import planned

DAY = date(2026, 11, 22)
CODE = "7K2M-9QRT-X"


def counted(results: list[str]) -> Callable[[], str]:
    def make() -> str:
        results.append("made")
        return results[-1]

    return make


def test_the_least_recently_used_goes_first() -> None:
    kept = Kept(most=2)
    made: list[str] = []
    for key in ("a", "b", "a", "c", "a", "b"):
        kept.get(key, counted(made))
    assert len(made) == 4, "a, b, c, and b again"


def test_what_is_kept_briefly_drives_nothing_else_out() -> None:
    kept = Kept(most=1, briefly=1)
    made: list[str] = []
    for key, briefly in (("a", False), ("b", True), ("c", True), ("a", False), ("b", True)):
        kept.get(key, counted(made), briefly=briefly)
    assert len(made) == 4, "a once, b, c, and b again"


def test_what_raises_is_not_kept() -> None:
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 2) == 2


def setter(library: Library) -> Setter:
    found = Setter(load_faces(list(library.folders.of("fonts"))), library.theme("calm"))
    found.kept = Kept()
    return found


def test_a_problem_is_told_each_time() -> None:
    one = setter(Library())
    wrong = Problem(Place("a.yaml", 1, 1), "字形がありません。")

    def make(setter: Setter) -> str:
        setter.problems.append(wrong)
        return "set"

    assert [one.once("a", make), one.once("a", make)] == ["set", "set"]
    assert one.problems == [wrong, wrong]


def test_what_the_breaker_gave_up_counts_each_time() -> None:
    one = setter(Library())

    def make(setter: Setter) -> str:
        setter.given_up["phrase"] += 1
        return "set"

    one.once("a", make)
    one.once("a", make)
    assert one.given_up["phrase"] == 2


def test_a_fresh_piece_shares_nothing_that_moves() -> None:
    library = Library()
    one = setter(library)
    section = Tag("Sect")
    box = one.paragraph("膝の裏", one.theme.type.body, 200.0, section.add("P"))
    box.figures.append(section.add("Figure", box=(0.0, 0.0, 9.0, 9.0)))
    piece = Piece(box, [section])
    (copy,) = fresh([piece])
    copy.box.shift(10.0, 20.0)
    (before,), (after,) = piece.box.items, copy.box.items
    assert isinstance(before, Text)
    assert isinstance(after, Text)
    assert (after.x - before.x, after.y - before.y) == (10.0, 20.0)
    paragraph, figure = copy.tags[0].kids
    assert isinstance(paragraph, Tag)
    assert isinstance(figure, Tag)
    assert paragraph.kids == [after]
    assert copy.box.figures == [figure]
    assert figure.box == (10.0, 20.0, 9.0, 9.0)
    (still,) = piece.box.figures
    assert still.box == (0.0, 0.0, 9.0, 9.0)


def sheet(library: Library, name: str, topic: str, side: str) -> bytes:
    made = planned(library, patient={"name": name}, topics=[topic], side=side, exercises=[])
    return pdf_of(library, made, CODE)[0]


def test_the_sheets_before_leave_nothing_behind() -> None:
    """The same bytes alone and after others, in any order."""
    people = [("山田 花子", "running", "right"), ("髙橋 一郎", "walking", "left"), ("佐藤 次郎", "running", "left")]
    alone = []
    for one in people:
        library = Library()
        alone.append(sheet(library, *one))
    library = Library()
    for order in (people, people[::-1], [people[1]] * 2):
        for one in order:
            assert sheet(library, *one) == alone[people.index(one)]


@pytest.mark.parametrize("topic", Library().topics())
def test_a_handout_is_set_alike_the_second_time(topic: str) -> None:
    library = Library()
    handout = library.handout(topic)
    first, second = (set_handout(library, handout, Job(DAY)).document for _ in range(2))
    said = [[[repr(item) for item in sheet.items] for sheet in one.sheets] for one in (first, second)]
    assert said[0] == said[1]
    assert not {id(item) for sheet in first.sheets for item in sheet.items} & {
        id(item) for sheet in second.sheets for item in sheet.items
    }
