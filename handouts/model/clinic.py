"""The clinic that hands the sheet over."""

from enum import Enum
from typing import Annotated

from msgspec import Meta

from handouts.model.parts import Colour, LayoutId, Line, NonNegative, Record, Url

LOGO = r"^[^/\\\x00-\x1f:*?\"<>|]{1,80}\.([Pp][Nn][Gg]|[Jj][Pp][Ee]?[Gg]|[Ss][Vv][Gg])$"
"""A name in one folder: on no system can it lead elsewhere."""


class ClinicKind(Enum):
    """A medical clinic, or a judo-therapy clinic (柔道整復)."""

    CLINIC = "clinic"
    JUDO = "judo"


class Distribution(Enum):
    """How sheets reach people: which rules of advertising law apply depends on it."""

    IN_CLINIC = "in_clinic"
    WINDOW = "window"
    TAKE_HOME = "take_home"
    POSTING = "posting"
    WEB = "web"
    WEB_PAID = "web_paid"


class Hours(Record, frozen=True, kw_only=True):
    """One line of the opening hours: from–to, and the weekdays (月火水木金土日祝) it applies to."""

    time: Line
    days: Annotated[str, Meta(pattern=r"^[月火水木金土日祝]+$", description="曜日 (例: 月火水木金土)")]


class Clinic(Record, frozen=True, kw_only=True):
    """The clinic that hands the sheet over."""

    name: Line
    kind: ClinicKind = ClinicKind.CLINIC
    distribution: Distribution = Distribution.TAKE_HOME
    postal_code: Line | None = None
    address: Line
    phone: Line
    url: Url | None = None
    hours: tuple[Hours, ...] = ()
    closed: Line | None = None
    accent: Colour = "#00568F"
    logo: Annotated[str, Meta(pattern=LOGO, description="assets の中のファイルの名前 (例: logo.png)")] | None = None
    layout: LayoutId = "a4"
    """The layout a topic is built in where none is asked for: how many sides this clinic prints."""
    emergency_line: bool = False
    """True where #7119 is served."""
    approval_months: Annotated[int, Meta(ge=1, le=60)] = 24
    """How long an approval holds."""
    require_approval: bool = False
    """True where nothing is printed without a valid approval."""
    daily_minutes: Annotated[int, Meta(ge=1, le=600)] = 30
    """Most minutes of exercises a day that one patient is given without being asked about."""
    ruby_grade: Annotated[int, Meta(ge=0, le=6)] = 6
    """In the edition with readings, words with a kanji taught later than in this year of primary school have one."""
    printer_edge: NonNegative = 5.0
    """Width of the printer's unprintable edge, mm."""
    records: bool = False
    """True where the content of each personalised sheet is kept on this machine, the patient's name with it."""
