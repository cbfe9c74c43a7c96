"""The command line: one group, and the commands of `handouts.commands` in it."""

from __future__ import annotations

import click

from handouts import __version__
from handouts.commands.approve import approve
from handouts.commands.batch import command as batch
from handouts.commands.build import build
from handouts.commands.check import check
from handouts.commands.figure import figure
from handouts.commands.listing import list_
from handouts.commands.personalize import command as personalize
from handouts.commands.readings import readings
from handouts.commands.records import command as records
from handouts.commands.schema import schema
from handouts.usage import JapaneseGroup


@click.group(cls=JapaneseGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="handouts %(version)s", help="版を表示して終わる。")
def main() -> None:
    """患者さんに渡す資料を、印刷できる PDF にします。

    例: handouts build --topic running
    """
    from handouts.disk import here

    here()  # each name of a file is read from the current folder: one that is gone is told first


for command in (build, personalize, batch, records, list_, check, readings, approve, figure, schema):
    main.add_command(command)
