"""The documentation leads where it says: links, pictures, commands, files, rooms, and the words on the desk's page."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import click
import pytest
import yaml

from handouts.cli import main
from handouts.library import Library
from tests.docs import flow, screens
from tests.docs.markdown import ROOT, Page, pages
from tests.test_architecture import ROOMS

PAGES = {page.name: page for page in pages()}
DOCS = ROOT / "docs"
CONTEXT = main.make_context("handouts", ["list"], resilient_parsing=True)
PLACEHOLDER = re.compile(r"[A-Z]+|名前|資料|[^\x00-\x7f]+|…")
"""What stands for a name to be put in."""
DESK = ROOT / "handouts" / "desk"


def each_page(*but: str) -> pytest.MarkDecorator:
    names = [name for name in PAGES if name not in but]
    assert len(names) > 20
    return pytest.mark.parametrize("page", [PAGES[name] for name in names], ids=names)


@each_page()
def test_links_lead_somewhere(page: Page) -> None:
    lost = []
    for link in page.links():
        target = (page.path.parent / link.file).resolve() if link.file else page.path
        if not target.is_relative_to(ROOT) or not target.exists():
            lost.append(link.file)
        elif link.anchor and link.anchor not in Page(target).anchors():
            lost.append(f"{link.file}#{link.anchor}")
    assert not lost


@each_page()
def test_pictures_say_what_they_show(page: Page) -> None:
    assert [link.file for link in page.links() if link.image and not link.words.strip()] == []


def test_every_picture_is_used() -> None:
    files = {path for path in (DOCS / "images").rglob("*") if path.is_file()} | {*DOCS.glob("*.pdf")}
    assert len(files) > 40
    used = {(page.path.parent / link.file).resolve() for page in PAGES.values() for link in page.links() if link.file}
    assert sorted(path.name for path in files - used) == []


def test_the_index_has_every_page() -> None:
    index = PAGES["docs/README.md"]
    linked = {(DOCS / link.file).resolve() for link in index.links()}
    missing = sorted(name for name, page in PAGES.items() if page.path not in {*linked, index.path})
    assert not missing, "add these to docs/README.md, under who reads them"


@each_page()
def test_commands_exist_with_their_options(page: Page) -> None:
    wrong = [f"handouts {' '.join(words)}: {why}" for words in page.commands() if (why := complaint(words, page))]
    assert not wrong, "\n".join(wrong)


def test_commands_are_found() -> None:
    assert len(PAGES["README.md"].commands()) >= 10
    assert len(PAGES["docs/guide.md"].commands()) >= 20
    assert PAGES["docs/front-desk.md"].commands()


def complaint(words: list[str], page: Page) -> str:
    """What is wrong with a command, or nothing."""
    rest = list(words)
    while rest and rest[0].startswith("-"):
        if not takes(main, rest.pop(0)):
            return "no such option of handouts"
    if not rest:
        return ""
    command = main.get_command(CONTEXT, rest.pop(0))
    if command is None:
        return "no such command"
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        command = command.get_command(CONTEXT, rest.pop(0))
        if command is None:
            return "no such command"
    for index, word in enumerate(rest):
        if word == "--":
            break
        if re.match(r"--?[a-zA-Z]", word):
            name, _, value = word.partition("=")
            option = takes(command, name)
            if option is None:
                return f"no option {name}"
            value = value or (rest[index + 1] if index + 1 < len(rest) else "")
            if why := misvalued(option, value, page):
                return why
    return ""


def takes(command: click.Command, name: str) -> click.Option | None:
    """The option of that name; --help is everyone's."""
    if name in ("--help", "-h"):
        return click.Option(["--help", "-h"], is_flag=True)
    options = [one for one in command.params if isinstance(one, click.Option)]
    return next((one for one in options if name in (*one.opts, *one.secondary_opts)), None)


def misvalued(option: click.Option, value: str, page: Page) -> str:
    """Why an option cannot have this value, or nothing."""
    if option.is_flag or not value:
        return ""
    if option.opts[0] == "--layout":
        known: set[str] = {*Library().layouts(), "test-page", *made(page, "layout")}
    elif option.opts[0] == "--topic":
        known = {*Library().topics(), *made(page, "topic")}
    elif isinstance(option.type, click.Choice):
        known = {str(one) for one in option.type.choices}
    else:
        return ""
    bad = [one for one in value.split("|") if one not in known and not PLACEHOLDER.fullmatch(one)]
    return f"{option.opts[0]} {bad[0]} is none of {sorted(known)}" if bad else ""


def made(page: Page, kind: str) -> set[str]:
    """What a page makes itself before it uses it."""
    return {words[2] for words in page.commands() if words[:2] == ["new", kind] and len(words) > 2}


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("build --topic running --layout trifold", True),
        ("--english build --help", True),
        ("build --topic running --laout trifold", False),
        ("build --topic running --layout bifolt", False),
        ("build --topic runing", False),
        ("build --edition larg --topic running", False),
        ("biuld --topic running", False),
        ("build --layout card|zfold --topic NAME", True),
    ],
)
def test_the_reading_of_commands_itself(typed: str, right: bool) -> None:
    assert (complaint(typed.split(), PAGES["README.md"]) == "") is right


@each_page()
def test_programs_that_write_pages_exist(page: Page) -> None:
    named = {name for piece in page.code() for name in re.findall(r"python3? -m ([A-Za-z_.]*[A-Za-z_])", piece)}
    for name in named:
        spec = importlib.util.find_spec(name)
        assert spec is not None, name
        if name.startswith(("tests.", "handouts.")):
            folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
            starts = any((folder / "__main__.py").exists() for folder in folders) or (
                not folders and spec.origin is not None and '"__main__"' in Path(spec.origin).read_text("utf-8")
            )
            assert starts, f"{name} does nothing when it is run"


@each_page()
def test_files_that_are_named_exist(page: Page) -> None:
    paths = [
        piece for piece in page.spans() if re.fullmatch(r"(handouts|tests|docs|layouts|\.ci)/[a-z0-9_./-]+", piece)
    ]
    assert [path for path in paths if not (ROOT / path).exists() and not is_a_clinics(path)] == []


def is_a_clinics(path: str) -> bool:
    """Whether this may lie in a clinic's folder, which has a layouts/ of its own."""
    return path.startswith("layouts/")


def test_architecture_names_every_room() -> None:
    page = PAGES["docs/architecture.md"]
    said = " ".join(page.spans())
    rooms = [flow.written(room) for floor in ROOMS for room in floor]
    assert len(rooms) > 30
    assert [room for room in rooms if not re.search(rf"(^|[ /]){re.escape(room)}", said)] == []


def test_architecture_names_only_what_is_there() -> None:
    spans = PAGES["docs/architecture.md"].spans()
    inner = [piece for piece in spans if re.fullmatch(r"[a-z_/-]+(\.py|/)", piece) and not piece.startswith("tests/")]
    assert len(inner) > 40
    roots = (ROOT / "handouts", ROOT)
    assert [piece for piece in inner if not any((root / piece).exists() for root in roots)] == []


def test_the_picture_of_the_flow_is_fresh_and_true() -> None:
    assert flow.PICTURE.read_text("utf-8") == flow.drawn(), "run: python -m tests.docs.flow"
    known = {room for floor in ROOMS for room in floor}
    assert flow.rooms() <= known
    assert {"source", "decode", "library", "pages", "pdf", "checks.file"} <= flow.rooms()


def test_the_list_of_screens_is_fresh() -> None:
    assert screens.PAGE.read_text("utf-8") == screens.page(), "run: python -m tests.docs.screens"


def words_on_the_page() -> list[str]:
    """Every sentence that the desk can show in Japanese, with `{…}` where something is filled in."""
    words = list(json.loads((DESK / "page" / "words" / "ja.json").read_text("utf-8")).values())
    words += [both["ja"] for both in yaml.safe_load((DESK / "words.yaml").read_text("utf-8")).values()]
    printers = yaml.safe_load((ROOT / "handouts" / "printing" / "words.yaml").read_text("utf-8"))
    return words + [said for part in printers.values() if isinstance(part, dict) for said in part.values()]


def is_said(quoted: str, words: list[str]) -> bool:
    """Whether the page says this, or a part of it; where something is filled in, anything may stand."""
    bare = quoted.rstrip("。")
    filled = (said for said in words if "{" in said and len(_fixed(said)) > 1)
    return any(bare in said for said in words) or any(re.fullmatch(_pattern(said), bare) for said in filled)


def _pattern(said: str) -> str:
    return ".+".join(re.escape(part) for part in re.split(r"\{\w+\}", said.rstrip("。")))


def _fixed(said: str) -> str:
    return re.sub(r"\{\w+\}", "", said)


def test_the_front_desk_guide_quotes_the_page() -> None:
    words, quoted = words_on_the_page(), set(PAGES["docs/front-desk.md"].bold())
    assert len(quoted) > 60
    assert sorted(one for one in quoted - {"太い字"} if not is_said(one, words)) == []


def test_the_quoting_itself() -> None:
    words = words_on_the_page()
    assert is_said("6つにしない", words)
    assert is_said("90秒は、この体操の目安(30〜60秒)を超えています。", words)
    assert not is_said("プリントする", words)
    assert not is_said("7つは多すぎます。", words)


@each_page()
def test_bold_is_seen_as_bold(page: Page) -> None:
    """Markdown does not end bold between a punctuation mark and a letter: the asterisks would be printed."""
    assert broken_bold(page.prose) == []


def broken_bold(prose: str) -> list[str]:
    """Bold that begins after a letter with a punctuation mark, or ends with one before a letter."""
    found = re.finditer(r"(?P<before>.?)\*\*(?P<words>[^*]+?)\*\*(?=(?P<after>.?))", prose)
    ends = ((one["words"], one["before"] + one["words"][0], one["words"][-1] + one["after"]) for one in found)
    return [
        words for words, left, right in ends if re.fullmatch(r"\w[^\w\s]", left) or re.fullmatch(r"[^\w\s]\w", right)
    ]


def test_broken_bold_itself() -> None:
    assert broken_bold("**今すぐ**と**「早めに」**、**後**で。") == ["「早めに」"]
    assert broken_bold("**残します。**読めます") == ["残します。"]
    assert broken_bold("**残します。** 読めます。**次**です") == []
