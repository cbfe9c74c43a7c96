"""The page on robustness says what the tests do: its tables are fresh, and every test that they name is there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.faults.__main__ import PAGE, TABLE, entries, page

TESTS = Path(__file__).resolve().parents[1]


def test_the_tables_are_fresh() -> None:
    text = PAGE.read_text("utf-8")
    assert text == page(text), "run: python -m tests.faults"


@pytest.mark.parametrize("entry", entries(TABLE), ids=lambda entry: str(entry["fault"]))
def test_every_fault_has_a_test_that_is_there(entry: dict[str, list[str]]) -> None:
    assert entry["tests"]
    for name in entry["tests"]:
        path, _, function = name.partition("::")
        tree = ast.parse((TESTS / path).read_text("utf-8"))
        assert function in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)], name


def test_every_test_of_faults_is_in_the_table() -> None:
    named = {name.partition("::")[2] for entry in entries(TABLE) for name in entry["tests"]}
    for path in Path(__file__).parent.glob("test_*.py"):
        if path == Path(__file__):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
        assert there
        assert there <= named, path.name
