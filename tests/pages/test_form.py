"""The form: a box for every word to tick, a line for every blank, scales of eleven numbers, the picture to mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from handouts.faces import load_faces
from handouts.illustrate import illustrations
from handouts.library import Library
from handouts.model import Field, Handout
from handouts.pages.box import mm
from handouts.pages.components.fields import label_width, set_blanks, set_field
from handouts.pages.compose import compose
from handouts.pages.flow import flow
from handouts.pages.foot import compose_foot
from handouts.pages.setter import Setter
from handouts.pages.sheet import Document, Drawing, Rect, Rule, Tag, Text

LIBRARY = Library()
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def handout() -> Handout:
    return LIBRARY.handout("visit")


@pytest.fixture
def setter() -> Setter:
    return Setter(load_faces(list(LIBRARY.folders.of("fonts"))), LIBRARY.theme("calm"))


@pytest.fixture(scope="module")
def document(handout: Handout) -> Document:
    plan = LIBRARY.layout("a4")
    blocks = compose(handout, plan, illustrations(LIBRARY, handout, mono=False), DAY)
    faces = load_faces(list(LIBRARY.folders.of("fonts")))
    setter = Setter(faces, LIBRARY.theme("calm"))
    return flow(plan, lambda order: (setter, blocks), handout, compose_foot(handout, DAY), "2026-11-22")[0]


def fields(handout: Handout) -> Iterator[Field]:
    assert handout.topic.form
    for row in handout.topic.form.rows:
        for column in row.columns:
            for section in column.sections:
                yield from section.fields


def tags(root: Tag, role: str) -> list[Tag]:
    kids = [kid for kid in root.kids if isinstance(kid, Tag)]
    return [kid for kid in kids if kid.role == role] + [found for kid in kids for found in tags(kid, role)]


def test_every_word_to_tick_and_every_sign_has_its_box(document: Document, handout: Handout) -> None:
    boxes = [tag for tag in tags(document.root, "Lbl") if tag.actual_text == handout.labels.tick]
    wanted = sum(len(field.options) for field in fields(handout)) + len(handout.signs)
    assert wanted > 60
    assert len(boxes) == wanted
    squares = [kid for tag in boxes for kid in tag.kids if isinstance(kid, Rect)]
    assert len(squares) == wanted
    assert all(square.width == square.height and square.fill is None and square.line > 0 for square in squares)


def test_every_blank_is_a_line_one_can_write_on(document: Document, handout: Handout) -> None:
    assert handout.topic.form
    said = [handout.topic.form.who or ""]
    for field in fields(handout):
        said += [*field.options, field.write or ""]
    blanks = sum(len(re.findall("_{3,}", text)) for text in said)
    assert blanks >= 12
    theme = LIBRARY.theme("calm")
    rules = [item for sheet in document.sheets for item in sheet.items if isinstance(item, Rule)]
    page_lines = [r for r in rules if r.y1 == r.y2 and r.width == theme.rules.hairline and r.x2 - r.x1 >= mm(8)]
    assert len(page_lines) >= blanks
    assert not any("_" in item.text for sheet in document.sheets for item in sheet.items if isinstance(item, Text))


def test_the_picture_to_mark_is_there_with_its_sides_named(document: Document) -> None:
    (figure,) = tags(document.root, "Figure")[:1]
    assert figure.alt
    (drawing,) = [kid for kid in figure.kids if isinstance(kid, Drawing)]
    texts = [item for item in document.sheets[0].items if isinstance(item, Text)]
    left, right = (
        next(t for t in texts if t.text == word and drawing.x < t.x < drawing.x + drawing.width and t.y > drawing.y)
        for word in ("左", "右")
    )
    middle = drawing.x + drawing.width / 2
    assert left.x < middle < right.x, "seen from behind, the left leg is at the left"


def test_a_blank_at_the_end_goes_on_to_the_edge(setter: Setter) -> None:
    style = setter.theme.type.body
    box = set_blanks(setter, "名前____ 年____", style, 300, Tag("P"))
    first, last = [item for item in box.items if isinstance(item, Rule)]
    assert first.x2 - first.x1 == pytest.approx(4 * mm(setter.theme.form.blank))
    assert last.x2 == pytest.approx(300)
    words = [item for item in box.items if isinstance(item, Text)]
    assert [word.text for word in words] == ["名前", "年"]
    assert words[0].x < first.x1 < first.x2 < words[1].x < last.x1


def test_what_no_option_says_has_room_to_be_written(document: Document) -> None:
    """「そのほか」 and its like: 60 mm, in a column as well."""
    found = 0
    for sheet in document.sheets:
        lines = [item for item in sheet.items if isinstance(item, Rule)]
        for word in [item for item in sheet.items if isinstance(item, Text) and item.text in ("そのほか", "ある")]:
            after = [line for line in lines if 0 < line.y1 - word.y < mm(2) and line.x1 > word.x]
            assert [line.x2 - line.x1 for line in after if line.x2 - line.x1 >= mm(60)], word.text
            found += 1
    assert found == 2


def test_a_long_label_stands_above_a_short_one_beside(setter: Setter) -> None:
    long = Field(label="痛みで困っている動きは何ですか。", write="____")
    short = Field(label="薬は", write="____")
    width = 200.0
    labels = label_width(setter, [long, short], width)
    assert 0 < labels < width / 2
    above, beside = (set_field(setter, field, width, labels, Tag("Sect"), "□") for field in (long, short))
    assert above.height > 1.5 * beside.height
    (rule,) = [item for item in beside.items if isinstance(item, Rule)]
    assert rule.x1 == pytest.approx(labels)


def test_a_scale_has_eleven_numbers_over_their_marks(setter: Setter) -> None:
    box = set_field(setter, Field(scale=("ない", "強い")), mm(110), 0.0, Tag("Sect"), "□")
    numbers = [item for item in box.items if isinstance(item, Text) and item.text.isdigit()]
    assert [number.text for number in numbers] == [str(step) for step in range(11)]
    marks = [item for item in box.items if isinstance(item, Rule) and item.x1 == item.x2]
    assert len(marks) == 11
    gaps = {round(b.x1 - a.x1, 3) for a, b in pairwise(marks)}
    assert len(gaps) == 1
    assert gaps.pop() >= mm(6), "room for a ring round a number"


def test_boxes_without_columns_go_on_in_the_next_row(setter: Setter) -> None:
    options = ("休む", "冷やす", "温める", "体操", "もむ", "サポーター")
    narrow = set_field(setter, Field(options=options), mm(60), 0.0, Tag("Sect"), "□")
    wide = set_field(setter, Field(options=options), mm(180), 0.0, Tag("Sect"), "□")
    assert narrow.height > wide.height
    for box, room in ((narrow, mm(60)), (wide, mm(180))):
        texts = [item for item in box.items if isinstance(item, Text)]
        assert [text.text for text in texts] == list(options)
        assert max(item.right for item in texts) <= room + 0.1
