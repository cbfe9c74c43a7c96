"""What commands share that print: their options, a printer that is found before anything is made, and what is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from handouts.usage import say

if TYPE_CHECKING:
    from handouts.model import Edge
    from handouts.printing import Printer, Ticket

FILES = (".yaml", ".yml", ".json", ".csv", ".pdf")
"""Endings of what a command reads or writes; no printer is called so."""
_OPTIONS = (
    click.option(
        "--print",
        "printer",
        is_flag=False,
        flag_value="",
        metavar="[PRINTER]",
        help="印刷もする(両面と実際のサイズは資料に合わせる)。名前を省くと、いつものプリンター。",
    ),
    click.option("--copies", type=click.IntRange(1, 99), metavar="N", help="--print の部数。省くと 1。"),
    click.option("--tray", metavar="NAME", help="--print の用紙トレイ。省くとプリンターにまかせる。"),
)


def print_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--print [PRINTER]`, `--copies` and `--tray`: its `printer`, `copies` and `tray`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Printing:
    """A printer and how it is to print."""

    printer: Printer
    copies: int
    tray: str

    @classmethod
    def chosen(cls, printer: str | None, copies: int | None, tray: str | None) -> Printing | None:
        """The printer that is meant; None where nothing is to be printed.

        Raises Problems where it cannot print, before work is done that nobody gets; UsageError for options without use.
        """
        if printer is None:
            if copies is not None or tray is not None:
                raise click.UsageError("--copies と --tray は、--print と一緒に使います。")
            return None
        if printer == "-" or printer.lower().endswith(FILES):
            raise click.UsageError(
                f"名前のない --print は、いちばん後に書いてください(--print {printer} になっています)。"
            )
        from handouts.model import Edge
        from handouts.printing import find_printer, list_printers

        chosen = cls(find_printer(list_printers(), printer), copies or 1, tray or "")
        chosen.check(chosen.ticket("sheet", Edge.NONE, 1))
        return chosen

    def ticket(self, title: str, edge: Edge, pages: int, *, mono: bool = False) -> Ticket:
        """A sheet as it is to be printed here."""
        from handouts.printing import Ticket

        return Ticket(title, edge, pages, self.copies, mono, self.tray)

    def check(self, ticket: Ticket) -> None:
        """Raise Problems where a sheet cannot be printed here."""
        from handouts.printing import refusals
        from handouts.problems import Problems

        if found := refusals(ticket, self.printer):
            raise Problems(found)

    def print(self, data: bytes, ticket: Ticket) -> None:
        """Send a PDF, and say what was sent and what to expect. Raises Problems."""
        from handouts.printing import send, told

        job = send(data, ticket, self.printer)
        say(f"  「{self.printer.label}」に送りました: {told(ticket, self.printer)}(印刷番号 {job.number})")
        for remark in self._remarks(ticket):
            say(f"  注意: {remark}", err=True)

    def _remarks(self, ticket: Ticket) -> list[str]:
        """What the person at the printer should know."""
        printer = self.printer
        said = [*printer.warnings]
        if not printer.usable:
            said.append(f"{printer.reason}。直すと印刷されます")
        if ticket.pages > 1 and not printer.duplex and ticket.edge.value != "none":
            said.append("両面に印刷できないプリンターなので、片面で印刷します")
        if not printer.color and not ticket.mono:
            said.append("白黒のプリンターなので、色は灰色になります")
        return [f"{remark}。" for remark in said]
