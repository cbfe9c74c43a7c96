"""Readings proposed to whoever keeps them: words of a topic without one, as a dictionary reads them; never printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from handouts.checks.rules.rule import texts
from handouts.editions import in_edition, known_readings
from handouts.english import told
from handouts.library import Library
from handouts.model import Edition, Handout
from handouts.model.readings import KANJI, parted
from handouts.problems import NOWHERE, Problem, Problems
from handouts.sides import sided
from handouts.text.markup import plain
from handouts.text.ruby import Ruby

_HEAD = (
    "# 読みの候補です。文の中で合っているか、1つずつ確かめてから common/readings.yaml に書いてください。\n"
    "# 送りがなまで書くと、その形のときだけ読みます。"
)
_NONE = "# 読みのない言葉はありません。"
_UNKNOWN = "?"
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def proposals(library: Library, name: str) -> dict[str, tuple[str, str]]:
    """Reading and the text it was met in, of each word of a topic above the clinic's grade that none is kept for.

    Raises Problems where the dictionary is not installed. A reading of `?` must be found by a person.
    """
    handout = library.handout(name)
    found: dict[str, tuple[str, str]] = {}
    for text in _texts(handout):
        # A reader of its own for each text: a word may be read otherwise elsewhere.
        ruby = Ruby(known_readings(library), handout.clinic.ruby_grade)
        ruby.marked(text)
        for run in ruby.missing:
            for word, reading in _read(plain(text), run):
                found.setdefault(word, (reading, plain(text).replace("\n", "")))
    return found


def _texts(handout: Handout) -> Iterator[str]:
    for edition in (Edition.RUBY, Edition.EASY):
        said = in_edition(handout, edition)
        exercises = [entry.exercise for entry in said.exercises]
        for text in texts([said.topic, said.warnings, said.signs, exercises, said.labels, said.clinic], easy=False):
            yield sided(text, None)


def _read(text: str, run: str) -> Iterator[tuple[str, str]]:
    """The words of a text that have part in a run of kanji, as the dictionary reads them there."""
    start = text.find(run)
    for word, reading, begin, end in _words(text):
        if begin < start + len(run) and start < end and re.search(f"[{KANJI}]", word):
            yield word, reading if parted(word, reading) else _UNKNOWN


def _words(text: str) -> Iterator[tuple[str, str, int, int]]:
    tokens, mode = _tokenizer()
    for token in tokens.tokenize(text, mode):
        reading = token.reading_form().translate(_TO_HIRAGANA)
        yield token.surface(), reading, token.begin(), token.end()


@cache
def _tokenizer() -> tuple[Any, Any]:
    try:
        from sudachipy import Dictionary, SplitMode  # type: ignore[import-not-found,unused-ignore]  # the extra
    except ImportError:
        hint = "pip install 'handouts[readings]' で入ります。"
        raise Problems([Problem(NOWHERE, "読みの辞書(sudachipy)がありません。", hint)]) from None
    dictionary = Dictionary()
    make = getattr(dictionary, "tokenizer", None) or dictionary.create  # `create` until 0.6
    return make(), SplitMode.B


def as_yaml(found: dict[str, tuple[str, str]]) -> str:
    """Proposals as lines of `common/readings.yaml`, each with the text it was met in."""
    lines: Iterable[str] = (f"{word}: {reading}  # {text}" for word, (reading, text) in found.items())
    return "\n".join([told(_HEAD), *lines]) if found else told(_NONE)
