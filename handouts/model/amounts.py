"""Doses in numbers: what an amount such as 「30〜60秒」 says, and the time that doses take in a day."""

import math
import re
from collections.abc import Iterable

from handouts.model.topic import Dose

_AMOUNT = re.compile(r"(\d+)(?:〜(\d+))?(\D+)")
_SECONDS = {"秒": 1, "分": 60}


def amount(text: str) -> tuple[int, int, str]:
    """「30〜60秒」 → (30, 60, "秒"); a single number is its own range."""
    match = _AMOUNT.fullmatch(text)
    assert match is not None, f"the model lets no other form pass: {text}"
    low, high, unit = match.groups()
    return int(low), int(high or low), unit


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


def minutes(doses: Iterable[Dose | None]) -> tuple[int, int]:
    """Least and most whole minutes a day of all doses together, rounded up; habits take no time of their own."""
    seconds = [daily_seconds(dose) for dose in doses if dose]
    low, high = (math.ceil(sum(column) / 60) for column in zip(*seconds, strict=True)) if seconds else (0, 0)
    return low, high


def daily_minutes(doses: Iterable[Dose | None]) -> str:
    """What is printed: 「8」 or 「5〜20」, one number where they differ by two or less; nothing but habits is empty."""
    low, high = minutes(doses)
    if not high:
        return ""
    return str(high) if high - low <= 2 else f"{low}〜{high}"
