"""`handouts list`: what there is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from handouts.commands.options import CLINIC
from handouts.usage import JapaneseCommand

_STATES = {"missing": " [確認前]", "changed": " [確認後に変更]", "expired": " [期限切れ]", "valid": " [確認済み]"}


@click.command("list", cls=JapaneseCommand)
@click.argument("kind", type=click.Choice(["topics", "exercises", "layouts", "figures"]), required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON で出す。")
@CLINIC
def list_(kind: str | None, as_json: bool, clinic: Path | None) -> None:
    """使える資料・体操・紙面の形・図を並べる。

    例: handouts list topics
    """
    from handouts.library import Library
    from handouts.library.approval import review
    from handouts.pages.foot import bare_title
    from handouts.sides import sided
    from handouts.text.markup import plain

    library = Library.found(clinic)
    makers: dict[str, Callable[[], dict[str, str]]] = {
        "topics": lambda: {name: bare_title(library.topic(name).title) for name in library.topics()},
        "exercises": lambda: {name: plain(sided(library.exercise(name).name, None)) for name in library.exercises()},
        "layouts": lambda: {name: library.layout(name).name for name in library.layouts()},
        "figures": lambda: {name: _caption(library.pose(name)) for name in library.poses()},
    }
    tables = {key: make() for key, make in makers.items() if kind in (None, key)}
    today = date.today()
    states = {name: review(library.handout(name), today).value for name in tables.get("topics", ())}
    if as_json:
        data = tables | ({"review": states} if "topics" in tables else {})
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    headings = {"topics": "資料", "exercises": "体操", "layouts": "紙面の形", "figures": "図"}
    for key, table in tables.items():
        if not kind:
            click.echo(f"{headings[key]} ({key})")
        width = max(map(len, table), default=0)
        for name, title in table.items():
            state = _STATES[states[name]] if key == "topics" else ""
            click.echo(f"  {name:<{width}}  {title}{state}")


def _caption(pose: Path) -> str:
    """What stands under a figure where no side is meant."""
    from handouts.figures.picture import read_pose_texts
    from handouts.sides import sided

    return sided(read_pose_texts(pose)[1], None)
