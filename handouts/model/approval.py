"""Who of the clinic answers for which exact content, and until when that holds."""

import calendar
from datetime import date
from enum import Enum
from typing import Annotated

from msgspec import Meta

from handouts.model.parts import Date, Line, Record


class Role(Enum):
    """The profession of whoever approves."""

    DOCTOR = "医師"
    JUDO_THERAPIST = "柔道整復師"
    PHYSIOTHERAPIST = "理学療法士"
    NURSE = "看護師"


class Approval(Record, frozen=True, kw_only=True):
    """One entry of the clinic's `approvals.yaml`: name, role, day, and the digest of the content that was read."""

    by: Line
    role: Role
    on: Date
    content: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="handouts approve が書く値")]


class Review(Enum):
    """What may be said of a handout's review on the day it is printed."""

    MISSING = "missing"
    CHANGED = "changed"
    EXPIRED = "expired"
    VALID = "valid"


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of its month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
