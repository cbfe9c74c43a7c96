"""What the rules are given: a file, and each of its pages with all that several rules ask of it, made once."""

from __future__ import annotations

from functools import cached_property

from handouts.checks.file.characters import Character
from handouts.checks.file.codes import Code, read_codes
from handouts.checks.file.folds import Folds, read_folds
from handouts.checks.file.lines import Line, lines, paragraphs, readings
from handouts.checks.file.metadata import Metadata
from handouts.checks.file.pixels import Dots
from handouts.checks.file.reader import Page, PdfFile
from handouts.checks.file.tags import Tags

INLINE = frozenset({"Span", "Em", "Strong", "Ruby", "RB", "RT", "RP", "Link", "Quote", "Code", "Lbl", "NonStruct", ""})
"""Roles within a paragraph."""
READING = frozenset({"RT", "RP"})
QUIET = 4
"""Cells of white around a QR code (ISO/IEC 18004)."""


class View:
    """One page as the rules see it."""

    def __init__(self, page: Page, subject: Subject) -> None:
        self.page = page
        self.subject = subject
        self.dots = Dots(page.handle)

    @cached_property
    def inked(self) -> list[Character]:
        """The characters that somebody is to see."""
        return [one for one in self.page.characters if one.inked]

    @cached_property
    def lines(self) -> list[Line]:
        return lines(self.page.characters, self.block)

    def block(self, character: Character) -> object:
        """The element of paragraph or cell that a character belongs to; None where the file has no tags."""
        mark = character.mark
        if mark not in self._blocks:
            self._blocks[mark] = self.subject.tags.block(self.page.number, mark, INLINE)
        return self._blocks[mark]

    @cached_property
    def _blocks(self) -> dict[int, object]:
        return {}

    @cached_property
    def paragraphs(self) -> list[list[Line]]:
        """Lines that belong together: of one element where the file is tagged, else as they stand below each other."""
        return paragraphs(self.lines, [self.block(line.characters[0]) for line in self.lines])

    @cached_property
    def folds(self) -> Folds:
        return read_folds(self.page)

    @cached_property
    def codes(self) -> list[Code]:
        """The QR codes on the page."""
        return read_codes(self.dots.fine, QUIET) if self.page.shapes else []

    def is_reading(self, character: Character) -> bool:
        """Whether it belongs to a reading above a word (ruby), as the tags or its place and its letters say."""
        number = self.page.number
        if character.mark >= 0 and character.mark not in self._readings:
            above = self.subject.tags.line(number, character.mark)
            self._readings[character.mark] = any(element.role in READING for element in above)
        return self._readings.get(character.mark, False) or id(character) in self._above

    @cached_property
    def _readings(self) -> dict[int, bool]:
        return {}

    @cached_property
    def _above(self) -> set[int]:
        """id() of the characters of readings that stand above words, tagged or not."""
        return {id(one) for line in readings(self.lines) for one in line.characters}


class Subject:
    """One file as the rules see it, with its first `most` pages."""

    def __init__(self, file: PdfFile, most: int) -> None:
        self.file = file
        self.count = len(file)
        self.views = [View(page, self) for page in file.first(most)]

    @cached_property
    def tags(self) -> Tags:
        return self.file.tags_of([view.page for view in self.views])

    @property
    def metadata(self) -> Metadata:
        return self.file.metadata

    @cached_property
    def cards(self) -> bool:
        """Whether its sheets are cut into small pieces, which a layout may set in smaller type."""
        return any(view.folds.cut for view in self.views)

    @property
    def shop(self) -> bool:
        """Whether it is for a print shop: sheets are trimmed."""
        return any(view.page.cut for view in self.views)
