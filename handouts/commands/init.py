"""`handouts init`: a clinic's own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.commands.options import PATH
from handouts.usage import JapaneseCommand, ask, say

if TYPE_CHECKING:
    from handouts.clinic.answers import Answers


class _Console:
    """Questions on standard output, answers from standard input."""

    def ask(self, question: str) -> str:
        """What was typed; an end of input breaks off."""
        return ask(question)

    def tell(self, text: str) -> None:
        """A line below a wrong answer."""
        say(text)


@click.command(cls=JapaneseCommand)
@click.argument("folder", type=PATH, metavar="DIR")
@click.option("--name", metavar="TEXT", help="紙に印刷する名前。")
@click.option("--kind", type=click.Choice(["clinic", "judo"]), help="clinic は診療所・病院、judo は整骨院・接骨院。")
@click.option("--postal-code", metavar="000-0000", help="郵便の番号。")
@click.option("--address", metavar="TEXT", help="医院の住所。")
@click.option("--phone", metavar="TEXT", help="医院の電話番号。")
@click.option("--hours", multiple=True, metavar='"9:00-12:30 月-土"', help="診療(施術)の時間と曜日。何度でも書ける。")
@click.option("--closed", metavar="TEXT", help="休みの日(例 日・祝)。省くと、開かない曜日。")
@click.option("--url", metavar="URL", help="ホームページ。QRコードになる。")
@click.option("--logo", type=PATH, metavar="FILE", help="ロゴ。PNG、JPEG、単色で塗った SVG。")
@click.option("--accent", metavar="#RRGGBB", help="見出しの色。")
@click.option("--paper", type=click.Choice(["duplex", "simplex"]), help="いつもの印刷: duplex は両面、simplex は片面。")
@click.option("--edge", metavar="MM", help="プリンターが印刷できない端の幅。")
@click.option("--yes", is_flag=True, help="書いていない項目を聞かず、組み込みのままにする。")
def init(folder: Path, yes: bool, **flags: Any) -> None:
    """医院のフォルダーを作る。書いていない項目は、聞かれる。

    例: handouts init 医院  ・  handouts init 医院 --yes --name 見本医院 --address 見本市1-2 --phone 03-0000-0000
    """
    from handouts.clinic.answers import ask_all
    from handouts.clinic.begin import begin

    answers, said = _from_flags(flags)
    missing = [f"--{name}" for name in ("name", "address", "phone") if name not in said]
    if not yes:
        answers = ask_all(answers, said, _Console(), _logo)
    elif missing:
        raise click.UsageError(f"{'、'.join(missing)} を書いてください(--yes を外すと、聞かれます)。")
    written, told = begin(folder, answers)
    for problem in told:
        say(f"  注意: {problem.message}{problem.hint}", err=True)
    for path in written:
        click.echo(click.format_filename(path))
    inside = click.format_filename(folder)
    say(f"次は: handouts build --topic running --clinic {inside} --open")


def _from_flags(flags: dict[str, Any]) -> tuple[Answers, set[str]]:
    """The answers that flags gave, and their names. UsageError for a value that is none."""
    from handouts.clinic import answers as take
    from handouts.clinic.hours import closed_of, labelled, line_of

    found, said = take.Answers(), {name for name, value in flags.items() if value not in (None, ())}
    takers: dict[str, Callable[[Any], Any]] = {
        "name": take.some,
        "kind": str,
        "postal_code": take.postal,
        "address": take.some,
        "phone": take.phone,
        "closed": str,
        "url": take.url,
        "logo": _logo,
        "accent": take.colour,
        "paper": str,
        "edge": take.edge,
        "hours": lambda lines: [(labelled(time), days) for time, days in map(line_of, lines)],
    }
    for name in takers:
        if name in said:
            try:
                setattr(found, name, takers[name](flags[name]))
            except ValueError as wrong:
                raise click.UsageError(f"--{name.replace('_', '-')}: {wrong}") from None
    if found.hours and "closed" not in said:
        found.closed = closed_of([days for _, days in found.hours])
        said.add("closed")
    return found, said


def _logo(name: Any) -> Path:
    """A logo's file. ValueError, with what is wrong with it, for one that cannot be printed."""
    from handouts.disk import is_file
    from handouts.logo import ENDINGS, examine
    from handouts.problems import Problems

    path = Path(str(name).strip("'\"")).expanduser()
    try:
        if not is_file(path):
            raise ValueError(f"「{path}」というファイルがありません。")
        if path.suffix.lower() not in ENDINGS:
            raise ValueError("ロゴは PNG、JPEG、SVG のどれかにしてください。")
        examine(path)
    except Problems as wrong:
        first = next(iter(wrong))
        raise ValueError(f"{first.message}{first.hint}") from None
    return path
