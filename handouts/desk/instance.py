"""The one desk of this account: an owner-only file says where it listens and by which word it knows its owner.

The file alone proves nothing: a desk that was killed leaves it behind. So whoever finds one asks, and only an answer
to the word counts.
"""

from __future__ import annotations

import json
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from handouts.consult.datafolder import data_folder, private_folder
from handouts.output import write_whole

FILE = "desk.json"
_PATIENCE = 2.0
"""s to wait for an answer of a desk on this machine."""


def note(port: int, word: str) -> Path:
    """Write down where we are. Raises Problems."""
    path = private_folder(data_folder()) / FILE
    write_whole(path, json.dumps({"port": port, "word": word}).encode(), private=True)
    return path


def found() -> str | None:
    """The address of a new window of a desk that is running; None where none is."""
    known = _noted(data_folder() / FILE)
    return _asked(*known) if known else None


def forget(word: str) -> None:
    """Take our own note away; another's stays."""
    path = data_folder() / FILE
    known = _noted(path)
    if known and known[1] == word:
        with suppress(OSError):
            path.unlink()


def _noted(path: Path) -> tuple[int, str] | None:
    try:
        said = json.loads(path.read_bytes()[:4096])
        port, word = int(said["port"]), str(said["word"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (port, word) if 0 < port < 65536 and word.isascii() and word.isprintable() else None


def _asked(port: int, word: str) -> str | None:
    """What the desk answers; something else that listens there by now knows nothing of the word, and gets no page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("POST", "/own/open", b"{}", {"Authorization": f"Bearer {word}"})
        answer = connection.getresponse()
        said = json.loads(answer.read(4096)) if answer.status == 200 else {}
    except (OSError, ValueError, HTTPException):
        return None
    finally:
        connection.close()
    url = said.get("url") if isinstance(said, dict) else None
    return url if isinstance(url, str) and url.startswith(f"http://127.0.0.1:{port}/start?token=") else None
