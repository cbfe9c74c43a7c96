"""The pictures on the topics' cards, and all else that is made once ahead, so that nobody waits for it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from datetime import date

from handouts.consult.discreet import discreet
from handouts.desk import previews, wire
from handouts.desk.cards import CARD
from handouts.desk.offers import offers
from handouts.desk.personal import personal_sheet
from handouts.desk.sheets import plain_sheet
from handouts.desk.shelf import Shelves
from handouts.problems import Problems

CALM = 3
"""Looks in a row that find the folder unchanged, before a new shelf is made warm."""


class CardPictures:
    """The first page of each topic, drawn once for each state of the clinic's folder."""

    def __init__(self, shelves: Shelves, today: Callable[[], date]) -> None:
        self._shelves = shelves
        self._today = today
        self._lock = threading.Lock()
        self._drawn: dict[tuple[str, str], bytes] = {}
        self._warmed = self._seen = ""
        self._calm = 0
        self._over = threading.Event()

    def picture(self, name: str) -> bytes | None:
        """A topic's first page as PNG; None where there is none."""
        shelf = self._shelves.now()
        key = name, shelf.version
        with self._lock:
            if name in shelf.topics and key not in self._drawn:
                made = plain_sheet(shelf, wire.Plain(topic=name), self._today(), "ja")
                self._drawn = {known: data for known, data in self._drawn.items() if known[1] == shelf.version}
                if made.sheet is not None:
                    self._drawn[key] = previews.picture(made.sheet.data, 1, CARD)
            return self._drawn.get(key)

    def warm(self) -> None:
        """Make a new shelf warm, in a thread of its own; not while somebody saves and looks, who would wait for it."""
        version = self._shelves.version()
        self._calm = self._calm + 1 if version == self._seen else 0
        begun, self._seen = self._seen, version
        if version != self._warmed and (self._calm >= CALM or not begun):
            self._warmed = version
            threading.Thread(target=self._warm, name="warm", daemon=True).start()

    def end(self) -> None:
        """Make nothing more."""
        self._over.set()

    def _warm(self) -> None:
        """Make once what will be asked for: faces, pictures and cards are then known, and what fits which paper."""
        shelf, today = self._shelves.now(), self._today()
        try:
            with discreet():
                for topic in shelf.topics.values():
                    if topic.handout is None or self._shelves.version() != shelf.version or self._over.is_set():
                        continue
                    self.picture(topic.id)
                    if topic.handout.topic.form is None:
                        personal_sheet(shelf, wire.Person(topic=topic.id), lambda: "", today, "ja")
                    offers(shelf, topic.handout, today)
            _settle()
        except (Problems, OSError):
            self._warmed = ""  # a file went away meanwhile: it is told where it is asked for


def _settle() -> None:
    """Look for garbage once, and no more among what stays: that look would hold a picture up by 50 ms now and then."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
