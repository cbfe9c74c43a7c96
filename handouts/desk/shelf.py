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
from handouts.desk.folder import DeskLibrary, builtin_stamp, own_stamp
from handouts.library.approval import review
from handouts.model import Clinic, Edition, Handout, Review
from handouts.pages.foot import bare_title
from handouts.problems import Problem, Problems, Severity

LOOK = 0.02
"""s between two looks at the clinic's folder, at the least."""
SELDOM = 1.0
"""s between two looks at the built-in files, of which there are many, and which an update alone changes."""
SHARE = 10
"""A look that takes long, as on a shared drive, is followed by so many times its own length of rest."""
SETTLED, LOOKS = 0.005, 20
"""s in which nothing has changed, before a change counts (some editors empty a file and then write it); so often."""
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
    day: date | None = None
    """On which `refusals` were asked."""
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

    def __init__(
        self,
        clinic: Path | None,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._clinic = clinic
        self._clock = clock
        self._today = today
        self._lock = threading.Lock()
        self._next = float("-inf")
        """When the folder is looked at again."""
        self._stamp = self._builtin = ""
        self._later = float("-inf")
        """When the built-in files are looked at again."""
        self._shelf: Shelf | None = None
        self._titles: dict[str, tuple[str, int]] = {}

    def now(self, *, again: bool = False) -> Shelf:
        """The shelf; `again` reads everything anew."""
        with self._lock:
            self._look(again=again)
            if again or self._shelf is None or self._stamp != self._shelf.version:
                self._shelf = self._read(self._stamp, None if again else self._shelf)
            return self._shelf

    def version(self) -> str:
        """The version of the files as they are now, of which nothing is read."""
        with self._lock:
            self._look()
            return self._stamp

    def _look(self, *, again: bool = False) -> None:
        if not again and self._clock() < self._next:
            return
        started = time.perf_counter()
        if again or self._clock() >= self._later:
            self._builtin, self._later = builtin_stamp(), self._clock() + SELDOM
            started = time.perf_counter()
        before, found = self._stamp[len(self._builtin) :], own_stamp(self._clinic)
        for _ in range(LOOKS if before else 0):
            if found == before:
                break
            time.sleep(SETTLED)
            before, found = found, own_stamp(self._clinic)
        self._stamp = self._builtin + found
        self._next = self._clock() + max(LOOK, SHARE * (time.perf_counter() - started))

    def _read(self, version: str, old: Shelf | None) -> Shelf:
        library = DeskLibrary(self._clinic, self._shelf.clinic() if self._shelf else None)
        if old and old.version.startswith(self._builtin):
            library.take_over(old.library)
        else:
            old = None
        shelf = Shelf(library, version, day=self._today())
        try:
            names = library.topics()
        except Problems as problems:
            library.clinic_problems += problems
            names = list(self._titles)
        gone = [name for name in self._titles if name not in names]
        for name in gone:
            del self._titles[name]
        found = [self._topic(shelf, name, old) for name in names]
        shelf.topics = {topic.id: topic for topic in sorted(found, key=lambda one: (one.order, one.id))}
        return shelf

    def _topic(self, shelf: Shelf, name: str, old: Shelf | None) -> Topic:
        try:
            handout = shelf.library.handout(name)
        except Problems as problems:
            title, order = self._titles.get(name) or _builtin_title(name)
            return Topic(name, title, order, problems=tuple(problems))
        title = bare_title(handout.topic.title)
        order = handout.topic.desk.order if handout.topic.desk else _LAST
        self._titles[name] = title, order
        known = old.topics.get(name) if old and old.day == shelf.day else None
        if known and known.handout == handout and not known.refusals:
            return Topic(name, title, order, handout)
        return Topic(name, title, order, handout, refusals=_refusals(shelf, handout))


def _builtin_title(name: str) -> tuple[str, int]:
    """Title and order of a broken topic, where a built-in one has its name; else the name."""
    from handouts.library import Library

    try:
        topic = Library().topic(name)
    except Problems:
        return name, _LAST
    return bare_title(topic.title), topic.desk.order if topic.desk else _LAST


def _refusals(shelf: Shelf, handout: Handout) -> tuple[Problem, ...]:
    problems = [one for one in check_handout(handout) if one.severity is Severity.ERROR]
    if handout.clinic.require_approval and review(handout, shelf.day or date.today()) is not Review.VALID:
        problems.append(unapproved(shelf.library, handout.id))
    return tuple(problems)
