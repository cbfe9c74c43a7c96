"""Looks a Japanese text up: whole, by templates with holes, or piece by piece; the reading that explains most wins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

JAPANESE = re.compile("[ぁ-ゖァ-ヺー㐀-鿿々]")
"""What shows that a text is not English yet."""
FOLDER = Path(__file__).parent
HELP, PLACES, COMPOSED = "help.yaml", "places.yaml", "composed.yaml"
"""The commands' help, and what is no file: no part of the catalogue. What the code composes: looked at first."""
PAIRS = ("printing/words.yaml", "printing/words.en.yaml")
"""A room that has its words in both languages already: the same keys."""
_HOLE = re.compile(r"\{(\d+)\}")
_NAMED = re.compile(r"\{([a-z]+)\}")
_SLOT = re.compile(r"\{(\d+)(\?)?(?::([^|{}]*)\|([^{}]*))?\}")
"""Of the English: a hole's value; `{1?}` quotes it where it stays Japanese; `{1:page|pages}` counts by it."""
_ENDS = {"。": ".", ":": ":"}
"""What the code ends a piece by to make it a sentence or a heading."""
_INSIDE = re.compile(r"([^()]*[^() ]) ?\(([^()]+)\)")
"""Something, and what is said of it in brackets."""
_JOINTS = {", ": ", ", " → ": " → ", "、または": ", or ", " か ": " or ", "、": ", ", "・": ", ", "  ": "  ", " ": " "}
"""What the code joins pieces by, and what English joins them by."""
_QUOTED = re.compile("「[^」]*」")
_WHOLE = 2000
"""Longest text, in characters, that may be one of the code's with holes; a longer one is many of them."""
_DEEPEST = 12
"""Pieces within pieces that are looked at."""


class Found(NamedTuple):
    """A text in English, and how many characters of the Japanese one the catalogue explains."""

    score: int
    english: str


@dataclass(slots=True)
class Search:
    """What was found for the pieces of one text, and how deep in pieces we are.

    It is forgotten with the text, which may hold a patient's words.
    """

    seen: dict[str, Found] = field(default_factory=dict)
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """A text with holes, its English, and the holes whose values stay as they are: those that stand in 「」 there."""

    form: re.Pattern[str]
    longest: str
    explains: int
    english: str
    quoted: frozenset[int]
    opens_with_hole: bool

    @classmethod
    def of(cls, key: str, english: str) -> Template:
        """A template from its text; ValueError where the English has other holes, or the text has them in disorder."""
        parts = _HOLE.split(key)
        pieces, holes = parts[::2], [int(hole) for hole in parts[1::2]]
        slots = {int(slot[1]) for slot in _SLOT.finditer(english)}
        if holes != [*range(1, len(holes) + 1)] or slots != set(holes):
            raise ValueError(f"other holes: {key} / {english}")
        form = "".join(f"{re.escape(piece)}(.*?)" for piece in pieces[:-1]) + re.escape(pieces[-1])
        quoted = {int(slot[1]) for slot in _SLOT.finditer(english) if _depth(english[: slot.start()]) > 0}
        longest, explains = max(pieces, key=len), sum(map(len, pieces))
        return cls(re.compile(form, re.DOTALL), longest, explains, english, frozenset(quoted), not pieces[0])

    def values(self, text: str) -> tuple[str, ...] | None:
        """What the holes hold in a text; None where it is another."""
        match = self.form.fullmatch(text) if self.longest in text else None
        return match.groups() if match else None


class Catalogue:
    """English for Japanese texts."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._exact = {key: english for key, english in entries.items() if not _HOLE.search(key)}
        self._templates = [Template.of(key, said) for key, said in entries.items() if key not in self._exact]

    def told(self, text: str) -> str:
        """A text in English, with the white space around it; of what nothing is known stays as it is."""
        return self._around(text, Search()).english

    def _around(self, text: str, search: Search) -> Found:
        """A text with the white space around it."""
        bare = text.strip()
        if not bare:
            return Found(0, text)
        before, _, after = text.partition(bare)
        found = self._best(bare, search)
        return Found(found.score, f"{before}{found.english}{after}")

    def _best(self, text: str, search: Search) -> Found:
        """The reading that explains most of a text."""
        if (whole := self._exact.get(text)) is not None:
            return Found(len(text), whole)
        if search.depth == _DEEPEST:
            return Found(0, text)
        if text not in search.seen:
            search.depth += 1
            search.seen[text] = max(self._readings(text, search), key=lambda one: one.score)
            search.depth -= 1
        return search.seen[text]

    def _readings(self, text: str, search: Search) -> Iterator[Found]:
        """All readings; of those that explain as much the first is taken."""
        yield Found(0, text)
        if JAPANESE.search(text) or "、" in text:
            yield from self._in_sentences(text, search)
            # Of two the outer one begins first: "a(確認: b): 3 か所" is something of a, not a number of か所.
            for _, template, values in sorted(self._matching(text), key=lambda match: match[0]):
                yield self._filled(template, values, search)
            yield from self._in_pieces(text, search)

    def _matching(self, text: str) -> Iterator[tuple[int, Template, tuple[str, ...]]]:
        """The templates that a text may be of: where their own words begin, and what their holes hold."""
        for template in self._templates if len(text) <= _WHOLE else ():
            if (values := template.values(text)) is not None:
                yield len(values[0]) if template.opens_with_hole else 0, template, values

    def _in_sentences(self, text: str, search: Search) -> Iterator[Found]:
        """A text as lines, as sentences, as something and what is said of it."""
        if "\n" in text:
            yield self._joined(text.split("\n"), "\n", search)
            return
        *ended, rest = _parted(text, "。")
        sentences = [*(f"{part}。" for part in ended), *([rest] if rest else [])]
        if len(sentences) > 1:
            yield self._joined(sentences, " ", search)
        head, *tail = _parted(text, ": ")
        if tail:
            found = self._joined([head, ": ".join(tail)], ": ", search)
            yield Found(found.score, _capital(found)) if self._around(head, search).score else found
        if len(sentences) == 1 and text[-1] in _ENDS and (phrase := self._best(text[:-1].rstrip(), search)).score:
            yield Found(phrase.score + (text[-1] == "。"), f"{_capital(phrase)}{_ENDS[text[-1]]}")

    def _in_pieces(self, text: str, search: Search) -> Iterator[Found]:
        """A text as a list, or with something in brackets."""
        if (inside := _INSIDE.fullmatch(text)) is not None:
            whole, said = (self._around(part, search) for part in inside.groups())
            english = f"{whole.english} ({said.english})"
            yield Found(0 if _is_japanese(english) else whole.score + said.score, english)
        for joint, english in _JOINTS.items():
            parts = list(_parted(text, joint))
            if len(parts) > 1 and all(parts):
                found = self._joined(parts, english, search)
                if not _is_japanese(found.english):  # half a list in English helps nobody
                    yield Found(found.score + (len(parts) - 1) * (joint != english), found.english)

    def _filled(self, template: Template, values: tuple[str, ...], search: Search) -> Found:
        """A template's English with what its holes hold, in English where that is known."""
        told = [
            Found(0, value) if hole in template.quoted else self._around(value.strip(), search)
            for hole, value in enumerate(values, 1)
        ]
        english, end = "", 0
        for slot in _SLOT.finditer(template.english):
            english += template.english[end : slot.start()]
            end = slot.end()
            number = int(slot[1]) - 1
            said = _said(slot, values[number], told[number], first=not english)
            # An empty hole takes the space before it along.
            english = english + said if said else english.removesuffix(" ")
        english = f"{english}{template.english[end:]}".lstrip()
        return Found(template.explains + sum(one.score for one in told), english)

    def _joined(self, parts: list[str], joint: str, search: Search) -> Found:
        found = [self._around(part, search) for part in parts]
        return Found(sum(one.score for one in found), joint.join(one.english for one in found))


def _said(slot: re.Match[str], value: str, told: Found, *, first: bool) -> str:
    """What stands for a hole."""
    if slot[3] is not None:
        return slot[3] if value.strip() == "1" else slot[4]
    if slot[2] and _is_japanese(told.english):
        return f"「{told.english}」"
    return _capital(told) if first else told.english


def _is_japanese(text: str) -> bool:
    """Whether something outside 「」 is."""
    return bool(JAPANESE.search(_QUOTED.sub("", text)))


def _depth(text: str) -> int:
    return text.count("「") - text.count("」")


def _parted(text: str, joint: str) -> Iterator[str]:
    """The parts of a text between joints that stand in no 「」 and no ()."""
    depth = start = at = 0
    while at < len(text):
        depth += (text[at] in "「(") - (text[at] in "」)")
        if depth <= 0 and text.startswith(joint, at):
            yield text[start:at]
            at += len(joint)
            start = at
        else:
            at += 1
    yield text[start:]


def _capital(found: Found) -> str:
    """A word that begins a sentence, with a capital where it is ours."""
    return found.english[:1].upper() + found.english[1:] if found.score else found.english


def read(name: str) -> Any:
    """A YAML file, named from this folder."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / name).read_text("utf-8"), loader)


def rooms() -> dict[str, dict[str, str]]:
    """The catalogue as it is written: by file, English by Japanese; what is composed stands first."""
    names = sorted({path.name for path in FOLDER.glob("*.yaml")} - {HELP, PLACES, COMPOSED})
    return {name: read(name) for name in (COMPOSED, *names)}


@cache
def catalogue() -> Catalogue:
    """All there is."""
    return Catalogue(entries())


def entries() -> dict[str, str]:
    """English by Japanese: what is written here, before what a room has in both languages itself."""
    found = {key: english for room in rooms().values() for key, english in room.items()}
    for japanese, english in _pairs(*(read(f"../{name}") for name in PAIRS)):
        numbers = {f"{{{name}}}": f"{{{number}}}" for number, name in enumerate(_NAMED.findall(japanese), 1)}
        found.setdefault(_numbered(japanese, numbers), _numbered(english, numbers))
    return found


def _numbered(text: str, numbers: Mapping[str, str]) -> str:
    """A text with numbers in its holes instead of names."""
    return _NAMED.sub(lambda hole: numbers[hole[0]], text)


def _pairs(japanese: Any, english: Any) -> Iterator[tuple[str, str]]:
    """The texts of the same keys."""
    if isinstance(english, str):
        yield str(japanese), english
    elif isinstance(english, dict):
        for key, said in english.items():
            yield from _pairs(japanese[key], said)


@cache
def places() -> dict[str, str]:
    """What is no file, and yet is where something stands."""
    found: dict[str, str] = read(PLACES)
    return found
