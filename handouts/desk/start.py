"""Starts the desk, or finds the one that is running; ends with Ctrl-C or from the page."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from handouts.desk import instance
from handouts.desk.app import Desk
from handouts.desk.guard import Guard
from handouts.desk.opening import open_page
from handouts.desk.server import Server
from handouts.disk import reason
from handouts.problems import NOWHERE, Problem, Problems


def run(clinic: Path | None, say: Callable[[str], None], *, port: int = 0, browser: bool = True) -> None:
    """Serve until somebody ends it; `say` tells whoever started it what is going on. Raises Problems."""
    if (address := instance.found()) is not None:
        say("もう開いているので、新しい画面を開きます。")
        _open(address, say, browser=browser)
        return
    server = _server(port)
    guard = Guard(server.port)
    desk = Desk(guard, clinic, server.stop)
    server.start(desk)
    try:
        _note(server.port, guard.word, say)
        desk.tick()
        _open(guard.address(), say, browser=browser)
        say("終わるときは、Ctrl-C を押すか、画面の「終わる」を押します。")
        server.wait(desk.tick)
    except KeyboardInterrupt:
        pass
    finally:
        instance.forget(guard.word)
        desk.windows.clear()
        server.close()
    say("終わりました。")


def _note(port: int, word: str, say: Callable[[str], None]) -> None:
    """Write down where we are; where that cannot be done, the desk goes on, and a second start opens another."""
    try:
        instance.note(port, word)
    except Problems as problems:
        say(f"注意: {next(iter(problems)).message}")


def _server(port: int) -> Server:
    try:
        return Server(port)
    except (OSError, OverflowError) as error:
        number = error.errno if isinstance(error, OSError) else None
        taken = number in (errno.EADDRINUSE, errno.EACCES)
        why = "ほかのプログラムが使っています" if taken else reason(error)
        hint = "--port を省くか、別の番号(1024〜65535)にしてください。"
        raise Problems([Problem(NOWHERE, f"ポート {port} で始められません({why})。", hint)]) from None


def _open(address: str, say: Callable[[str], None], *, browser: bool) -> None:
    """Open the browser, or say the address where there is none."""
    if browser and open_page(address):
        return
    say(f"ブラウザーでこのアドレスを開きます(1度だけ使えます): {address}")
