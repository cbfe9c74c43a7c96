"""Ruby by rule: words above a school grade get the readings that are kept for them; what is kept for none is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from handouts.model import Text, place_of
from handouts.model.readings import ATTACHED, KANJI, parted
from handouts.problems import Place
from handouts.text.markup import Span, escape, parse
from handouts.text.paragraph import LONGEST_WHOLE_BASE

ABOVE_ALL = 7
"""The grade of a kanji that primary school does not teach."""
_READ_ALREADY = "({})", "\uff08{}\uff09"
"""A reading in brackets after its word: it is not printed twice."""


@cache
def _run() -> re.Pattern[str]:
    """A run of kanji; compiled by those who print readings."""
    return re.compile(f"[{KANJI}]+")


@cache
def grades() -> dict[str, int]:
    """The year of primary school in which each kanji is taught (学年別漢字配当表)."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table: dict[int, str] = yaml.load(Path(__file__).with_name("kanji.yaml").read_text("utf-8"), loader)
    return {kanji: grade for grade, many in table.items() for kanji in many if not kanji.isspace()}


def grade_of(text: str) -> int:
    """The grade of the kanji of a text that is taught last; 0 where it has none."""
    known = grades()
    runs = _run().findall(text)
    return max((known.get(kanji, ABOVE_ALL) for run in runs for kanji in run if kanji != "々"), default=0)


class _Word(Struct, frozen=True):
    """A word as it stands in a text, what is over its pieces, and where it may stand."""

    text: str
    pieces: tuple[tuple[str, str], ...]
    before: bool = False
    """Only before another word or a number (第〜)."""
    after: bool = False
    """Only after one (〜後)."""

    @property
    def single(self) -> bool:
        """Whether it is one kanji alone: beside another word that may well be read otherwise."""
        return len(self.text) == 1

    @property
    def reading(self) -> str:
        return "".join(over or piece for piece, over in self.pieces)


class Ruby:
    """Puts readings over words; `missing` is the words above the grade that have none, each with its first place.

    Longest words first; a run of kanji is read only where words that are kept make it up from end to end, so that no
    reading is ever guessed.
    """

    def __init__(self, words: Mapping[str, str], grade: int) -> None:
        self.grade = grade
        self.missing: dict[str, Place] = {}
        self._known: dict[str, list[_Word]] = {}
        self._done: dict[str, str] = {}
        for word, reading in words.items():
            pieces = parted(word, reading)
            if pieces:
                text = word.strip(ATTACHED)
                known = _Word(text, pieces, word.endswith(ATTACHED), word.startswith(ATTACHED))
                self._known.setdefault(text[0], []).append(known)
        for found in self._known.values():
            found.sort(key=lambda known: -len(known.text))

    def marked(self, markup: str) -> str:
        """The same text with a reading over each word above the grade. Raises MarkupError."""
        if grade_of(markup) <= self.grade:
            return markup
        if markup not in self._done:
            self._done[markup] = "".join(self._span(span, place_of(markup)) for span in parse(markup))
        return Text(self._done[markup], place_of(markup))

    def _span(self, span: Span, place: Place) -> str:
        kept = f"{{{escape(span.text)}|{escape(span.ruby)}}}"
        said = kept if span.ruby else "".join(self._marked(span.text, place))
        return f"**{said}**" if span.strong else said

    def _marked(self, text: str, place: Place) -> Iterator[str]:
        position = 0
        while position < len(text):
            if not (found := self._words_at(text, position)):
                run = _run().match(text, position)
                end = run.end() if run else position + 1
                if run and grade_of(run[0]) > self.grade:
                    self.missing.setdefault(run[0], place)
                yield escape(text[position:end])
                position = end
                continue
            for word in found:
                position += len(word.text)
                high = grade_of(word.text) > self.grade
                yield from _printed(word.pieces, high)
                if high:
                    position += _said_again(text, position, found)

    def _words_at(self, text: str, position: int) -> list[_Word]:
        """The words that make up what begins here, to the end of the run of kanji; empty where they cannot."""
        if text[position] not in self._known:
            return []
        counted = position > 0 and text[position - 1].isdigit()
        return self._cover(text, position, counted, None, counted=counted) or []

    def _cover(
        self, text: str, position: int, after: bool, last: _Word | None, *, counted: bool = False
    ) -> list[_Word] | None:
        """What begins after a number (`counted`) is read as one that is attached, or not at all: 1日 is not 1ひ."""
        for word in self._known.get(text[position], ()):
            end = position + len(word.text)
            if not text.startswith(word.text, position) or word.after > after:
                continue
            if counted and not word.after:
                continue
            if last and not (word.after or last.before) and (word.single or (last.single and not last.after)):
                continue
            following = text[end : end + 1]
            more = bool(_run().match(following)) and bool(_run().match(word.text[-1]))
            if word.before and not more and not following.isdigit():
                continue
            if not more:
                return self._divided(word)
            rest = self._cover(text, end, not word.before, word)
            if rest is not None:
                return [*self._divided(word), *rest]
        return None

    def _divided(self, word: _Word) -> list[_Word]:
        """A word so long that a line may end in it, as the shorter ones that it is made of and that are read alike."""
        if max(len(piece) for piece, over in word.pieces if over) <= LONGEST_WHOLE_BASE or len(word.pieces) > 1:
            return [word]
        for size in range(len(word.text) - 1, 1, -1):
            for known in self._known.get(word.text[0], ()):
                if len(known.text) == size and word.text.startswith(known.text):
                    rest = self._cover(word.text, size, True, None)
                    if rest and "".join(one.reading for one in (known, *rest)) == word.reading:
                        return [known, *rest]
        return [word]


def _printed(pieces: tuple[tuple[str, str], ...], high: bool) -> Iterator[str]:
    for piece, over in pieces:
        yield f"{{{escape(piece)}|{over}}}" if over and high else escape(piece)


def _said_again(text: str, position: int, words: list[_Word]) -> int:
    """How many characters of a bracket here say no more than the reading of the words before it."""
    reading = "".join(word.reading for word in words)
    for form in _READ_ALREADY:
        for said in (reading, "".join(over for _, over in words[-1].pieces)):
            if said and text.startswith(form.format(said), position):
                return len(form.format(said))
    return 0
