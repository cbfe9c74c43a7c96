"""The page's words and files, and its pure parts: search, steppers, calendar, fitting."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from handouts import desk as package
from tests.desk.browser import Hand

PAGE = Path(str(package.__file__)).parent / "page"
SCRIPTS = sorted((PAGE / "js").glob("*.js"))
WORDS = {code: json.loads((PAGE / "words" / f"{code}.json").read_text("utf-8")) for code in ("ja", "en")}
FORBIDDEN = ("エラー", "無効", "不正", "OK", "はい")
OPTIONAL = re.compile(r"(layout|edition|summary|amount)\.[a-z0-9_-]+")
"""Words that stand in for what the clinic's own files say, where the page has them."""


def test_both_languages_have_the_same_words() -> None:
    needed = [{key for key in words if not OPTIONAL.fullmatch(key)} for words in WORDS.values()]
    assert needed[0] == needed[1]
    for key, text in WORDS["ja"].items():
        assert set(re.findall(r"\{\w+\}", text)) <= set(re.findall(r"\{\w+\}", WORDS["en"].get(key, text))), key


def test_every_word_is_used_and_every_use_has_its_word() -> None:
    scripts = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    assert SCRIPTS
    for key in re.findall(r"""\bt\([^)]*?"([a-z]+\.[A-Za-z]+)\"""", scripts):
        assert key in WORDS["ja"], key
    dynamic = re.compile(
        r"(foot|place|side|colour|calendar|stepper|exercises|summary|edition|layout|amount|done|start)\.[\w-]+"
    )
    unused = [key for key in WORDS["ja"] if f'"{key}"' not in scripts and not dynamic.fullmatch(key)]
    assert unused == []


def test_words_are_plain() -> None:
    for key, text in WORDS["ja"].items():
        assert not any(word in text for word in FORBIDDEN), (key, text)


def test_nothing_is_fetched_from_elsewhere_or_written_into_the_page_as_markup() -> None:
    for path in (*SCRIPTS, PAGE / "index.html", *(PAGE / "css").glob("*.css")):
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, path.name
        for forbidden in (
            "innerHTML",
            "insertAdjacentHTML",
            "document.write",
            "localStorage",
            "sessionStorage",
            "eval(",
        ):
            assert forbidden not in text, (path.name, forbidden)
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=", (PAGE / "index.html").read_text("utf-8"))


CASES: dict[str, tuple[str, Any]] = {
    "folded": ("(await import('/page/js/search.js')).folded('ﾊｼﾙ　RUN')", "はしる run"),
    "typed": ("(await import('/page/js/stepper.js')).typedRange('４０〜６０ 秒', '秒')", [40, 60]),
    "typed-zero": ("(await import('/page/js/stepper.js')).typedRange('0', '秒')", None),
    "typed-falling": ("(await import('/page/js/stepper.js')).typedRange('60-30', '秒')", None),
    "typed-words": ("(await import('/page/js/stepper.js')).typedRange('たくさん', '回')", None),
    "range-up": (
        "(await import('/page/js/stepper.js')).stepped([30, 60], 1, {least: 30, most: 60, step: 5})",
        [60, 60],
    ),
    "range-down": (
        "(await import('/page/js/stepper.js')).stepped([30, 60], -3, {least: 30, most: 60, step: 5})",
        [30, 30],
    ),
    "back-from-beyond": (
        "(await import('/page/js/stepper.js')).stepped([90, 90], -1, {least: 30, most: 60, step: 5})",
        [85, 85],
    ),
    "no-further-beyond": (
        "(await import('/page/js/stepper.js')).stepped([90, 90], 1, {least: 30, most: 60, step: 5})",
        [90, 90],
    ),
    "february": ("(await import('/page/js/calendar.js')).weeks('2028-02').flat().filter(Boolean).at(-1)", "2028-02-29"),
    "monday-first": (
        "(await import('/page/js/calendar.js')).weeks('2026-12')[0]",
        [None, *(f"2026-12-0{day}" for day in range(1, 7))],
    ),
    "new-year": ("(await import('/page/js/calendar.js')).monthAfter('2026-12', 1)", "2027-01"),
    "stacked": ("(await import('/page/js/fit.js')).fitted([842, 595], {width: 700, height: 600}, 2, 16).stacked", True),
    "groups": ("(await import('/page/js/fit.js')).groups(5, 2)", [[1, 2], [3, 4], [5]]),
}


def test_the_pure_parts(hand: Hand) -> None:
    found = {case: hand.page.evaluate(f"async () => {expression}") for case, (expression, _) in CASES.items()}
    assert found == {case: expected for case, (_, expected) in CASES.items()}
