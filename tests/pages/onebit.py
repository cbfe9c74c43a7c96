"""A built handout as its items and as the pixels of a black-and-white laser: the first say where, the second what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from handouts.faces import Stack, load_faces
from handouts.library import Library
from handouts.model import Edition, Handout, Theme
from handouts.offer import offered
from handouts.pages.sheet import Document, Drawing, Frame, Item, Rect, Rule, Sheet
from handouts.pages.shop import extent
from handouts.pdf import write
from handouts.problems import Problems
from handouts.setting import Job, inked, set_handout
from handouts.sides import Side

DPI = 300
"""The coarsest that clinics print with; finer printers show no less."""
PX = DPI / 72
DAY = date(2026, 11, 22)
LIBRARY = Library()

Bits = NDArray[np.bool_]
"""True where there is toner."""
Grey = NDArray[np.uint8]
Dots = TypeVar("Dots", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Offer:
    """A topic in a layout and an edition."""

    topic: str
    layout: str
    edition: Edition

    def __str__(self) -> str:
        return f"{self.topic}-{self.layout}-{self.edition.value}"


def offers() -> list[Offer]:
    """Everything that is offered, as the layouts and the topics say."""
    handouts = {topic: LIBRARY.handout(topic) for topic in LIBRARY.topics()}
    return [
        Offer(topic, name, edition)
        for name in LIBRARY.layouts()
        for topic, handout in handouts.items()
        for edition in LIBRARY.layout(name).editions
        if _is_offered(name, edition, handout)
    ]


def _is_offered(name: str, edition: Edition, handout: Handout) -> bool:
    try:
        offered(LIBRARY, name, edition, handout)
    except Problems:
        return False
    return True


@dataclass(slots=True)
class Printed:
    """A handout that was built: what it is made of, and the file."""

    offer: Offer
    mono: bool
    document: Document
    path: Path
    theme: Theme

    @property
    def sheets(self) -> list[Sheet]:
        return self.document.sheets


@cache
def faces() -> dict[str, Stack]:
    """The faces that every build uses."""
    return load_faces(list(LIBRARY.folders.of("fonts")))


def printed(offer: Offer, folder: Path, *, mono: bool, side: Side | None = None) -> Printed | None:
    """The handout as it is built; None where its topic finds no room in the layout, which the build says."""
    job = Job(DAY, offer.layout, offer.edition, mono, side)
    try:
        done = set_handout(LIBRARY, LIBRARY.handout(offer.topic), job)
    except Problems as problems:
        # The build names the panel and the overrun; whatever else is wrong is for no test to pass over.
        if all("超えています" in problem.message or "収まりません" in problem.message for problem in problems):
            return None
        raise
    target = folder / f"{offer}{'-mono' if mono else ''}.pdf"
    target.write_bytes(write(done.document, done.faces))
    theme = inked(LIBRARY.theme(done.layout.theme), LIBRARY.clinic().accent, mono=mono)
    return Printed(offer, mono, done.document, target, theme)


def rendered(path: Path, number: int, *, grey: bool) -> NDArray[np.uint8]:
    """A page at 300 dpi: rows of grey levels, or of red, green and blue."""
    with pypdfium2.PdfDocument(path) as pdf:
        bitmap = pdf[number].render(scale=PX, grayscale=grey, rev_byteorder=True)
        pixels: NDArray[np.uint8] = np.array(bitmap.to_numpy())
    return pixels.reshape(pixels.shape[:2]) if grey else pixels[..., :3]


def _bayer(levels: int) -> NDArray[np.uint8]:
    matrix = np.array([[0]])
    for _ in range(levels):
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    return np.asarray((matrix + 0.5) / matrix.size * 255, np.uint8)


def one_bit(grey: Grey) -> dict[str, Bits]:
    """The page as a laser prints it: each dot toner or none; a copier's threshold, an ordered and a diffused screen."""
    screen = _bayer(3)
    rows, columns = grey.shape
    tiled = np.tile(screen, (rows // 8 + 1, columns // 8 + 1))[:rows, :columns]
    diffused = np.asarray(Image.fromarray(grey).convert("1", dither=Image.Dither.FLOYDSTEINBERG))
    return {"threshold": grey < 128, "ordered": grey < tiled, "diffused": ~diffused}


def window(pixels: NDArray[Dots], frame: Frame, grow: float = 0.0) -> NDArray[Dots]:
    """The pixels of left, top, right, bottom in pt, `grow` pt wider on every side."""
    left, top, right, bottom = frame
    rows = slice(max(0, round((top - grow) * PX)), max(1, round((bottom + grow) * PX)))
    columns = slice(max(0, round((left - grow) * PX)), max(1, round((right + grow) * PX)))
    return pixels[rows, columns]


def frame_of(item: Item) -> Frame:
    """Left, top, right, bottom in pt of what an item paints."""
    return extent(item, faces())


def toner(bits: Bits, frame: Frame, grow: float = 0.0) -> float:
    """The share of toner in a frame."""
    part = window(bits, frame, grow)
    return float(part.mean()) if part.size else 0.0


def unbroken(bits: Bits, line: Rule) -> float:
    """How much of an upright or level line's length shows toner."""
    frame = frame_of(line)
    part = window(bits, frame, 0.25)
    along: Bits = np.asarray(part.any(axis=0 if line.y1 == line.y2 else 1))
    ends = max(1, round(0.25 * PX))
    return float(along[ends:-ends].mean())


def sides(rect: Rect) -> Iterator[Rule]:
    """The four strokes of a framed rectangle, as lines."""
    half = rect.line / 2
    left, top, right, bottom = rect.x + half, rect.y + half, rect.x + rect.width - half, rect.y + rect.height - half
    for ends in ((left, top, right, top), (left, bottom, right, bottom)):
        yield Rule(*ends, rect.line)
    for ends in ((left, top, left, bottom), (right, top, right, bottom)):
        yield Rule(*ends, rect.line)


def on_page(drawing: Drawing, x: float, y: float) -> tuple[float, float]:
    """Where a point of a picture (pt at its own width) lies on the sheet, pt."""
    scale = drawing.width / drawing.picture.width
    across = (drawing.picture.width - x if drawing.mirrored else x) * scale
    if drawing.turned:
        return drawing.x - across, drawing.y - y * scale
    return drawing.x + across, drawing.y + y * scale


def dark_at(bits: Bits, x: float, y: float, reach: int = 1) -> bool:
    """Whether there is toner at a point in pt, or so many dots beside it."""
    row, column = round(y * PX - 0.5), round(x * PX - 0.5)
    return bool(bits[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1].any())


def toner_at(bits: Bits, x: float, y: float) -> float:
    """The share of toner among the nine dots about a point in pt."""
    row, column = round(y * PX - 0.5), round(x * PX - 0.5)
    return float(bits[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2].mean())


def stroke(bits: Bits, frame: Frame) -> float:
    """How broad the strokes of a text are: dots of toner for each edge that one meets along the rows."""
    part = window(bits, frame)
    edges = np.count_nonzero(part[:, 1:] & ~part[:, :-1])
    return float(part.sum() / edges) if edges else 0.0
