"""`handouts desk`: the front desk's page."""

from __future__ import annotations

from pathlib import Path

import click

from handouts.commands.options import CLINIC
from handouts.usage import JapaneseCommand, say


@click.command(cls=JapaneseCommand)
@click.option("--port", type=click.IntRange(1024, 65535), metavar="N", help="ポートの番号。省くと空いている番号。")
@click.option("--no-browser", is_flag=True, help="ブラウザーを開かず、アドレスを表示する。")
@CLINIC
def desk(port: int | None, no_browser: bool, clinic: Path | None) -> None:
    """受付の画面を開く。資料を選び、名前を入れ、見て、印刷する。

    このパソコンのブラウザーだけで開きます。もう開いていれば、新しい画面を開きます。

    例: handouts desk
    """
    from handouts.desk.start import run
    from handouts.library.folders import find_clinic

    run(find_clinic(clinic), say, port=port or 0, browser=not no_browser)
