"""Runs `handouts` under a fault, in a process of its own: `python -m tests.faults.host --kill fsync:1 -- build …`.

Without LD_PRELOAD and without asking for more rights than a plain user has; root is made to respect permissions.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

_DROP_FROM_BOUNDING_SET = 24
_RIGHTS_OVER_FILES = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


class Day(date):
    """A date that thinks today is another day."""

    now: ClassVar[date]

    @classmethod
    def today(cls) -> Day:
        """The day that the clock says."""
        return cls(cls.now.year, cls.now.month, cls.now.day)


def main(arguments: Sequence[str]) -> None:
    """Set up the fault, then run the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kill", help="CALL:N[:after]: killed before, or after, its Nth such call (fsync, link …)")
    parser.add_argument("--day", help="YYYY-MM-DD: what the clock says")
    parser.add_argument("--file-limit", type=int, help="bytes that a file may have")
    parser.add_argument("--memory", type=int, help="bytes of address space")
    parser.add_argument("--plain", action="store_true", help="permissions hold for root too")
    parser.add_argument("command", nargs="*")
    said = parser.parse_args(arguments)
    if said.plain and os.geteuid() == 0:
        _give_up_rights(arguments)
    if said.file_limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (said.file_limit, said.file_limit))
    if said.memory:
        resource.setrlimit(resource.RLIMIT_AS, (said.memory, said.memory))
    if said.day:
        _set_clock(date.fromisoformat(said.day))
    if said.kill:
        name, count, *after = said.kill.split(":")
        setattr(os, name, _deadly(getattr(os, name), int(count), after=bool(after)))
    sys.argv = ["handouts", *said.command]
    from handouts.__main__ import main as run

    run()


def _give_up_rights(arguments: Sequence[str]) -> None:
    """Begin anew without root's rights over files: whoever begins anew as root gets no more than the bounding set."""
    for right in _RIGHTS_OVER_FILES:
        if ctypes.CDLL(None, use_errno=True).prctl(_DROP_FROM_BOUNDING_SET, right, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl")
    rest = [one for one in arguments if one != "--plain"]
    os.execv(sys.executable, [sys.executable, "-m", "tests.faults.host", *rest])


def _set_clock(day: date) -> None:
    import datetime

    Day.now = day
    datetime.date = Day  # type: ignore[misc]


def _deadly(call: Callable[..., Any], count: int, *, after: bool) -> Callable[..., Any]:
    """The same call, the `count`th of which is never made, or is the last thing that is."""
    left = count

    def called(*arguments: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = call(*arguments, **named)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return called


if __name__ == "__main__":
    main(sys.argv[1:])
