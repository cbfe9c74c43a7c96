"""`handouts personalize`: one patient's sheet, from a record or from answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.options import today
from handouts.commands.printing import Printing, print_options
from handouts.consult.discreet import discreet
from handouts.english import told
from handouts.problems import Place, Problems
from handouts.usage import JapaneseCommand, ask, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handouts.consult.content import Content
    from handouts.consult.dialogue import Desk
    from handouts.consult.issue import Issued
    from handouts.consult.plan import Plan
    from handouts.consult.record import Flags
    from handouts.consult.store import Record
    from handouts.library import Library
    from handouts.model.consultation import Consultation

HELP = """患者さん1人の紙(名前、膝、体操と用量、次の受診)を PDF にする。

何も付けずに端末で打つと、日本語で1つずつたずねます。決めたことをすべて見せてから作ります。
お名前は記録(RECORD)か、端末の問いに書きます。命令の行には書きません。
--print を付けると印刷します。-o がなければ、PDF のファイルは残りません。

\b
例: handouts personalize
      端末で聞かれるとおりに答える。
例: 右膝、椅子の体操を20秒×3回、朝と夕、2週間後に受診
  handouts personalize kiroku.yaml --topic stairs --side right \\
      --exercise 'hamstring-chair=20s*3*2/day' --next-visit 2週間後 --yes -o sheet.pdf
      kiroku.yaml は「patient: {name: 見本 花子}」の1行だけでもよい。

\b
RECORD は YAML か JSON のファイル。「-」なら標準入力から読みます(echo で渡すと、お名前が履歴に残ります)。
  topics: [stairs]                  資料の名前 (handouts list topics)
  patient: {name: 見本 花子, age: 72}
  side: right                       right 右、left 左、both 両方
  exercises:                        省くと資料の体操 (handouts list exercises)
    - hamstring-chair:20s*3*2/day   20秒 × 3回 × 1日2回
  conditions: [人工関節]            体操の前に考える病気や薬
  findings: [膝の裏の外側が硬い]
  notes: [痛む日は休みます]
  next_visit: 2週間後               2026-12-07 10:00 とも書けます
ほかに date、practitioner、places、avoid、edition、paper、previous が書けます(handouts schema)。

\b
用量の書き方: 時間*回数*組数*1日の回数/day のうち、要るもの。書かないものは資料のまま。
  20s*3*2/day  20秒 × 3回 × 1日2回    2/day  1日2回だけ変える
  2分*朝夕     2分 × 1日2回           10*2セット*1/day  10回 × 2セット × 1日1回

\b
確かめの質問: 用量が資料の範囲の外、病気や年齢が体操の注意に当たる、体操が5つより多い、1日の時間が長い、
次の受診が過ぎた日、など。端末では y か n で答えます。端末でなければ、--yes がないと作らずに終わります
(終了コード 1)。できたファイルは、本人(作った人)だけが読めます。
"""


@click.command("personalize", cls=JapaneseCommand, help=HELP)
@click.argument("record", required=False, metavar="[RECORD|-]")
@click.option("-o", "--output", metavar="FILE.pdf|DIR/", help="出力先。省くと今のフォルダーの sheet-番号.pdf。")
@click.option("--topic", "topics", multiple=True, metavar="NAME", help="資料。記録のものと入れ替える。3つまで。")
@click.option("--side", metavar="right|left|both", help="患者さんの膝。右・左・両方とも書ける。")
@click.option(
    "--exercise", "exercises", multiple=True, metavar="NAME[=用量]", help="体操を加えるか、その用量を変える。"
)
@click.option("--next-visit", metavar="WHEN", help="次の受診。例: 2週間後、'2026-12-07 10:00'。")
@click.option("--condition", "conditions", multiple=True, metavar="TEXT", help="体操の前に考える病気や薬を加える。")
@click.option("--finding", "findings", multiple=True, metavar="TEXT", help="所見を加える。")
@click.option(
    "--place", "places", multiple=True, metavar="inner|middle|outer", help="痛む所(内側・中央・外側)。入れ替える。"
)
@click.option("--avoid", multiple=True, metavar="TEXT", help="次の受診まで控えることを加える。")
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="医院からのひと言を加える。")
@click.option("--age", metavar="N", help="年齢を加えるか、変える。")
@click.option("--practitioner", metavar="NAME", help="説明した人(医療者)。")
@click.option("--date", metavar="YYYY-MM-DD", help="診察日。紙の日付もこの日になる。省くと今日。")
@click.option(
    "--previous", metavar="XXXX-XXXX-X", help="前の紙の番号。言わないことは前のまま、「前回からの変更」を印刷する。"
)
@click.option("--edition", metavar="NAME", help="版。standard 標準、large 大きな字。")
@click.option("--mono", is_flag=True, help="白黒プリンター用に作る。")
@click.option("--yes", is_flag=True, help="確かめの質問すべてに y と答える。")
@click.option("--again", metavar="XXXX-XXXX-X", help="控えのある紙を、同じ内容と日付でもう一度作る。")
@click.option("--password", "ask_password", is_flag=True, help="パスワードを端末でたずね、暗号化する(メール用)。")
@click.option("--password-fd", type=int, metavar="N", help="パスワードを、ファイル記述子 N の1行目から読む。")
@print_options
@click.option("--clinic", type=click.Path(path_type=Path, readable=False), metavar="DIR", help="医院のフォルダー。")
@discreet()
def command(
    record: str | None,
    output: str | None,
    mono: bool,
    yes: bool,
    again: str | None,
    ask_password: bool,
    password_fd: int | None,
    printer: str | None,
    copies: int | None,
    tray: str | None,
    clinic: Path | None,
    **said: str | tuple[str, ...],
) -> None:
    """Build one sheet: read or ask, show everything, have the questions answered, write."""
    from handouts.consult.plan import plan
    from handouts.consult.record import Flags
    from handouts.library import Library

    if again is not None and (record or mono or any(said.values())):
        raise click.UsageError(
            "--again は、前と同じ紙を作ります。一緒に付けられるのは -o、--print、--password、--clinic だけです。"
        )
    if password_fd == 0 and record == "-":
        raise click.UsageError("標準入力から、記録とパスワードの両方は読めません。")
    if printer is not None and (ask_password or password_fd is not None):
        raise click.UsageError(
            "パスワードの付いた PDF は印刷できません。--print と --password は、どちらかにしてください。"
        )
    library = Library.found(clinic)
    password = _password(ask_password, password_fd)
    printing = Printing.chosen(printer, copies, tray)
    if again is not None:
        _again(library, again, output, password, printing)
        return
    flags = Flags(paper="mono" if mono else None, **said)  # type: ignore[arg-type]
    printed = _printed(flags)
    desk = _desk() if sys.stdin.isatty() and record != "-" else None
    consultation = _consultation(library, record, flags, printed, desk)
    made = plan(library, consultation, printed, *_previous(consultation))
    _agree(made, desk, yes=yes)
    if printing is None:
        _write(library, made, output, password)
    else:
        _print(library, made, output, printing)


def _printed(flags: Flags) -> date:
    """The day that is printed; one that is none is told where the record is read. Raises Problems of the clock."""
    from datetime import date

    try:
        return date.fromisoformat(flags.date) if flags.date else today()
    except ValueError:
        return today()


def _consultation(library: Library, record: str | None, flags: Flags, printed: date, desk: Desk | None) -> Consultation:
    from handouts.consult.dialogue import ask_all
    from handouts.consult.record import read_record, record_text

    if record is not None:
        text, shown = record_text(record)
        return read_record(text, shown, library, printed, flags, _earlier)
    if desk is None:
        raise click.UsageError(
            "記録のファイル(RECORD)か、標準入力から読む「-」を書いてください。例は --help にあります。"
        )
    return ask_all(library, flags, printed, desk, _earlier)


def _desk() -> Desk:
    """Whoever sits at the terminal."""
    from handouts.consult.dialogue import Desk

    return Desk(ask, say)


def _agree(made: Plan, desk: Desk | None, *, yes: bool) -> None:
    """Show everything and have it agreed to. Raises Problems where questions stay open, Abort where one says no."""
    from handouts.consult.summary import NO_CHANGE, summary

    for line in summary(made, with_name=desk is not None).split("\n"):
        # What is indented stands on the paper: it is shown as the paper has it.
        click.echo(line if line.startswith("  ") and line.strip() != NO_CHANGE else told(line))
    if yes:
        for question in made.questions:
            say(f"注意: {question.text} → はい(--yes)", err=True)
        return
    if desk is None:
        if made.questions:
            raise Problems(question.problem() for question in made.questions)
        return
    for question in made.questions:
        if not desk.confirm(f"注意: {question.text}\nこのままでよいですか"):
            raise click.Abort
    if not desk.confirm("この内容で PDF を作りますか"):
        raise click.Abort


def _write(library: Library, made: Plan, output: str | None, password: str | None) -> Issued:
    from handouts.consult.issue import fresh_code, issue
    from handouts.consult.store import Store

    with Store.opened() as store:
        code = fresh_code(store)
        done = issue(library, made, code, _target(output, code), store, password)
    say(f"{click.format_filename(done.path)} {done.sides}ページ 番号 {code}")
    return done


def _print(library: Library, made: Plan, output: str | None, printing: Printing) -> None:
    """Print a sheet; without -o no file is left of it. Raises Problems."""
    from handouts.consult.issue import fresh_code, issue_by
    from handouts.consult.store import Store
    from handouts.model.consultation import Paper

    mono = made.consultation.paper is Paper.MONO
    if output is not None:
        done = _write(library, made, output, None)
        _send(library, done.path.read_bytes(), done.code, done.sides, printing, mono=mono)
        return
    with Store.opened() as store:
        code = fresh_code(store)

        def put(data: bytes, sides: int) -> None:
            say(f"{sides}ページ 番号 {code}")
            _send(library, data, code, sides, printing, mono=mono)

        issue_by(library, made, code, store, put)


def _send(library: Library, data: bytes, code: str, sides: int, printing: Printing, *, mono: bool) -> None:
    """Send a sheet to the printer; its code is all that the list of print jobs shows. Raises Problems."""
    from handouts.library.library import PERSONAL

    printing.print(data, printing.ticket(code, library.layout(PERSONAL).edge, sides, mono=mono))


def _again(library: Library, code: str, output: str | None, password: str | None, printing: Printing | None) -> None:
    """Make a sheet once more, and say what is otherwise."""
    from handouts.consult.again import checked, rebuild, remade
    from handouts.output import write_whole

    code = checked(code)
    if printing is None:
        done = rebuild(library, code, _target(output, code), password=password)
        say(f"{click.format_filename(done.path)} {done.sides}ページ 番号 {code}")
        _compared(done.differences)
        return
    made = remade(library, code)
    if output is not None:
        write_whole(_target(output, code), made.data, private=True)
    say(f"{made.sides}ページ 番号 {code}")
    _compared(made.differences)
    _send(library, made.data, code, made.sides, printing, mono=made.mono)


def _compared(differences: tuple[str, ...]) -> None:
    """Say what is otherwise in a sheet that was made once more."""
    if not differences:
        say("  前に作った紙と、まったく同じです。")
        return
    say("  注意: 前に作った紙と違うところがあります。", err=True)
    for difference in differences:
        say(f"    {difference}", err=True)


def _password(ask: bool, source: int | None) -> str | None:
    """The password for the file; asked for before all else, so that no work is lost where there is none."""
    if not ask and source is None:
        return None
    from handouts.consult.password import check_library, check_password, read_password

    check_library()
    password = read_password(source)
    check_password(password)
    return password


def _target(output: str | None, code: str) -> Path:
    """The file; without a name of its own it has the code's, never the patient's. Raises Problems, UsageError."""
    from handouts.disk import is_folder
    from handouts.output import PDF, check_target

    path = Path(output or ".")
    if output is None or output.endswith("/") or is_folder(path):
        path /= f"sheet-{code}.pdf"
    elif path.suffix.lower() != ".pdf":
        raise click.UsageError("-o には、.pdf で終わるファイルか、「/」で終わるフォルダーを書いてください。")
    check_target(path, PDF)
    return path


def _previous(consultation: Consultation) -> tuple[Content | None, Mapping[str, str] | None]:
    """The sheet before and whom it was for, where the record names one. Raises Problems where it is not kept."""
    if consultation.previous is None:
        return None, None
    from handouts.model import place_of

    found = _kept(consultation.previous, place_of(consultation.previous))
    return found.content, found.patient


def _earlier(code: str, place: Place) -> Content:
    """The content of the sheet of a code that stands at a place. Raises Problems where it is not kept."""
    return _kept(code, place).content


def _kept(code: str, place: Place) -> Record:
    from handouts.consult.again import record_of
    from handouts.consult.store import Store

    with Store.opened() as store:
        return record_of(store, code, place)
