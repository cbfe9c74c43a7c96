"""Whether this machine's clock can be right: a sheet must not be given a wrong date."""

from __future__ import annotations

from datetime import date

WRITTEN = date(2026, 1, 1)
"""Before this program was: a clock that says so is wrong."""
LAST_YEAR = 2100


def is_wrong(day: date) -> bool:
    """Whether this cannot be today."""
    return day < WRITTEN or day.year > LAST_YEAR
