"""`build` measures what it wrote before it is put in place: a defect of ours never gets onto paper unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handouts.checks.file.rules import RULES
from handouts.checks.file.verify import verify_built
from handouts.cli import main
from handouts.problems import Severity
from tests.verify.defects import DEFECTS
from tests.verify.sample import clean

CHEAP = [rule for rule in RULES if rule.cheap and rule.severity is Severity.ERROR]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "--topic", "running", "--date", "2026-11-22", *arguments])


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program whose every file has two texts on each other; the folder it builds in."""
    crossed = next(defect for defect in DEFECTS if defect.name == "two-texts")
    data = crossed.make(tmp_path).read_bytes()
    monkeypatch.setattr("handouts.build.write", lambda document, faces: data)
    return tmp_path


def test_a_defect_stops_the_build_and_nothing_is_written(broken: Path) -> None:
    target = broken / "out.pdf"
    target.write_bytes(b"%PDF-1.7 as it was")
    result = run("-o", str(target))
    assert result.exit_code == 1
    said = f"{target}: エラー: 1ページ、左から 20 mm・上から 196 mm、「電話で受診を申し込みます」: 字が重なっています。"
    assert f"{said} [text-on-text]" in result.output
    assert "内容の間違いではなく、プログラムかレイアウトの欠陥です。" in result.output
    assert target.read_bytes() == b"%PDF-1.7 as it was"
    assert {path.name for path in broken.iterdir()} == {"out.pdf", "two-texts.pdf"}


def test_a_draft_is_written_and_the_defect_told(broken: Path) -> None:
    result = run("--draft", "-o", str(broken / "out.pdf"))
    assert result.exit_code == 0
    assert "下書きなので作りましたが、できた紙に欠陥があります。" in result.output
    assert "[text-on-text]" in result.output
    assert (broken / "out.pdf").exists()


def test_it_can_be_left_out(broken: Path) -> None:
    result = run("--no-verify", "-o", str(broken / "out.pdf"))
    assert result.exit_code == 0
    assert "text-on-text" not in result.output
    assert (broken / "out.pdf").exists()


def test_the_stage_is_timed(tmp_path: Path) -> None:
    assert "  verify  " in run("--timing", "-o", str(tmp_path / "out.pdf")).output
    assert "verify" not in run("--timing", "--no-verify", "-o", str(tmp_path / "out.pdf")).output


@pytest.mark.parametrize("rule", CHEAP, ids=lambda rule: rule.id)
def test_a_build_asks_every_cheap_rule(rule: object, tmp_path: Path) -> None:
    wanted = getattr(rule, "id")  # noqa: B009
    defect = next(defect for defect in DEFECTS if defect.rule == wanted)
    found = verify_built(defect.make(tmp_path).read_bytes(), "out.pdf")
    assert {problem.rule for problem in found} == {wanted}
    assert {problem.place.file for problem in found} == {"out.pdf"}


def test_nothing_is_rendered_for_the_cheap_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rendered(*_: object, **__: object) -> None:
        raise AssertionError("a cheap rule renders the page")

    monkeypatch.setattr("handouts.checks.file.pixels.Dots._render", rendered)
    assert verify_built(clean().data(), "out.pdf") == []


def test_a_problem_can_be_told_without_a_word_of_the_page(tmp_path: Path) -> None:
    data = next(defect for defect in DEFECTS if defect.name == "name-in-title").make(tmp_path).read_bytes()
    quoted = verify_built(data, "out.pdf")
    silent = verify_built(data, "out.pdf", quoting=False)
    assert ["佐藤花子" in problem.message for problem in quoted] == [True, True]
    assert [problem.message for problem in silent] == [
        "Titleに、紙に印刷された人の名前が入っています。",
        "XMPに、紙に印刷された人の名前が入っています。",
    ]
    assert "佐藤" not in str(silent)
