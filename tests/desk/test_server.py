"""The desk starts once, keeps windows apart, forgets in time, and goes on when a file or a disk does not."""

from __future__ import annotations

import io
import json
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from handouts.consult import store as stores
from handouts.consult.store import Store
from handouts.desk import instance
from handouts.desk.shelf import Shelves
from handouts.desk.windows import ERASE, SHEETS, SILENT
from handouts.paths import PACKAGE
from tests.desk.desks import Page, Running, running

NAME = "髙橋 美咲"


def words(page: Page, sheet: dict[str, Any]) -> str:
    """The text of a sheet's PDF."""
    page.ask("print", sheet=sheet["id"], printer="browser")
    document = pypdfium2.PdfDocument(io.BytesIO(page.get(f"/sheets/{sheet['id']}.pdf").body))
    try:
        return "\n".join(one.get_textpage().get_text_bounded() for one in document)
    finally:
        document.close()


# -- starting --


def test_help_loads_no_server(repository: Path) -> None:
    script = (
        "import sys; from click.testing import CliRunner; from handouts.cli import main\n"
        "assert CliRunner().invoke(main, ['desk', '--help']).exit_code == 0\n"
        "print([one for one in ('waitress', 'werkzeug', 'handouts.desk.app', 'pypdfium2') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=repository, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def started(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """`handouts desk --no-browser`, with a data folder of its own."""
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    process = start(repository)
    yield process
    process.kill()
    process.communicate(timeout=10)


def start(repository: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-u", "-m", "handouts", "desk", "--no-browser"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", cwd=repository
    )


def address_of(process: subprocess.Popen[str]) -> str:
    """The address it says."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+/start\?token=\S+", line):
            return found[0]
    raise AssertionError("it said no address")


def port_of(address: str) -> str:
    found = re.search(r":(\d+)/", address)
    assert found is not None
    return found[1]


def test_a_second_start_finds_the_first(repository: Path, started: subprocess.Popen[str], tmp_path: Path) -> None:
    first = address_of(started)
    note = tmp_path / "data" / instance.FILE
    assert note.stat().st_mode & 0o077 == 0
    second = start(repository)
    said, _ = second.communicate(timeout=30)
    assert second.returncode == 0
    assert "もう開いている" in said
    assert port_of(said) == port_of(first)
    assert said.count("token=") == 1
    assert first.partition("token=")[2] not in said, "each window has a token of its own"


def test_ctrl_c_ends_it_and_leaves_nothing(started: subprocess.Popen[str], tmp_path: Path) -> None:
    address_of(started)
    started.send_signal(signal.SIGINT)
    said, _ = started.communicate(timeout=20)
    assert started.returncode == 0
    assert "終わりました" in said
    assert "Traceback" not in said
    assert list((tmp_path / "data").iterdir()) == []


def test_a_desk_that_was_killed_is_not_found(repository: Path, started: subprocess.Popen[str], tmp_path: Path) -> None:
    address_of(started)
    started.kill()
    started.wait(timeout=10)
    assert (tmp_path / "data" / instance.FILE).exists()
    assert instance.found() is None
    again = start(repository)
    try:
        assert address_of(again)
    finally:
        again.kill()
        again.communicate(timeout=10)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"port": 1, "word": "x"}', '{"port": "x"}', '{"port": 70000, "word": "x"}', "\x00" * 9000]
)
def test_a_spoilt_note_is_no_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path))
    (tmp_path / instance.FILE).write_text(text, encoding="utf-8")
    assert instance.found() is None


def test_another_program_on_the_port_is_no_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Running) -> None:
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path))
    instance.note(desk.port, "not the word")
    assert instance.found() is None
    instance.note(desk.port, desk.desk.guard.word)
    found = instance.found()
    assert found is not None
    assert found.startswith(desk.origin)
    instance.forget("somebody else's")
    assert (tmp_path / instance.FILE).exists()


def test_a_data_folder_that_cannot_be_written_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from handouts.desk import start as starting

    blocked = tmp_path / "data"
    blocked.write_text("a file, where a folder should be", encoding="utf-8")
    monkeypatch.setenv("HANDOUTS_DATA", str(blocked))
    monkeypatch.setattr("handouts.desk.server.Server.wait", lambda self, every: every())
    said: list[str] = []
    starting.run(None, said.append, browser=False)
    assert said[0].startswith("注意: ")
    assert "token=" in said[1]
    assert said[-1] == "終わりました。"


def test_a_port_that_is_taken_is_told(desk: Running, repository: Path, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from handouts.cli import main

    result = CliRunner().invoke(
        main, ["desk", "--no-browser", "--port", str(desk.port)], env={"HANDOUTS_DATA": str(tmp_path)}
    )
    assert result.exit_code == 1
    assert "ほかのプログラムが使っています" in result.output


def test_the_page_can_end_it() -> None:
    with running() as found:
        page = found.open()
        assert page.ask("stop") == {}
        assert found.server.stopped.wait(5)


# -- windows --


def test_windows_know_nothing_of_each_other(desk: Running) -> None:
    one, two = desk.open(), desk.open()
    first = one.person(name="髙橋 美咲")["sheet"]
    second = two.person(name="渡辺 健一", side="left")["sheet"]
    assert first["code"] != second["code"]
    assert "髙橋" in words(one, first)
    text = words(two, second)
    assert "渡辺" in text
    assert "髙橋" not in text
    answer = two.raw("print", json.dumps({"window": two.id, "sheet": first["id"], "printer": "browser"}).encode())
    assert (answer.status, answer.json) == (410, {"gone": "sheet"})
    two.ask("erase")
    assert one.get(first["picture"]).status == 200
    assert desk.open().ask("here")["others"] >= 2


def test_two_staff_at_once_each_get_their_own(desk: Running) -> None:
    wrong: list[str] = []

    def work(number: int) -> None:
        page = desk.open()
        for turn in range(5):
            name = f"患者{number}の{turn}"
            said = page.person(name=name)["sheet"]["said"][0]
            if name not in said:
                wrong.append(said)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_of_fifty_quick_requests_the_newest_wins(desk: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.open()
    made: list[int] = []
    original = desk.desk.answers.draw

    def draw(*fields: Any) -> None:
        made.append(fields[3].serial)
        original(*fields)

    monkeypatch.setattr(desk.desk.answers, "draw", draw)
    answers: dict[int, Any] = {}

    def ask(serial: int) -> None:
        personal = {"topic": "stairs", "side": "right", "name": f"患者{serial}"}
        answers[serial] = page.ask("sheet", serial=serial, personal=personal)

    threads = [threading.Thread(target=ask, args=(serial,)) for serial in range(1, 51)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 50
    assert answers[50]["sheet"]["said"][0] == "お名前 患者50 様"
    for serial, answer in answers.items():
        assert answer["late"] or f"患者{serial} 様" in answer["sheet"]["said"][0]
    assert len(made) < 50, "older ones are answered without being made"


def test_an_old_request_is_answered_cheaply(page: Page) -> None:
    page.ask("sheet", serial=9, plain={"topic": "running"})
    assert page.ask("sheet", serial=3, plain={"topic": "running"}) == {"serial": 3, "late": True}


def test_a_sheet_that_is_being_made_when_all_is_erased_comes_too_late(
    desk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """「次の人へ」 while the last change of the person before is still on its way."""
    from handouts.consult.sheet import set_personal
    from handouts.desk import personal

    page = desk.open()

    def slow(*fields: Any) -> Any:
        page.ask("erase")
        return set_personal(*fields)

    monkeypatch.setattr(personal, "set_personal", slow)
    assert page.person(name=NAME) == {"serial": 1, "late": True}
    window = desk.desk.windows.find(page.id)
    assert not window.sheets
    assert not window.made
    assert not window.pictures


def test_only_the_last_sheets_are_kept(page: Page) -> None:
    sheets = [page.person(name=f"患者{number}")["sheet"] for number in range(SHEETS + 2)]
    assert [page.get(sheet["picture"]).status for sheet in sheets[:3]] == [410, 410, 200]


def test_idle_windows_are_erased_and_silent_ones_dropped() -> None:
    with running() as found:
        page = found.open()
        sheet = page.person(name=NAME)["sheet"]
        window = found.desk.windows.find(page.id)
        for _ in range(4):
            found.clock.now += ERASE / 3
            page.ask("here")
            found.desk.windows.sweep()
        assert page.get(sheet["picture"]).status == 410, "a page that only says it is open is idle"
        assert not window.sheets
        assert not window.pictures
        assert not window.made
        assert window.code is None
        again = page.person(name=NAME)["sheet"]
        found.clock.now += SILENT + 1
        found.desk.windows.sweep()
        assert page.get(again["picture"]).status == 410
        gone = page.raw("here", json.dumps({"window": page.id}).encode())
        assert (gone.status, gone.json) == (410, {"gone": "window"})


def test_a_page_that_closes_is_forgotten_at_once(desk: Running) -> None:
    page = desk.open()
    sheet = page.person(name=NAME)["sheet"]
    page.ask("close")
    assert page.get(sheet["picture"]).status == 410
    assert page.raw("here", json.dumps({"window": page.id}).encode()).status == 410


# -- the clinic's folder --


def start_of(page: Page, **fields: Any) -> Any:
    return page.ask("start", again=True, **fields)


def test_topics_have_numbers_words_and_pictures(page: Page) -> None:
    said = page.ask("start")
    assert [one["number"] for one in said["topics"]] == [1, 2, 3, 4, 5, 6]
    assert [one["id"] for one in said["topics"]] == ["running", "walking", "cramp", "stairs", "selfcare", "visit"]
    assert all(len(one["lines"]) == 2 for one in said["topics"])
    assert [one["id"] for one in said["topics"] if "かいだん" in one["search"]] == ["stairs"]
    assert [one["id"] for one in said["topics"] if "らんにんぐ" in one["search"]] == ["running"]
    assert [one["id"] for one in said["topics"] if not one["personal"]] == ["visit"]
    assert (said["problems"], said["problems_text"], said["stuck"]) == ([], "", False)
    picture = page.get(said["topics"][0]["picture"])
    assert picture.body.startswith(b"\x89PNG")


def test_a_topic_says_what_it_offers(page: Page) -> None:
    said = page.ask("topic", topic="running")
    layouts = {one["id"]: one for one in said["plain"]["layouts"]}
    assert next(iter(layouts)) == "a4"
    assert "personal" not in layouts
    assert "easy" in layouts["a4"]["editions"]
    assert [one["id"] for one in said["personal"]["exercises"] if one["usual"]] == [
        "hamstring-floor",
        "hamstring-hook",
        "thigh-knead",
    ]
    floor = said["personal"]["exercises"][0]["amounts"]
    assert floor[0] | {"id": "hold"} == {
        "id": "hold",
        "label": "時間",
        "unit": "秒",
        "value": [30, 60],
        "least": 30,
        "most": 60,
        "step": 5,
        "top": 999,
        "range": "30〜60秒",
    }
    assert [one["text"] for one in said["personal"]["visit"]["quick"]] == [
        "12月1日(火)9:00",
        "12月8日(火)9:00",
        "12月22日(火)9:00",
    ]
    assert said["personal"]["visit"]["closed"] == ["日"]
    assert page.ask("topic", topic="visit")["personal"] is None


def test_every_layout_that_is_offered_can_be_made(page: Page) -> None:
    for one in page.ask("topic", topic="cramp")["plain"]["layouts"]:
        made = page.sheet(plain={"topic": "cramp", "layout": one["id"], "edition": one["editions"][-1]})
        assert made["sheet"] is not None, (one, made["problems"])


def test_a_broken_topic_stops_no_other(folder: Path) -> None:
    with running(folder) as found:
        page = found.open()
        assert page.ask("start")["problems"] == []
        file = folder / "topics" / "cramp.yaml"
        good = file.read_text(encoding="utf-8")
        file.write_text(good.replace("title:", "titel:"), encoding="utf-8")
        said = start_of(page)
        assert [one["id"] for one in said["topics"] if one["broken"]] == ["cramp"]
        card = said["topics"][2]
        assert (card["title"], card["number"], card["picture"]) == ("膝の裏がつるとき", 3, None)
        assert said["problems"][0]["file"] == "topics/cramp.yaml"
        assert said["problems"][0]["topic"] == "cramp"
        assert said["problems_text"].endswith("ほかの5つの資料は使えます。")
        assert page.sheet(plain={"topic": "stairs"})["sheet"]
        broken = page.sheet(plain={"topic": "cramp"})
        assert broken["sheet"] is None
        assert broken["problems"][0]["text"] == "フォルダーの中のこの資料が読めません。"
        assert "broken" in page.ask("topic", topic="cramp")["topic"]
        file.write_text(good, encoding="utf-8")
        assert start_of(page)["problems"] == []
        assert page.sheet(plain={"topic": "cramp"})["sheet"]


def test_a_deleted_topic_is_told(folder: Path) -> None:
    own = folder / "topics" / "own.yaml"
    own.write_text((PACKAGE / "topics" / "cramp.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    with running(folder) as found:
        page = found.open()
        made = page.person(topic="own", name=NAME)
        assert made["sheet"]
        own.unlink()
        found.desk.shelves._next = float("-inf")
        gone = page.person(topic="own", name=NAME + "子")
        assert gone["sheet"] is None
        assert gone["problems"][0]["text"] == "この資料は、フォルダーからなくなりました。"
        assert page.get(made["sheet"]["picture"]).status == 200, "what was shown is still there"
        assert page.raw("topic", json.dumps({"window": page.id, "topic": "own"}).encode()).status == 410
        assert "own" not in [one["id"] for one in page.ask("start")["topics"]]


def test_a_telephone_that_cannot_be_read_stays_blank_and_is_said(folder: Path) -> None:
    file = folder / "clinic.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("phone:", "phon:"), encoding="utf-8")
    with running(folder) as found:
        page = found.open()
        said = page.ask("start")
        assert not said["stuck"]
        assert said["problems_text"].endswith("資料はすべて使えます。")
        made = page.sheet(plain={"topic": "stairs"})
        assert [(one["level"], one["field"]) for one in made["problems"]] == [("told", "clinic")]
        told = "電話番号が読めません。紙の電話番号の欄は、空いたまま印刷されます。"
        assert made["problems"][0]["text"] == told
        (line,) = said["problems"]
        assert (line["file"], line["text"]) == ("clinic.yaml", told)
        assert line["line"] > 0
        assert "phon" in said["problems_copy"]
        text = words(page, made["sheet"])
        assert "000-000-0000" not in text
        assert "＿＿＿" in text


@pytest.mark.parametrize(
    ("good", "bad", "text"),
    [
        ("accent:", "acent:", "「色」が読めません。書いてないときと同じにします。"),
        ('"#00568F"', '"#FFFF00"', "「色」が読めません。書いてないときと同じにします。"),
        ("hours:", "hours: 9時から", "診療時間が読めません。紙に診療時間は印刷されません。"),
        ("records: false", "records: maybe", "「控え」が読めません。書いてないときと同じにします。"),
    ],
)
def test_each_part_of_a_clinic_is_lost_by_itself(folder: Path, good: str, bad: str, text: str) -> None:
    file = folder / "clinic.yaml"
    whole = file.read_text(encoding="utf-8").replace(good, bad)
    if "9時から" in bad:
        whole = "\n".join(one for one in whole.split("\n") if not one.startswith("  - {time"))
    file.write_text(whole, encoding="utf-8")
    with running(folder) as found:
        page = found.open()
        assert [one["text"] for one in page.ask("start")["problems"]] == [text]
        assert page.person(name=NAME)["sheet"]


@pytest.mark.parametrize("line", ["require_approval: ture", "require_aproval: true"])
def test_an_unreadable_wish_for_approvals_counts_as_one(folder: Path, line: str) -> None:
    file = folder / "clinic.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    with running(folder) as found:
        page = found.open()
        assert page.ask("start")["problems"][0]["text"] == "「確認」が読めません。確認のない資料は印刷しません。"
        assert page.person(name=NAME)["sheet"] is None


@pytest.mark.parametrize(("good", "bad"), [("kind: clinic", "kind: clinik"), ("name:", "nam:"), ("kind:", "knd:")])
def test_a_clinic_of_an_unknown_kind_prints_nothing(folder: Path, good: str, bad: str) -> None:
    file = folder / "clinic.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(good, bad, 1), encoding="utf-8")
    with running(folder) as found:
        page = found.open()
        assert page.ask("start")["stuck"]
        assert page.person(name=NAME)["sheet"] is None


def test_a_clinic_that_cannot_be_read_any_more_is_the_one_before(folder: Path) -> None:
    with running(folder) as found:
        page = found.open()
        page.ask("start")
        (folder / "clinic.yaml").write_text("name: [", encoding="utf-8")
        assert not start_of(page)["stuck"]
        made = page.person(name=NAME)
        assert made["sheet"]
        assert any("前に読めたときの内容" in one["text"] for one in made["problems"])


def test_a_clinic_that_never_could_be_read_stops_all_with_a_reason(folder: Path) -> None:
    (folder / "clinic.yaml").write_text("name: [", encoding="utf-8")
    with running(folder) as found:
        page = found.open()
        said = page.ask("start")
        assert said["stuck"]
        assert all(one["broken"] for one in said["topics"])
        assert said["problems"][0]["file"] == "clinic.yaml"
        assert page.person(name=NAME)["sheet"] is None


def test_an_unreadable_approval_is_no_approval(folder: Path) -> None:
    (folder / "approvals.yaml").write_text("x: [", encoding="utf-8")
    with running(folder) as found:
        page = found.open()
        said = page.ask("start")
        assert not said["stuck"]
        assert said["problems"]
        assert {one["state"] for one in said["topics"]} == {"missing"}


def test_a_clinic_that_wants_approvals_prints_nothing_without(folder: Path) -> None:
    file = folder / "clinic.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "require_approval: true\n", encoding="utf-8")
    with running(folder) as found:
        page = found.open()
        for made in (page.sheet(plain={"topic": "stairs"}), page.person(name=NAME)):
            assert made["sheet"] is None
            assert made["problems"][0]["level"] == "wrong"


def test_a_change_is_noticed_without_reading_all_again(folder: Path) -> None:
    now = [0.0]
    shelves = Shelves(folder, lambda: now[0])
    first = shelves.now()
    now[0] += 10
    assert shelves.now() is first
    (folder / "clinic.yaml").write_text(
        (folder / "clinic.yaml").read_text(encoding="utf-8").replace("000-000-0000", "000-111-2222"), encoding="utf-8"
    )
    assert shelves.now() is first, "it does not look at every request"
    now[0] += 1
    clinic = shelves.now().clinic()
    assert clinic is not None
    assert clinic.phone == "000-111-2222"


def test_here_says_that_the_folder_has_changed(folder: Path) -> None:
    with running(folder) as found:
        page = found.open()
        assert page.ask("here")["changed"] is False
        (folder / "topics" / "cramp.yaml").unlink()
        found.desk.shelves._next = float("-inf")
        assert page.ask("here")["changed"] is True
        assert page.ask("here")["changed"] is False


# -- printing and keeping --


def test_a_full_disk_is_told_and_nothing_is_printed(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(stores, "_PRAGMAS", (*stores._PRAGMAS, "max_page_count=1"))
    sheet = page.person(name=NAME)["sheet"]
    sent = page.ask("print", sheet=sheet["id"], printer="browser")
    assert sent["job"] is None
    assert sent["problems"][0]["text"] == "パソコンの空きがなく、作れません。空きを作ってから、もう一度押します。"
    assert page.get(f"/sheets/{sheet['id']}.pdf").status == 403
    monkeypatch.undo()
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "other"))
    assert page.ask("print", sheet=sheet["id"], printer="browser")["job"]


def test_a_clinic_that_keeps_records_keeps_what_was_printed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    file = folder / "clinic.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("records: false", "records: true"), encoding="utf-8")
    with running(folder) as found:
        page = found.open()
        looked, printed = page.person(name=NAME)["sheet"], page.person(name=NAME, side="left")["sheet"]
        page.ask("print", sheet=printed["id"], printer="browser")
        body = page.get(f"/sheets/{printed['id']}.pdf").body
    assert looked["code"] == printed["code"]
    with Store.opened() as store:
        record = store.record(printed["code"])
        assert [line.code for line in store.lines()] == [printed["code"]]
    assert record is not None
    assert record.patient == {"name": NAME}
    assert record.content.side == "left"
    from handouts.consult.again import rebuild

    done = rebuild(found.desk.shelves.now().library, printed["code"], tmp_path / "again.pdf")
    assert done.same
    assert (tmp_path / "again.pdf").read_bytes() == body


def test_a_double_click_is_one_job_and_one_more_is_asked_for(page: Page) -> None:
    sheet = page.person(name=NAME)["sheet"]
    first, second = (page.ask("print", sheet=sheet["id"], printer="browser")["job"] for _ in range(2))
    assert first == second
    assert page.ask("print", sheet=sheet["id"], printer="browser", again=True)["job"] != first


def test_forms_that_were_used_are_remembered_without_a_person() -> None:
    with running() as found:
        page = found.open()
        for fields in ({"name": NAME}, {"name": "渡辺 健一", "side": "left", "memo": "休みます"}):
            page.ask("print", sheet=page.person(**fields)["sheet"]["id"], printer="browser")
        page.ask("print", sheet=page.sheet(plain={"topic": "visit", "colour": False})["sheet"]["id"], printer="browser")
        forms = found.open().ask("last")["forms"]
    assert [form["text"] for form in forms] == [
        "受診の前に書くメモ・そのまま・A4・白黒",
        "正座や階段で膝の裏がつらいとき・名前入り・A4・カラー",
    ]
    assert set(forms[0]) == {"topic", "personal", "layout", "edition", "colour", "text", "printer"}


def test_what_nobody_foresaw_is_told_without_the_name(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*fields: Any) -> None:
        raise ValueError(f"cannot set {NAME}")

    monkeypatch.setattr("handouts.desk.personal.set_personal", broken)
    made = page.person(name=NAME)
    assert made["sheet"] is None
    assert "ValueError" in made["problems"][0]["text"]
    assert "髙橋" not in json.dumps(made, ensure_ascii=False)


def test_no_name_is_in_an_address_a_log_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("HANDOUTS_DATA", str(data))
    with running() as found:
        page = found.open()
        made = page.person(name=NAME, memo="秘密のメモ")
        sent = page.ask("print", sheet=made["sheet"]["id"], printer="browser")
        addresses = [made["sheet"]["picture"], sent["pdf"], page.get(sent["pdf"]).headers["Content-Disposition"]]
        assert json.dumps(sent, ensure_ascii=False).count("髙橋") == 0
    secrets = [
        word.encode(code) for word in ("髙橋", "美咲", "秘密のメモ") for code in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    out, err = capfd.readouterr()
    kept = [path.read_bytes() for path in data.rglob("*") if path.is_file()]
    assert kept, "the store has the sheet's line"
    texts = [out.encode(), err.encode(), caplog.text.encode(), *(one.encode() for one in addresses), *kept]
    assert [secret for secret in secrets for text in texts if secret in text] == []
    assert sorted(path.name for path in data.iterdir()) == ["sheets.sqlite3"]


def test_the_store_really_is_sqlite(own_data: Path, page: Page) -> None:
    sheet = page.person(name="")["sheet"]
    page.ask("print", sheet=sheet["id"], printer="browser")
    connection = sqlite3.connect(own_data / "sheets.sqlite3")
    try:
        rows = connection.execute("SELECT code FROM sheets WHERE code = ?", (sheet["code"],)).fetchall()
    finally:
        connection.close()
    assert rows == [(sheet["code"],)]


def test_a_picture_is_turned_to_the_knee(page: Page) -> None:
    right, left, both = (page.get(f"/pictures/chair-hamstring.colour.{side}.svg") for side in ("right", "left", "both"))
    assert {one.status for one in (right, left, both)} == {200}
    assert right.body != left.body
    assert b"scale(-1 1)" in right.body + left.body
    assert both.body in (right.body, left.body)
    assert "sandbox" in right.headers["Content-Security-Policy"]
    assert page.get("/pictures/no-such.colour.right.svg").status == 404


def test_the_pages_fonts_are_served_and_kept(page: Page) -> None:
    font = page.get("/fonts/BIZUDPGothic-Regular.ttf")
    assert font.headers["Content-Type"] == "font/ttf"
    assert font.headers["Cache-Control"].startswith("private, max-age=")
