"""A topic with everything it refers to; each reference that leads nowhere is a Problem at the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct
from msgspec.structs import replace

from handouts.decode import Reading
from handouts.library.folders import NOUNS, missing
from handouts.library.kinds import CLINIC, OF_NO_HANDOUT, SHARED
from handouts.model import Exercise, ExerciseEntry, ExerciseUse, Handout, Topic
from handouts.problems import Problem, Problems

if TYPE_CHECKING:
    from handouts.library.library import Library


def resolved(library: Library, name: str) -> Handout:
    """The topic `name` as a Handout; raises Problems with all that is wrong in it and in what it refers to."""
    topic = library.reading("topics", name)
    readings = [topic, library.reading(CLINIC, CLINIC), *shared(library), *exercises(library, topic)]
    problems = [problem for reading in readings for problem in (*reading.problems, *lost(library, reading))]
    if problems:
        raise Problems(dict.fromkeys(problems))
    return _approved(library, handout_of(library, name, cast(Topic, topic.value)))


def _approved(library: Library, handout: Handout) -> Handout:
    """The handout with its approval, if somebody approved it, and whether that is of this very content."""
    approval = library.approvals().get(handout.id)
    if approval is None:
        return handout
    return replace(handout, approval=approval, approved=approval.content == library.digest(handout))


def handout_of(library: Library, name: str, topic: Topic) -> Handout:
    """A topic, every reference of which leads somewhere, as a Handout."""
    warnings, sources, glossary = library.warnings(), library.sources(), library.glossary()
    signs = tuple(warnings.signs[id_] for id_ in topic.signs)
    entries = tuple(
        _entry(use, library.exercise(use.exercise)) for use in (topic.exercises.items if topic.exercises else ())
    )
    cited = (id_ for record in (signs, topic, [entry.exercise for entry in entries]) for id_ in _cited(record))
    return Handout(
        id=name,
        topic=topic,
        warnings=warnings,
        signs=signs,
        exercises=entries,
        sources={str(id_): sources[id_] for id_ in cited},
        glossary={str(id_): glossary[id_] for id_ in topic.terms},
        labels=library.labels(),
        clinic=library.clinic(),
    )


def _entry(use: ExerciseUse, exercise: Exercise) -> ExerciseEntry:
    sources = tuple(dict.fromkeys((*use.sources, *exercise.sources)))
    also = exercise.also if use.also else ()
    return ExerciseEntry(use.exercise, exercise, use.dose or exercise.dose, sources, also)


def _cited(record: object) -> Iterator[str]:
    """The ids of sources in a record and all within it, in the order of the model."""
    if isinstance(record, Struct):
        for name in record.__struct_fields__:
            value: Any = getattr(record, name)
            yield from value if name == "sources" else _cited(value)
    elif isinstance(record, tuple | list):
        for item in record:
            yield from _cited(item)


def shared(library: Library) -> list[Reading]:
    """The readings of all shared data that a handout takes from."""
    return [library.reading("common", name) for name in SHARED if name not in OF_NO_HANDOUT]


def exercises(library: Library, topic: Reading) -> list[Reading]:
    """The readings of the exercises that a topic refers to and that there are."""
    known = library.exercises()
    names = [id_ for refers, id_ in topic.references if refers == "exercises" and id_ in known]
    return [library.reading("exercises", name) for name in names]


_KNOWN: dict[str, tuple[str, Callable[[Library], Iterable[str]]]] = {
    "sources": ("出典", lambda library: library.sources()),
    "signs": ("警告サイン", lambda library: library.warnings().signs),
    "terms": ("用語", lambda library: library.glossary()),
    "figures": (NOUNS["assets/poses"], lambda library: library.poses()),
    "exercises": (NOUNS["exercises"], lambda library: library.exercises()),
    "themes": (NOUNS["layouts/themes"], lambda library: library.themes()),
    "topics": (NOUNS["topics"], lambda library: library.topics()),
    "layouts": (NOUNS["layouts"], lambda library: library.layouts()),
}
"""What an id may refer to: its noun, and the names there are."""


def lost(library: Library, reading: Reading) -> list[Problem]:
    """A Problem at each reference that leads nowhere; that the names there are cannot be had is told elsewhere."""
    problems = []
    for refers in dict.fromkeys(refers for refers, _ in reading.references):
        noun, names_of = _KNOWN[refers]
        try:
            names = set(names_of(library))
        except Problems:
            continue
        ids = [id_ for kind, id_ in reading.references if kind == refers and id_ not in names]
        problems += [missing(id_, noun, names, id_.place) for id_ in ids]
    return problems
