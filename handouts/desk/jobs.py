"""Printing what is shown: the sheet's line is kept first, then its bytes are sent; the job's state in plain words."""

from __future__ import annotations

import secrets
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from handouts.consult.content import content_of
from handouts.consult.discreet import discreet
from handouts.consult.store import Record, Store
from handouts.desk.sheets import Sheet
from handouts.desk.wire import Lang, Trouble, Way
from handouts.desk.words import say
from handouts.model import Edge
from handouts.problems import Problems

BROWSER = "browser"
"""The printer that is everywhere: the browser's own print window."""
_BUSY = ("sending", "printing", "waiting")
EVERY = 0.3
"""s between two questions about a job."""
FOLLOWED = 3600
"""s for which a job is asked about: a printer without paper may wait for long."""


class State(Struct, frozen=True):
    """How a job is getting on."""

    what: Literal["sending", "printing", "waiting", "done", "cancelled", "failed", "gone", "browser"]
    busy: bool
    text: str
    printed: int
    sheets: int
    printer: str
    paper: str
    problem: Trouble | None = None


@dataclass(slots=True)
class Job:
    """A sheet on its way to paper. `job` is the printing room's own, once there is one."""

    id: str
    sheet: str
    state: State
    lang: Lang
    code: str | None = None
    kept: bool = False
    """The sheet's line was written for this job: it goes again where no paper comes of it."""
    job: Any = field(default=None, repr=False)
    wanted_end: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def became(self, what: str, text: str, printed: int | None = None, problem: Trouble | None = None) -> State:
        """Note a new state; what is over stays over."""
        with self.lock:
            if self.state.what in _BUSY or self.state.what == BROWSER:
                count = self.state.printed if printed is None else printed
                self.state = replace(
                    self.state, what=what, busy=what in _BUSY, text=text, printed=count, problem=problem
                )
            return self.state


def keep_line(sheet: Sheet) -> bool:
    """Keep the line of a patient's sheet, and the record where the clinic wants one; all or, with Problems, nothing.

    Whether it was not there before.
    """
    if sheet.plan is None or sheet.shelf is None or sheet.code is None:
        return False
    with discreet():
        library = sheet.shelf.library
        record = Record.of(sheet.code, content_of(library, sheet.plan), sheet.plan.consultation.patient, sheet.data)
        with Store.opened() as store:
            if store.line(sheet.code) is not None:
                return False
            store.keep([record], full=library.clinic().records)
    return True


def forget(job: Job) -> None:
    """Take back the line that was written for a job: no paper came of it. Raises Problems."""
    if job.kept and job.code is not None:
        with Store.opened() as store:
            store.forget([job.code])
        job.kept = False


def new_job(sheet_id: str, sheet: Sheet, printer: str, copies: int, lang: Lang) -> Job:
    """A job before anything is sent."""
    sheets = sheet.papers * copies
    paper = say(
        lang,
        "job-paper",
        sides=say(lang, "one-side" if len(sheet.sizes) == 1 or sheet.edge is Edge.NONE else "two-sides"),
        sheets=sheets,
        colour=say(lang, "mono" if sheet.mono else "colour"),
        copies=copies,
    )
    state = State("sending", True, say(lang, "job-sending"), 0, sheets, printer, paper)
    return Job(secrets.token_urlsafe(16), sheet_id, state, lang, sheet.code)


def send(job: Job, sheet: Sheet, printer: Any, copies: int, tray: str | None) -> None:
    """Send in a thread of its own; where that fails, the line that was kept for it goes again."""
    threading.Thread(target=_send, args=(job, sheet, printer, copies, tray), daemon=True).start()


def _send(job: Job, sheet: Sheet, printer: Any, copies: int, tray: str | None) -> None:
    from handouts import printing

    ticket = printing.Ticket(sheet.title, sheet.edge, len(sheet.sizes), copies, sheet.mono, tray or "")
    try:
        with discreet():
            job.job = printing.send(sheet.data, ticket, printer)
    except (Problems, OSError) as error:
        with suppress(Problems):  # what stays is the line of a sheet that nobody has: harmless
            forget(job)
        message = next(iter(error)).message if isinstance(error, Problems) and len(error) else ""
        job.became("failed", say(job.lang, "job-failed"), problem=_other(job, message or say(job.lang, "job-failed")))
        return
    if job.wanted_end:
        cancel(job)
    _follow(job)


def _follow(job: Job) -> None:
    """Ask how the job is getting on until it is over; then it leaves the spool's history, which keeps it for a day."""
    from handouts import printing

    end = time.monotonic() + FOLLOWED
    while job.state.busy and time.monotonic() < end:
        time.sleep(EVERY)
        progress(job)
    if not job.state.busy:
        printing.erase(job.job)


def progress(job: Job) -> State:
    """The job's state now, asked of the printer."""
    from handouts import printing

    try:
        return _noted(job, printing.progress(job.job, lang=job.lang))
    except Problems as problems:
        return job.became("waiting", next(iter(problems)).message)


def cancel(job: Job) -> State:
    """Stop a job; what was already printed stays printed."""
    job.wanted_end = True
    if job.job is None or not job.state.busy:
        return job.state
    from handouts import printing

    try:
        found = printing.cancel(job.job, lang=job.lang)
    except Problems as problems:
        return job.became("waiting", next(iter(problems)).message)
    return _noted(job, found)


def _noted(job: Job, found: Any) -> State:
    """What the printing room found, in the desk's words."""
    what = {"sent": "printing"}.get(found.stage.value, found.stage.value)
    total = {"printed": found.printed, "sheets": job.state.sheets}
    if what in ("waiting", "failed"):
        trouble = _other(job, found.reason, job.lang)
        return job.became(what, found.reason or say(job.lang, "job-failed"), found.printed, trouble)
    if what == "gone":  # the scheduler has forgotten it: nobody knows whether paper came, and nobody says so
        return job.became(what, found.reason, found.printed)
    if what == "cancelled":
        return job.became(what, say(job.lang, "job-cancelled"), found.printed)
    if what == "done":
        total["printed"] = job.state.sheets
        return job.became(what, say(job.lang, "of-out", **total), job.state.sheets)
    return job.became(what, say(job.lang, "of", **total), found.printed)


def _other(job: Job, text: str, lang: Lang = "ja") -> Trouble:
    ways = (Way(say(job.lang, "way-other-printer"), print="other"),)
    return Trouble("printer", "wrong", "printer", text, ways, lang=lang)
