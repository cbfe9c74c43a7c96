"""The page on the rules is the one that the code would write."""

from __future__ import annotations

from handouts.checks.file.rules import RULES
from tests.verify.page import PAGE, page


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tests.verify.page"


def test_every_rule_says_what_it_asks_its_limit_and_its_source() -> None:
    for rule in RULES:
        assert rule.meaning.endswith("."), rule.id
        assert rule.limit
        assert rule.source
