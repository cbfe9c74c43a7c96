"""`handouts watch`: a sheet in the browser, new at every save."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.options import CLINIC, check_known, names_of
from handouts.english import told
from handouts.problems import show
from handouts.usage import JapaneseCommand, say

if TYPE_CHECKING:
    from handouts.clinic.watcher.server import Server
    from handouts.clinic.watcher.studio import Shown, Studio
    from handouts.library import Library

PAUSE = 0.01
"""Seconds between two looks at the files, at the least."""
SHARE = 10
"""A look that takes long, as on a shared drive, is followed by so many times its own length of rest."""


@click.command(cls=JapaneseCommand)
@click.argument("topic", required=False, shell_complete=names_of("topics"))
@click.option(
    "--layout", metavar="NAME", help="紙面の形。省くと clinic.yaml の layout。", shell_complete=names_of("layouts")
)
@click.option(
    "--edition", type=click.Choice(["standard", "large", "ruby", "easy"]), default="standard", help="紙面の版。"
)
@click.option("--mono", is_flag=True, help="白黒プリンター用に作る。")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="ページの番号(ポート)。省くと空いているもの。")
@click.option("--no-browser", is_flag=True, help="ブラウザーを開かず、アドレスだけを示す。")
@CLINIC
def watch(
    topic: str | None,
    layout: str | None,
    edition: str,
    mono: bool,
    port: int,
    no_browser: bool,
    clinic: Path | None,
) -> None:
    """資料を、保存するたびに作り直してブラウザーに出す。間違いは、その横に出る。終わるときは Ctrl-C。

    例: handouts watch youtsu
    """
    from handouts.clinic.new import own_folder
    from handouts.clinic.watcher.server import Server
    from handouts.clinic.watcher.studio import Studio
    from handouts.library import Library
    from handouts.model import Edition

    library = Library.found(clinic)
    folder = own_folder(library)
    name = _topic(library, folder, topic)
    if layout is not None:
        check_known(layout, library.layouts(), "レイアウト")
    studio = Studio(folder, name, layout, Edition(edition), mono=mono)
    server = Server(name, port)
    server.start()
    say(f"{server.url}\n終わるときは Ctrl-C")
    if not no_browser:
        click.launch(server.url)
    # Ctrl-C is how it ends: that is no failure.
    with suppress(KeyboardInterrupt):
        _go_on(studio, server)


def _go_on(studio: Studio, server: Server) -> None:
    """Show what is saved; ask all rules once it is seen and nothing more is being saved."""
    checked = True
    while True:
        start = time.perf_counter()
        if studio.changed():
            server.show(studio.build())
            server.await_seen()
            checked = False
        elif not checked and (made := studio.check()):
            server.show(made)
            click.echo(_told(made))
            checked = True
        else:
            time.sleep(max(PAUSE, SHARE * (time.perf_counter() - start)))


def _topic(library: Library, folder: Path, topic: str | None) -> str:
    """The named topic; without a name, the only one of the clinic's own."""
    if topic is None:
        own = sorted(path.stem for path in (folder / "topics").glob("*.yaml") if path.stem in library.topics())
        if len(own) != 1:
            names = ", ".join(own or library.topics())
            raise click.UsageError(f"資料の名前を書いてください: {names}")
        return own[0]
    check_known(topic, library.topics(), "資料")
    return topic


def _told(made: Shown) -> str:
    said = f"{time.strftime('%H:%M:%S')} "
    if not made.present:
        return f"{told(f'{said}前の紙面のままです。')}\n{show(made.problems)}"
    draft = "下書き " if made.draft else ""
    count = f"(直す所 {len(made.problems)})" if made.problems else ""
    return told(f"{said}{draft}{len(made.pages)}ページ {made.seconds * 1000:.0f} ms{count}")
