"""What files say, measured beyond their form: references, and the rules of `handouts.checks.rules`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from handouts import disk
from handouts.checks import rules
from handouts.checks.rules.easy import unread
from handouts.checks.rules.glyphs import glyphs
from handouts.checks.rules.rule import Rule, Subject, Texts, texts
from handouts.decode import Reading
from handouts.editions import easily, known_readings
from handouts.faces import load_faces
from handouts.figures.picture import pose_reading
from handouts.library import Library
from handouts.library.folders import NAME, NOUNS, shown
from handouts.library.kinds import CLINIC, FOLDERS, file_reading
from handouts.library.resolve import exercises, lost, shared
from handouts.model import Exercise, Handout, Text, Topic, figure_names, place_of
from handouts.problems import Place, Problem, Problems, Severity

_POSES = "assets/poses"
THEMES = ("colour", "mono")
"""What a picture is drawn for."""


def check(paths: Iterable[Path] | None, library: Library, today: date | None = None) -> list[Problem]:
    """All problems of the given files and folders, or of the whole library, in the order of file, line and column.

    `today` is the day on which a topic may have expired; by default the day it is.
    """
    checker = _Checker(library, today or date.today())
    found: list[Problem] = [] if paths is not None else list(_misnamed(library))
    try:
        for kind, name, reading in _whole(library) if paths is None else _given(paths, library):
            found += checker.problems(kind, name, reading)
    except Problems as refused:  # a folder of the library that may not be read
        found += refused
    return list(Problems(dict.fromkeys(found)))


def check_handout(handout: Handout) -> list[Problem]:
    """What stops a build of one handout: the errors of the same rules, on no more than it prints.

    A picture that is not drawn and a character without a glyph are told where the build meets them.
    """
    problems = check_texts(texts(handout))
    for entry in handout.exercises:
        problems += check_exercise(entry.exercise)
    problems += _run(rules.HANDOUT, Subject(handout, date.today()))
    return list(Problems(dict.fromkeys(problems)))


def check_exercise(exercise: Exercise) -> list[Problem]:
    """What stops a build that prints an exercise."""
    problems = [*check_texts(texts(exercise)), *_run(rules.EXERCISE, exercise)]
    return problems + (_run(rules.EXERCISE, easily(exercise)) if exercise.easy else [])


def check_texts(said: Iterable[Text]) -> list[Problem]:
    """What stops a build in texts that are printed as they stand."""
    return _run(rules.TEXTS, Texts(said))


def _run(those: Iterable[Rule[Any]], subject: Any) -> list[Problem]:
    """The breaches of those rules that are errors; warnings are not looked for."""
    errors = (rule for rule in those if rule.severity is Severity.ERROR)
    return [problem for rule in errors for problem in rule(subject)]


class _Checker:
    """Checks definitions of one library, one after another."""

    def __init__(self, library: Library, today: date) -> None:
        self.library = library
        self.today = today

    def problems(self, kind: str, name: str, reading: Reading) -> list[Problem]:
        """What is wrong with one definition; of a topic also with the exercises it uses and with the whole handout."""
        readings = [reading, *(exercises(self.library, reading) if kind == "topics" else ())]
        found = [problem for one in readings for problem in (*one.problems, *lost(self.library, one))]
        if reading.value is not None and not reading.problems:
            found += self._record(reading.value)
        if isinstance(reading.value, Topic) and not found_errors(found):
            try:
                subject = subject_of(self.library, name, reading.value, self.today)
            except Problems as wrong:  # in the clinic's file, or in shared data
                found += wrong
            else:
                found += [problem for rule in rules.HANDOUT for problem in rule(subject)]
        return found

    @cached_property
    def glyphs(self) -> Rule[Iterable[Text]]:
        """The rule on glyphs; raises Problems where a font is missing or damaged."""
        return glyphs(load_faces(list(self.library.folders.of("fonts"))))

    def _record(self, record: Any) -> Iterator[Problem]:
        said = tuple(texts(record))
        for rule in rules.TEXTS:
            yield from rule(Texts(said))
        try:
            yield from self.glyphs(said)
        except Problems as damaged:
            yield from damaged
        if isinstance(record, Exercise):
            for own in rules.EXERCISE:
                yield from own(record)
                yield from own(easily(record)) if record.easy else ()


def unread_words(library: Library, names: Iterable[str] | None = None) -> dict[str, list[str]]:
    """By topic, the words that should have a reading and for which none is kept; topics that cannot be read are not."""
    found = {}
    for name in library.topics() if names is None else names:
        try:
            subject = subject_of(library, name, library.topic(name), date.today())
        except Problems:
            continue
        if words := unread(subject):
            found[name] = words
    return found


def found_errors(problems: Iterable[Problem]) -> bool:
    """Whether what was found keeps a topic from being read as a whole."""
    return any(problem.severity is Severity.ERROR and not problem.rule for problem in problems)


def subject_of(library: Library, name: str, topic: Topic, today: date) -> Subject:
    """A topic with all that the rules ask of its surroundings; raises Problems where what it needs cannot be had."""
    handout = library.handout_of(name, topic)
    builtin = Library() if library.folders.clinic else None
    namesake = builtin.topic(name).signs if builtin and name in builtin.topics() else ()
    poses, undrawn = _poses(library, handout), _undrawn(library, handout)
    return Subject(handout, today, poses, undrawn, namesake, library.glossary(), known_readings(library))


def _poses(library: Library, handout: Handout) -> dict[str, tuple[Text, Text]]:
    """Alternative text and caption of each figure whose pose can be read."""
    found = {}
    for name in figure_names(handout):
        path = library.pose(name, place_of(name))
        reading = pose_reading(path, shown(path))
        if not reading.problems:
            found[str(name)] = (reading.value[0], reading.value[1])
    return found


def _undrawn(library: Library, handout: Handout) -> tuple[tuple[Text, str], ...]:
    """Figures and themes without a compiled picture."""
    names = [cast(Text, name) for name in dict.fromkeys(figure_names(handout))]
    return tuple((name, theme) for name in names for theme in THEMES if not library.compiled(name, theme))


def _whole(library: Library) -> Iterator[tuple[str, str, Reading]]:
    """The kind, name and reading of each definition of the library."""
    yield CLINIC, CLINIC, library.reading(CLINIC, CLINIC)
    for reading in shared(library):
        yield "common", "", reading
    for kind in FOLDERS.values():
        for name in library.folders.names(kind):
            yield kind, name, library.reading(kind, name)
    for name in library.poses():
        path = library.pose(name)
        yield _POSES, name, pose_reading(path, shown(path))


def _given(paths: Iterable[Path], library: Library) -> Iterator[tuple[str, str, Reading]]:
    """The kind, name and reading of each file; folders stand for their files, and are told where they may not be read.

    Of a pose the texts are read, not the figure: compiling it tells the rest.
    """
    for path in paths:
        try:
            files, refused = disk.below(path, ".yaml") if disk.is_folder(path) else ([path], [])
        except Problems as unseen:
            files, refused = [], list(unseen)
        yield "", "", Reading(problems=refused)
        for file in files:
            if file.parent.name == "poses":
                yield _POSES, file.stem, pose_reading(file, shown(file))
            else:
                kind, reading = file_reading(file, library.folders)
                yield kind, file.stem, reading


def _misnamed(library: Library) -> Iterator[Problem]:
    """Files that no name can reach."""
    hint = "小文字の英数字とハイフンの名前に .yaml を付けてください(例: my-topic.yaml)。"
    for kind in ("topics", "exercises", "layouts", "layouts/themes", "common"):
        for folder in library.folders.of(kind):
            try:
                paths = disk.entries(folder)
            except Problems as refused:
                yield from refused
                continue
            for path in paths:
                known = path.is_dir() or path.suffix in (".py", ".pyc") or path.name.startswith(".")
                if not known and not (path.suffix == ".yaml" and NAME.fullmatch(path.stem)):
                    noun = NOUNS[kind]
                    yield Problem(Place(shown(path)), f"この名前のファイルは{noun}として読まれません。", hint)
