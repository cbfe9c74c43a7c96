"""What a text says is measured where it stands: marks, sentences, steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.checks.content import check
from handouts.checks.rules.rule import texts
from handouts.library import Library
from handouts.problems import Severity

CLINIC = Path(__file__).parent / "clinic"
EXERCISE = (CLINIC / "exercises/base.yaml").read_text("utf-8")


def problems(tmp_path: Path, old: str, new: str) -> list[tuple[int, int, Severity]]:
    """Line, column and severity of what check says of the exercise with one text replaced."""
    path = tmp_path / "exercises" / "mine.yaml"
    path.parent.mkdir()
    assert old in EXERCISE
    path.write_text(EXERCISE.replace(old, new), encoding="utf-8")
    return [(problem.place.line, problem.place.column, problem.severity) for problem in check([path], Library(CLINIC))]


@pytest.mark.parametrize(
    ("feel", "found"),
    [
        ("あ" * 59 + "。", []),
        ("あ" * 60 + "。", [(8, 7, Severity.WARNING)]),
        ("あ" * 89 + "。", [(8, 7, Severity.WARNING)]),
        ("あ" * 90 + "。", [(8, 7, Severity.ERROR)]),
        ("あ" * 40 + "。" + "い" * 40 + "？" + "う" * 40 + "！", []),
        ("短い。" + "い" * 61, [(8, 10, Severity.WARNING)]),
        ("{膝|ひざのよみがなはかぞえない}" * 25, []),
        ("|\n  " + "あ" * 30 + "\n  " + "い" * 31, [(9, 3, Severity.WARNING)]),
        ("|\n  短い。\n  " + "い" * 91, [(10, 3, Severity.ERROR)]),
        ("ここは**太字", [(8, 10, Severity.ERROR)]),
    ],
)
def test_sentences_and_marks(feel: str, found: list[tuple[int, int, Severity]], tmp_path: Path) -> None:
    feel = f"'{feel}'" if feel.startswith("{") else feel
    assert problems(tmp_path, "よく伸びる感じです。", feel) == found


@pytest.mark.parametrize(("length", "found"), [(40, []), (41, [(6, 5, Severity.ERROR)])])
def test_steps(length: int, found: list[tuple[int, int, Severity]], tmp_path: Path) -> None:
    assert problems(tmp_path, "片脚を伸ばします。", "あ" * (length - 3) + "ます。") == found


def test_a_folder_stands_for_its_files() -> None:
    assert check([CLINIC / "topics", CLINIC / "exercises"], Library(CLINIC)) == []
    bad = Path(__file__).parent / "bad" / "exercises"
    assert {Path(problem.place.file).name for problem in check([bad], Library(CLINIC))} == {
        path.name for path in bad.iterdir()
    }


def test_texts_of_a_record_are_those_that_are_printed() -> None:
    exercise = Library(CLINIC).exercise("base")
    assert [str(text) for text in texts(exercise)][:3] == ["試験の体操", "試験", "椅子に座ります。"]
    assert "試験" not in [str(text) for text in texts(Library(CLINIC).topic("base"))]
