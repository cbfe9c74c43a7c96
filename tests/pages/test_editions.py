"""Large print, readings and やさしい日本語: sizes on paper, every text there, every warning sign with its numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from handouts.build import build_topic
from handouts.checks.file import Character, Element, Page, PdfFile
from handouts.editions import in_edition
from handouts.library import Library
from handouts.model import Edition, Handout
from handouts.problems import Problems
from handouts.sides import sided
from handouts.text.markup import plain
from tests.pages.printed import printed_texts
from tests.pages.reading import MM, NOT_AT_END, NOT_AT_START, lines, overlaps, solid

LIBRARY = Library()
DAY = date(2026, 11, 22)
TOPICS = LIBRARY.topics()
EASY = [name for name in TOPICS if LIBRARY.topic(name).easy]
OTHERS = (Edition.LARGE, Edition.RUBY, Edition.EASY)
BODY = {Edition.STANDARD: 12, Edition.LARGE: 18, Edition.RUBY: 14, Edition.EASY: 14}
NOTES = {Edition.STANDARD: 10.5, Edition.LARGE: 14, Edition.RUBY: 13, Edition.EASY: 13}
READING = 6.5
"""pt of a reading, at least."""
MADE = [(name, edition) for name in TOPICS for edition in Edition if edition is not Edition.EASY or name in EASY]
"""Every topic in every edition that it is offered in."""
KANA_IN_BRACKETS = re.compile("[(\uff08][ぁ-ゖー]+[)\uff09]")
"""A reading beside its word: an edition that prints it above does not print it twice."""
NUMBER = re.compile("#?[0-9]+")


@cache
def folder() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix="editions"))


@cache
def built(name: str, edition: Edition, layout: str = "a4") -> Path:
    """The sheet, built once."""
    target = folder() / f"{name}-{layout}-{edition.value}.pdf"
    done = build_topic(LIBRARY, name, target, DAY, layout=layout, edition=edition)
    assert done.unread == ()
    return target


def parted(characters: Sequence[Character]) -> tuple[list[Character], list[Character]]:
    """Text, and the readings: kana half as large as what they are drawn right after."""
    text: list[Character] = []
    readings: list[Character] = []
    for one in characters:
        kana = "ぁ" <= one.text <= "ゖ" or one.text == "ー"
        half = bool(text) and abs(2 * one.size - text[-1].size) < 0.01
        (readings if kana and half else text).append(one)
    return text, readings


def text_of(page: Page) -> list[Character]:
    """What is seen of a page, without readings."""
    return parted([one for one in page.characters if one.visible and one.text.strip()])[0]


def body_texts(handout: Handout) -> list[str]:
    """What a reader reads line by line."""
    topic = handout.topic
    texts = [sign.text for sign in handout.signs]
    texts += [cause.text for cause in topic.causes.items] if topic.causes else []
    texts += [tip.text for tip in topic.tips.items] if topic.tips else []
    texts += [step for entry in handout.exercises for step in (*entry.exercise.steps, entry.exercise.stop)]
    texts += [*topic.questions.items] if topic.questions else []
    texts += [*topic.summary.items] if topic.summary else []
    texts += [text for item in topic.answers.items for text in (item.question, item.answer)] if topic.answers else []
    return [plain(sided(text, None)) for text in texts]


def bare(text: str) -> str:
    """A text as it is compared: solid, without readings in brackets."""
    return KANA_IN_BRACKETS.sub("", solid(text))


def read_aloud(element: Element) -> str:
    """The text of an element and all below it in reading order, without readings (RT)."""
    if element.role == "RT":
        return ""
    if element.actual_text or element.alt:
        return element.actual_text or element.alt
    return "".join(kid if isinstance(kid, str) else read_aloud(kid) for kid in element.kids)


@pytest.mark.parametrize(("name", "edition"), MADE)
def test_sizes_on_paper(name: str, edition: Edition) -> None:
    with PdfFile(built(name, edition)) as pdf:
        shown = [one for page in pdf.pages for one in page.characters if one.visible and one.text.strip()]
    seen, over = parted(shown)
    readings = {one.size for one in over}
    assert min(one.size for one in seen) >= NOTES[edition]
    large = solid("".join(one.text for one in seen if one.size >= BODY[edition]))
    texts = body_texts(in_edition(LIBRARY.handout(name), edition))
    assert len(texts) > 10
    assert [text for text in texts if bare(text) not in bare(large)] == []
    if edition in (Edition.RUBY, Edition.EASY):
        assert readings
        assert min(readings) >= READING


@pytest.mark.parametrize(("name", "edition"), [one for one in MADE if one[1] in OTHERS])
def test_every_text_is_on_paper_in_reading_order(name: str, edition: Edition) -> None:
    with PdfFile(built(name, edition)) as pdf:
        whole = bare(read_aloud(pdf.tree))
    position = 0
    texts = printed_texts(in_edition(LIBRARY.handout(name), edition))
    assert len(texts) > 60
    for text in texts:
        found = whole.find(bare(text), position)
        assert found >= 0, f"not found in tag order: {text}"
        position = found + len(bare(text))


@pytest.mark.parametrize(("name", "edition"), [one for one in MADE if one[1] in OTHERS])
def test_pages_are_well_set(name: str, edition: Edition) -> None:
    """No character on another, readings included; no forbidden line start or end; no side with next to nothing on it.

    No side ends with a heading: the lowest text above the foot is smaller than one.
    """
    with PdfFile(built(name, edition)) as pdf:
        for page in pdf.pages:
            assert page.unmapped() == []
            assert page.near_edge(5) == []
            assert overlaps(page.characters) == []
            text = text_of(page)
            seen = [line.strip() for line in lines(text) if line.strip()]
            if edition is Edition.LARGE:  # a reading parts the line it stands over
                assert [line for line in seen if line[0] in NOT_AT_START and len(line) > 1] == []
                assert [line for line in seen if line[-1] in NOT_AT_END] == []
            foot = page.height - 20 * MM
            lowest = max((one for one in text if one.bottom < foot), key=lambda one: one.bottom)
            assert lowest.bottom > page.height / 3
            if page.number < len(pdf.pages):
                assert lowest.size < 1.25 * BODY[edition]


@pytest.mark.parametrize("edition", [Edition.RUBY, Edition.EASY])
def test_a_reading_stands_over_every_word_above_the_grade(edition: Edition) -> None:
    """Judged by the tag tree: what is no base of a reading has no kanji that primary school teaches later, or never."""
    from handouts.text.ruby import grade_of

    with PdfFile(built("running", edition)) as pdf:
        elements = [element for _, element in pdf.tree.walk()]
    groups = [element for element in elements if element.role == "Ruby"]
    assert len(groups) > 60
    for group in groups:
        base, reading = group.kids
        assert isinstance(base, Element)
        assert isinstance(reading, Element)
        assert (base.role, reading.role) == ("RB", "RT")
        assert re.fullmatch("[ぁ-ゖー]+", reading.text)
        assert grade_of(base.text)
    above = 6 if edition is Edition.RUBY else 2
    unread = [one.text for one in elements if one.role not in ("RB", "RT") and grade_of(one.text) > above]
    assert unread == []


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A clinic where #7119 is served, with a topic that has every warning sign there is."""
    folder = tmp_path_factory.mktemp("clinic")
    clinic = Path(LIBRARY.folders.clinic_file().path).read_text("utf-8")
    (folder / "clinic.yaml").write_text(clinic + "emergency_line: true\n", "utf-8")
    (folder / "topics").mkdir()
    signs = ", ".join(LIBRARY.warnings().signs)
    (folder / "topics" / "everything.yaml").write_text(f"extends: running\nsigns: [{signs}]\n", "utf-8")
    return Library(folder)


@pytest.mark.parametrize("edition", [Edition.STANDARD, *OTHERS])
def test_every_warning_sign_is_in_every_edition_with_the_same_numbers(
    everything: Library, edition: Edition, tmp_path: Path
) -> None:
    path = build_topic(everything, "everything", tmp_path / "x.pdf", DAY, edition=edition).path
    with PdfFile(path) as pdf:
        text = solid("".join(one.text for page in pdf.pages for one in text_of(page)))
    signs = everything.warnings().signs
    assert len(signs) >= 24
    for sign in signs.values():
        said = sign.easy if edition is Edition.EASY else sign.text
        assert said
        assert solid(said) in text
        assert NUMBER.findall(said) == NUMBER.findall(sign.text)
    now = everything.warnings().steps[next(iter(everything.warnings().steps))]
    easy = now.easy.with_emergency_line if now.easy and edition is Edition.EASY else now.with_emergency_line
    assert easy
    assert solid(easy) in text
    assert sorted(NUMBER.findall(easy)) == ["#7119", "119"]
    assert text.count("119番") == 1 + sum(sign.call for sign in signs.values())


@pytest.mark.parametrize("edition", OTHERS)
def test_one_leaf_has_the_signs_on_its_front_and_an_exercise_on_its_back(edition: Edition) -> None:
    with PdfFile(built("running", edition, "a4-one")) as pdf:
        front, back = ("".join(one.text for one in text_of(page)) for page in pdf.pages)
        smallest = min(one.size for page in pdf.pages for one in text_of(page))
    handout = in_edition(LIBRARY.handout("running"), edition)
    assert [sign.text for sign in handout.signs if solid(sign.text) not in solid(front)] == []
    exercise = handout.exercises[0].exercise
    assert [step for step in exercise.steps if solid(plain(sided(step, None))) not in solid(back)] == []
    assert handout.clinic.phone in back
    assert smallest >= NOTES[edition]


def test_easy_is_refused_where_a_topic_has_no_easy_texts(tmp_path: Path) -> None:
    assert EASY == ["running", "selfcare"]
    with pytest.raises(Problems) as caught:
        build_topic(LIBRARY, "walking", tmp_path / "x.pdf", DAY, edition=Edition.EASY)
    (problem,) = caught.value
    assert "やさしい日本語" in problem.message
    assert "ruby" in problem.hint
    assert not (tmp_path / "x.pdf").exists()


def test_figures_are_larger_in_large_print() -> None:
    standard, large = (_tallest(built("running", edition)) for edition in (Edition.STANDARD, Edition.LARGE))
    assert large > 1.5 * standard


def _tallest(path: Path) -> float:
    """Height of the tallest figure in pt, from the boxes in the tag tree."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        boxes = [[float(edge) for edge in one["/A"][0]["/BBox"]] for one in figures]
    return max(top - bottom for _, bottom, _, top in boxes)


def test_an_approval_pins_easy_texts_and_readings(tmp_path: Path) -> None:
    clinic = Path(LIBRARY.folders.clinic_file().path).read_text("utf-8")
    (tmp_path / "clinic.yaml").write_text(clinic, "utf-8")
    (tmp_path / "common").mkdir()
    before = Library(tmp_path)
    first = before.digest(before.handout("running"))
    (tmp_path / "common" / "readings.yaml").write_text("蝶: ちょう\n", "utf-8")
    unused = Library(tmp_path)
    assert unused.digest(unused.handout("running")) == first
    (tmp_path / "common" / "readings.yaml").write_text("膝: しつ\n", "utf-8")
    reread = Library(tmp_path)
    assert reread.digest(reread.handout("running")) != first
    (tmp_path / "common" / "readings.yaml").unlink()
    signs = "signs:\n  breath-chest: {step: now, text: 息が苦しい・胸が痛い, call: true, sources: [forth-vte]%s}\n"
    digests = []
    for easy in ("", ", easy: 息が苦しいか、胸が痛いです。"):
        (tmp_path / "common" / "warning-signs.yaml").write_text(signs % easy, "utf-8")
        library = Library(tmp_path)
        digests.append(library.digest(library.handout("running")))
    assert digests[0] != digests[1]


def test_a_clinic_that_says_a_title_anew_does_not_keep_the_old_one_in_easy_words(tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text(Path(LIBRARY.folders.clinic_file().path).read_text("utf-8"), "utf-8")
    (tmp_path / "topics").mkdir()
    written = {"kept": "extends: running\nedition: 2\n", "anew": "extends: running\ntitle: 走った後の膝の裏\n"}
    for name, text in written.items():
        (tmp_path / "topics" / f"{name}.yaml").write_text(text, "utf-8")
    library = Library(tmp_path)
    assert library.topic("kept").easy
    assert library.topic("anew").easy is None
