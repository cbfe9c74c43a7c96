"""A process of its own that answers cases, so that a hang, a crash or greed of the program is seen and survived."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import tempfile
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType, TracebackType

from tests.fuzz.corpus import Case

SECONDS = 5.0
"""Most processor time of a case, s: a busy machine does not count."""
MEGABYTES = 500
"""Most memory that a worker may ever have held."""
PATIENCE = 90.0
"""s after which a worker that says nothing is stuck where no signal reaches it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case. `found` names what was wrong and where, and is empty where nothing was."""

    made: int = 0
    said: frozenset[str] = frozenset()
    found: str = ""
    details: str = ""


SABOTAGE = "FUZZ_SABOTAGE"
"""Statements in this variable are run before a case, so that a test can see what a worker notices."""


class Hang(BaseException):
    """Too much processor time."""


class Worker:
    """One process; a context manager. After a finding of time or memory, the next case gets a new process."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._context = multiprocessing.get_context("spawn")
        self._folder = tempfile.TemporaryDirectory(prefix="fuzz-")
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        self._folder.cleanup()

    def run(self, case: Case) -> Result:
        """The result of one case."""
        connection = self._begun()
        connection.send(case)
        try:
            if not connection.poll(PATIENCE):
                self._stop()
                return Result(found=f"silent for {PATIENCE:.0f} s")
            result: Result = connection.recv()
        except (EOFError, OSError):
            process = self._process
            self._stop()
            return Result(found=f"the process ended with {process.exitcode if process else None}")
        if result.found.startswith(("memory", "hang")):
            self._stop()
        return result

    def _begun(self) -> Connection:
        if self._connection is None:
            self._connection, theirs = self._context.Pipe()
            self._process = self._context.Process(
                target=serve, args=(theirs, self._folder.name, self._seconds), daemon=True
            )
            self._process.start()
            theirs.close()
        return self._connection

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None


def serve(connection: Connection, folder: str, seconds: float) -> None:
    """Answer cases until there are no more."""
    signal.signal(signal.SIGPROF, _too_long)
    os.environ["HANDOUTS_DATA"] = str(Path(folder) / "data")
    limit = 8 * MEGABYTES * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    while True:
        try:
            case = connection.recv()
        except EOFError:
            return
        connection.send(_result(case, Path(folder) / "case", seconds))


def _too_long(number: int, frame: FrameType | None) -> None:
    raise Hang


def _result(case: Case, folder: Path, seconds: float) -> Result:
    from tests.fuzz.targets import Broken, answer

    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        if sabotage := os.environ.get(SABOTAGE):
            folder.mkdir(parents=True, exist_ok=True)
            exec(sabotage, {"folder": folder})
        found = answer(case, folder)
        result = Result(found.made, found.said)
    except Broken as broken:
        result = Result(found=f"broken: {broken}")
    except Hang as hang:
        result = Result(found=f"hang: {_where(hang.__traceback__)}", details=traceback.format_exc())
    except Exception as error:
        name = f"{type(error).__name__} in {_where(error.__traceback__)}"
        result = Result(found=name, details=traceback.format_exc())
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    held = _most_held()
    return Result(found=f"memory: {held} MB") if held > MEGABYTES and not result.found else result


def _most_held() -> int:
    """The most memory that this process held, MB. (`ru_maxrss` would count what the parent held: exec keeps it.)"""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


def _where(trace: TracebackType | None) -> str:
    """The last line of the program that was reached."""
    frames = [frame for frame in traceback.extract_tb(trace) if "/handouts/" in frame.filename.replace(os.sep, "/")]
    ours = [frame for frame in frames if "/tests/" not in frame.filename.replace(os.sep, "/")]
    return f"{Path(ours[-1].filename).name}:{ours[-1].name}" if ours else "the test itself"
