"""A topic with everything it refers to: what a build is given."""

from __future__ import annotations

from msgspec import Struct

from handouts.model.clinic import Clinic
from handouts.model.shared import GlossaryTerm, Labels, Source, Warnings, WarningSign
from handouts.model.topic import Dose, Exercise, Topic


class ExerciseEntry(Struct, frozen=True):
    """An exercise as this topic uses it: the library's exercise with the dose that applies and all sources."""

    id: str
    exercise: Exercise
    dose: Dose | None
    sources: tuple[str, ...]


class Handout(Struct, frozen=True):
    """A topic with everything it refers to: complete, checked, ready to be composed."""

    id: str
    topic: Topic
    warnings: Warnings
    signs: tuple[WarningSign, ...]
    exercises: tuple[ExerciseEntry, ...]
    sources: dict[str, Source]
    glossary: dict[str, GlossaryTerm]
    labels: Labels
    clinic: Clinic
