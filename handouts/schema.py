"""JSON Schema (draft 2020-12) of every kind of YAML file, made from the model, for editors and other programs."""

from __future__ import annotations

from typing import Any

import msgspec

from handouts.library.kinds import CLINIC, EXTENDABLE, SHARED, TYPES
from handouts.library.overlay import EXTENDS
from handouts.model.parts import Id

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PARTIAL = ("warning-signs", "labels", "test-page")
"""Shared data of which a clinic's file may hold a part."""


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by name: topic, exercise, layout, theme, clinic, and the files of `common/` by theirs."""
    singular = {kind: kind.rpartition("/")[2].removesuffix("s") if kind != CLINIC else CLINIC for kind in TYPES}
    found = {singular[kind]: _schema(type_, EXTENDABLE.get(kind, 0)) for kind, type_ in TYPES.items()}
    return found | {name: _schema(type_, 0, name in _PARTIAL) for name, (type_, _) in SHARED.items()}


def _schema(type_: Any, depth: int, partial: bool = False) -> dict[str, Any]:
    schema = msgspec.json.schema(type_)
    definitions = schema.pop("$defs", {})
    if "$ref" in schema:
        schema = definitions.pop(schema["$ref"].rpartition("/")[2])
    if depth:
        whole: dict[str, Any] = {"required": schema.pop("required")}
        if depth > 1:
            whole["properties"] = _loosened(schema["properties"], definitions)
        schema["properties"][EXTENDS] = {**msgspec.json.schema(Id), "description": "元にする定義の名前(1段だけ)"}
        schema["anyOf"] = [whole, {"required": [EXTENDS]}]
    if partial:
        schema.pop("required")
    return {"$schema": _DRAFT, **schema, "$defs": definitions}


def _loosened(properties: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Lets each record of a definition lack keys, which its base has; gives what it must be where there is no base."""
    whole = {}
    for key, value in properties.items():
        name = value.get("$ref", "").rpartition("/")[2]
        if name and "required" in definitions[name]:
            whole[key] = {"required": definitions[name]["required"]}
            definitions[name] = {k: v for k, v in definitions[name].items() if k != "required"}
    return whole
