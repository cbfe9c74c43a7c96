"""Illustrations of a handout: each named figure's compiled picture in one theme, with the texts of its pose."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from weakref import WeakKeyDictionary

from handouts.checks.content import check_texts
from handouts.figures.picture import COMPILE, Picture, pose_reading, read_picture
from handouts.library import Library
from handouts.library.folders import shown
from handouts.library.library import SIZE_CLASSES
from handouts.model import Handout, Text, figure_names, place_of
from handouts.pages.blocks import Illustration
from handouts.problems import Problem, Problems
from handouts.sides import ONE_SIDED, Side, sided
from handouts.text.markup import plain


def illustrations(
    library: Library,
    handout: Handout,
    *,
    mono: bool,
    side: Side | None = None,
    cover: bool = True,
    more: Iterable[str] = (),
) -> dict[str, Illustration]:
    """Every figure the handout names, that of its `cover` where it has one, and `more`, turned to the side meant.

    Raises Problems with all that are missing or cannot be read.
    """
    found: dict[str, Illustration] = {}
    problems: list[Problem] = []
    for name in dict.fromkeys([*figure_names(handout, cover=cover), *more]):
        read = _read(library, name, "mono" if mono else "colour", problems)
        if read:
            (alt, caption, drawn, labels), picture = read
            mirrored = side in ONE_SIDED and drawn in ONE_SIDED and side is not drawn
            texts = (sided(alt, side), sided(caption, side))
            found[name] = Illustration(picture, *texts, mirrored, labels, place_of(name))
    if problems:
        raise Problems(problems)
    return found


_Said = tuple[Text, Text, Side, dict[str, Text]]
_known: WeakKeyDictionary[Library, dict[tuple[str, str], tuple[_Said, Picture]]] = WeakKeyDictionary()
"""Words and pictures by name and theme, for each library, which reads nothing twice either."""


def _read(library: Library, name: str, theme: str, problems: list[Problem]) -> tuple[_Said, Picture] | None:
    """The words and the compiled picture of a pose; what is wrong joins `problems`."""
    known = _known.setdefault(library, {})
    if (name, theme) in known:
        return known[name, theme]
    try:
        pose = library.pose(name, place_of(name))
    except Problems as unknown:
        problems += unknown
        return None
    said, picture = _said(pose, problems), _picture(library, name, theme, problems)
    if said and picture:
        known[name, theme] = said, picture
        return known[name, theme]
    return None


def _said(pose: Path, problems: list[Problem]) -> _Said | None:
    """The alternative text, read aloud and so without marks, the caption, the side it is drawn for, and its labels.

    What is wrong joins `problems`.
    """
    reading = pose_reading(pose, shown(pose))
    wrong = reading.problems or check_texts(reading.value[:2])
    if wrong:
        problems += wrong
        return None
    alt, caption, side, labels = reading.value
    return Text(plain(alt), alt.place), caption, Side(side), labels


def _picture(library: Library, name: str, theme: str, problems: list[Problem]) -> Picture | None:
    """The compiled picture of a pose; what is wrong joins `problems`."""
    try:
        if file := library.compiled(name, theme, place_of(name)):
            return read_picture(file.path, file.shown)
        message = f"図「{name}」はまだ描かれていません({name}.{SIZE_CLASSES[0]}.{theme}.svg がありません)。"
        problems.append(Problem(place_of(name), message, f"{COMPILE} {name} で描いてください。", length=len(name)))
    except Problems as wrong:
        problems += wrong
    return None
