"""What the library says today, laid beside what somebody approved: each difference, and whose file it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handouts.disk import exists
from handouts.library import Library
from handouts.library.approval import COPIES, READINGS, digest_of
from handouts.model import Approval
from handouts.problems import Place, Problem, Problems

PARTS = {
    "topic": "資料",
    "warnings": "警告サインの欄",
    "signs": "警告サイン",
    "exercises": "体操",
    "sources": "出典",
    "glossary": "用語",
    "poses": "図",
    READINGS: "読み",
}
KEYS = ("id", "exercise", "title", "question", "heading", "text")
"""What an item of a list is known by, so that one more before it makes no difference."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its part, where in it, and the text before and after (empty: not there)."""

    part: str
    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A topic that somebody approved. `state`: same, changed, unknown (what was approved was not kept) or broken."""

    topic: str
    approval: Approval
    state: str
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def differences(library: Library, folder: Path, names: list[str]) -> list[Difference]:
    """The named topics, or all that are approved, in the order of their names. Raises Problems."""
    approvals = library.approvals()
    return [
        _difference(library, folder, name, approvals[name]) for name in sorted(approvals) if name in names or not names
    ]


def _difference(library: Library, folder: Path, name: str, approval: Approval) -> Difference:
    try:
        now = library.content(library.handout(name))
    except Problems as wrong:
        return Difference(name, approval, "broken", problems=tuple(wrong))
    if digest_of(now) == approval.content:
        return Difference(name, approval, "same")
    then = _kept(folder / COPIES / f"{name}.json")
    if then is None or digest_of(then) != approval.content:
        return Difference(name, approval, "unknown")
    changes = tuple(
        Change(word, path, before, after)
        for part, word in PARTS.items()
        for path, before, after in compared(_keyed(then.get(part), part), _keyed(now.get(part), part))
    )
    return Difference(name, approval, "changed", changes)


def _kept(path: Path) -> dict[str, Any] | None:
    """The content that was approved; None where it was not kept. Raises Problems for a damaged file."""
    if not exists(path):
        return None
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        digest_of(found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        hint = "消すと、確認した内容との比べ合わせだけができなくなります。"
        raise Problems([Problem(Place(str(path)), "確認した内容の控えが壊れています。", hint)]) from None
    return found


def _keyed(value: Any, part: str) -> Any:
    return dict(value) if part == READINGS and isinstance(value, list) else value


def compared(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Every leaf that differs: its path, its text before and after."""
    if before == after:
        return
    if isinstance(before, list) and isinstance(after, list):
        before, after = _named(before), _named(after)
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from compared(before.get(key), after.get(key), f"{path}.{key}" if path else str(key))
    else:
        yield path, _text(before), _text(after)


def _named(items: list[Any]) -> dict[str, Any]:
    """Items of a list by what they are known by; those that have nothing such, or have it twice, by their number."""
    found: dict[str, Any] = {}
    for number, item in enumerate(items, 1):
        name = item if isinstance(item, str) else None
        if isinstance(item, dict):
            name = next((str(item[key]) for key in KEYS if key in item), None)
        found[name if name and name not in found else str(number)] = item
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def as_data(one: Difference) -> dict[str, Any]:
    """The same for machines."""
    return {
        "topic": one.topic,
        "state": one.state,
        "by": str(one.approval.by),
        "role": one.approval.role.value,
        "on": str(one.approval.on),
        "changes": [
            {"part": change.part, "path": change.path, "before": change.before, "after": change.after}
            for change in one.changes
        ],
        "problems": [f"{problem.place}: {problem.message}" for problem in one.problems],
    }
