"""Helpers of several rules: characters of one line told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from handouts.checks.file.characters import Character
from handouts.checks.file.geometry import around
from handouts.checks.file.lines import by_line
from handouts.checks.file.rules.rule import Finding
from handouts.checks.file.view import View


def told(
    view: View, wrong: Iterable[Character], message: str | Callable[[list[Character]], str], hint: str = ""
) -> Iterator[Finding]:
    """A finding for each line that has some of the wrong characters."""
    for group in by_line(wrong, view.lines):
        text = message if isinstance(message, str) else message(group)
        yield Finding(text, hint, view.page.number, around(group), "".join(one.text for one in group))
