"""The contenders side by side: in each round each sets the same sheet in turn, so that all meet the same machine."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import run
from typing import Any

from tests.bench.contenders import BASE, CONTENDERS, OURS, Contender
from tests.bench.process import Failed, Run, Server, cold, environment

ROOT = Path(__file__).resolve().parents[2]
BLOCK = 10
"""Personalised sheets that one contender sets before it is the next one's turn."""


@dataclass(slots=True)
class Race:
    """What came of one kind of run: the runs of each contender by its name, round by round, and its memory in MiB."""

    runs: dict[str, list[Run]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def ratio(self, name: str, base: str, value: Callable[[Run], float]) -> float:
        """The median of the ratios to another contender, pair by pair."""
        pairs = zip(self.runs[name], self.runs[base], strict=True)
        return statistics.median(value(one) / value(other) for one, other in pairs)

    def median(self, name: str, value: Callable[[Run], float]) -> float:
        """The median of a contender's rounds."""
        return statistics.median(map(value, self.runs[name]))

    def base(self) -> str:
        """What ratios are taken to: Platypus, or ours where it is not there."""
        return next(
            (one.name for one in CONTENDERS if one.module == BASE and one.name in self.runs), next(iter(self.runs))
        )


@dataclass(frozen=True, slots=True)
class Field:
    """Where the race is run: a folder for its files, and who takes part."""

    folder: Path
    contenders: Sequence[Contender]
    tell: Callable[[str], None] = print

    @property
    def env(self) -> dict[str, str]:
        """The environment of the contenders' processes."""
        return environment(self.folder / "bytecode", ROOT)

    def prepare(self, count: int) -> None:
        """Write the sheets that are to be set. Raises Failed."""
        command = [sys.executable, "-m", "tests.bench.prepare", str(self.folder), str(count)]
        done = run(command, env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failed(done.stderr[-800:])

    def sheets(self, kind: str) -> str:
        """The file of sheets of a kind: topic, personal, narrow."""
        return str(self.folder / f"{kind}.json")

    def target(self, contender: Contender, kind: str) -> Path:
        """Where a contender's sheet of a kind is put."""
        return self.folder / f"{kind}-{contender.module}.pdf"

    def own(self, contender: Contender, kind: str) -> str:
        """A folder for what a contender writes before its first sheet."""
        folder = self.folder / f"{kind}-{contender.module}"
        folder.mkdir(exist_ok=True)
        return str(folder)

    def log(self, contender: Contender) -> Path:
        """What a contender said."""
        return self.folder / f"{contender.module}.log"

    # -- the runs --

    def cold(self, rounds: int) -> Race:
        """Whole processes, from the command to its end; the first round (bytecode, the disk's cache) is left out."""
        race = Race({one.name: [] for one in self.contenders})
        for number in range(-1, rounds):
            for one in [one for one in self.contenders if one.name not in race.failed]:
                command = one.cold(self.sheets("topic"), self.own(one, "topic"), str(self.target(one, "topic")))
                try:
                    done = cold(command, self.env, self.log(one))
                except Failed as failed:
                    self._lost(race, one, failed)
                    continue
                if number >= 0:
                    race.runs[one.name].append(done)
        race.memory = {name: max(run.peak for run in runs) for name, runs in race.runs.items()}
        return race

    def warm(self, rounds: int) -> Race:
        """The topic's sheet by processes that are kept; each time another month is printed."""
        return self._served("topic", rounds, 1)

    def batch(self, count: int) -> Race:
        """Patients' own sheets by processes that are kept, some at a time; the first of each contender is left out."""
        return self._served("personal", max(1, count // BLOCK), BLOCK)

    def first(self, kind: str) -> Race:
        """The first sheet of a kind, once."""
        return self._served(kind, 0, 1)

    def _served(self, kind: str, rounds: int, block: int) -> Race:
        race = Race()
        with ExitStack() as stack:
            servers = dict(self._started(stack, race, kind))
            race.runs = {one.name: [] for one in servers}
            for number in range(rounds):
                for one, server in servers.items():
                    runs = [server.render(number * block + index, self.target(one, kind)) for index in range(block)]
                    race.runs[one.name].append(_mean(runs))
            race.memory = {one.name: server.memory() for one, server in servers.items()}
        return race

    def _started(self, stack: ExitStack, race: Race, kind: str) -> Iterator[tuple[Contender, Server]]:
        """Those that are ready and have set a first sheet."""
        for one in self.contenders:
            try:
                command = one.served(self.sheets(kind), self.own(one, kind))
                server = stack.enter_context(closing(Server(command, self.env, self.log(one))))
                server.render(0, self.target(one, kind))
            except Failed as failed:
                self._lost(race, one, failed)
            else:
                yield one, server

    def _lost(self, race: Race, one: Contender, failed: Failed) -> None:
        if one.module in (OURS, BASE):
            raise failed
        race.failed[one.name] = str(failed).strip().rpartition("\n")[2]
        race.runs.pop(one.name, None)
        self.tell(f"{one.name}: {race.failed[one.name]}")


def _mean(runs: Sequence[Run]) -> Run:
    return Run(statistics.fmean(run.wall for run in runs), statistics.fmean(run.core for run in runs))


def first(path: str) -> dict[str, Any]:
    """The first sheet of a file."""
    sheet: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))["sheet"]
    return sheet
