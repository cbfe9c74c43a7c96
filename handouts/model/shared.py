"""Data that all topics share: sources, glossary, warning signs, the fixed words of the sheet."""

from enum import Enum
from typing import Annotated

from msgspec import Meta

from handouts.model.clinic import ClinicKind
from handouts.model.consultation import Place
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
    easy: Line | None = None
    """The sign in やさしい日本語, with the same numbers."""
    call: bool = False
    sources: Annotated[SourceIds, Meta(min_length=1)]


class EasyStep(Record, frozen=True, kw_only=True):
    """A step's words in やさしい日本語, with the same numbers."""

    label: Line | None = None
    destination: Line | None = None
    with_emergency_line: Line | None = None


class WarningStep(Record, frozen=True, kw_only=True):
    """The label of a step and where to go."""

    label: Line
    destination: Line
    with_emergency_line: Line | None = None
    """Said instead of `destination` where the clinic says that #7119 is served."""
    easy: EasyStep | None = None


class EasyWarnings(Record, frozen=True, kw_only=True):
    """The words of the warning box in やさしい日本語."""

    heading: Line | None = None
    rule: Line | None = None
    other: Line | None = None


class Warnings(Record, frozen=True, kw_only=True):
    """The warning box: its heading, its one rule, the two steps, and the signs by id."""

    heading: Line
    rule: Line
    easy: EasyWarnings | None = None
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
    both_legs: Line
    """Beside `legs`, where the repetitions stand in a row of their own."""
    other_leg: Line
    """The last step of an exercise for one knee that is done with each leg; `#` stands for the other side.

    Where steps have no room for it, it stands once for all beside their heading, after 「A・Bは、」.
    """
    and_: Line


class DiaryLabels(Record, frozen=True, kw_only=True):
    """Words of the diary; `#` stands for a number, three or more `_` for a blank."""

    title: Line
    belongs: Line
    """To which sheet; `#` stands for its title."""
    heading: Line
    note: Line
    weeks: Line
    date: Line
    pain: Line
    time: Line
    visit: Line
    when: Line
    bring: Line
    name: Line


class PersonLabels(Record, frozen=True, kw_only=True):
    """Words of the personalised sheet; `#` stands for what differs, three or more `_` for a blank."""

    title: Line
    name: Line
    honorific: Line
    date: dict[ClinicKind, Line]
    complaint: Line
    time: Line
    by: Line
    seen: Line
    """What the picture shows."""
    marked: Line
    """What is marked in it; `#` stands for the place."""
    knee: Line
    """`#` stands for the side."""
    sides: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=2)]
    """Left and right, as they stand beside the figure."""
    both: Line
    places: dict[Place, Line]
    plan: Line
    restraint: Line
    remarks: Line
    changes: Line
    unchanged: Line
    diary: Line
    """`#` stands for how long."""
    days: Line
    weeks: Line
    times_note: Line
    days_note: Line
    pain_note: Line
    questions: Line
    visit: Line
    code: Line
    code_alt: Line


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
    sources_elsewhere: Line
    """Where no room is for them: which sheet has them."""
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
    overleaf: Line
    """Below the signs of the first step, where the second has no room there; `#` stands for its label."""
    notes: Line
    """Over lines to write on."""
    memo: Line
    """Over a page, or in a row, to write in."""
    diary: DiaryLabels
    personal: PersonLabels
    question: Line
    answer: Line
