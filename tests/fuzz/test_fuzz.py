"""A bounded run of the fuzzer, the same every time, and every file that it ever found something with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import report
from tests.fuzz.campaign import Tally
from tests.fuzz.corpus import CASES, KINDS, Case, Way, changes_of, seeds
from tests.fuzz.mutations import NODES, TEXT, Mutation, mutated
from tests.fuzz.worker import Result, Worker

INDEX = yaml.safe_load((CASES / "cases.yaml").read_text("utf-8"))
EXAMPLES = {"pose": 6, "record": 60, "table": 50}
"""Cases of a kind in the suite; of the others 25. The long run is `python -m tests.fuzz`."""
NUMBERS = st.integers(0, 2**31)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as one:
        yield one


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_file_is_answered(kind: str, worker: Worker) -> None:
    names = st.sampled_from(changes_of(kind))
    change = st.builds(Mutation, names, NUMBERS, NUMBERS)
    files = seeds(kind)

    @settings(
        max_examples=EXAMPLES.get(kind, 25),
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(sorted(files)), st.lists(change, min_size=1, max_size=5), NUMBERS)
    def answered(stem: str, changes: list[Mutation], choice: int) -> None:
        data = mutated(files[stem], changes, list(files.values()))
        result = worker.run(Case(kind, data, stem, choice))
        assert not result.found, f"{result.found}\n{result.details}"

    answered()


@pytest.mark.parametrize("kind", KINDS)
def test_an_unchanged_file_is_made(kind: str, worker: Worker) -> None:
    """Else the rest would prove nothing."""
    files = seeds(kind)
    stem = "running" if kind == "topic" else "a4" if kind == "layout" else sorted(files)[0]
    result = worker.run(Case(kind, files[stem], stem, 0))
    assert not result.found, result.details
    assert result.made, result.said


@pytest.mark.parametrize("entry", INDEX, ids=lambda entry: str(entry["file"]))
def test_what_was_found_once_is_answered(entry: dict[str, Any], worker: Worker) -> None:
    way = Way(**entry["way"]) if "way" in entry else None
    case = Case(entry["kind"], (CASES / entry["file"]).read_bytes(), entry["stem"], 0, way)
    result = worker.run(case)
    assert not result.found, f"{result.found}\n{result.details}"
    assert bool(result.made) == entry["made"], result.said


def test_every_case_is_listed() -> None:
    assert sorted(case["file"] for case in INDEX) == sorted(
        path.name for path in CASES.iterdir() if path.name != "cases.yaml"
    )
    assert all(case["found"] and case["mended"] for case in INDEX)


def test_every_kind_of_change_changes_something() -> None:
    data = seeds("topic")["running"]
    donors = list(seeds("topic").values())
    for kind in (*NODES, *TEXT):
        made = {mutated(data, [Mutation(kind, where, 3 * where + 1)], donors) for where in range(0, 900, 30)}
        assert len(made - {data}) >= 3, kind
    table = seeds("table")["table"]
    for kind in set(changes_of("table")) - set(TEXT):
        made = {mutated(table, [Mutation(kind, where, 7 * where + 1)]) for where in range(60)}
        assert len(made - {table}) >= 2, kind


# The watchman himself: each thing that may happen to a case is seen. --------------------------------------------


def broken(monkeypatch: pytest.MonkeyPatch, source: str) -> Result:
    """What a new worker says of a case while a module of the program does this in place of reading a table."""
    monkeypatch.setenv("FUZZ_SABOTAGE", source)
    with Worker(seconds=2) as one:
        return one.run(Case("table", seeds("table")["table"], "table"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import re; re.match('(a+)+$', 'a' * 99 + 'b')", "hang"),
        ("x = b'1' * 600_000_000", "memory"),
        ("1 / 0", "ZeroDivisionError"),
        ("import os; os._exit(3)", "the process ended with 3"),
        ("import os; os.replace = os.link", "left behind"),
    ],
)
def test_the_worker_sees(source: str, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found in broken(monkeypatch, source).found


def test_a_worker_does_not_answer_for_the_memory_of_who_started_it() -> None:
    held = b"1" * 600_000_000
    del held
    with Worker() as one:
        assert not one.run(Case("table", seeds("table")["table"], "table")).found


def test_the_report_counts() -> None:
    case = Case("topic", b"", "x")
    tally = Tally(3, 1, 1, {frozenset("a")}, {"hang": (case, Result(found="hang"))})
    assert "| **in all** | 6 | 2 | 2 | 1 | 1 |" in report({"topic": tally, "clinic": tally})
