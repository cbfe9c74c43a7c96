"""Makes one row's sheet after another, with library and faces kept warm; nothing it says holds a word of the row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from handouts.consult.again import record_of
from handouts.consult.content import content_of
from handouts.consult.discreet import discreet
from handouts.consult.issue import measure, pdf_of
from handouts.consult.plan import Plan, plan
from handouts.consult.record import consultation_of
from handouts.consult.store import Entry, Record, Store
from handouts.consult.table import Row
from handouts.library import Library
from handouts.library.library import PERSONAL
from handouts.model import place_of
from handouts.output import write_whole
from handouts.problems import Place, Problem, Problems

_QUOTED = re.compile("「([^」]+)」")


@dataclass(frozen=True, slots=True)
class Order:
    """A row, its code, the file it is to become, and the day that is printed."""

    row: Row
    code: str
    target: Path
    printed: date

    @property
    def draft(self) -> Path:
        """Where the whole file waits until the store has its line."""
        return self.target.with_name(f".{self.target.name}.part.tmp")


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet of so many sides, written as the order's draft, or the problems for which there is none.

    `fatal` where no other row can fare better.
    """

    order: Order
    sides: int = 0
    entry: Entry | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()
    fatal: bool = False


def _discreetly(problem: Problem, row: Row) -> Problem:
    """Without the words of a cell, but for ids: where columns are mixed up, any cell may hold the name.

    A question, which a rule asks, quotes what it is about.
    """
    if problem.rule:
        return problem
    cells = [text for _, _, text in row.cells]

    def word(match: re.Match[str]) -> str:
        is_id = re.fullmatch("[!-~]+", match[1])
        return match[0] if is_id or not any(match[1] in cell for cell in cells) else "「…」"

    return replace(problem, message=_QUOTED.sub(word, problem.message))


def _of_disk(problem: Problem, order: Order) -> Problem:
    """A problem of writing the draft, told of the file it was to become, with the way to go on."""
    hint = f"{problem.hint}その後、--resume を付けて、もう一度打ってください。"
    return replace(problem, place=Place(str(order.target)), hint=hint)


class Maker:
    """Makes sheets from one library; with `yes` every question is answered so, else its row has no sheet."""

    def __init__(self, library: Library, *, yes: bool) -> None:
        self._library = library
        self._yes = yes
        self._full = library.clinic().records
        self._measured: set[tuple[object, ...]] = set()

    @classmethod
    def of(cls, clinic: Path | None, *, yes: bool) -> Maker:
        """The maker for a clinic's folder, as `Library.found` finds it. Raises Problems of the clinic's own files."""
        library = Library.found(clinic)
        library.labels()
        library.theme(library.layout(PERSONAL).theme)
        return cls(library, yes=yes)

    def make(self, order: Order) -> Made:
        """The sheet, written for its owner alone; problems come back, with no exception and no word of the row."""
        place = Place(order.row.shown, order.row.number, 1)
        try:
            with discreet():
                data, sides, entry = self._sheet(order)
        except Problems as problems:
            told = (_discreetly(one, order.row) for one in problems)
            return Made(order, problems=tuple(one if one.place else replace(one, place=place) for one in told))
        except OSError:
            message = "資料の定義か書体を読めなくなりました。"
            return Made(order, problems=(Problem(place, message, "医院のフォルダーを確かめてください。"),), fatal=True)
        try:
            write_whole(order.draft, data, private=True)
        except Problems as problems:
            return Made(order, problems=tuple(_of_disk(one, order) for one in problems), fatal=True)
        return Made(order, sides, entry)

    def _sheet(self, order: Order) -> tuple[bytes, int, Entry]:
        if order.row.problems:
            raise Problems(order.row.problems)
        record = consultation_of(order.row.node(order.printed), self._library, order.printed)
        before = whom = None
        if record.previous is not None:
            with Store.opened() as store:
                found = record_of(store, record.previous, place_of(record.previous))
            before, whom = found.content, found.patient
        made = plan(self._library, record, order.printed, before, whom)
        if made.questions and not self._yes:
            raise Problems(question.problem() for question in made.questions)
        data, sides = pdf_of(self._library, made, order.code)
        self._measure_first(made, data)
        kept = Record.of(order.code, content_of(self._library, made), record.patient, data)
        return data, sides, Entry.of(kept, full=self._full)

    def _measure_first(self, made: Plan, data: bytes) -> None:
        """Measure the first sheet of each kind: what is wrong with a layout is so on all, and measuring takes long."""
        said = made.consultation
        exercises = tuple(str(entry.id) for entry in made.handout.exercises)
        kind = (said.topics, exercises, said.side, said.edition, said.paper)
        if kind not in self._measured:
            measure(data)
            self._measured.add(kind)
