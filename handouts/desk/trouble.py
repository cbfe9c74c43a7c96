"""What is wrong with the clinic's folder, as the page says it: what it means for the paper, and where it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from handouts.clock import is_wrong
from handouts.desk.folder import ALL
from handouts.desk.shelf import Shelf
from handouts.desk.wire import Lang, Trouble
from handouts.desk.words import say, table
from handouts.library.folders import CLINIC_FILE
from handouts.problems import Problem

_BLANK = ("phone", "address")
_LEFT_OUT = ("postal_code", "url", "hours", "closed", "logo")


def answer(shelf: Shelf, good: int, cards: int, today: date, lang: Lang) -> dict[str, Any]:
    """All that is wrong, a heading that counts it, and a text for whoever mends it; a wrong clock before all else."""
    if is_wrong(today):
        said = say(lang, "clock", day=today.isoformat())
        row = {"file": say(lang, "key-clock"), "line": 0, "text": said, "hint": "", "topic": None}
        return {"problems": [row], "problems_text": said, "problems_copy": said}
    lines = list(_lines(shelf, lang))
    key = "folder-parts" if good == cards else "folder-some" if good else "folder-all"
    return {
        "problems": lines,
        "problems_text": say(lang, key, count=len(lines), rest=good) if lines else "",
        "problems_copy": "\n".join(f"{one.place}: {one.message} {one.hint}".strip() for one in shelf.problems),
    }


def line(shelf: Shelf, problem: Problem) -> dict[str, Any]:
    """A problem of the clinic's folder; its file is named from that folder."""
    file = problem.place.file
    clinic = str(shelf.library.folders.clinic or "")
    for start in (f"{clinic}/", f"{clinic}\\"):
        file = file.removeprefix(start) if clinic else file
    topic = next((one.id for one in shelf.topics.values() if problem in one.problems), None)
    return {"file": file, "line": problem.place.line, "text": problem.message, "hint": problem.hint, "topic": topic}


def _lines(shelf: Shelf, lang: Lang) -> Iterator[dict[str, Any]]:
    """What clinic.yaml lacks in plain words, then every other problem as it is."""
    missing = shelf.library.missing
    for key, at in missing.items():
        yield {"file": CLINIC_FILE, "line": at, "text": lacking(key, lang), "hint": "", "topic": None}
    for problem in shelf.problems:
        if not (missing and _is_told(shelf, problem)):
            yield line(shelf, problem)


def _is_told(shelf: Shelf, problem: Problem) -> bool:
    """Whether a problem of clinic.yaml is what a lost key was already told of."""
    if problem not in shelf.library.clinic_problems or not problem.place.file.endswith(CLINIC_FILE):
        return False
    words = problem.message + problem.hint
    missing = shelf.library.missing
    return ALL in missing or any(key in words or at == problem.place.line for key, at in missing.items())


def lacking(key: str, lang: Lang) -> str:
    """What the paper lacks because a key of clinic.yaml cannot be read."""
    if key == ALL:
        return say(lang, "clinic-whole")
    noun = say(lang, f"key-{key}") if f"key-{key}" in table() else key
    kind = "blank" if key in _BLANK else "left-out" if key in _LEFT_OUT else "usual"
    if key == "require_approval":
        kind = "careful"
    return say(lang, f"clinic-{kind}", noun=noun)


def clock(today: date, lang: Lang) -> tuple[Trouble, ...]:
    """Why nothing is made while the clock is wrong."""
    if not is_wrong(today):
        return ()
    return (Trouble("clock", "wrong", "sheet", say(lang, "clock", day=today.isoformat()), lang=lang),)


def told(shelf: Shelf, lang: Lang) -> tuple[Trouble, ...]:
    """The same beside a sheet: it is said before it is printed."""
    return tuple(
        Trouble(f"clinic:{key}", "told", "clinic", lacking(key, lang), lang=lang) for key in shelf.library.missing
    )
