"""What a topic calls essential (cramp: what to do in the cramp) stands on every sheet of it, or there is no sheet."""

from __future__ import annotations

from datetime import date

import pytest

from handouts.library import Library
from handouts.model import BlockName, Edition
from handouts.offer import homeless
from handouts.pages.sheet import Text
from handouts.problems import Problems
from handouts.setting import Job, Setting, set_handout
from handouts.text.markup import plain
from tests.pages.reading import solid

LIBRARY = Library()
DAY = date(2026, 11, 22)
SECTIONED = ["a4", "a4-one", "bifold", "booklet", "minibook", "trifold", "zfold"]
SHEETS = [(name, edition) for name in SECTIONED for edition in LIBRARY.layout(name).editions]
CRAMP = LIBRARY.handout("cramp")


def said(done: Setting) -> str:
    return solid("".join(item.text for sheet in done.document.sheets for item in sheet.items if isinstance(item, Text)))


@pytest.mark.parametrize(("layout", "edition"), SHEETS)
def test_first_aid_is_on_every_sheet_or_there_is_none(layout: str, edition: Edition) -> None:
    assert CRAMP.topic.essential == (BlockName.CHECK,)
    assert CRAMP.topic.check
    try:
        done = set_handout(LIBRARY, CRAMP, Job(DAY, layout, edition))
    except Problems as refused:
        told = " ".join(problem.message for problem in refused)
        assert "mm 超えています" in told or "自分で確かめるの置き場所がありません" in told or "easy" in told
        return
    words = said(done)
    for row in CRAMP.topic.check.tables[0].rows:
        for line in "".join(row.cells).split("\n"):
            if edition is Edition.STANDARD or edition is Edition.LARGE:
                assert solid(plain(line)) in words
    assert CRAMP.topic.check.tables[0].columns[1] in words


def test_on_one_side_first_aid_takes_the_place_of_exercises_and_that_is_told() -> None:
    done = set_handout(LIBRARY, CRAMP, Job(DAY, "a4-one"))
    assert BlockName.EXERCISES in done.form.dropped
    assert done.exercises == (0, 2)
    assert "膝を伸ばし、足の裏に" in said(done)


def test_other_topics_on_one_side_keep_their_exercises() -> None:
    for topic in ("running", "selfcare", "stairs", "walking"):
        done = set_handout(LIBRARY, LIBRARY.handout(topic), Job(DAY, "a4-one"))
        assert done.exercises[0] >= 1
        assert BlockName.CHECK not in done.layout.takes


def test_a_layout_without_its_row_is_refused_unless_it_has_no_sections_at_all() -> None:
    assert homeless(LIBRARY.layout("minibook"), CRAMP.topic.essential) == [BlockName.CHECK]
    assert homeless(LIBRARY.layout("a4-one"), CRAMP.topic.essential) == []
    with pytest.raises(Problems) as refused:
        set_handout(LIBRARY, CRAMP, Job(DAY, "minibook"))
    assert "自分で確かめるの置き場所がありません" in next(iter(refused.value)).message
    assert set_handout(LIBRARY, CRAMP, Job(DAY, "diary")).document.sheets
