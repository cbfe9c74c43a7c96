"""Black and white: whatever colour or tint says is also said by a shape, a word, a frame or a hatch, dot by dot."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from colorspacious import cspace_convert
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from handouts.contrast import TEXT, contrast
from handouts.figures.picture import Picture, PicturePath, read_picture
from handouts.figures.theme import COLOUR
from handouts.model import Edition
from handouts.pages.sheet import Document, Drawing, Rect, Rule, Shape, Sheet, Tag, Text
from handouts.pdf import write
from handouts.setting import MONO_TINT
from tests.pages.onebit import (
    LIBRARY,
    Bits,
    Offer,
    Printed,
    dark_at,
    faces,
    frame_of,
    offers,
    on_page,
    one_bit,
    printed,
    rendered,
    sides,
    stroke,
    toner,
    toner_at,
    unbroken,
    window,
)

BODY = 7.0
"""Contrast of running text (standards.md); all other text has 4.5."""
OFFERS = offers()
FEW = [offer for offer in OFFERS if offer.topic == "running" and offer.edition is Edition.STANDARD]
SHORT = [offer for offer in FEW if offer.layout in ("a4", "trifold")]
REST = [offer for offer in OFFERS if offer not in FEW]
WORDS = {step.value: words.label for step, words in LIBRARY.warnings().steps.items()}
HATCH_LEAST = 4
"""Lines of which a hatch has at least."""
HATCH_STANDS_OUT = 0.25
"""More toner, as a share, on its lines than between them."""
LABEL_HEIGHT = 40.0
"""pt: the warning's frame, which holds the labels, is higher."""
BOLDER = 1.2
"""Times as broad the strokes of bold are."""
SIGN_LINE = 2.5
"""pt: ○ and × are drawn with broader lines than all else."""

Found = list[str]


def test_every_layout_is_looked_at() -> None:
    assert {offer.layout for offer in FEW} == set(LIBRARY.layouts())
    assert {offer.topic for offer in OFFERS} == set(LIBRARY.topics())
    assert {offer.edition for offer in OFFERS} == set(Edition)


@pytest.mark.parametrize("offer", FEW, ids=str)
def test_in_black_and_white(offer: Offer, tmp_path: Path) -> None:
    assert assert_holds(offer, tmp_path, mono=True), "this topic has room in every layout"


@pytest.mark.parametrize("offer", SHORT, ids=str)
def test_in_colour_on_a_grey_printer(offer: Offer, tmp_path: Path) -> None:
    assert assert_holds(offer, tmp_path, mono=False), "this topic has room in every layout"


@pytest.mark.full
@pytest.mark.parametrize("mono", [True, False])
@pytest.mark.parametrize("offer", REST, ids=str)
def test_everything_else_that_is_offered(offer: Offer, mono: bool, tmp_path: Path) -> None:
    assert_holds(offer, tmp_path, mono=mono)


def assert_holds(offer: Offer, folder: Path, *, mono: bool) -> bool:
    """Every check on every side and every screen; False where the handout finds no room: then nothing is to hold."""
    made = printed(offer, folder, mono=mono)
    if made is None:
        return False
    broad: Broad = {}
    for number, sheet in enumerate(made.sheets):
        if not sheet.items:
            continue
        assert colours_known(made, sheet) == []
        assert off_paper(sheet) == []
        grey, colour = rendered(made.path, number, grey=True), rendered(made.path, number, grey=False)
        assert contrasts(made, sheet, colour) == []
        assert contrasts(made, sheet, np.repeat(grey[..., None], 3, axis=2)) == []
        for screen, bits in one_bit(grey).items():
            assert [f"{screen}: {fault}" for fault in faults(made, sheet, bits)] == []
            measure_strokes(made, sheet, bits, screen, broad)
    assert [*alike_weights(broad)] == []
    labels = [labels_of(sheet) for sheet in made.sheets]
    for urgent in (True, False):
        assert any(text for found in labels for _, text in found if urgent == (text == WORDS["now"]))
    return True


def faults(made: Printed, sheet: Sheet, bits: Bits) -> Found:
    """All that black and white dots lose of one side."""
    checks: list[Callable[[Printed, Sheet, Bits], Iterator[str]]] = [
        lost_lines, lost_frames, lost_fills, lost_panels, alike_steps, alike_hours, lost_pictures
    ]  # fmt: skip
    return [fault for check in checks for fault in check(made, sheet, bits)]


def of(sheet: Sheet, kind: type) -> list:  # type: ignore[type-arg]  # of any item
    return [item for item in sheet.items if isinstance(item, kind)]


def colours_known(made: Printed, sheet: Sheet) -> Found:
    """Items outside pictures use the theme's colours alone, so that the checks below see them all."""
    ink = made.theme.ink
    known = {ink.ink, ink.paper, ink.accent, ink.tint}
    used = {item.colour for kind in (Text, Rule) for item in of(sheet, kind)}
    used |= {
        colour for kind in (Rect, Shape) for item in of(sheet, kind) for colour in (item.fill, item.stroke) if colour
    }
    return sorted(used - known)


def off_paper(sheet: Sheet) -> Found:
    """Items that are printed nowhere, which no pixel could tell."""
    frames = [(frame_of(item), item) for item in sheet.items]
    return [
        f"off the paper: {item}"
        for (left, top, right, bottom), item in frames
        if min(left, top) < 0 or right > sheet.width or bottom > sheet.height
    ]


def lost_lines(made: Printed, sheet: Sheet, bits: Bits) -> Iterator[str]:
    """A rule is a line from end to end, a dashed one leaves dashes."""
    for line in of(sheet, Rule):
        least = 0.3 if line.dash else 0.9
        if unbroken(bits, line) < least:
            yield f"a line is broken ({unbroken(bits, line):.2f}): {line}"


def lost_frames(made: Printed, sheet: Sheet, bits: Bits) -> Iterator[str]:
    """A box to tick, a label, the warning: all four sides."""
    for rect in of(sheet, Rect):
        if rect.stroke:
            worst = min(unbroken(bits, side) for side in sides(rect))
            if worst < 0.9:
                yield f"a frame is broken ({worst:.2f}): {rect}"


def lost_fills(made: Printed, sheet: Sheet, bits: Bits) -> Iterator[str]:
    """The bar and the squares of lists are dark; a ground that vanishes is not a fill."""
    least = 0.85 if made.mono else 0.5
    for rect in of(sheet, Rect):
        inside = [text for text in of(sheet, Text) if within(text, rect)]
        if (
            rect.fill in (made.theme.ink.accent, made.theme.ink.ink)
            and not inside
            and toner(bits, frame_of(rect)) < least
        ):
            yield f"a fill is pale ({toner(bits, frame_of(rect)):.2f}): {rect}"


def lost_panels(made: Printed, sheet: Sheet, bits: Bits) -> Iterator[str]:
    """Every tint is held by a rule along its upper edge, and stays so pale that text stands out from it."""
    for rect in of(sheet, Rect):
        if rect.fill != made.theme.ink.tint:
            continue
        edges = [line for line in of(sheet, Rule) if along(line, rect)]
        if not edges or min(unbroken(bits, line) for line in edges) < 0.9:
            yield f"nothing holds a tinted panel when its tint is gone: {rect}"
        _, top, right, bottom = frame_of(rect)
        corner = (right - 4, (top + bottom) / 2 - 2, right - 1, (top + bottom) / 2 + 2)
        if toner(bits, corner) > 0.25:
            yield f"a tint is too dark: {rect}"


def along(line: Rule, rect: Rect) -> bool:
    """Whether a rule lies on the upper or lower edge of a rectangle, from end to end."""
    level = line.y1 == line.y2 and min(abs(line.y1 - rect.y), abs(line.y1 - rect.y - rect.height)) <= line.width
    left, right = sorted((line.x1, line.x2))
    return level and abs(left - rect.x) < 0.1 and abs(right - rect.x - rect.width) < 0.1


def within(text: Text, rect: Rect) -> bool:
    left, top, right, bottom = frame_of(text)
    outer = frame_of(rect)
    return outer[0] <= left and outer[1] <= top + 1 and right <= outer[2] + 0.1 and bottom <= outer[3] + 1


def labels_of(sheet: Sheet) -> list[tuple[Rect, str]]:
    """The small rectangles that hold the word of a step, each with its word."""
    small = [rect for rect in of(sheet, Rect) if (rect.fill or rect.stroke) and rect.height < LABEL_HEIGHT]
    said = [(rect, "".join(text.text for text in of(sheet, Text) if within(text, rect))) for rect in small]
    return [(rect, word) for rect, text in said for word in WORDS.values() if word in text]


def alike_steps(made: Printed, sheet: Sheet, bits: Bits) -> Iterator[str]:
    """The label of what cannot wait is white on black, that of what can is black on white in a frame."""
    for rect, word in labels_of(sheet):
        share = toner(bits, frame_of(rect))
        if word == WORDS["now"] and not 0.55 < share < 0.95:
            yield f"{word} is not white on black: {share:.2f}"
        if word == WORDS["soon"] and not (share < 0.5 and rect.stroke):
            yield f"{word} is not black in a frame: {share:.2f}"


def alike_hours(made: Printed, sheet: Sheet, bits: Bits) -> Iterator[str]:
    """● and − of the opening hours."""
    shares = {mark: [toner(bits, frame_of(text)) for text in of(sheet, Text) if text.text == mark] for mark in "●−"}
    if shares["●"] and shares["−"] and min(shares["●"]) < 3 * max(shares["−"]):
        yield f"open and shut days look alike: {min(shares['●']):.2f} and {max(shares['−']):.2f}"


Broad = dict[tuple[str, float, str], list[float]]
"""Broadness of strokes by screen, size and face."""


def measure_strokes(made: Printed, sheet: Sheet, bits: Bits, screen: str, broad: Broad) -> None:
    """Adds those of all texts of some length in the sizes of text and notes."""
    sizes = (made.theme.type.body.size, made.theme.type.note.size)
    for text in of(sheet, Text):
        if text.size in sizes and len(text.text) > 3 and text.colour == made.theme.ink.ink:
            broad.setdefault((screen, text.size, text.face), []).append(stroke(bits, frame_of(text)))


def alike_weights(broad: Broad) -> Iterator[str]:
    """Bold, as in the column that one looks a row up by, has broader strokes than regular text of its size."""
    for (screen, size, face), found in broad.items():
        regular = broad.get((screen, size, "regular"), [])
        if face == "bold" and min(len(found), len(regular)) > 2:
            ratio = float(np.median(found) / np.median(regular))
            if ratio < BOLDER:
                yield f"{screen}: bold of {size} pt is only {ratio:.2f} times as broad"


def lost_pictures(made: Printed, sheet: Sheet, bits: Bits) -> Iterator[str]:
    """In every picture: the lines of each hatch one by one, ○ a ring and × two strokes."""
    for drawing in of(sheet, Drawing):
        for path in drawing.picture.paths:
            if lines := hatch(path):
                line, gap = hatch_toner(drawing, lines, bits)
                if line - gap < HATCH_STANDS_OUT:
                    yield f"{drawing.picture.name}: toner on hatch lines {line:.2f}, between them {gap:.2f}"
        for sign, path in signs(drawing.picture):
            if not sign_seen(drawing, sign, path, bits):
                yield f"{drawing.picture.name}: {sign} is not seen"


Point = tuple[float, float]


def strokes(path: PicturePath) -> list[tuple[Point, Point]] | None:
    """The path as straight strokes; None where there is a curve or a corner in it."""
    found: list[tuple[Point, Point]] = []
    for begin, end in pairwise((*path.data, ("M", 0.0, 0.0))):
        if begin[0] == "M":
            if end[0] != "L":
                return None
            found.append(((float(begin[1]), float(begin[2])), (float(end[1]), float(end[2]))))
        elif begin[0] != "L" or end[0] != "M":
            return None
    return found


def hatch(path: PicturePath) -> list[tuple[Point, Point]]:
    """The lines of a hatch: several, thin and parallel; none of any other path."""
    lines = strokes(path) if path.stroke and not path.fill and not path.dash and path.line < 1.2 else None
    if not lines or len(lines) < HATCH_LEAST:
        return []
    angles = [math.atan2(y2 - y1, x2 - x1) % math.pi for (x1, y1), (x2, y2) in lines]
    turned = [(angle - angles[0] + math.pi / 2) % math.pi - math.pi / 2 for angle in angles]
    return lines if max(map(abs, turned)) < 0.12 else []


def hatch_toner(drawing: Drawing, lines: list[tuple[Point, Point]], bits: Bits) -> tuple[float, float]:
    """The share of toner on the lines of a hatch, and half-way between each and the next."""
    (x1, y1), (x2, y2) = lines[0]
    length = math.hypot(x2 - x1, y2 - y1)
    across, down = -(y2 - y1) / length, (x2 - x1) / length
    ordered = sorted(lines, key=lambda line: line[0][0] * across + line[0][1] * down)
    on: list[float] = []
    between: list[float] = []
    for (begin, end), (other, _) in pairwise([*ordered, ordered[-1]]):
        step = (other[0] - begin[0]) * across + (other[1] - begin[1]) * down
        for part in np.linspace(0.3, 0.7, 9):
            x, y = begin[0] + part * (end[0] - begin[0]), begin[1] + part * (end[1] - begin[1])
            on.append(toner_at(bits, *on_page(drawing, x, y)))
            if 1.5 < step < 4:
                half = on_page(drawing, x + across * step / 2, y + down * step / 2)
                between.append(toner_at(bits, *half))
    return float(np.mean(on)), float(np.mean(between)) if between else 0.0


def signs(picture: Picture) -> Iterator[tuple[str, PicturePath]]:
    """○ and × of a picture: its broadest lines, a closed curve or two strokes that cross."""
    for path in picture.paths:
        if path.stroke and not path.fill and path.line >= SIGN_LINE:
            lines = strokes(path)
            if lines and len(lines) == 2:
                yield "×", path
            elif lines is None and path.data[-1] == ("Z",):
                yield "○", path


def points(path: PicturePath) -> list[Point]:
    return [(float(step[-2]), float(step[-1])) for step in path.data if len(step) > 2]


def sign_seen(drawing: Drawing, sign: str, path: PicturePath, bits: Bits) -> bool:
    """× is dark where its strokes meet, ○ is not, and both along their lines."""
    found = points(path)
    xs, ys = [x for x, _ in found], [y for _, y in found]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    drawn = all(dark_at(bits, *on_page(drawing, *point), reach=2) for point in found)
    return drawn and dark_at(bits, *on_page(drawing, *middle)) == (sign == "×")


def contrasts(made: Printed, sheet: Sheet, pixels: NDArray[np.uint8]) -> Found:
    """Texts whose own pixels stand out too little from those around them."""
    found = []
    for text in of(sheet, Text):
        if not text.text.strip():
            continue
        box = window(pixels, frame_of(text))
        part = box.reshape(-1, 3).astype(np.int64)
        ring = np.concatenate([box[0], box[-1], box[:, 0], box[:, -1]]).astype(np.int64)
        values, counts = np.unique((ring[:, 0] << 16) + (ring[:, 1] << 8) + ring[:, 2], return_counts=True)
        around = f"#{values[counts.argmax()]:06X}"
        wanted = np.array([int(text.colour[at : at + 2], 16) for at in (1, 3, 5)])
        # In a grey rendering the nearest is its own grey.
        nearest = part[np.abs(part - wanted).sum(axis=1).argmin()]
        own = "#" + "".join(f"{level:02X}" for level in nearest)
        least = BODY if text.colour == made.theme.ink.ink else TEXT
        if contrast(own, around) < least:
            found.append(f"{text.text}: {own} on {around}, {contrast(own, around):.1f} : 1")
    return found


@pytest.fixture(scope="module")
def gallery() -> dict[str, list[Picture]]:
    """Every picture by theme, in the order of their names."""
    found = {theme: [LIBRARY.compiled(name, theme) for name in LIBRARY.poses()] for theme in ("mono", "colour")}
    return {theme: [read_picture(one.path) for one in files if one] for theme, files in found.items()}


def test_every_picture_says_the_same_without_colour(gallery: dict[str, list[Picture]]) -> None:
    """What is hatched, right or wrong in colour is so in black and white."""
    said = {
        theme: [
            (one.name, sum(bool(hatch(path)) for path in one.paths), sorted(sign for sign, _ in signs(one)))
            for one in found
        ]
        for theme, found in gallery.items()
    }
    assert said["mono"] == said["colour"]
    assert len(said["mono"]) == len(LIBRARY.poses())
    assert sum(count > 0 for _, count, _ in said["mono"]) >= 10
    marks = [sign for _, _, found in said["mono"] for sign in found]
    assert min(marks.count("○"), marks.count("×")) >= 2


@pytest.mark.parametrize("theme", ["mono", "colour"])
def test_every_picture_is_read_in_black_dots(theme: str, gallery: dict[str, list[Picture]], tmp_path: Path) -> None:
    """Each as wide as it was drawn for."""
    sheets = [Sheet(one.width, one.height, [Drawing(0, 0, one.width, one.height, one)]) for one in gallery[theme]]
    path = tmp_path / "gallery.pdf"
    path.write_bytes(write(Document(sheets, Tag("Document"), "x"), faces()))
    made = Printed(FEW[0], theme == "mono", Document(sheets, Tag("Document"), "x"), path, LIBRARY.theme("calm"))
    for number, sheet in enumerate(sheets):
        for screen, bits in one_bit(rendered(path, number, grey=True)).items():
            assert [f"{screen}: {fault}" for fault in lost_pictures(made, sheet, bits)] == []


CVD = ("protanomaly", "deuteranomaly", "tritanomaly")
"""Red, green and blue cones; at full strength they are missing (Machado, Oliveira & Fernandes 2009)."""


def seen_as(colour: str, kind: str) -> str:
    """A colour as somebody sees it whose cones of one kind are missing."""
    levels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    seen = cspace_convert(levels, {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}, "sRGB1")
    return "#" + "".join(f"{round(255 * float(level)):02X}" for level in np.clip(seen, 0, 1))


def difference(one: str, other: str) -> float:
    """How far two colours are apart (CAM02-UCS); about 1 can just be told."""
    lab = [
        cspace_convert([int(c[at : at + 2], 16) / 255 for at in (1, 3, 5)], "sRGB1", "CAM02-UCS") for c in (one, other)
    ]
    return float(np.linalg.norm(lab[0] - lab[1]))


@pytest.mark.parametrize("kind", CVD)
def test_the_accent_is_told_from_ink_paper_and_tint(kind: str) -> None:
    ink = LIBRARY.theme("calm").ink
    accent, tint = seen_as(ink.accent, kind), seen_as(ink.tint, kind)
    assert contrast(accent, tint) >= TEXT
    assert contrast(accent, ink.paper) >= TEXT
    assert difference(accent, ink.ink) > 10


@pytest.mark.parametrize("kind", CVD)
def test_colours_in_pictures_that_stand_beside_each_other_are_told_apart(kind: str) -> None:
    tones = {name: seen_as(tone, kind) for name, tone in COLOUR.tones.items()}
    for one, other in (
        ("right", "wrong"),
        ("muscle", "skin"),
        ("hatch", "muscle"),
        ("flesh", "flesh_pale"),
        ("move", "skin"),
    ):
        assert difference(tones[one], tones[other]) > 10, f"{one}, {other}"
    assert contrast(tones["hatch"], tones["muscle"]) >= 3
    assert contrast(tones["wrong"], "#FFFFFF") >= 3


COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@given(COLOURS.filter(lambda colour: contrast(colour, LIBRARY.theme("calm").ink.tint) >= TEXT))
def test_any_accent_that_is_let_through_stays_readable(accent: str) -> None:
    """To all three kinds of colour blindness, and on a grey printer."""
    tint = LIBRARY.theme("calm").ink.tint
    for kind in CVD:
        assert contrast(seen_as(accent, kind), seen_as(tint, kind)) >= 3
    levels = [int(accent[at : at + 2], 16) for at in (1, 3, 5)]
    grey = round(0.299 * levels[0] + 0.587 * levels[1] + 0.114 * levels[2])
    assert contrast(f"#{grey:02X}{grey:02X}{grey:02X}", MONO_TINT) >= 3
