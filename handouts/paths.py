"""Where the built-in data lies: beside the package in an installed wheel, else in the repository root."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

DATA = ("layouts", "fonts", "assets")
"""Kinds that stand at the top of the repository; a wheel carries them in `handouts/_data/`."""

DEFINITIONS = ("topics", "exercises", "common")
"""Kinds that stand inside the package itself."""


def data_root() -> Path:
    """The folder that holds `layouts/`, `fonts/` and `assets/`."""
    packed = PACKAGE / "_data"
    return packed if packed.is_dir() else PACKAGE.parent


def builtin(kind: str) -> Path:
    """The built-in folder of one kind, one of `DATA` or `DEFINITIONS`; ValueError for any other name."""
    if kind in DATA:
        return data_root() / kind
    if kind in DEFINITIONS:
        return PACKAGE / kind
    raise ValueError(f"no built-in folder is called {kind!r}: {', '.join(DATA + DEFINITIONS)}")
