"""Which exact content an approval stands for: a digest of words, doses, sources, signs and poses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from msgspec import Struct

from handouts.library.folders import shown
from handouts.model import Approval, Handout, Review, figure_names, months_after
from handouts.model.readings import ATTACHED
from handouts.source import Mapping, Node, Scalar, read_text, text_of

FILE = "approvals.yaml"
"""In the clinic's own folder; `handouts approve` writes it."""
COPIES = "approved"
"""Folder in the clinic's own: the content that was approved, a file for each topic."""
READINGS = "readings"
NOT_CONTENT = {"date", "edition", "author", "expires", "left_out", "desk"}
"""Of a topic: what may change without being read again."""


def content(handout: Handout, poses: Iterable[tuple[str, Path]], readings: dict[str, str]) -> dict[str, Any]:
    """What the handout says and shows, and the readings of its words, as plain data.

    Layout, theme, line weights, the clinic's address and the fixed words of the sheet are not part of it.
    """
    warnings = handout.warnings
    box = (warnings.heading, warnings.rule, warnings.steps, warnings.other, warnings.easy)
    said = {
        "topic": {key: value for key, value in _plain(handout.topic).items() if key not in NOT_CONTENT},
        "warnings": _plain([part for part in box if part]),
        "signs": _plain(handout.signs),
        "exercises": _plain(handout.exercises),
        "sources": _plain(handout.sources),
        "glossary": _plain(handout.glossary),
        "poses": {name: _pose(path) for name, path in poses},
    }
    text = _text(said)
    read = sorted([str(word), str(reading)] for word, reading in readings.items() if word.strip(ATTACHED) in text)
    return {**said, READINGS: read}


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 (hex) of a content."""
    said = {key: value for key, value in content.items() if key != READINGS}
    text = _text(said) + json.dumps(content[READINGS], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """A record and all within it as plain data; what is not said (None, nothing in a list) is left out."""
    if isinstance(value, Struct):
        found = {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
        return {name: plain for name, plain in found.items() if plain not in (None, [], {}, False)}
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, str) else value


def _pose(path: Path) -> Any:
    """A pose's keys and values, whatever its comments and line breaks."""
    name = shown(path)
    return _node(read_text(text_of(path, name), name))


def _node(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: _node(value) for key, value in node.entries}
    return node.text if isinstance(node, Scalar) else [_node(item) for item in node.items]


def review(handout: Handout, on: date) -> Review:
    """What may be said of the handout's review on a day."""
    expires = handout.topic.expires
    if handout.approval is None:
        return Review.MISSING
    if not handout.approved:
        return Review.CHANGED
    ends = expiry(handout.approval, handout.clinic.approval_months)
    return Review.EXPIRED if on > ends or (expires and date.fromisoformat(expires) < on) else Review.VALID


def expiry(approval: Approval, months: int) -> date:
    """The last day on which an approval holds."""
    return months_after(date.fromisoformat(approval.on), months)


def figures(handout: Handout) -> list[str]:
    """The figures whose poses are part of the content, each once."""
    return sorted(set(figure_names(handout)))
