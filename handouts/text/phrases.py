"""Where phrases (文節) begin and what is tied together: BudouX's model, numbers with units, known words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

from handouts.faces import SELECTORS

_DROPPED = re.compile(f"[{SELECTORS}\u3099\u309a\u0300-\u036f]")
_NUMBER = r"(?:(?<![0-9０-９])[0-9０-９]、)?[0-9０-９]+(?:[.,．，:：][0-9０-９]+)*(?:/[0-9０-９]+)?"
_KANJI_NUMBER = r"[一二三四五六七八九十百千数何半]+"
_TELEPHONE = r"[0-9０-９]+[(（][0-9０-９]+[)）][0-9０-９]+(?:[-－‐−][0-9０-９]+)*|[0-9０-９]+(?:[-－‐−][0-9０-９]+)+"
_DATE = re.compile(r"(?:[0-9０-９]+[年月日時分秒]){2,}(?:間)?")
_JOINT = re.compile(r" ?[〜～~–−-] ?|[×✕xX]")
_PER = re.compile(r" ?[/／] ?")
_PARTICLES = frozenset("のがをにはもとでや")
_BEFORE_QUANTITY = frozenset("をはがで")
_ALPHANUMERIC = frozenset(ascii_letters + digits)


@cache
def _words() -> dict[str, list[str]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, list[str]] = yaml.load(Path(__file__).with_name("words.yaml").read_text("utf-8"), loader)
    return loaded


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _number() -> str:
    """A number in figures or kanji, with what is said before it; counters are looked up, not matched: `_counted`."""
    return f"(?:{_any_of(_words()['before'])})?(?: ?(?P<figures>{_NUMBER})|{_KANJI_NUMBER})"


@cache
def _next_number() -> re.Pattern[str]:
    return re.compile(_number())


@cache
def _first_number() -> re.Pattern[str]:
    return re.compile(f"(?P<telephone>{_TELEPHONE})|[〜～~]?{_number()}")


@lru_cache(maxsize=512)
def _quantities(text: str) -> tuple[tuple[int, int], ...]:
    """Numbers with what belongs to them: 約8分/日, 2〜3日おき, 10回×3セット, 9:00〜12:30, 第1版, 5 mm, 数日間."""
    found = []
    position = 0
    while number := _first_number().search(text, position):
        end: int | None = number.end() if number["telephone"] else _quantity_end(text, number)
        if end is None:
            position = number.start() + 1
        else:
            found.append((number.start(), end))
            position = end
    return tuple(found)


def _quantity_end(text: str, number: re.Match[str]) -> int | None:
    """Where a quantity ends that begins with this number; None where it is none."""
    end = _counted(text, number)
    while end is not None and (joint := _JOINT.match(text, end)):
        following = _next_number().match(text, joint.end())
        further = _counted(text, following) if following else None
        if further is None:
            break
        end = further
    while end is not None and (per := _PER.match(text, end)) and (further := _counter_end(text, per.end())):
        end = further
    return end


def _counted(text: str, number: re.Match[str]) -> int | None:
    """The end of a number with its counter, and what follows that; None for a kanji number that has none (半月板)."""
    end = number.end()
    figures = number["figures"] is not None
    counter = _counter_end(text, end + (figures and text.startswith(" ", end)))
    if counter is None:
        return (_word_end(_after(), text, end) or end) if figures else None
    while more := _word_end(_after(), text, counter):
        counter = more
    return counter


def _counter_end(text: str, begin: int) -> int | None:
    """Where a counter that begins here ends; one in letters is a whole word."""
    for word in _counters().get(text[begin : begin + 1], ()):
        end = begin + len(word)
        if text.startswith(word, begin) and not (_is_western(word) and _is_letter(text[end : end + 1])):
            return end
    return None


def _is_western(counter: str) -> bool:
    return counter.isascii() and counter[-1].isalpha()


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _word_end(table: dict[str, list[str]], text: str, begin: int) -> int | None:
    """Where the longest word of a table that begins here ends."""
    words = table.get(text[begin : begin + 1], ())
    return next((begin + len(word) for word in words if text.startswith(word, begin)), None)


def _by_first(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their first character, longest first: quicker to build than a pattern of some hundred alternatives."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word[0], []).append(word)
    return found


@cache
def _counters() -> dict[str, list[str]]:
    return _by_first(_words()["counters"])


@cache
def _after() -> dict[str, list[str]]:
    return _by_first(_words()["after"])


@cache
def _known_words() -> dict[str, list[str]]:
    return _by_first(_words()["words"])


@cache
def _kana_adverbs() -> dict[str, list[str]]:
    return _by_first(_words()["kana_adverbs"])


def _spans(table: dict[str, list[str]], text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a table stand in the text, overlapping ones too."""
    for begin, character in enumerate(text):
        for word in table.get(character, ()):
            if text.startswith(word, begin):
                yield begin, begin + len(word)


@lru_cache(maxsize=512)
def tied(text: str) -> frozenset[int]:
    """The offsets inside a number with its unit, where no line may end."""
    inside: set[int] = set()
    for begin, end in _quantities(text):
        inside.update(range(begin + 1, end))
    return frozenset(inside)


@cache
def _parser() -> Any:
    import budoux

    return budoux.load_default_japanese_parser()


@lru_cache(maxsize=512)
def starts(text: str) -> frozenset[int]:
    """The offsets at which a phrase begins (never 0), as a reader would pause: the preferred places to end a line."""
    if not text:
        return frozenset()
    bare = _DROPPED.sub("", text)
    known = list(_spans(_known_words(), bare))
    adverbs = list(_spans(_kana_adverbs(), bare))
    dates = [match.span() for match in _DATE.finditer(bare)]
    found = _model_starts(bare) | _certain_starts(bare, known, adverbs)
    for begin, end in (*known, *adverbs, *dates):
        found.difference_update(range(begin + 1, end))
    found.discard(0)
    return frozenset(found if bare == text else _shifted(text, found))


def _model_starts(text: str) -> set[int]:
    """What BudouX finds, without the places where it cuts a word."""
    adverbs = tuple(_words()["adverbs"])
    found: set[int] = set()
    position = 0
    for phrase in _parser().parse(text):
        joint = text[position - 1 : position + 1]
        # A phrase of one kana is a word that the model has cut (かが|む, も|み); so is most often what lies
        # between two kanji (磁気共|鳴画像), and always what lies between two katakana.
        lone = _is_lone_kana(phrase) or (position == 1 and "ぁ" <= text[0] <= "ん")
        cut = lone or (position > 0 and all("ァ" <= one <= "ヶ" or one == "ー" for one in joint))
        kanji = position > 0 and all("一" <= one <= "鿿" or one == "々" for one in joint)
        if not cut and (not kanji or text[:position].endswith(adverbs)):
            found.add(position)
        position += len(phrase)
    return found


def _is_lone_kana(phrase: str) -> bool:
    """Whether a phrase is one hiragana, with marks after it."""
    marks = phrase[1:]
    said = any("ぁ" <= one <= "ん" or _is_content(one) or one in _ALPHANUMERIC for one in marks)
    return "ぁ" <= phrase[0] <= "ん" and not said


def _is_content(character: str) -> bool:
    """Whether a word with a meaning may begin with it: kanji, katakana."""
    return "一" <= character <= "鿿" or "ァ" <= character <= "ヶ"


def _certain_starts(text: str, known: list[tuple[int, int]], adverbs: list[tuple[int, int]]) -> set[int]:
    """Phrases the model may not see: at kana adverbs, after certain words, at quantities (1日|2〜3回, 体操を|10回)."""
    found = {begin for begin, _ in adverbs}
    found |= {end for _, end in adverbs if _is_content(text[end : end + 1])}
    found |= {end + 1 for _, end in known if text[end : end + 1] in _PARTICLES and _is_content(text[end + 1 : end + 2])}
    quantities = _quantities(text)
    found |= {begin for (_, end), (begin, _) in pairwise(quantities) if begin == end}
    return found | {begin for begin, _ in quantities if text[begin - 1 : begin] in _BEFORE_QUANTITY}


def _shifted(text: str, found: set[int]) -> set[int]:
    """Offsets into the text without marks and selectors, moved to the text that has them."""
    kept = [offset for offset, character in enumerate(text) if not _DROPPED.match(character)]
    return {kept[offset] for offset in found}
