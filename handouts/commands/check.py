"""`handouts check`: what is wrong in the definitions, and what they score."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.commands.options import CLINIC, PATH, check_known
from handouts.english import told
from handouts.problems import Problem, Severity, show
from handouts.usage import JapaneseCommand, say

if TYPE_CHECKING:
    from handouts.library import Library


@click.command(cls=JapaneseCommand)
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--json", "as_json", is_flag=True, help="JSON で出す。")
@click.option("--scores", is_flag=True, help="資料ごとの点数(文字、文の長さ、PEMAT、読みやすさ、時間、出典)を出す。")
@CLINIC
def check(paths: tuple[Path, ...], as_json: bool, scores: bool, clinic: Path | None) -> None:
    """定義ファイルの間違いを、すべて一度に示す。

    例: handouts check  ・  handouts check topics/running.yaml  ・  handouts check --scores
    """
    from handouts.checks.content import check as check_content
    from handouts.checks.content import unread_words
    from handouts.clinic.stale import stale
    from handouts.library import Library

    library = Library.found(clinic)
    if scores:
        _scores(library, [path.stem for path in paths], as_json)
        return
    problems = check_content(list(paths) or None, library)
    if not paths and library.folders.clinic is not None:
        # A clinic mends its own files; of the built-in ones it is told only what keeps a sheet from being printed.
        problems = [one for one in problems if one.severity is Severity.ERROR or not _is_built_in(one)]
        problems += stale(library)
    if as_json:
        click.echo(json.dumps([_as_data(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        click.echo(show(problems) if problems else told("問題はありません。"))
        topics = set(library.topics())
        named = [path.stem for path in paths if path.parent.name == "topics" and path.stem in topics] if paths else None
        for name, words in unread_words(library, named).items():
            say(f"{name}: ふりがなの版で読みのない言葉: {'、'.join(words)}(handouts readings {name})")
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise click.exceptions.Exit(1)


def _scores(library: Library, names: list[str], as_json: bool) -> None:
    """Print what topics score: those of the named files, else all."""
    from handouts.checks.report import as_data, open_items, reports, table

    known = library.topics()
    for name in names:
        check_known(name, known, "資料")
    found = reports(library, names or known, date.today())
    if as_json:
        click.echo(json.dumps([as_data(one) for one in found], ensure_ascii=False, indent=2))
    else:
        say(f"{table(found)}\n\n人が見る項目 (PEMAT-P 日本版):\n{open_items()}")


def _is_built_in(problem: Problem) -> bool:
    from handouts.paths import PACKAGE, data_root

    path = Path(problem.place.file).absolute()
    return any(path.is_relative_to(folder) for folder in (PACKAGE, data_root() / "layouts", data_root() / "assets"))


def _as_data(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity.value,
        "rule": problem.rule,
        "message": told(problem.message),
        "hint": told(problem.hint),
    }
