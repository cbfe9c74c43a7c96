"""Every topic in every layout and edition on one picture per layout: `python -m tests.contact_sheets [LAYOUT …]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.library import Library
from handouts.offer import EDITIONS
from handouts.paths import PACKAGE
from handouts.pdf import write
from handouts.problems import Problems
from handouts.setting import Job, set_handout
from tests.palette import save

if TYPE_CHECKING:
    from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images" / "layouts"
PRINTED = date(2026, 11, 22)
WIDTH, GAP, LINE = 1400, 10, 30
SCALE = 0.18
"""Pixels per pt: a page of A4 is 107 px wide, enough to see how it is filled."""
COLOURS = 40
"""Enough for an overview."""
EDGE = "#B0B0B0"


def rows(library: Library, layout: str) -> Iterator[tuple[str, list[Image.Image]]]:
    """Of each topic and edition that the layout is offered in and has room for: a heading, and its sides."""
    from PIL import ImageOps
    from pypdfium2 import PdfDocument

    for edition in library.layout(layout).editions:
        for topic in library.topics():
            try:
                done = set_handout(library, library.handout(topic), Job(PRINTED, layout, edition))
            except Problems:
                yield f"{topic} · {EDITIONS[edition]}: なし", []
                continue
            with PdfDocument(write(done.document, done.faces)) as pdf:
                sides = [page.render(scale=SCALE).to_pil().convert("RGB") for page in pdf]
            yield f"{topic} · {EDITIONS[edition]}", [ImageOps.expand(side, border=1, fill=EDGE) for side in sides]


def sheet(library: Library, layout: str) -> Image.Image:
    """All rows of a layout, as many beside each other as go in."""
    from PIL import Image, ImageDraw, ImageFont

    face = ImageFont.truetype(str(next((PACKAGE.parent / "fonts").glob("*-Regular.*tf"))), 15)
    picture = Image.new("RGB", (WIDTH, 20_000), "#FFFFFF")
    pen = ImageDraw.Draw(picture)
    x, y, low = 0, 0, 0
    for words, sides in rows(library, layout):
        wide = max(sum(side.width + GAP for side in sides), int(pen.textlength(words, face)) + 2 * GAP)
        if x and x + wide > WIDTH:
            x, y = 0, low + GAP
        pen.text((x, y), words, "#000000", face)
        at, top = x, y + LINE
        for side in sides:
            if at and at + side.width > WIDTH:
                at, top = 0, low + GAP
            picture.paste(side, (at, top))
            at, low = at + side.width + GAP, max(low, top + side.height)
        low = max(low, top)
        x = max(at, x + wide) + GAP
        y = top - LINE
    return picture.crop((0, 0, WIDTH, low + GAP))


def main(names: list[str]) -> int:
    """Write the sheets of the named layouts, else of all."""
    library = Library()
    for name in names or library.layouts():
        path = FOLDER / f"{name}.png"
        save(sheet(library, name), path, COLOURS)
        print(f"{path.name}: {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
