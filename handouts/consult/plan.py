"""From a consultation to what is printed: one handout, doses, questions to be answered, changes since last time."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from msgspec.structs import replace

from handouts.approve import unapproved
from handouts.checks.content import check_exercise, check_handout
from handouts.consult.changes import Change, changes
from handouts.consult.content import Content
from handouts.consult.dose import NAMES
from handouts.consult.merge import default_entries, merged, stated_doses, with_approval
from handouts.consult.names import NameReport
from handouts.consult.names import examine as examine_name
from handouts.consult.questions import (
    Question,
    about_doses,
    about_the_patient,
    about_the_sheet,
    about_the_sheet_before,
    name_of,
)
from handouts.faces import load_faces
from handouts.library import Library
from handouts.library.approval import review
from handouts.model import Dose, Exercise, ExerciseEntry, Handout, Review, place_of
from handouts.model.amounts import daily_minutes
from handouts.model.consultation import Choice, Consultation, Knee
from handouts.problems import Problem, Problems, Severity
from handouts.sides import Side, has_side
from handouts.text.markup import plain


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a personalised sheet says: `handout` has the chosen exercises with the doses that were decided."""

    consultation: Consultation
    handout: Handout
    printed: date
    topics: Mapping[str, str]
    """Titles by name, in order."""
    questions: tuple[Question, ...]
    """What must be answered with yes before it is printed."""
    changes: tuple[Change, ...]
    """What is otherwise than on the sheet before; nothing where there was none."""
    has_previous: bool
    name: NameReport
    review: Review
    side_known: bool = True
    """False while nobody has chosen the knee: the sheet is looked at, with no knee marked, and not handed out."""

    @property
    def side(self) -> Side:
        """The knee, as pictures and words turn with it."""
        return Side(self.consultation.side.value)

    @property
    def day(self) -> date:
        """The day of the consultation."""
        said = self.consultation.date
        return date.fromisoformat(said) if said else self.printed

    @property
    def next_visit(self) -> tuple[date, str | None] | None:
        """Day and time (HH:MM) of the next visit."""
        visit = self.consultation.next_visit
        return (date.fromisoformat(visit.date), visit.time) if visit else None

    @property
    def minutes(self) -> str:
        """Minutes a day of all exercises, 「8」 or 「5〜20」; empty where they are habits alone."""
        return daily_minutes(entry.dose for entry in self.handout.exercises)

    @property
    def doses(self) -> dict[str, tuple[str, Dose | None]]:
        """Name and dose of each exercise by id, in order."""
        return {str(entry.id): (name_of(entry), entry.dose) for entry in self.handout.exercises}

    def name_of(self, entry: ExerciseEntry) -> str:
        """What an exercise is called where no side is meant."""
        return name_of(entry)


def plan(
    library: Library,
    consultation: Consultation,
    printed: date,
    previous: Content | None = None,
    patient: Mapping[str, str] | None = None,
    *,
    side_known: bool = True,
) -> Plan:
    """What is to be printed on a day. Raises Problems, none with the patient's name.

    `previous` is the sheet before, `patient` (name, id) whom that was for: if it was not this one, that is asked.
    While the side is not known, the doses are those for one knee.
    """
    name = consultation.patient.name
    report = examine_name(name, load_faces(list(library.folders.of("fonts")))) if name else NameReport()
    problems = [*report.refused]
    handouts: list[Handout] = []
    for name in consultation.topics:
        handout, wrong = _topic(library, name)
        problems += [_here(problem, name) for problem in wrong]
        handouts.append(handout)
    if problems:
        raise Problems(dict.fromkeys(problems))
    choices, entries = _chosen(library, consultation, handouts, both=side_known and consultation.side is Knee.BOTH)
    stated = {entry.id: stated_doses(library, handouts, entry.id) for entry in entries}
    doses = tuple(about_doses(choices, entries, stated))
    handout = merged(library, handouts, entries)
    handout, state = _answered_for(library, handout, handouts, bool(consultation.practitioner and not doses), printed)
    visit = date.fromisoformat(consultation.next_visit.date) if consultation.next_visit else None
    questions = (
        *doses,
        *(about_the_sheet_before(consultation, patient) if patient is not None else ()),
        *about_the_patient(consultation, handouts, entries),
        *about_the_sheet(consultation, handout, printed, visit, report),
    )
    topics = {str(one.id): plain(one.topic.title) for one in handouts}
    made = Plan(consultation, handout, printed, topics, questions, (), previous is not None, report, state, side_known)
    if previous is None:
        return made
    now = (topics, consultation.side.value, made.doses)
    found = tuple(changes((previous.topics, previous.side, previous.doses()), now))
    return dataclasses.replace(made, changes=found)


_topics: WeakKeyDictionary[Library, dict[str, tuple[Handout, tuple[Problem, ...]]]] = WeakKeyDictionary()
"""Topics that were read and checked, by library: a batch asks for the same ones thousands of times."""


def _topic(library: Library, name: str) -> tuple[Handout, tuple[Problem, ...]]:
    """A topic, and what keeps it from being printed for one patient."""
    known = _topics.setdefault(library, {})
    if name not in known:
        handout = library.handout(name)
        problems = [problem for problem in check_handout(handout) if problem.severity is Severity.ERROR]
        if handout.topic.form is not None:
            hint = "体操のある資料を選んでください(handouts list topics)。"
            problems.append(
                Problem(place_of(name), f"「{name}」は書き込み用の資料なので、名前入りにはできません。", hint)
            )
        known[name] = handout, tuple(problems)
    return known[name]


_exercises: WeakKeyDictionary[Library, dict[str, list[Problem]]] = WeakKeyDictionary()
"""What is wrong with exercises that no chosen topic has, by library."""


def _wrong(library: Library, name: str, exercise: Exercise) -> list[Problem]:
    """What keeps an exercise that comes from no topic from being printed."""
    known = _exercises.setdefault(library, {})
    if name not in known:
        known[name] = check_exercise(exercise)
    return known[name]


def _here(problem: Problem, name: str) -> Problem:
    """A problem that was kept from an earlier record, at the place where this one names the topic."""
    if problem.message.startswith(f"「{name}」は書き込み用"):
        return Problem(place_of(name), problem.message, problem.hint, excerpt=" ", length=len(name))
    return problem


def _chosen(
    library: Library, record: Consultation, handouts: Sequence[Handout], *, both: bool
) -> tuple[list[Choice], list[ExerciseEntry]]:
    """The chosen exercises, else the topics', each with its choice, and with the dose that was decided."""
    usual = {str(entry.id): entry for entry in default_entries(handouts)}
    choices = list(record.exercises) or [Choice(exercise=name) for name in usual]
    problems: list[Problem] = []
    entries = []
    for choice in choices:
        exercise = library.exercise(choice.exercise, place_of(choice.exercise))
        entry = usual.get(choice.exercise) or ExerciseEntry(
            str(choice.exercise), exercise, exercise.dose, tuple(exercise.sources)
        )
        problems += [] if choice.exercise in usual else _wrong(library, choice.exercise, exercise)
        dose = _decided(entry.dose, choice)
        problems += [_unclear(choice)] if dose and not _is_whole(dose) else []
        entries.append(replace(entry, dose=_for_both(dose, exercise) if both else dose))
    if problems:
        raise Problems(problems)
    return choices, entries


def _decided(dose: Dose | None, choice: Choice) -> Dose | None:
    """The dose of a choice: what it says, and all else as it was; a habit's times a day are 1 where none are said."""
    said = {field: value for field in NAMES if (value := getattr(choice, field))}
    if not said:
        return dose
    return replace(dose, **said) if dose else Dose(**{"per_day": "1回", **said})


def _for_both(dose: Dose | None, exercise: Exercise) -> Dose | None:
    """The dose for both knees: what is done with the painful leg alone is done with each, and takes twice the time."""
    one_leg = any(map(has_side, (exercise.name, *exercise.steps)))
    return replace(dose, each_leg=True) if dose and one_leg else dose


def _is_whole(dose: Dose) -> bool:
    """Whether it says how much, and how long that takes."""
    return bool(dose.hold or (dose.repetitions and dose.seconds_each))


def _unclear(choice: Choice) -> Problem:
    message = f"「{choice.exercise}」の資料には用量がないので、1回の時間が分かりません。"
    hint = f"時間も書いてください(例: {choice.exercise}:20s*3*2/day)。"
    return Problem(place_of(choice), message, hint, excerpt=" ")


def _answered_for(
    library: Library, handout: Handout, handouts: Sequence[Handout], as_stated: bool, printed: date
) -> tuple[Handout, Review]:
    """Approved where all topics are, all exercises are theirs, doses are as stated and the practitioner is named.

    Who is printed is the one whose approval is the oldest. Raises Problems where the clinic wants approvals.
    """
    states = [(one, review(one, printed)) for one in handouts]
    if handout.clinic.require_approval:
        missing = [unapproved(library, one.id) for one, state in states if state is not Review.VALID]
        if missing:
            raise Problems(missing)
    worst = next((state for _, state in states if state is not Review.VALID), Review.VALID)
    if worst is not Review.VALID:
        return handout, worst
    theirs = {entry.id for one in handouts for entry in one.exercises}
    if not as_stated or any(entry.id not in theirs for entry in handout.exercises):
        return handout, Review.MISSING
    approvals = [one.approval for one in handouts if one.approval]
    return with_approval(handout, min(approvals, key=lambda one: one.on)), Review.VALID
