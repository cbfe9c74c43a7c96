"""Every bad file is answered with just the problems that it says it has, and nothing is written."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from handouts.checks.content import check
from handouts.library import Library
from handouts.problems import Problem, Severity, show

HERE = Path(__file__).parent
BAD = HERE / "bad"
CLINIC = HERE / "clinic"
FILES = sorted(path.relative_to(BAD).as_posix() for path in BAD.rglob("*.yaml"))
EXPECTED = re.compile("^# 期待: ([0-9]+:[0-9]+ .+?)\r?$", re.MULTILINE)
CODECS = ("utf-8-sig", "iso2022_jp", "cp932", "euc_jp", "utf-16", "utf-16-le")


def expected(data: bytes) -> list[str]:
    """The expectations inside a bad file, in whichever encoding they are found."""
    for codec in CODECS:
        if found := EXPECTED.findall(data.decode(codec, "replace")):
            return found
    return []


def told(problem: Problem) -> str:
    """A problem in the form of an expectation."""
    word = "注意: " if problem.severity is Severity.WARNING else ""
    return f"{problem.place.line}:{problem.place.column} {word}{problem.message}"


def test_there_are_bad_files() -> None:
    assert len(FILES) >= 80


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_has_the_problems_it_says(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = BAD / name
    wanted = expected(path.read_bytes())
    assert wanted, "no expectation in the file"
    problems = check([path], Library(CLINIC))
    assert [told(problem) for problem in problems] == wanted
    assert {problem.place.file for problem in problems} == {str(path)}
    assert show(problems).count("\n") >= len(wanted)
    assert not list(tmp_path.iterdir()), "something was written"


def test_the_clinic_that_bad_files_lean_on_is_good() -> None:
    assert show(check([CLINIC], Library(CLINIC))) == ""
    assert Library(CLINIC).handout("base").topic.title == "試験の資料"


def problems_of(path: Path) -> list[str]:
    return [told(problem) for problem in check([path], Library(CLINIC))]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "topics" / "none.yaml") == ["0:0 ファイルがありません。"]
    assert problems_of(CLINIC / "clinic.yaml" / "none.yaml") == ["0:0 ファイルがありません。"]


def test_a_folder_where_a_file_belongs(tmp_path: Path) -> None:
    (tmp_path / "topics" / "folder.yaml").mkdir(parents=True)
    library = Library(tmp_path)
    assert [told(problem) for problem in library.reading("topics", "folder").problems] == [
        "0:0 フォルダーです。ファイルではありません。"
    ]


def test_a_file_of_100_mb_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "topics" / "huge.yaml"
    path.parent.mkdir()
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert problems_of(path) == ["0:0 ファイルが大きすぎます(上限は 1 MB)。"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="mkfifo is not there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    assert problems_of(path) == ["0:0 ふつうのファイルではないので読めません。"]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.yaml"
    path.write_text("title: 資料\n", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert problems_of(path) == ["0:0 ファイルを開く権限がありません。"]


def test_a_deep_alias_chain_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 300)]
    path = tmp_path / "topics" / "chain.yaml"
    path.parent.mkdir()
    path.write_text("\n".join(lines), encoding="utf-8")
    assert problems_of(path) == ["51:12 「*」による参照がふくらみすぎます。"]
