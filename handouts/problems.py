"""A Problem says what is wrong, where, and what to do about it; Problems is how several of them travel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from unicodedata import combining, east_asian_width

from msgspec import Struct

from handouts.english import told, told_place


class Place(Struct, frozen=True, order=True):
    """Where a value was written: a file as the user named it, line and column from 1 (0: the file as a whole)."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __bool__(self) -> bool:
        return bool(self.file)

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Place()


class Severity(Enum):
    """An ERROR stops the build; a WARNING is printed and the build goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in plain Japanese.

    `excerpt` is the source line the place points at, `length` how many characters the caret underlines, `rule` the id
    of the rule of `handouts check` that found it (empty: the file itself could not be read as meant).
    """

    place: Place
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    excerpt: str = field(default="", compare=False)
    length: int = field(default=1, compare=False)
    rule: str = ""


class Problems(Exception):
    """All problems found in one go, in the order of file, line and column."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            sorted(problems, key=lambda problem: (problem.place, problem.message))
        )
        super().__init__(f"{len(self.problems)} problems")

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __len__(self) -> int:
        return len(self.problems)


_WORDS = {Severity.ERROR: "エラー", Severity.WARNING: "注意"}
_COUNTS = {Severity.ERROR: "エラー {} 件", Severity.WARNING: "注意 {} 件"}
_BREAK = re.compile("\r\n|\r|\n")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_EXCERPT = 80
"""Most characters of a source line that are shown."""
_READABLE = 1_000_000
"""Largest file that an excerpt is taken from, bytes."""


def show(problems: Iterable[Problem], texts: Mapping[str, str] | None = None) -> str:
    """Problems as people read them, with a last line that counts them; nothing where there are none.

    Each is `file:line:column: エラー: message [rule]`, the source line with a caret below it, and `ヒント: …`, in the
    reader's language. The source line is the problem's own excerpt, or taken from `texts` (file name to text), or from
    the place's file; it stays as it is.
    """
    problems = list(problems)
    files: dict[str, list[str]] = {name: _BREAK.split(text) for name, text in (texts or {}).items()}
    shown = [_shown(problem, problem.excerpt or _line(problem.place, files)) for problem in problems]
    return "\n".join([*shown, _count(problems)]) if shown else ""


def _shown(problem: Problem, excerpt: str) -> str:
    place = problem.place
    where = f"{Place(told_place(place.file), place.line, place.column)}: " if place.file else ""
    rule = f" [{problem.rule}]" if problem.rule else ""
    lines = [f"{where}{told(_WORDS[problem.severity])}: {told(problem.message)}{rule}"]
    if excerpt.strip():
        excerpt, start = _window(_UNSEEN.sub(_plain, excerpt), problem.place.column - 1)
        marked = excerpt[start : start + problem.length]
        lines += [f"    {excerpt}", f"    {' ' * display_width(excerpt[:start])}{'^' * max(1, display_width(marked))}"]
    if problem.hint:
        lines.append(f"    {told('ヒント')}: {told(problem.hint)}")
    return "\n".join(lines)


def _plain(match: re.Match[str]) -> str:
    """What an excerpt shows for a character that a terminal would obey: a space for a tab, else a replacement mark."""
    return " " if match[0] == "\t" else "\ufffd"


def _window(line: str, start: int) -> tuple[str, int]:
    """The part of a long line around an offset, and the offset in it."""
    if len(line) <= _EXCERPT:
        return line, start
    first = max(0, min(start - _EXCERPT // 2, len(line) - _EXCERPT))
    before, after = "…" * (first > 0), "…" * (first + _EXCERPT < len(line))
    return f"{before}{line[first : first + _EXCERPT]}{after}", start - first + len(before)


def _count(problems: list[Problem]) -> str:
    counts = [(sum(problem.severity is severity for problem in problems), said) for severity, said in _COUNTS.items()]
    return told("、".join(said.format(count) for count, said in counts if count))


def _line(place: Place, files: dict[str, list[str]]) -> str:
    """The line a place points at, empty where it cannot be had; `files` remembers what was read."""
    if not place.line:
        return ""
    if place.file not in files:
        try:
            with open(place.file, "rb") as file:
                files[place.file] = _BREAK.split(file.read(_READABLE).decode("utf-8-sig"))
        except (OSError, ValueError):
            files[place.file] = []
    lines = files[place.file]
    return lines[place.line - 1] if place.line <= len(lines) else ""


def display_width(text: str) -> int:
    """Columns of a terminal that a text takes: two for a wide character, none for one that joins the one before it."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if combining(character) or character in "\u200b\u200c\u200d" or "\ufe00" <= character <= "\ufe0f":
        return 0
    if "\U000e0100" <= character <= "\U000e01ef":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
