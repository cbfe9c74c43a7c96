"""What there is to hand out, read once and kept warm until a file of the clinic's folder changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from handouts.approve import unapproved
from handouts.checks.content import check_handout
from handouts.desk.folder import DeskLibrary, stamp
from handouts.library.approval import review
from handouts.model import Clinic, Edition, Handout, Review
from handouts.pages.foot import bare_title
from handouts.problems import Problem, Problems, Severity

LOOK = 0.3
"""s between two looks at the clinic's folder."""
_LAST = 900
"""The order of a topic that names none."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic among the cards: its handout, or the problems for which it has none."""

    id: str
    title: str
    order: int
    handout: Handout | None = None
    problems: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    """Why a topic that can be read is not printed: an error of content, or an approval that this clinic wants."""


@dataclass(slots=True)
class Shelf:
    """One reading of the library, which never changes: what was made from it stays as it was shown."""

    library: DeskLibrary
    version: str
    topics: dict[str, Topic] = field(default_factory=dict)
    offers: dict[tuple[str, date], dict[str, tuple[Edition, ...]]] = field(default_factory=dict)
    """What each topic can be had in on a day (handouts.desk.offers)."""

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong with the clinic's files, each once."""
        found = [*self.library.clinic_problems, *(one for topic in self.topics.values() for one in topic.problems)]
        return list(dict.fromkeys(found))

    def clinic(self) -> Clinic | None:
        """The clinic, None where nothing can be read of it."""
        try:
            return self.library.clinic()
        except Problems:
            return None

    def review(self, topic: Topic, today: date) -> Review:
        """What may be said of a topic's review."""
        return review(topic.handout, today) if topic.handout else Review.MISSING


class Shelves:
    """The shelf as it is now; a new one after any file has changed. Safe to use from several threads."""

    def __init__(self, clinic: Path | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._clinic = clinic
        self._clock = clock
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._shelf: Shelf | None = None
        self._titles: dict[str, tuple[str, int]] = {}

    def now(self, *, again: bool = False) -> Shelf:
        """The shelf; `again` reads everything anew."""
        with self._lock:
            if again or self._shelf is None or self._clock() - self._looked >= LOOK:
                self._looked = self._clock()
                version = stamp(self._clinic)
                if again or self._shelf is None or version != self._shelf.version:
                    self._shelf = self._read(version)
            return self._shelf

    def _read(self, version: str) -> Shelf:
        before = self._shelf.clinic() if self._shelf else None
        library = DeskLibrary(self._clinic, before)
        shelf = Shelf(library, version)
        try:
            names = library.topics()
        except Problems as problems:
            library.clinic_problems += problems
            names = list(self._titles)
        gone = [name for name in self._titles if name not in names]
        for name in gone:
            del self._titles[name]
        found = [self._topic(library, name) for name in names]
        shelf.topics = {topic.id: topic for topic in sorted(found, key=lambda one: (one.order, one.id))}
        return shelf

    def _topic(self, library: DeskLibrary, name: str) -> Topic:
        try:
            handout = library.handout(name)
        except Problems as problems:
            title, order = self._titles.get(name) or _builtin_title(name)
            return Topic(name, title, order, problems=tuple(problems))
        title = bare_title(handout.topic.title)
        order = handout.topic.desk.order if handout.topic.desk else _LAST
        self._titles[name] = title, order
        return Topic(name, title, order, handout, refusals=_refusals(library, handout))


def _builtin_title(name: str) -> tuple[str, int]:
    """Title and order of a broken topic, where a built-in one has its name; else the name."""
    from handouts.library import Library

    try:
        topic = Library().topic(name)
    except Problems:
        return name, _LAST
    return bare_title(topic.title), topic.desk.order if topic.desk else _LAST


def _refusals(library: DeskLibrary, handout: Handout) -> tuple[Problem, ...]:
    problems = [one for one in check_handout(handout) if one.severity is Severity.ERROR]
    if handout.clinic.require_approval and review(handout, date.today()) is not Review.VALID:
        problems.append(unapproved(library, handout.id))
    return tuple(problems)
