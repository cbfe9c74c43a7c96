"""Readings: the table of grades, which kana stands over which kanji, and never a reading that is not kept."""

from __future__ import annotations

from collections import Counter

import pytest

from handouts.decode import examine
from handouts.library import Library
from handouts.library.consistency import misread
from handouts.model import Text
from handouts.model.readings import Readings, parted
from handouts.problems import Place
from handouts.source import read_text
from handouts.text.ruby import Ruby, grade_of, grades

WORDS = {
    "膝": "ひざ",
    "膝窩筋": "しつかきん",
    "痛い": "いたい",
    "立ち座り": "たちすわり",
    "手術": "しゅじゅつ",
    "〜後": "ご",
    "後": "あと",
    "第〜": "だい",
    "〜歳": "さい",
    "以下": "いか",
    "日": "ひ",
    "10分": "10ぷん",
    "変形性膝関節症": "へんけいせいしつかんせつしょう",
    "変形性": "へんけいせい",
    "膝関節症": "しつかんせつしょう",
    "腱": "けん",
    "袖ケ浦市": "そでがうらし",
}


def test_the_table_has_each_kanji_once_in_its_year() -> None:
    count = Counter(grades().values())
    assert [count[year] for year in range(1, 7)] == [80, 160, 200, 202, 193, 191]
    assert len(grades()) == 1026
    known = {"一": 1, "家": 2, "秒": 3, "岡": 4, "歴": 5, "痛": 6, "膝": 7, "腫": 7}
    assert {kanji: grade_of(kanji) for kanji in known} == known
    assert grade_of("ひざの") == 0
    assert grade_of("日々") == 1


@pytest.mark.parametrize(
    ("word", "reading", "pieces"),
    [
        ("伸ばす", "のばす", (("伸", "の"), ("ばす", ""))),
        ("立ち座り", "たちすわり", (("立", "た"), ("ち", ""), ("座", "すわ"), ("り", ""))),
        ("〜後", "ご", (("後", "ご"),)),
        ("1版", "1ぱん", (("1", ""), ("版", "ぱん"))),
        ("筋トレ", "きんとれ", (("筋", "きん"), ("トレ", ""))),
        ("袖ケ浦市", "そでがうらし", (("袖ケ浦市", "そでがうらし"),)),
        ("伸ばす", "のびる", None),
        ("伸ばす", "ばす", None),
    ],
)
def test_kana_of_a_word_stand_in_its_reading(word: str, reading: str, pieces: object) -> None:
    assert parted(word, reading) == pieces


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("膝が痛い", "{膝|ひざ}が{痛|いた}い"),
        ("膝窩筋の奥", "{膝窩筋|しつかきん}の奥"),
        ("立ち座り", "{立|た}ち{座|すわ}り"),
        ("手術後と、その後", "{手術|しゅじゅつ}{後|ご}と、その{後|あと}"),
        ("18歳以下", "18{歳|さい}{以下|いか}"),
        ("10分たつ", "10{分|ぷん}たつ"),
        ("110分たつ", "110分たつ"),
        ("変形性膝関節症", "{変形性|へんけいせい}{膝関節症|しつかんせつしょう}"),
        ("腱(けん)の傷", "{腱|けん}の傷"),
        ("腱(すじ)", "{腱|けん}(すじ)"),
        ("**膝**の裏", "**{膝|ひざ}**の裏"),
        ("{膝|しつ}の膝", "{膝|しつ}の{膝|ひざ}"),
        (r"膝\{\*\}", r"{膝|ひざ}\{\*\}"),
        ("袖ケ浦市", "{袖ケ浦市|そでがうらし}"),
    ],
)
def test_the_longest_words_are_read(text: str, said: str) -> None:
    assert Ruby(WORDS, 0).marked(text) == said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("膝蓋骨", "膝蓋骨"),  # a known kanji in an unknown word
        ("両膝", "両膝"),
        ("膝腱", "膝腱"),  # both known, each alone
        ("手術室", "手術室"),
        ("2日", "日"),  # not as the day in 痛む日
        ("痛む", "痛"),  # another form of a known word
    ],
)
def test_nothing_is_guessed(text: str, word: str) -> None:
    ruby = Ruby(WORDS, 0)
    place = Place("topics/x.yaml", 3, 1)
    assert ruby.marked(Text(text, place)) == text
    assert ruby.missing == {word: place}


def test_words_up_to_the_grade_stay_bare_and_are_not_told() -> None:
    ruby = Ruby(WORDS, 6)
    assert ruby.marked("膝が痛い。日が長い。以下") == "{膝|ひざ}が痛い。日が長い。以下"
    assert ruby.missing == {}


def test_the_kept_readings_are_well_formed_and_a_clinic_may_replace_them() -> None:
    library = Library()
    kept = library.readings()
    assert len(kept) > 700
    assert misread(kept) == []
    node = read_text("伸ばす: のびる\n", "common/readings.yaml")
    (problem,) = misread(examine(Readings, node).value)
    assert "伸ばす" in problem.message
    assert str(problem.place) == "common/readings.yaml:1:1"
    wrong = examine(Readings, read_text("ひざ: ひざ\n膝: ヒザ\n", "common/readings.yaml")).problems
    assert [str(problem.place) for problem in wrong] == ["common/readings.yaml:1:1", "common/readings.yaml:2:4"]
