"""The contact sheet docs/figures.pdf, pictures at print size: `python -m tests.figures.contact_sheet` writes it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from handouts.faces import load_faces
from handouts.figures.compile import ASSETS
from handouts.figures.picture import Picture, read_picture, read_pose_texts
from handouts.pages.sheet import Document, Drawing, Rule, Sheet, Tag, Text
from handouts.pdf import write
from handouts.sides import Side, sided
from tests.figures.drawings import POSES

TARGET = Path(__file__).resolve().parents[2] / "docs" / "figures.pdf"
MM = 72 / 25.4
WIDTH, HEIGHT, MARGIN, GAP = 210 * MM, 297 * MM, 12 * MM, 7 * MM
NAME_SIZE, CAPTION_SIZE, LEADING = 7.0, 9.0, 12.0
Cell = tuple[str, str, list[tuple[Picture, str]]]


def cells() -> Iterator[Cell]:
    """Name, caption, and the picture: the right leg in colour, the left one in black and white, each with its alt."""
    for pose in POSES:
        alt, caption = read_pose_texts(pose)
        colour, mono = (next((ASSETS / "pictures").glob(f"{pose.stem}.?.{theme}.svg")) for theme in ("colour", "mono"))
        pair = [(read_picture(colour), sided(alt, Side.RIGHT)), (read_picture(mono), sided(alt, Side.LEFT))]
        yield pose.stem, sided(caption, None), pair


def rows() -> Iterator[list[Cell]]:
    """As many cells beside each other as a page is wide."""
    row: list[Cell] = []
    left = WIDTH - 2 * MARGIN
    for cell in cells():
        need = sum(picture.width + GAP for picture, _ in cell[2])
        if row and need > left + GAP:
            yield row
            row, left = [], WIDTH - 2 * MARGIN
        row.append(cell)
        left -= need
    if row:
        yield row


def document() -> Document:
    """All rows, from the top of each page."""
    root, sheets, y = Tag("Document"), [], HEIGHT
    for row in rows():
        tall = max(picture.height for _, _, pair in row for picture, _ in pair)
        if y + tall + 3 * LEADING > HEIGHT - MARGIN:
            sheets.append(Sheet(WIDTH, HEIGHT))
            y = MARGIN
        _row(sheets[-1], root, row, y, tall, len(sheets) - 1)
        y += tall + 3 * LEADING + GAP / 2
    return Document(sheets, root, "図の一覧", "handouts", date="2026-11-22")


def _row(sheet: Sheet, root: Tag, row: list[Cell], y: float, tall: float, number: int) -> None:
    x = MARGIN
    for name, caption, pair in row:
        start = x
        for index, (picture, alt) in enumerate(pair):
            at = Drawing(x, y + tall - picture.height, picture.width, picture.height, picture, mirrored=index == 1)
            sheet.items.append(at)
            box = (at.x, at.y, at.width, at.height)
            root.add("Figure", kids=[at], alt=alt, box=box, sheet=number)
            x += picture.width + GAP
        below = y + tall
        words = [
            Text(start, below + LEADING, f"{caption}  {picture.width / MM:.0f} mm", "regular", CAPTION_SIZE),
            Text(start, below + 2 * LEADING - 2, name, "regular", NAME_SIZE),
        ]
        for text in words:
            sheet.items.append(text)
            root.add("P", kids=[text], sheet=number)
        sheet.items.append(Rule(start, below + 2.4 * LEADING, x - GAP, below + 2.4 * LEADING, 0.4))


def sheet() -> bytes:
    """The contact sheet as a PDF."""
    return write(document(), load_faces([ASSETS.parent / "fonts"]))


def main() -> int:
    """Writes the contact sheet."""
    data = sheet()
    TARGET.write_bytes(data)
    print(f"{TARGET.name}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
