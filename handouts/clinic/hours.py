"""Opening hours as people type them: 9時半-12時, 月-金 → the forms that clinic.yaml keeps."""

from __future__ import annotations

import re
from unicodedata import normalize

WEEK = "月火水木金土日祝"
_CLOCK = r"(\d{1,2})(?:[:時](\d{1,2}|半)?分?)?"
_SPAN = re.compile(rf"(?:午[前後])?{_CLOCK}(?:[-~〜–—−ー]|から)(?:午[前後])?{_CLOCK}(?:まで)?")
_WORDS = {"平日": "月火水木金", "毎日": "月火水木金土日祝", "全日": "月火水木金土日祝", "土日": "土日"}


def time_of(said: str) -> str:
    """`9:00〜12:30` from any usual way to write it. ValueError, in Japanese, where it is none or runs backwards."""
    text = re.sub(r"\s", "", normalize("NFKC", said))
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError("時間は 9:00-12:30 の形で書いてください。")
    start, end = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    if "午後" in text:
        start, end = (clock + 12 * 60 if clock < 12 * 60 else clock for clock in (start, end))
    if not start < end <= 24 * 60:
        raise ValueError("時間は、始まりを先に、24時間の数で書いてください(例 15:00-18:30)。")
    return f"{_clock(start)}〜{_clock(end)}"


def afternoon(said: str) -> str:
    """The same where the afternoon is meant: 3時-7時 is 15:00〜19:00."""
    return time_of(said if "午" in said else f"午後{said}")


def _minutes(hour: str, minute: str | None) -> int:
    late = 30 if minute == "半" else int(minute or 0)
    if late > 59:
        raise ValueError("分は 0〜59 で書いてください。")
    return 60 * int(hour) + late


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def days_of(said: str) -> str:
    """Weekdays in their order, from 月-金、土 or 月火木 or 平日. ValueError, in Japanese, for anything else."""
    text = re.sub(r"(?<=[月火水木金土日])曜日?|(?<=祝)日|[\s・、,，&と]", "", normalize("NFKC", said))
    for word, days in _WORDS.items():
        text = text.replace(word, days)
    text = re.sub(
        f"([{WEEK}])(?:[-~〜–—−ー]|から)([{WEEK}])",
        lambda found: WEEK[WEEK.index(found[1]) : WEEK.index(found[2]) + 1] or "?",
        text,
    )
    if not text or re.search(f"[^{WEEK}]", text):
        raise ValueError("曜日は 月-金 か 月火木金 の形で書いてください(祝日は 祝)。")
    return "".join(day for day in WEEK if day in text)


def line_of(said: str) -> tuple[str, str]:
    """Time and days of one flag, such as `9:00-12:30 月-土`. ValueError, in Japanese."""
    time, _, days = said.strip().partition(" ")
    if not days:
        raise ValueError("--hours は「9:00-12:30 月-土」の形で、時間と曜日の間を空けて書いてください。")
    return time_of(time), days_of(days)


def labelled(time: str) -> str:
    """The time with 午前 or 午後 before it, as a Japanese clinic's table has it; neither where it runs over noon."""
    start, end = (60 * int(clock.partition(":")[0]) + int(clock.partition(":")[2]) for clock in time.split("〜"))
    if end <= 14 * 60 and start < 12 * 60:
        return f"午前 {time}"
    return f"午後 {time}" if start >= 12 * 60 else time


def closed_of(days: list[str]) -> str:
    """The days on which nothing is open."""
    return "・".join(day for day in WEEK if not any(day in opened for opened in days))
