"""`handouts diff`: what has changed since somebody approved it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.commands.options import CLINIC, check_known
from handouts.english import told
from handouts.problems import show
from handouts.usage import JapaneseCommand

if TYPE_CHECKING:
    from handouts.clinic.difference import Change, Difference

_LONGEST = 60
_STATES = {
    "same": "変わっていません。",
    "unknown": "変わっています。確認した時の内容の控えがないので、どこかは示せません。",
    "broken": "今は読めません。",
}


@click.command(cls=JapaneseCommand)
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
@click.option("--json", "as_json", is_flag=True, help="JSON で出す。")
@CLINIC
def diff(topics: tuple[str, ...], as_json: bool, clinic: Path | None) -> None:
    """確認した内容と、今の内容(新しい版の組み込みの資料を含む)の違いを示す。違いがあれば 1 で終わる。

    例: handouts diff  ・  新しい版を別の環境に入れて: new/bin/handouts diff --clinic 医院
    """
    from handouts.clinic.difference import as_data, differences
    from handouts.clinic.new import own_folder
    from handouts.library import Library

    library = Library.found(clinic)
    folder = own_folder(library)
    for name in topics:
        check_known(name, [str(one) for one in library.approvals()], "確認した資料")
    found = differences(library, folder, list(topics))
    if as_json:
        click.echo(json.dumps([_in_words(as_data(one)) for one in found], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(map(_told, found)) if found else told("確認した資料は、まだありません。"))
    if any(one.state != "same" for one in found):
        raise click.exceptions.Exit(1)


def _in_words(data: dict[str, Any]) -> dict[str, Any]:
    """What machines are given, with its words in the reader's language."""
    changes = [change | {"part": told(change["part"])} for change in data["changes"]]
    return data | {"changes": changes, "problems": [told(problem) for problem in data["problems"]]}


def _told(one: Difference) -> str:
    who = f"{one.approval.role.value} {one.approval.by} {one.approval.on}"
    said = _STATES.get(one.state) or f"{len(one.changes)} か所が変わっています。もう一度読んで、確認してください。"
    lines = [told(f"{one.topic}(確認: {who}): {said}"), *map(_line, one.changes)]
    return "\n".join([*lines, show(one.problems)] if one.problems else lines)


def _line(change: Change) -> str:
    before, after = (_short(text) for text in (change.before, change.after))
    part = told(change.part)
    if not change.before:
        return f"  {part} {change.path}\n    + {after}"
    if not change.after:
        return f"  {part} {change.path}\n    - {before}"
    return f"  {part} {change.path}\n    - {before}\n    + {after}"


def _short(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
