"""Whether what a record says of a patient may speak against an exercise; where that is in doubt, the answer is yes."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

from handouts.sides import sided
from handouts.text.markup import MarkupError, plain

_PARTS = re.compile("[、・,。()/]|または|および|かつ")
_ENDINGS = re.compile(
    "(のある|がある|のあった|中の|後の|している|しています|を?使っている|を?飲んでいる|の|な)?(方|人|とき|場合|患者)?(も|は|へ)?$"
)
_STATES = re.compile("(があります|がある|あり|です|中|の既往|既往|疑い|の疑い|服用中|内服中|の治療中|治療中)$")
_NOTHING = re.compile("(特に|特記(事項)?)?(な|無)し?(です)?[。.]?")
_AGE = re.compile("([0-9]{1,3})歳(以下|未満|以上|以降|を?超)")


@dataclass(frozen=True, slots=True)
class Group:
    """Words for one thing; `sign` where a note names it as something to watch for, not as something one has."""

    name: str
    words: tuple[str, ...]
    sign: bool = False


@cache
def groups() -> tuple[Group, ...]:
    """The groups of `conditions.yaml`."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table = yaml.load(Path(__file__).with_name("conditions.yaml").read_text("utf-8"), loader)
    return tuple(
        Group(one["name"], tuple(bare(word) for word in one["words"]), one.get("sign", False)) for one in table
    )


@cache
def bare(text: str) -> str:
    """A text without marks, spaces and differences of width or case, as words are compared.

    What people write into a record knows no marks: a stray one is a character like any other.
    """
    with suppress(MarkupError):
        text = plain(sided(text, None))
    return "".join(normalize("NFKC", text).lower().split())


@cache
def meant(text: str) -> frozenset[str]:
    """The names of the groups that a text speaks of."""
    said = bare(text)
    return frozenset(group.name for group in groups() if any(word in said for word in group.words))


SIGNS = frozenset(group.name for group in groups() if group.sign)


@cache
def pieces(text: str) -> tuple[str, ...]:
    """The things that a line of `avoid`, or a list of who must ask first, names; those of two characters or more."""
    parts = (_STATES.sub("", _ENDINGS.sub("", part)) for part in _PARTS.split(bare(text)))
    return tuple(part for part in parts if len(part) > 1)


class Said(Enum):
    """Where in the record something is said."""

    CONDITION = "conditions"
    FINDING = "findings"
    NOTE = "notes"


def speaks_against(said: str, line: str, where: Said = Said.CONDITION) -> bool:
    """Whether what a record says may be what a line of `avoid` means: by a group of words, or by the words.

    A condition is found by a part of the line too (人工, in 膝が人工関節の方); a finding, which names places as a
    matter of course, is not. A note tells what to do when something happens: signs to watch for do not count in it.
    """
    shared = meant(said) & meant(line)
    if where is Said.NOTE:
        return bool(shared - SIGNS)
    if shared or any(part in bare(said) for part in pieces(line)):
        return True
    return where is Said.CONDITION and any(part in bare(line) for part in pieces(said))


def is_nothing(said: str) -> bool:
    """Whether it says that there is nothing (なし, 特になし)."""
    return _NOTHING.fullmatch(bare(said)) is not None


def is_known(said: str) -> bool:
    """Whether a condition belongs to a group at all; one that does not cannot be compared with anything."""
    return bool(meant(said))


def too_young_or_old(age: int, line: str) -> bool:
    """Whether a line names an age that is this one (18歳以下, 75歳以上)."""
    for number, bound in _AGE.findall(bare(line)):
        limit = int(number)
        fits = {"以下": age <= limit, "未満": age < limit, "以上": age >= limit, "以降": age >= limit}.get(
            bound, age > limit
        )
        if fits:
            return True
    return False
