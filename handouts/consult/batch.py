"""Makes the sheets of a table of patients, on all cores: a row that is wrong is told, a run that was killed goes on.

The order of what is done for a row makes that sure: its code is in the journal before anything else; the whole file is
written under a hidden name; the store keeps its line; the file gets its name; the journal says that it is done. What is
not done is made again under the same code.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from secrets import SystemRandom

from handouts.consult.code import Chooser, new_code
from handouts.consult.gather import INDEX, check_index, gather, is_draft, write_index
from handouts.consult.journal import FILE, Journal
from handouts.consult.lock import locked
from handouts.consult.record import QUIET
from handouts.consult.sheetmaker import Made, Maker, Order
from handouts.consult.store import Store
from handouts.consult.table import Table
from handouts.disk import is_folder, reason
from handouts.output import PDF, check_target, made_folder
from handouts.problems import Place, Problem, Problems

AHEAD = 8
"""Rows that wait for each worker: enough that none is idle, few enough that memory does not grow."""
RARELY = (50_000, 4, 4)
"""Thresholds of the garbage collector: about once in three sheets; what outlives that must not pile up."""
TOGETHER = 16
"""Sheets that are kept and ticked off in one go."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be made. Single files go to `folder`; `merged` is one file of all, each patient on a new leaf."""

    table: Table
    folder: Path
    printed: date
    clinic: Path | None = None
    merged: Path | None = None
    yes: bool = False
    """Answer every question with yes; else a row with an open question is a bad one."""
    stop: bool = False
    """At the first bad row no more are begun; else it is left out."""
    resume: bool = False
    jobs: int = 1


@dataclass(slots=True)
class Summary:
    """What came of it: `made` now, `before` by the run that is resumed, the numbers and problems of bad rows, s."""

    made: int = 0
    before: int = 0
    sides: int = 0
    bad: dict[int, tuple[Problem, ...]] = field(default_factory=dict)
    left: int = 0
    """Rows that were not begun, after a stop."""
    seconds: float = 0.0
    folder: Path | None = None
    merged: Path | None = None
    pages: int = 0
    """Pages of the merged file, the blank backs between two patients included."""


Tell = Callable[[int, int], None]
"""Called with rows seen to and rows in all."""


def run(batch: Batch, tell: Tell = lambda done, count: None, random: Chooser | None = None) -> Summary:
    """Make the sheets. Raises Problems where none can be made, or the disk will not take more."""
    start = time.monotonic()
    if batch.merged:
        check_target(batch.merged, PDF)
    # A mistake in the clinic's own files is no fault of a row: it is told once, before anything is written.
    maker = Maker.of(batch.clinic, yes=batch.yes)
    summary = Summary(folder=batch.folder)
    quiet = _private(), _rare_collection()
    with quiet[0], quiet[1], made_folder(batch.folder), locked(batch.folder), _swept(batch), Store.opened() as store:
        check_index(batch.folder)
        journal = _journal(batch)
        orders = _orders(batch, journal, store, random or SystemRandom())
        waiting = [order for order in orders if order.code not in journal.done or not order.target.exists()]
        summary.before = len(orders) - len(waiting)
        tell(summary.before, len(orders))
        if batch.resume:
            store.forget(order.code for order in waiting)
        _make_all(batch, maker, waiting, summary, Settler(batch.folder, store, journal), tell)
        summary.left = len(orders) - summary.before - summary.made - len(summary.bad)
        finished = [order for order in orders if order.code in journal.done]
        summary.sides = sum(journal.done[order.code] for order in finished)
        if not summary.left:
            _close(batch, journal, finished, summary)
    summary.seconds = time.monotonic() - start
    return summary


def _orders(batch: Batch, journal: Journal, store: Store, random: Chooser) -> list[Order]:
    """Each row with its code: the one that it has had, else one that no sheet has."""
    taken = {line.code for line in store.lines()}
    fresh = (code for code in iter(lambda: new_code(random), "") if code not in taken)
    codes = journal.assign([row.digest(journal.salt) for row in batch.table.rows], lambda: next(fresh))
    rows = zip(batch.table.rows, codes, strict=True)
    return [Order(row, code, batch.folder / f"{code}.pdf", journal.printed) for row, code in rows]


def _journal(batch: Batch) -> Journal:
    path = batch.folder / FILE
    return Journal.read(path) if batch.resume else Journal.begun(path, batch.printed)


@contextmanager
def _private() -> Iterator[None]:
    """What is made meanwhile may be read by its owner alone, folders and temporary files too."""
    mask = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(mask)


@contextmanager
def _rare_collection() -> Iterator[None]:
    """A sheet makes thousands of objects, and few of them hold each other: they need not be searched at each sheet."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _swept(batch: Batch) -> Iterator[None]:
    """Nothing half-written is there, be it that another run was killed or that this one is broken off."""
    _sweep(batch)
    try:
        yield
    finally:
        _sweep(batch)


def _sweep(batch: Batch) -> None:
    """Take away what is half-written: it may hold a patient's name."""
    ours = ("*????-????-?.pdf*", f"{INDEX}.*", f"{FILE}.*")
    left = [path for form in ours for path in batch.folder.glob(f".{form}.tmp")]
    merged = Path(os.path.realpath(batch.merged)) if batch.merged else None
    if merged and is_folder(merged.parent):
        left += [path for path in merged.parent.iterdir() if is_draft(path, merged)]
    for path in left:
        with suppress(OSError):
            path.unlink()


class Settler:
    """Takes sheets that are written, a few at a time: keeps them, names their files, ticks them off."""

    def __init__(self, folder: Path, store: Store, journal: Journal) -> None:
        self._folder, self._store, self._journal = folder, store, journal
        self._fresh: list[Made] = []

    def take(self, made: Made) -> None:
        """One more sheet."""
        self._fresh.append(made)
        if len(self._fresh) >= TOGETHER:
            self.settle()

    def settle(self) -> None:
        """See to those that wait. Raises Problems."""
        fresh, self._fresh = self._fresh, []
        if not fresh:
            return
        self._store.put(made.entry for made in fresh if made.entry)
        try:
            for made in fresh:
                os.replace(made.order.draft, made.order.target)
            _synchronise(self._folder)
        except OSError as error:
            message = f"できた紙に名前を付けられません({reason(error)})。"
            hint = "フォルダーを確かめ、--resume を付けて、もう一度打ってください。"
            raise Problems([Problem(Place(str(self._folder)), message, hint)]) from None
        self._journal.finish((made.order.code, made.sides) for made in fresh)


def _synchronise(folder: Path) -> None:
    """Have the names in a folder outlive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_all(batch: Batch, maker: Maker, orders: list[Order], summary: Summary, settler: Settler, tell: Tell) -> None:
    """Make what is waiting; what was made is ticked off in any case."""
    count = len(orders) + summary.before
    results = _results(batch, maker, orders, stopped=lambda: batch.stop and bool(summary.bad))
    try:
        for made in results:
            if made.problems:
                summary.bad[made.order.row.number] = made.problems
            else:
                settler.take(made)
                summary.made += 1
            tell(summary.before + summary.made + len(summary.bad), count)
    finally:
        results.close()
        settler.settle()


def _results(
    batch: Batch, maker: Maker, orders: list[Order], stopped: Callable[[], bool]
) -> Generator[Made, None, None]:
    """Each order's outcome as it comes. Raises Problems where a worker dies or the disk refuses."""
    jobs = min(batch.jobs, len(orders))
    if jobs < 2:
        for order in orders:
            if stopped():
                return
            yield _taken(maker.make(order))
        return
    context = get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(batch.clinic, batch.yes))
    try:
        queue = iter(orders)
        running = {pool.submit(_work, order) for order in islice(queue, AHEAD * jobs)}
        while running:
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield _taken(future.result())
            if not stopped():
                running |= {pool.submit(_work, order) for order in islice(queue, len(finished))}
    except BrokenProcessPool:
        # Both say it: a sheet that was under way, and a pool that is given a further one.
        message = "作業の途中で、プログラムの一部が止められました(メモリー不足など)。"
        hint = "--jobs を減らし、--resume を付けて、もう一度打ってください。"
        raise Problems([Problem(Place(), message, hint)]) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _taken(made: Made) -> Made:
    """What is wrong with the disk is no fault of a row. Raises Problems."""
    if made.fatal:
        raise Problems(made.problems)
    return made


_maker: Maker | None = None


def _begin(clinic: Path | None, yes: bool) -> None:
    """A worker begins: it keeps library and faces, leaves the keyboard to its parent, and ends when that one does."""
    import signal
    import threading
    from multiprocessing import parent_process
    from multiprocessing.connection import wait as wait_for

    global _maker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o077)
    if parent := parent_process():

        def follow() -> None:
            wait_for([parent.sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()
    _maker = Maker.of(clinic, yes=yes)
    gc.set_threshold(*RARELY)


def _work(order: Order) -> Made:
    assert _maker is not None
    return _maker.make(order)


def _close(batch: Batch, journal: Journal, finished: list[Order], summary: Summary) -> None:
    """All rows are seen to: the list of rows and codes, the one file, and the end of the journal."""
    write_index(batch.folder, finished, journal.done)
    if batch.merged and finished:
        summary.pages = gather(finished, batch.merged)
        summary.merged = batch.merged
    journal.end()


def told(number: int, problems: Sequence[Problem]) -> list[Problem]:
    """The problems of a row, each with the row's number; no line of the table is shown with them."""
    return [replace(one, message=f"{number}行目: {one.message}", excerpt=QUIET) for one in problems]
