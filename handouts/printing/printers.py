"""The printers of this computer: what each can do, and in plain words whether it can print now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from handouts.printing import ipp
from handouts.printing.scheduler import Deadline, Silent, ask, run
from handouts.printing.words import Lang, Words, words
from handouts.problems import NOWHERE, Problem, Problems

A4 = "iso_a4"
"""How the names of A4 begin in IPP (PWG 5101.1)."""
FAX = 0x40000
"""Bit of `printer-type` (CUPS): what is sent here is dialled."""
MOST_COPIES = 99
"""Copies that go at once where a printer does not say."""
PROCESSING, STOPPED = 4, 5
"""Values of `printer-state` (RFC 8011, 5.4.11)."""
_ASKED = (
    "printer-name",
    "printer-info",
    "printer-type",
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "sides-supported",
    "color-supported",
    "copies-supported",
    "media-supported",
    "media-source-supported",
)
_CHOSEN_BY_ITSELF = ("auto", "")


class Condition(Enum):
    """How a printer is: in need of something, it takes a job that then waits; stopped, it is sent none."""

    READY = "ready"
    BUSY = "busy"
    NEEDS = "needs"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Tray:
    """Where paper is taken from: the name that a printer wants, and what people call it."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer: the name that CUPS wants, what people call it, how it is and why, what it can do."""

    name: str
    label: str
    condition: Condition = Condition.READY
    reason: str = ""
    """The condition in words, without a full stop."""
    warnings: tuple[str, ...] = ()
    """What is worth knowing, though the sheet is printed all the same."""
    duplex: bool = False
    color: bool = False
    trays: tuple[Tray, ...] = ()
    """Empty where there is nothing to choose."""
    default: bool = False
    most_copies: int = MOST_COPIES
    lang: Lang = "ja"

    @property
    def usable(self) -> bool:
        """Whether a sheet comes out of it now, or after those that are under way."""
        return self.condition in (Condition.READY, Condition.BUSY)

    @property
    def summary(self) -> str:
        """What it can do, or why it cannot print now."""
        if not self.usable:
            return self.reason
        can = words(self.lang).can
        sides, ink = can.duplex if self.duplex else can.single, can.color if self.color else can.mono
        return can.summary.format(ink=ink, sides=sides, reason=self.reason)


@dataclass(frozen=True, slots=True)
class Listing:
    """All printers, the default one first; or why none can be listed, a sentence without its full stop."""

    printers: tuple[Printer, ...]
    absent: str = ""

    @property
    def default(self) -> Printer | None:
        """The printer that is meant where none is named."""
        return next((printer for printer in self.printers if printer.default), None)


def list_printers(*, limit: float = 3.0, lang: Lang = "ja") -> Listing:
    """The printers that CUPS knows, fax machines left out; raises nothing, and takes no longer than `limit` s."""
    deadline = Deadline.begin(limit)
    try:
        answer = ask(ipp.request(ipp.CUPS_GET_PRINTERS, [(ipp.KEYWORD, "requested-attributes", _ASKED)]), deadline)
        if not answer.good and answer.status != ipp.NOT_FOUND:
            raise Silent("refused")
        usual = _usual(deadline)
    except Silent as silent:
        return Listing((), silent.said(lang))
    found = [
        printer_of(group, usual, lang) for group in answer.of(ipp.PRINTER) if not group.number("printer-type") & FAX
    ]
    return Listing(tuple(sorted(found, key=lambda printer: (not printer.default, printer.label, printer.name))))


def _usual(deadline: Deadline) -> str:
    """The name of the default printer: the account's own, else the computer's; nothing where there is none."""
    said = run(["lpstat", "-d"], deadline).output.strip()
    _, colon, name = said.rpartition(": ")
    return name.partition("/")[0] if colon else ""


def printer_of(group: ipp.Group, usual: str = "", lang: Lang = "ja") -> Printer:
    """A printer as the scheduler describes it."""
    name = group.text("printer-name")
    condition, reason = condition_of(group, lang)
    sources = [source for source in group.texts("media-source-supported") if source not in _CHOSEN_BY_ITSELF]
    return Printer(
        name,
        group.text("printer-info").strip() or name,
        condition,
        reason,
        _warnings(group, words(lang)) if condition is not Condition.STOPPED else (),
        any(sides.startswith("two-sided") for sides in group.texts("sides-supported")),
        bool(group.number("color-supported")),
        tuple(Tray(source, words(lang).tray(source)) for source in dict.fromkeys(sources)) if len(sources) > 1 else (),
        name == usual,
        group.most("copies-supported") or MOST_COPIES,
        lang,
    )


def condition_of(group: ipp.Group, lang: Lang = "ja") -> tuple[Condition, str]:
    """How a printer is, and that in words."""
    table, said = words(lang), words(lang).condition
    reasons, state = group.texts("printer-state-reasons"), group.number("printer-state")
    papers = group.texts("media-supported")
    if papers and not any(paper.startswith(A4) for paper in papers):
        return Condition.STOPPED, said.paper
    if state == STOPPED or table.is_paused(reasons):
        return Condition.STOPPED, said.paused
    if not group.number("printer-is-accepting-jobs", 1):
        return Condition.STOPPED, said.rejecting
    if state != PROCESSING:
        return Condition.READY, said.ready
    halt = table.halt(reasons, group.text("printer-state-message"))
    return (Condition.NEEDS, halt) if halt else (Condition.BUSY, said.busy)


def _warnings(group: ipp.Group, table: Words) -> tuple[str, ...]:
    """What is worth knowing of a printer.

    CUPS hears from a printer only while it prints: what halted it then need not halt it now.
    """
    reasons = group.texts("printer-state-reasons")
    halt = "" if group.number("printer-state") == PROCESSING else table.halt(reasons)
    before = (table.condition.before.format(reason=halt),) if halt else ()
    return (*before, *table.warnings(reasons))


def find_printer(listing: Listing, name: str = "") -> Printer:
    """The printer of a name, CUPS's or people's; the default one where none is given. Raises Problems."""
    if listing.absent:
        raise _no(f"{listing.absent}。", "PDF を開いて(--open)、その印刷画面から印刷してください。")
    if not listing.printers:
        raise _no("CUPS にプリンターがありません。", "パソコンの設定でプリンターを加えてください。")
    if not name:
        if usual := listing.default or (listing.printers[0] if len(listing.printers) == 1 else None):
            return usual
        raise _no(
            "いつものプリンターが決まっていません。", f"プリンターの名前を書いてください。{_names(listing.printers)}"
        )
    found = [printer for printer in listing.printers if name == printer.name] or [
        printer for printer in listing.printers if name == printer.label
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise _no(f"「{name}」という名前のプリンターが、いくつかあります。", _names(found))
    raise _no(f"「{name}」というプリンターはありません。", _names(listing.printers))


def _names(printers: Iterable[Printer]) -> str:
    shown = (p.name if p.label == p.name else f"{p.name}({p.label})" for p in printers)
    return f"使える名前: {', '.join(shown)}"


def _no(message: str, hint: str) -> Problems:
    return Problems([Problem(NOWHERE, message, hint)])
