"""Paragraphs in columns of given widths, set with the program's own lines and written with its own writer."""

from __future__ import annotations

from handouts.faces import load_faces
from handouts.pages.sheet import Document, Sheet, Tag, Text
from handouts.paths import builtin
from handouts.pdf import write
from handouts.text.lines import Style, set_lines
from handouts.text.markup import escape
from tests.bench.peers.peer import FOOT, LEADING, MARGIN, SIZES, Content

WIDTH, HEIGHT = 595.28, 841.89


def in_columns(content: Content) -> bytes:
    """The file: each block's text in its own width, page after page."""
    faces = load_faces([builtin("fonts")])
    style = Style(SIZES["p"], faces["regular"], faces["bold"])
    root = Tag("Document")
    sheets = [Sheet(WIDTH, HEIGHT)]
    y = MARGIN
    for block in content["blocks"]:
        tag = root.add("P")
        for line in set_lines(escape(block["text"]), style, block["width"]).lines:
            if y + LEADING["p"] > HEIGHT - FOOT:
                sheets.append(Sheet(WIDTH, HEIGHT))
                y = MARGIN
            y += LEADING["p"]
            for run in line.runs:
                item = Text(MARGIN + run.x, y, run.text, run.face, SIZES["p"])
                sheets[-1].items.append(item)
                tag.kids.append(item)
    return write(Document(sheets, root, content["title"], date="2026-11-22"), faces)
