"""What the tests of faults share: the command line under a fault, tables of patients, and what a right result is."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pypdfium2

REPOSITORY = Path(__file__).resolve().parents[2]
DATE = "2026-11-22"
NAMES = "一二三四五六七八九十"
_DISK = """
mount -t tmpfs -o size="$1"k none "$2" || exit 99
kept=$3; disk=$2; shift 3
"$@"; code=$?
cp -a "$disk/." "$kept/"; exit $code
"""

Done = subprocess.CompletedProcess[str]
Arguments = list[str | Path]


def command(*arguments: str | Path, fault: Sequence[str] = ()) -> list[str]:
    """The command line under a fault (`tests.faults.host`), as a process runs it."""
    return [sys.executable, "-m", "tests.faults.host", *fault, "--", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """The tests' own environment, in which this project is found from any folder."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", **more}


def handouts(*arguments: str | Path, fault: Sequence[str] = (), **more: str) -> Done:
    """Run the command line under a fault; nothing it says is a traceback."""
    return ran(command(*arguments, fault=fault), **more)


def ran(arguments: Sequence[str], folder: Path = REPOSITORY, /, **more: str) -> Done:
    """Run a process in a folder; nothing it says is a traceback."""
    done = subprocess.run(
        arguments,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        cwd=folder,
        env=environment(**more),
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def told(done: Done, *words: str) -> None:
    """Assert that a run ended with problems, and that its message has all these words and a hint."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "エラー: " in done.stderr
    assert "ヒント: " in done.stderr
    assert not [word for word in words if word not in done.stderr], done.stderr


# -- input --


def record(folder: Path, name: str = "見本 花子") -> Path:
    """A consultation's record."""
    path = folder / "kiroku.yaml"
    path.write_text(f"topics: [stairs]\npatient: {{name: {name}}}\nside: right\n", encoding="utf-8")
    return path


def table(folder: Path, rows: int, name: str = "kanja.csv") -> Path:
    """A table of patients."""
    path = folder / name
    lines = ["氏名,膝,資料,体操"]
    lines += [f"見本 花{NAMES[n // 10 % 10]}{NAMES[n % 10]},右,running,hamstring-chair" for n in range(rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


# -- what is right --


def text_of(path: Path) -> str:
    """The text of a PDF that is whole."""
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) >= 1
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def codes_kept(data: Path) -> list[str]:
    """The codes of all sheets that the store of a data folder knows."""
    done = handouts("records", "list", "--json", HANDOUTS_DATA=str(data))
    assert done.returncode == 0, done.stderr
    return sorted(line["code"] for line in json.loads(done.stdout))


def assert_each_row_once(folder: Path, rows: int, data: Path) -> None:
    """Every row has one whole sheet of its own, every sheet is a row's and kept, and nothing else is there."""
    lines = list(csv.reader((folder / "index.csv").read_text("utf-8-sig").splitlines()))[1:]
    assert [int(line[0]) for line in lines] == list(range(2, rows + 2))
    codes = [line[1] for line in lines]
    assert len(set(codes)) == rows
    assert sorted(names(folder)) == sorted([*(f"{code}.pdf" for code in codes), "batch.journal", "index.csv"])
    for number, code in enumerate(codes):
        text = text_of(folder / f"{code}.pdf")
        assert f"花{NAMES[number // 10 % 10]}{NAMES[number % 10]}" in text
        assert code in text
    assert codes_kept(data) == sorted(codes)


def names(folder: Path) -> list[str]:
    """What is in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


# -- places --


@cache
def _disks() -> tuple[str, ...] | None:
    """How a process gets a disk of its own: as root, else as root of its own namespace; None where neither is let."""
    for way in (("unshare", "--mount"), ("unshare", "--mount", "--map-root-user")):
        probe = [*way, "sh", "-c", "mount -t tmpfs -o size=8k none /mnt"]
        if shutil.which("unshare") and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            return way
    return None


def on_small_disk(disk: Path, kilobytes: int, *arguments: str | Path, **more: str) -> tuple[Done, Path]:
    """Run with the empty folder `disk` being a disk of so many kB; where its content is afterwards.

    Where no disk can be made, no file may grow beyond a part of that: a fault of the same kind, by plain means.
    """
    way = _disks()
    if way is None:
        limit = str(min(kilobytes * 1024, 60_000))
        return handouts(*arguments, fault=["--file-limit", limit], **more), disk
    kept = disk.with_name(f"{disk.name} after")
    kept.mkdir()
    shell = [*way, "sh", "-c", _DISK, "sh", str(kilobytes), str(disk), str(kept)]
    return ran([*shell, *command(*arguments)], **more), kept


def copied_project(folder: Path, fonts: Sequence[str]) -> Path:
    """A copy of the project that has these fonts only."""
    shutil.copytree(REPOSITORY / "handouts", folder / "handouts", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("layouts", "assets"):
        (folder / name).symlink_to(REPOSITORY / name)
    (folder / "fonts").mkdir()
    for font in fonts:
        (folder / "fonts" / font).symlink_to(REPOSITORY / "fonts" / font)
    return folder
