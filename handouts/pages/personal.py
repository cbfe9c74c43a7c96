"""Blocks of a personalised sheet: who it is for and where it hurts, days to tick, notes, and when to come again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handouts.model.consultation import Place
from handouts.pages.blocks import DiaryEntry, Illustration


@dataclass(frozen=True, slots=True)
class Marked:
    """A body seen from behind: the words left and right of it, which knee is marked (left, right), and where in it."""

    figure: Illustration
    words: tuple[str, str]
    marked: tuple[bool, bool]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name exactly as it is written, not as markup; the title after it; its reading, or nothing."""

    text: str
    honorific: str
    reading: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A label and what is said, line by line; with `number` (the minutes a day) between the first two lines.

    A row without lines is left to be written by hand.
    """

    label: str
    lines: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """The head of the sheet: title, topic, state of review, the patient, what was found, the figure."""

    title: str
    topic: str
    notice: str
    label: str
    name: Name
    rows: tuple[PersonRow, ...]
    figure: Marked


@dataclass(frozen=True, slots=True)
class DayDiary:
    """Boxes to tick for each of these days."""

    number: int
    heading: str
    note: str
    days: tuple[date, ...]
    entries: tuple[DiaryEntry, ...]
    pain: str


@dataclass(frozen=True, slots=True)
class NoteList:
    """A few sentences under a heading."""

    number: int
    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextVisit:
    """When to come again; without a day, `blank` is filled in by hand."""

    heading: str
    when: str
    blank: str
    bring: str


PersonalBlock = Person | DayDiary | NoteList | NextVisit
