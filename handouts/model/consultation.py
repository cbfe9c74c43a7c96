"""The consultation record: what was decided for one patient, as a person writes it or another program sends it."""

from enum import Enum
from typing import Annotated

from msgspec import Meta

from handouts.model.layout import Edition
from handouts.model.parts import Date, Days, Duration, ExerciseId, Line, Record, Sets, Times, TopicId

_CLOCK = Meta(pattern=r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$", description="時刻 (例: 10:00)")


class Knee(Enum):
    """The patient's knee, as the patient says it."""

    RIGHT = "right"
    LEFT = "left"
    BOTH = "both"


class Place(Enum):
    """Where behind the knee it hurts, seen from behind."""

    INNER = "inner"
    MIDDLE = "middle"
    OUTER = "outer"


class Patient(Record, frozen=True, kw_only=True):
    """Whom the sheet is for. The name is printed as it is written, variation selectors included.

    An empty name, which no record that is read may have, is a line to write it on: the front desk's page makes such.
    """

    name: Annotated[str, Meta(max_length=60)]
    reading: Annotated[str, Meta(min_length=1, max_length=60)] | None = None
    id: Annotated[str, Meta(min_length=1, max_length=32)] | None = None
    age: Annotated[int, Meta(ge=0, le=130)] | None = None


class Choice(Record, frozen=True, kw_only=True):
    """An exercise that was chosen, and what of its dose was decided otherwise."""

    exercise: ExerciseId
    hold: Duration | None = None
    repetitions: Times | None = None
    sets: Sets | None = None
    per_day: Times | None = None
    every: Days | None = None


class Visit(Record, frozen=True, kw_only=True):
    """An appointment: the day, and the time (24 hours) where there is one."""

    date: Date
    time: Annotated[str, _CLOCK] | None = None


class Paper(Enum):
    """The printer's ink."""

    COLOUR = "colour"
    MONO = "mono"


class Consultation(Record, frozen=True, kw_only=True):
    """One consultation. What is not said comes from the topic and the clinic."""

    topics: Annotated[tuple[TopicId, ...], Meta(min_length=1, max_length=3)]
    patient: Patient
    side: Knee
    date: Date | None = None
    """The day of the consultation; today where it is not said."""
    practitioner: Line | None = None
    places: tuple[Place, ...] = ()
    findings: Annotated[tuple[Line, ...], Meta(max_length=4)] = ()
    """What was found, in plain words."""
    conditions: tuple[Line, ...] = ()
    """What the patient has or takes that speaks against an exercise, in the words of `avoid` (人工関節, 妊娠 …)."""
    exercises: tuple[Choice, ...] = ()
    """The chosen ones, in order; those of the topics where none is named."""
    avoid: Annotated[tuple[Line, ...], Meta(max_length=6)] = ()
    """What to leave be until the next visit."""
    notes: Annotated[tuple[Line, ...], Meta(max_length=8)] = ()
    next_visit: Visit | None = None
    edition: Edition = Edition.STANDARD
    paper: Paper = Paper.COLOUR
    previous: Annotated[str, Meta(min_length=9, max_length=11)] | None = None
    """The code of the sheet of the consultation before."""
