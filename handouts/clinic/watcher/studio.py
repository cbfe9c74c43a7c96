"""Builds the watched sheet in memory: new pages where all is well, the last good ones with the problems where not."""

from __future__ import annotations

import hashlib
import io
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handouts.checks.content import check, check_handout
from handouts.disk import below, is_folder
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
SETTLED = 0.005
"""Seconds in which nothing has changed, before a change counts: some editors empty a file and then write it."""
LOOKS = 20
"""So often, at the most: a file that never rests is shown all the same."""
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

    @property
    def names(self) -> list[str]:
        """A name for each page that says what is on it: one that stays as it was keeps its name."""
        return [hashlib.blake2b(page, digest_size=12).hexdigest() for page in self.pages]


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
        self._wrong: list[Problem] = []
        """What stopped the last build."""

    def changed(self) -> bool:
        """Whether a file of the clinic's folder has changed, come or gone since the last look."""
        before, state = self._seen, files(self.folder)
        if state == before:
            return False
        for _ in range(LOOKS):
            if state == before:
                break
            time.sleep(SETTLED)
            before, state = state, files(self.folder)
        self._seen = state
        return True

    def build(self) -> Shown:
        """The pages of what the files say now; where they cannot be had, the last ones stay. Few rules are asked."""
        start = time.perf_counter()
        self._wrong = self._draw()
        library = Library(self.folder)
        if self._library:
            library.take_over(self._library)
        self._library = library
        try:
            pages, draft = self._pages(library)
        except Problems as found:
            self._wrong += found
            made = replace(self.shown, present=False)
        else:
            made = Shown(pages=pages, present=True, draft=draft)
        return self._said(replace(made, seconds=time.perf_counter() - start, checked=False), self._wrong)

    def check(self) -> Shown | None:
        """The same pages with all that the rules say; None, given up, where meanwhile a file has changed."""
        library = self._library or Library(self.folder)
        told: list[Problem] = []
        for file in self._own_files():
            if files(self.folder) != self._seen:
                return None
            told += check([file], library)
        here = shown(self.folder)
        told = [problem for problem in told if here == "." or problem.place.file.startswith(here)]
        return self._said(replace(self.shown, checked=True), [*self._wrong, *told])

    def _said(self, made: Shown, problems: Iterable[Problem]) -> Shown:
        """What is shown from now on."""
        ordered = tuple(Problems(dict.fromkeys(problems)))
        self.shown = replace(made, number=self.shown.number + 1, problems=ordered)
        return self.shown

    def _pages(self, library: Library) -> tuple[tuple[bytes, ...], bool]:
        handout = library.handout(self.topic)
        draft = any(problem.severity is Severity.ERROR for problem in check_handout(handout))
        layout = self.layout or handout.clinic.layout
        job = Job(date.today(), layout, self.edition, self.mono, draft=draft)
        done = set_handout(library, handout, job)
        return tuple(pictures(write(done.document, done.faces))), draft

    def _own_files(self) -> Iterator[Path]:
        """The clinic's own files that rules are asked of, one by one."""
        yield self.folder / CLINIC_FILE
        for kind in ("topics", "exercises", "common", "layouts", "assets/poses"):
            folder = self.folder / kind
            if is_folder(folder):
                found, refused = below(folder, ".yaml")
                yield from found
                if refused:
                    yield folder  # its check tells why

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
            picture = page.render(scale=DPI / 72, rev_byteorder=True).to_pil()
            picture.save(file, "JPEG", quality=QUALITY, subsampling=0)
            yield file.getvalue()
