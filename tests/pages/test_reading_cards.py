"""Exercises with readings: picture, steps and dose beside each other, two on a side, no unit below its number."""

from __future__ import annotations

from datetime import date

import pytest

from handouts.library import Library
from handouts.model import Edition
from handouts.pages.box import mm
from handouts.pages.sheet import Drawing, Text
from handouts.setting import Job, Setting, set_handout

LIBRARY = Library()
DAY = date(2026, 11, 22)
SIDES = {"cramp": 5, "running": 5, "selfcare": 5, "stairs": 8, "walking": 8}


def made(topic: str, edition: Edition = Edition.RUBY) -> Setting:
    return set_handout(LIBRARY, LIBRARY.handout(topic), Job(DAY, "a4", edition))


@pytest.mark.parametrize("topic", SIDES)
def test_no_more_paper_than_need_be(topic: str) -> None:
    assert len(made(topic).document.sheets) <= SIDES[topic]


def test_two_exercises_stand_on_one_side() -> None:
    sheets = made("walking").document.sheets
    pictures = [sum(isinstance(item, Drawing) for item in sheet.items) for sheet in sheets]
    assert max(pictures) >= 2
    assert sum(count > 0 for count in pictures) == 2


@pytest.mark.parametrize("edition", [Edition.RUBY, Edition.EASY, Edition.STANDARD])
def test_a_unit_stands_on_the_line_of_its_number(edition: Edition) -> None:
    setting = made("running", edition)
    theme = LIBRARY.theme(setting.layout.theme, setting.layout.place)
    seen = 0
    for sheet in setting.document.sheets:
        texts = [item for item in sheet.items if isinstance(item, Text)]
        values = [item for item in texts if item.size == theme.type.numeral.size and item.x > mm(140)]
        for value in (one for one in values if one.text[-1].isdigit()):
            beside = [one for one in texts if abs(one.y - value.y) < 0.1 and 0 < one.x - value.x < mm(34)]
            assert beside, value.text
            seen += 1
    assert seen >= 7
