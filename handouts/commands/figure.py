"""`handouts figure`: one picture, drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import click

from handouts.commands.options import CLINIC, check_known, names_of
from handouts.problems import show
from handouts.usage import JapaneseCommand


@click.command(cls=JapaneseCommand)
@click.argument("name", shell_complete=names_of("poses"))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="出力先。.svg .pdf .png のどれか。省くと、紙に刷る図として医院のフォルダーに置く。",
)
@click.option("--side", type=click.Choice(["right", "left"]), help="どちらの脚にするか。省くと図のまま。")
@click.option("--mono", is_flag=True, help="白黒プリンター用に描く。")
@click.option("--watch", is_flag=True, help="図の定義を保存するたびに描き直す。")
@CLINIC
def figure(name: str, output: str | None, side: str | None, mono: bool, watch: bool, clinic: Path | None) -> None:
    """図を1つ描く(pip install 'handouts[draw]' が要る)。

    例: handouts figure wall-calf --side left -o wall.png  ・  handouts figure my-stretch
    """
    from handouts.drawing import keep, render
    from handouts.drawing import watch as watching
    from handouts.library import Library
    from handouts.library.folders import shown

    library = Library.found(clinic)
    check_known(name, library.poses(), "図")
    turned = cast(Any, side)
    if output is None:
        if side or mono or watch:
            raise click.UsageError("--side、--mono、--watch は -o と一緒に使います。")
        for path in keep(library.pose(name)):
            click.echo(shown(path))
        return
    if not watch:
        render(library.pose(name), side=turned, mono=mono, target=Path(output))
        click.echo(output)
        return
    for problems in watching(library.pose(name), side=turned, mono=mono, target=Path(output)):
        click.echo(show(problems) if problems else output)
