"""A topic with everything it refers to: what a build is given."""

from collections.abc import Iterator

from msgspec import Struct

from handouts.model.approval import Approval
from handouts.model.clinic import Clinic
from handouts.model.shared import GlossaryTerm, Labels, Source, Warnings, WarningSign
from handouts.model.topic import Dose, Exercise, Topic


class ExerciseEntry(Struct, frozen=True):
    """An exercise as this topic uses it: the library's, the dose that applies, all sources, the further pictures."""

    id: str
    exercise: Exercise
    dose: Dose | None
    sources: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def further(self) -> tuple[str, ...]:
        """The pictures printed beside its first one: those asked for, and those without which that one misleads."""
        return self.also or (self.exercise.also if self.exercise.together else ())


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
    approval: Approval | None = None
    """Who answers for it, if anybody; `approved` is False where the content was changed since."""
    approved: bool = False


def figure_names(handout: Handout, *, cover: bool = True) -> Iterator[str]:
    """The names of all figures, in reading order; last the cover's own, where one is wanted."""
    if handout.topic.form:
        sections = (part for row in handout.topic.form.rows for column in row.columns for part in column.sections)
        yield from (part.figure for part in sections if part.figure)
    if handout.topic.causes:
        yield from handout.topic.causes.figures
    for entry in handout.exercises:
        yield entry.exercise.figure
        yield from entry.further
    if cover and handout.topic.cover:
        yield handout.topic.cover
