"""JSON Schema (draft 2020-12) of every kind of YAML file, made from the model, for editors and other programs."""

from __future__ import annotations

from typing import Any

import msgspec

from handouts.figures.pose import Pose
from handouts.library.kinds import CLINIC, EXTENDABLE, SHARED, TYPES
from handouts.library.overlay import EXTENDS
from handouts.model.consultation import Consultation
from handouts.model.parts import Id

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PARTIAL = ("warning-signs", "labels", "test-page")
"""Shared data of which a clinic's file may hold a part."""
_CHOICE = "^[a-z][a-z0-9]*(-[a-z0-9]+)*([:=].*)?$"
"""An exercise as one text, with a dose where one was decided."""


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by name: topic, exercise, layout, theme, clinic, the files of `common/` by theirs, consultation,
    pose."""
    singular = {kind: kind.rpartition("/")[2].removesuffix("s") if kind != CLINIC else CLINIC for kind in TYPES}
    found = {singular[kind]: _schema(type_, EXTENDABLE.get(kind, 0)) for kind, type_ in TYPES.items()}
    found |= {name: _schema(type_, 0, name in _PARTIAL) for name, (type_, _) in SHARED.items()}
    return found | {"consultation": _record(), "pose": _schema(Pose, 0)}


def _record() -> dict[str, Any]:
    """The schema of a consultation record, with the short ways to write it (handouts.consult.shorthand)."""
    schema = _schema(Consultation, 0)
    fields = schema["properties"]
    choice = {"type": "string", "pattern": _CHOICE, "description": "体操と用量 (例: hamstring-chair:20s*3*2/day)"}
    fields["exercises"]["items"] = {"anyOf": [choice, fields["exercises"]["items"]]}
    said = {"type": "string", "minLength": 1, "description": "次の受診 (例: 2週間後、2026-12-07 10:00)"}
    for name, field in fields.items():
        if field.get("type") == "array":
            fields[name] = {"anyOf": [field["items"], field]}
        elif name == "next_visit":
            fields[name] = {"anyOf": [said, *field["anyOf"]]}
    return schema


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
