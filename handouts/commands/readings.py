"""`handouts readings`: readings that somebody may keep."""

from __future__ import annotations

from pathlib import Path

import click

from handouts.commands.options import CLINIC, check_known, names_of
from handouts.usage import JapaneseCommand


@click.command(cls=JapaneseCommand)
@click.argument("topic", shell_complete=names_of("topics"))
@CLINIC
def readings(topic: str, clinic: Path | None) -> None:
    """まだ読みのない言葉に、読みの候補を出す。人が確かめて common/readings.yaml に書く。

    例: handouts readings running
    """
    from handouts.library import Library
    from handouts.proposals import as_yaml, proposals

    library = Library.found(clinic)
    check_known(topic, library.topics(), "資料")
    click.echo(as_yaml(proposals(library, topic)))
