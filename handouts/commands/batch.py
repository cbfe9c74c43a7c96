"""`handouts batch`: the sheets of a whole table of patients."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.options import day_of
from handouts.commands.printing import Printing, print_options
from handouts.english import told
from handouts.problems import show
from handouts.usage import JapaneseCommand, say

if TYPE_CHECKING:
    from handouts.consult.batch import Summary

FEW = 20
"""Rows from which progress is worth a line, where there is no terminal."""

HELP = """患者さんの表(CSV)から、名前入りの紙をまとめて PDF にする。

1行が1人です。1行目に見出しを書きます(日本語でも英語でもよい)。要るのは 氏名、膝、資料 の3つです。

\b
例: handouts batch kanja.csv -o 今月/
    handouts batch kanja.csv --merge 印刷.pdf --yes
    handouts batch kanja.csv -o 今月/ --resume      途中で止まった続き
    handouts batch kanja.csv --merge 印刷.pdf --print   まとめて印刷もする

\b
kanja.csv の例(Excel の「CSV UTF-8」でも「CSV」でも読めます)
  氏名,年齢,膝,資料,体操,次回,メモ
  見本 花子,72,右,stairs,hamstring-chair:20s*3*2/day;calf-wall,2026/12/6,痛む日は休みます
ほかの見出し: ふりがな、患者番号、痛む所、所見、持病、控えること、次回の時刻、診察日、説明した人、版、色、前回の番号。
1つのセルに体操をいくつか書くときは「;」で分けます。使わない列は、見出しの前に # を付けます。

\b
紙はそれぞれ「番号.pdf」になります(お名前はファイル名に入りません)。何行目がどの番号かは index.csv にあります。
--merge は、行の順に1つのファイルにまとめます。両面で刷ると、どの人も新しい紙から始まります。
間違いのある行は、行の番号を挙げて飛ばします(--stop なら、そこで止めます)。用量が範囲の外など、確かめの要る行は、
--yes がなければ間違いとして扱います。飛ばした行があれば、終了コードは 1 です。
直して --resume を付けると、その行だけ作ります。
--print は、すべての行の紙ができたときだけ印刷します。
"""


@click.command("batch", cls=JapaneseCommand, help=HELP)
@click.argument("patients", metavar="PATIENTS.csv", type=click.Path(path_type=Path, readable=False))
@click.option("-o", "--output", metavar="DIR/", help="紙を入れるフォルダー。なければ作る。省くと表と同じ名前。")
@click.option("--merge", "merged", metavar="FILE.pdf", help="すべての紙を1つのファイルにもまとめる。")
@click.option("--resume", is_flag=True, help="前に止まった続きから作る。できている紙は作り直さない。")
@click.option("--stop/--skip", default=False, help="間違いのある行で止める(--stop)か、飛ばす(--skip)。省くと飛ばす。")
@click.option("--yes", is_flag=True, help="確かめの質問すべてに y と答える。")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="同時に使うコアの数。省くと、あるだけ。")
@click.option("--date", "printed", metavar="YYYY-MM-DD", help="紙に印刷する日付。省くと今日。")
@print_options
@click.option("--clinic", type=click.Path(path_type=Path, readable=False), metavar="DIR", help="医院のフォルダー。")
def command(
    patients: Path,
    output: str | None,
    merged: str | None,
    resume: bool,
    stop: bool,
    yes: bool,
    jobs: int | None,
    printed: str | None,
    printer: str | None,
    copies: int | None,
    tray: str | None,
    clinic: Path | None,
) -> None:
    """Read the table, make the sheets, say what came of it."""
    from handouts.consult.batch import Batch, run
    from handouts.consult.table import read_table

    day = date.today() if resume else day_of(printed)  # a run that goes on keeps its date
    if resume and printed:
        raise click.UsageError("--resume では、紙の日付は前と同じになります。--date は付けません。")
    if printer is not None and merged is None:
        raise click.UsageError(
            "--print は、--merge でまとめたファイルを印刷します。--merge FILE.pdf も書いてください。"
        )
    folder, target = _folder(patients, output), _merged(merged)
    printing = Printing.chosen(printer, copies, tray)
    batch = Batch(read_table(patients), folder, day, clinic, target, yes, stop, resume, jobs or cores())
    with _progress(len(batch.table.rows)) as tell:
        summary = run(batch, tell)
    _report(summary)
    if printing is not None:
        _print(summary, printing, clinic)
    if summary.bad:
        raise click.exceptions.Exit(1)


def _print(summary: Summary, printing: Printing, clinic: Path | None) -> None:
    """Print the one file, where no row is missing from it. Raises Problems."""
    from handouts.library import Library
    from handouts.library.library import PERSONAL

    if summary.bad or summary.left or summary.merged is None:
        say("印刷していません: 作っていない行があります。", err=True)
        return
    edge = Library.found(clinic).layout(PERSONAL).edge
    ticket = printing.ticket(f"sheets-{summary.made + summary.before}", edge, summary.pages)
    printing.print(summary.merged.read_bytes(), ticket)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _folder(patients: Path, output: str | None) -> Path:
    folder = Path(output) if output else Path(patients.stem)
    if folder.suffix.lower() in (".pdf", ".csv"):
        raise click.UsageError("-o にはフォルダーを書いてください。1つのファイルにするには --merge を使います。")
    return folder


def _merged(text: str | None) -> Path | None:
    if text is not None and Path(text).suffix.lower() != ".pdf":
        raise click.UsageError("--merge には、.pdf で終わるファイルの名前を書いてください。")
    return Path(text) if text else None


@contextmanager
def _progress(count: int) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; elsewhere a line for each tenth."""
    if sys.stderr.isatty():
        with click.progressbar(length=count, label=told("名前入りの紙"), file=sys.stderr, show_pos=True) as bar:
            yield lambda done, _: bar.update(done - bar.pos)
        return
    said = 0

    def tell(done: int, total: int) -> None:
        nonlocal said
        if total >= FEW and (tenth := done * 10 // total) > said:
            said = tenth
            say(f"{done}/{total} 行", err=True)

    yield tell


def _report(summary: Summary) -> None:
    """What was made and what was not: bad rows with all that is wrong, on the error stream, then the summary."""
    from handouts.consult.batch import told as told_of

    problems = [problem for number in sorted(summary.bad) for problem in told_of(number, summary.bad[number])]
    if problems:
        click.echo(show(problems), err=True)
    before = f"(ほかに、前にできていたもの {summary.before} 人分)" if summary.before else ""
    say(f"作った紙: {summary.made} 人分{before}、全部で {summary.sides} ページ")
    if summary.bad:
        rows = "、".join(map(str, sorted(summary.bad)))
        say(f"作らなかった行: {len(summary.bad)}({rows} 行目)。直して --resume を付けると、その行だけ作ります。")
    if summary.left:
        say(f"--stop で止めたので、まだ作っていない行: {summary.left}。--resume で続けます。")
    if summary.folder:
        say(f"フォルダー: {click.format_filename(summary.folder)}(行と番号は index.csv)")
    if summary.merged:
        say(f"まとめたファイル: {click.format_filename(summary.merged)}。両面・長辺とじ・実際のサイズで刷ります。")
    say(f"時間: {summary.seconds:.1f} 秒")
