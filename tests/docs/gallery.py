"""Every layout and edition of one topic on one picture, for the README: `python -m tests.docs.gallery` draws it."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.build import build_test_page
from handouts.consult.code import new_code
from handouts.consult.plan import plan
from handouts.consult.record import read_record
from handouts.consult.sheet import set_personal
from handouts.library import Library
from handouts.library.library import PERSONAL
from handouts.model import Edition
from handouts.offer import EDITIONS
from handouts.paths import builtin
from handouts.pdf import write
from handouts.setting import Job, Setting, set_handout

if TYPE_CHECKING:
    from PIL import Image

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "gallery.png"
TOPIC = "running"
PRINTED = date(2026, 11, 22)
RECORD = """\
topics: [running]
patient: {name: 見本 花子}
side: right
next_visit: 2026-12-08 09:00
"""
FIRST = ("a4", "a4-one", "trifold", "zfold", "bifold", "minibook", "booklet", "card", "diary")
"""The order on the picture; a layout that is not here comes after these."""
WIDTH, MARGIN, GAP, HEAD = 1260, 10, 8, 46
"""px: of the picture, around it and between cells, between sides, of a cell's two lines of text."""
SCALE, FINER = 0.19, 4
"""px per pt, and how much finer a side is drawn first: hairlines of tables would else be as thick as a pixel."""
MOST = 2
"""Sides of each that are shown."""
EDGE, GREY = "#767676", "#595959"
SHADES = [value for grey in range(0, 256, 17) for value in (grey, grey, grey)]
COLOURS = bytes.fromhex("00568f edf3f8 6c9cbe b9d1e2 9ccbe8 41617e f8dec8 857c70 c8430a f59a5b ddd3c4 e29f7d")
"""The greys of text, and what else is on a sheet: accent, tint, and the figures' colours."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One piece of paper: what it is called, what one types for it, its first sides."""

    name: str
    typed: str
    sides: list[Image.Image]


def cells(library: Library, folder: Path) -> Iterator[Cell]:
    """Every layout in every edition that it is offered in; then a patient's own sheet, and the test page."""
    names = sorted(library.layouts(), key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    for name in names:
        for edition in library.layout(name).editions:
            done = set_handout(library, library.handout(TOPIC), Job(PRINTED, name, edition))
            yield cell(library, name, edition, f"--layout {name}", done)
    for edition in library.layout(PERSONAL).editions:
        record = read_record(f"{RECORD}edition: {edition.value}\n", "record.yaml", library, PRINTED)
        own = set_personal(library, plan(library, record, PRINTED, None), new_code(random.Random(1)), PRINTED)
        yield cell(library, PERSONAL, edition, "personalize", own)
    target = folder / "test-page.pdf"
    build_test_page(library, target, PRINTED, mono=False)
    yield Cell("試し刷り", "--layout test-page", rendered(target.read_bytes()))


def cell(library: Library, layout: str, edition: Edition, typed: str, done: Setting) -> Cell:
    """What was set in a layout and an edition, with the words for both."""
    name = library.layout(layout).name
    if edition is not Edition.STANDARD:
        name, typed = f"{name}・{EDITIONS[edition]}", f"{typed} --edition {edition.value}"
    return Cell(name, typed, rendered(write(done.document, done.faces)))


def rendered(pdf: bytes) -> list[Image.Image]:
    """The first sides of a file, small, each with a thin edge."""
    from PIL import ImageOps
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        shown = min(len(document), MOST)
        sides = [
            document[index].render(scale=SCALE * FINER).to_pil().convert("RGB").reduce(FINER) for index in range(shown)
        ]
    return [ImageOps.expand(side, border=1, fill=EDGE) for side in sides]


def gallery(library: Library, folder: Path) -> Image.Image:
    """All cells, row by row; `folder` takes what must be written on the way."""
    from PIL import Image, ImageDraw, ImageFont

    bold, regular = (
        ImageFont.truetype(str(builtin("fonts") / f"BIZUDPGothic-{weight}.ttf"), size)
        for weight, size in (("Bold", 17), ("Regular", 14))
    )
    picture = Image.new("RGB", (WIDTH, 4_000), "#FFFFFF")
    pen = ImageDraw.Draw(picture)
    x = y = MARGIN
    low = 0
    for one in cells(library, folder):
        text = max(pen.textlength(one.name, bold), pen.textlength(one.typed, regular))
        wide = max(sum(side.width + GAP for side in one.sides) - GAP, int(text))
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, y = MARGIN, low + 2 * MARGIN
        pen.text((x, y), one.name, "#000000", bold)
        pen.text((x, y + 21), one.typed, GREY, regular)
        at = x
        for side in one.sides:
            picture.paste(side, (at, y + HEAD))
            at, low = at + side.width + GAP, max(low, y + HEAD + side.height)
        x += wide + 2 * MARGIN
    return picture.crop((0, 0, WIDTH, low + MARGIN))


def save(picture: Image.Image, path: Path) -> None:
    """A small PNG of few colours."""
    from PIL import Image

    palette = Image.new("P", (1, 1))
    palette.putpalette([*SHADES, *COLOURS])
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> int:
    """Draw the picture."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        save(gallery(Library(), Path(folder)), PICTURE)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
