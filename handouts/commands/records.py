"""`handouts records`: what is kept of personalised sheets, listed, exported and erased."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.consult.discreet import discreet
from handouts.english import told
from handouts.problems import NOWHERE, Problem, Problems
from handouts.usage import JapaneseGroup, say

if TYPE_CHECKING:
    from handouts.consult.store import Line, Store

HELP = """名前入りの紙の控えを、並べる・書き出す・消す。

どの紙も、番号・日付・内容の照合値・版だけを残します(お名前はありません)。
clinic.yaml に records: true と書くと、お名前と内容も残します。
置き場所は、このパソコンの利用者のデータのフォルダーです(HANDOUTS_DATA で変えられます)。

例: handouts records list
"""
_PATIENT = "1人分だけ。お名前か患者番号は、端末の問いか標準入力の1行目に書く。"


@click.group("records", cls=JapaneseGroup, help=HELP)
def command() -> None:
    """What is kept of sheets."""


@command.command("list")
@click.option("--patient", is_flag=True, help=_PATIENT)
@click.option("--names", is_flag=True, help="お名前と患者番号も画面に出す。")
@click.option("--json", "as_json", is_flag=True, help="JSON で出す。")
@discreet()
def list_(patient: bool, names: bool, as_json: bool) -> None:
    """控えを日付の順に並べる。お名前は、--names を付けたときだけ出す。

    例: handouts records list
    """
    from handouts.consult.kept import as_data

    with _store() as store:
        lines = _lines(store, patient)
        people = store.patients() if names else {}
    if as_json:
        data = [as_data(line, people.get(line.code)) for line in lines]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for line in lines:
        person = people.get(line.code, {})
        whom = "  ".join(person[key] for key in ("name", "id") if key in person)
        state = told("内容あり" if line.full else "番号だけ")
        click.echo(f"{line.date}  {line.code}  {state}  {line.digest[:12]}  {line.version}  {whom}".rstrip())
    if not lines:
        say("控えはありません。")


@command.command()
@click.option("-o", "--output", required=True, metavar="FILE.json|-", help="出力先。「-」は標準出力。")
@click.option("--patient", is_flag=True, help=_PATIENT)
@discreet()
def export(output: str, patient: bool) -> None:
    """控えのすべてを、お名前も含めて JSON で書き出す。ファイルは本人(書き出した人)だけが読める。

    例: handouts records export -o hikae.json
    """
    from handouts.consult.kept import exported
    from handouts.output import check_target, write_whole

    with _store() as store:
        lines = _lines(store, patient)
        if output == "-":
            for part in exported(store, lines):
                click.echo(part, nl=False)
            return
        check_target(Path(output), b"[")
        write_whole(Path(output), exported(store, lines), private=True)
    say(f"{click.format_filename(output)} {len(lines)}件", err=True)


@command.command()
@click.option("--patient", is_flag=True, help=_PATIENT)
@click.option("--code", "codes", multiple=True, metavar="XXXX-XXXX-X", help="紙の番号。何度でも書ける。")
@click.option("--before", "day", metavar="YYYY-MM-DD", help="この日より前の紙のもの。")
@click.option("--yes", is_flag=True, help="たずねずに消す。")
@discreet()
def erase(patient: bool, codes: tuple[str, ...], day: str | None, yes: bool) -> None:
    """お名前と内容の控えを消す。元に戻せない。番号と日付だけは残る。

    例: handouts records erase --before 2021-12-01
    """
    if patient + bool(codes) + (day is not None) != 1:
        raise click.UsageError("--patient、--code、--before のどれか1つを書いてください。")
    limit = _day(day) if day is not None else ""
    with _store() as store:
        chosen = _chosen(store, patient, codes, limit)
        for line in chosen:
            click.echo(f"{line.date}  {line.code}")
        if not chosen:
            say("消す控えはありません。")
            return
        _agree(len(chosen), yes=yes)
        say(f"{store.erase(line.code for line in chosen)}件の控えを消しました。")


@contextmanager
def _store() -> Iterator[Store]:
    from handouts.consult.store import Store

    with Store.opened() as store:
        yield store


def _lines(store: Store, patient: bool) -> list[Line]:
    """All lines, or those of one patient's records."""
    return _chosen(store, patient=True) if patient else store.lines()


def _chosen(store: Store, patient: bool, codes: tuple[str, ...] = (), day: str = "") -> list[Line]:
    """The lines of the records that are meant. Raises Problems where somebody or something named is not there."""
    from handouts.consult.again import record_of
    from handouts.consult.kept import before, of_patient

    lines = store.lines()
    if patient:
        wanted = of_patient(store, _said())
    elif codes:
        wanted = [record_of(store, code).code for code in codes]
    else:
        wanted = before(lines, day)
    return [line for line in lines if line.code in set(wanted)]


def _said() -> str:
    """Whom is meant: asked for on a terminal, else the first line of the standard input; never an argument."""
    if sys.stdin.isatty():
        said: str = click.prompt(told("お名前か患者番号"), err=True)
        return said
    from handouts.consult.record import STDIN
    from handouts.source.files import decoded

    # A name is short: what is longer is no line of one.
    return decoded(sys.stdin.buffer.readline(1000), STDIN).strip()


def _agree(count: int, *, yes: bool) -> None:
    """Have it agreed to. Raises Problems where nobody can be asked, Abort where one says no."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Problems(
            [Problem(NOWHERE, f"{count}件の控えは、まだ消していません。", "消してよければ、--yes を付けてください。")]
        )
    if not click.confirm(told(f"{count}件の控えを消します。元に戻せません。よいですか")):
        raise click.Abort


def _day(text: str) -> str:
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.UsageError(f"--before は 2021-12-01 の形の、こよみにある日を書いてください: {text}") from None
