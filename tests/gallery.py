"""What is kept of the built handout as a picture: `python -m tests.gallery` writes it anew, tests compare."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.palette import save

if TYPE_CHECKING:
    from PIL import Image

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "running.png"
PRINTED = date(2026, 11, 22)
COLOURS = 96
"""Enough for flat art and text."""
_WIDTH = 1200
_GAP = 24
_EDGE = "#B8B8B8"


def contact_sheet(pdf: Path) -> Image.Image:
    """All pages of a file side by side on one picture `_WIDTH` px wide, each with a thin edge."""
    from PIL import Image, ImageOps
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        count = len(document)
        width = (_WIDTH - _GAP * (count - 1)) // count - 2
        pages = [page.render(scale=width / page.get_width()).to_pil().convert("RGB") for page in document]
    pages = [ImageOps.expand(page, border=1, fill=_EDGE) for page in pages]
    sheet = Image.new("RGB", (_WIDTH, max(page.height for page in pages)), "#FFFFFF")
    for index, page in enumerate(pages):
        sheet.paste(page, (index * (page.width + _GAP), 0))
    return sheet


def main() -> int:
    """Build `running` and write its picture."""
    from handouts.build import build_topic
    from handouts.library import Library

    with tempfile.TemporaryDirectory() as folder:
        built = build_topic(Library(), "running", Path(folder) / "running.pdf", PRINTED)
        save(contact_sheet(built.path), PICTURE, COLOURS)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
