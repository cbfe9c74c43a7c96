"""`handouts list`: what there is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.options import CLINIC
from handouts.english import told
from handouts.usage import JapaneseCommand, say

if TYPE_CHECKING:
    from handouts.library import Library

_STATES = {"missing": " [確認前]", "changed": " [確認後に変更]", "expired": " [期限切れ]", "valid": " [確認済み]"}

KINDS = ["topics", "exercises", "layouts", "editions", "figures", "printers"]
"""All that the other commands let one choose by name; printers only where they are asked for, as that takes a while."""


@click.command("list", cls=JapaneseCommand)
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON で出す。")
@CLINIC
def list_(kind: str | None, as_json: bool, clinic: Path | None) -> None:
    """使える資料・体操・紙面の形・図を並べる。

    例: handouts list topics
    """
    from handouts.library import Library
    from handouts.library.approval import review
    from handouts.offer import EDITIONS
    from handouts.pages.foot import bare_title
    from handouts.sides import sided
    from handouts.text.markup import plain

    if kind == "printers":
        _printers(as_json=as_json)
        return
    library = Library.found(clinic)
    makers: dict[str, Callable[[], dict[str, str]]] = {
        "topics": lambda: {name: bare_title(library.topic(name).title) for name in library.topics()},
        "exercises": lambda: {name: plain(sided(library.exercise(name).name, None)) for name in library.exercises()},
        "layouts": lambda: {name: library.layout(name).name for name in library.layouts()},
        "editions": lambda: {edition.value: told(label) for edition, label in EDITIONS.items()},
        "figures": lambda: {name: _caption(library.pose(name)) for name in library.poses()},
    }
    tables = {key: make() for key, make in makers.items() if kind in (None, key)}
    today = date.today()
    states = {name: review(library.handout(name), today).value for name in tables.get("topics", ())}
    offered = _offered(library) if "editions" in tables else {}
    if as_json:
        data = tables | ({"review": states} if "topics" in tables else {}) | ({"offered": offered} if offered else {})
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    headings = {"topics": "資料", "exercises": "体操", "layouts": "紙面の形", "editions": "版", "figures": "図"}
    for key, table in tables.items():
        if not kind:
            say(f"{headings[key]} ({key})")
        width = max(map(len, table), default=0)
        for name, title in table.items():
            state = told(_STATES[states[name]]) if key == "topics" else ""
            state = f": {', '.join(offered[name])}" if key == "editions" else state
            click.echo(f"  {name:<{width}}  {title}{state}")


def _offered(library: Library) -> dict[str, list[str]]:
    """The layouts that each edition is offered in."""
    from handouts.model import Edition

    layouts = {name: library.layout(name).editions for name in library.layouts()}
    return {one.value: [name for name, editions in layouts.items() if one in editions] for one in Edition}


def _printers(*, as_json: bool) -> None:
    """The printers of this machine, as --print takes them, each with its trays as --tray takes them."""
    from handouts.english import is_english
    from handouts.printing import list_printers

    found = list_printers(lang="en" if is_english() else "ja")
    if as_json:
        rows = {
            one.name: {"label": one.label, "state": one.summary, "trays": {tray.name: tray.label for tray in one.trays}}
            for one in found.printers
        }
        default = found.default.name if found.default else None
        data = {"printers": rows, "default": default, "absent": found.absent}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if found.absent:
        click.echo(found.absent, err=True)
    width = max((len(one.name) for one in found.printers), default=0)
    for one in found.printers:
        trays = f" ({', '.join(tray.name for tray in one.trays)})" if one.trays else ""
        click.echo(f"  {one.name:<{width}}  {one.label}: {one.summary}{trays}")


def _caption(pose: Path) -> str:
    """What stands under a figure where no side is meant."""
    from handouts.figures.picture import read_pose_texts
    from handouts.sides import sided

    return sided(read_pose_texts(pose)[1], None)
