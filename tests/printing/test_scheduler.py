"""Where CUPS says nothing, late, or nonsense: the reason is told in plain words, and nothing hangs."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from handouts.cli import main
from handouts.model import Edge
from handouts.printing import Job, Printer, Ticket, cancel, erase, ipp, list_printers, progress, scheduler, send
from handouts.problems import Problems

ABSENT = "このパソコンには、印刷のしくみ(CUPS)がありません"
STOPPED = "印刷のしくみ(CUPS)が動いていません"
SLOW = "印刷のしくみ(CUPS)から返事がありません"
REFUSED = "印刷のしくみ(CUPS)に断られました"
GARBLED = "印刷のしくみ(CUPS)の返事を読めません"
JOB = Job("q", 7, 1)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n"
posix = pytest.mark.skipif(os.name == "nt", reason="CUPS is not on Windows")


def program(folder: Path, name: str, script: str) -> None:
    """A program of CUPS that does as the script says."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where CUPS's programs stand, empty, and before all others on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[Path]:
    """A socket in the file system (whose path must be short) where each who comes is served so."""
    with TemporaryDirectory(prefix="s-") as folder, socket.socket(socket.AF_UNIX) as server:
        path = Path(folder) / "s"
        server.bind(str(path))
        server.listen()

        def work() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client:
                    serve(client)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            yield path
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def answering(data: bytes) -> Callable[[socket.socket], None]:
    def serve(client: socket.socket) -> None:
        take_request(client)
        client.sendall(data)

    return serve


def take_request(client: socket.socket) -> None:
    """Read a request to its last byte, which is IPP's own; who hangs up before is a broken connection."""
    while (piece := client.recv(65536)) and not piece.endswith(bytes([ipp.END])):
        continue


@posix
def test_without_cups_printing_is_left_to_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list_printers().absent == ABSENT
    assert list_printers().printers == ()
    result = CliRunner().invoke(main, ["build", "--topic", "running", "-o", f"{tmp_path}/new/", "--print"])
    assert result.exit_code == 1
    assert f"エラー: {ABSENT}。" in result.output
    assert "PDF を開いて(--open)、その印刷画面から印刷してください。" in result.output
    assert not (tmp_path / "new").exists()


def test_on_windows_no_program_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a program was run"))
    monkeypatch.setattr(shutil, "which", lambda name: name)
    assert list_printers().absent == ABSENT
    assert scheduler.account() == ""


@posix
def test_no_scheduler_is_running(programs: Path, tmp_path: Path) -> None:
    program(programs, "lpstat", f"echo {tmp_path}/nowhere")
    assert list_printers().absent == STOPPED
    with pytest.raises(Problems) as raised:
        progress(JOB)
    (problem,) = raised.value
    assert (problem.message, problem.hint) == (f"{STOPPED}。", "紙が出たか、プリンターを見てください。")
    assert not erase(JOB)


@posix
def test_a_scheduler_on_another_port_is_asked_there(programs: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    program(programs, "lpstat", f"echo localhost:{port}")
    assert list_printers().absent == STOPPED


@posix
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", STOPPED),
        (b"nonsense\r\n\r\n", GARBLED),
        (HEAD + b"Content-Length: 3\r\n\r\nabc", GARBLED),
        (HEAD + b"Content-Length: 9\r\n\r\nabc", GARBLED),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", REFUSED),
        (b"HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n", REFUSED),
        (HEAD + b"Connection: close\r\nContent-Length: 9\r\n\r\n\x02\x00\x04\x01\x00\x00\x00\x01\x03", REFUSED),
        (HEAD + b"\r\n\x02\x00\x04\x01\x00\x00\x00\x01\x03", REFUSED),
        (HEAD + b"Content-Length: 9\r\n\r\n\x02\x00\x04\x01\x00\x00\x00\x01\x03", REFUSED),
    ],
)
def test_answers_that_say_nothing(programs: Path, data: bytes, reason: str) -> None:
    with listening(answering(data)) as path:
        program(programs, "lpstat", f"echo {path}")
        assert list_printers(limit=10).absent == reason


@posix
def test_an_answer_that_has_no_end_is_not_read_to_it(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "MOST", 100_000)

    def pour(client: socket.socket) -> None:
        take_request(client)
        client.sendall(HEAD + b"\r\n")
        with suppress(OSError):
            while True:
                client.sendall(b"\x02" * 50_000)

    with listening(pour) as path:
        program(programs, "lpstat", f"echo {path}")
        assert list_printers(limit=2).absent == GARBLED


@posix
def test_a_scheduler_that_never_answers_is_not_waited_for(programs: Path) -> None:
    over = threading.Event()

    def wait(_: socket.socket) -> None:
        over.wait(30)

    with listening(wait) as path:
        program(programs, "lpstat", f"echo {path}")
        try:
            assert list_printers(limit=0.3).absent == SLOW
        finally:
            over.set()


@posix
@pytest.mark.parametrize("end", [b"Content-Length: 1000\r\n", b"Content-Length: 1000\r\nConnection: close\r\n", b""])
def test_an_answer_that_drips_is_not_waited_for(programs: Path, end: bytes) -> None:
    over = threading.Event()

    def drip(client: socket.socket) -> None:
        take_request(client)
        client.sendall(HEAD + end + b"\r\n")
        with suppress(OSError):
            while not over.wait(0.05):
                client.sendall(b"\x02")

    with listening(drip) as path:
        program(programs, "lpstat", f"echo {path}")
        try:
            assert list_printers(limit=0.4).absent == SLOW
        finally:
            over.set()


@posix
def test_programs_that_hang_are_ended(programs: Path) -> None:
    for name in ("lp", "lpstat", "cancel"):
        program(programs, name, "exec sleep 60")
    assert list_printers(limit=0.2).absent == SLOW
    with pytest.raises(Problems) as raised:
        send(b"%PDF-", Ticket("a", Edge.LONG, 1), Printer("q", "受付"), limit=0.2)
    (problem,) = raised.value
    assert (problem.message, problem.hint) == (
        f"{SLOW}。",
        "印刷待ちの一覧を確かめてから、もう一度印刷してください。",
    )
    with pytest.raises(Problems) as raised:
        cancel(JOB, limit=0.2)
    assert f"印刷をやめられませんでした。{SLOW}。" in next(iter(raised.value)).message


@posix
def test_programs_get_the_sheet_through_a_pipe_in_a_session_of_their_own(programs: Path, tmp_path: Path) -> None:
    note = f'cat >{tmp_path}/got; printf \'%s\\n\' "$@" "$LC_ALL" >{tmp_path}/said'
    session = f"{sys.executable} -c 'import os; print(os.getsid(0))' >{tmp_path}/session"
    program(programs, "lp", f"{note}\n{session}\necho 'request id is q-1-42 (0 file(s))'")
    sheet = b"%PDF-" + bytes(range(256)) * 1000
    assert send(sheet, Ticket("AB2C", Edge.LONG, 1), Printer("q-1", "受付")) == Job("q-1", 42, 1)
    assert (tmp_path / "got").read_bytes() == sheet
    words = (tmp_path / "said").read_text("utf-8").splitlines()
    assert words[:4] == ["-d", "q-1", "-t", "AB2C"]
    assert words[-2:] == ["-", "C.UTF-8"]
    # A session without a terminal has nobody whom it could ask for a password.
    assert int((tmp_path / "session").read_text("utf-8")) != os.getsid(0)


@posix
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo 'lp: Too many active jobs.' >&2; exit 1", "印刷待ちが多すぎます"),
        ("echo 'lp: Unauthorized' >&2; exit 1", "印刷するには、プリンターのパスワードが要ります"),
        ("exit 1", REFUSED),
        ("echo done", REFUSED),
    ],
)
def test_a_refusal_is_told(programs: Path, script: str, told: str) -> None:
    program(programs, "lp", f"cat >/dev/null; {script}")
    with pytest.raises(Problems) as raised:
        send(b"%PDF-", Ticket("a", Edge.LONG, 1), Printer("q", "受付"))
    assert next(iter(raised.value)).message == f"「受付」に送れませんでした。{told}。"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--topic", "running", "--copies", "2"], "--copies と --tray は、--print と一緒に使います。"),
        (["build", "--topic", "running", "--print-shop", "--print"], "--print と一緒に使えません"),
        (["personalize", "--print", "kiroku.yaml"], "名前のない --print は、いちばん後に書いてください"),
        (["personalize", "kiroku.yaml", "--password", "--print"], "パスワードの付いた PDF は印刷できません"),
        (["batch", "kanja.csv", "--print"], "--merge FILE.pdf も書いてください"),
    ],
)
def test_options_that_do_not_go_together(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2, result.output
    assert said in result.output
