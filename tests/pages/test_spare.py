"""Folded sheets: what its own place has no room for stands in a spare one; pictures go with the section they are of."""

from __future__ import annotations

from datetime import date

import pytest

from handouts.library import Library
from handouts.library.layout_rules import layout_rules
from handouts.model import BlockName
from handouts.pages.compose import Variant
from handouts.pages.fitting import fitted
from handouts.pages.leaflet import NoRoom, chains
from handouts.pages.sheet import Drawing, Text
from handouts.problems import Place, Problem
from handouts.setting import Job, Setting, set_handout
from tests.pages.reading import solid

LIBRARY = Library()
DAY = date(2026, 11, 22)
FOLDED = ["trifold", "zfold", "bifold"]
GUIDES = ["running", "selfcare", "stairs", "walking"]


def made(layout: str, topic: str) -> Setting:
    return set_handout(LIBRARY, LIBRARY.handout(topic), Job(DAY, layout))


def words(done: Setting) -> str:
    return solid("".join(item.text for sheet in done.document.sheets for item in sheet.items if isinstance(item, Text)))


SHEETS = [(layout, topic) for layout in FOLDED for topic in GUIDES if (layout, topic) != ("bifold", "walking")]
"""On the one that is left out the causes took the last room."""


@pytest.mark.parametrize(("layout", "topic"), SHEETS)
def test_everyday_tips_find_a_place_on_every_folded_sheet(layout: str, topic: str) -> None:
    done = made(layout, topic)
    tips = LIBRARY.handout(topic).topic.tips
    assert tips
    assert BlockName.TIPS not in done.form.dropped
    said = words(done)
    assert said.count(solid(tips.heading)) == 1
    for tip in tips.items:
        assert solid(tip.text) in said
    assert done.layout.takes.count(BlockName.TIPS) == 1


def test_a_spare_row_is_tried_in_order_and_only_for_what_was_left_out() -> None:
    layout = LIBRARY.layout("trifold")
    assert layout.spares == (BlockName.TIPS, BlockName.TIPS)
    asked: list[Variant] = []
    wrong = Problem(Place(), "zu hoch")

    def make(form: Variant) -> str:
        asked.append(form)
        if BlockName.TIPS not in form.dropped and form.spare != 1:
            raise NoRoom([wrong], [len(chains(layout)) - 1])
        return "made"

    _, form = fitted(layout, make, LIBRARY.handout("running").topic)
    assert form.spare == 1
    assert BlockName.TIPS not in form.dropped
    assert [one.spare for one in asked if one.spare is not None] == [0, 1]
    assert fitted(layout, lambda _: "all", LIBRARY.handout("running").topic)[1] == Variant()


def test_a_spare_row_needs_a_row_of_its_own_elsewhere() -> None:
    layout = LIBRARY.layout("trifold")
    assert list(layout_rules(layout)) == []
    lone = layout.moving(0)
    told = [problem.message for problem in layout_rules(lone)]
    assert told == ["「tips」に、spare のない、ふだんの行がありません。"]


def test_pictures_of_the_causes_never_stand_without_them() -> None:
    for topic in GUIDES:
        done = made("trifold", topic)
        if BlockName.CAUSES in done.form.dropped and BlockName.PICTURES in done.layout.takes:
            assert BlockName.PICTURES in done.form.dropped
    assert "足が体より前に着く" not in words(made("trifold", "running"))


@pytest.mark.parametrize("layout", ["trifold", "zfold", "booklet"])
def test_a_cover_has_no_mark_that_a_caption_would_have_to_explain(layout: str) -> None:
    done = made(layout, "running")
    cover = [item.picture.name for item in done.document.sheets[0].items if isinstance(item, Drawing)]
    assert "run" in cover
    assert "run-underbody" not in cover
