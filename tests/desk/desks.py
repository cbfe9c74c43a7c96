"""A desk for the tests: a real server on a free port, and a browser's manners without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

from handouts.desk.app import Desk
from handouts.desk.guard import Guard
from handouts.desk.server import Server
from handouts.desk.windows import Windows

TODAY = date(2026, 11, 24)
"""A Tuesday."""


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Page:
    """One window of the page; `fields` go into every body."""

    running: Running
    cookie: str
    id: str = ""
    serial: int = 0

    def get(self, path: str, **headers: str) -> Answer:
        """A request as an element of our page makes it."""
        usual = {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin"}
        return self.running.ask("GET", path, None, usual | _named(headers))

    def raw(self, name: str, body: bytes, **headers: str) -> Answer:
        """A request as our page's script makes it, with any body."""
        usual = {
            "Cookie": self.cookie,
            "Origin": self.running.origin,
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
            "X-Handouts-Desk": "1",
        }
        return self.running.ask("POST", f"/api/{name}", body, usual | _named(headers))

    def ask(self, name: str, **fields: Any) -> Any:
        """What the desk answers to a request that is as it should be."""
        body = fields if name == "window" else {"window": self.id} | fields
        answer = self.raw(name, json.dumps(body, ensure_ascii=False).encode())
        assert answer.status == 200, (name, answer.status, answer.body[:500])
        return answer.json

    def sheet(self, **fields: Any) -> Any:
        """A sheet, or the problems; the serial rises by itself."""
        self.serial += 1
        return self.ask("sheet", serial=self.serial, **fields)

    def person(self, **fields: Any) -> Any:
        """A patient's sheet on the stairs topic for the right knee, unless other fields are said."""
        return self.sheet(personal={"topic": "stairs", "side": "right"} | fields)


@dataclass
class Running:
    """A desk that is serving."""

    desk: Desk
    server: Server
    clock: Clock
    port: int = field(init=False)
    origin: str = field(init=False)

    def __post_init__(self) -> None:
        self.port = self.server.port
        self.origin = f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """One request on a connection of its own; None as a header's value leaves it out."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                if value:
                    connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            return _read(connection.getresponse())
        finally:
            connection.close()

    def enter(self) -> str:
        """The cookie, had with a new token."""
        path = self.desk.guard.address().removeprefix(self.origin)
        answer = self.ask("GET", path, None, {"Sec-Fetch-Site": "none"})
        assert answer.status == 303, answer
        assert answer.headers["Location"] == "/"
        return answer.headers["Set-Cookie"].partition(";")[0]

    def open(self) -> Page:
        """A new window."""
        page = Page(self, self.enter())
        page.id = page.ask("window")["window"]
        return page


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _read(answer: HTTPResponse) -> Answer:
    return Answer(answer.status, dict(answer.getheaders()), answer.read())


@contextmanager
def running(clinic: Path | None = None, *, today: date = TODAY) -> Iterator[Running]:
    """A desk on a free port, with a clock that stands still."""
    clock = Clock()
    server = Server()
    desk = Desk(Guard(server.port, clock), clinic, server.stop, today=lambda: today, windows=Windows(clock))
    server.start(desk)
    try:
        yield Running(desk, server, clock)
    finally:
        desk.windows.clear()
        server.close()
