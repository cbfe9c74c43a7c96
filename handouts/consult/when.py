"""Days as they are said at a front desk: 「2週間後」「12月6日 10時」「2026-12-06 10:00」."""

from __future__ import annotations

import re
from datetime import date, timedelta
from unicodedata import normalize

from handouts.model import months_after

FORM = "例: 2週間後、10日後 10:30、2026-12-06 10:00、12月6日 午後3時"
WEEKDAYS = "月火水木金土日"

_KANJI = str.maketrans("一二三四五六七八九〇", "1234567890")
_TIME = re.compile(r"(?:(午前|午後|am|pm)\s*)?([0-9]{1,2})(?::([0-9]{2})|時(?:([0-9]{1,2})分?|(半))?)\s*(?:から)?$")
_WEEKS = re.compile(r"([0-9]{1,2})\s*(?:週間?後?|weeks?|w)")
_DAYS = re.compile(r"([0-9]{1,3})\s*(?:日後|days?|d)")
_MONTHS = re.compile(r"([0-9]{1,2})\s*(?:[かヶケカヵ箇]月後?|months?)")
_WORDS = {"来週": 7, "再来週": 14, "明日": 1, "あさって": 2, "明後日": 2}
_FULL = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_SHORT = re.compile(r"([0-9]{1,2})(?:/|月)([0-9]{1,2})日?")


def moment(text: str, base: date) -> tuple[date, str | None]:
    """The day, and the time (HH:MM) where one is said; days after `base`. Raises ValueError, in Japanese."""
    said = re.sub(r"\([月火水木金土日]\)", "", normalize("NFKC", text).strip().lower())
    said = re.sub("[一二三四五六七八九](?=週|か月|ヶ月|カ月)", lambda match: match[0].translate(_KANJI), said)
    said = re.sub(r"(?<=[0-9])t(?=[0-9])", " ", said)
    time = None
    if match := _TIME.search(said):
        time = _time(*match.groups())
        said = said[: match.start()].rstrip(" のに、,")
    return _day(re.sub(r"^(in|次は)\s*", "", said), base), time


def _day(said: str, base: date) -> date:
    if said in _WORDS:
        return base + timedelta(days=_WORDS[said])
    for pattern, days in ((_WEEKS, 7), (_DAYS, 1)):
        if match := pattern.fullmatch(said):
            return base + timedelta(days=days * int(match[1]))
    if match := _MONTHS.fullmatch(said):
        return months_after(base, int(match[1]))
    try:
        if match := _FULL.fullmatch(said):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _SHORT.fullmatch(said):
            day = date(base.year, int(match[1]), int(match[2]))
            return day if day >= base else date(base.year + 1, day.month, day.day)
    except ValueError:
        raise ValueError("その日はこよみにありません。") from None
    raise ValueError("日の書き方が分かりません。")


def _time(half: str | None, hour: str, minutes: str | None, minutes_said: str | None, half_past: str | None) -> str:
    number = int(hour) + (12 if half in ("午後", "pm") and int(hour) < 12 else 0)
    past = int(minutes or minutes_said or (30 if half_past else 0))
    if number > 23 or past > 59:
        raise ValueError("その時刻はありません。")
    return f"{number:02}:{past:02}"


def weekday(day: date) -> str:
    """「月」 … 「日」."""
    return WEEKDAYS[day.weekday()]


def written(day: date) -> str:
    """「2026年12月6日(日)」."""
    return f"{day.year}年{day.month}月{day.day}日({weekday(day)})"
