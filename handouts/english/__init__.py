"""In which language people are told things: Japanese, as the code says them, or English where that was asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

VARIABLE = "HANDOUTS_LANG"
_ASKED = ContextVar("asked for English", default=False)


def is_english() -> bool:
    """Whether people are told things in English: asked for on the command line, or by HANDOUTS_LANG."""
    wanted = os.environ.get(VARIABLE, "").lower()
    return _ASKED.get() or wanted == "en" or wanted.startswith(("en_", "en-"))


@contextmanager
def asked(english: bool) -> Iterator[None]:
    """While this lasts, English is asked for (or not, where only HANDOUTS_LANG asks for it)."""
    token = _ASKED.set(english)
    try:
        yield
    finally:
        _ASKED.reset(token)


def told(text: str) -> str:
    """A text as it is told: itself, or in English what the catalogue has for it; what it lacks stays Japanese."""
    if not is_english():
        return text
    # Only who asks for English reads the catalogue.
    from handouts.english.catalogue import catalogue

    return catalogue().told(text)


def told_place(file: str) -> str:
    """Where something stands, as it is told: a file's name is itself, what is no file has a word."""
    if not is_english():
        return file
    from handouts.english.catalogue import places

    return places().get(file, file)
