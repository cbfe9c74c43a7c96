"""Another run at the same moment, a wrong clock, links and odd names in place of the output."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from handouts.cli import main
from tests.faults.world import (
    DATE,
    Arguments,
    Done,
    assert_each_row_once,
    codes_kept,
    command,
    environment,
    handouts,
    names,
    record,
    table,
    text_of,
    told,
)

ODD = ("資料 🦵 の 控え", " よう こそ\u3000", "'引用\"符'", "-o", "a\nb", "名" * 60)
"""Names of folders that somebody may make."""
UNREADABLE = os.fsdecode(b"\x8e\x91\x97\xbf")
"""資料 in Shift_JIS: a name that is no UTF-8."""


def at_once(*runs: Arguments) -> list[Done]:
    """Several runs that begin at the same moment; none says a traceback."""
    started = [
        subprocess.Popen(
            command(*run), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(), cwd=os.getcwd()
        )
        for run in runs
    ]
    done = [subprocess.CompletedProcess(one.args, one.wait(), *one.communicate()) for one in started]
    assert not [one.stderr for one in done if "Traceback" in one.stderr]
    return done


# -- another run at the same moment --


def test_builds_to_one_file_at_the_same_moment(tmp_path: Path) -> None:
    alone, target = tmp_path / "alone", tmp_path / "out" / "x.pdf"
    target.parent.mkdir()
    days = [f"2026-11-{day}" for day in (22, 23, 24, 25)]
    runs: list[Arguments] = [["build", "--topic", "cramp", "-o", target, "--date", day] for day in days]
    done = at_once(*runs)
    assert [one.returncode for one in done] == [0] * 4
    found = target.read_bytes()
    assert names(target.parent) == ["x.pdf"]
    handouts("build", "--topic", "cramp", "-o", f"{alone}/", "--date", days[0])
    assert "ひざうら整形外科" in text_of(target)
    assert len(found) == pytest.approx((alone / "cramp.pdf").stat().st_size, abs=200)


def test_sheets_to_one_file_at_the_same_moment(tmp_path: Path, data: Path) -> None:
    target = tmp_path / "out" / "x.pdf"
    target.parent.mkdir()
    run: Arguments = ["personalize", record(tmp_path), "--yes", "-o", target]
    done = at_once(run, run, run)
    assert [one.returncode for one in done] == [0] * 3
    codes = [one.stdout.split()[-1] for one in done]
    assert codes_kept(data) == sorted(codes)
    assert len({code for code in codes if code in text_of(target)}) == 1
    assert names(target.parent) == ["x.pdf"]


def test_batches_in_one_folder_at_the_same_moment(tmp_path: Path, data: Path) -> None:
    patients, out = table(tmp_path, 12), tmp_path / "out"
    run: Arguments = ["batch", patients, "-o", out, "--jobs", "1", "--date", DATE]
    done = at_once(run, run)
    assert sorted(one.returncode for one in done) == [0, 1]
    told(max(done, key=lambda one: one.returncode), str(out))
    assert_each_row_once(out, 12, data)


@pytest.mark.parametrize("resumed", [False, True])
def test_a_folder_where_a_batch_is_at_work_is_left_alone(resumed: bool, tmp_path: Path, data: Path) -> None:
    patients, out = table(tmp_path, 2), tmp_path / "out"
    out.mkdir()
    handle = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        told(handouts("batch", patients, "-o", out, *(["--resume"] if resumed else [])), "作業しています", str(out))
    finally:
        os.close(handle)
    assert names(out) == []
    assert handouts("batch", patients, "-o", out, "--jobs", "1").returncode == 0
    assert_each_row_once(out, 2, data)


# -- the clock --


@pytest.mark.parametrize("day", ["1970-01-01", "2101-03-04"])
def test_a_clock_that_cannot_be_right_is_told_and_a_date_helps(day: str, tmp_path: Path, data: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    runs: dict[str, Arguments] = {
        "cramp.pdf": ["build", "--topic", "cramp", "-o", out / "cramp.pdf"],
        "own.pdf": ["personalize", record(tmp_path), "--yes", "-o", out / "own.pdf"],
        "many": ["batch", table(tmp_path, 1), "-o", out / "many", "--jobs", "1"],
    }
    for name, run in runs.items():
        told(handouts(*run, fault=["--day", day]), "時計", f"{int(day[:4])}年", "--date")
        assert names(out) == []
        done = handouts(*run, "--date", DATE, fault=["--day", day])
        assert done.returncode == 0, done.stderr
        (out / name).rename(tmp_path / name)
    assert "2026年11月22日" in text_of(tmp_path / "own.pdf")
    assert len(codes_kept(data)) == 2


def test_a_clock_set_back_between_two_runs_changes_no_date(tmp_path: Path, data: Path) -> None:
    patients, out = table(tmp_path, 3), tmp_path / "out"
    text = patients.read_text("utf-8-sig")
    patients.write_text(text.replace("花一二,右", "花一二,上"), encoding="utf-8-sig")
    first = handouts("batch", patients, "-o", out, "--jobs", "1", fault=["--day", "2026-12-24"])
    told(first, "3行目")
    patients.write_text(text, encoding="utf-8-sig")
    again = handouts("batch", patients, "-o", out, "--resume", "--jobs", "1", fault=["--day", "1999-01-01"])
    assert again.returncode == 0, again.stderr
    assert_each_row_once(out, 3, data)
    assert all("2026年12月24日" in text_of(path) for path in out.glob("*.pdf"))


# -- links, and files of other people --


def test_a_link_in_place_of_a_sheet_or_of_the_merged_file_stays(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    runs: dict[str, Arguments] = {
        "own.pdf": ["personalize", record(tmp_path), "--yes", "-o", tmp_path / "own.pdf"],
        "all.pdf": [
            "batch",
            table(tmp_path, 1),
            "-o",
            tmp_path / "out",
            "--merge",
            tmp_path / "all.pdf",
            "--jobs",
            "1",
        ],
    }
    for name, run in runs.items():
        (tmp_path / "far" / name).write_bytes(b"%PDF-1.4 old")
        (tmp_path / name).symlink_to(Path("far") / name)
        done = handouts(*run)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).readlink() == Path("far") / name
        assert "ひざうら整形外科" in text_of(tmp_path / "far" / name)
    assert names(tmp_path / "far") == ["all.pdf", "own.pdf"]


def test_a_link_in_place_of_the_folder_is_followed(tmp_path: Path, data: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "out").symlink_to("far")
    assert handouts("batch", table(tmp_path, 2), "-o", tmp_path / "out", "--jobs", "1").returncode == 0
    assert_each_row_once(tmp_path / "far", 2, data)


@pytest.mark.parametrize("name", ["index.csv", "batch.journal"])
@pytest.mark.parametrize("linked", [False, True])
def test_a_file_of_that_name_that_is_not_ours_stays(linked: bool, name: str, tmp_path: Path, data: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    mine = tmp_path / "mine.txt" if linked else out / name
    mine.write_text("番号,住所\n", encoding="utf-8")
    if linked:
        (out / name).symlink_to("../mine.txt")
    done = handouts("batch", table(tmp_path, 1), "-o", out, "--jobs", "1")
    told(done, str(out / name))
    assert mine.read_text("utf-8") == "番号,住所\n"
    assert names(out) == [name]
    assert codes_kept(data) == []


def test_an_export_replaces_nothing_but_an_export(tmp_path: Path) -> None:
    mine, ours = tmp_path / "mine.json", tmp_path / "ours.json"
    mine.write_text('{"mine": 1}', encoding="utf-8")
    told(handouts("records", "export", "-o", mine), "mine.json")
    assert mine.read_text("utf-8") == '{"mine": 1}'
    for _ in range(2):
        assert handouts("records", "export", "-o", ours).returncode == 0


# -- names --


@pytest.mark.parametrize("name", ODD, ids=range(len(ODD)))
def test_odd_names_of_folders_and_files(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / name
    folder.mkdir()
    monkeypatch.setenv("HANDOUTS_DATA", str(folder / "控え"))
    for run in runs_in(folder):
        done = CliRunner().invoke(main, list(map(str, run)))
        assert done.exit_code == 0, done.output
    assert_made_in(folder)
    missing = CliRunner().invoke(main, ["personalize", str(folder / "ない.yaml")])
    assert missing.exit_code == 1
    assert "ない.yaml: エラー: ファイルがありません。" in missing.stderr
    assert len(json.loads(CliRunner().invoke(main, ["records", "list", "--json"]).stdout)) == 2


def test_a_folder_whose_name_is_no_utf_8(tmp_path: Path) -> None:
    folder = tmp_path / UNREADABLE
    try:
        folder.mkdir()
    except OSError:  # macOS has no such names
        folder = tmp_path
    for run in runs_in(folder):
        done = handouts(*run, HANDOUTS_DATA=str(folder / "控え"))
        assert done.returncode == 0, done.stderr
    assert_made_in(folder)
    told(handouts("personalize", folder / "ない.yaml"), "ない.yaml")


def runs_in(folder: Path) -> list[Arguments]:
    return [
        ["build", "--topic", "cramp", "-o", folder / "見本 🦵.pdf"],
        ["personalize", record(folder), "--yes", "-o", folder / "own.pdf"],
        [
            "batch",
            table(folder, 1, "患者 様.csv"),
            "-o",
            folder / "出力 🖨",
            "--merge",
            folder / "all.pdf",
            "--jobs",
            "1",
        ],
    ]


def assert_made_in(folder: Path) -> None:
    assert "ひざうら整形外科" in text_of(folder / "見本 🦵.pdf")
    assert "見本 花子" in text_of(folder / "own.pdf")
    assert "花一一" in text_of(folder / "all.pdf")
