"""The finished PDF, read by an independent reader (PDFium) into plain data; knows nothing of how it was made."""

from __future__ import annotations

from pathlib import Path

from handouts.checks.file.characters import Character
from handouts.checks.file.reader import Page, PdfFile
from handouts.checks.file.tags import Element, outline

__all__ = ["Character", "Element", "Page", "PdfFile", "extract_in_tag_order", "outline"]


def extract_in_tag_order(path: Path) -> list[tuple[str, str]]:
    """The file's text as an assistive reader meets it: (role, text) of each element that has text of its own.

    Where an element replaces its content (ActualText, Alt), that is its text.
    """
    with PdfFile(path) as file:
        return [
            (element.role, text)
            for _, element in file.tree.walk()
            if (text := element.actual_text or element.alt or element.text)
        ]
