"""Where a name comes from: the file that wins, those it hides, what it is laid on, and who uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handouts.library import Library
from handouts.library.folders import NAME, NOUNS
from handouts.library.kinds import SHARED
from handouts.library.overlay import EXTENDS
from handouts.source import Mapping, Node, Scalar, examine, text_of

KINDS = ("topics", "exercises", "layouts", "layouts/themes", "assets/poses")
MERGED = {
    "warning-signs": "警告サイン",
    "sources": "出典",
    "glossary": "用語",
    "readings": "読み",
    "labels": "決まった言葉",
}
"""Files of `common/` whose entries have names of their own, and what an entry is called."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One thing of a name. `own` says that it lies in the clinic's folder; lines count from 1 (0: a whole file)."""

    noun: str
    path: Path
    own: bool
    line: int = 0
    hides: tuple[Path, ...] = ()
    extends: str = ""
    says: str = ""


def origins(library: Library, name: str) -> list[Origin]:
    """Everything of that name; a file's name without its ending, or the id of an entry of `common/`."""
    return [*_files(library, name), *_entries(library, name)] if name else []


def known(library: Library) -> list[str]:
    """Every name that there is."""
    names = {name for kind in KINDS for name in library.folders.names(kind)}
    names |= {key for shared in MERGED for _, node in _shared(library, shared) for key in _ids(node, shared)}
    return sorted(names)


def signs(library: Library) -> list[tuple[str, str, str, bool]]:
    """Id, step, text and whether it is the clinic's own, of every warning sign."""
    files = _shared(library, "warning-signs")
    own = {id_ for path, node in files if _is_own(library, path) for id_ in _ids(node, "warning-signs")}
    warnings = library.warnings()
    return [(str(id_), warnings.steps[sign.step].label, sign.text, id_ in own) for id_, sign in warnings.signs.items()]


def _files(library: Library, name: str) -> Iterator[Origin]:
    for kind in KINDS if NAME.fullmatch(name) else ():
        found = library.folders.all(kind, name)
        if found:
            node = _node(found[0].path)
            base = node.get(EXTENDS) if isinstance(node, Mapping) else None
            yield Origin(
                NOUNS[kind],
                found[0].path,
                _is_own(library, found[0].path),
                hides=tuple(one.path for one in found[1:]),
                extends=base.text if isinstance(base, Scalar) else "",
                says=_title(node),
            )


def _entries(library: Library, name: str) -> Iterator[Origin]:
    """The first file of `common/` that has the entry wins; those after it are hidden, or filled in from."""
    for shared, noun in MERGED.items():
        found = [(path, ids[name]) for path, node in _shared(library, shared) if name in (ids := _ids(node, shared))]
        if found:
            (path, (line, says)), *rest = found
            yield Origin(noun, path, _is_own(library, path), line, tuple(one for one, _ in rest), says=says)


def _shared(library: Library, shared: str) -> list[tuple[Path, Node]]:
    assert shared in SHARED
    paths = [one.path for one in library.folders.all("common", shared)]
    return [(path, node) for path in paths if (node := _node(path)) is not None]


def _node(path: Path) -> Node | None:
    return examine(text_of(path, str(path)), str(path))[0]


def _ids(node: Node | None, shared: str) -> dict[str, tuple[int, str]]:
    """Id → line and text of each entry of a file."""
    if shared == "warning-signs" and isinstance(node, Mapping):
        node = node.get("signs")
    if not isinstance(node, Mapping):
        return {}
    return {key.text: (key.place.line, _title(value)) for key, value in node.entries}


def _title(node: Node | None) -> str:
    """The words by which a person knows an entry."""
    if isinstance(node, Scalar):
        return node.text
    for key in ("title", "name", "text", "term", "caption") if isinstance(node, Mapping) else ():
        value = node.get(key)  # type: ignore[union-attr]
        if isinstance(value, Scalar):
            return value.text.replace("\n", "")
    return ""


def _is_own(library: Library, path: Path) -> bool:
    clinic = library.folders.clinic
    return clinic is not None and path.is_relative_to(clinic)


def as_data(origin: Origin) -> dict[str, Any]:
    """The same for machines."""
    return {
        "kind": origin.noun,
        "file": str(origin.path),
        "line": origin.line,
        "own": origin.own,
        "hides": [str(path) for path in origin.hides],
        "extends": origin.extends,
        "says": origin.says,
    }
