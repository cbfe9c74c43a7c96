"""The command line: one group, and the commands of `handouts.commands` in it."""

from __future__ import annotations

from importlib import import_module

import click

from handouts import __version__
from handouts.usage import ENGLISH, JapaneseGroup

COMMANDS = {
    "build": "build:build",
    "personalize": "personalize:command",
    "batch": "batch:command",
    "desk": "desk:desk",
    "records": "records:command",
    "list": "listing:list_",
    "check": "check:check",
    "verify": "verify:verify",
    "readings": "readings:readings",
    "approve": "approve:approve",
    "figure": "figure:figure",
    "schema": "schema:schema",
    "init": "init:init",
    "new": "new:new",
    "where": "where:where",
    "watch": "watch:watch",
    "diff": "diff:diff",
}
"""Each command's module in `handouts.commands`, and its name there; one is imported when it is asked for."""


class Commands(JapaneseGroup):
    """The commands of the table: a build pays for the import of no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(f"handouts.commands.{module}"), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="handouts %(version)s", help="版を表示して終わる。")
@ENGLISH
def main() -> None:
    """患者さんに渡す資料を、印刷できる PDF にします。

    例: handouts build --topic running
    """
    from handouts.disk import here

    here()  # each name of a file is read from the current folder: one that is gone is told first
