"""Whatever happens to a good file, reading it gives a value or Problems that point into it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.checks.content import check
from handouts.library import Library
from handouts.problems import Problem, show

HANDOUTS = Path(__file__).parents[2] / "handouts"
GOOD = ("topics/running.yaml", "exercises/hamstring-floor.yaml", "common/warning-signs.yaml")
PIECES = (
    *(
        "\t",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\r",
        "\u3000",
        ":",
        ": ",
        "- ",
        "? ",
        "#",
        " #",
        "&a ",
        "*a",
        "!!str ",
        "|",
        ">-",
        "%",
    ),
    *("@", "`", "'", '"', "[", "]", "{", "}", ",", "~", "null", "<<: ", "---\n", "...\n", "\\", "\0", "\x1b", "\ufeff"),
    *(
        "\u2028",
        "\x85",
        "１",
        "9" * 400,
        "1e999",
        ".nan",
        "true",
        "𠮷",
        "葛\U000e0100",
        "\u3099",
        "\u202e",
        "**",
        "|かな}",
    ),
)
BYTES = (b"\xff", b"\x00", b"\x82\xa0", b"\xa4\xa2", b"\xe3\x81", b"\xf0\x9f", b"\xed\xa0\x80", b"\x1b$B", b"\xff\xfe")

mutation = st.tuples(
    st.sampled_from(["drop", "double", "swap", "indent", "dedent", "insert", "bytes", "cut", "tail", "repeat"]),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
)


def mutated(data: bytes, kind: str, first: int, second: int) -> bytes:
    """The file with one thing done to it; `first` and `second` choose where and what."""
    if kind in ("bytes", "tail"):
        at = first % (len(data) + 1)
        return data[:at] if kind == "tail" else data[:at] + BYTES[second % len(BYTES)] + data[at:]
    text = data.decode("utf-8", "replace")
    if kind in ("insert", "cut", "repeat"):
        at = first % (len(text) + 1)
        after = {"insert": PIECES[second % len(PIECES)] + text[at:], "cut": text[at + second % 9 :]}
        return (text[:at] + after.get(kind, text[max(0, at - second % 99) :])).encode()
    lines = text.split("\n")
    one, other = first % len(lines), second % len(lines)
    if kind == "drop":
        del lines[one]
    elif kind == "double":
        lines.insert(other, lines[one])
    elif kind == "swap":
        lines[one], lines[other] = lines[other], lines[one]
    elif kind == "indent":
        lines[one] = " " * (1 + second % 4) + lines[one]
    else:
        lines[one] = lines[one].removeprefix("  ")
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def library() -> Library:
    """What is built in."""
    return Library()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the mutated files lie."""
    return tmp_path_factory.mktemp("mutated")


def answer(folder: Path, name: str, data: bytes, library: Library) -> tuple[list[Problem], str]:
    """All that check says of a file with this content, and its text as far as it is one."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    problems = check([path], library)
    assert [one for one in folder.rglob("*") if one.is_file()] == [path], "something was written"
    path.unlink()
    return problems, data.decode("utf-8-sig", "replace")


@pytest.mark.parametrize("name", GOOD)
def test_the_files_that_are_mutated_are_good(name: str, folder: Path, library: Library) -> None:
    assert answer(folder, name, (HANDOUTS / name).read_bytes(), library)[0] == []


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=800, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(mutations=st.lists(mutation, min_size=1, max_size=4))
def test_a_mutated_file_is_read_or_answered(
    name: str, mutations: list[tuple[str, int, int]], folder: Path, library: Library
) -> None:
    data = (HANDOUTS / name).read_bytes()
    for kind, first, second in mutations:
        data = mutated(data, kind, first, second)
    problems, text = answer(folder, name, data, library)
    lines = re.split("\r\n|\r|\n", text)
    for problem in problems:
        assert re.search("[ぁ-ゖァ-ヶ一-龠]", problem.message)
        if problem.place.line and problem.place.file == str(folder / name):
            assert 1 <= problem.place.line <= len(lines)
            assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
    assert ("件" in show(problems, {str(folder / name): text})) == bool(problems)
