"""Doses as they are typed, `20s*3*2/day`, and as people read them, 「20秒 × 3回 × 1日2回」."""

from __future__ import annotations

import re
from typing import Protocol
from unicodedata import normalize

FORM = "時間*回数*組数*1日の回数/day のうち、要るものだけ書きます(例: 20s*3*2/day は 20秒 × 3回 × 1日2回)。"
"""How a dose is typed."""

NAMES = {"hold": "時間", "repetitions": "回数", "sets": "組数", "per_day": "1日の回数", "every": "間隔"}
"""The amounts of a dose by their field, in the order in which they are said."""

_N = "[1-9][0-9]{0,2}"
_AMOUNT = f"({_N}(?:〜{_N})?)"
_SECONDS = re.compile(f"{_AMOUNT}(?:秒間?|s|sec|seconds?)")
_MINUTES = re.compile(f"{_AMOUNT}(?:分間?|m|min|minutes?)")
_COUNT = re.compile(f"{_AMOUNT}回?")
_SETS = re.compile(f"{_AMOUNT}(?:セット|組|sets?)")
_PER_DAY = re.compile(f"(?:1日に?{_AMOUNT}回|{_AMOUNT}回?/(?:day|d|日))")
_EVERY = re.compile(f"{_AMOUNT}日に1回")
_DAILY_WORDS = {"朝夕": "2", "朝晩": "2", "朝と夕": "2", "朝と晩": "2", "朝昼晩": "3", "朝昼夕": "3"}
_EVERY_DAY = "毎日"
_SPLIT = re.compile("[*＊×✕✖xXｘＸ]")
_DASH = re.compile("[-~～–—−‐]")


class Amounts(Protocol):
    """What a dose and a choice have in common."""

    @property
    def hold(self) -> str | None:
        """How long, e.g. 30〜60秒."""

    @property
    def repetitions(self) -> str | None:
        """How often, e.g. 10回."""

    @property
    def sets(self) -> str | None:
        """How many rounds, e.g. 2セット."""

    @property
    def per_day(self) -> str | None:
        """How often a day, e.g. 2回."""

    @property
    def every(self) -> str | None:
        """Once in how many days, e.g. 2〜3日."""


class BadDose(ValueError):
    """Why a text is no dose, in Japanese; `at` is where the wrong piece begins, `length` its characters."""

    def __init__(self, message: str, at: int, length: int) -> None:
        super().__init__(message)
        self.at = at
        self.length = length


def amounts_in(text: str) -> dict[str, str]:
    """The amounts of a typed dose by field, as the model writes them. Raises BadDose."""
    found: dict[str, str] = {}
    at = 0
    for piece in _SPLIT.split(text):
        try:
            field, value = _amount(piece, found)
        except ValueError as error:
            raise BadDose(str(error), at, max(1, len(piece))) from None
        if field in found:
            raise BadDose(f"{NAMES[field]}が2つあります。", at, max(1, len(piece)))
        found[field] = value
        at += len(piece) + 1
    return found


def _amount(piece: str, found: dict[str, str]) -> tuple[str, str]:
    """The field and value of one piece; a number without a unit is the repetitions, after these the sets."""
    text = _DASH.sub("〜", "".join(normalize("NFKC", piece).lower().split()))
    if not text:
        raise ValueError("用量の一部が空です。")
    if text in _DAILY_WORDS:
        return "per_day", f"{_DAILY_WORDS[text]}回"
    if text == _EVERY_DAY:
        return "every", "1日"
    for pattern, field, unit in (
        (_PER_DAY, "per_day", "回"),
        (_EVERY, "every", "日"),
        (_SECONDS, "hold", "秒"),
        (_MINUTES, "hold", "分"),
        (_SETS, "sets", "セット"),
    ):
        if match := pattern.fullmatch(text):
            return field, _rising(next(group for group in match.groups() if group)) + unit
    if match := _COUNT.fullmatch(text):
        field = "sets" if "repetitions" in found and not text.endswith("回") else "repetitions"
        return field, _rising(match[1]) + ("セット" if field == "sets" else "回")
    raise ValueError(f"「{piece.strip()}」の意味が分かりません。")


def _rising(text: str) -> str:
    low, _, high = text.partition("〜")
    if high and int(low) >= int(high):
        raise ValueError(f"「{text}」の範囲が小さい順になっていません。")
    return text


def typed(dose: Amounts) -> str:
    """A dose as it may be typed: `20秒*3回*2回/日`; empty where nothing is said."""
    every = _every(dose)
    daily = f"{dose.per_day}/日" if dose.per_day else None
    return "*".join(part for part in (dose.hold, dose.repetitions, dose.sets, daily, every) if part)


def said(dose: Amounts) -> str:
    """A dose as people read it: 「20秒 × 3回 × 1日2回」; empty where nothing is said."""
    every = _every(dose)
    daily = f"1日{dose.per_day}" if dose.per_day else None
    return " × ".join(part for part in (dose.hold, dose.repetitions, dose.sets, daily, every) if part)


def _every(dose: Amounts) -> str | None:
    """Once in how many days; 「1日に1回」 would be read as once a day."""
    if not dose.every:
        return None
    return _EVERY_DAY if dose.every == "1日" else f"{dose.every}に1回"
