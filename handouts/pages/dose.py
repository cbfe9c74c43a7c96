"""Doses in numbers: the rows of the dose panel, and the minutes that all exercises take in a day."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from handouts.model import Dose, Labels
from handouts.pages.blocks import DoseRow

_AMOUNT = re.compile(r"(\d+)(?:〜(\d+))?(\D+)")
_SECONDS = {"秒": 1, "分": 60}


def amount(text: str) -> tuple[int, int, str]:
    """「30〜60秒」 → (30, 60, "秒"); a single number is its own range."""
    match = _AMOUNT.fullmatch(text)
    assert match is not None, f"the model lets no other form pass: {text}"
    low, high, unit = match.groups()
    return int(low), int(high or low), unit


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


def daily_seconds(dose: Dose) -> tuple[int, int]:
    """Least and most seconds a day: time × repetitions × sets × places × legs × times a day."""
    low = high = 1
    if dose.hold:
        least, most, unit = amount(dose.hold)
        low, high = least * _SECONDS[unit], most * _SECONDS[unit]
    elif dose.seconds_each:
        low = high = dose.seconds_each
    for text in (dose.repetitions, dose.sets, dose.per_day):
        if text:
            least, most, _ = amount(text)
            low, high = low * least, high * most
    times = (len(dose.places) if dose.places else 1) * (2 if dose.each_leg else 1)
    return low * times, high * times


def daily_minutes(doses: Iterable[Dose | None]) -> str:
    """「8」 or 「5〜20」: whole minutes, rounded up; one number where they differ by two or less.

    Habits take no time of their own: with nothing else the text is empty (standards.md).
    """
    seconds = [daily_seconds(dose) for dose in doses if dose]
    if not seconds:
        return ""
    low, high = (math.ceil(sum(column) / 60) for column in zip(*seconds, strict=True))
    return str(high) if high - low <= 2 else f"{low}〜{high}"
