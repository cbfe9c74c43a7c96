"""Keeps two runs from working in one folder at the same moment; the system takes the lock off a run that is killed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from handouts.problems import Place, Problem, Problems

_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """No other run that asks for the lock is in this folder meanwhile. Raises Problems where one is.

    Where the system has no locks on folders (Windows, some network disks), nothing is held and nothing refused.
    """
    handle = _held(folder)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _held(folder: Path) -> int | None:
    """The open folder that carries the lock."""
    try:
        import fcntl
    except ImportError:
        return None
    handle: int | None = None
    try:
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if handle is not None:
            with suppress(OSError):
                os.close(handle)
            if error.errno in _HELD:
                message = "ほかの handouts batch が、今このフォルダーで作業しています。"
                hint = "終わるのを待つか、-o に別のフォルダーを書いてください。"
                raise Problems([Problem(Place(str(folder)), message, hint)]) from None
        return None
    return handle
