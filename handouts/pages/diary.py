"""What a diary holds: each exercise with its letter and dose, and a row for each leg and each time a day."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model import Dose, ExerciseEntry, Handout, Labels, Text, place_of
from handouts.model.amounts import amount
from handouts.pages.blocks import Diary, DiaryEntry, Head
from handouts.pages.foot import bare_title
from handouts.sides import ONE_SIDED, Side, has_side, sided
from handouts.text.markup import escape


def compose_diary(handout: Handout, number: int, side: Side | None) -> Diary | None:
    """The diary of a topic's exercises, lettered as on its sheet; None where it has none."""
    if not handout.exercises:
        return None
    labels, words = handout.labels, handout.labels.diary
    entries = tuple(
        DiaryEntry(
            chr(ord("A") + index),
            entry.exercise.short,
            _dose(entry, labels),
            tick_rows(entry, labels, side),
            sided(entry.exercise.stop, side),
        )
        for index, entry in enumerate(handout.exercises)
    )
    return Diary(
        number,
        words.heading,
        words.note,
        entries,
        labels.stop,
        words.weeks,
        words.date,
        words.pain,
        labels.memo,
        words.visit,
        words.when,
        words.bring,
        words.name,
    )


def diary_head(head: Head, handout: Handout) -> Head:
    """The head of a sheet that is a diary: it says to which sheet it belongs, which has pictures and steps."""
    title, words = handout.topic.title, handout.labels.diary
    belongs = Text(words.belongs.replace("#", escape(bare_title(title))), place_of(title))
    return Head(words.title, belongs, "", head.clinic, head.notice, head.logo)


def _dose(entry: ExerciseEntry, labels: Labels) -> str:
    """How long or how often, in a few characters; for a habit, when."""
    dose = entry.dose
    if dose is None:
        when = entry.exercise.when or ""
        return when if when != entry.exercise.short else ""
    places = labels.dose.and_.join(dose.places) if dose.places else None
    every = f"{dose.every}{labels.dose.every_unit}" if dose.every else None
    parts = [part for part in (places, dose.hold, dose.repetitions, dose.sets, every) if part]
    return Text(" ".join(parts), dose.place)


def tick_rows(entry: ExerciseEntry, labels: Labels, side: Side | None, *, each_time: bool = True) -> tuple[str, ...]:
    """What tells the rows of an exercise apart: the time of the day, the leg, both, or nothing for a single row."""
    dose, words = entry.dose, labels.diary
    if dose is None:
        return ("",)
    most = amount(dose.per_day)[1]
    times = [words.time.replace("#", str(number)) for number in range(1, most + 1)] if most > 1 and each_time else [""]
    legs = _legs(dose, entry, side) or [""]
    return tuple(" ".join(filter(None, (time, leg))) for time in times for leg in legs)


def _legs(dose: Dose, entry: ExerciseEntry, side: Side | None) -> Sequence[str]:
    """The legs that are treated: both where the dose or the sheet says so, the one of a sheet for one knee."""
    both = [word for word, _ in ONE_SIDED.values()]
    if dose.each_leg:
        return both
    if side is None or not any(has_side(text) for text in (entry.exercise.name, *entry.exercise.steps)):
        return []
    return both if side is Side.BOTH else [ONE_SIDED[side][0]]
