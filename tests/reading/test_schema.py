"""The JSON Schemas and the reader agree on the files that are shipped and on those that are bad."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from handouts.schema import schemas
from handouts.source import Mapping, Node, Scalar, Sequence, read

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KINDS = {"topics": "topic", "exercises": "exercise", "layouts": "layout", "themes": "theme"}
SHIPPED = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("handouts/clinic.yaml", "handouts/*/*.yaml", "layouts/*.yaml", "layouts/themes/*.yaml")
    for path in ROOT.glob(pattern)
    if path.name == "clinic.yaml" or path.parent.name in (*KINDS, "common")
)


def schema_of(path: Path) -> dict[str, Any]:
    """The schema for a file, by its folder or its name."""
    return schemas()[KINDS.get(path.parent.name, path.stem)]


def plain(node: Node) -> Any:
    """A node as JSON, its plain scalars as YAML 1.2 (core schema) takes them."""
    if isinstance(node, Mapping):
        return {key.text: plain(child) for key, child in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return scalar(node)


def scalar(node: Scalar) -> Any:
    """A scalar as YAML 1.2 takes it."""
    if node.quoted:
        return node.text
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    if re.fullmatch(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)", node.text):
        return float(node.text)
    return {"true": True, "false": False, "null": None, "": None}.get(node.text, node.text)


def test_there_is_a_schema_for_every_kind() -> None:
    found = schemas()
    shared = {"warning-signs", "sources", "glossary", "labels", "readings", "test-page"}
    assert set(found) == {*KINDS.values(), "clinic", "approval", "consultation", "pose", *shared}
    assert all(schema["$schema"].endswith("2020-12/schema") for schema in found.values())
    assert found["topic"]["properties"]["purpose"]["maxLength"] == 40
    assert found["topic"]["additionalProperties"] is False
    assert {"required": ["extends"]} in found["topic"]["anyOf"]
    assert "required" not in found["warning-signs"]
    assert "description" in found["clinic"]["properties"]["accent"]


def test_shipped_files_were_found() -> None:
    assert {"handouts/clinic.yaml", "handouts/topics/running.yaml", "layouts/a4.yaml"} <= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_is_valid(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed")
    validator = jsonschema.Draft202012Validator(schema_of(ROOT / name))
    errors = [
        f"{list(error.instance_path)}: {error.message}" for error in validator.iter_errors(plain(read(ROOT / name)))
    ]
    assert errors == []


@pytest.mark.parametrize("name", ["unknown-key", "missing-keys", "list-wanted", "number-wanted", "date-form", "enum"])
def test_a_bad_file_is_invalid(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed")
    path = HERE / "bad" / "topics" / f"{name}.yaml"
    assert not jsonschema.Draft202012Validator(schema_of(path)).is_valid(plain(read(path)))
