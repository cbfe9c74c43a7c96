"""The open windows of the page, each with its own sheets and its own patient; nothing of one is in another's.

A sheet of a patient gets its code when it is first looked at, and keeps it through every change until it is printed:
what is looked at is then, to the byte, what is printed, code and all. Only printing writes the code into the store, so
that the store holds no sheet that nobody printed; after it, the next change takes a new code, as two papers with
different words must not share one.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from handouts.consult.code import new_code
from handouts.desk.jobs import Job
from handouts.desk.sheets import Made, Sheet

COVER, ERASE, DONE = 120, 600, 120
"""s without a touch until a page is covered, until it is erased, until what was printed is erased."""
SILENT = 300
"""s without any word from a page until its window is dropped: a page in the background may speak once a minute."""
SHEETS, WINDOWS, PICTURES = 8, 32, 24
"""How many are kept: sheets of a window, windows, pictures of a window."""


class Gone(Exception):
    """A window, or a sheet or job of it, is not here any more; `what` says which."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(slots=True)
class Window:
    """One page: its newest request, its sheets by id and by what was asked, its pictures, its jobs."""

    id: str
    touched: float
    heard: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    making: threading.Lock = field(default_factory=threading.Lock)
    """Held while a sheet of this window is made or sent: one after the other."""
    seen: str = ""
    """The version of the clinic's folder that the page was last told of."""
    era: int = 0
    """Rises with each erasing: what was begun before it comes too late."""
    serial: int = -1
    code: str | None = None
    sheets: OrderedDict[str, Sheet] = field(default_factory=OrderedDict, repr=False)
    made: OrderedDict[bytes, tuple[str, Made]] = field(default_factory=OrderedDict, repr=False)
    pictures: OrderedDict[tuple[str, int, int], bytes] = field(default_factory=OrderedDict, repr=False)
    jobs: dict[str, Job] = field(default_factory=dict, repr=False)
    released: set[str] = field(default_factory=set)
    """Sheets that were sent to the browser's printing: their PDF may be fetched."""

    def newest(self, serial: int) -> bool:
        """Whether no later request has come; notes this one."""
        with self.lock:
            self.serial = max(self.serial, serial)
            return serial == self.serial

    def is_late(self, serial: int) -> bool:
        """Whether a later request has come since."""
        return serial < self.serial

    def number(self) -> str:
        """The code of the patient on the page."""
        with self.lock:
            self.code = self.code or new_code(secrets.SystemRandom())
            return self.code

    def known(self, key: bytes) -> tuple[str, Made] | None:
        """What was made of the same request, if its sheet is still here."""
        with self.lock:
            found = self.made.get(key)
            return found if found and found[0] in self.sheets else None

    def keep(self, key: bytes, made: Made, era: int) -> str | None:
        """Keep a sheet that was begun in an era; its id, or None where the patient was erased meanwhile."""
        assert made.sheet is not None
        id_ = secrets.token_urlsafe(16)
        with self.lock:
            if era != self.era:
                return None
            self.sheets[id_] = made.sheet
            self.made[key] = id_, made
            while len(self.sheets) > SHEETS:
                old, _ = self.sheets.popitem(last=False)
                self.released.discard(old)
            while len(self.made) > SHEETS:
                self.made.popitem(last=False)
        return id_

    def sheet(self, id_: str) -> Sheet:
        """A sheet that was shown here. Raises Gone."""
        with self.lock:
            if id_ not in self.sheets:
                raise Gone("sheet")
            return self.sheets[id_]

    def form_of(self, id_: str) -> dict[str, Any] | None:
        """In what form a sheet was asked for: nothing of whom it is for."""
        with self.lock:
            made = next((made for known, made in self.made.values() if known == id_), None)
        return made.form if made else None

    def job(self, id_: str) -> Job:
        """A job of this window. Raises Gone."""
        with self.lock:
            if id_ not in self.jobs:
                raise Gone("job")
            return self.jobs[id_]

    def spent(self, code: str | None) -> None:
        """A sheet was printed: what is changed from now on is another sheet."""
        with self.lock:
            if code is not None and self.code == code:
                self.code = None

    def erase(self) -> None:
        """Forget the patient: sheets, pictures, code. A job under way goes on, with its own bytes, until it ends."""
        with self.lock:
            self.era += 1
            self.sheets.clear()
            self.made.clear()
            self.pictures.clear()
            self.released.clear()
            self.code = None
            for id_ in [id_ for id_, job in self.jobs.items() if not job.state.busy]:
                del self.jobs[id_]

    def remember(self, key: tuple[str, int, int], picture: bytes) -> None:
        """Keep a picture for the next request of it, while its sheet is here."""
        with self.lock:
            if key[0] not in self.sheets:
                return
            self.pictures[key] = picture
            while len(self.pictures) > PICTURES:
                self.pictures.popitem(last=False)


class Windows:
    """All windows by id. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: dict[str, Window] = {}

    def open(self) -> Window:
        """A new window; of too many the one that has been silent longest goes."""
        now = self._clock()
        window = Window(secrets.token_urlsafe(16), now, now)
        with self._lock:
            while len(self._windows) >= WINDOWS:
                oldest = min(self._windows.values(), key=lambda one: one.heard)
                self._drop(oldest)
            self._windows[window.id] = window
        return window

    def find(self, id_: str, *, touch: bool = True) -> Window:
        """A window that says something; `touch`: somebody works at it. Raises Gone."""
        with self._lock:
            window = self._windows.get(id_)
            if window is None:
                raise Gone("window")
            window.heard = self._clock()
            if touch:
                window.touched = window.heard
            return window

    def close(self, id_: str) -> None:
        """A window that was closed; one that is not here is closed already."""
        with self._lock:
            if window := self._windows.get(id_):
                self._drop(window)

    def has(self, id_: str) -> bool:
        """Whether a window is still here; asking is no word of the page."""
        with self._lock:
            return id_ in self._windows

    def others(self, id_: str) -> int:
        """How many other windows are open."""
        with self._lock:
            return sum(one != id_ for one in self._windows)

    def of_sheet(self, id_: str) -> tuple[Window, Sheet]:
        """The window that has a sheet. Raises Gone."""
        with self._lock:
            windows = list(self._windows.values())
        for window in windows:
            if found := window.sheets.get(id_):
                return window, found
        raise Gone("sheet")

    def sweep(self) -> None:
        """Erase what nobody has touched for long, and drop windows that say nothing any more."""
        now = self._clock()
        with self._lock:
            for window in list(self._windows.values()):
                if now - window.heard > SILENT:
                    self._drop(window)
                elif now - window.touched > ERASE:
                    window.erase()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            for window in list(self._windows.values()):
                self._drop(window)

    def _drop(self, window: Window) -> None:
        window.erase()
        self._windows.pop(window.id, None)
