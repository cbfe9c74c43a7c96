"""How fast a batch is on one core and on all, and whether memory stays flat: `python -m tests.bench.batch [ROWS]`.

Prints, for each number of workers: sheets a second, ms of a core for each sheet, and the memory of all processes (PSS:
what they share counts once) in the first and in the last thousand rows (the first and last tenth of fewer). No test.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from handouts.commands.batch import cores
from handouts.consult.batch import Batch, run
from handouts.consult.table import Table, read_table

ROWS = 10_000
DAY = date(2026, 11, 22)
TOPICS = ("running", "walking", "cramp", "stairs", "selfcare")
DOSES = ("hamstring-chair:20s*3*2/day", "hamstring-chair;calf-wall", "calf-wall", "hamstring-chair:2/day;calf-knead")
KANJI = "佐藤鈴木高橋田中伊渡辺山本村小林加吉佐々口松井上清水花子太郎一美咲健翔結衣蓮葵陽菜大輝優斗髙﨑濵邉"


def table(folder: Path, rows: int) -> Table:
    """Made-up patients: names of four characters, five topics, one or two exercises, each third with a note."""
    chance = random.Random(1)
    lines = ["氏名,ふりがな,患者番号,年齢,膝,資料,体操,次回,メモ"]
    for number in range(rows):
        name = "".join(chance.choices(KANJI, k=4))
        age, side, topic, dose = chance.randint(20, 90), chance.choice("右左"), TOPICS[number % 5], chance.choice(DOSES)
        note = "" if number % 3 else "痛む日は、休みます"
        lines.append(f"{name},みほん,{number:06},{age},{side},{topic},{dose},2026/12/{1 + number % 28},{note}")
    path = folder / "patients.csv"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
    return read_table(path)


def memory() -> float:
    """PSS in MiB of this process and those it started (Linux; 0 elsewhere)."""
    total = 0
    for number in (os.getpid(), *_children(os.getpid())):
        try:
            lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _children(parent: int) -> list[int]:
    try:
        return [int(n) for n in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


def measure(patients: Table, folder: Path, jobs: int) -> float:
    """Run one batch and print what it took; sheets a second."""
    samples: dict[int, float] = {}
    count = len(patients.rows)
    step = max(1, count // 100)

    def tell(done: int, _: int) -> None:
        if done and done % step == 0:
            samples[done] = memory()

    before = os.times()
    start = time.monotonic()
    summary = run(Batch(patients, folder, DAY, yes=True, jobs=jobs), tell)
    wall = time.monotonic() - start
    after = os.times()
    core = sum(after[index] - before[index] for index in range(4))
    edge = 1000 if count >= 2000 else max(1, count // 10)
    first = max((value for done, value in samples.items() if done <= edge), default=0.0)
    last = max((value for done, value in samples.items() if done > count - edge), default=0.0)
    print(
        f"{jobs} worker(s): {summary.made} sheets, {summary.sides} sides, {len(summary.bad)} bad, {wall:.1f} s,"
        f" {summary.made / wall:.1f} sheets/s, {1000 * core / max(summary.made, 1):.1f} ms of a core each;"
        f" memory first {edge}: {first:.0f} MiB, last {edge}: {last:.0f} MiB"
    )
    return summary.made / wall


def merge(patients: Table, folder: Path, merged: Path) -> None:
    """Put the sheets of a batch that is done into one file for the printer, and print what that took."""
    start = time.monotonic()
    summary = run(Batch(patients, folder, DAY, merged=merged, yes=True, resume=True))
    wall = time.monotonic() - start
    size = merged.stat().st_size / 1e6
    print(f"merged afterwards: {summary.pages} pages, {size:.0f} MB, {wall:.1f} s; memory {memory():.0f} MiB")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HANDOUTS_DATA"] = str(folder / "data")
        patients = table(folder, rows)
        one = measure(patients, folder / "one", 1)
        if cores() > 1:
            every = measure(patients, folder / "all", cores())
            print(f"{cores()} cores: {every / one:.2f} times as fast as one")
        merge(patients, folder / "one", folder / "all.pdf")


if __name__ == "__main__":
    main()
