"""The personalised sheet, measured on the finished file: signs, sides, days and boxes, the name, sizes, room."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTCurve, LTRect

from handouts.checks.file import Element, PdfFile
from handouts.consult.changes import Change, Kind
from handouts.consult.plan import Plan, plan
from handouts.consult.sheet import set_personal
from handouts.library import Library
from handouts.model import Approval, Edition, Review, Role, Step
from handouts.model.consultation import Choice, Consultation, Knee, Paper, Patient, Place, Visit
from handouts.pages.sheet import Drawing
from handouts.pdf import write
from handouts.problems import Problems
from handouts.sides import sided
from tests.pages.reading import MM, assert_well_set, overlaps, solid
from tests.validators.pagevalidation import page_validation
from tests.validators.verapdf import verapdf

LIBRARY = Library()
TODAY = date(2026, 11, 22)
CODE = "7KQ4-XM2P-R"
NAME = "山田 花子"
EXERCISES = ("hamstring-chair", "hamstring-floor", "thigh-knead", "calf-wall", "hamstring-hook")
LONG_NAME = "ワタナベ・アレクサンドラ・マリア・デ・ラ・クルス・サントス・フェルナンデス渡邉龍之介ウィリアムズ左衛門尉"
NOTE = "朝起きてすぐは体が硬いので、5分ほど歩いてから行います。痛みが強い日は休みます。"
WEEKDAYS = "月火水木金土日"
BOX = 6.2 * MM
LARGE_BOX = 9 * MM


def planned(**said: Any) -> Plan:
    """A plan for a patient with a right knee, where nothing else is said."""
    usual: dict[str, Any] = {
        "topics": ("running",),
        "patient": Patient(name=NAME),
        "side": Knee.RIGHT,
        "date": TODAY.isoformat(),
        "practitioner": "理学療法士 佐藤 次郎",
        "places": (Place.OUTER,),
    }
    exercises = said.pop("exercises", None)
    if exercises is not None:
        said["exercises"] = tuple(one if isinstance(one, Choice) else Choice(exercise=one) for one in exercises)
    return plan(LIBRARY, Consultation(**(usual | said)), TODAY)


def visit(days: int, start: date = TODAY) -> Visit:
    return Visit(date=(start + timedelta(days=days)).isoformat(), time="10:00")


def changed(found: Plan, *changes: Change) -> Plan:
    return dataclasses.replace(found, changes=changes, has_previous=True)


ONE = (Choice(exercise="hamstring-chair", hold="20秒", repetitions="3回", per_day="2回"),)
CASES: dict[str, Callable[[], Plan]] = {
    "one": lambda: planned(exercises=ONE, next_visit=visit(15), avoid=("走ること", "正座"), notes=(NOTE,)),
    "two": lambda: planned(exercises=EXERCISES[1:3], next_visit=visit(15)),
    "much": lambda: planned(
        exercises=EXERCISES[1:3],
        next_visit=visit(15),
        findings=("押すと痛む",),
        avoid=("走ること", "正座", "冷やすこと"),
        notes=(NOTE, NOTE),
    ),
    "three-left": lambda: planned(exercises=EXERCISES[:3], side=Knee.LEFT, next_visit=visit(8)),
    "four-both": lambda: planned(exercises=EXERCISES[:4], side=Knee.BOTH, places=tuple(Place)),
    "five": lambda: planned(exercises=EXERCISES, next_visit=visit(29)),
    "mono": lambda: planned(exercises=EXERCISES[:2], side=Knee.LEFT, places=(), paper=Paper.MONO),
    "long": lambda: planned(
        exercises=EXERCISES[:2],
        patient=Patient(
            name=LONG_NAME, reading="わたなべ あれくさんどら まりあ で ら くるす さんとす ふぇるなんです うぃりあむず"
        ),
        findings=(NOTE,) * 4,
        notes=(NOTE,) * 8,
        avoid=(NOTE,) * 6,
        next_visit=visit(8),
    ),
    "solid": lambda: planned(
        exercises=EXERCISES[:1], patient=Patient(name="W" * 60), side=Knee.LEFT, next_visit=visit(29)
    ),
    "topics": lambda: planned(topics=("running", "cramp", "stairs"), exercises=EXERCISES[:1], next_visit=visit(15)),
    "large": lambda: planned(exercises=EXERCISES[:2], edition=Edition.LARGE, next_visit=visit(15)),
    "large-long": lambda: planned(
        exercises=EXERCISES,
        edition=Edition.LARGE,
        side=Knee.BOTH,
        patient=Patient(name=LONG_NAME),
        notes=(NOTE,) * 4,
        next_visit=visit(29),
    ),
}
LARGE = [name for name in CASES if name.startswith("large")]


@dataclass(frozen=True)
class Made:
    """A sheet as it was planned, and the finished file."""

    plan: Plan
    path: Path

    @property
    def tree(self) -> Element:
        with PdfFile(self.path) as file:
            return file.tree

    def texts(self, role: str) -> list[str]:
        """What is heard of each element of a role, with all in it."""
        return [heard(element) for _, element in self.tree.walk() if element.role == role]


def heard(element: Element) -> str:
    return element.actual_text or "".join(kid if isinstance(kid, str) else heard(kid) for kid in element.kids)


def data_of(found: Plan) -> bytes:
    done = set_personal(LIBRARY, found, CODE, TODAY)
    return write(done.document, done.faces)


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Made]:
    folder = tmp_path_factory.mktemp("personal")

    @cache
    def made(name: str) -> Made:
        path = folder / f"{name}.pdf"
        found = CASES[name]()
        path.write_bytes(data_of(found))
        return Made(found, path)

    return made


def made_of(found: Plan, folder: Path) -> Made:
    path = folder / "sheet.pdf"
    path.write_bytes(data_of(found))
    return Made(found, path)


def squares(path: Path, wide: float, high: float) -> int:
    """How many empty frames of this size (pt, outside) the file draws."""
    frames = [item for page in extract_pages(path) for item in page if isinstance(item, LTRect) and not item.fill]
    return sum(abs(one.width - wide) < 1.5 and abs(one.height - high) < 1.5 for one in frames)


@pytest.mark.parametrize("name", CASES)
def test_every_side_is_well_set(name: str, sheets: Callable[[str], Made]) -> None:
    with PdfFile(sheets(name).path) as file:
        assert_well_set(file)


@pytest.mark.parametrize("name", CASES)
def test_every_sign_of_every_topic_is_there(name: str, sheets: Callable[[str], Made]) -> None:
    made = sheets(name)
    said = {solid(text) for text in made.texts("LBody")}
    topics = [LIBRARY.handout(topic) for topic in made.plan.consultation.topics]
    wanted = [solid(sign.text) + ("119番" if sign.call else "") for topic in topics for sign in topic.signs]
    assert len(wanted) >= 14
    assert [sign for sign in wanted if sign not in said] == []


def test_signs_are_on_the_first_side_of_a_sheet_in_standard_type(sheets: Callable[[str], Made]) -> None:
    for name in CASES:
        if name not in LARGE:
            with PdfFile(sheets(name).path) as file:
                assert "受診が必要なサイン" in file.pages[0].text, name


@pytest.mark.parametrize(("topic", "sides"), [("running", 6), ("stairs", 7), ("selfcare", 5)])
def test_signs_are_on_the_first_side_in_large_type(topic: str, sides: int, tmp_path: Path) -> None:
    found = planned(topics=(topic,), edition=Edition.LARGE, next_visit=visit(15))
    made = made_of(found, tmp_path)
    with PdfFile(made.path) as file:
        said = [solid(page.text) for page in file.pages]
    assert [sign.text for sign in found.handout.signs if solid(sign.text) not in said[0]] == []
    assert "体操の時間" not in said[0]
    assert "体操の時間" in said[1]
    assert "毎日の体操" in said[1]
    assert len(said) == sides
    assert "次に聞くこと" in said[-1], "no side has nothing but the clinic and the sources"


@pytest.mark.parametrize("topic", ["walking", "cramp"])
def test_signs_that_no_side_holds_in_large_type_begin_on_the_first_and_end_on_the_second(
    topic: str, tmp_path: Path
) -> None:
    found = planned(topics=(topic,), edition=Edition.LARGE, next_visit=visit(15))
    with PdfFile(made_of(found, tmp_path).path) as file:
        said = [solid(page.text) for page in file.pages[:2]]
    now = [solid(sign.text) for sign in found.handout.signs if sign.step is Step.NOW]
    assert now
    assert all(sign in said[0] for sign in now)
    assert all(solid(sign.text) in said[0] + said[1] for sign in found.handout.signs)


def test_the_feet_of_large_type_waste_no_line(tmp_path: Path) -> None:
    """Telephone and code run on, on two lines of a side; below the code in squares, sources have the full width."""
    found = planned(topics=("stairs",), edition=Edition.LARGE, next_visit=visit(15))
    with PdfFile(made_of(found, tmp_path).path) as file:
        *sides, last = file.pages
        for page in sides:
            foot = [c for c in page.characters if c.top > page.height - 27 * MM and c.text in "0123456789"]
            assert len({round(c.bottom) for c in foot}) == 2
        commas = [c.right for c in last.characters if c.text == "、" and c.top > last.height - 50 * MM]
        assert max(commas) > 165 * MM


def test_the_widest_minutes_end_left_of_the_figure(tmp_path: Path) -> None:
    found = planned(topics=("walking",), edition=Edition.LARGE, next_visit=visit(15))
    with PdfFile(made_of(found, tmp_path).path) as file:
        for page in file.pages:
            for line in [c for c in page.characters if c.text == "/" and 12 * MM < c.left < 140 * MM and c.size >= 18]:
                assert line.right < 12 * MM + 122.3 * MM - line.size
        assert "22〜29" in "".join(page.text for page in file.pages)


@pytest.mark.parametrize("topic", ["running", "walking", "cramp", "stairs", "selfcare"])
@pytest.mark.parametrize("side", Knee)
def test_exercises_of_a_topic_stand_together_on_one_side(topic: str, side: Knee, tmp_path: Path) -> None:
    found = planned(topics=(topic,), side=side, next_visit=visit(15))
    with PdfFile(made_of(found, tmp_path).path) as file:
        said = [solid(page.text) for page in file.pages]
    names = [solid(sided(entry.exercise.name, found.side)) for entry in found.handout.exercises]
    assert any(all(name in page for name in names) for page in said), (topic, [len(page) for page in said])


def test_questions_stand_two_by_two_where_either_has_room(tmp_path: Path) -> None:
    """Of nine, one is too long for half the width: it has a line of its own, and the order stays."""
    found = planned(topics=("stairs",), next_visit=visit(15))
    made = made_of(found, tmp_path)
    questions = found.handout.topic.questions
    assert questions is not None
    said = [text for text in made.texts("LBody") if text in questions.items]
    assert said == list(questions.items)
    with PdfFile(made.path) as file:
        characters = [c for page in file.pages for c in page.characters]
    printed = "".join(c.text for c in characters)
    starts = [characters[printed.index(text)] for text in questions.items]
    halves = ["right" if start.left > 105 * MM else "left" for start in starts]
    assert halves == ["left", "right", "left", "right", "left", "right", "left", "left", "left"]
    assert len({round(start.top) for start in starts}) == 6


def test_two_sides_are_the_rule(sheets: Callable[[str], Made]) -> None:
    for name in ("one", "two", "three-left", "mono", "solid", "much"):
        with PdfFile(sheets(name).path) as file:
            assert len(file.pages) == 2, name


@pytest.mark.parametrize(
    ("exercises", "side", "days", "rows"),
    [
        (("thigh-knead",), Knee.RIGHT, 14, 3),
        (("hamstring-chair",), Knee.RIGHT, 7, 2),
        (("hamstring-chair",), Knee.LEFT, 1, 2),
        (ONE, Knee.RIGHT, 13, 4),
        (("thigh-knead", "calf-wall"), Knee.BOTH, 28, 8),
    ],
)
def test_boxes_are_days_times_rows(
    exercises: tuple[Any, ...], side: Knee, days: int, rows: int, tmp_path: Path
) -> None:
    made = made_of(planned(exercises=exercises, side=side, next_visit=visit(days + 1)), tmp_path)
    assert squares(made.path, BOX, BOX) == days * rows
    assert squares(made.path, 8.4 * MM, BOX) == days


def test_boxes_are_one_a_day_where_more_would_take_a_third_side(sheets: Callable[[str], Made], tmp_path: Path) -> None:
    made = sheets("three-left")
    assert squares(made.path, BOX, BOX) in (7 * 7, 7 * 5)
    many = made_of(planned(exercises=("thigh-knead", "hamstring-hook"), next_visit=visit(29)), tmp_path)
    assert squares(many.path, BOX, BOX) == 28 * 3
    assert any("できた日の" in text for text in many.texts("P"))
    assert any("できた回の" in text for text in sheets("one").texts("P"))


def test_large_boxes(sheets: Callable[[str], Made]) -> None:
    assert squares(sheets("large").path, LARGE_BOX, LARGE_BOX) == 14 * 4


def days_of(made: Made) -> list[str]:
    return [text for text in made.texts("TH") if re.fullmatch(r"\d+月\d+日\(.\)", text)]


@pytest.mark.parametrize(
    ("start", "days"), [("2026-11-22", 14), ("2026-12-20", 27), ("2028-02-20", 20), ("2027-02-20", 13)]
)
def test_dates_and_weekdays_run_on_over_months_and_years(start: str, days: int, tmp_path: Path) -> None:
    first = date.fromisoformat(start)
    made = made_of(planned(exercises=EXERCISES[:1], date=start, next_visit=visit(days + 1, first)), tmp_path)
    wanted = [first + timedelta(days=number) for number in range(1, days + 1)]
    assert days_of(made) == [f"{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})" for day in wanted]
    with PdfFile(made.path) as file:
        printed = "".join(page.text for page in file.pages)
    for before, day in pairwise(wanted):
        assert (f"{day.month}/{day.day}" in printed) >= (day.month != before.month)


def test_without_a_visit_two_weeks_and_a_blank_date(tmp_path: Path) -> None:
    made = made_of(planned(exercises=EXERCISES[:1]), tmp_path)
    assert len(days_of(made)) == 14
    assert any(solid(text) == "月日曜日時分" for text in made.texts("P"))


def test_a_visit_far_away_has_four_weeks_and_one_tomorrow_none(tmp_path: Path) -> None:
    assert len(days_of(made_of(planned(exercises=EXERCISES[:1], next_visit=visit(90)), tmp_path))) == 28
    assert days_of(made_of(planned(exercises=EXERCISES[:1], next_visit=visit(1)), tmp_path)) == []


@pytest.mark.parametrize(("when", "said"), [(visit(15), "12月7日(月) 10:00"), (Visit(date="2027-01-01"), "1月1日(金)")])
def test_the_next_visit_is_large(when: Visit, said: str, tmp_path: Path) -> None:
    made = made_of(planned(exercises=EXERCISES[:1], next_visit=when), tmp_path)
    assert said in made.texts("P")
    with PdfFile(made.path) as file:
        large = "".join(c.text for page in file.pages for c in page.characters if c.size == 17)
    assert solid(said) in solid(large)


WORDS = {Knee.RIGHT: "右", Knee.LEFT: "左"}
OTHER = {Knee.RIGHT: Knee.LEFT, Knee.LEFT: Knee.RIGHT}
PLACES = {Place.INNER: "内側", Place.MIDDLE: "真ん中", Place.OUTER: "外側"}


@pytest.mark.parametrize("place", [None, *Place])
@pytest.mark.parametrize("side", Knee)
def test_the_marked_knee_is_the_one_that_is_named(side: Knee, place: Place | None, tmp_path: Path) -> None:
    """The ring's place on paper, the words beside the figure and the row of the head agree."""
    made = made_of(planned(exercises=EXERCISES[:1], side=side, places=(place,) if place else ()), tmp_path)
    said = f"{WORDS.get(side, '両')}膝の裏" + (f"、{PLACES[place]}" if place else "")
    assert said in made.texts("TD")
    assert [f.alt for _, f in made.tree.walk() if f.alt and said in f.alt and "後ろから" in f.alt]
    page = next(iter(extract_pages(made.path)))
    curves = [item for item in page if isinstance(item, LTCurve) and item.x0 > 135 * MM and item.y0 > page.height / 2]
    rings = [item for item in curves if 7 * MM < item.width < 9 * MM and abs(item.width - item.height) < 1]
    spots = [item for item in curves if 1.2 * MM < item.width < 1.8 * MM and 4 * MM < item.height < 5 * MM]
    with PdfFile(made.path) as file:
        words = {
            c.text: c for c in file.pages[0].characters if c.text in "左右" and c.left > 135 * MM and c.top < 90 * MM
        }
    middle = (words["左"].left + words["右"].right) / 2
    assert words["左"].right < middle < words["右"].left
    marked = {"右" if (ring.x0 + ring.x1) / 2 > middle else "左" for ring in rings}
    assert len(rings) == len(marked)
    assert marked == {word for word, c in words.items() if "Bold" in c.font}
    assert marked == ({WORDS[side]} if side in WORDS else {"左", "右"})
    outward = {Place.INNER: -1, Place.OUTER: 1}.get(place or Place.MIDDLE, 0)
    assert spots
    for spot in spots:
        ring = min(rings, key=lambda ring: abs(ring.x0 + ring.x1 - spot.x0 - spot.x1))
        off = (spot.x0 + spot.x1 - ring.x0 - ring.x1) / 2
        away = 1 if (ring.x0 + ring.x1) / 2 > middle else -1
        assert (off * away > 1 * MM) == (outward > 0)
        assert (off * away < -1 * MM) == (outward < 0)


@pytest.mark.parametrize("side", [Knee.RIGHT, Knee.LEFT])
def test_pictures_and_steps_turn_with_the_side(side: Knee, tmp_path: Path) -> None:
    found = planned(exercises=EXERCISES[:2], side=side)
    drawn, other = turned(found), turned(planned(exercises=EXERCISES[:2], side=OTHER[side]))
    assert drawn.pop("back-body") == other.pop("back-body") is False
    assert drawn.keys() == other.keys() == {"chair-hamstring", "floor-hamstring"}
    assert all(drawn[name] != other[name] for name in drawn)
    steps = "".join(made_of(found, tmp_path).texts("LBody"))
    assert f"{WORDS[side]}かかと" in steps
    assert f"{WORDS[OTHER[side]]}かかと" not in steps


@pytest.mark.parametrize("side", Knee)
@pytest.mark.parametrize(
    "exercise", ["hamstring-chair", "hamstring-hook", "popliteus-release", "thigh-knead", "stairs-rail"]
)
def test_steps_dose_and_diary_mean_the_same_legs(exercise: str, side: Knee, tmp_path: Path) -> None:
    """Whoever is to treat both legs reads it in all three places, whoever is to treat one in none."""
    found = planned(exercises=(exercise,), side=side, next_visit=visit(8))
    made = made_of(found, tmp_path)
    headers, steps = made.texts("TH"), made.texts("LBody")
    both = all(any(re.fullmatch(f"A .*{leg}", text) for text in headers) for leg in "右左")
    assert both is ("左右" in headers)
    one_knee = side is not Knee.BOTH
    assert [text for text in steps if text.endswith("も同じように行います。")] == (
        [f"{WORDS[OTHER[side]]}も同じように行います。"] if both and one_knee else []
    )
    assert both is (exercise not in ("thigh-knead", "stairs-rail") or (exercise == "thigh-knead" and not one_knee))


def test_the_other_leg_is_said_once_where_it_would_take_a_third_side(tmp_path: Path) -> None:
    made = made_of(planned(next_visit=visit(15)), tmp_path)
    with PdfFile(made.path) as file:
        assert len(file.pages) == 2
    assert "A・Bは、左も同じように行います。" in made.texts("P")
    assert not [text for text in made.texts("LBody") if "同じように" in text]


def test_two_painful_knees_take_twice_the_time(tmp_path: Path) -> None:
    one, two = (planned(exercises=("thigh-knead",), side=side).minutes for side in (Knee.RIGHT, Knee.BOTH))
    assert (one, two) == ("4〜18", "8〜36")


def turned(found: Plan) -> dict[str, bool]:
    """Which pictures are mirrored, by name."""
    sheets = set_personal(LIBRARY, found, CODE, TODAY).document.sheets
    return {one.picture.name: one.mirrored for sheet in sheets for one in sheet.items if isinstance(one, Drawing)}


NAMES = [
    "髙﨑 𠮷雄",
    "渡邉\U000e0101 花子",
    "葛\U000e0100城 辻\U000e0101子",
    "ﾔﾏﾀﾞ ﾊﾅｺ",
    "山田\u3000花子",
    "か\u3099く 太郎",
    "Ana María Núñez-O’Brien",
    "{山*田|花}\\子",
    LONG_NAME,
    "W" * 60,
    "Maximilian-Alexander von und zu Hohenzollern-Sigmaringen III",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_is_extracted_as_it_was_written(name: str, tmp_path: Path) -> None:
    made = made_of(planned(exercises=EXERCISES[:1], patient=Patient(name=name)), tmp_path)
    assert made.texts("Span")[0] == name
    assert made.texts("Span")[1] == "様"
    with PdfFile(made.path) as file:
        # Marks and selectors have the box of their base.
        bases = [[c for c in page.characters if unicodedata.category(c.text) != "Mn"] for page in file.pages]
    assert [overlaps(characters) for characters in bases] == [[]] * len(bases)


def test_a_title_that_is_in_the_name_is_not_said_twice(tmp_path: Path) -> None:
    made = made_of(planned(exercises=EXERCISES[:1], patient=Patient(name="見本 花子様")), tmp_path)
    assert made.texts("Span")[0] == "見本 花子様"
    assert "様" not in made.texts("Span")


def test_a_short_name_is_large_and_a_long_one_smaller_but_whole(sheets: Callable[[str], Made]) -> None:
    def sizes(name: str, written: str) -> set[float]:
        with PdfFile(sheets(name).path) as file:
            return {c.size for c in file.pages[0].characters if c.text == written and 35 * MM < c.top < 80 * MM}

    assert 17 in sizes("two", "花")
    assert sizes("solid", "W") == {12}


def test_the_name_is_on_the_paper_and_nowhere_else(sheets: Callable[[str], Made], tmp_path: Path) -> None:
    made = made_of(planned(patient=Patient(name="鷹匠", reading="たかじょう", id="P-4711")), tmp_path)
    with pikepdf.open(made.path) as pdf:
        outside = [str(pdf.docinfo), bytes(pdf.Root.Metadata.read_bytes()).decode()]
        outside += [str(one) for one in pdf.objects if isinstance(one, pikepdf.String)]
        assert pdf.docinfo["/Title"] == "膝の体操メモ"
    alts = [element.alt + element.actual_text for _, element in made.tree.walk()]
    assert not [text for text in outside + alts if "鷹匠" in text or "たかじょう" in text or "4711" in text]
    assert "鷹匠" in "".join(made.texts("Span"))


def test_the_code_is_on_every_side_and_alone_in_the_qr_code(sheets: Callable[[str], Made]) -> None:
    for name in CASES:
        made = sheets(name)
        with PdfFile(made.path) as file:
            for page in file.pages:
                assert CODE in page.text, name
        codes = [element.alt for _, element in made.tree.walk() if "QR" in element.alt]
        assert codes == [f"整理番号のQRコード(https://example.jp/knee#{CODE})"]


def test_without_an_address_the_qr_code_is_the_code(tmp_path: Path) -> None:
    found = planned(exercises=EXERCISES[:1])
    clinic = replace(found.handout.clinic, url=None, hours=(), postal_code=None)
    made = made_of(dataclasses.replace(found, handout=replace(found.handout, clinic=clinic)), tmp_path)
    assert [one.alt for _, one in made.tree.walk() if "QR" in one.alt] == [f"整理番号のQRコード({CODE})"]
    with PdfFile(made.path) as file:
        assert_well_set(file)


@pytest.mark.parametrize(
    ("review", "said", "foot"),
    [
        (Review.MISSING, "確認前の見本", "確認前の見本"),
        (Review.EXPIRED, "内容の確認期限切れ", "内容の確認期限切れ"),
        (Review.CHANGED, "確認前の見本", "確認後に内容が変わった見本"),
    ],
)
def test_the_state_of_the_review_is_said_twice(review: Review, said: str, foot: str, tmp_path: Path) -> None:
    made = made_of(dataclasses.replace(planned(exercises=EXERCISES[:1]), review=review), tmp_path)
    assert said in made.texts("P")
    with PdfFile(made.path) as file:
        assert all(
            page.text.count(foot) == (1 if number or said != foot else 2) for number, page in enumerate(file.pages)
        )


def test_nothing_is_said_where_all_is_approved(tmp_path: Path) -> None:
    found = planned(exercises=EXERCISES[:1])
    approval = Approval(by="山本 一郎", role=Role.DOCTOR, on="2026-11-01", content="0" * 64)
    handout = replace(found.handout, approval=approval, approved=True)
    made = made_of(dataclasses.replace(found, handout=handout, review=Review.VALID), tmp_path)
    with PdfFile(made.path) as file:
        texts = [page.text for page in file.pages]
    assert not any("確認前" in text for text in texts)
    assert all("監修 医師 山本 一郎(2026年11月)" in text for text in texts)


def test_who_explained_it_state_and_disclaimer(sheets: Callable[[str], Made]) -> None:
    for name in CASES:
        made = sheets(name)
        with PdfFile(made.path) as file:
            last, first = file.pages[-1].text, file.pages[0].text
        assert "この資料は診断に代わるものではありません。" in solid(last), name
        assert "確認前の見本" in first, name
        assert "理学療法士 佐藤 次郎" in made.texts("TD"), name


def test_every_change_is_printed(tmp_path: Path) -> None:
    changes = [
        Change(Kind.DOSE, "hamstring-chair", "椅子で太ももの裏を伸ばす", "20秒 × 1日1回", "20秒 × 3回 × 1日2回"),
        Change(Kind.ADDED, "calf-wall", "壁でふくらはぎを伸ばす", after="10秒"),
        Change(Kind.DROPPED, "thigh-knead", "太ももの裏をもみほぐす", before="2〜3分"),
    ]
    made = made_of(changed(planned(exercises=ONE), *changes), tmp_path)
    said = [solid(text) for text in made.texts("LBody")]
    assert [change.text for change in changes if solid(change.text) not in said] == []
    assert "前回からの変更" in made.texts("H2")
    same = made_of(changed(planned(exercises=ONE)), tmp_path)
    assert "体操も用量も、前回と同じです。" in same.texts("LBody")
    assert "前回からの変更" not in made_of(planned(exercises=ONE), tmp_path).texts("H2")


def test_what_was_written_for_one_patient_stands_as_it_is(tmp_path: Path) -> None:
    odd = r"**朝** {と|夜} の * 1回 \2 **"
    made = made_of(planned(notes=(odd,), avoid=(odd,), findings=(odd,), practitioner=odd), tmp_path)
    assert made.texts("LBody").count(odd) == 2
    assert odd in made.texts("TD")
    assert any(text.endswith(odd) and text != odd for text in made.texts("TD"))


@pytest.mark.parametrize("name", CASES)
def test_no_text_is_smaller_than_its_edition_allows(name: str, sheets: Callable[[str], Made]) -> None:
    least, body = (14, 18) if name in LARGE else (10.5, 12)
    with PdfFile(sheets(name).path) as file:
        characters = [c for page in file.pages for c in page.characters if c.text.strip()]
        assert min(c.size for c in characters) >= least
        hiragana = [c.size for c in characters if "ぁ" <= c.text <= "ん"]
    assert sum(size >= body for size in hiragana) > len(hiragana) / 2


def test_two_validators_find_nothing(sheets: Callable[[str], Made]) -> None:
    paths = [sheets(name).path for name in CASES]
    kinds = ("ua1", "2a")
    results = verapdf(paths, kinds) + [page_validation(path, kind) for path in paths for kind in kinds]
    assert len(results) == 4 * len(CASES)
    assert [str(result) for result in results if not result.valid] == []


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert data_of(CASES["two"]()) == data_of(CASES["two"]())
    assert data_of(CASES["two"]()) != data_of(CASES["mono"]())


@pytest.mark.parametrize("edition", [Edition.RUBY, Edition.EASY])
def test_an_edition_that_is_not_offered_is_refused(edition: Edition) -> None:
    with pytest.raises(Problems) as refused:
        set_personal(LIBRARY, planned(edition=edition), CODE, TODAY)
    assert "standard" in str([problem.hint for problem in refused.value])
    assert NAME not in str(list(refused.value))


def test_one_side_where_all_of_it_fits(tmp_path: Path) -> None:
    """Few signs, one exercise, and nothing to tick, as the next visit is tomorrow."""
    found = planned(exercises=("thigh-knead",), next_visit=visit(1))
    handout = found.handout
    short = replace(handout, signs=(handout.signs[0], handout.signs[-1]), topic=replace(handout.topic, questions=None))
    made = made_of(dataclasses.replace(found, handout=short), tmp_path)
    with PdfFile(made.path) as file:
        assert len(file.pages) == 1
        assert_well_set(file)
