"""Sends finished sheets to a printer of this computer through CUPS, and says in plain words how printers and jobs fare.

Everything has a time limit, keeps no state, may be called from several threads at once, and writes no file. No name of
a patient may go into a `Ticket`; a PDF's bytes go through a pipe. Where there is no CUPS (Windows; no scheduler),
`list_printers` says why, and the browser's own printing is left.
"""

from handouts.printing.jobs import Job, Progress, Stage, cancel, erase, progress, send
from handouts.printing.printers import Condition, Listing, Printer, Tray, find_printer, list_printers
from handouts.printing.ticket import Ticket, refusals, sheets, told

__all__ = [
    "Condition",
    "Job",
    "Listing",
    "Printer",
    "Progress",
    "Stage",
    "Ticket",
    "Tray",
    "cancel",
    "erase",
    "find_printer",
    "list_printers",
    "progress",
    "refusals",
    "send",
    "sheets",
    "told",
]
