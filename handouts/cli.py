"""The command line: thin commands that read options, call one function, and print what it made."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from handouts import __version__
from handouts.problems import Problem, Problems, Severity, show
from handouts.usage import JapaneseGroup

if TYPE_CHECKING:
    from handouts.build import Built
    from handouts.library import Library

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years that a sheet may be dated."""

TEST_PAGE = "test-page"
"""The layout that shows no topic but what the printer does."""

_SLASHES = ("/", os.sep)
_PATH = click.Path(path_type=Path, readable=False)
"""Any path: what is wrong with it is told as a Problem, which says more than click's word for a bad value."""

_clinic = click.option(
    "--clinic",
    type=_PATH,
    metavar="DIR",
    help="医院のフォルダー(clinic.yaml のある所)。省くと HANDOUTS_CLINIC、次に今いる所から上へ探す。",
)


@click.group(cls=JapaneseGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="handouts %(version)s", help="版を表示して終わる。")
def main() -> None:
    """患者さんに渡す資料を、印刷できる PDF にします。

    例: handouts build --topic running
    """
    from handouts.disk import here

    here()  # each name of a file is read from the current folder: one that is gone is told first


@main.command()
@click.option("--topic", "topics", multiple=True, metavar="NAME", help="資料の名前。何度でも書ける。")
@click.option("--all", "every", is_flag=True, help="すべての資料を作る。")
@click.option("--layout", default="a4", metavar="NAME", help="紙面の形。省くと a4。test-page は試し刷り。")
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
@click.option("--open", "open_", is_flag=True, help="できた PDF を開く。")
@click.option("--timing", is_flag=True, help="段階ごとの時間を表示する。")
@_clinic
def build(
    topics: tuple[str, ...],
    every: bool,
    layout: str,
    edition: str,
    side: str | None,
    mono: bool,
    shop: bool,
    output: str | None,
    printed: str | None,
    draft: bool,
    open_: bool,
    timing: bool,
    clinic: Path | None,
) -> None:
    """資料を PDF にする。

    例: handouts build --topic running -o 資料/
    """
    from handouts.build import build_test_page, build_topic
    from handouts.library import Library
    from handouts.model import Edition
    from handouts.output import made_folder
    from handouts.sides import Side

    day = _day(printed)
    library = Library.found(clinic)
    if layout == TEST_PAGE:
        if topics or every or side or draft or shop or edition != "standard":
            raise click.UsageError(f"--layout {TEST_PAGE} に付けられるのは --mono、-o、--date だけです。")
        folder, (target,) = _targets([TEST_PAGE], output)
        with made_folder(folder) if folder else nullcontext():
            _report(TEST_PAGE, build_test_page(library, target, day, mono=mono), timing, shop=False)
        if open_:
            click.launch(str(target))
        return
    names = _names(library, topics, every)
    _known(layout, library.layouts(), "レイアウト")
    endings = [ending for ending, usual in ((layout, "a4"), (edition, "standard")) if ending != usual]
    endings += ["print-shop"] if shop else []
    folder, targets = _targets(["-".join([name, *endings]) for name in names], output)
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
            )
            _report(name, built, timing, shop=shop)
            if open_:
                click.launch(str(built.path))


def _names(library: Library, topics: tuple[str, ...], every: bool) -> list[str]:
    known = library.topics()
    if every:
        return known
    if not topics:
        raise click.UsageError(f"--topic で資料の名前を指定してください。使える名前: {', '.join(known)}")
    for name in topics:
        _known(name, known, "資料")
    return list(dict.fromkeys(topics))


def _known(name: str, known: list[str], noun: str) -> None:
    from handouts.decode import did_you_mean

    if name not in known:
        hint = did_you_mean(name, known)
        raise click.UsageError(f"「{name}」という{noun}はありません。{hint}\n使える名前: {', '.join(known)}")


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


def _day(text: str | None, option: str = "--date") -> date:
    if text is None:
        return date.today()
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise click.UsageError(f"{option} は 2026-11-22 の形で書いてください(半角の数字): {text}")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{option} の日がこよみにありません: {text}") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise click.UsageError(f"{option} の年は {FIRST_YEAR}〜{LAST_YEAR} で書いてください: {text}")
    return day


_BLOCKS = {
    "pictures": "原因の図",
    "causes": "原因",
    "check": "自分で確かめる",
    "tips": "ふだんの工夫",
    "questions": "受診で聞くこと",
    "summary": "まとめ",
    "answers": "よくある質問",
}
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

_STATES = {"missing": " [確認前]", "changed": " [確認後に変更]", "expired": " [期限切れ]", "valid": " [確認済み]"}

_GIVEN_UP = {
    "phrase": "文節の途中での改行",
    "last_line": "1〜2文字だけの最後の行",
    "unit": "数と単位の分かれ",
    "line_end": "行末に置けない文字",
    "line_start": "行頭に置けない文字",
    "width": "幅に入らない文字",
}


def _report(name: str, built: Built, timing: bool, *, shop: bool) -> None:
    click.echo(f"{click.format_filename(built.path)} {built.sides}ページ")
    if built.form.dropped:
        names = "、".join(_BLOCKS[name.value] for name in built.form.dropped)
        click.echo(f"  注意: 紙面に入らないので省きました: {names}", err=True)
    printed, count = built.exercises
    if printed < count:
        click.echo(f"  注意: この紙面には体操を {printed} つまで載せます({count} つのうち)。", err=True)
    click.echo(f"  {_SHOP if shop else _EDGES[built.edge.value]}")
    if built.unread:
        words = "、".join(built.unread)
        click.echo(f"  注意: 読みがないので、ふりがなを付けていません: {words}(handouts readings {name})", err=True)
    if said := _REVIEW.get(built.review.value):
        click.echo(f"  注意: {said}(handouts approve {name})", err=True)
    for reason, count in built.given_up.items():
        click.echo(f"  注意: {_GIVEN_UP.get(reason, reason)} {count}か所", err=True)
    if timing:
        for stage, seconds in built.stages.items():
            click.echo(f"  {stage:<8}{seconds * 1000:8.1f} ms")


@main.command("list")
@click.argument("kind", type=click.Choice(["topics", "exercises", "layouts", "figures"]), required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON で出す。")
@_clinic
def list_(kind: str | None, as_json: bool, clinic: Path | None) -> None:
    """使える資料・体操・紙面の形・図を並べる。

    例: handouts list topics
    """
    from handouts.library import Library
    from handouts.library.approval import review
    from handouts.pages.foot import bare_title
    from handouts.sides import sided
    from handouts.text.markup import plain

    library = Library.found(clinic)
    makers: dict[str, Callable[[], dict[str, str]]] = {
        "topics": lambda: {name: bare_title(library.topic(name).title) for name in library.topics()},
        "exercises": lambda: {name: plain(sided(library.exercise(name).name, None)) for name in library.exercises()},
        "layouts": lambda: {name: library.layout(name).name for name in library.layouts()},
        "figures": lambda: {name: _caption(library.pose(name)) for name in library.poses()},
    }
    tables = {key: make() for key, make in makers.items() if kind in (None, key)}
    today = date.today()
    states = {name: review(library.handout(name), today).value for name in tables.get("topics", ())}
    if as_json:
        data = tables | ({"review": states} if "topics" in tables else {})
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    headings = {"topics": "資料", "exercises": "体操", "layouts": "紙面の形", "figures": "図"}
    for key, table in tables.items():
        if not kind:
            click.echo(f"{headings[key]} ({key})")
        width = max(map(len, table), default=0)
        for name, title in table.items():
            state = _STATES[states[name]] if key == "topics" else ""
            click.echo(f"  {name:<{width}}  {title}{state}")


def _caption(pose: Path) -> str:
    """What stands under a figure where no side is meant."""
    from handouts.figures.picture import read_pose_texts
    from handouts.sides import sided

    return sided(read_pose_texts(pose)[1], None)


@main.command()
@click.argument("paths", nargs=-1, type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="JSON で出す。")
@click.option("--scores", is_flag=True, help="資料ごとの点数(文字、文の長さ、PEMAT、読みやすさ、時間、出典)を出す。")
@_clinic
def check(paths: tuple[Path, ...], as_json: bool, scores: bool, clinic: Path | None) -> None:
    """定義ファイルの間違いを、すべて一度に示す。

    例: handouts check  ・  handouts check topics/running.yaml  ・  handouts check --scores
    """
    from handouts.checks.content import check as check_content
    from handouts.checks.content import unread_words
    from handouts.library import Library

    library = Library.found(clinic)
    if scores:
        _scores(library, [path.stem for path in paths], as_json)
        return
    problems = check_content(list(paths) or None, library)
    if as_json:
        click.echo(json.dumps([_as_data(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        click.echo(show(problems) if problems else "問題はありません。")
        topics = set(library.topics())
        named = [path.stem for path in paths if path.parent.name == "topics" and path.stem in topics] if paths else None
        for name, words in unread_words(library, named).items():
            click.echo(f"{name}: ふりがなの版で読みのない言葉: {'、'.join(words)}(handouts readings {name})")
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise click.exceptions.Exit(1)


def _scores(library: Library, names: list[str], as_json: bool) -> None:
    """Print what topics score: those of the named files, else all."""
    from handouts.checks.report import as_data, open_items, reports, table

    known = library.topics()
    for name in names:
        _known(name, known, "資料")
    found = reports(library, names or known, date.today())
    if as_json:
        click.echo(json.dumps([as_data(one) for one in found], ensure_ascii=False, indent=2))
    else:
        click.echo(f"{table(found)}\n\n人が見る項目 (PEMAT-P 日本版):\n{open_items()}")


def _as_data(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity.value,
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
    }


@main.command()
@click.argument("topic")
@_clinic
def readings(topic: str, clinic: Path | None) -> None:
    """まだ読みのない言葉に、読みの候補を出す。人が確かめて common/readings.yaml に書く。

    例: handouts readings running
    """
    from handouts.library import Library
    from handouts.proposals import as_yaml, proposals

    library = Library.found(clinic)
    _known(topic, library.topics(), "資料")
    click.echo(as_yaml(proposals(library, topic)))


@main.command()
@click.argument("topic")
@click.option("--by", required=True, metavar="NAME", help="確認した方の名前。紙に印刷される。")
@click.option(
    "--role",
    required=True,
    type=click.Choice(["医師", "柔道整復師", "理学療法士", "看護師"]),
    help="その方の資格。紙に印刷される。",
)
@click.option("--on", metavar="YYYY-MM-DD", help="確認した日。省くと今日。")
@_clinic
def approve(topic: str, by: str, role: str, on: str | None, clinic: Path | None) -> None:
    """資料の今の内容を、名前を挙げて確認済みにする。

    例: handouts approve running --by 見本花子 --role 医師
    """
    from handouts.approve import approve as record
    from handouts.library import Library
    from handouts.model import Role

    day = _day(on, "--on")
    library = Library.found(clinic)
    _known(topic, library.topics(), "資料")
    target = record(library, topic, by, Role(role), day)
    click.echo(f"{click.format_filename(target)} に、{topic} の確認を書きました。")


@main.command()
@click.argument("name")
@click.option("-o", "--output", required=True, metavar="FILE", help="出力先。.svg .pdf .png のどれか。")
@click.option("--side", type=click.Choice(["right", "left"]), help="どちらの脚にするか。省くと図のまま。")
@click.option("--mono", is_flag=True, help="白黒プリンター用に描く。")
@click.option("--watch", is_flag=True, help="図の定義を保存するたびに描き直す。")
@_clinic
def figure(name: str, output: str, side: str | None, mono: bool, watch: bool, clinic: Path | None) -> None:
    """図を1つ描く(pip install 'handouts[draw]' が要る)。

    例: handouts figure wall-calf --side left -o wall.png
    """
    from handouts.drawing import render
    from handouts.drawing import watch as watching
    from handouts.library import Library

    library = Library.found(clinic)
    _known(name, library.poses(), "図")
    turned = cast(Any, side)
    if not watch:
        render(library.pose(name), side=turned, mono=mono, target=Path(output))
        click.echo(output)
        return
    for problems in watching(library.pose(name), side=turned, mono=mono, target=Path(output)):
        click.echo(show(problems) if problems else output)


@main.command()
@click.option("--write", "folder", type=_PATH, metavar="DIR", help="書き出す所。")
def schema(folder: Path | None) -> None:
    """YAML の JSON Schema を出す。

    例: handouts schema --write .schema
    """
    from handouts.output import write_whole
    from handouts.schema import schemas

    texts = {name: json.dumps(value, ensure_ascii=False, indent=2) + "\n" for name, value in schemas().items()}
    if folder is None:
        click.echo(json.dumps(schemas(), ensure_ascii=False, indent=2))
        return
    _make(folder)
    for name, text in texts.items():
        target = folder / f"{name}.schema.json"
        write_whole(target, text.encode())
        click.echo(click.format_filename(target))


def _make(folder: Path) -> None:
    from handouts.disk import reason
    from handouts.problems import Place

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "--write に別のフォルダーを指定してください。"
        raise Problems([Problem(Place(str(folder)), f"フォルダーを作れません({reason(error)})。", hint)]) from None
