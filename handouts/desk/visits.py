"""The next visit: the clinic's open days and its usual hour, from the opening hours it states."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from unicodedata import normalize

from handouts.consult import when
from handouts.consult.summary import is_closed
from handouts.model import Clinic, months_after
from handouts.pages.components.personal import spoken

WEEKS = (1, 2, 4)
_CLOCK = re.compile(r"(午後)?\s*([0-9]{1,2})(?:[:]([0-5][0-9])|時(?:([0-5]?[0-9])分|(半))?)")
_HALF = 30
"""min between two times that can be chosen."""
_LONGEST = 31
"""Days that are looked through for an open one."""


def choices(clinic: Clinic, today: date) -> dict[str, Any]:
    """What the calendar needs: quick answers, first and last day, times of the day, closed weekdays."""
    quick = [_quick(clinic, today, weeks) for weeks in WEEKS]
    return {
        "quick": quick,
        "first": (today + timedelta(days=1)).isoformat(),
        "last": months_after(today, 12).isoformat(),
        "time": usual_time(clinic, today),
        "times": times(clinic),
        "closed": [
            name
            for number, name in enumerate(when.WEEKDAYS)
            if is_closed(clinic, today + timedelta(days=(number - today.weekday()) % 7))
        ],
        "closed_days": [],
    }


def _quick(clinic: Clinic, today: date, weeks: int) -> dict[str, Any]:
    day = next_open(clinic, today + timedelta(weeks=weeks))
    time = usual_time(clinic, day)
    return {"weeks": weeks, "date": day.isoformat(), "time": time, "text": written(day, time)}


def next_open(clinic: Clinic, day: date) -> date:
    """The first open day from this one on; itself where the clinic states no hours."""
    days = (day + timedelta(days=number) for number in range(_LONGEST))
    return next((one for one in days if not is_closed(clinic, one)), day)


def usual_time(clinic: Clinic, day: date) -> str | None:
    """When the clinic opens on a day (HH:MM); None where it does not say."""
    starts = [
        spans[0][0] for hours in clinic.hours if when.weekday(day) in hours.days and (spans := _spans(hours.time))
    ]
    starts = starts or [spans[0][0] for hours in clinic.hours if (spans := _spans(hours.time))]
    return _clock(min(starts)) if starts else None


def times(clinic: Clinic) -> list[str]:
    """The half hours at which the clinic is open on any day; of the whole day where it states no hours."""
    spans = [span for hours in clinic.hours for span in _spans(hours.time)] or [(9 * 60, 18 * 60)]
    found = {minute for start, end in spans for minute in range(start, end, _HALF)}
    return [_clock(minute) for minute in sorted(found)]


def written(day: date, time: str | None) -> str:
    """「12月8日(火)10:00」."""
    return f"{spoken(day)}{time or ''}"


def _spans(text: str) -> list[tuple[int, int]]:
    """From and to of each stretch of time in a line such as 9:00〜12:30, in minutes of the day."""
    minutes = [_minutes(*match.groups()) for match in _CLOCK.finditer(normalize("NFKC", text))]
    pairs = zip(minutes[::2], minutes[1::2], strict=False)
    # 「午後3時〜6時」: what ends before it begins ends in the afternoon too.
    later = ((start, end if end > start else end + 12 * 60) for start, end in pairs)
    return [(start, end) for start, end in later if start < end <= 24 * 60]


def _minutes(afternoon: str | None, hour: str, past: str | None, said: str | None, half: str | None) -> int:
    number = int(hour) + (12 if afternoon and int(hour) < 12 else 0)
    return number * 60 + int(past or said or (30 if half else 0))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
