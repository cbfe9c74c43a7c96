"""Every rule has an example that passes and one that fails, and says where it comes from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from handouts.checks import content
from handouts.checks.rules import RULES
from handouts.checks.rules.rule import Rule
from handouts.library import Library
from handouts.problems import NOWHERE, Problem, Severity, show
from tests.checks.bench import HERE, Bench, edits, load

CASES: dict[str, dict[str, Any]] = load("rules")
GLYPH = "glyph"
SEVERITIES = {rule.id: rule.severity for rule in RULES} | {GLYPH: Severity.ERROR}


@pytest.fixture(scope="module")
def bench(faces_once: None) -> Bench:
    return Bench(HERE / "clinic")


def test_every_rule_has_both_examples() -> None:
    assert list(CASES) == list(dict.fromkeys(CASES))
    assert set(CASES) == set(SEVERITIES)
    assert all(set(case) == {"passes", "fails"} for case in CASES.values())


def test_ids_are_unique_and_every_rule_says_its_meaning_and_source() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids)) >= 60
    for rule in RULES:
        assert re.fullmatch("[a-z]+(-[a-z0-9]+)*", rule.id)
        assert rule.meaning.endswith("."), rule.id
        assert rule.source, rule.id


def test_the_clinic_that_the_examples_change_is_good(bench: Bench) -> None:
    assert show(content.check([HERE / "clinic"], bench.library)) == ""


@pytest.mark.parametrize("id_", CASES)
def test_a_rule_passes_what_is_right(id_: str, bench: Bench, tmp_path: Path) -> None:
    problems = bench.problems(edits(CASES[id_]["passes"]), tmp_path)
    assert id_ not in {problem.rule for problem in problems}, show(problems)
    assert all(problem.rule for problem in problems), show(problems)


@pytest.mark.parametrize("id_", CASES)
def test_a_rule_finds_what_is_wrong(id_: str, bench: Bench, tmp_path: Path) -> None:
    problems = bench.problems(edits(CASES[id_]["fails"]), tmp_path)
    found = [problem for problem in problems if problem.rule == id_]
    assert found, show(problems)
    assert {problem.severity for problem in found} == {SEVERITIES[id_]}
    assert all(problem.place.line and problem.place.file.startswith(str(tmp_path)) for problem in found), show(found)
    assert f"[{id_}]" in show(found)
    assert all(problem.rule for problem in problems), show(problems)


def test_only_errors_stop_a_build(bench: Bench, tmp_path: Path) -> None:
    wrong = edits([CASES["law-promise"]["fails"], {"tip": "膝裏を休めます。"}])
    assert {problem.rule for problem in bench.problems(wrong, tmp_path)} >= {"law-promise", "one-name"}
    told = content.check_handout(Library(tmp_path).handout("knee"))
    assert [problem.rule for problem in told] == ["law-promise"]


MET_LATER = {GLYPH, "picture-drawn"}
"""What a build tells as it loads pictures and sets text."""


@pytest.mark.parametrize("id_", [id_ for id_ in CASES if SEVERITIES[id_] is Severity.ERROR and id_ not in MET_LATER])
def test_an_error_stops_a_build(id_: str, bench: Bench, tmp_path: Path) -> None:
    bench.problems(edits(CASES[id_]["fails"]), tmp_path)
    told = content.check_handout(Library(tmp_path).handout("knee"))
    assert id_ in {problem.rule for problem in told}, show(told)


def test_a_picture_is_needed_in_both_inks(bench: Bench, tmp_path: Path, repository: Path) -> None:
    pictures = tmp_path / "assets" / "pictures"
    pictures.mkdir(parents=True)
    source = repository / "assets" / "pictures" / "floor-hamstring.M.colour.svg"
    (pictures / "mine.M.colour.svg").write_bytes(source.read_bytes())
    problems = bench.problems(edits(CASES["picture-drawn"]["fails"]), tmp_path)
    (missing,) = (problem for problem in problems if problem.rule == "picture-drawn")
    assert "白黒" in missing.message


def test_a_rule_gives_its_problems_its_own_name() -> None:
    rule: Rule[str] = Rule("one", Severity.WARNING, "ours", lambda said: iter([Problem(NOWHERE, said)]))
    (problem,) = rule("x")
    assert (problem.rule, problem.severity, problem.message) == ("one", Severity.WARNING, "x")
