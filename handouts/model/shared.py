"""Data that all topics share: sources, glossary, warning signs, the fixed words of the sheet."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from handouts.model.clinic import ClinicKind
from handouts.model.parts import Date, Id, Line, Record, SourceIds


class SourceKind(Enum):
    """How much weight a source carries."""

    PUBLIC = "public"
    SOCIETY = "society"
    GUIDELINE = "guideline"
    PAPER = "paper"
    CLINIC_ARTICLE = "clinic-article"


class Source(Record, frozen=True, kw_only=True):
    """Something that was really read: title, publisher, year or date, kind, and when it was read."""

    title: Line
    publisher: Line
    kind: SourceKind
    year: Annotated[int, Meta(ge=1900, le=2100)] | None = None
    date: Date | None = None
    read: Date
    url: Line | None = None
    printed: Line | None = None
    """The name printed in the footer; default: the publisher (a clinic's article prints as 一般の解説記事)."""


class GlossaryTerm(Record, frozen=True, kw_only=True):
    """A term with its reading and a gloss in everyday words."""

    term: Line
    reading: Line
    gloss: Line
    everyday: bool = False
    """True where readers know the word: it may stand without its gloss."""
    sources: SourceIds = ()


class Step(Enum):
    """How soon to see a doctor."""

    NOW = "now"
    SOON = "soon"


class WarningSign(Record, frozen=True, kw_only=True):
    """One sign to tick; `call` marks those for which to dial 119."""

    step: Step
    text: Line
    short: Line | None = None
    call: bool = False
    sources: Annotated[SourceIds, Meta(min_length=1)]


class WarningStep(Record, frozen=True, kw_only=True):
    """The label of a step and where to go."""

    label: Line
    destination: Line
    with_emergency_line: Line | None = None
    """Said instead of `destination` where the clinic says that #7119 is served."""


class Warnings(Record, frozen=True, kw_only=True):
    """The warning box: its heading, its one rule, the two steps, and the signs by id."""

    heading: Line
    rule: Line
    steps: dict[Step, WarningStep]
    other: Line
    signs: dict[Id, WarningSign]


class DoseLabels(Record, frozen=True, kw_only=True):
    """Labels of the dose panel."""

    when: Line
    hold: Line
    repetitions: Line
    sets: Line
    places: Line
    legs: Line
    per_day: Line
    every: Line
    every_unit: Line
    each: Line
    each_leg: Line
    and_: Line


class Labels(Record, frozen=True, kw_only=True):
    """The fixed words on the sheet."""

    dose: DoseLabels
    daily_time: Line
    daily_unit: Line
    stop: Line
    call: Line
    unreviewed: Line
    unreviewed_footer: Line
    reviewed: dict[ClinicKind, Line]
    """What a clinic of a kind says before role and name."""
    expired: Line
    expired_footer: Line
    changed_footer: Line
    draft: Line
    """The mark of a draft, on every side."""
    closed: Line
    edition: Line
    sources: Line
    article: Line
    disclaimer: Line
    phone: Line
    hours: dict[ClinicKind, Line]
    qr: Line
    qr_alt: Line
    tick: Line
    open: Line
    shut: Line
    again: Line
    """After a heading that is said again on another side."""
    notes: Line
    """Over lines to write on."""
    question: Line
    answer: Line
