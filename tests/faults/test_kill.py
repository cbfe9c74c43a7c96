"""Killed at any moment: the old file or the whole new one is there, no paper without its line, nothing half-written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.world import (
    DATE,
    Arguments,
    assert_each_row_once,
    codes_kept,
    command,
    environment,
    handouts,
    names,
    record,
    table,
    text_of,
)

OLD = b"%PDF-1.4 old"
STEPS = ("fsync:1", "link:1", pytest.param("chmod:1", marks=pytest.mark.full), "replace:1")
"""The calls by which a file comes to its place, each the last thing that is not done."""
ROWS = 20
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def nameless(folder: Path) -> bool:
    """Whether a file may be written here that has no name yet."""
    with suppress(OSError, AttributeError):
        os.close(os.open(folder, os.O_TMPFILE | os.O_RDWR))
        return os.path.isdir("/proc/self/fd")
    return False


def killed_at(step: str, *arguments: str | Path) -> None:
    done = subprocess.run(
        command(*arguments, fault=["--kill", step]), capture_output=True, env=environment(), check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def killed_after(seconds: float, *arguments: str | Path, sent: signal.Signals = signal.SIGKILL) -> bool:
    """Kill a run some moment after its begin; whether it was still running."""
    process = subprocess.Popen(
        command(*arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    time.sleep(seconds)
    process.send_signal(sent)
    return process.wait() == -sent


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("which", ["build", "personalize"])
def test_killed_at_each_step_of_writing(which: str, step: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "x.pdf"
    target.write_bytes(OLD)
    runs: dict[str, Arguments] = {
        "build": ["build", "--topic", "cramp", "-o", target],
        "personalize": ["personalize", record(tmp_path), "--yes", "-o", target],
    }
    arguments = runs[which]
    if step == "link:1" and not nameless(folder):
        step = "fsync:1"
    killed_at(step, *arguments)
    assert target.read_bytes() == OLD
    hidden = [folder / name for name in names(folder) if name != "x.pdf"]
    # Between its name and its place a file is whole; before, it has no name where the system allows that.
    if step in ("fsync:1", "link:1") and nameless(folder):
        assert hidden == []
    for path in hidden:
        assert path.name.startswith(".x.pdf.")
        assert which == "build" or path.stat().st_mode & 0o077 == 0
    # The next run is none the worse for it.
    assert handouts(*arguments).returncode == 0
    assert "ひざうら整形外科" in text_of(target)


def test_killed_right_after_a_sheet_is_in_its_place_it_is_kept(tmp_path: Path, data: Path) -> None:
    target = tmp_path / "x.pdf"
    killed_at("replace:1:after", "personalize", record(tmp_path), "--yes", "-o", target)
    (code,) = codes_kept(data)
    assert code in text_of(target)


def run_and_kill_at_random(tmp_path: Path, data: Path, times: int, seed: int) -> tuple[int, int]:
    """Kill builds and personal sheets at random moments; how many runs were killed, how many had come to their end."""
    chance = random.Random(seed)
    folder = tmp_path / "out"
    folder.mkdir()
    plain, own = folder / "plain.pdf", folder / "own.pdf"
    handouts("build", "--topic", "cramp", "-o", plain)
    handouts("personalize", record(tmp_path), "--yes", "-o", own)
    killed = 0
    for number in range(times):
        sent = signal.SIGTERM if number % 5 == 4 else signal.SIGKILL
        topic, moment = chance.choice(["cramp", "running"]), chance.uniform(0.05, 0.8)
        if number % 2:
            killed += killed_after(moment, "build", "--topic", topic, "-o", plain, sent=sent)
        else:
            killed += killed_after(moment, "personalize", record(tmp_path), "--yes", "-o", own, sent=sent)
        assert "ひざうら整形外科" in text_of(plain)
        # Whatever paper there is, its line is kept; a line without paper is harmless.
        said = text_of(own)
        assert [code for code in codes_kept(data) if code in said]
        for name in set(names(folder)) - {"plain.pdf", "own.pdf"}:
            assert text_of(folder / name)
    return killed, times - killed


def test_killed_at_random_moments(tmp_path: Path, data: Path) -> None:
    run_and_kill_at_random(tmp_path, data, 5, 20261122)


@pytest.mark.full
def test_killed_at_many_random_moments(tmp_path: Path, data: Path) -> None:
    killed, ended = run_and_kill_at_random(tmp_path, data, 120, 7)
    assert killed
    assert ended


@pytest.mark.parametrize(
    "step",
    [
        "fsync:1",  # the journal's head
        "fsync:2",  # which row has which code
        pytest.param("link:4", marks=pytest.mark.full),
        "replace:9",  # a sheet waits under its hidden name
        "replace:25",  # kept, and some have their names
        pytest.param("fsync:21", marks=pytest.mark.full),
        f"replace:{2 * ROWS + 2}",  # all but the list
        f"replace:{2 * ROWS + 3}",  # all but the merged file
    ],
)
def test_a_batch_killed_at_a_step_goes_on(step: str, tmp_path: Path, data: Path) -> None:
    patients, out, merged = table(tmp_path, ROWS), tmp_path / "out", tmp_path / "all.pdf"
    arguments: Arguments = ["batch", patients, "-o", out, "--merge", merged, "--jobs", "1"]
    killed_at(step, *arguments, "--date", DATE)
    assert not merged.exists()
    more = ["--resume"] if (out / "batch.journal").exists() else ["--date", DATE]
    done = handouts(*arguments, *more)
    assert done.returncode == 0, done.stderr
    assert_each_row_once(out, ROWS, data)
    assert "花二十" in text_of(merged)
    assert [name for name in names(tmp_path) if name.startswith(".")] == []
