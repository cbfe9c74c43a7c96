"""`handouts verify`: the finished PDF, measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.commands.options import PATH
from handouts.english import told
from handouts.problems import Problem, Problems, Severity, show
from handouts.usage import JapaneseCommand, say

if TYPE_CHECKING:
    from handouts.checks.file.rules.rule import Finding, Rule
    from handouts.checks.file.verify import Measured

_MM = 72 / 25.4


@click.command(cls=JapaneseCommand)
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE.pdf …")
@click.option("--all-pages", "every", is_flag=True, help="60 ページより多いファイルも、すべてのページを調べる。")
@click.option("--json", "as_json", is_flag=True, help="JSON で出す。")
def verify(files: tuple[Path, ...], every: bool, as_json: bool) -> None:
    """できた PDF を測る。字の大きさ、重なり、折り目、書体、タグ、QRコードなど。

    ほかのプログラムで作った資料も調べられます。

    例: handouts verify running.pdf  ・  handouts verify 資料/*.pdf
    """
    results = [_measured(path, every=every) for path in dict.fromkeys(files)]
    if as_json:
        click.echo(json.dumps([_as_data(result) for result in results], ensure_ascii=False, indent=2))
    else:
        for result in results:
            _tell(result)
    wrong = (result if isinstance(result, Problems) else result.problems() for result in results)
    if any(problem.severity is Severity.ERROR for problems in wrong for problem in problems):
        raise click.exceptions.Exit(1)


def _measured(path: Path, *, every: bool) -> Measured | Problems:
    """What was found in a file, or why it cannot be measured."""
    import sys

    from handouts.checks.file.verify import PAGES, verify

    try:
        return verify(path, sys.maxsize if every else PAGES, click.format_filename(path))
    except Problems as unread:
        return unread


def _tell(result: Measured | Problems) -> None:
    if isinstance(result, Problems):
        click.echo(show(result))
        return
    problems = result.problems()
    click.echo(show(problems) if problems else told(f"{result.shown}: 問題はありません({result.pages}ページ)。"))
    for page, text in result.codes:
        say(f"  {page}ページのQRコード: {text}")


def _as_data(result: Measured | Problems) -> dict[str, Any]:
    if isinstance(result, Problems):
        return {"file": next(iter(result)).place.file, "pages": 0, "findings": [*map(_unread, result)], "codes": []}
    return {
        "file": result.shown,
        "pages": result.pages,
        "findings": [_finding(rule, finding) for rule, finding in result.findings],
        "codes": [{"page": page, "text": text} for page, text in result.codes],
    }


def _finding(rule: Rule, finding: Finding) -> dict[str, Any]:
    """One finding; lengths in mm from the upper left corner of the page (0: the file as a whole)."""
    box = finding.box
    edges = (box.left, box.top, box.width, box.height) if box else (0.0, 0.0, 0.0, 0.0)
    return {
        "rule": rule.id,
        "severity": rule.severity.value,
        "page": finding.page,
        **dict(zip(("x", "y", "width", "height"), (round(edge / _MM, 1) for edge in edges), strict=True)),
        "text": finding.quote,
        "message": told(finding.message),
        "hint": told(finding.hint),
    }


def _unread(problem: Problem) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(("page", "x", "y", "width", "height"), 0)
    return {
        "rule": "",
        "severity": problem.severity.value,
        **empty,
        "text": "",
        "message": told(problem.message),
        "hint": told(problem.hint),
    }
