"""How much and with which leg: the rows of the dose panel in a fixed order, and the steps for one knee or both."""

from __future__ import annotations

import re

from handouts.model import Dose, ExerciseEntry, Labels, Text
from handouts.pages.blocks import DoseRow
from handouts.sides import ONE_SIDED, Side, sided


def dose_rows(dose: Dose | None, when: str | None, labels: Labels) -> tuple[DoseRow, ...]:
    """The panel's rows in their fixed order: when, time, repetitions, sets, places, legs, times a day, days between."""
    words = labels.dose
    rows = [DoseRow(words.when, when, "")] if when else []
    if dose is None:
        return tuple(rows)
    legs_said = not dose.each_leg
    if dose.hold:
        rows.append(_row(words.hold, dose.hold))
    if dose.repetitions and dose.each_leg and "〜" not in dose.repetitions:
        # In one row: 左右 1回ずつ below 「3回」 would read as once in all.
        rows.append(_row(words.legs, dose.repetitions, words.each))
        legs_said = True
    elif dose.repetitions:
        rows.append(_row(words.repetitions, dose.repetitions))
    if dose.sets:
        rows.append(_row(words.sets, dose.sets))
    if dose.places:
        rows.append(DoseRow(words.places, words.and_.join(dose.places), ""))
    if not legs_said:
        # A range with 「ずつ」 behind it is wider than the panel.
        rows.append(DoseRow(words.legs, words.both_legs, "") if dose.repetitions else _row(words.legs, words.each_leg))
    rows.append(_row(words.per_day, dose.per_day))
    if dose.every:
        rows.append(_row(words.every, dose.every, words.every_unit))
    return tuple(rows)


def steps(entry: ExerciseEntry, labels: Labels, side: Side | None, *, turned: bool) -> tuple[str, ...]:
    """The steps for that side; with `turned`, for one knee, the last is that the other leg has its turn, if it has."""
    said = tuple(sided(step, side) for step in entry.exercise.steps)
    return (
        (*said, Text(other_leg(labels, side), entry.exercise.place)) if turned and has_other_leg(entry, side) else said
    )


def has_other_leg(entry: ExerciseEntry, side: Side | None) -> bool:
    """Whether the steps name one leg and the dose means both."""
    return side in ONE_SIDED and bool(entry.dose and entry.dose.each_leg)


def other_leg(labels: Labels, side: Side | None) -> str:
    """That the other leg has its turn; nothing where no side is meant."""
    return labels.dose.other_leg.replace("#", ONE_SIDED[side][1]) if side in ONE_SIDED else ""


def _row(label: str, text: str, after: str = "") -> DoseRow:
    match = re.match(r"[\d〜]+", text)
    value = match.group() if match else ""
    return DoseRow(label, value, text[len(value) :] + after)
