"""A batch makes each row once, whatever kills it or is wrong with a row; no name is left outside the paper."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from handouts.consult.batch import Batch, run
from handouts.consult.code import is_valid
from handouts.consult.journal import FILE, Journal
from handouts.consult.sheetmaker import Made, Maker, Order
from handouts.consult.table import read_table
from handouts.problems import Problems, show
from tests.consult.issuing import clinic

DAY = date(2026, 11, 22)
HEAD = "氏名,ふりがな,患者番号,膝,資料,体操,次回"
GIVEN = "一二三四五六七八九十百千万花雪月星空海山川森林石"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own."""
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "sheets.sqlite3"


def name(number: int) -> str:
    return f"苗字{GIVEN[number // 24 % 24]}{GIVEN[number % 24]}"


def row(number: int, exercises: str = "hamstring-chair") -> str:
    return f"{name(number)},よみ,K-{number:04},{'右左'[number % 2]},running,{exercises},2026/12/6"


def written(folder: Path, rows: list[str]) -> Path:
    path = folder / "kanja.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8-sig")
    return path


def batch(folder: Path, rows: list[str], **fields: object) -> Batch:
    return Batch(read_table(written(folder, rows)), folder / "out", DAY, **fields)  # type: ignore[arg-type]


def text_of(path: Path) -> str:
    with closing(pypdfium2.PdfDocument(path)) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def index(folder: Path) -> dict[int, str]:
    lines = list(csv.reader((folder / "index.csv").read_text("utf-8-sig").splitlines()))
    assert lines[0] == ["行", "資料の番号", "ファイル", "面"]
    assert len({line[0] for line in lines}) == len({line[1] for line in lines}) == len(lines)
    return {int(line[0]): line[1] for line in lines[1:]}


def kept(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [code for (code,) in connection.execute("SELECT code FROM sheets ORDER BY code")]


def assert_each_row_once(folder: Path, numbers: range, store: Path) -> None:
    """Every row has one whole file with its name, every file is a row's, and nothing is left half-written."""
    codes = index(folder)
    assert list(codes) == [number + 2 for number in numbers]
    files = sorted(path.name for path in folder.iterdir())
    assert files == sorted([*(f"{code}.pdf" for code in codes.values()), FILE, "index.csv"])
    for number in numbers:
        text = text_of(folder / f"{codes[number + 2]}.pdf")
        assert name(number) in text
        assert codes[number + 2] in text
    assert kept(store) == sorted(codes.values())


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_file_each_named_by_code(jobs: int, tmp_path: Path, store: Path) -> None:
    told: list[tuple[int, int]] = []
    summary = run(batch(tmp_path, [row(n) for n in range(5)], jobs=jobs), lambda *count: told.append(count))
    assert (summary.made, summary.before, summary.left, summary.bad) == (5, 0, 0, {})
    assert summary.sides == 10
    assert told == [(n, 5) for n in range(6)]
    assert_each_row_once(tmp_path / "out", range(5), store)
    assert all(is_valid(code) for code in index(tmp_path / "out").values())
    modes = {path.name: path.stat().st_mode & 0o777 for path in [*(tmp_path / "out").iterdir(), tmp_path / "out"]}
    assert set(modes.values()) == {0o600, 0o700}
    assert modes["out"] == 0o700


def test_the_same_rows_codes_and_date_are_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for jobs in (1, 2):
        folder = tmp_path / str(jobs)
        folder.mkdir()
        os.environ["HANDOUTS_DATA"] = str(folder / "data")
        merged = folder / "all.pdf"
        run(batch(folder, [row(n) for n in range(4)], jobs=jobs, merged=merged), random=random.Random(7))
        found.append({p.name: p.read_bytes() for p in [*(folder / "out").glob("*.pdf"), merged]})
    assert len(found[0]) == 5
    assert found[0] == found[1]


def test_bad_rows_are_told_by_number_and_left_out(tmp_path: Path, store: Path) -> None:
    rows = [row(0), row(1, "hamstring-char"), row(2), row(3, "hamstring-chair:20s*3*2/day"), row(4)]
    summary = run(batch(tmp_path, rows, jobs=2))
    assert (summary.made, sorted(summary.bad), summary.left) == (3, [3, 5], 0)
    assert list(index(tmp_path / "out")) == [2, 4, 6]
    assert "もしかして: hamstring-chair" in show(summary.bad[3])
    assert "範囲" in show(summary.bad[5])
    assert summary.bad[5][0].place.line == 5
    # Mended, and with its question answered, only those are made.
    rows[1] = row(1)
    again = run(batch(tmp_path, rows, resume=True, yes=True))
    assert (again.made, again.before, again.bad) == (2, 3, {})
    assert_each_row_once(tmp_path / "out", range(5), store)


@pytest.mark.parametrize("jobs", [1, 2])
def test_stop_begins_no_further_row(jobs: int, tmp_path: Path, store: Path) -> None:
    rows = [row(0), row(1, "none"), *(row(n) for n in range(2, 60))]
    summary = run(batch(tmp_path, rows, stop=True, jobs=jobs))
    assert list(summary.bad) == [3]
    assert summary.left == 60 - 1 - summary.made > 0
    assert not (tmp_path / "out" / "index.csv").exists()
    assert len(kept(store)) == summary.made == len(list((tmp_path / "out").glob("*.pdf")))


def test_equal_rows_are_a_sheet_each(tmp_path: Path) -> None:
    assert run(batch(tmp_path, [row(1), row(1), row(2)])).made == 3
    assert len(set(index(tmp_path / "out").values())) == 3


def test_a_batch_that_stopped_is_not_begun_anew_by_mistake(tmp_path: Path) -> None:
    rows = [row(0), row(1, "none"), row(2)]
    run(batch(tmp_path, rows, stop=True))
    with pytest.raises(Problems) as raised:
        run(batch(tmp_path, rows))
    assert "--resume" in show(raised.value)
    assert run(batch(tmp_path, rows, resume=True)).made == 1
    # The other way round: what came to its end may be followed by another batch.
    assert run(batch(tmp_path, [row(5)])).made == 1


def test_resume_needs_a_journal_and_reads_one_that_was_cut_off(tmp_path: Path) -> None:
    with pytest.raises(Problems) as raised:
        run(batch(tmp_path, [row(0)], resume=True))
    assert "前の作業がありません" in show(raised.value)
    assert not (tmp_path / "out").exists()
    run(batch(tmp_path, [row(0), row(1)]))
    path = tmp_path / "out" / FILE
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-2])[:-9])
    before = Journal.read(path)
    assert (len(before.codes), len(before.done), before.ended) == (2, 1, False)
    summary = run(batch(tmp_path, [row(0), row(1)], resume=True))
    assert (summary.made, summary.before) == (1, 1)
    path.write_text("no journal")
    with pytest.raises(Problems):
        Journal.read(path)


def test_the_date_of_the_first_run_is_kept(tmp_path: Path) -> None:
    rows = [row(0), row(1, "none"), row(2)]
    run(batch(tmp_path, rows, stop=True))
    later = Batch(read_table(written(tmp_path, rows)), tmp_path / "out", date(2026, 12, 1), resume=True)
    run(later)
    texts = [text_of(path) for path in (tmp_path / "out").glob("*.pdf")]
    assert len(texts) == 2
    assert all("2026年11月22日" in text for text in texts)


def test_merged_each_patient_begins_on_a_new_leaf(tmp_path: Path) -> None:
    rows = [row(0), row(1, ""), row(2), row(3, "hamstring-chair;calf-wall;calf-knead;hamstring-hook;hamstring-floor")]
    merged = tmp_path / "all.pdf"
    summary = run(batch(tmp_path, rows, jobs=2, yes=True, merged=merged))
    codes = list(index(tmp_path / "out").values())
    with closing(pypdfium2.PdfDocument(merged)) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    starts = [next(at for at, text in enumerate(texts) if code in text) for code in codes]
    assert len(starts) == 4
    assert all(start % 2 == 0 for start in starts), starts
    assert len(texts) % 2 == 0
    assert len(texts) >= summary.sides
    for number, (start, end) in enumerate(pairwise([*starts, len(texts)])):
        assert name(number) in texts[start]
        assert not any(code in text for code in set(codes) - {codes[number]} for text in texts[start:end])
    assert merged.stat().st_mode & 0o777 == 0o600


def test_records_are_kept_in_full_where_the_clinic_wants_them(tmp_path: Path, store: Path) -> None:
    folder = clinic(tmp_path / "clinic", records=True)
    run(batch(tmp_path, [row(0), row(1)], clinic=folder, jobs=2))
    with closing(sqlite3.connect(store)) as connection:
        patients = [json.loads(text)["name"] for (text,) in connection.execute("SELECT patient FROM records")]
    assert sorted(patients) == sorted([name(0), name(1)])


def command(folder: Path, *more: str) -> list[str]:
    source = [sys.executable, "-m", "handouts", "batch", str(folder / "kanja.csv"), "-o", str(folder / "out")]
    return [*source, "--date", DAY.isoformat(), *more] if "--resume" not in more else [*source, *more]


def files_below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_no_name_is_left_outside_the_paper(tmp_path: Path) -> None:
    rows = [row(0), row(1, "none"), f"{name(2)}\u202e,よみ,K-0002,右,running,,", row(3, "hamstring-chair:99s*9*9/day")]
    table = written(tmp_path, rows)
    scratch = tmp_path / "temporary"
    scratch.mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch), "HOME": str(tmp_path / "home")}
    done = subprocess.run(command(tmp_path, "--jobs", "2"), capture_output=True, env=environment, check=False)
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == 1, said
    assert "作らなかった行: 3(3、4、5 行目)" in said
    assert "Traceback" not in said
    found = [path for path in files_below(tmp_path) if path != table]
    assert len(found) >= 4
    for secret in ("苗字", "K-000", "よみ"):
        assert secret not in said
        assert not [path for path in files_below(tmp_path) if secret in path.name]
        forms = [secret.encode(code) for code in ("utf-8", "cp932", "utf-16-be", "utf-16-le")]
        assert not [path for path in found if any(form in path.read_bytes() for form in forms)]
    sheet = next((tmp_path / "out").glob("*.pdf"))
    with pikepdf.open(sheet) as pdf:
        about = str(dict(pdf.docinfo)) + pdf.Root.Metadata.read_bytes().decode()
    assert "苗字" not in about
    assert "苗字" in text_of(sheet)
    assert not list(scratch.iterdir())


def killed_and_resumed(folder: Path, store: Path, rows: int, kills: int, seed: int) -> None:
    """Kill a batch at random moments, each time resume it, and look at what came of it."""
    written(folder, [row(n) for n in range(rows)])
    chance = random.Random(seed)
    out = folder / "out"
    marks = sorted(chance.choices(range(rows // 2), k=kills))
    ends = []
    for mark in marks:
        more = ["--jobs", "2", *(["--resume"] if (out / FILE).exists() else [])]
        process = subprocess.Popen(command(folder, *more), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while process.poll() is None and (not (out / FILE).exists() or len([*out.glob("*.pdf")]) < mark):
            time.sleep(0.005)
        time.sleep(chance.random() * 0.2)
        process.send_signal(signal.SIGKILL)
        ends.append(process.wait())
    assert ends == [-signal.SIGKILL] * kills
    subprocess.run(command(folder, "--jobs", "2", "--resume"), check=True, capture_output=True)
    assert_each_row_once(out, range(rows), store)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_three_times_and_resumed(tmp_path: Path, store: Path) -> None:
    killed_and_resumed(tmp_path, store, rows=60, kills=3, seed=1)


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_twenty_times_and_resumed(tmp_path: Path, store: Path) -> None:
    killed_and_resumed(tmp_path, store, rows=400, kills=20, seed=2)


def begun(folder: Path, rows: int) -> subprocess.Popen[bytes]:
    """A batch that has made its first sheets."""
    written(folder, [row(n) for n in range(rows)])
    process = subprocess.Popen(command(folder, "--jobs", "2"), stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    while process.poll() is None and not [*(folder / "out").glob("*.pdf")]:
        time.sleep(0.005)
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT")
def test_broken_off_at_the_keyboard(tmp_path: Path, store: Path) -> None:
    process = begun(tmp_path, 90)
    process.send_signal(signal.SIGINT)
    said = b"".join(process.communicate()).decode()
    assert process.returncode == 1
    assert "中止しました" in said
    assert "Traceback" not in said
    assert not [path.name for path in (tmp_path / "out").iterdir() if path.name.endswith(".tmp")]
    subprocess.run(command(tmp_path, "--jobs", "2", "--resume"), check=True, capture_output=True)
    assert_each_row_once(tmp_path / "out", range(90), store)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
def test_a_worker_that_is_killed_is_told(tmp_path: Path, store: Path) -> None:
    process = begun(tmp_path, 90)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    workers = [int(n) for n in children if b"spawn_main" in Path(f"/proc/{n}/cmdline").read_bytes()]
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    said = b"".join(process.communicate()).decode()
    assert process.returncode == 1
    assert "--resume" in said
    assert "Traceback" not in said
    subprocess.run(command(tmp_path, "--jobs", "2", "--resume"), check=True, capture_output=True)
    assert_each_row_once(tmp_path / "out", range(90), store)


class Collapsing:
    """Stands for a pool whose worker dies while none of its sheets waits to be fetched: `submit` itself tells."""

    def __init__(self, *arguments: object, **named: object) -> None:
        self.taken = 0

    def submit(self, work: object, order: Order) -> Future[Made]:
        self.taken += 1
        if self.taken > 16:
            raise BrokenProcessPool("gone")
        future: Future[Made] = Future()
        future.set_result(Maker.of(None, yes=False).make(order))
        return future

    def shutdown(self, **named: object) -> None:
        self.taken = 0


def test_a_pool_that_takes_no_more_is_told_and_resumed(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(number) for number in range(20)]
    with monkeypatch.context() as patched:
        patched.setattr("handouts.consult.batch.ProcessPoolExecutor", Collapsing)
        with pytest.raises(Problems) as caught:
            run(batch(tmp_path, rows, jobs=2))
    assert "--resume" in show(caught.value.problems)
    assert run(batch(tmp_path, rows, resume=True)).before == 16
    assert_each_row_once(tmp_path / "out", range(20), store)


def test_a_name_may_begin_with_a_sign_that_no_line_of_ours_begins_with(tmp_path: Path) -> None:
    rows = ["々木 花子,よみ,K-1,右,running,hamstring-chair,2026/12/6"]
    summary = run(batch(tmp_path, rows))
    assert (summary.made, summary.bad) == (1, {})


def test_what_a_kill_left_is_swept_away(tmp_path: Path) -> None:
    merged = tmp_path / "all.pdf"
    run(batch(tmp_path, [row(0), row(1, "none"), row(2)], stop=True, merged=merged))
    left = [tmp_path / "out" / ".AAAA-BBBB-C.pdf.part.tmp", tmp_path / "out" / "..AAAA-BBBB-C.pdf.part.tmp.x1.tmp"]
    left += [tmp_path / ".all.pdf.joined.abc.tmp"]
    for path in left:
        path.write_text("苗字")
    other = tmp_path / ".another.pdf.joined.abc.tmp"
    other.write_text("")
    run(batch(tmp_path, [row(0), row(1, "none"), row(2)], resume=True, merged=merged))
    assert not [path for path in left if path.exists()]
    assert other.exists()
    assert merged.exists()


def test_the_command_line_and_its_help(tmp_path: Path) -> None:
    written(tmp_path, [row(0), row(1)])
    merged = str(tmp_path / "all.pdf")
    done = subprocess.run(command(tmp_path, "--merge", merged, "--jobs", "1"), capture_output=True, check=True)
    said = done.stdout.decode()
    assert re.search("作った紙: 2 人分、全部で 4 ページ", said)
    assert merged in said
    assert "時間: " in said
    wrong = subprocess.run(command(tmp_path, "--merge", "all.txt"), capture_output=True, check=False)
    assert wrong.returncode == 2
    assert ".pdf で終わる" in wrong.stderr.decode()
    help_ = subprocess.run(
        [sys.executable, "-m", "handouts", "batch", "--help"], capture_output=True, check=True
    ).stdout.decode()
    assert all(word in help_ for word in ("--resume", "--stop", "--merge", "例:", "hamstring-chair:20s*3*2/day"))
