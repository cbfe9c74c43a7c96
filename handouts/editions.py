"""Editions of a handout: its easy texts in place of the others, free of hand-made breaks, and who reads which kanji."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handouts.library import Library
from handouts.model import Edition, Handout, Row, Text, Tip, WarningSign
from handouts.model.readings import KANJI
from handouts.text.ruby import Ruby

EASY_GRADE = 2
"""やさしい日本語 has a reading over words with a kanji taught later than in this year of primary school."""
_MAIN: dict[type[Any], str] = {WarningSign: "text", Tip: "text", Row: "cells"}
"""Of records with one text that may be said easily: its field."""
_TAKES_PARTS = ("topic", "warnings", "signs", "exercises")
"""Of a handout: what has texts that editions change."""
_FROM_KANJI = f"[{KANJI}].*$"


def in_edition(handout: Handout, edition: Edition) -> Handout:
    """The handout as an edition says it; approval, sources and the clinic's own words stay."""
    if edition is Edition.STANDARD:
        return handout
    parts = {name: _changed(getattr(handout, name), easy=edition is Edition.EASY) for name in _TAKES_PARTS}
    return replace(handout, **parts)


def _changed(value: Any, *, easy: bool) -> Any:
    """A value with its easy texts where they are asked for, and without hand-made breaks in sentences."""
    made = value
    if isinstance(value, Text):
        made = freed(value)
    elif isinstance(value, Struct):
        if easy:
            value = easily(value)
        fields = {name: _changed(getattr(value, name), easy=easy) for name in value.__struct_fields__}
        made = replace(value, **fields)
        if hasattr(value, "__dict__"):
            made.__dict__.update(value.__dict__)  # where it was written
    elif isinstance(value, tuple):
        made = tuple(_changed(item, easy=easy) for item in value)
    elif isinstance(value, dict):
        made = {key: _changed(item, easy=easy) for key, item in value.items()}
    return made


def easily(record: Any) -> Any:
    """A record with its own easy texts in place of the others (not those of records within it)."""
    said = getattr(record, "easy", None)
    if said is None:
        return record
    if isinstance(said, Struct):
        fields = {name: text for name in said.__struct_fields__ if (text := getattr(said, name)) is not None}
    else:
        fields = {main_field(record): said}
    if hasattr(record, "short"):
        fields["short"] = None
    changed = replace(record, **fields)
    changed.__dict__.update(record.__dict__)
    return changed


def main_field(record: Any) -> str:
    """The field of a record with one text that its easy text stands for."""
    return _MAIN[type(record)]


def freed(text: Text) -> Text:
    """A text of whole sentences without its hand-made breaks: they were made for another size of type."""
    if "\n" not in text or not text.endswith("。"):
        return text
    return Text(text.replace("\n", ""), text.place)


def known_readings(library: Library) -> dict[str, str]:
    """The reading of each word that one is kept for: the glossary's terms, then the readings file."""
    found: dict[str, str] = {}
    for term in library.glossary().values():
        # A term may begin with kana that its reading leaves out (ベーカー嚢腫, のうしゅ).
        if kanji := re.search(_FROM_KANJI, term.term):
            found[kanji[0]] = str(term.reading)
    return found | {str(word): str(reading) for word, reading in library.readings().items()}


def ruby_of(library: Library, handout: Handout, edition: Edition) -> Ruby | None:
    """Who reads which kanji in an edition; None where the texts are printed as they stand."""
    grade = {Edition.RUBY: handout.clinic.ruby_grade, Edition.EASY: min(EASY_GRADE, handout.clinic.ruby_grade)}
    return Ruby(known_readings(library), grade[edition]) if edition in grade else None
