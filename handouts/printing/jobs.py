"""Print jobs: sent, followed until they are over, cancelled, and erased from what CUPS keeps of them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote

from handouts.printing import ipp
from handouts.printing.printers import PROCESSING, Condition, Printer, condition_of
from handouts.printing.scheduler import Deadline, Silent, account, ask, run
from handouts.printing.ticket import Ticket, options, refusals, sheets
from handouts.printing.words import Lang, Words, words
from handouts.problems import NOWHERE, Problem, Problems

_NUMBER = re.compile(r"-(\d+) \(")
"""The number in what `lp` says: `request id is NAME-12 (0 file(s))`."""
PENDING, HELD, AT_WORK, HALTED, CANCELLED, ABORTED, COMPLETED = range(3, 10)
"""Values of `job-state` (RFC 8011, 5.3.7)."""
AGAIN = 0.05
"""s between two looks at a job that is being cancelled."""
SETTLED = 2
"""s of work after which what the printer says is of this job: before, it may be of the last one."""
PATIENCE = 8
"""s of work after which a warning of something that can halt a printer counts as what halts it: some printers never say
more than that a tray is empty, others say it of a tray that is not needed."""
_ASKED = (
    "job-state",
    "job-state-reasons",
    "job-media-sheets-completed",
    "job-printer-state-message",
    "job-printer-up-time",
    "time-at-processing",
)
_OF_PRINTER = ("printer-state", "printer-state-reasons", "printer-state-message", "printer-is-accepting-jobs")


@dataclass(frozen=True, slots=True)
class Job:
    """A print job: its printer and number in CUPS, and how many sheets of paper it takes."""

    printer: str
    number: int
    sheets: int


class Stage(Enum):
    """How far a job is. GONE: CUPS keeps no list of finished jobs, so nobody knows what came of it."""

    SENT = "sent"
    PRINTING = "printing"
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    GONE = "gone"


_OVER = (Stage.DONE, Stage.CANCELLED, Stage.FAILED, Stage.GONE)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: of its sheets so many are out, the last one only when it is over; and why it waits or failed,
    a sentence without its full stop."""

    stage: Stage
    printed: int
    sheets: int
    reason: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.stage in _OVER


def send(data: bytes, ticket: Ticket, printer: Printer, *, limit: float = 20.0) -> Job:
    """Send a PDF to a printer; its bytes go through a pipe, so that no file is left. Raises Problems.

    That it was sent says nothing of paper: `progress` does.
    """
    if found := refusals(ticket, printer):
        raise Problems(found)
    command = ["lp", "-d", printer.name, "-t", ticket.title, *options(ticket, printer), "-"]
    try:
        done = run(command, Deadline.begin(limit), data)
    except Silent as silent:
        raise _no(f"{silent.said()}。", "印刷待ちの一覧を確かめてから、もう一度印刷してください。") from None
    number = _NUMBER.search(done.output)
    if not done.good or number is None:
        reason = words().complaint(done.complaint)
        raise _no(f"「{printer.label}」に送れませんでした。{reason}。", "直してから、もう一度印刷してください。")
    return Job(printer.name, int(number[1]), sheets(ticket, printer))


def progress(job: Job, *, limit: float = 2.0, lang: Lang = "ja") -> Progress:
    """How far a job is. Raises Problems where CUPS does not say."""
    deadline = Deadline.begin(limit)
    try:
        answer = ask(_about(job, ipp.GET_JOB_ATTRIBUTES, _ASKED, number=True), deadline)
        if answer.status == ipp.NOT_FOUND:
            return Progress(Stage.GONE, 0, job.sheets, words(lang).condition.vanished)
        described = answer.of(ipp.JOB)
        if not answer.good or not described:
            raise Silent("refused")
        return _progress(job, described[0], deadline, lang)
    except Silent as silent:
        raise _no(f"{silent.said()}。", "紙が出たか、プリンターを見てください。") from None


def _progress(job: Job, described: ipp.Group, deadline: Deadline, lang: Lang) -> Progress:
    state = described.number("job-state")
    if state == COMPLETED:
        return Progress(Stage.DONE, job.sheets, job.sheets)
    printed = max(0, min(described.number("job-media-sheets-completed"), job.sheets - 1))
    if state == CANCELLED:
        return Progress(Stage.CANCELLED, printed, job.sheets)
    printer = _printer(job, deadline)
    halt = _halt(described, printer, words(lang))
    if state == ABORTED:
        return Progress(Stage.FAILED, printed, job.sheets, halt or words(lang).condition.refused)
    if state in (AT_WORK, HALTED):
        return Progress(Stage.WAITING if halt or state == HALTED else Stage.PRINTING, printed, job.sheets, halt)
    if state == HELD and "job-incoming" not in described.texts("job-state-reasons"):
        return Progress(Stage.WAITING, printed, job.sheets, words(lang).condition.held)
    return _in_line(job, printer, deadline, lang)


def _halt(described: ipp.Group, printer: ipp.Group, table: Words) -> str:
    """Why a job that is at work goes no further; nothing where it goes on."""
    worked = described.number("job-printer-up-time") - described.number("time-at-processing")
    if worked < SETTLED:
        return ""
    # Until the printer is reached, CUPS says so of the job alone.
    message = described.text("job-printer-state-message")
    return table.halt(printer.texts("printer-state-reasons"), message, strict=worked >= PATIENCE)


def _in_line(job: Job, printer: ipp.Group, deadline: Deadline, lang: Lang) -> Progress:
    """A job whose turn has not come: behind others, or the printer is stopped."""
    condition, reason = condition_of(printer, lang)
    if condition in (Condition.STOPPED, Condition.NEEDS):
        return Progress(Stage.WAITING, 0, job.sheets, reason)
    before = _before(job, deadline) if printer.number("printer-state") == PROCESSING else 0
    return Progress(Stage.SENT, 0, job.sheets, words(lang).condition.queue.format(count=before) if before else "")


def _before(job: Job, deadline: Deadline) -> int:
    """How many jobs are before this one; CUPS prints those of one priority by number."""
    answer = ask(_about(job, ipp.GET_JOBS, ("job-id",)), deadline)
    return sum(0 < group.number("job-id") < job.number for group in answer.of(ipp.JOB))


def _printer(job: Job, deadline: Deadline) -> ipp.Group:
    found = ask(_about(job, ipp.GET_PRINTER_ATTRIBUTES, _OF_PRINTER), deadline).of(ipp.PRINTER)
    return found[0] if found else ipp.Group(ipp.PRINTER, {})


def _about(
    job: Job, operation: int, asked: tuple[str, ...] = (), *, number: bool = False, more: Iterable[ipp.Attribute] = ()
) -> bytes:
    """A request about a job, or about the printer that has it."""
    attributes: list[ipp.Attribute] = [
        (ipp.URI, "printer-uri", (f"ipp://localhost/printers/{quote(job.printer, safe='')}",))
    ]
    if number:
        attributes.append((ipp.INTEGER, "job-id", (job.number,)))
    if asked:
        attributes.append((ipp.KEYWORD, "requested-attributes", asked))
    return ipp.request(operation, [*attributes, *more])


def cancel(job: Job, *, limit: float = 5.0, lang: Lang = "ja") -> Progress:
    """Cancel a job, and say what came of it: DONE where it was too late. Raises Problems where CUPS will not."""
    deadline = Deadline.begin(limit)
    try:
        done = run(["cancel", f"{job.printer}-{job.number}"], deadline)
        while not (now := progress(job, limit=deadline.left(), lang=lang)).over:
            if not done.good:
                raise _not_cancelled(words().complaint(done.complaint))
            time.sleep(min(AGAIN, deadline.left()))
    except Silent as silent:
        raise _not_cancelled(silent.said()) from None
    return now


def _not_cancelled(reason: str) -> Problems:
    return _no(f"印刷をやめられませんでした。{reason}。", "プリンターの「中止」を押してください。")


def erase(job: Job, *, limit: float = 5.0) -> bool:
    """Have CUPS forget a job that is over, and delete the copy of the sheet that it keeps for a day; whether it did.

    `cancel -x` says that it does this, and asks for it by a name that the scheduler does not know.
    """
    more: list[ipp.Attribute] = [
        (ipp.NAME, "requesting-user-name", (account(),)),
        (ipp.BOOLEAN, "purge-job", (True,)),
    ]
    try:
        return ask(_about(job, ipp.CANCEL_JOB, number=True, more=more), Deadline.begin(limit), known=True).good
    except Silent:
        return False


def _no(message: str, hint: str) -> Problems:
    return Problems([Problem(NOWHERE, message, hint)])
