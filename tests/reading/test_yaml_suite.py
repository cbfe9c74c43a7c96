"""The public YAML cases: each is read as its JSON says or answered with Problems; docs/yaml.md lists what differs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.problems import Problems
from handouts.source import Mapping, Node, Scalar, Sequence, read

DOCS = Path(__file__).parents[2] / "docs" / "yaml.md"


@pytest.fixture(scope="module")
def cases(suites: Path) -> list[dict[str, str]]:
    """The rows of the suite's index."""
    with (suites / "yaml" / "index.tsv").open(encoding="utf-8", newline="\n") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def outcomes(suites: Path, cases: list[dict[str, str]]) -> dict[str, str]:
    """What comes of each case: refused, same, different (from its JSON) or read (there is no JSON)."""
    return {case["id"]: outcome(suites / "yaml", case) for case in cases}


def outcome(folder: Path, case: dict[str, str]) -> str:
    try:
        node = read(folder / case["file"])
    except Problems as problems:
        return "refused" if problems else "refused without a word"
    if not case["json_file"]:
        return "read"
    return (
        "same"
        if [*map(as_json, [node])] == [*documents((folder / case["json_file"]).read_text("utf-8"))]
        else "different"
    )


def documents(text: str) -> Iterator[Any]:
    """The values in a file of JSON values one after another, their scalars as text."""
    at, decoder = 0, json.JSONDecoder()
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        value, at = decoder.raw_decode(text, at)
        yield as_text(value)


def as_text(value: Any) -> Any:
    """A JSON value with each scalar as (whether it is a string, its text)."""
    if isinstance(value, dict):
        return {key: as_text(child) for key, child in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return ("string", value) if isinstance(value, str) else ("other", json.dumps(value))


def as_json(node: Node) -> Any:
    """A node in the same form, plain scalars resolved as YAML 1.2's core schema resolves them."""
    if isinstance(node, Mapping):
        return {key.text: as_json(child) for key, child in node.entries}
    if isinstance(node, Sequence):
        return [as_json(item) for item in node.items]
    return resolved(node)


def resolved(node: Scalar) -> tuple[str, str]:
    if node.is_null:
        return "other", "null"
    if not node.quoted and node.text in ("true", "false"):
        return "other", node.text
    if not node.quoted and re.fullmatch(r"0[xo][0-9A-Fa-f]+|[-+]?[0-9]+", node.text):
        return "other", json.dumps(int(node.text, 0 if node.text[:2] in ("0x", "0o") else 10))
    if not node.quoted and re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.text):
        return "other", json.dumps(float(node.text))
    return "string", node.text


def documented(first_words: str) -> set[str]:
    """The cases in the rows of the docs' tables under a head that begins with these words."""
    tables = DOCS.read_text("utf-8").split("\n\n")
    rows = [row for table in tables if "|---|" in table for row in table.split("\n") if row.startswith("|")]
    found = [row.split("|")[2].split() for row in rows if row.startswith(f"| {first_words}")]
    return {case for cases in found for case in cases}


REFUSED = ("tags", "several documents", "directives", "keys that", "tabs", "limits")


def test_every_case_is_read_or_answered(cases: list[dict[str, str]], outcomes: dict[str, str]) -> None:
    assert len(cases) == 201
    assert len(outcomes) == 201


def test_valid_cases(cases: list[dict[str, str]], outcomes: dict[str, str]) -> None:
    valid = {case["id"] for case in cases if case["expect"] == "accept"}
    assert {case for case in valid if outcomes[case] == "refused"} == {
        c for words in REFUSED for c in documented(words)
    }
    assert {case for case in valid if outcomes[case] == "different"} == documented("valid, another value")
    assert sum(outcomes[case] == "same" for case in valid) == 94


def test_invalid_cases(cases: list[dict[str, str]], outcomes: dict[str, str]) -> None:
    invalid = {case["id"] for case in cases if case["expect"] == "reject"}
    assert {case for case in invalid if outcomes[case] != "refused"} == documented("invalid, read")
    assert sum(outcomes[case] == "refused" for case in invalid) == 41
