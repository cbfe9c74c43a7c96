"""A patient's name at the desk: what cannot be printed is taken out or asked about, one character at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from handouts.consult.names import GETA, MOST, Instead, NameReport, Reason, examine
from handouts.desk.wire import Lang, Trouble, Way
from handouts.desk.words import say
from handouts.faces import Stack, clusters

GAP = "\u3000"
"""What is printed in place of a character that is to be written by hand."""
_PROBE = "あ"
"""A character before the one that is examined: whether it may stand first is not asked here."""
_TAKEN = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Lo", "So")
"""Categories of characters that name nobody: what `examine` refuses of these is taken out (fillers are letters)."""
_GARBLED = "\ufffd"
"""Stands for a character that was lost on the way: it is asked for."""


@dataclass(frozen=True, slots=True)
class Said:
    """A name as it will be printed, and what is to be told or asked about it."""

    name: str
    report: NameReport
    troubles: tuple[Trouble, ...]


def named(typed: str, faces: Mapping[str, Stack], lang: Lang) -> Said:
    """What becomes of a name as it was typed; an empty one is a line to write on."""
    name = cleaned(typed, faces)
    troubles: list[Trouble] = []
    if name != typed and name.strip(" " + GAP) != typed.strip(" " + GAP):
        way = Way(say(lang, "way-shorten"), set={"name": name})
        troubles.append(Trouble("name:cleaned", "told", "name", say(lang, "name-cleaned"), (way,), lang=lang))
    if not name.strip(" \u00a0" + GAP):
        return Said("", NameReport(), tuple(troubles))
    if len(name) > MOST:
        text = say(lang, "name-long", count=len(name), most=MOST)
        way = Way(say(lang, "way-shorten"), focus="name")
        return Said(name, NameReport(), (*troubles, Trouble("name:long", "wrong", "name", text, (way,), lang=lang)))
    unknown = [_unknown(name, position, lang) for position in _refused(name, faces)]
    if unknown:
        return Said(name, NameReport(), (*troubles, *unknown))
    report = examine(name, faces)
    asked = (_asked(name, one, lang) for one in report.instead)
    return Said(name, report, (*troubles, *asked))


def cleaned(typed: str, faces: Mapping[str, Stack]) -> str:
    """The name without signs that nobody is called by: breaks, tabs, controls, what has no ink, stray marks."""
    kept: list[str] = []
    for cluster in clusters(typed):
        if cluster[0] in "\n\r\t\v\f\x85\u2028\u2029":
            kept.append(" ")
        elif not _refuses(cluster, faces):
            kept.append(cluster)
        elif cluster[0] != _GARBLED and unicodedata.category(cluster[0]) in _TAKEN:
            kept.append(" " if unicodedata.category(cluster[0]) == "Zs" else cleaned(cluster[1:], faces))
        else:
            kept.append("".join(one for one in cluster if not _dropped(one, faces)))
    name = "".join(kept)
    while name and examine(name[0], faces).refused and unicodedata.category(name[0]).startswith("M"):
        name = name[1:]
    return name


def _dropped(character: str, faces: Mapping[str, Stack]) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf") and _refuses(character, faces)


def _refuses(cluster: str, faces: Mapping[str, Stack]) -> bool:
    return bool(examine(_PROBE + cluster, faces).refused)


def _refused(name: str, faces: Mapping[str, Stack]) -> list[int]:
    """Which characters (from 1) have no form that anybody could mean: private ones, garbled ones."""
    return [position for position, cluster in enumerate(clusters(name), 1) if _refuses(cluster, faces)]


def _unknown(name: str, position: int, lang: Lang, code: str = "") -> Trouble:
    cluster = list(clusters(name))[position - 1]
    ways = (_gap(name, position, lang), Way(say(lang, "way-kana"), set={"name": ""}, focus="name"))
    text = say(lang, "name-none", at=position)
    return Trouble(f"name:{position}", "wrong", "name", text, ways, detail=points(cluster), lang=lang)


def _asked(name: str, one: Instead, lang: Lang) -> Trouble:
    """A character that is printed otherwise, or not at all."""
    if one.reason is Reason.NONE or one.form == GETA:
        return _unknown(name, one.position, lang)
    answer = Way(say(lang, "way-form"), answer=f"name:{one.cluster}:{one.form}")
    text = say(lang, "name-near", at=one.position, char=one.cluster, form=one.form)
    ways = (answer, _gap(name, one.position, lang))
    return Trouble(f"name:{one.position}", "ask", "name", text, ways, detail=points(one.cluster), lang=lang)


def _gap(name: str, position: int, lang: Lang) -> Way:
    parts = list(clusters(name))
    parts[position - 1] = GAP
    return Way(say(lang, "way-blank"), set={"name": "".join(parts)})


def points(text: str) -> str:
    """「U+9089 U+E010F」."""
    return " ".join(f"U+{ord(character):04X}" for character in text)
