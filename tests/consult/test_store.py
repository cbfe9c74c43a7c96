"""The store: its owner's alone, whole after any crash, with names only where they are wanted, none once erased."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from handouts.cli import main
from handouts.consult.content import Content
from handouts.consult.datafolder import data_folder, private_folder
from handouts.consult.kept import before, of_patient
from handouts.consult.store import FILE, FORM, Record, Store
from handouts.problems import Problems, show
from tests.consult.issuing import PATIENT, record, small_content

CONTENT = small_content()
needs_permissions = pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")


def kept(folder: Path, *records: Record, full: bool = True) -> Path:
    with Store.opened(folder) as store:
        store.keep(records, full=full)
    return folder / FILE


def refusal(folder: Path) -> str:
    with pytest.raises(Problems) as caught, Store.opened(folder) as store:
        store.keep([record(1, CONTENT)], full=True)
    return show(caught.value)


def test_what_was_kept_is_there_as_it_was(tmp_path: Path) -> None:
    made = record(1, CONTENT, reading=PATIENT["reading"], id=PATIENT["id"])
    kept(tmp_path, made)
    with Store.opened(tmp_path) as store:
        assert store.record(made.code) == made
        (line,) = store.lines()
        assert store.line(made.code) == line
        assert [one.code for one in store.records()] == [made.code]
    assert (line.code, line.date, line.digest, line.version, line.full) == (
        made.code,
        "2026-11-22",
        CONTENT.digest,
        "1.2.3",
        True,
    )


def test_without_records_a_line_is_kept_and_nothing_of_the_patient(tmp_path: Path) -> None:
    made = record(1, CONTENT, id=PATIENT["id"])
    path = kept(tmp_path, made, full=False)
    with Store.opened(tmp_path) as store:
        assert store.record(made.code) is None
        assert [line.full for line in store.lines()] == [False]
    data = path.read_bytes()
    assert made.code.encode() in data
    assert PATIENT["id"].encode() not in data
    assert "邉".encode() not in data


def test_the_order_of_the_content_is_kept(tmp_path: Path) -> None:
    """Sources and topics are printed in the order of their dicts."""
    content = Content({**CONTENT.data, "sources": {"b": 1, "a": 2}})
    made = record(1, content)
    kept(tmp_path, made)
    with Store.opened(tmp_path) as store:
        found = store.record(made.code)
    assert found is not None
    assert list(found.content.data["sources"]) == ["b", "a"]


@needs_permissions
def test_file_and_folder_are_their_owners_alone(tmp_path: Path) -> None:
    """Whatever the umask is, and if somebody had opened them before."""
    folder = tmp_path / "data"
    mask = os.umask(0)
    try:
        path = kept(folder, record(1, CONTENT))
        modes = [stat.S_IMODE(one.stat().st_mode) for one in (folder, path)]
        path.chmod(0o644)
        folder.chmod(0o755)
        kept(folder, record(2, CONTENT))
    finally:
        os.umask(mask)
    assert modes == [0o700, 0o600]
    assert [stat.S_IMODE(one.stat().st_mode) for one in (folder, path)] == [0o700, 0o600]


@needs_permissions
def test_the_journal_is_its_owners_alone(tmp_path: Path) -> None:
    with Store.opened(tmp_path) as store, store._writing():
        store._connection.execute("INSERT INTO sheets VALUES ('a', 'b', 'c', 'd')")
        store._connection.execute("PRAGMA cache_spill = 0")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {FILE: 0o600, f"{FILE}-journal": 0o600}


def test_a_commit_waits_for_the_disk_and_what_is_deleted_is_overwritten(tmp_path: Path) -> None:
    extra, memory = 3, 2
    with Store.opened(tmp_path) as store:
        names = ("synchronous", "secure_delete", "temp_store", "journal_mode")
        found = [store._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    assert found == [extra, 1, memory, "delete"]


def test_all_or_none_of_several_sheets_are_kept(tmp_path: Path) -> None:
    kept(tmp_path, record(1, CONTENT))
    with Store.opened(tmp_path) as store:
        with pytest.raises(Problems) as caught:
            store.keep([record(2, CONTENT), record(1, CONTENT)], full=True)
        assert len(store.lines()) == 1
    assert "同じ番号の控えがもうあります" in show(caught.value)
    assert "邉" not in show(caught.value)


def test_what_came_to_nothing_is_taken_back(tmp_path: Path) -> None:
    first, second = record(1, CONTENT), record(2, CONTENT)
    kept(tmp_path, first, second)
    with Store.opened(tmp_path) as store:
        store.forget([first.code])
        assert [line.code for line in store.lines()] == [second.code]
        assert store.record(first.code) is None


def test_what_is_erased_leaves_no_trace_in_the_folder(tmp_path: Path) -> None:
    records = [record(number, CONTENT, name=f"{'消' * 50} {number:03}") for number in range(60)]
    other = record(99, CONTENT, name="残山 残子")
    path = kept(tmp_path, *records, other)
    assert "消消".encode() in path.read_bytes()
    with Store.opened(tmp_path) as store:
        assert store.erase(one.code for one in records) == 60
        left = b"".join(one.read_bytes() for one in tmp_path.iterdir())
        assert len(store.lines()) == 61
        assert store.record(records[0].code) is None
        assert store.record(other.code) == other
    assert "消消".encode() not in left
    assert "残子".encode() in left


def test_what_is_taken_back_is_overwritten(tmp_path: Path) -> None:
    """Without the file being written anew."""
    records = [record(number, CONTENT, name=f"{'消' * 50} {number:03}") for number in range(60)]
    path = kept(tmp_path, *records)
    with Store.opened(tmp_path) as store:
        store.forget(one.code for one in records)
        assert store.lines() == []
    assert "消消".encode() not in path.read_bytes()


def test_a_patient_is_found_by_name_however_it_is_typed_and_by_id(tmp_path: Path) -> None:
    first = record(1, CONTENT, name="渡邉\U000e0101 之介", id="A-1")
    second = record(2, CONTENT, name="渡邉 之介", id="A-1")
    other = record(3, CONTENT, name="渡邊 之介", id="B-2")
    kept(tmp_path, first, second, other)
    with Store.opened(tmp_path) as store:
        for said in ("渡邉之介", "渡邉 之介", " 渡邉\U000e0102 之介", "a-1", "A-1"):
            assert set(of_patient(store, said)) == {first.code, second.code}
        assert of_patient(store, "渡邊之介") == [other.code]


@pytest.mark.parametrize("said", ["", " ", "渡", "介", "渡邉之助"])
def test_nobody_is_found_by_less_than_the_name(tmp_path: Path, said: str) -> None:
    kept(tmp_path, record(1, CONTENT, name="渡邉 之介"))
    with Store.opened(tmp_path) as store, pytest.raises(Problems) as caught:
        of_patient(store, said)
    assert "この方の控えはありません" in show(caught.value)


@pytest.mark.parametrize("ids", [("1", "2"), ("1", None)])
def test_two_persons_of_one_name_are_not_taken_for_one(tmp_path: Path, ids: tuple[str | None, ...]) -> None:
    kept(tmp_path, *(record(n, CONTENT, name="山田 花子", **({"id": id_} if id_ else {})) for n, id_ in enumerate(ids)))
    with Store.opened(tmp_path) as store:
        with pytest.raises(Problems) as caught:
            of_patient(store, "山田花子")
        assert len(of_patient(store, "1")) == 1
    assert "患者番号の違う" in show(caught.value)
    assert "花子" not in show(caught.value)


def test_by_age_the_day_itself_stays(tmp_path: Path) -> None:
    days = ("2021-11-30", "2021-12-01", "2021-12-02")
    records = [record(number, CONTENT, day) for number, day in enumerate(days)]
    kept(tmp_path, *records)
    with Store.opened(tmp_path) as store:
        assert before(store.lines(), "2021-12-01") == [records[0].code]


def test_a_damaged_content_is_told_and_never_printed(tmp_path: Path) -> None:
    made = record(1, CONTENT)
    path = kept(tmp_path, made)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE sheets SET digest = 'x'")
    connection.close()
    with Store.opened(tmp_path) as store, pytest.raises(Problems) as caught:
        store.record(made.code)
    assert "中身が壊れています" in show(caught.value)


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database" * 100)
    assert "控えのファイルが壊れています" in refusal(tmp_path)
    assert (tmp_path / FILE).read_bytes() == b"not a database" * 100


def test_a_store_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute(f"PRAGMA user_version = {FORM + 1}")
    connection.close()
    assert "もっと新しい版" in refusal(tmp_path)


def test_a_store_that_is_being_written_is_waited_for_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kept(tmp_path, record(2, CONTENT))
    monkeypatch.setattr("handouts.consult.store.WAIT", 0)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        assert "書いている途中です" in refusal(tmp_path)
    finally:
        writer.close()


def test_a_link_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"")
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere")
    assert "控えを開けません" in refusal(tmp_path)


def test_the_folder_is_the_accounts_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert data_folder({}, "linux") == tmp_path / ".local" / "share" / "handouts"
    assert data_folder({"XDG_DATA_HOME": "/data"}, "linux") == Path("/data/handouts")
    assert data_folder({"XDG_DATA_HOME": "data"}, "linux") == tmp_path / ".local" / "share" / "handouts"
    assert data_folder({}, "darwin") == tmp_path / "Library" / "Application Support" / "handouts"
    assert data_folder({}, "win32") == tmp_path / "AppData" / "Local" / "handouts"
    assert data_folder({"LOCALAPPDATA": "/local"}, "win32") == Path("/local/handouts")
    assert data_folder({"HANDOUTS_DATA": "/own"}, "linux") == Path("/own")
    with pytest.raises(Problems):
        data_folder({"HANDOUTS_DATA": "own"}, "linux")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problems) as caught:
        private_folder(tmp_path / "file" / "data")
    assert "本人だけが開けるように作れません" in show(caught.value)


# A crash at any moment ------------------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from handouts.consult.store import Store
from tests.consult.issuing import record, small_content
start, content = int(sys.argv[2]), small_content()
with Store.opened(Path(sys.argv[1])) as store:
    for number in range(start, start + 100000):
        if (number - start) % 7 == 6:
            print("erasing", number - 3, flush=True)
            store.erase([record(number - 3, content).code])
            print("erased", number - 3, flush=True)
        store.keep([record(number, content)], full=True)
        print("kept", number, flush=True)
"""


def killed(folder: Path, start: int, moment: float, repository: Path) -> dict[int, str]:
    """The last word on each record of a process that keeps and erases, killed `moment` s after its first one."""
    command = [sys.executable, "-c", WRITER, str(folder), str(start)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=repository)
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], 60)
    assert ready
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    lines = process.communicate()[0].decode().splitlines(keepends=True)
    assert process.returncode == -signal.SIGKILL
    return {int(line.split()[1]): line.split()[0] for line in lines if line.endswith("\n")}


def check_after_crashes(folder: Path, kills: int, repository: Path) -> tuple[int, int]:
    """Kill a writer again and again; after each kill all that was ever acknowledged holds.

    How many records were, and how many kills left a journal to be rolled back.
    """
    moments = random.Random(20261122)
    words: dict[str, str] = {}
    journals = 0
    for kill in range(kills):
        said = killed(folder, kill * 100000, moments.uniform(0, 0.3), repository)
        assert said
        words |= {record(number, CONTENT).code: word for number, word in said.items()}
        journals += (folder / f"{FILE}-journal").exists()
        with Store.opened(folder) as store:
            assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            full = {line.code: line.full for line in store.lines()}
            # Each is read whole, its content against its digest.
            read = {one.code for one in store.records()}
        assert {code for code, is_full in full.items() if is_full} == read
        for code, word in words.items():
            assert code in full
            assert word == "erasing" or full[code] is (word == "kept")
        # At most the one that was not acknowledged before each kill is more than that, and it is whole.
        unheard = full.keys() - words.keys()
        assert len(unheard) <= kill + 1
        assert unheard <= read
    return len(words), journals


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_crash_loses_nothing_that_was_acknowledged(tmp_path: Path, repository: Path) -> None:
    assert check_after_crashes(tmp_path, 3, repository)[0] > 3


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_forty_crashes_lose_nothing_that_was_acknowledged(tmp_path: Path, repository: Path) -> None:
    kept_or_erased, journals = check_after_crashes(tmp_path, 40, repository)
    assert kept_or_erased > 100
    # Some kills came in the midst of a write, or this would show nothing.
    assert journals > 3


# The commands ---------------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with two patients' records and a line without one."""
    folder = tmp_path / "own"
    monkeypatch.setenv("HANDOUTS_DATA", str(folder))
    kept(folder, record(1, CONTENT, "2021-11-30", id="A-1"), record(2, CONTENT, id="B-2"))
    kept(folder, record(3, CONTENT), full=False)
    return folder


def run(*arguments: str, said: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["records", *arguments], input=said)
    return result.exit_code, result.stdout, result.stderr


def test_a_list_names_nobody_unless_it_is_told_to(own: Path) -> None:
    code, out, _ = run("list")
    assert code == 0
    assert len(out.splitlines()) == 3
    assert out.count("内容あり") == 2
    assert "邉" not in out
    assert "A-1" not in out
    code, out, _ = run("list", "--names")
    assert code == 0
    assert out.count(PATIENT["name"]) == 2
    assert "A-1" in out
    code, out, _ = run("list", "--json", "--patient", said="a-1\n")
    assert code == 0
    assert '"date": "2021-11-30"' in out
    assert out.count('"code"') == 1
    assert "邉" not in out


@needs_permissions
def test_an_export_is_whole_and_its_owners_alone(own: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.json"
    code, out, err = run("export", "-o", str(target))
    assert (code, out) == (0, "")
    assert "3件" in err
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    data = json.loads(target.read_text(encoding="utf-8"))
    assert [bool(one["record"]) for one in data] == [one["code"] != record(3, CONTENT).code for one in data]
    first = data[0]["record"]
    assert first["patient"] == {"name": f"{PATIENT['name']} 1", "id": "A-1"}
    assert Content(first["content"]).digest == data[0]["digest"]
    code, out, _ = run("export", "-o", "-", "--patient", said="B-2\n")
    assert code == 0
    assert [one["code"] for one in json.loads(out)] == [record(2, CONTENT).code]


def test_nothing_is_erased_unasked(own: Path) -> None:
    code, _, err = run("erase", "--patient", said="A-1\n")
    assert code == 1
    assert "まだ消していません" in err
    with Store.opened(own) as store:
        assert len(store.patients()) == 2


@pytest.mark.parametrize(
    ("arguments", "said", "left"),
    [
        (("--patient",), f"{PATIENT['name']} 1\n", "B-2"),
        (("--patient",), "B-2\n", "A-1"),
        (("--before", "2026-01-01"), None, "B-2"),
        (("--code", record(2, CONTENT).code.lower()), None, "A-1"),
    ],
)
def test_records_are_erased_by_patient_by_age_and_by_code(
    own: Path, arguments: tuple[str, ...], said: str | None, left: str
) -> None:
    code, out, _ = run("erase", *arguments, "--yes", said=said)
    assert code == 0
    assert "1件の控えを消しました" in out
    assert "邉" not in out
    with Store.opened(own) as store:
        assert [patient["id"] for patient in store.patients().values()] == [left]
        assert len(store.lines()) == 3


@pytest.mark.parametrize(
    ("arguments", "said", "exit_code", "words"),
    [
        (("erase",), None, 2, "どれか1つ"),
        (("erase", "--patient", "--before", "2026-01-01"), None, 2, "どれか1つ"),
        (("erase", "--before", "2026-02-30"), None, 2, "こよみにある日"),
        (("erase", "--before", "きのう"), None, 2, "こよみにある日"),
        (("erase", "--patient", "--yes"), "渡辺\n", 1, "この方の控えはありません"),
        (("erase", "--patient", "--yes"), "", 1, "この方の控えはありません"),
        (("erase", "--code", "ABCD", "--yes"), None, 1, "紙の番号ではありません"),
        (("erase", "--code", record(5, CONTENT).code, "--yes"), None, 1, "ここでは作られていません"),
        (("erase", "--code", record(3, CONTENT).code, "--yes"), None, 1, "内容の控えはありません"),
        (("export",), None, 2, "-o"),
    ],
)
def test_wrong_use_is_told_in_japanese(
    own: Path, arguments: tuple[str, ...], said: str | None, exit_code: int, words: str
) -> None:
    code, _, err = run(*arguments, said=said)
    assert code == exit_code
    assert words in err
    with Store.opened(own) as store:
        assert len(store.patients()) == 2


def test_there_is_nothing_to_erase(own: Path) -> None:
    code, out, _ = run("erase", "--before", "2000-01-01")
    assert code == 0
    assert "消す控えはありません" in out
