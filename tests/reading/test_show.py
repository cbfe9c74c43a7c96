"""Problems print their line with a caret below the right character, however wide the characters before it are."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.problems import NOWHERE, Place, Problem, Severity, display_width, show


def shown(line: str, column: int, length: int = 1) -> list[str]:
    """The excerpt and the caret line of a problem in a text of one line."""
    problem = Problem(Place("f.yaml", 1, column), "違います。", length=length)
    return show([problem], {"f.yaml": line}).split("\n")[1:3]


def test_the_whole_form() -> None:
    problems = [
        Problem(Place("a.yaml", 2, 5), "知らない項目「titel」です。", "もしかして: title", length=5),
        Problem(Place("a.yaml", 3, 1), "長い文です。", severity=Severity.WARNING, rule="sentence-long"),
        Problem(Place("a.yaml"), "ファイルが空です。"),
        Problem(NOWHERE, "「runing」という資料はありません。"),
    ]
    assert show(problems, {"a.yaml": "膝: 1\n  裏titel: 2\nc\n"}) == (
        "a.yaml:2:5: エラー: 知らない項目「titel」です。\n"
        "      裏titel: 2\n"
        "         ^^^^^\n"
        "    ヒント: もしかして: title\n"
        "a.yaml:3:1: 注意: 長い文です。 [sentence-long]\n"
        "    c\n"
        "    ^\n"
        "a.yaml: エラー: ファイルが空です。\n"
        "エラー: 「runing」という資料はありません。\n"
        "エラー 3 件、注意 1 件"
    )


@pytest.mark.parametrize(
    ("line", "column", "length", "caret"),
    [
        ("title: x", 8, 1, "           ^"),
        ("膝の裏: x", 6, 1, "            ^"),
        ("ｶﾅ: x", 5, 1, "        ^"),
        ("膝の裏", 2, 2, "      ^^^^"),
        ("か\u3099き", 3, 1, "      ^^"),
        ("葛\U000e0100飾", 3, 1, "      ^^"),
        ("a\tb", 3, 1, "      ^"),
        ("ab", 3, 1, "      ^"),
    ],
)
def test_the_caret(line: str, column: int, length: int, caret: str) -> None:
    assert shown(line, column, length) == [f"    {line}".replace("\t", " "), caret]


def test_a_long_line_is_shown_around_the_place() -> None:
    excerpt, caret = shown("あ" * 300 + "X" + "い" * 300, 301)
    assert excerpt.startswith("    …あ")
    assert excerpt.endswith("い…")
    assert excerpt[len(excerpt) - len(excerpt.lstrip()) :].index("X") == 41
    assert display_width(caret) == display_width(excerpt[: excerpt.index("X") + 1])


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    assert shown("a\x1b[31m\u202eb", 1)[0] == "    a\ufffd[31m\ufffdb"


def test_the_line_is_taken_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes("\ufeffa: 1\r\n膝: 2\r\n".encode())
    problem = Problem(Place(str(path), 2, 4), "違います。")
    assert show([problem]).split("\n")[1:3] == ["    膝: 2", "        ^"]


def test_a_line_that_cannot_be_had_is_left_out(tmp_path: Path) -> None:
    gone = Problem(Place(str(tmp_path / "none.yaml"), 1, 1), "違います。")
    beyond = Problem(Place("f", 9, 1), "違います。")
    assert show([gone, beyond], {"f": "a"}).count("\n") == 2


def test_nothing_to_show() -> None:
    assert show([]) == ""
