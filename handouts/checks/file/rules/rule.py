"""What a rule on a finished file is, and what it finds: a place on a page and what is wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from handouts.checks.file.geometry import MM, Box
from handouts.checks.file.view import Subject, View
from handouts.problems import Place, Problem, Severity

_QUOTED = 18
"""Characters that are quoted."""


class Finding(Struct, frozen=True):
    """One breach: what is wrong (Japanese), what to do, the page (from 1; 0: the file), its box in pt, what is there.

    What is there is quoted from the page, so that it may be a patient's: it is kept apart from the message.
    """

    message: str
    hint: str = ""
    page: int = 0
    box: Box | None = None
    quote: str = ""


class Rule(Struct, frozen=True):
    """One rule: its id, how bad a breach is, its limit in words, where that comes from, and what finds breaches.

    A `cheap` one looks at positions and the file's own words, and renders nothing: a build asks it of every file.
    """

    id: str
    severity: Severity
    limit: str
    source: str
    cheap: bool
    find: Callable[[Subject], Iterator[Finding]]

    @property
    def meaning(self) -> str:
        """What the rule asks, in one line."""
        return (self.find.__doc__ or "").partition("\n")[0]


Find = Callable[[Subject], Iterator[Finding]]
FindOnPage = Callable[[View], Iterator[Finding]]


def rule(id_: str, severity: Severity, limit: str, source: str, *, cheap: bool = False) -> Callable[[Find], Rule]:
    """Make a function a rule on a whole file."""
    return lambda find: Rule(id_, severity, limit, source, cheap, find)


def page_rule(
    id_: str, severity: Severity, limit: str, source: str, *, cheap: bool = False
) -> Callable[[FindOnPage], Rule]:
    """Make a function a rule on each page."""

    def made(find: FindOnPage) -> Rule:
        def find_all(subject: Subject) -> Iterator[Finding]:
            for view in subject.views:
                yield from find(view)

        find_all.__doc__ = find.__doc__
        return Rule(id_, severity, limit, source, cheap, find_all)

    return made


def as_problem(found: Finding, rule: Rule, file: str, *, quoting: bool = True) -> Problem:
    """A finding as it is told. Without `quoting` it holds no word of the page."""
    parts = []
    if found.page:
        parts.append(f"{found.page}ページ")
    if found.box is not None:
        parts.append(f"左から {found.box.left / MM:.0f} mm・上から {found.box.top / MM:.0f} mm")
    if found.quote and quoting:
        parts.append(f"「{shortened(found.quote)}」")
    where = "、".join(parts)
    message = f"{where}: {found.message}" if where else found.message
    return Problem(Place(file), message, found.hint, rule.severity, rule=rule.id)


def shortened(text: str) -> str:
    """A text on one line, as far as it is quoted."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
