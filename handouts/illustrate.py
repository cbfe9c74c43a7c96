"""Illustrations of a handout: each named figure's compiled picture in one theme, with the texts of its pose."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.figures.picture import read_picture, read_pose_texts
from handouts.library import Library
from handouts.model import Handout, place_of
from handouts.pages.blocks import Illustration
from handouts.problems import Problem, Problems

SIZE_CLASS = "M"
"""The size class whose line weights suit the widths that layouts draw at (45–62 mm)."""


def illustrations(library: Library, handout: Handout, *, mono: bool) -> dict[str, Illustration]:
    """Every figure the handout names. Raises Problems with all that are missing or cannot be read."""
    found: dict[str, Illustration] = {}
    problems: list[Problem] = []
    suffix = f".{SIZE_CLASS}.{'mono' if mono else 'colour'}.svg"
    for name in dict.fromkeys(figure_names(handout)):
        try:
            alt, caption = read_pose_texts(library.pose(name, place_of(name)))
            picture = read_picture(library.picture(name, suffix, place_of(name)))
            found[name] = Illustration(picture, alt, caption, place_of(name))
        except Problems as several:
            problems += several
    if problems:
        raise Problems(problems)
    return found


def figure_names(handout: Handout) -> Iterator[str]:
    """The names of all figures, in reading order."""
    if handout.topic.causes:
        yield from handout.topic.causes.figures
    yield from (entry.exercise.figure for entry in handout.exercises)
