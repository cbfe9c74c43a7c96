"""Sheets as a print shop wants them: bleed, crop marks (トンボ) and fold marks around every side; pt, y down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from handouts.faces import Stack
from handouts.pages.box import Box, mm
from handouts.pages.sheet import Cells, Document, Drawing, Frame, Image, Item, Rect, Rule, Shape, Sheet, Tag, Text
from handouts.problems import Problem, Problems

BLEED = 3.0
"""mm around the trim that colour goes on for where it touches the edge (print.md)."""
MARK, AROUND = 9.0, 3.0
"""mm: length of the marks beyond the bleed, and the white around them."""
SAFE = 3.0
"""mm: no text nearer to the trim than this (print.md)."""
SHARP = 350.0
"""Pixels an inch that a bitmap has at its width on paper (print.md)."""
LINE = 0.3
"""pt: fine enough to cut along, and never seen on the finished sheet."""
CENTRE, CENTRE_AT = 20.0, 4.0
"""mm: length of the bar of a centre mark, and how far beyond the bleed it stands."""
MARGIN = BLEED + MARK + AROUND
"""mm from the trim to the edge of the sheet."""

_ROUNDING = 0.01
"""pt."""

Line = tuple[float, float, float, float]
Faces = Mapping[str, Stack]


def for_shop(document: Document, faces: Faces) -> Document:
    """The document on sheets 15 mm larger on every side, with bleed box, trim box and marks outside the bleed.

    Its items are moved, not copied. Raises Problems for a bitmap too coarse for a press, and for words of a file nearer
    than 3 mm to the trim. ValueError: our own so near, or something that crosses the trim and ends before the bleed.
    """
    if coarse := list(_coarse(document)):
        raise Problems(dict.fromkeys(coarse))
    figures = list(_figures(document.root))
    sheets = [
        _sheet(sheet, [tag for tag in figures if tag.sheet == index], faces)
        for index, sheet in enumerate(document.sheets)
    ]
    return replace(document, sheets=sheets)


def _coarse(document: Document) -> Iterator[Problem]:
    """Bitmaps with fewer pixels on paper than a print shop asks for."""
    for sheet in document.sheets:
        for item in sheet.items:
            if isinstance(item, Image) and (found := item.bitmap.columns / item.width * 72) < SHARP:
                needed = round(item.width / 72 * SHARP)
                message = f"画像が印刷所に出すには小さすぎます(1インチに {found:.0f} 画素、{SHARP:g} 以上が要ります)。"
                yield Problem(item.place, message, f"横 {needed} ピクセル以上の画像か、SVG を使ってください。")


def _sheet(sheet: Sheet, figures: list[Tag], faces: Faces) -> Sheet:
    around, bleed = mm(MARGIN), mm(BLEED)
    ticks = [item for item in sheet.items if id(item) in sheet.folds]
    body = Box(sheet.width, items=[item for item in sheet.items if id(item) not in sheet.folds], figures=figures)
    for item in body.items:
        _check(item, extent(item, faces), sheet.width, sheet.height)
    body.shift(around, around)
    lines = [*_corners(sheet.width, sheet.height), *_centres(sheet.width, sheet.height)]
    lines += [_outside(tick, sheet) for tick in ticks if isinstance(tick, Rule)]
    marks = [Rule(x1 + around, y1 + around, x2 + around, y2 + around, LINE) for x1, y1, x2, y2 in lines]
    return Sheet(
        sheet.width + 2 * around,
        sheet.height + 2 * around,
        [*body.items, *marks],
        sheet.running,
        marks={id(mark) for mark in marks},
        trim=(around, around, sheet.width, sheet.height),
        bleed=(around - bleed, around - bleed, sheet.width + 2 * bleed, sheet.height + 2 * bleed),
    )


def _corners(width: float, height: float) -> Iterator[Line]:
    """Two lines each way at every corner, one along the trim, one along the bleed, joined to two crossing angles."""
    # What lies along the bleed stands outside it by half its own width.
    bleed, end = mm(BLEED) + LINE / 2, mm(BLEED + MARK)
    for x, across in ((0.0, -1), (width, 1)):
        for y, down in ((0.0, -1), (height, 1)):
            bled, far = (x + across * bleed, y + down * bleed), (x + across * end, y + down * end)
            yield far[0], y, bled[0], y
            yield bled[0], y, bled[0], far[1]
            yield far[0], bled[1], x, bled[1]
            yield x, bled[1], x, far[1]


def _centres(width: float, height: float) -> Iterator[Line]:
    """A cross outside the middle of every edge; where the paper is turned over, those of both sides meet."""
    near, far, bar, half = mm(BLEED), mm(BLEED + MARK), mm(BLEED + CENTRE_AT), mm(CENTRE) / 2
    for y, down in ((0.0, -1), (height, 1)):
        yield width / 2, y + down * near, width / 2, y + down * far
        yield width / 2 - half, y + down * bar, width / 2 + half, y + down * bar
    for x, across in ((0.0, -1), (width, 1)):
        yield x + across * near, height / 2, x + across * far, height / 2
        yield x + across * bar, height / 2 - half, x + across * bar, height / 2 + half


def _outside(tick: Rule, sheet: Sheet) -> Line:
    """A fold's tick, moved along itself out of the trim to beyond the bleed."""
    near, far = mm(BLEED), mm(BLEED + MARK)
    if tick.x1 == tick.x2:
        edge, out = (0.0, -1) if tick.y1 < sheet.height / 2 else (sheet.height, 1)
        return tick.x1, edge + out * near, tick.x1, edge + out * far
    edge, out = (0.0, -1) if tick.x1 < sheet.width / 2 else (sheet.width, 1)
    return edge + out * near, tick.y1, edge + out * far, tick.y1


def _check(item: Item, box: Frame, width: float, height: float) -> None:
    """Text stays clear of the trim; what reaches the trim reaches the bleed."""
    left, top, right, bottom = box
    insets = (left, top, width - right, height - bottom)
    if isinstance(item, Text) and min(insets) < mm(SAFE):
        if item.place:
            raise Problems([_too_near(item)])
        raise ValueError(f"text nearer than {SAFE:g} mm to the trim: {item}")
    if any(_ROUNDING - mm(BLEED) < inset <= 0 for inset in insets):
        raise ValueError(f"it touches the trim and ends before the bleed: {item}")


def _too_near(item: Text) -> Problem:
    """What somebody wrote has run out of its place, so far that the blade would cut it."""
    message = f"「{item.text[:20]}」が、断裁する線から {SAFE:g} mm より近くに来ます。"
    return Problem(item.place, message, "この面の文を短くするか、別のレイアウトを選んでください。")


def extent(item: Item, faces: Faces) -> Frame:
    """Left, top, right, bottom of what an item may paint, pt; of a text, those of its em boxes."""
    match item:
        case Text():
            width = faces[item.face].width(item.text, item.size)
            if item.turned:
                return item.x - width, item.y - 0.12 * item.size, item.x, item.y + 0.88 * item.size
            return item.x, item.y - 0.88 * item.size, item.x + width, item.y + 0.12 * item.size
        case Rule():
            # Butt caps: a line is broad only across its length.
            half = item.width / 2
            across, down = (half, 0.0) if item.x1 == item.x2 else (0.0, half) if item.y1 == item.y2 else (half, half)
            (left, right), (top, bottom) = sorted((item.x1, item.x2)), sorted((item.y1, item.y2))
            return left - across, top - down, right + across, bottom + down
        case Rect():
            return item.x, item.y, item.x + item.width, item.y + item.height
        case Drawing() | Image() | Cells():
            x, y = (item.x - item.width, item.y - item.height) if item.turned else (item.x, item.y)
            return x, y, x + item.width, y + item.height
        case Shape():
            points = [point for outline in item.outlines for point in outline]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            half = item.line / 2 if item.stroke else 0.0
            return min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half


def _figures(root: Tag) -> Iterator[Tag]:
    """All tags with a box of their own."""
    if root.box is not None:
        yield root
    for kid in root.kids:
        if isinstance(kid, Tag):
            yield from _figures(kid)
