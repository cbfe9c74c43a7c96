"""The rule on glyphs: every printed character is in the built-in faces, or in the clinic's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handouts.checks.rules.rule import Printed, Rule
from handouts.faces import Stack
from handouts.model import Text
from handouts.problems import Problem, Severity
from handouts.text.printable import unprintable


def glyphs(faces: Mapping[str, Stack]) -> Rule[Iterable[Text]]:
    """The rule for one library's faces, `regular` and `bold`; a build tells the same as it sets the text."""

    def find(said: Iterable[Text]) -> Iterator[Problem]:
        """Every character has a glyph, in the regular and in the bold face."""
        for text in said:
            # The written text, with its marks, which every face has: readings are printed too.
            if not Printed(text).wrong:
                yield from dict.fromkeys(wrong for stack in faces.values() for wrong in unprintable(text, stack))

    return Rule("glyph", Severity.ERROR, "当方の決め(印刷できない字を、□や空白にしない)", find)
