"""The benchmark itself: it runs, every contender that is here says every text, and its counters count."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from handouts.faces import load_faces
from handouts.pages.sheet import Document, Sheet, Tag, Text
from handouts.paths import builtin
from handouts.pdf import write
from tests.bench.contenders import BASE, OURS, UNVERIFIED, Contender, present
from tests.bench.files import Seen, seen
from tests.bench.growth import Growth, amounts, characters
from tests.bench.leaves import Sheets, changes, leaves, texts
from tests.bench.process import Run
from tests.bench.race import Field, Race, first
from tests.bench.sheets import edges, narrow_sheet, personal_sheets, topic_sheets

HERE = [one for one in present() if one.module != UNVERIFIED]


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Field:
    """A field on which two sheets of each kind are ready."""
    found = Field(tmp_path_factory.mktemp("bench"), HERE)
    found.prepare(2)
    return found


def look(field: Field, one: Contender, kind: str) -> Seen:
    """A contender's first sheet of a kind, from outside."""
    race = Field(field.folder, [one], field.tell).first(kind)
    assert not race.failed
    return seen(field.target(one, kind), texts(first(field.sheets(kind))))


def test_ours_and_platypus_always_take_part() -> None:
    assert {OURS, BASE} <= {one.module for one in HERE}


@pytest.mark.parametrize("one", HERE, ids=[one.module for one in HERE])
@pytest.mark.parametrize("kind", ["topic", "personal"])
def test_every_contender_sets_every_text_on_two_sides(field: Field, one: Contender, kind: str) -> None:
    found = look(field, one, kind)
    assert found.missing == ()
    assert found.pages == 2
    if one.module == OURS:
        assert found.tagged
        assert found.universal
        assert found.alts >= 3
        assert (found.starts, found.ends) == ((), ())


def test_the_second_sheet_is_another_patients(field: Field) -> None:
    ours = next(one for one in HERE if one.module == OURS)
    base = next(one for one in HERE if one.module == BASE)
    both = list(personal_sheets(2))
    for one in (ours, base):
        race = Field(field.folder, [one], field.tell).batch(20)
        assert len(race.runs[one.name]) == 2
        found = seen(field.target(one, "personal"), texts(both[1]))
        assert found.missing == ()
        assert seen(field.target(one, "personal"), texts(both[0])).missing != ()


def test_the_command_prints_ratios_of_whole_processes(tmp_path: Path, repository: Path) -> None:
    command = [sys.executable, "-m", "tests.bench", "--rounds", "1", "--documents", "2", "--only", "cold", "files"]
    command += ["--contenders", OURS, BASE, "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "| ReportLab Platypus |" in done.stdout
    assert "wall ÷ Platypus" in done.stdout
    row = next(line for line in done.stdout.splitlines() if line.startswith("| handouts |"))
    assert float(row.split("|")[4]) > 0


def test_the_result_goes_between_its_marks(tmp_path: Path) -> None:
    from tests.bench.__main__ import BEGIN, END, _put

    page = tmp_path / "speed.md"
    page.write_text(f"before\n{BEGIN}old\n{END}after\n", encoding="utf-8")
    _put(page, "new")
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\nnew\n{END}after\n"
    page.write_text("no marks\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        _put(page, "new")


def test_a_ratio_is_the_median_of_pairs() -> None:
    race = Race({"ReportLab Platypus": [Run(1, 1), Run(2, 2), Run(4, 4)], "x": [Run(2, 1), Run(2, 1), Run(2, 1)]})
    assert race.base() == "ReportLab Platypus"
    assert race.ratio("x", race.base(), lambda run: run.wall) == 1.0
    assert race.ratio("x", race.base(), lambda run: run.core) == 0.5


LINES = ("これは長い文です。次の行は句読点", "、で始まり、この行は括弧で終わります(", "どちらも禁じられています)。")


def test_forbidden_starts_and_ends_and_lines_too_long_are_counted(tmp_path: Path) -> None:
    root = Tag("Document")
    sheet = Sheet(595.28, 841.89)
    tag = root.add("P")
    for number, line in enumerate(LINES):
        item = Text(34, 100 + 14 * number, line, "regular", 10)
        sheet.items.append(item)
        tag.kids.append(item)
    path = tmp_path / "made.pdf"
    path.write_bytes(write(Document([sheet], root, "見本", date="2026-11-22"), load_faces([builtin("fonts")])))
    whole = "".join(LINES)
    found = seen(path, [whole], [34 + 60.0])
    assert (len(found.starts), len(found.ends), found.lines, found.beyond) == (1, 1, 3, 3)
    assert seen(path, [whole], [34 + 300.0]).beyond == 0
    assert found.missing == ()
    # Lines that are texts of their own were not broken; a text that is nowhere is told.
    apart = seen(path, [*LINES, "ない文"])
    assert (apart.starts, apart.ends, apart.missing) == ((), (), ("ない文",))


def test_sheets_of_one_form_differ_in_texts_and_code_alone() -> None:
    one, two = personal_sheets(2)
    said = changes(one, two)
    assert "qr" in said
    sheets = Sheets({"sheet": one, "differences": [{"said": {}, "rows": one["rows"]}, {"said": said, "rows": []}]})
    before = texts(one)
    assert sheets.turn_to(1) == said
    assert texts(sheets.sheet) == texts(two)
    assert sheets.turn_to(0) == {}
    assert texts(sheets.sheet) == before
    with pytest.raises(ValueError, match="form"):
        changes(one, {**two, "blocks": [{**leaf, "text": ""} for leaf in leaves(one["blocks"])]})


def test_the_topics_sheet_has_its_pictures_and_its_code() -> None:
    sheet = next(topic_sheets(1))
    assert len(sheet["figures"]) == 5
    assert all("<path" in figure["svg"] for figure in sheet["figures"].values())
    assert len(sheet["rows"]) == len(sheet["rows"][0]) >= 21
    assert len(texts(sheet)) > 100


def test_the_narrow_sheet_has_each_text_in_many_widths() -> None:
    sheet = narrow_sheet()
    assert len(edges(sheet)) == len(texts(sheet)) > 100


def test_growth_is_told_by_a_line() -> None:
    each, fit = Growth("x", [1, 10, 100], [2.0, 20.0, 200.0]).line
    assert (round(each, 9), round(fit, 9)) == (2, 1)
    assert Growth("x", [1, 10, 100], [1.0, 100.0, 10_000.0]).line[1] < 0.995
    assert amounts(1)[0] == 1
    assert amounts(1)[-1] == 1000
    made = characters([100, 200])
    assert made.amounts == [100, 200]
    assert all(second > 0 for second in made.seconds)
