"""The rows of the dose panel: a dose in words and numbers, in a fixed order."""

from __future__ import annotations

import re

from handouts.model import Dose, Labels
from handouts.pages.blocks import DoseRow


def dose_rows(dose: Dose | None, when: str | None, labels: Labels) -> tuple[DoseRow, ...]:
    """The panel's rows in their fixed order: when, time, repetitions, sets, places, legs, times a day, days between."""
    words = labels.dose
    rows = [DoseRow(words.when, when, "")] if when else []
    if dose is None:
        return tuple(rows)
    legs_said = not dose.each_leg
    if dose.hold:
        rows.append(_row(words.hold, dose.hold))
    if dose.repetitions:
        # Said with the repetitions: a row 左右 1回ずつ below 「3回」 would read as once in all.
        rows.append(_row(words.repetitions, dose.repetitions, words.each if dose.each_leg else ""))
        legs_said = True
    if dose.sets:
        rows.append(_row(words.sets, dose.sets))
    if dose.places:
        rows.append(DoseRow(words.places, words.and_.join(dose.places), ""))
    if not legs_said:
        rows.append(_row(words.legs, words.each_leg))
    rows.append(_row(words.per_day, dose.per_day))
    if dose.every:
        rows.append(_row(words.every, dose.every, words.every_unit))
    return tuple(rows)


def _row(label: str, text: str, after: str = "") -> DoseRow:
    match = re.match(r"[\d〜]+", text)
    value = match.group() if match else ""
    return DoseRow(label, value, text[len(value) :] + after)
