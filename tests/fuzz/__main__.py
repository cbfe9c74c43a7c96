"""The long run: `python -m tests.fuzz --minutes 30 [--seed N]` prints a report; exit 1 where something was found."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz.campaign import Tally, run
from tests.fuzz.corpus import KINDS
from tests.fuzz.worker import MEGABYTES, SECONDS, Worker

NAMES = {
    "topic": "a topic, built",
    "exercise": "an exercise, built in its topic",
    "common": "signs, sources, labels, readings …, built",
    "layout": "a layout, built in",
    "theme": "a theme, built with",
    "clinic": "clinic.yaml, built",
    "pose": "a pose, drawn",
    "record": "a consultation record, made into a sheet",
    "table": "a CSV table, its first rows made into sheets",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where nothing was found, 1 where something was, 2 for wrong use."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes; each has a seed of its own")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind of input; may be repeated")
    parser.add_argument("--keep", type=Path, default=Path("found"), help="folder for what was found")
    said = parser.parse_args(arguments)
    kinds, until = tuple(said.kind or KINDS), time.monotonic() + 60 * said.minutes

    def one(number: int) -> dict[str, Tally]:
        with Worker() as worker:
            return run(worker, said.seed + number, until, kinds)

    with ThreadPoolExecutor(said.jobs) as pool:
        tallies = joined(list(pool.map(one, range(said.jobs))))
    seeds = f"{said.seed}" if said.jobs == 1 else f"{said.seed} to {said.seed + said.jobs - 1}"
    print(f"{said.minutes:g} minutes, seed {seeds}, limits {SECONDS:g} s and {MEGABYTES} MB a case\n")
    print(report(tallies))
    kept = keep(tallies, said.keep)
    return 1 if kept else 0


def joined(parts: Sequence[Mapping[str, Tally]]) -> dict[str, Tally]:
    """The tallies of several workers as one."""
    whole: dict[str, Tally] = {}
    for part in parts:
        for kind, tally in part.items():
            one = whole.setdefault(kind, Tally())
            one.cases += tally.cases
            one.made += tally.made
            one.refused += tally.refused
            one.answers |= tally.answers
            one.found = {**tally.found, **one.found}
    return whole


def report(tallies: Mapping[str, Tally]) -> str:
    """The tallies as a Markdown table."""
    lines = ["| input | cases | became PDF | refused | different answers | found |", "|---|---:|---:|---:|---:|---:|"]
    rows = [(NAMES[kind], tally) for kind, tally in tallies.items()]
    total = joined([{"": tally} for tally in tallies.values()])[""] if tallies else Tally()
    for name, tally in [*rows, ("**in all**", total)]:
        counts = (tally.cases, tally.made, tally.refused, len(tally.answers), len(tally.found))
        lines.append("| " + " | ".join([name, *(f"{count:,}" for count in counts)]) + " |")
    return "\n".join(lines)


def keep(tallies: Mapping[str, Tally], folder: Path) -> int:
    """Write each finding's file into a folder and say what it was; how many there are."""
    count = 0
    for tally in tallies.values():
        for said, (case, result) in tally.found.items():
            count += 1
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{case.kind}-{case.stem}-{case.choice}-{count}"
            path.write_bytes(case.data)
            print(f"\nfound: {said}\n  {path} (stem {case.stem}, choice {case.choice})\n{result.details}")
    return count


if __name__ == "__main__":
    sys.exit(main())
