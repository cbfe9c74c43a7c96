"""What files say, measured beyond their form: references, marks, length of sentences and steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from handouts import disk
from handouts.decode import Reading
from handouts.figures.picture import pose_reading
from handouts.library import Library
from handouts.library.folders import NAME, NOUNS, shown
from handouts.library.kinds import CLINIC, TYPES, file_reading
from handouts.library.resolve import exercises, lost, shared
from handouts.model import Exercise, Handout, Source, Text, place_of
from handouts.problems import Place, Problem, Problems, Severity
from handouts.sides import has_side, sided, stray_mark
from handouts.text.markup import MarkupError, parse, plain

SENTENCE_MOST = 90
SENTENCE_GOOD = 60
STEP_MOST = 40

_SENTENCE_END = re.compile("(?<=[。\uff01\uff1f!?])")
_NOT_PRINTED = {"left_out", "author", "url", "avoid"}
_POSES = "assets/poses"
_SHORTEN = "2つの文に分けてください。"


def check(paths: Iterable[Path] | None, library: Library) -> list[Problem]:
    """All problems of the given files and folders, or of the whole library, in the order of file, line and column."""
    found: list[Problem] = [] if paths is not None else list(_misnamed(library))
    try:
        for kind, reading in _whole(library) if paths is None else _given(paths, library):
            found += [*reading.problems, *lost(library, reading)]
            if kind == "topics":
                for used in exercises(library, reading):
                    found += [*used.problems, *lost(library, used)]
            if not reading.problems:
                found += _rules(reading.value)
    except Problems as refused:  # a folder of the library that may not be read
        found += refused
    return list(Problems(dict.fromkeys(found)))


def check_handout(handout: Handout) -> list[Problem]:
    """The problems of what one handout says, for a build: the same rules, on no more than it prints."""
    problems = check_texts(texts(handout))
    for entry in handout.exercises:
        problems += _step_rules(entry.exercise)
    return list(Problems(dict.fromkeys(problems)))


def check_texts(said: Iterable[Text]) -> list[Problem]:
    """The problems of texts that are printed as they stand."""
    return [problem for text in said for problem in _text_rules(text)]


def _whole(library: Library) -> Iterator[tuple[str, Reading]]:
    """The kind and reading of each definition of the library."""
    yield CLINIC, library.reading(CLINIC, CLINIC)
    for reading in shared(library):
        yield "common", reading
    for kind in TYPES:
        if kind != CLINIC:
            for name in library.folders.names(kind):
                yield kind, library.reading(kind, name)
    for name in library.poses():
        path = library.pose(name)
        yield _POSES, pose_reading(path, shown(path))


def _given(paths: Iterable[Path], library: Library) -> Iterator[tuple[str, Reading]]:
    """The kind and reading of each file; folders stand for the files in them, and are told where they may not be read.

    Of a pose the texts are read, not the figure: compiling it tells the rest.
    """
    for path in paths:
        try:
            files, refused = disk.below(path, ".yaml") if disk.is_folder(path) else ([path], [])
        except Problems as unseen:
            files, refused = [], list(unseen)
        yield "", Reading(problems=refused)
        for file in files:
            if file.parent.name == "poses":
                yield _POSES, pose_reading(file, shown(file))
            else:
                yield file_reading(file, library.folders)


def _rules(record: Any) -> list[Problem]:
    problems = check_texts(texts(record))
    if isinstance(record, Exercise):
        problems += _step_rules(record)
    return problems


def _text_rules(text: Text) -> Iterator[Problem]:
    """Marks are well-formed; no sentence is too long."""
    stray = stray_mark(text)
    if stray is not None:
        hint = "[active:片脚] か [other:反対の脚] と書きます。"
        yield Problem(text.at(stray), "左右の印「[」の書き方が違います。", hint)
        return
    if has_side(text):
        text = cast(Text, sided(text, None))
    try:
        parse(text)
    except MarkupError as error:
        yield Problem(text.at(error.offset), error.message)
        return
    bare, start = plain(text), 0
    for sentence in _SENTENCE_END.split(bare):
        length = len(sentence.replace("\n", ""))
        first = len(sentence) - len(sentence.lstrip("\n"))
        place = text.at(start + first if bare == text else 0)
        start += len(sentence)
        if length > SENTENCE_MOST:
            yield Problem(place, f"{length} 文字の文があります(上限は {SENTENCE_MOST} 文字)。", _SHORTEN)
        elif length > SENTENCE_GOOD:
            message = f"{length} 文字の文があります({SENTENCE_GOOD} 文字までが読みやすい長さです)。"
            yield Problem(place, message, _SHORTEN, Severity.WARNING)


def _step_rules(exercise: Exercise) -> Iterator[Problem]:
    for step in exercise.steps:
        length = _length(sided(step, None))
        if length > STEP_MOST:
            message = f"手順が {length} 文字あります(上限は {STEP_MOST} 文字)。"
            yield Problem(place_of(step), message, "2つの手順に分けてください。")


def _length(text: str) -> int:
    try:
        return len(plain(text))
    except MarkupError:
        return 0


def texts(value: Any) -> Iterator[Text]:
    """The texts of a record, and of all within it, that are printed as they stand."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Source):
        return
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name not in _NOT_PRINTED:
                yield from texts(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)


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
