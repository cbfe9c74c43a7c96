"""Makes a clinic's folder: clinic.yaml with what differs from the usual, its logo, a README and the schemas."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from handouts import disk
from handouts.checks.content import check
from handouts.clinic.answers import PAPERS, Answers
from handouts.clinic.files import SCHEMAS, made, readme, write_schemas
from handouts.library import Library
from handouts.library.folders import CLINIC_FILE, shown
from handouts.logo import examine
from handouts.output import write_whole
from handouts.problems import NOWHERE, Place, Problem, Problems, Severity
from handouts.text.markup import escape

SCHEMA_LINE = "# yaml-language-server: $schema={}\n"
_HEAD = "# 医院のこと。書かれていない項目は、組み込みのままです。書けることは README.md に。\n"


def begin(folder: Path, answers: Answers) -> tuple[list[Path], tuple[Problem, ...]]:
    """The files that were written, and warnings on the logo. Raises Problems; then nothing is written.

    The folder may be there, but no clinic.yaml in it; a README that is there stays.
    """
    if disk.exists(folder / CLINIC_FILE):
        message = f"{CLINIC_FILE} がもうあるので、書きかえません。"
        raise Problems(
            [Problem(Place(shown(folder / CLINIC_FILE)), message, "中身を直すか、別のフォルダーを選んでください。")]
        )
    logo = f"logo{answers.logo.suffix.lower()}" if answers.logo else ""
    text = clinic_text(answers, logo)
    pixels = answers.logo.read_bytes() if answers.logo else b""
    told = _tried(text, logo, pixels)
    made(folder)
    written = [folder / CLINIC_FILE]
    if logo:
        made(folder / "assets")
        write_whole(folder / "assets" / logo, pixels)
        written.append(folder / "assets" / logo)
    write_whole(folder / CLINIC_FILE, text.encode())
    if not disk.exists(folder / "README.md"):
        write_whole(folder / "README.md", readme(answers.name).encode())
        written.append(folder / "README.md")
    write_schemas(folder / SCHEMAS)
    return written, told


def clinic_text(answers: Answers, logo: str) -> str:
    """clinic.yaml: the lines that say something, in the order of the questions."""
    return SCHEMA_LINE.format(".schema/clinic.schema.json") + _HEAD + "".join(_lines(answers, logo))


def _lines(answers: Answers, logo: str) -> Iterator[str]:
    yield _line("name", escape(answers.name))
    if answers.kind != "clinic":
        yield _line("kind", answers.kind)
    if answers.postal_code:
        yield _line("postal_code", answers.postal_code)
    yield _line("address", escape(answers.address))
    yield _line("phone", escape(answers.phone))
    if answers.url:
        yield _line("url", answers.url)
    if answers.hours:
        yield "hours:\n"
        for time, days in answers.hours:
            yield f"  - {{time: {time}, days: {days}}}\n"
    if answers.closed:
        yield _line("closed", escape(answers.closed))
    if answers.accent:
        yield _line("accent", answers.accent)
    if logo:
        yield _line("logo", logo)
    if answers.paper != "duplex":
        yield _line("layout", PAPERS[answers.paper])
    if answers.edge is not None:
        yield f"printer_edge: {answers.edge:g}\n"


def _line(key: str, value: str) -> str:
    return yaml.safe_dump({key: value}, allow_unicode=True, width=10_000)


def _tried(text: str, logo: str, pixels: bytes) -> tuple[Problem, ...]:
    """Read as the builder will read it, before anything is written; the logo's warnings."""
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name)
        (trial / CLINIC_FILE).write_text(text, encoding="utf-8", newline="\n")
        wrong = check([trial / CLINIC_FILE], Library(trial))
        if errors := [problem for problem in wrong if problem.severity is Severity.ERROR]:
            raise Problems(Problem(NOWHERE, problem.message, problem.hint) for problem in errors)
        if not logo:
            return ()
        (trial / logo).write_bytes(pixels)
        return examine(trial / logo, Place(logo))[1]
