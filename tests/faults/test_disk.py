"""A disk that is full, a folder that may not be written, a font that is gone: told, and nothing half-done is left."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from handouts.output import write_whole
from tests.faults.world import (
    DATE,
    Arguments,
    assert_each_row_once,
    codes_kept,
    copied_project,
    handouts,
    names,
    on_small_disk,
    ran,
    record,
    table,
    text_of,
    told,
)

NO_ROOM = ("空き容量がありません", "上限を超えました", "空き容量がない", "読み書きできません")
FONTS = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf", "NotoSansJP-Regular.ttf", "NotoSansJP-Bold.ttf")
OLD = b"%PDF-1.4 old"


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def assert_no_room(stderr: str) -> None:
    assert any(words in stderr for words in NO_ROOM), stderr


# -- full --


def test_build_on_a_full_disk(disk: Path) -> None:
    done, after = on_small_disk(disk, 40, "build", "--topic", "cramp", "-o", disk / "x.pdf")
    told(done)
    assert_no_room(done.stderr)
    assert names(after) == []


def test_personalize_on_a_full_disk_keeps_no_line_of_a_sheet_that_is_not_there(
    disk: Path, tmp_path: Path, data: Path
) -> None:
    done, after = on_small_disk(disk, 40, "personalize", record(tmp_path), "--yes", "-o", disk / "x.pdf")
    told(done)
    assert_no_room(done.stderr)
    assert "花子" not in done.stderr
    assert names(after) == []
    assert codes_kept(data) == []


def test_personalize_without_room_for_its_record_writes_no_sheet(disk: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    arguments: Arguments = ["personalize", record(tmp_path), "--yes", "-o", target]
    done, _ = on_small_disk(disk, 8, *arguments, HANDOUTS_DATA=str(disk / "data"))
    told(done)
    assert_no_room(done.stderr)
    assert not target.exists()


def test_a_batch_on_a_full_disk_goes_on_where_there_is_room_again(disk: Path, tmp_path: Path, data: Path) -> None:
    patients, out = table(tmp_path, 12), disk / "out"
    done, after = on_small_disk(disk, 400, "batch", patients, "-o", out, "--jobs", "1", "--date", DATE)
    told(done, "--resume")
    assert_no_room(done.stderr)
    assert not [name for name in names(after / "out") if name.startswith(".")]
    again = handouts("batch", patients, "-o", after / "out", "--resume", "--jobs", "1")
    assert again.returncode == 0, again.stderr
    assert_each_row_once(after / "out", 12, data)


def test_no_room_for_the_merged_file_leaves_the_sheets_and_the_old_one(disk: Path, tmp_path: Path, data: Path) -> None:
    patients, out = table(tmp_path, 2), tmp_path / "out"
    done, after = on_small_disk(disk, 60, "batch", patients, "-o", out, "--jobs", "1", "--merge", disk / "x.pdf")
    told(done, "--resume")
    assert names(after) == []
    again = handouts("batch", patients, "-o", out, "--resume", "--merge", after / "x.pdf", "--jobs", "1")
    assert again.returncode == 0, again.stderr
    assert_each_row_once(out, 2, data)
    assert "花一二" in text_of(after / "x.pdf")


def test_a_disk_without_links_has_the_file_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", refuse)
    for number in range(2):
        write_whole(tmp_path / "x.pdf", (part for part in (b"%PDF-", str(number).encode() * 90_000)))
        assert (tmp_path / "x.pdf").read_bytes() == b"%PDF-" + str(number).encode() * 90_000
        assert names(tmp_path) == ["x.pdf"]


# -- read-only --


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A folder that may be read and not written."""
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "x.pdf").write_bytes(OLD)
    folder.chmod(0o500)
    return folder


@pytest.mark.parametrize("which", ["build", "rebuild", "personalize", "batch", "merge"])
def test_a_folder_that_may_not_be_written(which: str, closed: Path, tmp_path: Path, data: Path) -> None:
    runs: dict[str, Arguments] = {
        "build": ["build", "--topic", "cramp", "-o", closed / "new.pdf"],
        "rebuild": ["build", "--topic", "cramp", "-o", closed / "x.pdf"],
        "personalize": ["personalize", record(tmp_path), "--yes", "-o", closed / "x.pdf"],
        "batch": ["batch", table(tmp_path, 1), "-o", closed],
        "merge": ["batch", table(tmp_path, 1), "-o", tmp_path / "out", "--merge", closed / "x.pdf"],
    }
    done = handouts(*runs[which], fault=["--plain"])
    told(done, "権限がありません", str(closed))
    assert names(closed) == ["x.pdf"]
    assert (closed / "x.pdf").read_bytes() == OLD
    assert len(codes_kept(data)) == (which == "merge")


def test_a_data_folder_that_may_not_be_written(closed: Path, tmp_path: Path) -> None:
    for where in (closed, closed / "data"):
        target = tmp_path / "x.pdf"
        arguments: Arguments = ["personalize", record(tmp_path), "--yes", "-o", target]
        done = handouts(*arguments, fault=["--plain"], HANDOUTS_DATA=str(where))
        told(done, "権限がありません")
        assert not target.exists()


# -- a font that is gone --


@pytest.mark.parametrize("damage", ["gone", "cut short"])
def test_a_font_that_is_gone_or_damaged(damage: str, tmp_path: Path, data: Path) -> None:
    project = copied_project(tmp_path / "project", FONTS[1:])
    font, whole = project / "fonts" / FONTS[0], Path(__file__).parents[2] / "fonts" / FONTS[0]
    if damage != "gone":
        font.write_bytes(whole.read_bytes()[:200_000])
    out = tmp_path / "out"
    out.mkdir()
    runs: list[Arguments] = [
        ["build", "--topic", "cramp", "-o", out / "x.pdf"],
        ["personalize", record(tmp_path), "--yes", "-o", out / "y.pdf"],
        ["batch", table(tmp_path, 2), "-o", out / "z", "--jobs", "1"],
    ]
    for arguments in runs:
        done = ran([sys.executable, "-m", "handouts", *map(str, arguments)], project, PYTHONPATH=str(project))
        assert done.returncode == 1, done.stdout + done.stderr
        assert "エラー: " in done.stderr
        assert FONTS[0] in done.stderr
    assert [path.name for path in out.rglob("*.pdf")] == []
    assert list(out.rglob("*.tmp")) == []
    assert codes_kept(data) == []
