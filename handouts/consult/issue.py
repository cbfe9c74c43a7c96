"""Issues a sheet: its bytes are made, then kept in the store, then written, so that no paper is without its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import SystemRandom
from typing import TYPE_CHECKING

from handouts.consult.code import new_code
from handouts.consult.content import content_of
from handouts.consult.password import encrypted
from handouts.consult.record import QUIET
from handouts.consult.sheet import set_personal
from handouts.consult.store import Record, Store
from handouts.library import Library
from handouts.output import write_whole
from handouts.pdf import write
from handouts.problems import Problems

if TYPE_CHECKING:
    from handouts.consult.plan import Plan


@dataclass(frozen=True, slots=True)
class Issued:
    """A sheet that was written."""

    path: Path
    code: str
    sides: int


def fresh_code(store: Store) -> str:
    """A code that no sheet of this store has."""
    random = SystemRandom()
    return next(code for code in iter(lambda: new_code(random), "") if store.line(code) is None)


def pdf_of(library: Library, plan: Plan, code: str) -> tuple[bytes, int]:
    """The bytes of a sheet and how many sides it has; the same bytes for the same content.

    Raises Problems; none of them shows a line of the record, which may hold the patient's name.
    """
    try:
        done = set_personal(library, plan, code, plan.printed)
        return write(done.document, done.faces), len(done.document.sheets)
    except Problems as problems:
        record = plan.consultation.place.file
        hushed = (replace(one, excerpt=QUIET) if one.place.file == record else one for one in problems)
        raise Problems(hushed) from None


OF_WRITERS = ("line-start", "line-end")
"""Rules that a name or a note may break by itself: it begins and ends with whatever its writer put there."""


def measure(data: bytes) -> None:
    """Ask the finished file the cheap rules of `handouts verify`. Raises Problems, without a word of the page."""
    # PDFium takes some 25 ms to load.
    from handouts.checks.file.verify import verify_built

    if found := [one for one in verify_built(data, "", quoting=False) if one.rule not in OF_WRITERS]:
        raise Problems(found)


def issue(library: Library, plan: Plan, code: str, target: Path, store: Store, password: str | None = None) -> Issued:
    """Make a sheet, keep it, and write it for its owner alone. Raises Problems; then nothing is kept or written."""

    def put(data: bytes, _: int) -> None:
        write_whole(target, encrypted(data, password) if password is not None else data, private=True)

    return Issued(target, code, issue_by(library, plan, code, store, put))


def issue_by(library: Library, plan: Plan, code: str, store: Store, put: Callable[[bytes, int], None]) -> int:
    """Make a sheet, keep it, and have `put` do away with its bytes, given how many sides it has; returns these.

    Raises Problems, `put`'s too; then nothing is kept.
    """
    data, sides = pdf_of(library, plan, code)
    measure(data)
    record = Record.of(code, content_of(library, plan), plan.consultation.patient, data)
    with kept(store, record, full=library.clinic().records):
        put(data, sides)
    return sides


@contextmanager
def kept(store: Store, record: Record, *, full: bool) -> Iterator[None]:
    """A sheet is kept before it is written meanwhile, and taken back where that fails.

    Killed in between, a line stays of a sheet that nobody has: harmless. The other way round a sheet would be in the
    patient's hands that nothing is known of.
    """
    store.keep([record], full=full)
    try:
        yield
    except BaseException:
        store.forget([record.code])
        raise
