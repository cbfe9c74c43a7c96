"""This program: the library, its faces, and pieces of page that are the same on every sheet are kept."""

from __future__ import annotations

import gc
from pathlib import Path

from handouts.__main__ import GARBAGE
from handouts.build import build_topic
from handouts.consult.issue import pdf_of
from handouts.consult.plan import plan
from handouts.consult.record import consultation_of
from handouts.library import Library
from handouts.output import write_whole
from tests.bench.peers.columns import in_columns
from tests.bench.peers.peer import Content
from tests.bench.sheets import CODES, TOPIC, day_of, month_of, row


class Session:
    """Sheets are set from the topic's YAML and from a patient's record, with all that is checked on the way."""

    verify = True

    def __init__(self, content: Content, folder: str) -> None:
        gc.set_threshold(*GARBAGE)
        self._library = Library()

    def render(self, content: Content, changes: dict[str, str], target: str) -> None:
        if content["kind"] == "narrow":
            write_whole(Path(target), in_columns(content))
            return
        number = content["number"]
        if content["kind"] == "topic":
            build_topic(self._library, TOPIC, Path(target), month_of(number), verify=self.verify)
            return
        day = day_of(number)
        record = consultation_of(row(number).node(day), self._library, day)
        data, _ = pdf_of(self._library, plan(self._library, record, day), CODES[number % len(CODES)])
        write_whole(Path(target), data, private=True)
