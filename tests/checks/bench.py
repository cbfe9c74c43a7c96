"""Edits to good files, and what `handouts check` says of them: for the examples of the rules and the defects."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from handouts.checks.content import check
from handouts.library import Library
from handouts.paths import PACKAGE, builtin
from handouts.problems import Problem

HERE = Path(__file__).resolve().parent
TODAY = date(2026, 11, 22)
SHORTHANDS = {"tip": "座り続けを避けます。", "answer": "痛みがなければ行えます。1日1回が目安です。"}
"""Texts of clinic/topics/knee.yaml that most rules on words are tried on."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A file of a clinic's folder, and its new text as a function of the old one, in data: replace, cut or write."""

    file: str
    old: str | None
    new: str
    end: str | None = None

    def apply(self, text: str) -> str:
        """The edited text; fails where what is to be replaced does not stand there just once."""
        if self.old is None:
            return self.new
        assert text.count(self.old) == 1, f"{self.file}: {self.old!r} stands there {text.count(self.old)} times"
        if self.end is None:
            return text.replace(self.old, self.new)
        start = text.index(self.old)
        return text[:start] + text[text.index(self.end, start) :]


def edits(written: Any) -> list[Edit]:
    """The edits of a case as the YAML files write them."""
    return [_edit(one) for one in (written if isinstance(written, list) else [written])]


def _edit(one: Mapping[str, str]) -> Edit:
    if "write" in one:
        return Edit(one["write"], None, one["text"])
    if "cut" in one:
        return Edit(one["cut"], one["from"], "", one["to"])
    for name, old in SHORTHANDS.items():
        if name in one:
            return Edit("topics/knee.yaml", old, one[name])
    return Edit(one["in"], one["old"], one["new"])


class Bench:
    """A clinic's folder (None: only what is built in) that is copied, edited and checked, again and again.

    What no edit touches is read once: a library keeps its readings. `clean` is what is said of the untouched files.
    """

    def __init__(self, clinic: Path | None) -> None:
        self.clinic = clinic
        self.library = Library(clinic)
        self.clean = check(None, self.library, TODAY)

    def problems(self, changes: Sequence[Edit], folder: Path) -> list[Problem]:
        """What is said of the edited files, and of the topics that use them; `folder` is an empty one."""
        if self.clinic:
            shutil.copytree(self.clinic, folder, dirs_exist_ok=True)
        else:
            shutil.copy(PACKAGE / "clinic.yaml", folder)
        for change in changes:
            path = folder / change.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(change.apply(self._text(path, change)), encoding="utf-8")
        library = Library(folder)
        touched = {change.file.removesuffix(".yaml") for change in changes}
        for (kind, name), reading in self.library._readings.items():
            if kind in ("common", "exercises", "clinic") and not touched & {f"{kind}/{name}", name}:
                library._readings[kind, name] = reading
        return check(list(self._paths(folder, touched)), library, TODAY)

    def _text(self, path: Path, change: Edit) -> str:
        if change.old is None:
            return ""
        if path.exists():
            return path.read_text("utf-8")
        top, _, rest = change.file.partition("/")
        return (builtin(top) / rest).read_text("utf-8")

    def _paths(self, folder: Path, touched: set[str]) -> Iterator[Path]:
        """All files of the copy, and each built-in topic that uses an edited exercise; else `running`."""
        yield folder
        if self.clinic:
            return
        if not any(name.startswith("topics/") for name in touched):
            exercises = {name.partition("/")[2] for name in touched if name.startswith("exercises/")}
            for topic in sorted(builtin("topics").glob("*.yaml")):
                said = topic.read_text("utf-8")
                if any(f"exercise: {name}\n" in said for name in exercises) or (
                    not exercises and topic.stem == "running"
                ):
                    yield topic
                    return


def load(name: str) -> Any:
    """A YAML file beside this module."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
