"""Words that turn with the knee: `[active:片脚]` is 片脚 where no side is meant, 右脚 or 左脚 where one is."""

from __future__ import annotations

import re
from enum import Enum

from handouts.model import Text, place_of


class Side(Enum):
    """The patient's knee a sheet is for."""

    RIGHT = "right"
    LEFT = "left"
    BOTH = "both"


ONE_SIDED = {Side.RIGHT: ("右", "左"), Side.LEFT: ("左", "右")}
"""The word for the active leg and for the other one."""

_MARK = re.compile(r"\[(active|other):([^\[\]:]+)\]")
_ONE_OF_TWO = re.compile("^(痛くない|つった|片方の|反対側の|反対の|もう片方の|もう一方の|痛む|伸ばす|片方|片)")
_REST = re.compile(r"\[(?:active|other)?:?")


def sided(text: str, side: Side | None) -> str:
    """The text for one side; for both, or none, the words that name no side."""
    if "[" not in text:
        return text
    words = ONE_SIDED.get(side) if side else None

    def word(match: re.Match[str]) -> str:
        said = match[2]
        if words is None:
            return said
        return words[match[1] == "other"] + _ONE_OF_TWO.sub("", said)

    return Text(_MARK.sub(word, text), place_of(text))


def stray_mark(text: str) -> int | None:
    """Where a side's mark is begun and not well-formed; None where all is well."""
    blanked = _MARK.sub(lambda match: " " * len(match[0]), text)
    found = _REST.search(blanked)
    return found.start() if found else None


def has_side(text: str) -> bool:
    """Whether the text turns with the side."""
    return bool(_MARK.search(text))
