"""A topic and the exercises it uses, as their authors write them."""

from enum import Enum
from typing import Annotated

from msgspec import Meta

from handouts.model.form import Form
from handouts.model.layout import BlockName
from handouts.model.parts import (
    Date,
    Days,
    Duration,
    ExerciseId,
    FigureId,
    FigureIds,
    Line,
    Lines,
    Record,
    Sets,
    SignIds,
    SourceIds,
    TermIds,
    Times,
)


class Dose(Record, frozen=True, kw_only=True):
    """How much: time or repetitions, sets, places, legs, times a day, days between; seconds of one repetition."""

    hold: Duration | None = None
    repetitions: Times | None = None
    sets: Sets | None = None
    places: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=4)] | None = None
    """Where in turn, e.g. [内, 外]: printed 内と外, and the time counts once for each."""
    each_leg: bool = False
    per_day: Times
    every: Days | None = None
    seconds_each: Annotated[int, Meta(ge=1, le=600)] | None = None


class EasyExercise(Record, frozen=True, kw_only=True):
    """An exercise in やさしい日本語; its steps may be parted into more."""

    name: Line | None = None
    steps: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=8)] | None = None
    stop: Line | None = None


class Exercise(Record, frozen=True, kw_only=True):
    """One exercise, written once and used by many topics."""

    name: Line
    short: Annotated[str, Meta(min_length=1, max_length=5)]
    aim: Line | None = None
    """What it is for, in one sentence that promises nothing."""
    target: Line | None = None
    """The muscle or place that works or is stretched, in everyday words with its name."""
    position: Line | None = None
    """Where and how one starts: on the floor, on a chair, standing at a wall."""
    figure: FigureId
    also: FigureIds = ()
    """Further pictures: the end of the movement, a close-up, the wrong way."""
    together: bool = False
    """Its pictures only make sense together (up and down, wrong and right): all with their captions, or none."""
    steps: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=6)]
    dose: Dose | None = None
    when: Annotated[str, Meta(min_length=1, max_length=5)] | None = None
    """For a habit, in place of a dose: when it is done (座るとき)."""
    feel: Line | None = None
    """How it should feel while it is right."""
    stop: Line
    avoid: Lines | None = None
    """Who must ask first, for the checks and the personalised sheet."""
    mistake: Line | None = None
    """The common mistake, and what to do instead."""
    easier: Line | None = None
    harder: Line | None = None
    easy: EasyExercise | None = None
    sources: Annotated[SourceIds, Meta(min_length=1)]


class EasyHeading(Record, frozen=True, kw_only=True):
    """The heading of a section in やさしい日本語."""

    heading: Line


class EasyCause(Record, frozen=True, kw_only=True):
    """A cause in やさしい日本語."""

    title: Line | None = None
    text: Line | None = None


class Cause(Record, frozen=True, kw_only=True):
    """One cause: a title and two or three lines."""

    title: Line
    text: Line
    short: Line | None = None
    easy: EasyCause | None = None
    sources: Annotated[SourceIds, Meta(min_length=1)]


class Causes(Record, frozen=True, kw_only=True):
    """The causes, beside a picture or a pair of pictures."""

    heading: Line
    easy: EasyHeading | None = None
    items: Annotated[tuple[Cause, ...], Meta(min_length=1)]
    figures: FigureIds = ()


class Row(Record, frozen=True, kw_only=True):
    """One row of a self-check table: what one notices, and what it may mean."""

    cells: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=5)]
    easy: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=5)] | None = None
    """The cells in やさしい日本語."""
    sources: Annotated[SourceIds, Meta(min_length=1)]


class EasyTable(Record, frozen=True, kw_only=True):
    """The header row of a table in やさしい日本語."""

    columns: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=5)]


class Table(Record, frozen=True, kw_only=True):
    """A self-check table; `strong` names the column (from 1) set in bold: the one that is looked up or found."""

    columns: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=5)]
    easy: EasyTable | None = None
    strong: Annotated[int, Meta(ge=1, le=5)] = 1
    rows: Annotated[tuple[Row, ...], Meta(min_length=1)]


class SelfCheck(Record, frozen=True, kw_only=True):
    """Where and when it hurts, what kind of pain."""

    heading: Line
    easy: EasyHeading | None = None
    tables: Annotated[tuple[Table, ...], Meta(min_length=1, max_length=3)]


class Tip(Record, frozen=True, kw_only=True):
    """One everyday tip."""

    text: Line
    easy: Line | None = None
    sources: Annotated[SourceIds, Meta(min_length=1)]


class Tips(Record, frozen=True, kw_only=True):
    """Everyday tips, one line each."""

    heading: Line
    easy: EasyHeading | None = None
    items: Annotated[tuple[Tip, ...], Meta(min_length=1)]


class ExerciseUse(Record, frozen=True, kw_only=True):
    """An exercise of the library, with this topic's own dose where its source gives one.

    `also: true` prints the exercise's further pictures below its steps.
    """

    exercise: ExerciseId
    dose: Dose | None = None
    also: bool = False
    sources: SourceIds = ()


class EasyExercises(Record, frozen=True, kw_only=True):
    """Heading and notes of the exercises in やさしい日本語."""

    heading: Line | None = None
    note: Line | None = None
    ask: Line | None = None


class Exercises(Record, frozen=True, kw_only=True):
    """The exercises of a topic and who must ask before starting: `note` and `ask`, or one of them.

    `ask` names them all. Where a note is short because an answer says who else, `ask` stands in place of the note on a
    sheet that has no answers; without a note, on every sheet.
    """

    heading: Line
    note: Line | None = None
    ask: Line | None = None
    easy: EasyExercises | None = None
    items: Annotated[tuple[ExerciseUse, ...], Meta(min_length=1, max_length=5)]


class EasyList(Record, frozen=True, kw_only=True):
    """A heading and its items, as many as without, in やさしい日本語."""

    heading: Line | None = None
    items: Lines | None = None


class Questions(Record, frozen=True, kw_only=True):
    """Questions to bring to the doctor, with writing lines below."""

    heading: Line
    items: Lines
    easy: EasyList | None = None
    lines: Annotated[int, Meta(ge=2, le=12)] = 2


class Summary(Record, frozen=True, kw_only=True):
    """What to remember: three lines."""

    heading: Line
    items: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=3)]
    easy: EasyList | None = None


class EasyAnswer(Record, frozen=True, kw_only=True):
    """A question and its answer in やさしい日本語."""

    question: Line | None = None
    answer: Line | None = None


class Answer(Record, frozen=True, kw_only=True):
    """A question and its answer."""

    question: Line
    answer: Line
    short: Line | None = None
    """The answer where there is little room."""
    easy: EasyAnswer | None = None
    sources: Annotated[SourceIds, Meta(min_length=1)]


class Answers(Record, frozen=True, kw_only=True):
    """Questions and answers."""

    heading: Line
    easy: EasyHeading | None = None
    items: Annotated[tuple[Answer, ...], Meta(min_length=1)]


class LeftOut(Record, frozen=True, kw_only=True):
    """A fact of the raw material that is not in the handout, and why."""

    fact: Line
    why: Line


class TopicKind(Enum):
    """A guide explains; a form is filled in."""

    GUIDE = "guide"
    FORM = "form"


class EasyTopic(Record, frozen=True, kw_only=True):
    """Title, purpose and lead of a topic in やさしい日本語. A topic that has them is offered in that edition."""

    title: Line
    purpose: Annotated[str, Meta(min_length=1, max_length=40)]
    lead: Line | None = None


class Desk(Record, frozen=True, kw_only=True):
    """How the front desk's page shows and finds a topic; nothing of it is printed."""

    order: Annotated[int, Meta(ge=1, le=999)]
    """Its number among the cards."""
    lines: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=14)], ...], Meta(min_length=1, max_length=2)]
    """What a patient says who needs it."""
    chip: Annotated[str, Meta(min_length=1, max_length=6)] | None = None
    """The word on its filter button."""
    reading: Line
    """The title in kana."""
    words: tuple[Line, ...] = ()
    """Other words it is looked for by, as they are said or typed."""


class Topic(Record, frozen=True, kw_only=True):
    """What one handout says. Until somebody of the clinic approves it, it prints as 確認前の見本."""

    kind: TopicKind = TopicKind.GUIDE
    title: Line
    purpose: Annotated[str, Meta(min_length=1, max_length=40)]
    lead: Line | None = None
    easy: EasyTopic | None = None
    edition: Annotated[int, Meta(ge=1)] = 1
    date: Date
    expires: Date | None = None
    author: Line
    desk: Desk | None = None
    cover: FigureId | None = None
    """The picture on a cover, where no caption stands; default: the last of the causes, else the first of all."""
    signs: Annotated[SignIds, Meta(min_length=1)]
    causes: Causes | None = None
    check: SelfCheck | None = None
    tips: Tips | None = None
    exercises: Exercises | None = None
    form: Form | None = None
    """What is filled in by hand, in a topic of kind `form`."""
    questions: Questions | None = None
    summary: Summary | None = None
    answers: Answers | None = None
    essential: tuple[BlockName, ...] = ()
    """Sections that no layout leaves out for want of room."""
    terms: TermIds = ()
    """Glossary terms that this handout explains."""
    left_out: tuple[LeftOut, ...] = ()
