"""Blocks of a personalised sheet: who it is for and where it hurts, days to tick, notes, and when to come again."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from handouts.model.consultation import Place
from handouts.pages.blocks import DiaryEntry, Illustration


class Marked(Struct, frozen=True):
    """A body seen from behind: the words left and right of it, which knee is marked (left, right), and where in it."""

    figure: Illustration
    words: tuple[str, str]
    marked: tuple[bool, bool]
    places: tuple[Place, ...]


class Name(Struct, frozen=True):
    """A name exactly as it is written, not as markup; the title after it; its reading, or nothing."""

    text: str
    honorific: str
    reading: str


class PersonRow(Struct, frozen=True):
    """A label and what is said, line by line; with `number` (the minutes a day) between the first two lines.

    A row without lines is left to be written by hand.
    """

    label: str
    lines: tuple[str, ...]
    number: str = ""


class Findings(Struct, frozen=True):
    """What was found, and the figure."""

    rows: tuple[PersonRow, ...]
    figure: Marked


class Person(Struct, frozen=True):
    """The head of the sheet: title, topic, state of review, the patient, and what was found where it stands here."""

    title: str
    topic: str
    notice: str
    label: str
    name: Name
    findings: Findings | None


class DayDiary(Struct, frozen=True):
    """Boxes to tick for each of these days."""

    number: int
    heading: str
    note: str
    days: tuple[date, ...]
    entries: tuple[DiaryEntry, ...]
    pain: str


class NoteList(Struct, frozen=True):
    """A few sentences under a heading."""

    number: int
    heading: str
    items: tuple[str, ...]


class NextVisit(Struct, frozen=True):
    """When to come again; without a day, `blank` is filled in by hand."""

    heading: str
    when: str
    blank: str
    bring: str


PersonalBlock = Person | Findings | DayDiary | NoteList | NextVisit
