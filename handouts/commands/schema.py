"""`handouts schema`: JSON Schema for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from handouts.commands.options import PATH
from handouts.problems import Problem, Problems


@click.command()
@click.option("--write", "folder", type=PATH, metavar="DIR", help="書き出す所。")
def schema(folder: Path | None) -> None:
    """YAML の JSON Schema を出す。

    例: handouts schema --write .schema
    """
    from handouts.output import write_whole
    from handouts.schema import schemas

    texts = {name: json.dumps(value, ensure_ascii=False, indent=2) + "\n" for name, value in schemas().items()}
    if folder is None:
        click.echo(json.dumps(schemas(), ensure_ascii=False, indent=2))
        return
    _make(folder)
    for name, text in texts.items():
        target = folder / f"{name}.schema.json"
        write_whole(target, text.encode())
        click.echo(click.format_filename(target))


def _make(folder: Path) -> None:
    from handouts.disk import reason
    from handouts.problems import Place

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "--write に別のフォルダーを指定してください。"
        raise Problems([Problem(Place(str(folder)), f"フォルダーを作れません({reason(error)})。", hint)]) from None
