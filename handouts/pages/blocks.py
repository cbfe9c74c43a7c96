"""Blocks say what a handout means, piece by piece, with every word resolved and nothing about where it will stand."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.figures.picture import Picture
from handouts.model import FormSection, Text, place_of
from handouts.pages.sheet import Bitmap
from handouts.problems import NOWHERE, Place


class Illustration(Struct, frozen=True):
    """A compiled picture with what it says: alternative text, caption, and the words of its labels by name.

    `mirrored` turns it to the other leg when it is drawn; its texts already say the side.
    """

    picture: Picture
    alt: str
    caption: str
    mirrored: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    place: Place = NOWHERE

    def __hash__(self) -> int:
        """Of all but the labels, which are no part of what tells illustrations apart."""
        return hash((self.picture, self.alt, self.caption, self.mirrored, self.place))


class Logo(Struct, frozen=True):
    """A clinic's logo, `ratio` times as wide as high: as a picture or as a bitmap, in colour and in grey."""

    ratio: float
    pictures: tuple[Picture, Picture] | None = None
    bitmaps: tuple[Bitmap, Bitmap] | None = None
    place: Place = NOWHERE
    mono: bool = False


class Head(Struct, frozen=True):
    """The first thing on the sheet; `notice` is the review state where it must be said."""

    title: str
    purpose: str
    lead: str
    clinic: str
    notice: str
    logo: Logo | None = None


class Sign(Struct, frozen=True):
    """A warning sign to tick; `call` is the number to dial, or empty."""

    text: str
    call: str


class SignStep(Struct, frozen=True):
    """The signs of one step, with its label and where to go."""

    label: str
    destination: str
    signs: tuple[Sign, ...]
    urgent: bool


class WarningBox(Struct, frozen=True):
    """All signs, in steps; `other` is the write-in line. Without a heading, `rule` may stand below instead."""

    heading: str
    rule: str
    steps: tuple[SignStep, ...]
    other: str
    tick: str
    rule_below: bool = False
    again: str = ""
    """After the heading where the second step stands on another side."""
    overleaf: str = ""
    """Below the first step then: where the step `#` is."""


class Titled(Struct, frozen=True):
    """A title and its text."""

    title: str
    text: str


class CauseList(Struct, frozen=True):
    """The causes, beside pictures."""

    number: int
    heading: str
    items: tuple[Titled, ...]
    figures: tuple[Illustration, ...]
    again: str = ""


class Grid2D(Struct, frozen=True):
    """A table with a header row; `strong` is the index of the column in bold."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: int


class CheckTables(Struct, frozen=True):
    """The self-check tables."""

    number: int
    heading: str
    tables: tuple[Grid2D, ...]
    again: str = ""


class TipList(Struct, frozen=True):
    """Everyday tips."""

    number: int
    heading: str
    items: tuple[str, ...]


class DoseRow(Struct, frozen=True):
    """One line of the dose panel: label, what is large, and its unit."""

    label: str
    value: str
    unit: str


class Card(Struct, frozen=True):
    """One exercise."""

    letter: str
    name: str
    figure: Illustration
    also: tuple[Illustration, ...]
    steps: tuple[str, ...]
    dose: tuple[DoseRow, ...]
    stop_label: str
    stop: str
    place: Place = NOWHERE
    together: bool = False
    """`figure` never without `also`: alone it would mislead."""


class CardList(Struct, frozen=True):
    """The exercises, who must ask first, and the time they take a day."""

    number: int
    heading: str
    note: str
    time_before: str
    time: str
    time_after: str
    cards: tuple[Card, ...]
    again: str = ""
    roomy: bool = False
    """Another side is there where the note in full size needs one."""


class QuestionList(Struct, frozen=True):
    """Questions to bring, and how many lines to write on, with the word that stands on the first."""

    number: int
    heading: str
    items: tuple[str, ...]
    lines: int
    tick: str
    notes: str
    abreast: bool = False
    """In two columns, where each stands on one line there."""

    def parted(self) -> tuple[QuestionList, NoteLines]:
        """The questions alone, and the lines for elsewhere."""
        return replace(self, lines=0), NoteLines(self.notes, self.lines)


class NoteLines(Struct, frozen=True):
    """Lines to write on, with the word that stands on the first."""

    label: str
    lines: int


class FormPart(Struct, frozen=True):
    """A section of a form, numbered, with its picture."""

    number: int
    section: FormSection
    figure: Illustration | None


class FormRows(Struct, frozen=True):
    """What is filled in by hand: a line for who does it, and rows of columns (span, parts)."""

    who: str
    rows: tuple[tuple[bool, tuple[tuple[int, tuple[FormPart, ...]], ...]], ...]
    tick: str
    heading: str = ""


class SummaryBox(Struct, frozen=True):
    """What to remember."""

    heading: str
    items: tuple[str, ...]


class AnswerList(Struct, frozen=True):
    """Questions and answers; `again` follows the heading where they go on on another side."""

    number: int
    heading: str
    items: tuple[tuple[str, str], ...]
    question: str
    answer: str
    again: str


class HoursRow(Struct, frozen=True):
    """One row of the opening hours: the time, and whether each day is open."""

    time: str
    open: tuple[bool, ...]


class Cover(Struct, frozen=True):
    """The outer face of a folded sheet."""

    title: str
    purpose: str
    notice: str
    clinic: str
    figure: Illustration | None
    ask: str = ""
    """Who must ask a doctor first, in place of the picture."""
    logo: Logo | None = None


class Foot(Struct, frozen=True):
    """What stands at the foot: `line` on every side, `draft` at its head if it is one, the rest on the last."""

    edition: str
    """Topic, edition and date."""
    state: str
    """Of its review."""
    clinic: str
    phone: str
    address: str
    hours_label: str
    days: tuple[str, ...]
    hours: tuple[HoursRow, ...]
    open: str
    shut: str
    closed: str
    url: str
    url_label: str
    url_alt: str
    sources: str
    sources_elsewhere: str
    disclaimer: str
    draft: str = ""
    personal: bool = False
    """Of one patient's sheet: its code and its date are no other's."""
    logo: Logo | None = None
    """Beside the clinic's name, where no head has it."""

    @property
    def line(self) -> str:
        """Which sheet this is, and the state of its review."""
        return Text(f"{self.edition} {self.state}", place_of(self.edition))


class DiaryEntry(Struct, frozen=True):
    """An exercise in a diary: letter, short name and dose, a word for each row of boxes, and when to stop."""

    letter: str
    name: str
    dose: str
    marks: tuple[str, ...]
    stop: str


class Diary(Struct, frozen=True):
    """Four weeks to tick; `#` in `weeks` stands for their numbers, `_` in `when` for blanks."""

    number: int
    heading: str
    note: str
    entries: tuple[DiaryEntry, ...]
    stop_label: str
    weeks: str
    date: str
    pain: str
    memo: str
    visit: str
    when: str
    bring: str
    name: str


class CardFace(Struct, frozen=True):
    """One face of a card to carry: a step with its signs, the rule, and whom to call.

    `line` is which edition it is, `state` its review, each on one face; `draft` marks a draft, on both.
    """

    step: SignStep
    signs: tuple[Sign, ...]
    rule: str
    tick: str
    clinic: str
    phone: str
    line: str
    state: str
    draft: str


class PictureRow(Struct, frozen=True):
    """The pictures of the causes, where they stand on their own."""

    figures: tuple[Illustration, ...]


class ClinicPart(Struct, frozen=True):
    """The clinic as a block of its own, where no footer stands, on the last of so many sides."""

    foot: Foot
    sides: int = 1


Explained = CauseList | CheckTables | TipList | CardList
Closing = QuestionList | NoteLines | SummaryBox | AnswerList
Block = Head | Cover | CardFace | Diary | PictureRow | ClinicPart | WarningBox | FormRows | Explained | Closing
