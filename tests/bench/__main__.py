"""This program beside its peers, in one run: `python -m tests.bench`; the tables go to the terminal, or into docs.

All contenders set the same sheets in turn, so that the ratios hold on a machine that has other work too.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.bench.contenders import CONTENDERS, UNVERIFIED
from tests.bench.race import ROOT, Field, Race, first

PARTS = ("cold", "warm", "batch", "files", "growth", "preview", "thousands")
USUAL = PARTS[:4]
BEGIN, END = "<!-- bench: begin -->\n", "<!-- bench: end -->\n"
PLOT = Path("docs/images/growth.svg")
KNOWN = {
    "typst": "typst",
    "weasyprint": "weasyprint",
    "platypus": "reportlab",
    "fpdf2": "fpdf2",
    "ours": "handouts",
}
"""The package whose version is a contender's."""


def options() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="cold processes of each, and warm sheets")
    parser.add_argument("--documents", type=int, default=200, help="personalised sheets of each")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=USUAL, help=f"parts to run; usual: {USUAL}")
    parser.add_argument("--contenders", nargs="+", help="their modules; by default all that are here")
    parser.add_argument("--keep", type=Path, help="a folder for the files that were set")
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="put the result between its two marks")
    return parser.parse_args()


def main() -> None:
    """Run the parts that are asked for."""
    asked = options()
    with _folder(asked.keep) as folder:
        chosen = [one for one in CONTENDERS if one.here and (not asked.contenders or one.module in asked.contenders)]
        field = Field(folder, chosen, lambda text: print(text, file=sys.stderr))
        text = "\n".join(_report(field, asked))
    print(text)
    if asked.write:
        _put(asked.write, text)


def _report(field: Field, asked: argparse.Namespace) -> Iterator[str]:
    """The result, piece by piece, in Markdown."""
    yield f"{machine()}\n"
    racing = [part for part in asked.only if part in USUAL]
    if racing:
        field.prepare(asked.documents)
        yield from _raced(field, asked, racing)
    if "growth" in asked.only:
        yield from _section("Growth", _grown())
    if "preview" in asked.only:
        yield from _section("Warm previews in the desk", _said_by("tests.bench.preview", "1000"))
    if "thousands" in asked.only:
        yield from _section("10,000 sheets", _said_by("tests.bench.batch", "10000"))


def _raced(field: Field, asked: argparse.Namespace, parts: list[str]) -> Iterator[str]:
    # The cold runs come first: the peak memory of a process begins with that of the one that starts it.
    kinds: dict[str, tuple[str, Callable[[], Race]]] = {
        "cold": ("One sheet, whole process", lambda: field.cold(asked.rounds)),
        "warm": ("One sheet, process kept", lambda: field.warm(asked.rounds)),
        "batch": ("One patient's own sheet of many, process kept", lambda: _own(field).batch(asked.documents)),
    }
    for part in parts:
        if part in kinds:
            from tests.bench.tables import times

            heading, run = kinds[part]
            yield from _section(heading, times(run()))
    if "files" in parts:
        yield from _section("The files", _files(field))
    from tests.bench.tables import conditions

    yield from _section("What is kept, and what cannot be done", conditions(CONTENDERS, versions()))


def _own(field: Field) -> Field:
    """Without the contender whose own sheets are the same as ours."""
    return Field(field.folder, [one for one in field.contenders if one.module != UNVERIFIED], field.tell)


def _section(heading: str, text: str) -> Iterator[str]:
    yield f"### {heading}\n"
    yield text


def _files(field: Field) -> str:
    """The table of what the contenders' last files are like; those that set none are left out."""
    from tests.bench.files import Seen, seen
    from tests.bench.leaves import texts
    from tests.bench.sheets import edges
    from tests.bench.tables import files

    wanted = {kind: first(field.sheets(kind)) for kind in ("topic", "personal", "narrow")}
    found: dict[str, dict[str, Seen]] = {}
    own = _own(field)
    failed = [name for kind in wanted for name in own.first(kind).failed]
    for one in [one for one in own.contenders if one.name not in failed]:
        found[one.name] = {
            kind: seen(field.target(one, kind), texts(sheet), edges(sheet) if kind == "narrow" else ())
            for kind, sheet in wanted.items()
        }
    return files(found)


def _grown() -> str:
    """The lines through the points; the plot goes into docs."""
    from tests.bench.growth import grown, plot

    found = grown()
    plot(found, ROOT / PLOT)
    return "\n".join(["```text", *(growth.said() for growth in found), "```", ""])


def _said_by(module: str, *arguments: str) -> str:
    """What another benchmark prints."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return f"```text\n{done.stdout}```\n"


def machine() -> str:
    """The machine, in a line: processor, cores, memory, system, Python, and how busy it is."""
    cpu = next((line.partition(": ")[2] for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    day = time.strftime("%Y-%m-%d", time.gmtime())
    return (
        f"{day}: {cpu or platform.processor()}, {os.cpu_count()} cores, {memory / 2**20:.0f} GiB, {platform.system()}"
        f" {platform.release()}, Python {platform.python_version()}{load} at the start."
    )


def _lines(name: str) -> list[str]:
    try:
        return Path(name).read_text().splitlines()
    except OSError:
        return []


def versions() -> dict[str, str]:
    """The version of each contender's package, by its module."""
    found = {}
    for module, package in KNOWN.items():
        try:
            found[module] = version(package)
        except PackageNotFoundError:
            found[module] = ""
    return found


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _put(target: Path, text: str) -> None:
    """Put the result between its two marks in a file."""
    before, begin, rest = target.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{target} has not the marks {BEGIN.strip()} and {END.strip()}")
    target.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
