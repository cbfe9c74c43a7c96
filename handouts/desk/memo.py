"""The note on a patient's sheet: its lines, what of it cannot be printed, and how much room is left on the paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from handouts.desk.naming import points
from handouts.desk.wire import Lang, Trouble, Way
from handouts.desk.words import say
from handouts.faces import Stack
from handouts.library import Library
from handouts.library.library import PERSONAL
from handouts.model import Edition

MOST = 8
"""Lines (model.Consultation.notes)."""
_PT = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Memo:
    """Its lines as they are printed, and what is to be told."""

    lines: tuple[str, ...]
    troubles: tuple[Trouble, ...] = ()


def memo_of(typed: str, faces: Mapping[str, Stack], lang: Lang) -> Memo:
    """The lines of a note; signs without ink are dropped, a character without a glyph is told."""
    bare = "".join(_seen(character) for character in typed.replace("\r\n", "\n"))
    lines = tuple(line for one in bare.split("\n") if (line := one.strip()))
    troubles = []
    if len(lines) > MOST:
        text = say(lang, "memo-lines", most=MOST)
        troubles.append(Trouble("memo:lines", "wrong", "memo", text, (Way(text, focus="memo"),), lang=lang))
    lost = dict.fromkeys(cluster for line in lines for stack in faces.values() for cluster in stack.missing(line))
    for cluster in list(lost)[:5]:
        way = Way(say(lang, "way-without"), set={"memo": typed.replace(cluster, "")})
        text = say(lang, "memo-glyph", char=cluster)
        troubles.append(
            Trouble(f"memo:{points(cluster)}", "wrong", "memo", text, (way,), detail=points(cluster), lang=lang)
        )
    return Memo(lines, tuple(troubles))


def _seen(character: str) -> str:
    """A break stays, a tab or an odd space is a space, what has no ink is nothing."""
    if character in "\n\u2028\u2029\x85":
        return "\n"
    category = unicodedata.category(character)
    if character == "\t" or (category == "Zs" and character != "\u3000"):
        return " "
    return "" if category in ("Cc", "Cf") else character


def room(lines: tuple[str, ...], faces: Mapping[str, Stack], library: Library, edition: Edition) -> int:
    """How many more full-width characters the last line has room for on the paper; negative where it goes on."""
    layout = library.layout(PERSONAL)
    layout = layout.as_edition(edition) if edition in layout.editions else layout
    theme = library.theme(layout.theme, layout.place)
    width = layout.page.width - layout.margins.left - layout.margins.right - theme.item.indent
    used = faces["regular"].width(lines[-1], 1.0) if lines else 0.0
    return floor(width * _PT / theme.type.body.size - used)
