"""The results as tables in Markdown, in the words of docs/speed.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.bench.contenders import Contender
from tests.bench.files import Seen
from tests.bench.process import Run
from tests.bench.race import Race

TYPST = "Typst (Python binding)"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; all columns but the first are set to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _wall(run: Run) -> float:
    return run.wall


def _core(run: Run) -> float:
    return run.core


def times(race: Race) -> str:
    """Milliseconds and ratios of each contender; ratios are medians of pairs."""
    base = race.base()
    others = [base, *([TYPST] if TYPST in race.runs and base != TYPST else [])]
    head = ["", "wall ms", "CPU ms", *(f"wall ÷ {short(name)}" for name in others)]
    head += [*(f"CPU ÷ {short(name)}" for name in others), "memory MiB"]
    rows = []
    for name in race.runs:
        ratios = [f"{race.ratio(name, other, value):.2f}" for value in (_wall, _core) for other in others]
        ms = [f"{1000 * race.median(name, value):.1f}" for value in (_wall, _core)]
        rows.append([name, *ms, *ratios, f"{race.memory[name]:.0f}"])
    absent = [[name, f"no result: {why}", *("" for _ in head[2:])] for name, why in race.failed.items()]
    return table(head, [*rows, *absent])


def short(name: str) -> str:
    """A name that fits the head of a column."""
    return name.removeprefix("ReportLab ").partition(" (")[0]


def files(found: dict[str, dict[str, Seen]]) -> str:
    """What each contender's files are like: `found` is by name and kind of sheet (topic, personal, narrow)."""
    head = ["", "bytes", "own sheet", "pages", "tagged", "says PDF/UA", "alt texts", "texts lost"]
    head += ["forbidden starts", "forbidden ends", "in narrow columns: starts", "ends", "lines beyond"]
    rows = []
    for name, kinds in found.items():
        topic, personal, narrow = kinds["topic"], kinds["personal"], kinds["narrow"]
        rows.append([
            name,
            f"{topic.size:,}",
            f"{personal.size:,}",
            str(topic.pages),
            *("yes" if one else "no" for one in (topic.tagged, topic.universal)),
            str(topic.alts),
            str(len(topic.missing) + len(personal.missing)),
            *(str(len(topic.starts) + len(personal.starts)), str(len(topic.ends) + len(personal.ends))),
            *(f"{len(narrow.starts)} of {narrow.lines}", str(len(narrow.ends)), str(narrow.beyond)),
        ])  # fmt: skip
    return table(head, rows)


def conditions(contenders: Iterable[Contender], versions: dict[str, str]) -> str:
    """What each contender keeps from sheet to sheet, and what it cannot do."""
    rows = [
        [f"{one.name} {versions.get(one.module, '')}".strip(), one.keeps, one.lacks] if one.here
        else [one.name, "not installed here", ""]
        for one in contenders
    ]  # fmt: skip
    return table(["", "keeps from sheet to sheet", "lacks"], rows).replace("---:", "---")
