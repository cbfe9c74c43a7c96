"""This program, without the measuring of the finished file."""

from __future__ import annotations

from tests.bench.peers import ours


class Session(ours.Session):
    """As `handouts build --no-verify`."""

    verify = False
