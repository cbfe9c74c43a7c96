"""Builds the watched sheet in memory: new pages where all is well, the last good ones with the problems where not."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handouts.checks.content import check, check_handout
from handouts.disk import is_folder
from handouts.drawing import keep
from handouts.library import Library
from handouts.library.folders import CLINIC_FILE, shown
from handouts.model import Edition
from handouts.pdf import write
from handouts.problems import Problem, Problems, Severity
from handouts.setting import Job, set_handout

DPI = 110
"""Of the pages on the screen."""
QUALITY = 92
KINDS = (".yaml", ".svg", ".png", ".jpg", ".jpeg", ".ttf")
"""Endings of the files that a sheet is made of."""
State = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be seen: pages as JPEG, what is wrong, whether the pages are of the present text, how long they took.

    `number` grows with every news; `draft` says that the pages are marked as a draft, as there are errors of content;
    `checked` that all rules were asked.
    """

    number: int = 0
    pages: tuple[bytes, ...] = ()
    problems: tuple[Problem, ...] = ()
    present: bool = False
    draft: bool = False
    seconds: float = 0.0
    checked: bool = False


class Studio:
    """One sheet of one clinic; `shown` is what was built last."""

    def __init__(self, folder: Path, topic: str, layout: str | None, edition: Edition, *, mono: bool) -> None:
        self.folder = folder
        self.topic = topic
        self.layout = layout
        self.edition = edition
        self.mono = mono
        self.shown = Shown()
        self._library: Library | None = None
        self._seen: State = {}
        self._drawn: State = {}

    def changed(self) -> bool:
        """Whether a file of the clinic's folder has changed, come or gone since the last look."""
        state = files(self.folder)
        changed = state != self._seen
        self._seen = state
        return changed

    def build(self) -> Iterator[Shown]:
        """The pages of what the files say now, at once; where they cannot be had, the last ones stay. Then, with the
        same pages, all that the rules say."""
        start = time.perf_counter()
        wrong = self._draw()
        library = Library(self.folder)
        if self._library:
            library.take_over(self._library)
        self._library = library
        try:
            pages, draft = self._pages(library)
        except Problems as found:
            wrong += found
            made = replace(self.shown, present=False)
        else:
            made = Shown(pages=pages, present=True, draft=draft)
        seconds = time.perf_counter() - start
        number = self.shown.number + 1
        now = tuple(Problems(dict.fromkeys(wrong)))
        yield replace(made, number=number, problems=now, seconds=seconds, checked=False)
        told = tuple(Problems(dict.fromkeys([*wrong, *self._told(library)])))
        self.shown = replace(made, number=number + 1, problems=told, seconds=seconds, checked=True)
        yield self.shown

    def _pages(self, library: Library) -> tuple[tuple[bytes, ...], bool]:
        handout = library.handout(self.topic)
        draft = any(problem.severity is Severity.ERROR for problem in check_handout(handout))
        layout = self.layout or handout.clinic.layout
        job = Job(date.today(), layout, self.edition, self.mono, draft=draft)
        done = set_handout(library, handout, job)
        return tuple(pictures(write(done.document, done.faces))), draft

    def _told(self, library: Library) -> list[Problem]:
        """All that the rules say of the clinic's own files."""
        kinds = ("topics", "exercises", "common", "layouts", "assets/poses")
        own = [self.folder / kind for kind in kinds if is_folder(self.folder / kind)]
        here = shown(self.folder)
        found = check([self.folder / CLINIC_FILE, *own], library)
        return [problem for problem in found if here == "." or problem.place.file.startswith(here)]

    def _draw(self) -> list[Problem]:
        """Compile the clinic's poses that are newer than their pictures, or changed meanwhile."""
        wrong: list[Problem] = []
        poses = files(self.folder / "assets" / "poses")
        pictures = self.folder / "assets" / "pictures"
        for name, state in poses.items():
            path = Path(name)
            made = [one.stat().st_mtime_ns for one in pictures.glob(f"{path.stem}.*.svg")]
            if self._drawn.get(name, state) != state or not made or min(made) < state[0]:
                try:
                    keep(path)
                except Problems as found:
                    wrong += found
        self._drawn = poses
        self._seen = files(self.folder)
        return wrong


def files(folder: Path) -> State:
    """Time of change and size of every file below a folder that a sheet may be made of."""
    found: State = {}
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.lower().endswith(KINDS):
                with suppress(OSError):  # away for a moment, as some editors save
                    state = os.stat(os.path.join(top, name))
                    found[os.path.join(top, name)] = state.st_mtime_ns, state.st_size
    return found


def pictures(data: bytes) -> Iterable[bytes]:
    """Every side of a PDF as JPEG."""
    from pypdfium2 import PdfDocument

    with PdfDocument(data) as document:
        for page in document:
            file = io.BytesIO()
            page.render(scale=DPI / 72).to_pil().convert("RGB").save(file, "JPEG", quality=QUALITY, subsampling=0)
            yield file.getvalue()
