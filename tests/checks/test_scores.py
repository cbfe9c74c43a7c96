"""The pages on scores and rules are as the checks are now; the measures measure what they say."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from handouts.checks.report import open_items, reports, table
from handouts.checks.rules.pemat import ACTING, ITEMS, UNDERSTANDING, score
from handouts.checks.rules.readability import jreadability, tateisi
from handouts.cli import main
from handouts.library import Library
from handouts.model import months_after
from handouts.problems import Problems
from tests.checks.bench import HERE, TODAY
from tests.scores import RULES_PAGE, SCORES, comparable, rules_page, scores


def test_the_page_on_scores_is_fresh(faces_once: None) -> None:
    installed = jreadability(["膝を伸ばします。"]) is not None
    assert comparable(scores(), installed) == comparable(SCORES.read_text("utf-8"), installed), (
        "run: python -m tests.scores"
    )


def test_the_page_on_rules_is_fresh() -> None:
    assert rules_page() == RULES_PAGE.read_text("utf-8"), "run: python -m tests.scores"


def test_pemat_has_its_23_items() -> None:
    assert len(ITEMS) == 23
    assert len([item for item in ITEMS if item.scale == UNDERSTANDING]) == 16
    assert len([item for item in ITEMS if item.scale == ACTING]) == 7
    assert [item.number for item in ITEMS] == [*range(1, 12), *range(14, 26)]


def test_a_score_counts_only_what_is_decided(small: Any) -> None:
    whole = score(small, frozenset())
    assert (whole.understanding, whole.acting, whole.failed) == (100, 100, ())
    assert whole.open == tuple(item.number for item in ITEMS if not item.agree)
    assert whole.decided + len(whole.open) + 1 == len(ITEMS)  # 23 does not apply
    broken = score(small, frozenset(["numbers-to-work-out", "step-form"]))
    assert broken.failed == (6, 20)
    assert (broken.understanding, broken.acting) == (91, 75)


@pytest.fixture
def small() -> Any:
    from handouts.checks.content import subject_of

    library = Library(HERE / "clinic")
    return subject_of(library, "knee", library.topic("knee"), TODAY)


def test_the_formula_of_tateisi() -> None:
    # Two sentences of 6 and 8 characters; runs: 膝 足首 曲 (kanji, mean 4/3), を ばし (hiragana) and so on, by hand.
    assert tateisi(["あいう。"]) == pytest.approx(115.79 - 0.12 * 4 + 7.4 * 3)
    assert tateisi(["漢字、カナ。"]) == pytest.approx(115.79 - 0.12 * 6 - 23.18 * 2 - 5.4 * 2 - 4.67)
    assert tateisi(["MRI。"]) == pytest.approx(115.79 - 0.12 * 4 - 1.37 * 3)


def test_jreadability_is_measured_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    from handouts.checks.rules import readability

    monkeypatch.setattr(readability, "_package", lambda: (lambda text, _: len(text) / 2, None))
    assert readability.jreadability(["あい。", "う。"]) == 2.5
    monkeypatch.setattr(readability, "_package", lambda: (None, None))
    assert readability.jreadability(["あい。"]) is None


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
    ],
)
def test_months_later(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_scores_on_the_command_line() -> None:
    result = CliRunner().invoke(main, ["check", "--scores", "running"])
    assert result.exit_code == 0, result.output
    assert "| running | 0 |" in result.output
    assert open_items() in result.output
    (one,) = json.loads(CliRunner().invoke(main, ["check", "--scores", "--json", "running"]).output)
    assert one["topic"] == "running"
    assert one["errors"] == 0
    assert one["minutes"]
    assert one["pemat_open"] == [item.number for item in ITEMS if not item.agree]
    assert CliRunner().invoke(main, ["check", "--scores", "runing"]).exit_code == 2


def test_a_table_has_a_row_for_each_topic() -> None:
    library = Library(HERE / "clinic")
    found = reports(library, ["knee"], TODAY)
    lines = table(found, without=["サイン"]).splitlines()
    assert len(lines) == 3
    assert len({line.count("|") for line in lines}) == 1
    assert "サイン" not in lines[0]
    assert lines[2].startswith("| knee | 0 | 0 |")


def test_a_topic_that_cannot_be_read_has_no_score() -> None:
    with pytest.raises(Problems):
        reports(Library(), ["gone"], TODAY)
