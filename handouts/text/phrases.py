"""Where phrases (文節) begin and what is tied together: BudouX's model, numbers with units, known words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from handouts.faces import SELECTORS

_DROPPED = re.compile(f"[{SELECTORS}\u3099\u309a\u0300-\u036f]")
_NUMBER = r"(?:(?<![0-9０-９])[0-9０-９]、)?[0-9０-９]+(?:[.,．，:：][0-9０-９]+)*(?:/[0-9０-９]+)?"
_KANJI_NUMBER = r"[一二三四五六七八九十百千数何半]+"
_TELEPHONE = r"[0-9０-９]+[(（][0-9０-９]+[)）][0-9０-９]+(?:[-－‐−][0-9０-９]+)*|[0-9０-９]+(?:[-－‐−][0-9０-９]+)+"
_DATE = re.compile(r"(?:[0-9０-９]+[年月日時分秒]){2,}(?:間)?")
_TO = r" ?[〜～~–−-] ?"
_KANJI_JOINT = re.compile("[一-鿿々]{2}")
_KATAKANA_JOINT = re.compile("[ァ-ヶー]{2}")
_CONTENT = re.compile("[一-鿿ァ-ヶ]")
_PARTICLES = frozenset("のがをにはもとでや")
_BEFORE_QUANTITY = frozenset("をはがで")
_LONE_KANA = re.compile(r"[ぁ-ん][^ぁ-んァ-ヶ一-鿿0-9A-Za-z]*")


@cache
def _words() -> dict[str, list[str]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, list[str]] = yaml.load(files(__package__).joinpath("words.yaml").read_text("utf-8"), loader)
    return loaded


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _quantity() -> re.Pattern[str]:
    """A number with what belongs to it: 約8分/日, 2〜3日おき, 10回×3セット, 9:00〜12:30, 第1版, 5 mm, 数日間."""
    words = _words()
    western = [counter for counter in words["counters"] if counter.isascii() and counter[-1].isalpha()]
    japanese = [counter for counter in words["counters"] if counter not in western]
    counter = f"(?:(?:{_any_of(japanese)})|(?:{_any_of(western)})(?![A-Za-z]))"
    before = f"(?:{_any_of(words['before'])})"
    after = f"(?:{_any_of(words['after'])})"
    unit = f"(?: ?{counter}{after}*|{after})?"
    one = f"{before}?(?: ?{_NUMBER}{unit}|{_KANJI_NUMBER}{counter}{after}*)"
    per = f"(?: ?[/／] ?(?:{counter}))"
    return re.compile(f"(?:{_TELEPHONE})|[〜～~]?{one}(?:(?:{_TO}|[×✕xX]){one})*{per}*")


def _by_first(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their first character: quicker to build than a pattern of some hundred alternatives."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[0], []).append(word)
    return found


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


@lru_cache(maxsize=2048)
def tied(text: str) -> frozenset[int]:
    """The offsets inside a number with its unit, where no line may end."""
    inside: set[int] = set()
    for match in _quantity().finditer(text):
        inside.update(range(match.start() + 1, match.end()))
    return frozenset(inside)


@cache
def _parser() -> Any:
    import budoux

    return budoux.load_default_japanese_parser()


@lru_cache(maxsize=2048)
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
        lone = _LONE_KANA.fullmatch(phrase) or (position == 1 and "ぁ" <= text[0] <= "ん")
        cut = lone or _KATAKANA_JOINT.fullmatch(joint)
        if not cut and (not _KANJI_JOINT.fullmatch(joint) or text[:position].endswith(adverbs)):
            found.add(position)
        position += len(phrase)
    return found


def _certain_starts(text: str, known: list[tuple[int, int]], adverbs: list[tuple[int, int]]) -> set[int]:
    """Phrases the model may not see: at kana adverbs, after certain words, at quantities (1日|2〜3回, 体操を|10回)."""
    found = {begin for begin, _ in adverbs}
    found |= {end for _, end in adverbs if _CONTENT.match(text, end)}
    found |= {end + 1 for _, end in known if text[end : end + 1] in _PARTICLES and _CONTENT.match(text, end + 1)}
    quantities = [match.span() for match in _quantity().finditer(text)]
    found |= {begin for (_, end), (begin, _) in pairwise(quantities) if begin == end}
    return found | {begin for begin, _ in quantities if text[begin - 1 : begin] in _BEFORE_QUANTITY}


def _shifted(text: str, found: set[int]) -> set[int]:
    """Offsets into the text without marks and selectors, moved to the text that has them."""
    kept = [offset for offset, character in enumerate(text) if not _DROPPED.match(character)]
    return {kept[offset] for offset in found}
