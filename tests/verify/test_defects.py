"""Each rule finds the file that breaks just it, and no other rule says anything of that file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from handouts.checks.file.rules import RULES
from handouts.checks.file.rules.rule import Finding
from handouts.checks.file.verify import Measured, verify
from tests.verify.defects import DEFECTS, Defect
from tests.verify.sample import ADDRESS, MM, clean

PLACES = {
    "small-text": ("8ポイントの注意書きです。", 20, 197),
    "grey-text": ("灰色の字は読みにくい。", 20, 196),
    "covered-text": ("この字は隠れています。", 20, 196),
    "text-at-edge": ("端", 2.5, 196),
    "line-at-edge": ("", 2, 200),
    "text-beyond-frame": ("外まで続いています。", 60, 195),
    "comma-at-start": ("、早めに整形外科を受診してください。", 20, 203),
    "two-characters-left": ("す。", 20, 203),
    "pale-line": ("", 20, 200),
    "coarse-picture": ("", 21, 212),
    "broken-code": ("", 150, 220),
}
"""What is quoted, and where it begins, mm from the left and from the top."""


def rules_of(measured: Measured) -> Counter[str]:
    return Counter(rule.id for rule, _ in measured.findings)


def test_the_page_without_a_defect_is_clean(tmp_path: Path) -> None:
    measured = verify(clean().write(tmp_path / "clean.pdf"))
    assert [(rule.id, finding) for rule, finding in measured.findings] == []
    assert measured.problems() == []
    assert (measured.pages, measured.codes) == (1, ((1, ADDRESS),))


def test_every_rule_has_a_file_that_breaks_it() -> None:
    assert len(DEFECTS) >= 25
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS)
    assert {defect.rule for defect in DEFECTS} == {rule.id for rule in RULES}
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert PLACES.keys() <= {defect.name for defect in DEFECTS}


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_single_defect_is_caught_by_its_rule_alone(defect: Defect, tmp_path: Path) -> None:
    path = defect.make(tmp_path)
    measured = verify(path)
    assert set(rules_of(measured)) == {defect.rule}, [finding for _, finding in measured.findings]
    problems = measured.problems()
    assert problems
    assert {problem.rule for problem in problems} == {defect.rule}
    assert {problem.place.file for problem in problems} == {str(path)}
    assert all(problem.message.endswith("。") for problem in problems)
    if defect.name in PLACES:
        said, x, y = PLACES[defect.name]
        places = [finding for _, finding in measured.findings if is_at(finding, said, x, y)]
        assert len(places) == 1, [finding for _, finding in measured.findings]


def is_at(finding: Finding, said: str, x: float, y: float) -> bool:
    """Whether a finding is of a text on page 1, within 2 mm of a place."""
    if finding.box is None or finding.page != 1 or finding.quote != said:
        return False
    return abs(finding.box.left / MM - x) < 2 and abs(finding.box.top / MM - y) < 2


def test_a_finding_says_page_and_place_in_mm(tmp_path: Path) -> None:
    grey = next(defect for defect in DEFECTS if defect.name == "grey-text")
    (problem,) = verify(grey.make(tmp_path)).problems()
    assert problem.message == (
        "1ページ、左から 20 mm・上から 196 mm、「灰色の字は読みにくい。」: "
        "字と地の明暗の比が 3.5 しかありません(必要なのは 4.5 以上)。"
    )
    assert problem.hint == "字を濃くするか、地を薄くしてください。"


def test_many_of_a_kind_are_counted(tmp_path: Path) -> None:
    sample = clean()
    for number in range(20):
        sample.text("8ポイント", 20 + 35 * (number % 4), 180 + 6 * (number // 4), 8)
    problems = verify(sample.write(tmp_path / "many.pdf")).problems()
    assert len(problems) == 13
    assert problems[-1].message == "1ページ: 同じことが、ほかに 8 か所あります。"
