"""The printers the page can choose from: those the printing room knows, and always the browser's own window."""

from __future__ import annotations

from typing import Any

from handouts.desk.jobs import BROWSER
from handouts.desk.sheets import Sheet
from handouts.desk.wire import Lang, Print, Trouble, Way
from handouts.desk.words import say


def listed(lang: Lang) -> Any:
    """What the printing room finds (handouts.printing.Listing)."""
    from handouts import printing

    return printing.list_printers(lang=lang)


def answer(found: Any, lang: Lang) -> dict[str, Any]:
    """The printers as the page shows them."""
    printers = [_printer(one, lang) for one in found.printers]
    default = found.default
    printers.append(
        {
            "id": BROWSER,
            "name": say(lang, "browser-printer"),
            "text": say(lang, "browser-line"),
            "ready": True,
            "colour": True,
            "duplex": True,
            "trays": [],
            "warnings": [],
            "most_copies": 99,
        }
    )
    chosen = default.name if default else next((one["id"] for one in printers if one["ready"]), BROWSER)
    return {"direct": bool(found.printers), "why": found.absent, "default": chosen, "printers": printers}


def refusals(sheet: Sheet, printer: Any, asked: Print) -> list[Trouble]:
    """Why a sheet cannot go to a printer."""
    from handouts import printing

    ticket = printing.Ticket(sheet.title, sheet.edge, len(sheet.sizes), asked.copies, sheet.mono, asked.tray or "")
    ways = (Way(say(asked.lang, "way-other-printer"), print="other"),)
    return [
        Trouble(f"printer:{number}", "wrong", "printer", one.message, ways, detail=one.hint)
        for number, one in enumerate(printing.refusals(ticket, printer))
    ]


def _printer(one: Any, lang: Lang) -> dict[str, Any]:
    trays = [{"id": "", "name": say(lang, "tray-auto")}, *({"id": tray.name, "name": tray.label} for tray in one.trays)]
    return {
        "id": one.name,
        "name": one.label,
        "text": one.summary,
        "ready": one.usable,
        "colour": one.color,
        "duplex": one.duplex,
        "trays": trays if one.trays else [],
        "warnings": list(one.warnings),
        "most_copies": one.most_copies,
    }
