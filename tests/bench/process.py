"""Runs contenders in processes of their own and measures them: wall and CPU time in s, memory in MiB."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """What one process, or one sheet, took."""

    wall: float
    core: float
    peak: float = 0.0


class Failed(RuntimeError):
    """A contender did not set its sheet; the message is what it said."""


def environment(cache: Path, root: Path) -> dict[str, str]:
    """For the contenders' processes: bytecode is written, into a folder of this run, so that nobody compiles."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(cache), "PYTHONPATH": str(root), "PYTHONHASHSEED": "0"}


def cold(command: Sequence[str], env: dict[str, str], log: Path) -> Run:
    """One whole process, from its start to its end. Raises Failed.

    The peak is that of the process itself; this one must be smaller, since it begins as its copy.
    """
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=env, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(log.read_text(errors="replace")[-800:])
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Server:
    """A contender's process that sets one sheet after another; `close` ends it."""

    def __init__(self, command: Sequence[str], env: dict[str, str], log: Path) -> None:
        self._log = log
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        self._answer()

    def render(self, number: int, target: Path) -> Run:
        """Set a sheet; the CPU time is that of the contender and of what it started."""
        before = _children_core(self._process.pid)
        assert self._process.stdin is not None
        self._process.stdin.write(f"{number} {target}\n")
        self._process.stdin.flush()
        wall, core = map(float, self._answer().split())
        # The process's own clock is finer than the kernel's ticks, but does not count its children.
        return Run(wall, core + _children_core(self._process.pid) - before)

    def memory(self) -> float:
        """PSS in MiB of the process and of all it started: what they share counts once."""
        return sum(_pss(number) for number in _tree(self._process.pid))

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            raise Failed(self._log.read_text(errors="replace")[-800:])
        return line

    def close(self) -> None:
        """End the process, and wait for it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def _tree(parent: int) -> list[int]:
    found = [parent]
    for number in found:
        try:
            said = Path(f"/proc/{number}/task/{number}/children").read_text()
        except OSError:
            continue
        found += map(int, said.split())
    return found


def _pss(number: int) -> float:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _children_core(parent: int) -> float:
    """CPU time in s of all that a process started, to a hundredth of a second."""
    ticks = 0
    for number in _tree(parent)[1:]:
        try:
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
