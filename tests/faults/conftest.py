"""Fixtures of the tests of faults."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# Kills, permissions and locks as POSIX has them.
collect_ignore_glob = ["test_[!t]*.py"] if sys.platform == "win32" else []


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own."""
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    return tmp_path / "data"
