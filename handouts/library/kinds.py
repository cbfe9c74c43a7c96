"""What kind of definition a file holds, and its record with all that is wrong with it."""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import Any

from handouts import disk
from handouts.decode import Reading, examine
from handouts.library.consistency import inconsistencies, misread
from handouts.library.folders import CLINIC_FILE, Folders, Found, shown
from handouts.library.overlay import load, merged, read_into
from handouts.model import (
    Approval,
    Clinic,
    Exercise,
    GlossaryTerm,
    Labels,
    Layout,
    PrintTest,
    Source,
    Theme,
    Topic,
    Warnings,
)
from handouts.model.readings import Readings
from handouts.problems import Problem
from handouts.source import Mapping, Node

SHARED: dict[str, tuple[Any, int]] = {
    "warning-signs": (Warnings, 2),
    "sources": (dict[str, Source], 1),
    "glossary": (dict[str, GlossaryTerm], 1),
    "labels": (Labels, 2),
    "test-page": (PrintTest, 2),
    "readings": (Readings, 1),
}
"""Files of `common/`: their type, and how many levels of keys merge."""
OF_NO_HANDOUT = ("test-page", "readings")
"""Files of `common/` that no handout in its standard edition takes anything from."""

CLINIC = "clinic"
APPROVALS = "approvals"
TYPES: dict[str, Any] = {
    "topics": Topic,
    "exercises": Exercise,
    "layouts": Layout,
    "layouts/themes": Theme,
    CLINIC: Clinic,
    APPROVALS: dict[str, Approval],
}
"""Kinds of definitions, each a folder of the library, and their types."""

SINGLE = {CLINIC_FILE: CLINIC, "approvals.yaml": APPROVALS}
"""Files that stand in the clinic's folder itself, and their kinds."""

EXTENDABLE = {"topics": 1, "exercises": 1, "layouts": 1, "layouts/themes": 2}
"""Kinds whose files may say `extends: NAME`, and how many levels of keys merge."""

FOLDERS = {kind.rpartition("/")[2]: kind for kind in TYPES if kind not in (CLINIC, APPROVALS)}
"""The folder a file stands in, and its kind."""

KEYS = (
    ("purpose", "topics"),
    ("steps", "exercises"),
    ("flow", "layouts"),
    ("ink", "layouts/themes"),
    ("type", "layouts/themes"),
    ("address", CLINIC),
)
"""Keys that tell the kind of a file that stands in no folder of ours."""

_WHERE = "topics、exercises、layouts、common のフォルダーに置くか、ファイル名を clinic.yaml としてください。"


def shared_reading(name: str, files: list[Found]) -> Reading:
    """The data of files of `common/` of one name, the first laid on those after it."""
    type_, depth = SHARED[name]
    problems: list[Problem] = []
    nodes = [node for found in files if (node := read_into(problems, found))]
    reading = _reading(type_, reduce(lambda over, base: merged(base, over, depth), nodes) if nodes else None, problems)
    if name == "readings" and reading.value:
        reading.problems += misread(reading.value)
    return reading


def reading_of(found: Found, kind: str, folders: Folders) -> Reading:
    """The record of a kind in a file, with its base where it extends one."""
    problems: list[Problem] = []
    depth = EXTENDABLE.get(kind)
    node = load(folders, kind, found, problems, depth) if depth else read_into(problems, found)
    return _reading(TYPES[kind], node, problems)


def _reading(type_: Any, node: Node | None, problems: list[Problem]) -> Reading:
    reading = examine(type_, node) if node else Reading()
    reading.problems = [*problems, *reading.problems, *inconsistencies(reading.value)]
    return reading


def file_reading(path: Path, folders: Folders) -> tuple[str, Reading]:
    """The kind of any YAML file, by its folder or its keys, and its record; kinds of `common/` by their file's name."""
    found = Found(path, shown(path))
    folder, name = path.absolute().parent.name, path.stem
    if folder == "common" and name in SHARED:
        others = [file for file in folders.all("common", name) if not (disk.exists(path) and file.path.samefile(path))]
        return name, shared_reading(name, [found, *others])
    kind = SINGLE.get(path.name) or FOLDERS.get(folder)
    if kind is None:
        problems: list[Problem] = []
        node = read_into(problems, found)
        kind = _by_keys(node) if node else None
        if kind is None:
            problems += [Problem(node.place, "何のファイルか分かりません。", _WHERE)] if node else []
            return "", Reading(problems=problems)
    return kind, reading_of(found, kind, folders)


def _by_keys(node: Node) -> str | None:
    keys = {key.text for key, _ in node.entries} if isinstance(node, Mapping) else set()
    return next((kind for key, kind in KEYS if key in keys), None)
