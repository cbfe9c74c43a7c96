"""Speaks with the CUPS scheduler of this computer: its programs change things, its protocol tells how things are.

Jobs are sent and cancelled by `lp` and `cancel`, which come with CUPS everywhere: they know its settings, where it is
and how one proves to it who one is. How printers and jobs fare is asked in IPP (`ipp.py`), since what `lpstat` prints
is meant for eyes, says neither trays nor sheets, and changes with the language. Other ways were weighed: pycups needs a
C compiler and exists on no Windows, pyipp and its fork bring asyncio and an HTTP library for sixty lines of decoding
and cannot prove who one is, `ipptool` is not installed with CUPS on Debian. Where the scheduler is, `lpstat -H` says,
so that both ways lead to the same one.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Literal

from handouts.printing import ipp
from handouts.printing.words import Lang, words

PORT = 631
Why = Literal["absent", "stopped", "slow", "refused", "garbled"]

MOST = 4_000_000
"""Bytes of an answer, at the most."""
PIECE = 65536


class Silent(Exception):
    """The scheduler says nothing: `why` is the reason's name among the words."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)

    def said(self, lang: Lang = "ja") -> str:
        """The reason, a sentence without its full stop."""
        text: str = getattr(words(lang).silent, self.why)
        return text


@dataclass(slots=True)
class Deadline:
    """A point in time by which all must be done; `begin(s)` sets it so many seconds ahead."""

    end: float

    @classmethod
    def begin(cls, limit: float) -> Deadline:
        return cls(time.monotonic() + limit)

    def left(self) -> float:
        """Seconds that are left, more than none. Raises Silent."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise Silent("slow")
        return left


def ask(message: bytes, deadline: Deadline, *, known: bool = False) -> ipp.Answer:
    """The scheduler's answer to an IPP request; with `known` it is told whose account asks. Raises Silent."""
    connection = _connection(deadline)
    who = _who(connection) if known else {}
    try:
        connection.request("POST", "/", message, {"Content-Type": "application/ipp", **who})
        # Where the answer ends with the connection, that lets go of its line at once.
        line = connection.sock
        with connection.getresponse() as response:
            if response.status != 200:
                raise Silent("refused")
            return ipp.answer(_all(line, response, deadline))
    except TimeoutError:
        raise Silent("slow") from None
    except OSError:
        raise Silent("stopped") from None
    except (HTTPException, ipp.Garbled):
        raise Silent("garbled") from None
    finally:
        connection.close()


def account() -> str:
    """The name of the account that asks; nothing where the system has none."""
    if os.name == "nt":
        return ""
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return ""


def _who(connection: HTTPConnection) -> dict[str, str]:
    """Who asks: through a socket in the file system the scheduler sees for itself whether that is so."""
    name = account() if isinstance(connection, _Local) else ""
    return {"Authorization": f"PeerCred {name}"} if name.isascii() and name else {}


def _all(line: socket.socket, response: HTTPResponse, deadline: Deadline) -> bytes:
    """The body of a response that comes on a line, however slowly it drips, until the time or the room is over."""
    body = bytearray()
    while piece := response.read1(PIECE):
        body += piece
        if len(body) > MOST:
            raise Silent("garbled")
        left = deadline.left()
        # The line is closed with the last piece.
        with suppress(OSError):
            line.settimeout(left)
    return bytes(body)


def _connection(deadline: Deadline) -> HTTPConnection:
    """A connection to where CUPS's own programs would connect: a socket in the file system, or host and port."""
    where = run(["lpstat", "-H"], deadline).output.strip()
    if where.startswith("/"):
        # `lpstat -H` may put the port behind the socket's name.
        return _Local(re.sub(f":{PORT}$", "", where), deadline.left())
    host, _, port = where.rpartition(":")
    return HTTPConnection(host.strip("[]") or "localhost", int(port) if port.isdigit() else PORT, deadline.left())


class _Local(HTTPConnection):
    """HTTP over a socket in the file system."""

    def __init__(self, path: str, limit: float) -> None:
        super().__init__("localhost", timeout=limit)
        self._path = path

    def connect(self) -> None:
        """Connect; OSError where nobody listens."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended, and what it said."""

    good: bool
    output: str
    complaint: str


def run(command: Sequence[str], deadline: Deadline, data: bytes = b"") -> Outcome:
    """Run a program of CUPS with `data` as its input, in English. Raises Silent where it is not there, or too slow.

    In a session of its own it has no terminal that it could ask for a password.
    """
    program = shutil.which(command[0])
    if program is None or os.name == "nt":
        raise Silent("absent")
    english = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
    try:
        done = subprocess.run(
            [program, *command[1:]],
            input=data,
            capture_output=True,
            env=english,
            timeout=deadline.left(),
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Silent("slow") from None
    except OSError:
        raise Silent("absent") from None
    output, complaint = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
    return Outcome(done.returncode == 0, output, complaint)
