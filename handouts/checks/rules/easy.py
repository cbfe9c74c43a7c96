"""Rules on やさしい日本語 and readings: the same numbers, short sentences, everyday words, a reading for every word.

The lengths are those of the house's standard for the easy edition (48 mora, 13 kanji a sentence).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from handouts.checks.rules.rule import (
    Printed,
    Subject,
    Texts,
    any_of,
    at,
    data,
    error,
    in_reading_order,
    pattern,
    texts,
    warning,
)
from handouts.editions import EASY_GRADE, in_edition, main_field
from handouts.model import Edition
from handouts.problems import Problem
from handouts.sides import sided
from handouts.text.markup import parse
from handouts.text.ruby import Ruby

MORA_MOST = 48
KANJI_MOST = 13
LISTED = 3
"""Middle dots from which on a sentence is a list."""
_HOUSE = "編集の決まり(やさしい日本語: 同じ数、短い文、ふだんの言葉)"
_NUMBER = "#?[0-9]+(?:〜[0-9]+)?"
_SMALL = "[ゃゅょぁぃぅぇぉャュョァィゥェォ]"
_SPOKEN = "[ぁ-ゖァ-ヺー]"
_KANJI = "[一-鿿々]"


def said_easily(value: Any) -> Iterator[tuple[Any, Any, str]]:
    """Every easy text within a record, with what it stands for: the text or texts, the easy ones, the field's name."""
    if isinstance(value, Struct):
        easy = getattr(value, "easy", None)
        if isinstance(easy, Struct):
            for name in easy.__struct_fields__:
                if getattr(easy, name) is not None:
                    yield getattr(value, name, None), getattr(easy, name), name
        elif easy is not None:
            name = main_field(value)
            yield getattr(value, name), easy, name
        for name in value.__struct_fields__:
            if name != "easy":
                yield from said_easily(getattr(value, name))
    elif isinstance(value, tuple | list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from said_easily(item)


def _all_easy(subject: Subject) -> Iterator[tuple[Any, Any, str]]:
    handout = subject.handout
    exercises = [entry.exercise for entry in handout.exercises]
    yield from said_easily([handout.topic, handout.warnings, exercises])


def _numbers(said: Any) -> list[str]:
    texts = said if isinstance(said, tuple) else (said or "",)
    return sorted(number for text in texts for number in pattern(_NUMBER).findall(text))


@error("easy-numbers", _HOUSE)
def easy_numbers(subject: Subject) -> Iterator[Problem]:
    """An easy text says exactly the numbers that it stands for: 119, #7119, minutes, times, years."""
    for said, easy, _ in _all_easy(subject):
        first = easy[0] if isinstance(easy, tuple) else easy
        wanted, found = _numbers(said), _numbers(easy)
        if wanted != found:
            message = f"やさしい日本語の数({'・'.join(found) or 'なし'})が、もとの文と違います。"
            yield Problem(at(first), message, f"もとの文の数: {'・'.join(wanted) or 'なし'}")


@error("easy-count", _HOUSE)
def easy_count(subject: Subject) -> Iterator[Problem]:
    """An easy list has as many items as the one it stands for (steps may be parted into more)."""
    for said, easy, name in _all_easy(subject):
        if isinstance(easy, tuple) and name != "steps" and len(easy) != len(said):
            yield Problem(at(easy[0]), f"やさしい日本語は {len(easy)} つですが、もとは {len(said)} つです。")


@warning("easy-signs", "編集の決まり(サインは、どの版にも。やさしい日本語がなければ、もとの文を刷る)")
def easy_signs(subject: Subject) -> Iterator[Problem]:
    """A topic in やさしい日本語 says each of its warning signs so (one that it does not is printed as it stands)."""
    for sign in subject.handout.signs if subject.handout.topic.easy else ():
        if sign.easy is None:
            yield Problem(at(sign.text), f"サイン「{sign.text}」に、やさしい日本語(easy)がありません。")


def easy_texts(subject: Subject) -> list[Printed]:
    """All easy texts of a handout."""
    return list(Texts(text for _, easy, _ in _all_easy(subject) for text in texts(easy)).items)


@warning("easy-sentence", "編集の決まり(やさしい日本語: 1文 48 拍、漢字 13 字まで。当方の決め)")
def easy_sentence(subject: Subject) -> Iterator[Problem]:
    """An easy sentence has no more than 48 mora and 13 kanji."""
    ruby = Ruby(subject.readings, 0)
    for item in easy_texts(subject):
        # A list of conditions is read point by point, not as a sentence.
        for sentence in (one for one in item.sentences() if one.count("・") < LISTED):
            count, kanji = mora(sentence, ruby), len(pattern(_KANJI).findall(sentence))
            if count > MORA_MOST:
                message = f"やさしい日本語の文が {count} 拍あります(上限は {MORA_MOST} 拍)。"
                yield Problem(item.at(sentence), message, "2つの文に分けてください。")
            if kanji > KANJI_MOST:
                message = f"やさしい日本語の文に、漢字が {kanji} 字あります(上限は {KANJI_MOST} 字)。"
                yield Problem(item.at(sentence), message, "2つの文に分けるか、かなで書いてください。")


def mora(sentence: str, ruby: Ruby) -> int:
    """Mora of a sentence as it is read; a kanji without a reading counts two, a digit two."""
    spoken = "".join(span.ruby or span.text for span in parse(ruby.marked(sentence.replace("\n", ""))))
    kana = pattern(_SPOKEN).findall(spoken)
    return len(kana) - len(pattern(_SMALL).findall(spoken)) + 2 * len(pattern("[0-9一-鿿々]").findall(spoken))


@warning("easy-word", "編集の決まり(やさしい日本語: かたい言葉を使わない)")
def easy_word(subject: Subject) -> Iterator[Problem]:
    """No easy text uses a hard word for which there is an everyday one."""
    hard = data("language")["hard_words"]
    for item in easy_texts(subject):
        for match in any_of(hard).finditer(item.plain):
            yield Problem(item.at(match[0]), f"「{match[0]}」は、やさしい日本語にはかたい言葉です。", hard[match[0]])


def unread(subject: Subject) -> list[str]:
    """Words above the clinic's grade that no reading is kept for, in the editions that print readings.

    No breach of a rule: a sheet without readings is as good as before.
    """
    handout = subject.handout
    grades = {Edition.RUBY: handout.clinic.ruby_grade}
    if handout.topic.easy:
        grades[Edition.EASY] = min(EASY_GRADE, handout.clinic.ruby_grade)
    missing: dict[str, None] = {}
    for edition, grade in grades.items():
        ruby = Ruby(subject.readings, grade)
        for item in Texts(in_reading_order(in_edition(handout, edition))).items:
            if not item.wrong:
                ruby.marked(sided(item.text, None))
        missing |= dict.fromkeys(ruby.missing)
    return list(missing)


HANDOUT = (easy_numbers, easy_count, easy_signs, easy_sentence, easy_word)
