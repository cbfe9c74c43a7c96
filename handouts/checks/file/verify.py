"""Asks the rules of a finished file: all of them, or the cheap ones that a build asks of what it wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct

from handouts.checks.file.reader import PdfFile
from handouts.checks.file.rules import RULES
from handouts.checks.file.rules.rule import Finding, Rule, as_problem
from handouts.checks.file.view import Subject
from handouts.problems import Problem, Severity

PAGES = 60
"""Pages that are measured unless all are asked for: a handout has a few, and each takes a good part of a second."""
_TOLD = 12
"""Findings of one rule on one file that are told one by one."""
_OURS = "内容の間違いではなく、プログラムかレイアウトの欠陥です。この知らせを添えて、作った人に知らせてください。"


class Measured(Struct, frozen=True):
    """What was found in one file: findings with their rules, how many pages it has, its QR codes (page, text)."""

    shown: str
    pages: int
    findings: tuple[tuple[Rule, Finding], ...]
    codes: tuple[tuple[int, str], ...]

    def problems(self) -> list[Problem]:
        """The findings as they are told, many of a kind counted."""
        found: list[Problem] = []
        for rule in RULES:
            those = [finding for one, finding in self.findings if one is rule]
            found += [as_problem(finding, rule, self.shown) for finding in those[:_TOLD]]
            if len(those) > _TOLD:
                rest = Finding(f"同じことが、ほかに {len(those) - _TOLD} か所あります。", page=those[_TOLD].page)
                found.append(as_problem(rest, rule, self.shown))
        return found


def verify(path: Path, most: int = PAGES, shown: str = "") -> Measured:
    """All rules asked of a file's first `most` pages. Raises Problems where it cannot be read."""
    with PdfFile(path, shown) as file:
        subject = Subject(file, most)
        findings = tuple(_ask(RULES, subject))
        codes = [(view.page.number, code.text) for view in subject.views for code in view.codes]
        return Measured(file.shown, len(file), findings, tuple(code for code in codes if code[1]))


def verify_built(data: bytes, shown: str, *, quoting: bool = True) -> list[Problem]:
    """The cheap rules that are errors, asked of a file's bytes before they are put in place as `shown`.

    Without `quoting` the problems hold no word of the page, which may be a patient's.
    """
    cheap = [rule for rule in RULES if rule.cheap and rule.severity is Severity.ERROR]
    # The file's name is for whoever named it: it is no defect of ours.
    with PdfFile(data) as file:
        found = islice(_ask(cheap, Subject(file, PAGES)), _TOLD)
        return [_ours(as_problem(finding, rule, shown, quoting=quoting)) for rule, finding in found]


def _ours(problem: Problem) -> Problem:
    return Problem(problem.place, problem.message, _OURS, problem.severity, rule=problem.rule)


def _ask(rules: Iterable[Rule], subject: Subject) -> Iterator[tuple[Rule, Finding]]:
    return ((rule, finding) for rule in rules for finding in rule.find(subject))
