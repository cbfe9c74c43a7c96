"""Doses for a stepper: each amount with its value, its range and its step, as the library and the topic state them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handouts.consult.dose import NAMES
from handouts.consult.merge import stated_doses
from handouts.library import Library
from handouts.model import Dose, ExerciseEntry, Handout
from handouts.model.amounts import amount

TOP = 999
"""The largest number an amount may have (model.parts)."""
UNSAID = {"repetitions": "1回", "sets": "1セット", "per_day": "1回", "every": "1日"}
"""What a dose means where it says nothing of an amount."""
_LABELS = {"hold": "時間", "repetitions": "回数", "sets": "組数", "per_day": "1日", "every": "間隔"}
_LEGS = "左右"
_STEP = {"秒": 5}
_SECONDS = {"秒": 1, "分": 60}
_ALWAYS = ("repetitions", "per_day")


def amounts(library: Library, handout: Handout, entry: ExerciseEntry) -> list[dict[str, Any]]:
    """What of an exercise's dose can be set: id, label, unit, value, least, most, step, top, range in words."""
    if entry.dose is None:
        return []
    stated = stated_doses(library, [handout], entry.id)
    return [_amount(name, entry.dose, stated) for name in NAMES if getattr(entry.dose, name) or name in _ALWAYS]


def _amount(name: str, dose: Dose, stated: Iterable[Dose]) -> dict[str, Any]:
    low, high, unit = amount(getattr(dose, name) or UNSAID[name])
    least, most, _ = span(name, stated, unit)
    label = _LEGS if name == "repetitions" and dose.each_leg else _LABELS[name]
    return {
        "id": name,
        "label": label,
        "unit": unit,
        "value": [low, high],
        "least": least,
        "most": most,
        "step": _STEP.get(unit, 1),
        "top": TOP,
        "range": words(least, most, unit),
    }


def span(name: str, stated: Iterable[Dose], unit: str) -> tuple[int, int, str]:
    """The least and the most that doses state of an amount, in a unit."""
    said = [amount(text) for dose in stated if (text := getattr(dose, name) or UNSAID.get(name))]
    per = _SECONDS.get(unit, 1)
    low = min((low * _SECONDS.get(one, 1) for low, _, one in said), default=per)
    high = max((high * _SECONDS.get(one, 1) for _, high, one in said), default=per)
    return -(-low // per), max(high // per, -(-low // per)), unit


def words(low: int, high: int, unit: str) -> str:
    """「20秒」 or 「20〜30秒」."""
    return f"{low}{unit}" if low == high else f"{low}〜{high}{unit}"


def outside(name: str, text: str, stated: Iterable[Dose]) -> tuple[bool, str, str] | None:
    """Where an amount is not within what is stated: whether it is more, the range in words, the nearest that is in it.

    None where it is within.
    """
    low, high, unit = amount(text)
    stated = list(stated)
    least, most, _ = span(name, stated, unit)
    per = _SECONDS.get(unit, 1)
    exact_low, exact_high, _ = span(name, stated, "秒" if unit in _SECONDS else unit)
    if low * per >= exact_low and high * per <= exact_high:
        return None
    over = high * per > exact_high
    if unit == "分" and (exact_low % 60 or exact_high % 60):
        least, most, unit = exact_low, exact_high, "秒"
    return over, words(least, most, unit), f"{most if over else least}{unit}"
