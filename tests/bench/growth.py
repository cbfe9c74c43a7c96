"""How cost grows: characters, pages and sheets over three orders of magnitude, each with a line through them.

`python -m tests.bench.growth [PLOT.svg]`: the CPU time of one process, the least of a few runs, no text set twice.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from statistics import correlation, linear_regression

from msgspec.structs import replace

from handouts.__main__ import GARBAGE
from handouts.library import Library
from handouts.pdf import write
from handouts.pdf.join import Joiner
from handouts.setting import Job, set_handout
from tests.bench.leaves import texts
from tests.bench.peers.columns import in_columns
from tests.bench.peers.ours import Session
from tests.bench.sheets import DAY, PATIENTS, TOPIC, month_of, topic_sheets

ORDERS = 3
STEPS = 2
"""Points for each order of magnitude."""
MONTHS = 12
LEAST_S = 0.2
"""s: smaller amounts are measured again until so much time is spent, and the least counts."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What was counted, how much of it there was, and the s of CPU time it took."""

    of: str
    amounts: list[int]
    seconds: list[float]

    @property
    def line(self) -> tuple[float, float]:
        """s for each, by the line through nothing and the points, and R² of the straight line through the points."""
        slope, _ = linear_regression(self.amounts, self.seconds, proportional=True)
        return slope, correlation(self.amounts, self.seconds) ** 2

    def said(self) -> str:
        """The line in words."""
        each, fit = self.line
        points = ", ".join(f"{n}: {s * 1000:.0f} ms" for n, s in zip(self.amounts, self.seconds, strict=True))
        return f"{self.of}: {each * 1000:.3f} ms each, R² {fit:.4f} ({points})"


def amounts(least: int) -> list[int]:
    """From the least to a thousand times as many, evenly on a scale of powers."""
    return [round(least * 10 ** (step / STEPS)) for step in range(ORDERS * STEPS + 1)]


def measured(of: str, wanted: list[int], make: Callable[[int], int]) -> Growth:
    """`make` is given how many there should be, and returns how many there were."""
    real, seconds = [], []
    for number in wanted:
        spent, best = 0.0, float("inf")
        while spent < LEAST_S:
            start = time.process_time()
            there = make(number)
            took = time.process_time() - start
            spent, best = spent + took, min(best, took)
        real.append(there)
        seconds.append(best)
    return Growth(of, real, seconds)


def characters(wanted: list[int]) -> Growth:
    """Paragraphs of the topic's long texts, no two alike, broken into lines and written."""
    sheet = next(topic_sheets(1))
    said = [text for text in texts(sheet) if len(text) >= 30]
    serial = count()

    def make(number: int) -> int:
        blocks, there = [], 0
        for text in cycle(said):
            if there >= number:
                break
            unlike = f"{next(serial)}、{text}"[: number - there]
            blocks.append({"text": unlike, "width": 300.0})
            there += len(unlike)
        in_columns({**sheet, "blocks": blocks})
        return there

    return measured("characters", wanted, make)


def pages(wanted: list[int]) -> Growth:
    """One file of ever more pages: the topic's handout, in one month after another, set, written and joined."""
    library = Library()
    handout = library.handout(TOPIC)

    def make(number: int) -> int:
        with tempfile.TemporaryFile() as file:
            joiner = Joiner(file)
            for month in range(max(1, number // 2)):
                done = set_handout(library, handout, Job(month_of(month % MONTHS)))
                joiner.add(write(replace(done.document, date=DAY), done.faces))
            joiner.close()
        return joiner.sides

    return measured("pages", wanted, make)


def sheets(wanted: list[int]) -> Growth:
    """Patients' own sheets from their records, by one process."""
    with tempfile.TemporaryDirectory() as folder:
        session = Session({}, folder)
        serial = count()

        def make(number: int) -> int:
            for _ in range(number):
                session.render({"kind": "personal", "number": next(serial) % PATIENTS}, {}, f"{folder}/sheet.pdf")
            return number

        make(1)

        return measured("sheets", wanted, make)


def grown() -> list[Growth]:
    """All three."""
    gc.set_threshold(*GARBAGE)
    return [characters(amounts(100)), pages(amounts(2)), sheets(amounts(1))]


def plot(found: list[Growth], target: Path) -> None:
    """The points and their lines, on scales of powers, as SVG."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams |= {"svg.hashsalt": "handouts", "svg.fonttype": "none"}
    figure, axes = plt.subplots(1, len(found), figsize=(10, 3.2), layout="constrained")
    for axis, growth in zip(axes, found, strict=True):
        each, fit = growth.line
        axis.loglog(growth.amounts, growth.seconds, "o", color="#00568F")
        ends = growth.amounts[0], growth.amounts[-1]
        axis.loglog(ends, [each * x for x in ends], "-", color="#9AA7B3")
        axis.set_xlabel(growth.of)
        axis.set_title(f"{each * 1000:.3g} ms each, R² {fit:.4f}", fontsize=10)
        axis.grid(True, which="major", color="#DDDDDD")
    axes[0].set_ylabel("CPU time, s")
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, metadata={"Date": None, "Creator": None})
    plt.close(figure)


def main() -> None:
    """Measure, say it, and draw it where a file is named."""
    found = grown()
    for growth in found:
        print(growth.said())
    if len(sys.argv) > 1:
        plot(found, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
