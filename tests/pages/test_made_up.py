"""Topics that nobody wrote, in every layout and edition: all is on paper, or a problem names what is not."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from handouts.checks.file import PdfFile
from handouts.library import Library
from handouts.model import Edition, ExerciseEntry, Handout, Layout
from handouts.pdf import write
from handouts.problems import Problems
from handouts.setting import Job, Setting, set_handout
from handouts.sides import sided
from handouts.text.markup import plain
from tests.pages.reading import MM, overlaps

LIBRARY = Library()
RUBY = 8.5
"""pt: smaller characters are readings, which stand between those of the text."""
DAY = date(2026, 11, 22)
OFFERS = [(name, edition) for name in LIBRARY.layouts() for edition in LIBRARY.layout(name).editions]
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわんー"
KANJI = "膝痛裏足腰筋肉骨関節動作運歩走階段医師薬水分温冷休日時分朝夜左右上下前後内外大小長短強弱高低"
WORDS = [
    "ハムストリングス",
    "MRI",
    "https://example.invalid/a-very-long-address",
    "10〜15回",
    "w" * 60,
    "。",
    "、",
    "「膝」",
]

pieces = st.one_of(
    st.text(KANA + KANJI, min_size=1, max_size=14),
    st.sampled_from(WORDS),
    st.text("abcdefghijk 0123456789", max_size=20),
)


def text(most: int) -> st.SearchStrategy[str]:
    """Japanese with long words, numbers and addresses among it; never only white, never a mark of our own markup."""
    joined = st.lists(pieces, min_size=1, max_size=max(1, most // 8)).map(lambda parts: "".join(parts)[:most].strip())
    return joined.filter(bool)


@cache
def entries() -> list[ExerciseEntry]:
    """Each exercise of the built-in topics once."""
    found = {entry.id: entry for name in LIBRARY.topics() for entry in LIBRARY.handout(name).exercises}
    return list(found.values())


@st.composite
def handouts(draw: st.DrawFn) -> Handout:
    base = LIBRARY.handout(draw(st.sampled_from(["running", "selfcare", "cramp", "stairs"])))
    topic = base.topic
    most = draw(st.sampled_from([1, 4, 60]))

    def some(size: int) -> list[str]:
        return draw(st.lists(text(size), min_size=1, max_size=most))

    causes, check, tips, asked, answers = topic.causes, topic.check, topic.tips, topic.questions, topic.answers
    assert causes is not None
    assert check is not None
    assert tips is not None
    assert asked is not None
    assert answers is not None
    first = causes.items[0]
    causes = replace(
        causes, items=tuple(replace(first, title=one, text=one * 2, short=None, easy=None) for one in some(40))
    )
    row = check.tables[0].rows[0]
    table = replace(check.tables[0], columns=("甲", "乙"), easy=None, strong=2)
    cells = [replace(row, cells=(one, draw(text(30))), easy=None) for one in some(30)]
    check = replace(check, tables=(replace(table, rows=tuple(cells)),))
    tips = replace(tips, items=tuple(replace(tips.items[0], text=one, easy=None) for one in some(60)))
    asked = replace(asked, items=tuple(some(60)), easy=None)
    replies = [
        replace(answers.items[0], question=one, answer=draw(text(80)), short=None, easy=None) for one in some(40)
    ]
    if draw(st.booleans()):
        replies[0] = replace(replies[0], answer=(draw(text(200)) * 3000)[:3000])
    answers = replace(answers, items=tuple(replies))
    used = draw(st.lists(st.sampled_from(entries()), max_size=12, unique_by=lambda entry: entry.id))
    exercises = topic.exercises if used else None
    title, purpose = draw(text(40)), draw(text(40))
    changed = replace(
        topic,
        title=title,
        purpose=purpose,
        causes=draw(st.sampled_from([causes, None])),
        check=draw(st.sampled_from([check, None])),
        tips=draw(st.sampled_from([tips, None])),
        questions=asked,
        answers=draw(st.sampled_from([answers, None])),
        exercises=exercises,
        essential=(),
        # Where the topic has easy texts at all, it is offered in that edition; its own are the made-up ones.
        easy=replace(topic.easy, title=title, purpose=purpose) if topic.easy else None,
    )
    return replace(base, topic=changed, exercises=tuple(used))


def small() -> Handout:
    """A topic with one of each, which every layout has room for."""
    base = LIBRARY.handout("selfcare")
    topic = base.topic
    assert topic.questions is not None
    assert topic.easy is not None
    easy = replace(topic.easy, title=topic.title, purpose=topic.purpose)
    asked = replace(topic.questions, easy=None)
    changed = replace(topic, easy=easy, causes=None, check=None, tips=None, answers=None, questions=asked)
    return replace(base, topic=changed, exercises=base.exercises[:1])


def wanted(handout: Handout, done: Setting, edition: Edition) -> list[str]:
    """Every text that must be on paper, from what the layout takes less what it says was left out."""
    topic, takes = handout.topic, {block.value for block in done.layout.takes}
    shown = takes - {block.value for block in done.form.dropped}
    texts = []
    if takes & {"header", "cover"}:
        texts += [topic.title] if "diary" in takes else [topic.title, topic.purpose]
    if "causes" in shown and topic.causes:
        texts += [part for item in topic.causes.items for part in (item.title, item.text)]
    if "check" in shown and topic.check:
        texts += [cell for table in topic.check.tables for row in table.rows for cell in row.cells]
    if "tips" in shown and topic.tips:
        texts += [tip.text for tip in topic.tips.items]
    if "questions" in shown and topic.questions:
        texts += topic.questions.items
    if "answers" in shown and topic.answers:
        texts += [part for item in topic.answers.items for part in (item.question, item.answer)]
    if "exercises" in shown:
        for entry in handout.exercises[: done.exercises[0]]:
            exercise = entry.exercise
            done_easily = exercise.easy if edition is Edition.EASY else None
            texts += [] if done_easily else [exercise.name, *exercise.steps, exercise.stop]
    return [plain(sided(one, None)) for one in texts]


def drawn(path: Path) -> str:
    """All characters in the order in which they are drawn, whichever way up, without white space."""
    said: list[str] = []
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    with path.open("rb") as file:
        for page in PDFPage.get_pages(file):
            interpreter.process_page(page)
            said += [item.get_text() for item in device.get_result() if isinstance(item, LTChar) and item.size > RUBY]
    return re.sub(r"\s", "", "".join(said))


def check_paper(pdf: PdfFile, layout: Layout) -> None:
    """Nothing on another, without a glyph, or nearer to the paper's edge than a printer reaches."""
    for page in pdf.pages:
        assert page.unmapped() == []
        assert overlaps(page.characters) == []
        for character in page.characters:
            if character.text.strip():
                assert min(character.left, character.top) > 3.5 * MM
                assert character.right < page.width - 3.5 * MM
                assert character.bottom < page.height - 3.5 * MM


def holds(name: str, edition: Edition, handout: Handout) -> bool:
    """Whether it was set; then all is there. A refusal must say where, and what to do."""
    try:
        done = set_handout(LIBRARY, handout, Job(DAY, name, edition))
    except Problems as refused:
        for problem in refused:
            assert problem.message
        return False
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.pdf"
        path.write_bytes(write(done.document, done.faces))
        said = drawn(path)
        for one in wanted(handout, done, edition):
            solid = re.sub(r"\s", "", one)
            assert solid in said, f"lost: {one}"
        for sign in handout.signs:
            forms = [re.sub(r"\s", "", plain(one)) for one in (sign.text, sign.short, sign.easy) if one]
            assert any(form in said for form in forms), f"lost sign: {sign.text}"
        with PdfFile(path) as pdf:
            check_paper(pdf, done.layout)
    return True


def run(name: str, edition: Edition, examples: int) -> None:
    set_ones: list[bool] = []

    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    # What is drawn depends on the modules that are loaded, as Hypothesis takes words from them: one that fits is sure.
    @example(small())
    @given(handouts())
    def every(handout: Handout) -> None:
        set_ones.append(holds(name, edition, handout))

    every()
    assert len(set_ones) >= examples // 2
    assert any(set_ones), "all were refused: nothing was proved"


@pytest.mark.parametrize(("name", "edition"), OFFERS, ids=lambda value: getattr(value, "value", value))
def test_nothing_is_lost_clipped_or_overprinted(name: str, edition: Edition) -> None:
    run(name, edition, 10)


@pytest.mark.full
@pytest.mark.parametrize(("name", "edition"), OFFERS, ids=lambda value: getattr(value, "value", value))
def test_nothing_is_lost_in_a_long_run(name: str, edition: Edition) -> None:
    run(name, edition, 100)
