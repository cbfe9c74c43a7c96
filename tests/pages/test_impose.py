"""Booklets, cards and diaries, measured on the finished file: folded, cut and counted apart from what places them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from msgspec.structs import replace

from handouts.build import Built, build_topic
from handouts.checks.file import Character, PdfFile, extract_in_tag_order
from handouts.library import Library
from handouts.library.layout_rules import layout_rules
from handouts.model import Edge, Edition, PageSize
from handouts.pages.impose import padded
from handouts.pages.sheet import Sheet
from handouts.problems import Problems
from handouts.sides import Side
from tests.pages.reading import MM, NOT_AT_END, NOT_AT_START, assert_well_set, lines, overlaps, solid
from tests.validators.pagevalidation import page_validation
from tests.validators.verapdf import verapdf

LIBRARY = Library()
DAY = date(2026, 11, 22)
GUIDES = ("running", "walking", "cramp", "stairs", "selfcare")
WIDE = 297.0
FOLD = WIDE / 2
TOLERANCE = 0.1
"""mm by which a measured place may be out."""


def made(folder: Path, topic: str, layout: str, edition: Edition = Edition.STANDARD, side: Side | None = None) -> Built:
    target = folder / f"{topic}-{layout}-{edition.value}.pdf"
    return build_topic(LIBRARY, topic, target, DAY, layout=layout, edition=edition, side=side)


# The booklet -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[(topic, edition) for edition in ("standard", "large") for topic in GUIDES])
def booklet(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    topic, edition = request.param
    return made(tmp_path_factory.mktemp("booklet"), topic, "booklet", Edition(edition))


def leafed(sides: int) -> list[tuple[int, bool]]:
    """Printed side (from 0) and whether it is the right half, of each page that a hand meets.

    Sheets lie on each other, the first outside, all with their fronts outwards, and are folded in the middle, the fold
    at the left. Each is turned over its short edge between front and back: behind the right half of a front lies the
    left half of its back.
    """
    inwards = [page for front in range(0, sides, 2) for page in ((front, True), (front + 1, False))]
    outwards = [page for front in range(0, sides, 2) for page in ((front, False), (front + 1, True))]
    return inwards + outwards[::-1]


def halves(pdf: PdfFile) -> list[list[Character]]:
    """The characters of each page of a booklet, as a hand meets them."""
    return [
        [character for character in pdf.pages[side].characters if (character.left / MM > FOLD) is right]
        for side, right in leafed(len(pdf.pages))
    ]


def page_number(page: list[Character]) -> tuple[int, int] | None:
    """n and N at the foot of a page."""
    last = [line for line in lines(page) if "/" in line and line.replace("/", "").replace(" ", "").isdigit()]
    if not last:
        return None
    number, count = last[-1].split("/")
    return int(number), int(count)


def test_the_folding_itself() -> None:
    # print.md: front N | 1, back 2 | N−1, next N−2 | 3, back 4 | N−3.
    places = {place: number for number, place in enumerate(leafed(4), 1)}
    assert [(places[side, False], places[side, True]) for side in range(4)] == [(8, 1), (2, 7), (6, 3), (4, 5)]


def test_folded_and_leafed_through_the_pages_are_in_order(booklet: Built) -> None:
    with PdfFile(booklet.path) as pdf:
        assert len(pdf.pages) % 2 == 0
        assert {(round(page.width / MM), round(page.height / MM)) for page in pdf.pages} == {(297, 210)}
        numbers = [page_number(page) for page in halves(pdf)]
    count = len(numbers)
    assert count % 4 == 0
    assert numbers == [None, *((number, count) for number in range(2, count + 1))]


def test_a_booklet_is_read_from_cover_to_back(booklet: Built) -> None:
    """What the hand meets page by page is what the tags say, in the same order."""
    topic = LIBRARY.handout(booklet.path.name.split("-")[0]).topic
    with PdfFile(booklet.path) as pdf:
        seen = solid("".join(character.text for page in halves(pdf) for character in page))
    heard = solid("".join(text for _, text in extract_in_tag_order(booklet.path)))
    parts: tuple[Any, ...] = (topic.causes, topic.check, topic.tips, topic.exercises, topic.questions, topic.answers)
    headings = [topic.purpose, *(f"{number}{part.heading}" for number, part in enumerate(filter(None, parts), 1))]
    assert len(headings) >= 6
    for text in (seen, heard):
        places = [text.find(solid(heading)) for heading in headings]
        assert -1 not in places
        assert places == sorted(places)


def test_no_sign_is_missing_and_both_steps_come_before_all_else(booklet: Built) -> None:
    handout = LIBRARY.handout(booklet.path.name.split("-")[0])
    with PdfFile(booklet.path) as pdf:
        pages = [solid("".join(character.text for character in page)) for page in halves(pdf)]
    assert handout.signs
    for sign in handout.signs:
        assert solid(sign.text) in pages[1] + pages[2], sign.text
    for entry in handout.exercises:
        assert solid(entry.exercise.stop) in "".join(pages)


def test_inner_sheets_creep_towards_the_fold(booklet: Built) -> None:
    """The first letter of the foot's line is the same on every page: only the creep moves it."""
    saddle = LIBRARY.layout("booklet").saddle
    assert saddle
    edges: dict[bool, dict[int, float]] = {True: {}, False: {}}
    with PdfFile(booklet.path) as pdf:
        for (side, right), page in zip(leafed(len(pdf.pages)), halves(pdf), strict=True):
            foot = [
                one for one in page if one.text == LIBRARY.labels().phone[0] and one.top / MM > 180 and one.size <= 14
            ]
            if page_number(page) and foot:
                edges[right][side // 2] = min(one.left for one in foot) / MM - (FOLD if right else 0.0)
    for right, found in edges.items():
        sheets = sorted(found)
        assert len(sheets) == len(range(sheets[-1] + 1)) >= 2
        for inner in sheets[1:]:
            moved = found[inner] - found[0]
            assert moved == pytest.approx(saddle.creep * inner * (-1 if right else 1), abs=0.02)


def test_text_keeps_clear_of_fold_and_edge_and_is_well_set(booklet: Built) -> None:
    with PdfFile(booklet.path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            assert page.unmapped() == []
            assert overlaps(page.characters) == []
            seen = [line.strip() for line in lines(page.characters) if len(line.strip()) > 1]
            assert [line for line in seen if line[0] in NOT_AT_START or line[-1] in NOT_AT_END] == []
            for character in page.characters:
                if character.text.strip():
                    assert abs(character.left / MM - FOLD) >= 10 or abs(character.right / MM - FOLD) >= 10
                    assert not character.left / MM < FOLD < character.right / MM
                    assert min(character.left, character.top) / MM >= 5
            marks = [box for box in drawn(booklet.path, number) if abs(box[0] - FOLD) < 0.2 and box[2] - box[0] < 0.3]
            assert len(marks) == 2
            assert sorted(box[1] for box in marks) == pytest.approx([5.0, 210 - 8.5], abs=0.15)


def test_letters_are_as_large_as_the_edition_says(booklet: Built) -> None:
    large = "large" in booklet.path.name
    with PdfFile(booklet.path) as pdf:
        sizes = [one.size for page in pdf.pages for one in page.characters if one.text.strip()]
    assert min(sizes) >= (14 if large else 10.5)
    assert sum(size >= (18 if large else 12) for size in sizes) > 0.6 * len(sizes)


def test_pages_are_filled_up_before_the_back_cover() -> None:
    for count in range(1, 14):
        pages = [Sheet(1, 1) for _ in range(count)]
        full = padded(pages)
        assert len(full) % 4 == 0
        assert len(full) - count < 4
        assert full[: count - 1] == pages[:-1]
        assert full[-1] is pages[-1]


def test_the_printer_turns_a_booklet_over_its_short_edge_and_a_card_over_its_long_one(tmp_path: Path) -> None:
    for layout, edge in (("booklet", "/DuplexFlipShortEdge"), ("card", "/DuplexFlipLongEdge")):
        with pikepdf.open(made(tmp_path, "running", layout).path) as pdf:
            assert str(pdf.Root.ViewerPreferences["/Duplex"]) == edge
            assert str(pdf.Root.ViewerPreferences["/PrintScaling"]) == "/None"


# The card --------------------------------------------------------------------------------------------------------

CARD = (91.0, 55.0)
PAPER = (210.0, 297.0)
ON_CARD = ("running", "walking", "stairs", "selfcare")


@pytest.fixture(scope="module", params=ON_CARD)
def card(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return made(tmp_path_factory.mktemp("card"), request.param, "card")


def drawn(path: Path, number: int) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom in mm of every path on a page (from 1), outer edges of strokes included."""
    document = pypdfium2.PdfDocument(path)
    page = document[number - 1]
    height = page.get_height()
    found = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, bottom, right, top = item.get_bounds()
        found.append((left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
    document.close()
    return found


def starts(characters: tuple[Character, ...], word: str) -> list[tuple[float, float]]:
    """Left and top in mm of each place where a word begins."""
    text = "".join(character.text[:1] for character in characters)
    at = [index for index in range(len(text)) if text.startswith(word, index)]
    return [(characters[index].left / MM, characters[index].top / MM) for index in at]


def labels(built: Built) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Where the label stands on each card, front and back: the word before where to go."""
    handout = LIBRARY.handout(built.path.name.split("-")[0])
    words = [step.label + step.destination for step in handout.warnings.steps.values()]
    with PdfFile(built.path) as pdf:
        front, back = (starts(page.characters, word) for page, word in zip(pdf.pages, words, strict=True))
    return front, back


def test_ten_cards_of_their_size_stand_on_a_sheet(card: Built) -> None:
    for found in labels(card):
        assert len(found) == 10
        columns, rows = (sorted({round(place[axis], 2) for place in found}) for axis in (0, 1))
        assert [b - a for a, b in pairwise(columns)] == pytest.approx([CARD[0]], abs=TOLERANCE)
        assert [b - a for a, b in pairwise(rows)] == pytest.approx([CARD[1]] * 4, abs=TOLERANCE)


def test_each_back_lies_behind_its_front(card: Built) -> None:
    """Turned over the long edge, what is x from the left of the back lies x from the right of the front."""
    with PdfFile(card.path) as pdf:
        sides = [words(page.characters) for page in pdf.pages]
    cells = [sorted({cell(box) for box in boxes}) for boxes in sides]
    assert len(cells[0]) == len(cells[1]) == 10
    turned = sorted((1 - column, row) for column, row in cells[1])
    assert turned == cells[0]
    front, back = labels(card)
    # On both faces the label stands at the same distance from the card's left edge.
    inset = min(x for x, _ in front) - (PAPER[0] - 2 * CARD[0]) / 2
    behind = sorted((PAPER[0] - (x - inset) - CARD[0], y) for x, y in back)
    assert [x for x, _ in behind] == pytest.approx([14.0] * 5 + [105.0] * 5, abs=0.6)


def test_the_card_that_is_heard_is_one_card_with_its_back(card: Built) -> None:
    with PdfFile(card.path) as pdf:
        heard = [[one for one in page.characters if one.mark >= 0] for page in pdf.pages]
    (front,), (back,) = ({cell(box) for box in words(tuple(one))} for one in heard)
    assert (1 - back[0], back[1]) == front


def test_all_ten_cards_are_alike(card: Built) -> None:
    """As many lines and boxes are drawn on each, as far from its corner."""
    left, top = (PAPER[0] - 2 * CARD[0]) / 2, (PAPER[1] - 5 * CARD[1]) / 2
    for number in (1, 2):
        cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for box in drawn(card.path, number):
            x, y = (box[0] + box[2]) / 2 - left, (box[1] + box[3]) / 2 - top
            if 1 < x < 2 * CARD[0] - 1 and 1 < y < 5 * CARD[1] - 1:
                where = int(x // CARD[0]), int(y // CARD[1])
                cells.setdefault(where, []).append((x % CARD[0], y % CARD[1]))
        (first, *others) = (sorted((round(x, 1), round(y, 1)) for x, y in found) for found in cells.values())
        assert len(others) == 9
        assert len(first) >= 8
        for other in others:
            assert [x for x, _ in other] == pytest.approx([x for x, _ in first], abs=0.11)
            assert sorted(y for _, y in other) == pytest.approx(sorted(y for _, y in first), abs=0.11)


def words(characters: tuple[Character, ...]) -> list[tuple[float, float, float, float]]:
    return [(one.left / MM, one.top / MM, one.right / MM, one.bottom / MM) for one in characters if one.text.strip()]


def cell(box: tuple[float, float, float, float]) -> tuple[int, int]:
    """Column and row of the card that a box is on; it keeps 3 mm from every cut."""
    left, top, right, bottom = box
    x, y = left - (PAPER[0] - 2 * CARD[0]) / 2, top - (PAPER[1] - 5 * CARD[1]) / 2
    column, row = int(x // CARD[0]), int(y // CARD[1])
    assert x - column * CARD[0] >= 3
    assert y - row * CARD[1] >= 3
    assert x + right - left <= (column + 1) * CARD[0] - 3
    assert y + bottom - top <= (row + 1) * CARD[1] - 3
    return column, row


def test_cut_marks_stand_at_every_cut_and_on_no_card(card: Built) -> None:
    left, top = (PAPER[0] - 2 * CARD[0]) / 2, (PAPER[1] - 5 * CARD[1]) / 2
    for number in (1, 2):
        outside = [
            box
            for box in drawn(card.path, number)
            if box[2] <= left or box[0] >= PAPER[0] - left or box[3] <= top or box[1] >= PAPER[1] - top
        ]
        upright = sorted((box[0] + box[2]) / 2 for box in outside if box[3] - box[1] > 3)
        level = sorted((box[1] + box[3]) / 2 for box in outside if box[2] - box[0] > 3)
        assert upright == pytest.approx([x for x in (14, 105, 196) for _ in range(2)], abs=TOLERANCE)
        assert level == pytest.approx([11 + 55 * step for step in range(6) for _ in range(2)], abs=TOLERANCE)
        assert min(min(box[0], box[1]) for box in outside) >= 4.8


def test_every_sign_is_on_each_card_and_heard_once(card: Built) -> None:
    handout = LIBRARY.handout(card.path.name.split("-")[0])
    with PdfFile(card.path) as pdf:
        front, back = (solid(page.text) for page in pdf.pages)
        for page in pdf.pages:
            assert page.unmapped() == []
            assert min(one.size for one in page.characters) >= 9
        assert_well_set(pdf, side=5, end=5)
    heard = solid("".join(text for _, text in extract_in_tag_order(card.path)))
    for sign in handout.signs:
        side = front if sign.step.value == "now" else back
        texts = {solid(sign.text), solid(sign.short or sign.text)}
        assert max(side.count(text) for text in texts) == 10, sign.text
        assert max(heard.count(text) for text in texts) == 1, sign.text
    for text in (handout.clinic.phone, handout.clinic.name):
        assert solid(front).count(solid(text)) == solid(back).count(solid(text)) == 10
    assert (front + back).count(handout.labels.unreviewed_footer) == 10


def test_signs_that_do_not_fit_a_card_are_refused_with_what_to_use(tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        made(tmp_path, "cramp", "card")
    for problem in caught.value:
        assert "mm 超えています" in problem.message
        assert "--layout a4" in problem.hint
    assert list(tmp_path.iterdir()) == []


def test_where_to_go_may_take_two_lines_and_no_sign_is_lost(tmp_path: Path) -> None:
    """A clinic that names #7119 says more: the signs stand in their short forms then, all of them."""
    (tmp_path / "clinic.yaml").write_text(
        "name: 見本の整形外科\naddress: 見本市\nphone: 000-000-0000\nemergency_line: true\n", encoding="utf-8"
    )
    library = Library.found(tmp_path)
    built = build_topic(library, "walking", tmp_path / "card.pdf", DAY, layout="card")
    assert built.form.short
    with PdfFile(built.path) as pdf:
        front, back = (solid(page.text) for page in pdf.pages)
        assert_well_set(pdf, side=5, end=5)
        assert min(one.size for page in pdf.pages for one in page.characters) >= 9
    assert front.count("#7119") == 10
    for sign in library.handout("walking").signs:
        said = front if sign.step.value == "now" else back
        assert said.count(solid(sign.short or sign.text)) == 10, sign.text


def test_a_draft_says_so_on_both_faces(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    build_topic(LIBRARY, "running", path, DAY, layout="card", draft=True)
    with PdfFile(path) as pdf:
        assert all(page.text.count(LIBRARY.handout("running").labels.draft) >= 10 for page in pdf.pages)
        assert_well_set(pdf, side=5, end=5)


# The diary -------------------------------------------------------------------------------------------------------

DAYS = 28
ROWS = {"running": 2 + 2 * 2 + 3, "walking": 2 + 1 + 1 + 1, "cramp": 2 + 2, "stairs": 2 + 1 + 1 + 1, "selfcare": 4 + 4}
"""Rows of boxes by the doses: each leg, each time a day."""


@pytest.fixture(scope="module", params=[(topic, edition) for edition in ("standard", "large") for topic in GUIDES])
def diary(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    topic, edition = request.param
    return made(tmp_path_factory.mktemp("diary"), topic, "diary", Edition(edition))


def boxes(path: Path, pages: int) -> Iterator[tuple[float, float]]:
    """Width and height of every upright rectangle that a hand may write in, mm."""
    for number in range(1, pages + 1):
        for left, top, right, bottom in drawn(path, number):
            if 6.9 < right - left < 20 and 6.9 < bottom - top < 12:
                yield right - left, bottom - top


def test_every_day_has_a_box_for_each_leg_and_each_time(diary: Built) -> None:
    large = "large" in diary.path.name
    found = [(width, height) for width, height in boxes(diary.path, diary.sides)]
    square = [width for width, height in found if abs(width - height) < 0.2]
    # The triangle of the warning box is as large, but there is one of it.
    pain = Counter(round(width, 1) for width, height in found if width - height > 0.5).most_common(1)[0]
    assert len(square) == DAYS * ROWS[diary.path.name.split("-")[0]]
    assert pain[1] == DAYS
    assert min(square) >= (9 if large else 7) - 0.01


def test_it_says_what_to_do_which_leg_and_when_to_stop(diary: Built) -> None:
    handout = LIBRARY.handout(diary.path.name.split("-")[0])
    with PdfFile(diary.path) as pdf:
        said = solid("".join(page.text for page in pdf.pages))
        sizes = [one.size for page in pdf.pages for one in page.characters if one.text.strip()]
        assert_well_set(pdf)
    assert all(solid(sign.text) in said for sign in handout.signs)
    assert handout.exercises
    for entry in handout.exercises:
        assert solid(entry.exercise.short) in said
        assert solid(entry.exercise.stop) in said
        if entry.dose:
            assert solid(entry.dose.hold or entry.dose.repetitions or "") in said
    days = "".join(str(day) for day in range(1, 8))
    assert days in said
    # Each of these topics has an exercise for both legs: a row for each in every strip.
    assert said.count("右") == said.count("左") >= (4 if "large" in diary.path.name else 2)
    assert solid(handout.labels.diary.bring) in said
    assert "お名前" in said, "whoever is brought the sheet knows whose it is"
    assert solid(handout.clinic.phone) in said
    assert min(sizes) >= (14 if "large" in diary.path.name else 10.5)


def test_a_sheet_for_one_knee_or_both_has_the_rows_of_its_legs(tmp_path: Path) -> None:
    counts = {}
    for side in (Side.RIGHT, Side.LEFT, Side.BOTH):
        built = made(tmp_path, "running", "diary", side=side)
        square = [1 for width, height in boxes(built.path, built.sides) if abs(width - height) < 0.2]
        with PdfFile(built.path) as pdf:
            said = solid("".join(page.text for page in pdf.pages))
        counts[side] = (len(square) // DAYS, said.count("1回目右") // 2, said.count("1回目左") // 2)
    # A 床で伸ばす and B 指かけ are done with both legs in any case, C もみほぐし with the one that hurts.
    assert counts == {Side.RIGHT: (9, 2, 1), Side.LEFT: (9, 1, 2), Side.BOTH: (12, 2, 2)}


# All three -------------------------------------------------------------------------------------------------------


def test_they_are_valid_to_both_validators(tmp_path: Path) -> None:
    ways = [("running", "booklet"), ("running", "card"), ("running", "diary")]
    paths = [made(tmp_path, topic, layout).path for topic, layout in ways]
    paths.append(made(tmp_path, "walking", "booklet", Edition.LARGE).path)
    results = verapdf(paths, ("ua1", "2a")) + [page_validation(path, kind) for path in paths for kind in ("ua1", "2a")]
    assert len(results) == 4 * len(paths)
    assert not [str(result) for result in results if not result.valid]


def test_a_form_is_on_none_of_them(tmp_path: Path) -> None:
    for layout in ("booklet", "card", "diary"):
        with pytest.raises(Problems) as caught:
            made(tmp_path, "visit", layout)
        assert all("--layout a4" in problem.hint for problem in caught.value)


def test_what_cannot_be_put_on_its_sheet_is_told() -> None:
    booklet, card = LIBRARY.layout("booklet"), LIBRARY.layout("card")
    assert list(layout_rules(booklet)) == list(layout_rules(card)) == []
    assert booklet.saddle
    assert card.repeat
    small = PageSize(width=210, height=148.5)
    wrong = {
        "2倍": replace(booklet, saddle=replace(booklet.saddle, sheet=small)),
        "edge: short": replace(booklet, edge=Edge.LONG),
        "edge: long": replace(card, edge=Edge.SHORT),
        "紙の端まで": replace(card, repeat=replace(card.repeat, down=6)),
        "どちらか1つだけ": replace(card, saddle=booklet.saddle),
        "切るときのずれ": replace(card, margins=replace(card.margins, left=3)),
    }
    for words_of_it, layout in wrong.items():
        assert any(words_of_it in f"{problem.message}{problem.hint}" for problem in layout_rules(layout)), words_of_it
