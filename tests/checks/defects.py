"""The seeded defects: which of them `handouts check` finds, and the share, as a table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handouts.problems import Problem, Severity
from tests.checks.bench import Bench, Edit, edits, load

READING = "reading"
"""Stands for the rule where a file is refused before any rule is asked."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect: what it is, its edits, and the rule that finds it; or why none does."""

    what: str
    edits: tuple[Edit, ...]
    rule: str
    missed: str


def defects() -> list[Defect]:
    """All of defects.yaml."""
    return [_defect(one) for one in load("defects")]


def _defect(one: dict[str, Any]) -> Defect:
    assert ("rule" in one) != ("missed" in one), one["what"]
    return Defect(one["what"], tuple(edits(one["edit"])), one.get("rule", ""), one.get("missed", ""))


def found_by(defect: Defect, bench: Bench, folder: Path) -> set[str]:
    """The rules that speak up for a defect and are silent on the untouched files (`reading` for a refusal)."""
    clean = {_said(problem) for problem in bench.clean}
    told = (problem for problem in bench.problems(defect.edits, folder) if _said(problem) not in clean)
    return {problem.rule or READING for problem in told}


def _said(problem: Problem) -> tuple[str, str]:
    """A problem without its line, which an edit moves."""
    return Path(problem.place.file).name, problem.message


def outcomes(bench: Bench) -> Iterator[tuple[Defect, set[str]]]:
    """Each defect with the rules that found it."""
    for defect in defects():
        with tempfile.TemporaryDirectory() as folder:
            yield defect, found_by(defect, bench, Path(folder))


def summary(bench: Bench) -> str:
    """Markdown: how many are found, and those that are not, with the reason."""
    all_ = list(outcomes(bench))
    caught = [defect for defect, found in all_ if found]
    missed = [defect for defect, found in all_ if not found]
    errors = sum(problem.severity is Severity.ERROR for problem in bench.clean)
    lines = [
        f"{len(all_)} defects seeded into the built-in files; {len(caught)} found "
        f"({100 * len(caught) / len(all_):.0f} %), {len(missed)} not.",
        f"On the untouched files: {errors} errors, {len(bench.clean) - errors} warnings.",
        "",
        _unseen(),
        "",
        "Not found, and why no rule can be expected to:",
        "",
        *(f"- {defect.what}: {defect.missed}" for defect in missed),
    ]
    return "\n".join(lines)


def _unseen() -> str:
    """Markdown: how the rules fared on words that they had not seen."""
    trials = load("unseen")["trials"]
    wrong, told, right, refused = (sum(one[key] for one in trials) for key in ("wrong", "found", "right", "refused"))
    return f"""Most of these were written with the rules in mind: the rate says that they do what they were made for.
On {wrong} defects and sentences written afterwards, in words the rules had not seen, the first trial found {told}
({100 * told / wrong:.0f} %), and refused {refused} of {right} harmless sentences; the rules were mended then.
**A word list does not replace the professional who reads every line.**"""
