"""`handouts build`: topics as PDF."""

from __future__ import annotations

import os
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.options import CLINIC, check_known, day_of, names_of
from handouts.commands.printing import Printing, print_options
from handouts.problems import Problem, Problems, show
from handouts.usage import JapaneseCommand, say

if TYPE_CHECKING:
    from handouts.build import Built
    from handouts.library import Library


TEST_PAGE = "test-page"
"""The layout that shows no topic but what the printer does."""

_SLASHES = ("/", os.sep)
_EDGES = {
    "long": "印刷: 両面・長辺とじ・実際のサイズ(100 %)",
    "short": "印刷: 両面・短辺とじ・実際のサイズ(100 %)",
    "none": "印刷: 片面・実際のサイズ(100 %)",
}
_SHOP = "印刷所用: 塗り足し 3 mm・トンボ付き。色は RGB と黒。PDF/UA-1 と PDF/A-2a の形で、PDF/X ではありません。"
_REVIEW = {
    "missing": "医療専門職の確認がまだです。",
    "changed": "確認の後に内容が変わっています。",
    "expired": "確認の期限が切れています。",
}
_GIVEN_UP = {
    "phrase": "文節の途中での改行",
    "last_line": "1〜2文字だけの最後の行",
    "unit": "数と単位の分かれ",
    "line_end": "行末に置けない文字",
    "line_start": "行頭に置けない文字",
    "width": "幅に入らない文字",
}


@click.command(cls=JapaneseCommand)
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="NAME",
    help="資料の名前。何度でも書ける。",
    shell_complete=names_of("topics"),
)
@click.option("--all", "every", is_flag=True, help="すべての資料を作る。")
@click.option(
    "--layout",
    metavar="NAME",
    help="紙面の形。省くと clinic.yaml の layout(なければ a4)。test-page は試し刷り。",
    shell_complete=names_of("layouts"),
)
@click.option(
    "--edition",
    type=click.Choice(["standard", "large", "ruby", "easy"]),
    default="standard",
    help="版。large は大きな字、ruby はふりがな付き、easy はやさしい日本語。省くと standard。",
)
@click.option("--side", type=click.Choice(["right", "left", "both"]), help="患者さんの膝。図と手順の左右をそろえる。")
@click.option("--mono", is_flag=True, help="白黒プリンター用に作る。")
@click.option("--print-shop", "shop", is_flag=True, help="印刷所に出す形(塗り足し 3 mm とトンボ付き)で作る。")
@click.option(
    "-o",
    "--output",
    metavar="FILE.pdf|DIR/",
    help="出力先のファイルかフォルダー。フォルダーはなければ作る。省くと今のフォルダー。",
)
@click.option("--date", "printed", metavar="YYYY-MM-DD", help="紙に印刷する日付。省くと今日。")
@click.option("--draft", is_flag=True, help="内容の間違いや確認の有無にかかわらず、「下書き」の印を付けて作る。")
@click.option("--no-verify", "unverified", is_flag=True, help="できた PDF を、書く前に測らない。")
@click.option("--open", "open_", is_flag=True, help="できた PDF を開く。")
@print_options
@click.option("--timing", is_flag=True, help="段階ごとの時間を表示する。")
@CLINIC
def build(
    topics: tuple[str, ...],
    every: bool,
    layout: str | None,
    edition: str,
    side: str | None,
    mono: bool,
    shop: bool,
    output: str | None,
    printed: str | None,
    draft: bool,
    unverified: bool,
    open_: bool,
    printer: str | None,
    copies: int | None,
    tray: str | None,
    timing: bool,
    clinic: Path | None,
) -> None:
    """資料を PDF にする。

    \b
    例: handouts build --topic running -o 資料/
        handouts build --topic running --print
    """
    from handouts.build import build_test_page, build_topic
    from handouts.library import Library
    from handouts.model import Edition
    from handouts.output import made_folder
    from handouts.sides import Side

    # What was spent before the first topic: the interpreter, and the modules that are imported up to here.
    loading = time.process_time()
    day = day_of(printed)
    library = Library.found(clinic)
    if shop and printer is not None:
        raise click.UsageError("--print-shop は印刷所に出す形なので、--print と一緒に使えません。")
    printing = Printing.chosen(printer, copies, tray)
    if layout == TEST_PAGE:
        if topics or every or side or draft or shop or edition != "standard":
            raise click.UsageError(f"--layout {TEST_PAGE} に付けられるのは --mono、-o、--date、--print だけです。")
        folder, (target,) = _targets([TEST_PAGE], output)
        with made_folder(folder) if folder else nullcontext():
            built = build_test_page(library, target, day, mono=mono)
            _report(TEST_PAGE, built, shop=False)
            if timing:
                _tell_stages({"imports": loading, **built.stages})
        if open_:
            click.launch(str(target))
        _print([(TEST_PAGE, built)], printing, mono=mono)
        return
    names = _names(library, topics, every)
    layout = layout or library.clinic().layout
    check_known(layout, library.layouts(), "レイアウト")
    endings = [ending for ending, usual in ((layout, "a4"), (edition, "standard")) if ending != usual]
    endings += ["print-shop"] if shop else []
    titles = ["-".join([name, *endings]) for name in names]
    folder, targets = _targets(titles, output)
    done: list[Built] = []
    with made_folder(folder) if folder else nullcontext():
        for name, target in zip(names, targets, strict=True):
            turned = Side(side) if side else None
            built = build_topic(
                library,
                name,
                target,
                day,
                layout=layout,
                edition=Edition(edition),
                mono=mono,
                side=turned,
                draft=draft,
                shop=shop,
                verify=not unverified,
            )
            _report(name, built, shop=shop)
            if timing:
                built.stages["imports"] += 0.0 if done else loading
                _tell_stages(built.stages)
            if open_:
                click.launch(str(built.path))
            done.append(built)
    _print(list(zip(titles, done, strict=True)), printing, mono=mono)


def _print(done: list[tuple[str, Built]], printing: Printing | None, *, mono: bool) -> None:
    """Print what was made, once all of it is there. Raises Problems, before anything is printed.

    A job's title is the topic's, never the file's: somebody may have put a patient's name into that.
    """
    if printing is None:
        return
    tickets = [printing.ticket(title[:64], built.edge, built.sides, mono=mono) for title, built in done]
    for ticket in tickets:
        printing.check(ticket)
    for (_, built), ticket in zip(done, tickets, strict=True):
        printing.print(built.path.read_bytes(), ticket)


def _names(library: Library, topics: tuple[str, ...], every: bool) -> list[str]:
    known = library.topics()
    if every:
        return known
    if not topics:
        raise click.UsageError(f"--topic で資料の名前を指定してください。使える名前: {', '.join(known)}")
    for name in topics:
        check_known(name, known, "資料")
    return list(dict.fromkeys(topics))


def _targets(names: list[str], output: str | None) -> tuple[Path | None, list[Path]]:
    """The folder that is to hold the files, None where none is named, and a file per topic that may be written there.

    Raises Problems, all at once, where a file may not be replaced.
    """
    from handouts.output import PDF, check_target

    folder = _folder(names, output)
    targets = [(folder or Path()) / f"{name}.pdf" for name in names] if folder or not output else [Path(output)]
    problems: list[Problem] = []
    for target in targets:
        try:
            check_target(target, PDF)
        except Problems as raised:
            problems += raised
    if problems:
        raise Problems(problems)
    return folder, targets


def _folder(names: list[str], output: str | None) -> Path | None:
    """The folder that -o names: one that is there, one with a slash at its end, or any where there are several topics.

    None where it names the one file; UsageError where it names neither.
    """
    from handouts.disk import is_folder

    if output is None:
        return None
    if not output:
        raise click.UsageError("-o の値が空です。ファイルかフォルダーの名前を書いてください。")
    path = Path(output)
    if output.endswith(_SLASHES) or is_folder(path):
        return path
    if path.suffix.lower() == ".pdf" and len(names) == 1:
        return None
    if len(names) > 1 and not path.suffix:
        return path
    wanted = "フォルダー" if len(names) > 1 else ".pdf で終わるファイルか、「/」で終わるフォルダー"
    raise click.UsageError(f"-o には、{wanted}を書いてください(例: -o 資料/): {output}")


def _report(name: str, built: Built, *, shop: bool) -> None:
    say(f"{click.format_filename(built.path)} {built.sides}ページ")
    if built.form.dropped:
        from handouts.offer import SECTIONS

        names = "、".join(SECTIONS[name] for name in built.form.dropped)
        say(f"  注意: 紙面に入らないので省きました: {names}", err=True)
    printed, count = built.exercises
    if 0 < printed < count:
        say(f"  注意: この紙面には体操を {printed} つまで載せます({count} つのうち)。", err=True)
    say(f"  {_SHOP if shop else _EDGES[built.edge.value]}")
    if built.unread:
        words = "、".join(built.unread)
        say(f"  注意: 読みがないので、ふりがなを付けていません: {words}(handouts readings {name})", err=True)
    if said := _REVIEW.get(built.review.value):
        say(f"  注意: {said}(handouts approve {name})", err=True)
    if built.defects:
        say("  下書きなので作りましたが、できた紙に欠陥があります。", err=True)
        click.echo(show(built.defects), err=True)
    for reason, count in built.given_up.items():
        say(f"  注意: {_GIVEN_UP.get(reason, reason)} {count}か所", err=True)


def _tell_stages(stages: dict[str, float]) -> None:
    """Each stage with its share of the whole."""
    whole = sum(stages.values())
    for stage, seconds in (*stages.items(), ("total", whole)):
        click.echo(f"  {stage:<8}{seconds * 1000:8.1f} ms{seconds / whole:6.0%}")
