"""What a rule is, and what it is given: texts as they are printed, an exercise, or a handout with its surroundings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from msgspec import Struct, field

from handouts.model import Exercise, GlossaryTerm, Handout, Source, SourceKind, Text, WarningSign, place_of
from handouts.problems import Place, Problem, Severity
from handouts.sides import has_side, sided, stray_mark
from handouts.text.markup import MarkupError, plain

S = TypeVar("S")
_NOT_PRINTED = {"left_out", "author", "url", "avoid", "sources", "figure", "figures", "also", "exercise", "terms"}
_NOT_PRINTED |= {"date", "expires", "on", "accent", "days", "desk"}
"""Fields that hold ids, dates, or what is data for us and not words for the patient."""
_SENTENCE_END = re.compile("(?<=[。\uff01\uff1f!?])")


class Rule(Struct, Generic[S], frozen=True):
    """One rule: its id, how bad a breach is, where it comes from, and the function that finds breaches."""

    id: str
    severity: Severity
    source: str
    find: Callable[[S], Iterator[Problem]]

    @property
    def meaning(self) -> str:
        """What the rule asks, in one line."""
        return (self.find.__doc__ or "").partition("\n")[0]

    def __call__(self, subject: S) -> Iterator[Problem]:
        """The breaches, as Problems that carry the rule's id and severity."""
        for found in self.find(subject):
            yield replace(found, severity=self.severity, rule=self.id)


def error(id_: str, source: str) -> Callable[[Callable[[S], Iterator[Problem]]], Rule[S]]:
    """Make a function a rule whose breach stops a build."""
    return lambda find: Rule(id_, Severity.ERROR, source, find)


def warning(id_: str, source: str) -> Callable[[Callable[[S], Iterator[Problem]]], Rule[S]]:
    """Make a function a rule whose breach is told by `handouts check` alone."""
    return lambda find: Rule(id_, Severity.WARNING, source, find)


class Printed:
    """A text as it is read: without marks, readings and words for one side; `plain` keeps its hand-made breaks."""

    __slots__ = ("bare", "plain", "text", "wrong")

    def __init__(self, text: Text) -> None:
        self.text = text
        self.wrong = _malformed(text)
        self.plain = "" if self.wrong else plain(sided(text, None))
        self.bare = self.plain.replace("\n", "")

    def at(self, piece: str) -> Place:
        """Where a piece of `plain` was written; where marks stand in between, where the text begins."""
        return self.text.at(max(self.text.find(piece), 0))

    def sentences(self) -> list[str]:
        """The sentences of `plain`; a text without a full stop is one."""
        parts = (part.strip("\n") for part in _SENTENCE_END.split(self.plain))
        return [part for part in parts if part]


def _malformed(text: Text) -> Problem | None:
    """What is wrong with the marks of a text, None where all is well."""
    stray = stray_mark(text)
    if stray is not None:
        hint = "[active:片脚] か [other:反対の脚] と書きます。"
        return Problem(text.at(stray), "左右の印「[」の書き方が違います。", hint)
    try:
        plain(sided(text, None) if has_side(text) else text)
    except MarkupError as wrong:
        return Problem(text.at(wrong.offset), wrong.message)
    return None


class Texts:
    """Texts that are printed, in the order of the model; a rule looks for its pattern in all of them at once."""

    def __init__(self, said: Iterable[Text]) -> None:
        self.items = tuple(map(Printed, said))

    @cached_property
    def joined(self) -> str:
        """All texts, one a line."""
        return "\n".join(item.bare for item in self.items)

    def hits(self, pattern: re.Pattern[str]) -> Iterator[tuple[Printed, re.Match[str]]]:
        """Every match of a pattern, with the text it stands in."""
        if pattern.search(self.joined):
            for item in self.items:
                for match in pattern.finditer(item.bare):
                    yield item, match

    def problems(self, pattern: re.Pattern[str], message: str, hint: str = "") -> Iterator[Problem]:
        """A Problem at every match; `{}` in the message is what was matched."""
        for item, match in self.hits(pattern):
            yield Problem(item.at(match[0]), message.format(match[0]), hint, length=len(match[0]))


class Subject(Struct, frozen=True, dict=True):
    """A handout and what surrounds it: the day, what its figures say, what the built-in topic of its name has.

    `poses` is alternative text and caption by figure, `undrawn` the figures whose compiled picture is not there (name,
    theme), `namesake` the signs of the built-in topic of the same name, `known` every glossary term there is; all are
    empty in a build.
    """

    handout: Handout
    today: date
    poses: Mapping[str, tuple[Text, Text]] = field(default_factory=dict)
    undrawn: tuple[tuple[Text, str], ...] = ()
    namesake: tuple[str, ...] = ()
    known: Mapping[str, GlossaryTerm] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    """The reading of each word that one is kept for."""

    @property
    def glossary(self) -> Mapping[str, GlossaryTerm]:
        """The glossary terms to look for: all where they are known, else those the topic lists."""
        return self.known or self.handout.glossary

    @cached_property
    def read(self) -> Texts:
        """What the A4 sheet prints of the topic and its exercises, in reading order."""
        return Texts(in_reading_order(self.handout))

    @cached_property
    def words(self) -> Texts:
        """Every text of the topic, its exercises and signs, printed on A4 or on another sheet, and the clinic's own."""
        handout = self.handout
        parts = (handout.topic, [entry.exercise for entry in handout.exercises], handout.signs, handout.clinic)
        return Texts(text for part in parts for text in texts(part))

    @property
    def claims(self) -> Iterator[tuple[Any, tuple[str, ...]]]:
        """Every record of the topic that says something and cites for it, with its source ids."""
        topic = self.handout.topic
        for block in (topic.causes, topic.tips, topic.answers):
            for item in block.items if block else ():
                yield item, item.sources
        for table in topic.check.tables if topic.check else ():
            for row in table.rows:
                yield row, row.sources

    def only_articles(self, ids: Iterable[str]) -> bool:
        """Whether nothing but clinics' own articles stands behind these ids."""
        return all(self.handout.sources[id_].kind is SourceKind.CLINIC_ARTICLE for id_ in ids)


def in_reading_order(handout: Handout) -> Iterator[Text]:
    """What the A4 sheet prints of a topic, its signs and its exercises, in the order in which it is read."""
    topic, warnings = handout.topic, handout.warnings
    parts: list[Any] = [topic.title, topic.purpose, topic.lead, warnings.heading, warnings.rule]
    parts += [sign.text for sign in sorted(handout.signs, key=lambda sign: sign.step.value)]
    for cause in topic.causes.items if topic.causes else ():
        parts += [cause.title, cause.text]
    parts += [topic.check, topic.tips]
    if topic.exercises:
        parts += [topic.exercises.heading, topic.exercises.note or topic.exercises.ask]
    for entry in handout.exercises:
        parts += [entry.exercise.name, *entry.exercise.steps, entry.exercise.stop]
    for part in (*parts, topic.form, topic.questions, topic.summary, topic.answers):
        yield from texts(part, easy=False)


def texts(value: Any, *, easy: bool = True) -> Iterator[Text]:
    """The texts of a record, and of all within it, that are printed as they stand, also those of the easy edition."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Source):
        return
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name not in _NOT_PRINTED and (easy or name != "easy"):
                yield from texts(getattr(value, name), easy=easy)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item, easy=easy)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item, easy=easy)


def cited_signs(handout: Handout) -> Iterator[tuple[str, WarningSign]]:
    """The signs of a handout with the ids its topic names them by."""
    return zip(handout.topic.signs, handout.signs, strict=True)


def at(value: object) -> Place:
    """Where a record or a text was written."""
    return place_of(value)


def steps_of(exercise: Exercise) -> Texts:
    """The steps of an exercise."""
    return Texts(cast(tuple[Text, ...], exercise.steps))


@cache
def data(name: str) -> Any:
    """A YAML file of this folder: words and thresholds are data."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(Path(__file__).with_name(f"{name}.yaml").read_text("utf-8"), loader)


@cache
def pattern(regex: str) -> re.Pattern[str]:
    """A compiled pattern; compiled at its first use, since a build needs few of them."""
    return re.compile(regex)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches any of the regular expressions of a list of data."""
    return pattern("|".join(words))
