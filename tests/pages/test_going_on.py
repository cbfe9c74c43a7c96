"""What goes on on another side says what it is there: sections their heading, the signs theirs with the rule."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from handouts.library import Library
from handouts.model import Edition
from handouts.pages.box import Box, mm
from handouts.pages.components.piece import Piece
from handouts.pages.flow import _led, _room
from handouts.pages.sheet import Sheet, Tag, Text
from handouts.setting import Job, Setting, set_handout
from tests.pages.reading import solid

LIBRARY = Library()
DAY = date(2026, 11, 22)
GUIDES = [name for name in LIBRARY.topics() if LIBRARY.handout(name).topic.form is None]
EASY = [name for name in GUIDES if LIBRARY.handout(name).topic.easy]
SHEETS = [(edition, topic) for edition in Edition for topic in GUIDES if edition is not Edition.EASY or topic in EASY]
SUMMARIES = {part.heading for name in GUIDES if (part := LIBRARY.handout(name).topic.summary)}


@cache
def done(layout: str, edition: Edition, topic: str) -> Setting:
    return set_handout(LIBRARY, LIBRARY.handout(topic), Job(DAY, layout, edition))


def words(sheet: Sheet) -> str:
    return solid("".join(item.text for item in sheet.items if isinstance(item, Text)))


def opening(sheet: Sheet) -> str:
    """What stands in heading type at the left of a side, within 14 mm of its first ink, or the summary's heading."""
    said = [item for item in sheet.items if isinstance(item, Text) and id(item) not in sheet.running]
    top = min(item.y - item.size for item in said)
    first = [item for item in said if item.y - item.size < top + mm(14) and item.x < mm(60)]
    return "".join(item.text for item in first if item.size >= 17 or item.text in SUMMARIES)


@pytest.mark.parametrize(("edition", "topic"), SHEETS)
def test_no_side_of_an_a4_sheet_begins_without_a_heading(edition: Edition, topic: str) -> None:
    sheets = done("a4", edition, topic).document.sheets
    assert len(sheets) >= 2
    for number, sheet in enumerate(sheets, 1):
        assert opening(sheet), number


def test_a_section_s_heading_is_said_again_to_the_eye_alone() -> None:
    setting = done("a4", Edition.LARGE, "running")
    shown = "".join(words(sheet) for sheet in setting.document.sheets)
    assert shown.count("家での体操(続き)") == 2

    def heard(tag: Tag) -> str:
        return "".join(
            kid.text if isinstance(kid, Text) else heard(kid) for kid in tag.kids if isinstance(kid, Text | Tag)
        )

    assert "(続き)" not in heard(setting.document.root)


def test_signs_that_need_a_second_side_say_so_on_both() -> None:
    first, second, *_ = done("a4", Edition.LARGE, "cramp").document.sheets
    assert "「早めに」のサインは、次の面に続きます。" in words(first)
    assert words(second).startswith("受診が必要なサイン(続き)" + solid(LIBRARY.warnings().rule) + "早めに")


def test_signs_with_readings_stand_side_by_side_rather_than_on_two_sides() -> None:
    assert solid(LIBRARY.warnings().other) in words(done("a4", Edition.RUBY, "cramp").document.sheets[0])
    assert "早めに" in words(done("a4", Edition.RUBY, "cramp").document.sheets[0])
    for topic in GUIDES:
        assert "受診が必要なサイン(続き)" not in words(done("a4", Edition.RUBY, topic).document.sheets[1])


@pytest.mark.parametrize("topic", ["running", "walking", "cramp"])
def test_no_panel_ends_with_one_cause_alone(topic: str) -> None:
    """Nor begins with one that does not say whose it is."""
    setting = done("bifold", Edition.STANDARD, topic)
    causes = LIBRARY.handout(topic).topic.causes
    assert causes
    titles = [solid(item.title) for item in causes.items]
    for panel in setting.layout.panels:
        sheet = setting.document.sheets[panel.side - 1]
        inside = [
            item
            for item in sheet.items
            if isinstance(item, Text) and mm(panel.x) - 1 <= item.x <= mm(panel.x + panel.width)
        ]
        said = solid("".join(item.text for item in inside))
        found = [title for title in titles if title in said]
        if found and "causes" not in {name.value for name in setting.form.dropped}:
            assert len(found) >= 2 or found == titles[-1:]
            assert solid(causes.heading) in said


def test_a_heading_is_not_said_again_where_a_side_has_no_room_for_both() -> None:
    layout = LIBRARY.layout("a4")
    room = _room(layout, 0.0)
    fits, full = (Piece(Box(1, room - spare), lead=Box(1, 10)) for spare in (11, 9))
    assert _led(fits, layout, 0.0).lead == fits.lead
    assert _led(full, layout, 0.0).lead is None
