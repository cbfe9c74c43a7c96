"""Writes a Document as a tagged PDF (UA-1, A-2a), always the same bytes; the only room that knows ReportLab."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.faces import Stack
    from handouts.pages.sheet import Document


def write(document: Document, faces: Mapping[str, Stack]) -> bytes:
    """The file's bytes; `faces` maps the names that texts use to font stacks.

    Problems lists every character that no face of its stack has. ValueError: a tag holds an item that is not drawn
    exactly once.
    """
    # ReportLab costs tens of milliseconds to import, which `--help` and `check` need not pay.
    from handouts.pages.sheet import Text
    from handouts.pdf import metadata, tags
    from handouts.pdf.boxes import page_boxes
    from handouts.pdf.draw import Pen
    from handouts.pdf.fonts import Fonts
    from handouts.pdf.objects import Canvas
    from handouts.pdf.shown import Shown

    texts = [item for sheet in document.sheets for item in sheet.items if isinstance(item, Text)]
    fonts = Fonts(texts, faces)
    marks = tags.plan(document)
    canvas = Canvas()
    shown = Shown(canvas)
    pages = []
    for sheet, sheet_marks in zip(document.sheets, marks, strict=True):
        pen = Pen(sheet.height, fonts, shown)
        for mark in sheet_marks:
            pen.mark(mark.opening, mark.items)
        pages.append(canvas.page(sheet.width, sheet.height, pen.operators, page_boxes(sheet), shown.page()))
    fonts.embed(canvas)
    metadata.write(canvas, document, tags.Tree(canvas, document, marks, pages).write())
    return bytes(canvas.getpdfdata())
