"""Every PDF that may leave the program, made and validated: `python -m tests.validators.matrix [--each N]`.

Prints the size of the matrix: files, rules and checks. Each N takes every Nth file.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice, product
from pathlib import Path

import pikepdf
import pytest

from handouts.build import build_test_page, build_topic
from handouts.consult.code import new_code
from handouts.consult.issue import pdf_of
from handouts.consult.password import encrypted
from handouts.consult.plan import plan
from handouts.consult.record import read_record
from handouts.library import Library
from handouts.library.library import PERSONAL
from handouts.model import Edition
from handouts.pdf.join import Joiner
from handouts.problems import Problems
from handouts.sides import Side
from tests.validators.pagevalidation import page_validation
from tests.validators.verapdf import Result, verapdf

DAY = date(2026, 11, 22)
PASSWORD = "not a secret 1"
TOGETHER = 60
"""Files that one Java process reads, and that lie on the disk at a time."""
_ARCHIVE = "{http://www.aiim.org/pdfa/ns/id/}part"


@dataclass(frozen=True, slots=True)
class Job:
    """One file of the matrix: its kind, with what it belongs to within that, its name, and what makes its bytes.

    `make` raises Problems where the file is not offered.
    """

    kind: str
    group: str
    name: str
    make: Callable[[], bytes]


@dataclass(slots=True)
class Size:
    """What was made and looked at; `refused` counts what is not offered, or has no room, and says so."""

    files: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    verdicts: int = 0
    rules: dict[str, int] = field(default_factory=dict)
    checks: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        files = ", ".join(f"{count} {kind}" for kind, count in sorted(self.files.items()))
        rules = ", ".join(f"{name} {count}" for name, count in sorted(self.rules.items()))
        return (
            f"{self.files.total()} files ({files}); {self.refused} not offered\n"
            f"{self.verdicts} verdicts of two validators, {len(self.wrong)} not valid\n"
            f"rules of each profile: {rules}\n{self.checks:,} single checks (veraPDF)"
        )


def jobs(library: Library) -> Iterator[Job]:
    """The whole matrix: topic × layout × edition × side × ink, test pages, personal sheets, joined and locked ones."""
    sides: tuple[Side | None, ...] = (None, *Side)
    for topic, name, side, ink in product(library.topics(), library.layouts(), sides, ("colour", "mono", "shop")):
        for edition in library.layout(name).editions:
            words = [topic, name, edition.value, side.value if side else "as-drawn", ink]
            yield Job(
                "handouts",
                f"{name}-{edition.value}",
                "-".join(words),
                partial(_built, library, topic, name, edition, side, ink),
            )
    for ink in ("colour", "mono"):
        yield Job("test pages", "test-page", f"test-page-{ink}", partial(_test_page, library, ink))
    yield from personal(library)


def personal(library: Library) -> Iterator[Job]:
    """Sheets for one patient, alone, locked with a password and opened again, and joined for the printer."""
    guides = [name for name in library.topics() if library.handout(name).topic.form is None]
    editions = [one.value for one in library.layout(PERSONAL).editions]
    for topics, side, edition, paper in product(
        [*([name] for name in guides), guides[:3]], [one.value for one in Side], editions, ("colour", "mono")
    ):
        said = {"topics": topics, "side": side, "edition": edition, "paper": paper}
        name = "-".join([*topics, side, edition, paper])
        yield Job("personal", f"personal-{edition}-{paper}", f"personal-{name}", partial(_sheet, library, **said))
    said = {"topics": guides[:1], "side": "left"}
    yield Job("unlocked", "unlocked", "unlocked", lambda: _unlocked(_sheet(library, **said)))
    yield Job(
        "joined", "joined", "joined", lambda: _joined([_sheet(library, topics=[name], side="right") for name in guides])
    )


def sample(library: Library) -> list[Job]:
    """A file of each group, each in another way: all layouts and editions are there, and all other kinds."""
    groups: dict[str, list[Job]] = {}
    for job in jobs(library):
        groups.setdefault(job.group, []).append(job)
    return [_any(those[7 * number % len(those) :] + those) for number, those in enumerate(groups.values())]


def _any(those: Sequence[Job]) -> Job:
    """The first of several that is offered, as one job."""

    def make() -> bytes:
        for job in those:
            with suppress(Problems):
                return job.make()
        raise Problems([])

    return Job(those[0].kind, those[0].group, those[0].group, make)


def validate(these: Sequence[Job], folder: Path) -> Size:
    """Make the files, a few at a time, and have both validators judge all that each claims to be."""
    size = Size()
    for start in range(0, len(these), TOGETHER):
        some = these[start : start + TOGETHER]
        paths = [path for job in some if (path := _made(job, folder, size))]
        by_claim: dict[tuple[str, ...], list[Path]] = {}
        for path in paths:
            by_claim.setdefault(claims(path), []).append(path)
        for flavours, claiming in by_claim.items():
            _judge(verapdf(claiming, flavours), "veraPDF", size)
            _judge([page_validation(path, one) for path in claiming for one in flavours], "page", size)
        for path in paths:
            path.unlink()
    return size


def claims(path: Path) -> tuple[str, ...]:
    """The profiles that a file says it follows; every file of ours says PDF/UA-1."""
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1", path.name
        return ("ua1", "2a") if metadata.get(_ARCHIVE) == "2" else ("ua1",)


def _made(job: Job, folder: Path, size: Size) -> Path | None:
    try:
        data = job.make()
    except Problems:
        size.refused += 1
        return None
    size.files[job.kind] += 1
    path = folder / f"{job.name}.pdf"
    path.write_bytes(data)
    return path


def _judge(results: Sequence[Result], validator: str, size: Size) -> None:
    for result in results:
        size.verdicts += 1
        size.checks += result.checks or 0
        size.rules[f"{validator} {result.flavour}"] = result.rules
        if not result.valid:
            size.wrong.append(f"{validator}: {result}")


def _built(library: Library, topic: str, layout: str, edition: Edition, side: Side | None, ink: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "x.pdf"
        mono, shop = ink == "mono", ink == "shop"
        build_topic(library, topic, target, DAY, layout=layout, edition=edition, mono=mono, side=side, shop=shop)
        return target.read_bytes()


def _test_page(library: Library, ink: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "x.pdf"
        build_test_page(library, target, DAY, mono=ink == "mono")
        return target.read_bytes()


def _sheet(library: Library, **said: object) -> bytes:
    record = {"patient": {"name": "見本 花子"}, "next_visit": "2026-12-07 10:00", **said}
    text = json.dumps(record, ensure_ascii=False)
    made = plan(library, read_record(text, "record.json", library, DAY), DAY)
    return pdf_of(library, made, new_code(random.Random(1)))[0]


def _unlocked(data: bytes) -> bytes:
    """What is in a locked file: it claims PDF/UA alone, and shall hold that claim when it is opened."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(encrypted(data, PASSWORD)), password=PASSWORD) as pdf:
        pdf.save(out)
    return out.getvalue()


def _joined(sheets: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    joiner = Joiner(out)
    for sheet in sheets:
        joiner.add(sheet)
    joiner.close()
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where all is valid, 1 where something is not, 2 where nothing could be said."""
    parser = argparse.ArgumentParser(prog="python -m tests.validators.matrix", description=__doc__)
    parser.add_argument("--each", type=int, default=1, metavar="N", help="take every Nth file")
    said = parser.parse_args(arguments)
    these = list(islice(jobs(Library()), 0, None, said.each))
    try:
        with tempfile.TemporaryDirectory() as folder:
            size = validate(these, Path(folder))
    except pytest.skip.Exception as missing:
        print(missing, file=sys.stderr)
        return 2
    print(size)
    print("\n".join(size.wrong))
    return 1 if size.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
