"""The clinic's library as the desk needs it: one unreadable file stops what it must, and nothing else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from handouts.decode import Reading
from handouts.desk.repair import repaired
from handouts.library import Library
from handouts.library.approval import FILE as APPROVALS_FILE
from handouts.library.kinds import CLINIC
from handouts.model import Approval, Clinic
from handouts.paths import builtin
from handouts.problems import NOWHERE, Place, Problem, Problems

ALL = "*"
"""In `missing`: nothing of clinic.yaml can be read."""
_KINDS = (
    "topics",
    "exercises",
    "layouts",
    "layouts/themes",
    "common",
    "assets",
    "assets/poses",
    "assets/pictures",
    "fonts",
)


class DeskLibrary(Library):
    """A library that goes on with what can be read of clinic.yaml, and says what cannot.

    `before` is the clinic as it could last be read. What is wrong with clinic.yaml and approvals.yaml is in
    `clinic_problems`, and the keys that are not printed, with their lines, in `missing` (`*`: all is as it was before).
    """

    def __init__(self, clinic_dir: Path | None, before: Clinic | None = None) -> None:
        super().__init__(clinic_dir)
        self.clinic_problems: list[Problem] = []
        self.missing: dict[str, int] = {}
        self._mended: Reading | None = None
        self._before = before
        self._approvals: dict[str, Approval] | None = None

    def reading(self, kind: str, name: str, place: Place = NOWHERE) -> Reading:
        """As the library's; of the clinic, what can be read."""
        if kind != CLINIC:
            return super().reading(kind, name, place)
        if self._mended is None:
            found = super().reading(kind, name, place)
            self._mended = self._repaired(found) if found.problems else found
        return self._mended

    def approvals(self) -> dict[str, Approval]:
        """As the library's; where the file cannot be read nobody has approved anything, and that is told."""
        if self._approvals is None:
            try:
                self._approvals = super().approvals()
            except Problems as problems:
                self.clinic_problems += problems
                self._approvals = {}
        return self._approvals

    def _repaired(self, found: Reading) -> Reading:
        """What can be used of a clinic.yaml that has problems, else the clinic before; itself where there is none."""
        self.clinic_problems += found.problems
        if good := repaired(self.folders.clinic_file(), found.problems):
            self.missing = good.missing
            return good.reading
        if self._before is None:
            return found
        self.missing = {ALL: 0}
        return Reading(self._before)


def builtin_stamp() -> str:
    """A short word that changes when any built-in file does that a sheet is made of."""
    return _digest(_builtin())


def own_stamp(clinic: Path | None) -> str:
    """The same of the clinic's files: names, times and sizes, not contents."""
    return _digest(_own(clinic) if clinic else ())


def _digest(lines: Iterable[str]) -> str:
    digest = hashlib.blake2s(digest_size=8)
    for line in lines:
        digest.update(line.encode(errors="surrogateescape"))
    return digest.hexdigest()


def _builtin() -> Iterator[str]:
    for kind in _KINDS:
        top, _, rest = kind.partition("/")
        yield from _folder(builtin(top) / rest)


def _own(clinic: Path) -> Iterator[str]:
    for kind in _KINDS:
        yield from _folder(clinic / kind)
    for name in ("clinic.yaml", APPROVALS_FILE):
        yield _file(clinic / name)


def _folder(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            yield from sorted(_entry(one) for one in found)
    except OSError as error:
        yield f"{folder} {error.errno}\n"


def _entry(entry: os.DirEntry[str]) -> str:
    try:
        known = entry.stat()
        return f"{entry.path} {known.st_mtime_ns} {known.st_size}\n"
    except OSError as error:
        return f"{entry.path} {error.errno}\n"


def _file(path: Path) -> str:
    try:
        known = path.stat()
        return f"{path} {known.st_mtime_ns} {known.st_size}\n"
    except OSError as error:
        return f"{path} {error.errno}\n"
