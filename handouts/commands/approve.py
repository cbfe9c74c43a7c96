"""`handouts approve`: who answers for a handout."""

from __future__ import annotations

from pathlib import Path

import click

from handouts.commands.options import CLINIC, check_known, day_of, names_of
from handouts.usage import JapaneseCommand, say


@click.command(cls=JapaneseCommand)
@click.argument("topic", shell_complete=names_of("topics"))
@click.option("--by", required=True, metavar="NAME", help="確認した方の名前。紙に印刷される。")
@click.option(
    "--role",
    required=True,
    type=click.Choice(["医師", "柔道整復師", "理学療法士", "看護師"]),
    help="その方の資格。紙に印刷される。",
)
@click.option("--on", metavar="YYYY-MM-DD", help="確認した日。省くと今日。")
@CLINIC
def approve(topic: str, by: str, role: str, on: str | None, clinic: Path | None) -> None:
    """資料の今の内容を、名前を挙げて確認済みにする。

    例: handouts approve running --by 見本花子 --role 医師
    """
    from handouts.approve import approve as record
    from handouts.clinic.stale import stale
    from handouts.library import Library
    from handouts.library.approval import figures
    from handouts.model import Role
    from handouts.problems import Problems

    day = day_of(on, "--on")
    library = Library.found(clinic)
    check_known(topic, library.topics(), "資料")
    if old := stale(library, figures(library.handout(topic))):
        raise Problems(old)
    target = record(library, topic, by, Role(role), day)
    say(f"{click.format_filename(target)} に、{topic} の確認を書きました。")
