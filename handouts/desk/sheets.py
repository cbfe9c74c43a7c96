"""Sheets as the desk shows and prints them: bytes that are made once, looked at, and sent as they are."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from handouts.consult.discreet import discreet
from handouts.desk import trouble
from handouts.desk.previews import sizes
from handouts.desk.wire import Lang, Malformed, Person, Plain, Trouble, Way
from handouts.desk.words import say
from handouts.model import Edge, Edition
from handouts.offer import SECTIONS
from handouts.pdf import write
from handouts.problems import Problems
from handouts.setting import Job, Setting, set_handout
from handouts.sides import Side

if TYPE_CHECKING:
    from handouts.consult.plan import Plan
    from handouts.desk.shelf import Shelf, Topic

press = threading.Lock()
"""Sheets are set one at a time: faces and ReportLab keep what they know in common."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that can be shown; its bytes never change. `plan` and `shelf` are what its line in the store says."""

    data: bytes = field(repr=False)
    sizes: tuple[tuple[float, float], ...]
    edge: Edge
    title: str
    """The file's and the job's name: the code, or topic and layout; nothing of a person."""
    printable: bool
    mono: bool
    said: tuple[str, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    code: str | None = None
    plan: Plan | None = field(default=None, repr=False)
    shelf: Shelf | None = field(default=None, repr=False)

    @property
    def papers(self) -> int:
        """Sheets of paper for one copy."""
        sides = len(self.sizes)
        return sides if self.edge is Edge.NONE else -(-sides // 2)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a request for a sheet."""

    sheet: Sheet | None = None
    troubles: tuple[Trouble, ...] = ()
    minutes: str | None = None
    """Of all exercises in a day; empty where they are habits alone, None where it is not known."""
    over: bool = False
    memo_room: int | None = None
    letters: tuple[str, ...] = ()
    """The exercises in the order of their letters."""
    form: dict[str, Any] | None = None
    """Topic, layout, edition, colour, and the same in words: what is offered again, and nothing of a person."""


def plain_sheet(shelf: Shelf, asked: Plain, today: date, lang: Lang) -> Made:
    """A topic as `handouts build` makes it."""
    topic, wrong = topic_of(shelf, asked.topic, lang)
    if wrong or topic is None or topic.handout is None:
        return Made(troubles=wrong)
    job = Job(today, asked.layout, asked.edition, not asked.colour, Side(asked.side) if asked.side else None)
    try:
        if asked.layout not in shelf.library.layouts():
            raise Malformed
        with press, discreet():
            done = set_handout(shelf.library, topic.handout, job)
            data = write(done.document, done.faces)
    except Problems as problems:
        return Made(troubles=_refused(problems, asked, lang))
    endings = [one for one, usual in ((asked.layout, "a4"), (asked.edition.value, "standard")) if one != usual]
    title = "-".join([topic.id, *endings])
    said = (topic.title, done.layout.name)
    sheet = Sheet(
        data, tuple(sizes(data)), done.layout.edge, title, True, not asked.colour, said, tuple(_notes(done, lang))
    )
    form = form_of(topic, asked, done.layout.name, lang)
    return Made(sheet, trouble.told(shelf, lang), form=form)


def form_of(topic: Topic, asked: Plain | Person, layout: str, lang: Lang) -> dict[str, Any]:
    """In what form a sheet is made: what is offered again, and nothing of a person."""
    personal = isinstance(asked, Person)
    words = (
        topic.title,
        say(lang, "personal" if personal else "plain"),
        layout.partition("(")[0] if not personal else "A4",
        say(lang, "colour" if asked.colour else "mono"),
    )
    return {
        "topic": topic.id,
        "personal": personal,
        "layout": "personal" if isinstance(asked, Person) else asked.layout,
        "edition": asked.edition.value,
        "colour": asked.colour,
        "text": "・".join(words),
    }


def topic_of(shelf: Shelf, name: str, lang: Lang) -> tuple[Topic | None, tuple[Trouble, ...]]:
    """The topic, and why it cannot be handed out."""
    topic = shelf.topics.get(name)
    ways = (Way(say(lang, "way-topics"), focus="topics"),)
    if topic is None:
        return None, (Trouble("topic", "wrong", "sheet", say(lang, "topic-gone"), ways, lang=lang),)
    if topic.handout is None:
        detail = "\n".join(f"{one.place}: {one.message}" for one in topic.problems[:3])
        text = say(lang, "topic-broken")
        return topic, (Trouble("topic", "wrong", "sheet", text, ways, detail=detail, lang=lang),)
    if topic.refusals:
        text = "\n".join(one.message for one in topic.refusals[:3])
        hint = topic.refusals[0].hint
        return topic, (Trouble("topic", "wrong", "sheet", text, ways, detail=hint, lang="ja"),)
    return topic, ()


def _refused(problems: Problems, asked: Plain, lang: Lang) -> tuple[Trouble, ...]:
    """Why a topic is not set in a layout and an edition."""
    ways = (
        [Way(say(lang, "way-standard"), set={"edition": "standard"})] if asked.edition is not Edition.STANDARD else []
    )
    ways += [Way(say(lang, "way-a4"), set={"layout": "a4"})] if asked.layout != "a4" else []
    return tuple(
        Trouble(f"layout:{number}", "wrong", "layout", problem.message, tuple(ways), detail=problem.hint, lang="ja")
        for number, problem in enumerate(problems)
    )


def _notes(done: Setting, lang: Lang) -> Iterator[str]:
    """What a layout has no room for."""
    if done.form.dropped:
        what = "、".join(SECTIONS[name] for name in done.form.dropped)
        yield say(lang, "left-out", what=what)
    printed, count = done.exercises
    if 0 < printed < count:
        yield say(lang, "fewer", printed=printed, count=count)
