"""What is done with a changed file of each kind, and what must hold: a whole and right PDF, or Problems."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from handouts.build import build_topic
from handouts.checks.content import check
from handouts.checks.file import PdfFile
from handouts.consult.issue import pdf_of
from handouts.consult.plan import plan
from handouts.consult.record import read_record, record_text
from handouts.consult.sheetmaker import Maker, Order
from handouts.consult.table import read_table
from handouts.library import Library
from handouts.model import Edition
from handouts.output import write_whole
from handouts.paths import PACKAGE
from handouts.problems import Problem, Problems, show
from handouts.sides import Side, sided
from handouts.text.markup import plain
from tests.fuzz.corpus import WHO, Case, Way

DAY = date(2026, 11, 22)
OLD = b"%PDF-1.4 what was there before"
CODE = "AB2C-3D4E-F"
ROWS = 3
"""Rows of a table that are made into sheets; the others are only read."""
_JAPANESE = re.compile("[ぁ-ゖァ-ヶ一-龠]")
_ASIDE = re.compile("「[^」]*」|[0-9]+|`[^`]*`")


class Broken(Exception):
    """A promise that did not hold."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`made` is how many files came of it, `said` the messages without what is special to the case."""

    made: int
    said: frozenset[str]


def answer(case: Case, folder: Path) -> Answer:
    """Use the file as its kind is used, in an empty folder. Raises Broken, or whatever the program let through."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    problems: list[Problem] = []
    made = 0
    try:
        for more in _TARGETS[case.kind](case, folder):
            made += isinstance(more, Path)
            problems += more if isinstance(more, list) else []
    except Problems as raised:
        problems += raised
    _told(problems, case)
    crumbs = [path.name for path in folder.rglob("*") if path.suffix in (".tmp", ".part")]
    if crumbs:
        raise Broken(f"left behind: {crumbs}")
    return Answer(made, frozenset(_ASIDE.sub("…", problem.message) for problem in problems))


Outcome = Iterable[Path | list[Problem]]


# -- definitions: what a clinic writes into its folder --


def _clinic(case: Case, folder: Path) -> tuple[Library, Path]:
    """A clinic's folder whose one changed file is the case's, and that file."""
    kinds = {"topic": "topics", "exercise": "exercises", "common": "common", "layout": "layouts"}
    kinds |= {"theme": "layouts/themes", "clinic": ""}
    clinic = folder / "医院 🦵"
    path = clinic / kinds[case.kind] / f"{case.stem}.yaml"
    path.parent.mkdir(parents=True)
    shutil.copyfile(PACKAGE / "clinic.yaml", clinic / "clinic.yaml")
    path.write_bytes(case.data)
    return Library(clinic), path


def _definition(case: Case, folder: Path) -> Outcome:
    library, path = _clinic(case, folder)
    if case.choice % 3 == 0:
        yield check([path], library, DAY)
    yield _built(case, library, folder / "x.pdf")


def _built(case: Case, library: Library, target: Path) -> Path:
    """A topic in some layout, edition, side and ink. Where Problems are raised, what was there before still is."""
    way = case.way or _way(case)
    side, edition = Side(way.side) if way.side else None, Edition(way.edition)
    target.write_bytes(OLD)
    try:
        built = build_topic(
            library,
            way.topic,
            target,
            DAY,
            layout=way.layout,
            edition=edition,
            side=side,
            mono=way.mono,
            shop=way.shop,
            draft=way.draft,
        )
    except Problems:
        if target.read_bytes() != OLD:
            raise Broken("Problems, and the file is another") from None
        raise
    wanted = []
    if edition in (Edition.STANDARD, Edition.LARGE) and library.layout(way.layout).flow:
        wanted = [plain(sided(sign.text, side)) for sign in library.handout(way.topic).signs]
    if not built.defects:  # a draft says what is wrong with its file, and is written all the same
        _right(target, wanted)
    return target


def _way(case: Case) -> Way:
    """The way that a case's choice picks."""
    topic, layout, edition = _offer(case)
    side = (None, *Side)[case.choice // 7 % 4]
    mono, shop, draft = case.choice // 2 % 5 == 0, case.choice // 3 % 9 == 0, case.choice % 2 == 0
    return Way(topic, layout, edition.value, side.value if side else None, mono, shop, draft)


def _offer(case: Case) -> tuple[str, str, Edition]:
    """The topic, layout and edition that a case is built in: such as use what was changed."""
    offers, users = _offers(), _users()
    topics = [case.stem] if case.kind == "topic" else users.get(case.stem, Library().topics())
    topic = topics[case.choice // 5 % len(topics)]
    if case.kind == "layout":
        offers = tuple(one for one in offers if one[0] == case.stem) or offers
    if case.kind == "theme":
        offers = (
            tuple(one for one in offers if Library().layout(one[0]).as_edition(one[1]).theme == case.stem) or offers
        )
    return topic, *offers[case.choice // 11 % len(offers)]


@cache
def _offers() -> tuple[tuple[str, Edition], ...]:
    library = Library()
    return tuple((name, edition) for name in library.layouts() for edition in library.layout(name).editions)


@cache
def _users() -> dict[str, list[str]]:
    """The topics that use each exercise."""
    library = Library()
    used: dict[str, list[str]] = {}
    for topic in library.topics():
        for entry in library.handout(topic).exercises:
            used.setdefault(entry.id, []).append(topic)
    return used


def _pose(case: Case, folder: Path) -> Outcome:
    """A pose, drawn."""
    from handouts.drawing import render

    path = folder / "poses" / f"{case.stem}.yaml"
    path.parent.mkdir()
    path.write_bytes(case.data)
    if case.choice % 3 == 0:
        yield check([path], _plain_library(), DAY)
    target = folder / ("x.svg" if case.choice % 4 else "x.pdf")
    side: tuple[None, str, str] = (None, "right", "left")
    render(path, side=side[case.choice // 4 % 3], mono=case.choice % 2 == 0, target=target)  # type: ignore[arg-type]
    data = target.read_bytes()
    if not data.rstrip().endswith((b"</svg>", b"%%EOF")) or b"nan" in data[:20000].split(b"stream")[0]:
        raise Broken("the drawing is not whole")
    yield target


# -- patients: records and tables --


@cache
def _plain_library() -> Library:
    """What is built in, read once."""
    return Library()


def _record(case: Case, folder: Path) -> Outcome:
    path, library = folder / "kiroku.yaml", _plain_library()
    path.write_bytes(case.data)
    text, shown = record_text(str(path))
    made = plan(library, read_record(text, shown, library, DAY), DAY)
    data, _ = pdf_of(library, made, CODE)
    target = folder / "x.pdf"
    write_whole(target, data, private=True)
    name = made.consultation.patient.name
    _right(target, [] if "\\" in name or "{" in name or "*" in name else [name])
    yield target


def _table(case: Case, folder: Path) -> Outcome:
    path = folder / "kanja.csv"
    path.write_bytes(case.data)
    table = read_table(path)
    maker = _maker(case.choice % 2 == 0)
    for row in table.rows:
        row.digest(b"salt")
    for row in table.rows[:ROWS]:
        order = Order(row, CODE, folder / f"{row.number}.pdf", DAY)
        made = maker.make(order)
        if made.problems:
            yield list(made.problems)
        else:
            sheet = order.draft.rename(order.target)
            _right(sheet, [])
            yield sheet


@cache
def _maker(yes: bool) -> Maker:
    return Maker.of(None, yes=yes)


_TARGETS: dict[str, Callable[[Case, Path], Outcome]] = {
    **dict.fromkeys(("topic", "exercise", "common", "layout", "theme", "clinic"), _definition),
    "pose": _pose,
    "record": _record,
    "table": _table,
}


# -- what must hold --


def _right(path: Path, wanted: list[str]) -> None:
    """The file is whole, every glyph can be read back and lies on its page, and the texts wanted are there."""
    data = path.read_bytes()
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        raise Broken("the PDF is not whole")
    with PdfFile(path) as pdf:
        if not pdf.pages:
            raise Broken("the PDF has no page")
        for page in pdf.pages:
            if page.unmapped():
                raise Broken("a glyph is missing")
            if cut := page.near_edge(0):
                raise Broken(f"cut off at the edge: {cut[0].text}")
        said = _solid("".join(page.text for page in pdf.pages))
    if lost := [text for text in wanted if _solid(text) not in said]:
        raise Broken(f"not on paper: {lost[0]}")


def _solid(text: str) -> str:
    return "".join(text.split())


def _told(problems: list[Problem], case: Case) -> None:
    """Every message is Japanese, can be shown, and is no excuse for a failure nobody foresaw; none says the name."""
    shown = show(problems)
    shown.encode("utf-8", "surrogateescape")
    for problem in problems:
        if not _JAPANESE.search(problem.message):
            raise Broken(f"a message that is not Japanese: {problem.message}")
        if "プログラムの中で失敗" in problem.message:
            raise Broken(problem.message)
    if case.kind in ("record", "table") and WHO in shown:
        raise Broken("a message says the name")
