"""What a sheet is printed with: copies, tray, colour, and the edge its layout is turned over; actual size always."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handouts.model import Edge
from handouts.printing.printers import Condition, Printer
from handouts.problems import NOWHERE, Problem

A4_NAME, A4_SIZE = "iso_a4_210x297mm", (21000, 29700)
"""The paper of every layout: its name in IPP (PWG 5101.1), its sides in 1/100 mm."""
TITLE = re.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,63}")
ONE_SIDED = "one-sided"
SIDES = {Edge.LONG: "two-sided-long-edge", Edge.SHORT: "two-sided-short-edge", Edge.NONE: ONE_SIDED}
_EDGES = {Edge.LONG: "両面(長辺とじ)", Edge.SHORT: "両面(短辺とじ)"}


@dataclass(frozen=True, slots=True)
class Ticket:
    """How a PDF of so many pages is printed.

    The title is all that a list of print jobs shows of it: a sheet's number or a topic's name, never a person's.
    ValueError for a title of other signs, and for fewer than one page or copy.
    """

    title: str
    edge: Edge
    pages: int
    copies: int = 1
    mono: bool = False
    tray: str = ""
    """A tray's name; empty: as the printer likes."""

    def __post_init__(self) -> None:
        if not TITLE.fullmatch(self.title):
            raise ValueError("a title of a print job has letters, digits, points and hyphens, 64 at the most")
        if min(self.pages, self.copies) < 1:
            raise ValueError("a print job has pages and copies")


def sides(ticket: Ticket, printer: Printer) -> str:
    """The value of IPP's `sides`: one-sided where there is one page, or a printer that cannot turn paper."""
    return SIDES[ticket.edge] if ticket.pages > 1 and printer.duplex else ONE_SIDED


def sheets(ticket: Ticket, printer: Printer) -> int:
    """How many sheets of paper it takes, all copies together."""
    each = ticket.pages if sides(ticket, printer) == ONE_SIDED else -(-ticket.pages // 2)
    return each * ticket.copies


def is_mono(ticket: Ticket, printer: Printer) -> bool:
    """Whether it comes out black and white."""
    return ticket.mono or not printer.color


def told(ticket: Ticket, printer: Printer) -> str:
    """What will come out, in words."""
    way = "片面" if sides(ticket, printer) == ONE_SIDED else _EDGES[ticket.edge]
    copies = f"({ticket.copies}部)" if ticket.copies > 1 else ""
    ink = "白黒" if is_mono(ticket, printer) else "カラー"
    return f"{way} {sheets(ticket, printer)}枚{copies}・実際の大きさ・{ink}"


def options(ticket: Ticket, printer: Printer) -> list[str]:
    """The arguments of `lp`. What somebody may have set for all jobs, and would change the size, is set back."""
    paper = f"media={A4_NAME}"
    if ticket.tray:
        # The tray has no name of its own among a job's attributes; CUPS takes it as part of `media-col` alone.
        width, height = A4_SIZE
        paper = f"media-col={{media-size={{x-dimension={width} y-dimension={height}}} media-source={ticket.tray}}}"
    chosen = (
        paper,
        f"sides={sides(ticket, printer)}",
        f"print-color-mode={'monochrome' if is_mono(ticket, printer) else 'color'}",
        "print-scaling=none",
        "fit-to-page=false",
        "number-up=1",
        "multiple-document-handling=separate-documents-collated-copies",
    )
    return ["-n", str(ticket.copies), *(part for option in chosen for part in ("-o", option))]


def refusals(ticket: Ticket, printer: Printer) -> tuple[Problem, ...]:
    """Why this sheet cannot go to this printer; nothing where it can."""
    found = []
    if printer.condition is Condition.STOPPED:
        hint = "プリンターの設定画面で元に戻すか、ほかのプリンターを選んでください。"
        found.append((f"プリンター「{printer.label}」は使えません。{printer.reason}。", hint))
    if ticket.edge is Edge.SHORT and ticket.pages > 1 and not printer.duplex:
        hint = "両面に印刷できるプリンターか、片面の資料(--layout minibook など)を選んでください。"
        found.append((f"折る資料なので、両面に印刷できない「{printer.label}」では作れません。", hint))
    names = [tray.name for tray in printer.trays]
    if ticket.tray and ticket.tray not in names:
        hint = f"使えるトレイ: {', '.join(f'{t.name}({t.label})' for t in printer.trays) or '選べません'}"
        found.append((f"「{printer.label}」に「{ticket.tray}」というトレイはありません。", hint))
    if ticket.copies > printer.most_copies:
        found.append((f"一度に印刷できるのは {printer.most_copies} 部までです。", "何回かに分けてください。"))
    return tuple(Problem(NOWHERE, message, hint) for message, hint in found)
