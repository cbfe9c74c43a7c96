"""`handouts watch`: new pages at every save, the last good ones with the problem beside them, nobody else served."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from handouts.cli import main
from handouts.clinic.watcher.server import PAGE, Server
from handouts.clinic.watcher.studio import LOOKS, Shown, Studio
from handouts.library import Library
from handouts.model import Edition
from tests.conftest import REPOSITORY

EXAMPLE = REPOSITORY / "docs" / "examples" / "seikei"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of an example clinic."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "clinic"))


def studio(folder: Path, topic: str = "low-back") -> Studio:
    return Studio(folder, topic, None, Edition.STANDARD, mono=False)


def built(one: Studio) -> Shown:
    assert one.changed()
    first, second = one.build(), one.check()
    assert second is not None
    assert second.number == first.number + 1
    assert second.pages == first.pages
    assert (first.checked, second.checked) == (False, True)
    return second


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    state = path.stat()
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    # A save in the same tick of a coarse clock is seen too.
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000))


def test_a_save_shows_new_pages_and_nothing_else_does(folder: Path) -> None:
    one = studio(folder)
    first = built(one)
    assert first.present
    assert not first.draft
    assert len(first.pages) == 2
    assert all(page.startswith(b"\xff\xd8\xff") for page in first.pages)
    assert not one.changed()
    edit(folder / "topics" / "low-back.yaml", "こまめに動きます", "こまめに歩きます")
    second = built(one)
    assert second.pages[0] != first.pages[0]
    assert second.pages[1] == first.pages[1]
    assert not one.changed()


def test_an_error_keeps_the_last_pages_and_is_told_with_its_line(folder: Path) -> None:
    one = studio(folder)
    good = built(one)
    edit(folder / "topics" / "low-back.yaml", "title:", "titel:")
    bad = built(one)
    assert not bad.present
    assert bad.pages == good.pages
    assert any("titel" in problem.message and problem.place.line == 2 for problem in bad.problems)
    edit(folder / "topics" / "low-back.yaml", "titel:", "title:")
    assert built(one).present


def test_what_breaks_a_rule_is_a_draft_with_the_rule_beside_it(folder: Path) -> None:
    one = studio(folder)
    built(one)
    edit(folder / "topics" / "low-back.yaml", "こまめに動きます", "〔すること〕ます")
    made = built(one)
    assert made.present
    assert made.draft
    assert [problem.rule for problem in made.problems] == ["unfinished"]


def test_a_pose_is_drawn_anew_and_a_wrong_one_is_told(folder: Path) -> None:
    one = studio(folder)
    good = built(one)
    picture = folder / "assets" / "pictures" / "knee-hug.M.colour.svg"
    before = picture.read_bytes()
    pose = folder / "assets" / "poses" / "knee-hug.yaml"
    edit(pose, "pitch: 0", "pitch: 4")
    made = built(one)
    assert picture.read_bytes() != before
    assert made.pages[1] != good.pages[1]
    edit(pose, "hip: 124", "hip: 200")
    bad = built(one)
    assert any("knee-hug.yaml" in problem.place.file for problem in bad.problems)


def test_the_clinics_own_file_counts_as_soon_as_it_is_there_and_no_longer_when_it_is_gone(folder: Path) -> None:
    one = studio(folder, "running")
    first = built(one)
    own = folder / "exercises" / "hamstring-floor.yaml"
    own.write_text("extends: hamstring-floor\nname: 別の名前の体操\n", encoding="utf-8")
    changed = built(one)
    assert changed.pages != first.pages
    own.unlink()
    assert built(one).pages == first.pages


def test_what_is_kept_of_the_built_in_files_is_what_they_say(folder: Path) -> None:
    used, fresh = Library(folder), Library(folder)
    used.handout("running")
    kept = Library(folder)
    kept.take_over(used)
    assert kept.handout("running") == fresh.handout("running")
    assert kept.digest(kept.handout("running")) == fresh.digest(fresh.handout("running"))


def asked(url: str, host: str = "") -> tuple[int, bytes]:
    request = urllib.request.Request(url, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, b""


TWO = Shown(1, (b"\xff\xd8\xff1", b"\xff\xd8\xff2"), (), present=True)


@pytest.fixture
def server() -> Server:
    """A server with two pages to show."""
    made = Server("資料")
    made.start()
    made.show(TWO)
    return made


def test_the_page_its_news_and_its_sides_are_served(server: Server) -> None:
    try:
        status, page = asked(server.url)
        assert (status, b"watch.js" in page) == (200, True)
        for name in ("style.css", "watch.js"):
            assert asked(server.url + name) == (200, (PAGE / name).read_bytes())
        news = json.loads(asked(server.url + "news?0")[1])
        assert (news["number"], news["pages"], news["title"], news["present"]) == (1, TWO.names, "資料", True)
        assert asked(f"{server.url}page-{TWO.names[1]}.jpg") == (200, b"\xff\xd8\xff2")
    finally:
        server.shutdown()
        server.server_close()


def test_a_window_still_gets_the_pages_that_it_was_told_of_before(server: Server) -> None:
    try:
        server.show(Shown(2, (b"\xff\xd8\xff1", b"\xff\xd8\xff3"), (), present=True))
        for page in (*TWO.pages, b"\xff\xd8\xff3"):
            (name,) = Shown(0, (page,)).names
            assert asked(f"{server.url}page-{name}.jpg") == (200, page)
    finally:
        server.shutdown()
        server.server_close()


def test_a_check_waits_until_the_window_shows_the_pages_and_not_where_there_is_none(server: Server) -> None:
    try:
        server.await_seen()  # nobody asks
        done = threading.Event()
        window = threading.Thread(target=lambda: asked(f"{server.url}news?1"), daemon=True)
        window.start()
        with server.news:
            assert server.news.wait_for(lambda: server.asking, 10)
        server.show(Shown(2, present=True))

        def checker() -> None:
            server.await_seen()
            done.set()

        threading.Thread(target=checker, daemon=True).start()
        assert server.seen < 2
        window.join(10)
        threading.Thread(target=lambda: asked(f"{server.url}news?2"), daemon=True).start()
        assert done.wait(10)
        assert server.seen == 2
        server.show(Shown(3))
    finally:
        server.shutdown()
        server.server_close()


def test_a_check_is_given_up_where_something_is_saved_meanwhile(folder: Path) -> None:
    one = studio(folder)
    assert one.changed()
    one.build()
    edit(folder / "topics" / "low-back.yaml", "こまめに動きます", "こまめに歩きます")
    assert one.check() is None
    assert built(one).checked


def test_a_file_that_is_being_written_counts_when_it_is_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = studio(folder)
    built(one)
    file = folder / "topics" / "low-back.yaml"
    whole = file.read_text("utf-8").replace("こまめに動きます", "こまめに歩きます")
    file.write_text("", encoding="utf-8")
    rests: list[float] = []

    def rest(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 1:
            file.write_text(whole, encoding="utf-8")

    monkeypatch.setattr(time, "sleep", rest)
    assert one.changed()
    assert len(rests) == 2
    assert one.build().present
    assert not one.changed()


def test_a_file_that_never_rests_is_shown_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = studio(folder)
    file = folder / "assets" / "restless.png"
    monkeypatch.setattr(time, "sleep", lambda _: file.write_bytes(file.read_bytes() + b"." if file.exists() else b"."))
    assert one.changed()
    assert file.stat().st_size == LOOKS


def test_a_window_that_goes_away_is_no_fault(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        for error in (BrokenPipeError, ConnectionResetError):
            try:
                raise error
            except OSError:
                server.handle_error(None, ("127.0.0.1", 1))
        assert capsys.readouterr().err == ""
    finally:
        server.shutdown()
        server.server_close()


def test_news_is_answered_when_there_is_some(server: Server) -> None:
    try:
        got: list[int] = []
        waiting = threading.Thread(
            target=lambda: got.append(json.loads(asked(server.url + "news?1")[1])["number"]), daemon=True
        )
        waiting.start()
        server.show(Shown(2, (), (), present=False))
        waiting.join(10)
        assert got == [2]
    finally:
        server.shutdown()
        server.server_close()


def test_nobody_else_is_answered(server: Server) -> None:
    try:
        root = f"http://127.0.0.1:{server.server_port}/"
        assert server.server_address[0] == "127.0.0.1"
        for url in (root, root + "wrong/", root + "wrong/news?0", server.url + "page-.jpg", server.url + "page-x.jpg"):
            assert asked(url)[0] == 404
        for path in ("../server.py", "%2e%2e/server.py", "page/../studio.py", "/etc/passwd"):
            assert asked(server.url + path)[0] == 404
        assert asked(server.url, host="evil.example")[0] == 403
    finally:
        server.shutdown()
        server.server_close()


def test_the_page_loads_nothing_from_elsewhere_and_has_no_script_in_it() -> None:
    page = (PAGE / "index.html").read_text("utf-8")
    assert "http" not in page
    assert page.count("<script") == page.count('<script type="module" src=') == 1
    assert "style=" not in page
    for name in ("style.css", "watch.js"):
        assert "//" not in (PAGE / name).read_text("utf-8").replace("// ", "")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT")
def test_the_command_serves_what_is_saved_until_it_is_broken_off(folder: Path) -> None:
    command = [sys.executable, "-m", "handouts", "watch", "--no-browser", "--clinic", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            number = 0
            seen: list[dict[str, Any]] = []
            while not seen or not seen[-1]["checked"]:
                seen.append(json.loads(asked(f"{url}news?{number}")[1]))
                number = seen[-1]["number"]
            assert seen[-1]["present"]
            before = asked(f"{url}page-{seen[-1]['pages'][0]}.jpg")
            edit(folder / "topics" / "low-back.yaml", "こまめに動きます", "こまめに歩きます")
            news = json.loads(asked(f"{url}news?{number}")[1])
            assert news["number"] == number + 1
            assert news["pages"][0] != seen[-1]["pages"][0]
            assert news["pages"][1] == seen[-1]["pages"][1]
            now = asked(f"{url}page-{news['pages'][0]}.jpg")
            assert (now[0], now != before) == (200, True)
        finally:
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
        assert process.returncode == 0
        assert errors == ""


def test_wrong_use_is_told(folder: Path) -> None:
    for arguments, said in (
        (["nothing"], "ありません"),
        (["low-back", "--layout", "a9"], "レイアウト"),
        (["low-back", "--port", "99999"], "--port"),
    ):
        result = CliRunner().invoke(main, ["watch", *arguments, "--clinic", str(folder), "--no-browser"])
        assert result.exit_code == 2
        assert said in result.output
