"""`handouts figure`: one picture, drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import click

from handouts.commands.options import CLINIC, check_known
from handouts.problems import show


@click.command()
@click.argument("name")
@click.option("-o", "--output", required=True, metavar="FILE", help="出力先。.svg .pdf .png のどれか。")
@click.option("--side", type=click.Choice(["right", "left"]), help="どちらの脚にするか。省くと図のまま。")
@click.option("--mono", is_flag=True, help="白黒プリンター用に描く。")
@click.option("--watch", is_flag=True, help="図の定義を保存するたびに描き直す。")
@CLINIC
def figure(name: str, output: str, side: str | None, mono: bool, watch: bool, clinic: Path | None) -> None:
    """図を1つ描く(pip install 'handouts[draw]' が要る)。

    例: handouts figure wall-calf --side left -o wall.png
    """
    from handouts.drawing import render
    from handouts.drawing import watch as watching
    from handouts.library import Library

    library = Library.found(clinic)
    check_known(name, library.poses(), "図")
    turned = cast(Any, side)
    if not watch:
        render(library.pose(name), side=turned, mono=mono, target=Path(output))
        click.echo(output)
        return
    for problems in watching(library.pose(name), side=turned, mono=mono, target=Path(output)):
        click.echo(show(problems) if problems else output)
