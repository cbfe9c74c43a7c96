"""What printers and CUPS say, in plain words: the tables `words*.yaml`, and how a state's keywords are read by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

Lang = Literal["ja", "en"]

_KEYWORD = re.compile("(.+?)(?:-(error|warning|report))?")


class Silence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why CUPS says nothing."""

    absent: str
    stopped: str
    slow: str
    refused: str
    garbled: str


class Abilities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a printer can do, and how that is put together with its condition."""

    duplex: str
    single: str
    color: str
    mono: str
    summary: str


class Conditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a printer or a job is, as far as no keyword says it."""

    ready: str
    busy: str
    paused: str
    rejecting: str
    paper: str
    trouble: str
    before: str
    held: str
    queue: str
    vanished: str
    refused: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table; what each part is for stands in it."""

    silent: Silence
    can: Abilities
    condition: Conditions
    halts: Mapping[str, str]
    warns: Mapping[str, str]
    whatever: frozenset[str]
    paused: frozenset[str]
    unreachable: tuple[str, ...]
    trays: Mapping[str, str]
    numbered: Mapping[str, str]
    complaints: Mapping[str, str]

    def halt(self, reasons: Iterable[str], message: str = "", *, strict: bool = False) -> str:
        """Why nothing is printed until somebody mends it; nothing where no keyword, and no message, says so.

        A keyword without an ending is an error (RFC 8011, 5.4.12); of one that the table lacks only `-error` counts.
        With `strict` warnings count too.
        """
        endings = ("", "error", "warning") if strict else ("", "error")
        for keyword, ending in map(_split, reasons):
            if keyword in self.halts and (ending in endings or keyword in self.whatever):
                return self.halts[keyword]
            if ending == "error" and keyword not in self.paused:
                return self.condition.trouble
        return self.halts["offline"] if any(part in message for part in self.unreachable) else ""

    def warnings(self, reasons: Iterable[str]) -> tuple[str, ...]:
        """What is worth knowing, each once."""
        found = (self.warns.get(keyword) for keyword, ending in map(_split, reasons) if _is_warning(keyword, ending))
        return tuple(dict.fromkeys(filter(None, found)))

    def is_paused(self, reasons: Iterable[str]) -> bool:
        """Whether somebody has stopped the printer."""
        return any(keyword in self.paused for keyword, _ in map(_split, reasons))

    def tray(self, keyword: str) -> str:
        """What people call a tray."""
        if found := re.fullmatch(r"([a-z]+)-?(\d+)", keyword):
            word = self.numbered.get(found[1])
            return word.format(number=found[2]) if word else keyword
        return self.trays.get(keyword, keyword)

    def complaint(self, said: str) -> str:
        """What a refusal in English means; as it was said where nothing is known of it."""
        known = (meaning for part, meaning in self.complaints.items() if part.lower() in said.lower())
        if found := next(known, ""):
            return found
        words = " ".join(said.split())[:200]
        return f"{self.silent.refused}({words})" if words else self.silent.refused


def _split(reason: str) -> tuple[str, str]:
    """A keyword and its ending."""
    found = _KEYWORD.fullmatch(reason)
    return (found[1], found[2] or "") if found else ("", "")


def _is_warning(keyword: str, ending: str) -> bool:
    """A keyword that says how little is left is a warning without saying so."""
    return ending == "warning" or (ending == "" and ("-low" in keyword or "-almost-" in keyword or "-near-" in keyword))


@cache
def words(lang: Lang = "ja") -> Words:
    """The table in a language; what printers and CUPS say themselves stands in the Japanese one alone."""
    tables = [_table("words.yaml")] if lang == "ja" else [_table("words.yaml"), _table(f"words.{lang}.yaml")]
    return msgspec.convert({key: part for table in tables for key, part in table.items()}, Words)


def _table(name: str) -> dict[str, Any]:
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table: dict[str, Any] = yaml.load(Path(__file__).with_name(name).read_text("utf-8"), loader)
    return table
