"""`handouts new`: a skeleton of a topic, an exercise, a figure or a layout in the clinic's folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from handouts.commands.options import CLINIC
from handouts.usage import JapaneseCommand, say

_NEXT = {
    "topic": "次は: handouts watch {}",
    "exercise": "次は: 資料の exercises に「- exercise: {}」と書く(間違いは handouts check)",
    "figure": "次は: handouts figure {} --watch -o {}.png",
    "layout": "次は: handouts watch running --layout {}",
}


@click.command(cls=JapaneseCommand)
@click.argument("kind", type=click.Choice(["topic", "exercise", "figure", "layout"]))
@click.argument("name")
@click.option("--from", "source", metavar="NAME", help="もとにする資料・体操・図・紙面の形。")
@CLINIC
def new(kind: str, name: str, source: str | None, clinic: Path | None) -> None:
    """資料・体操・図・紙面の形のひな形を、医院のフォルダーに作る。

    例: handouts new topic ankle  ・  handouts new exercise my-stretch --from hamstring-chair
    """
    from handouts.clinic.new import begin
    from handouts.library import Library
    from handouts.library.folders import shown

    path = begin(Library.found(clinic), kind, name, source, date.today())
    click.echo(shown(path))
    say(_NEXT[kind].replace("{}", name))
