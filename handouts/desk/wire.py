"""What the page and the server say to each other: every request and answer as a record with limits."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from handouts.model import Edition
from handouts.model.parts import Days, Duration, ExerciseId, Sets, Times, TopicId

BODY = 65_536
"""Most bytes of a request's body."""
NAME = 200
"""Most characters of a name that is read at all: a longer one than a sheet may have is told, not refused."""
MEMO = 1000

Secret = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
Lang = Literal["ja", "en"]
Colour = bool
Pixels = Annotated[int, Meta(ge=1, le=3000)]
KneeWord = Literal["right", "left", "both"]
Layout = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,40}$")]


class Request(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every request but the first says: which window asks, and in which language the desk is to speak."""

    window: Secret
    lang: Lang = "ja"


class OpenWindow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A page that was just opened."""

    lang: Lang = "ja"


class Start(Request, frozen=True, kw_only=True):
    """All topics; `again` reads the clinic's folder anew."""

    again: bool = False


class AskTopic(Request, frozen=True, kw_only=True):
    """What one topic offers."""

    topic: TopicId


class Plain(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A topic as it is."""

    topic: TopicId
    layout: Layout = "a4"
    edition: Edition = Edition.STANDARD
    side: KneeWord | None = None
    colour: Colour = True


class Chosen(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A ticked exercise, and the amounts that were decided otherwise."""

    id: ExerciseId
    hold: Duration | None = None
    repetitions: Times | None = None
    sets: Sets | None = None
    per_day: Times | None = None
    every: Days | None = None


class Visit(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The next visit: a day of the calendar, and the time where there is one."""

    date: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    time: Annotated[str, Meta(pattern=r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$")] | None = None


class Person(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One patient's sheet as it stands on the page."""

    topic: TopicId
    name: Annotated[str, Meta(max_length=NAME)] = ""
    side: KneeWord | None = None
    visit: Visit | None = None
    memo: Annotated[str, Meta(max_length=MEMO)] = ""
    exercises: Annotated[tuple[Chosen, ...], Meta(max_length=30)] | None = None
    """None: those of the topic."""
    edition: Edition = Edition.STANDARD
    colour: Colour = True
    practitioner: Annotated[str, Meta(max_length=60)] = ""
    answers: Annotated[tuple[Annotated[str, Meta(max_length=200)], ...], Meta(max_length=60)] = ()


class AskSheet(Request, frozen=True, kw_only=True):
    """A sheet to look at: one of `plain` and `personal`. `width` px is that of one page."""

    serial: Annotated[int, Meta(ge=0, le=2**53)]
    width: Pixels = 376
    page: Annotated[int, Meta(ge=1, le=64)] = 1
    plain: Plain | None = None
    personal: Person | None = None
    by_itself: bool = False
    """The page asks because the folder has changed: nobody has touched it."""


class Print(Request, frozen=True, kw_only=True):
    """Send a sheet that is shown; `again` prints it once more."""

    sheet: Secret
    printer: Annotated[str, Meta(min_length=1, max_length=200)]
    copies: Annotated[int, Meta(ge=1, le=99)] = 1
    tray: Annotated[str, Meta(max_length=100)] | None = None
    colour: Colour | None = None
    """What the page takes the sheet to be; where it is otherwise, nothing is printed."""
    again: bool = False


class AskJob(Request, frozen=True, kw_only=True):
    """How a job is getting on, or that it is to stop."""

    job: Secret


class Came(AskJob, frozen=True, kw_only=True):
    """Whether paper came out of the browser's printing."""

    came: bool


class Here(Request, frozen=True, kw_only=True):
    """The page is still open; `idle` s since somebody touched it."""

    idle: Annotated[float, Meta(ge=0)] = 0


class AskNews(Request, frozen=True, kw_only=True):
    """Whether the clinic's folder is another than `folder` says; the answer waits until it is, or for a while."""

    folder: Annotated[str, Meta(max_length=64)] = ""


class Way(Struct, frozen=True, omit_defaults=True):
    """A way out of a problem: fields to set, an answer to give, an exercise to untick, a field to go to, a deed."""

    label: str
    set: dict[str, Any] | None = None
    answer: str | None = None
    remove: str | None = None
    focus: str | None = None
    print: str | None = None


class Trouble(Struct, frozen=True):
    """A problem as a box beside its field; see `Level` in the page: ask, wrong, told."""

    id: str
    level: Literal["ask", "wrong", "told"]
    field: str
    text: str
    ways: tuple[Way, ...] = ()
    exercise: str | None = None
    amount: str | None = None
    detail: str = ""
    lang: Lang = "ja"


class Malformed(Exception):
    """A request that no page of ours sends."""


def read(type_: Any, body: bytes) -> Any:
    """A request; raises Malformed, which repeats nothing of it."""
    try:
        return msgspec.json.decode(body, type=type_)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise Malformed from None


def written(answer: Any) -> bytes:
    """An answer as JSON."""
    return msgspec.json.encode(answer, enc_hook=str)  # texts of the model know their place
