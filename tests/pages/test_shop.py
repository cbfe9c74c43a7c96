"""For a print shop: boxes, bleed and marks as measured in the file, black as black alone, both standards kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from handouts.build import build_topic
from handouts.checks.file import PdfFile, extract_in_tag_order
from handouts.cli import main
from handouts.faces import load_faces
from handouts.library import Library
from handouts.pages.box import mm
from handouts.pages.sheet import Document, Item, Rect, Rule, Sheet, Tag, Text
from handouts.pages.shop import for_shop
from tests.pages.reading import MM
from tests.validators.pagevalidation import page_validation
from tests.validators.verapdf import verapdf

LIBRARY = Library()
DAY = date(2026, 11, 22)
BLEED, SAFE = 3.0, 3.0
"""mm (print.md)."""
LAYOUTS = LIBRARY.layouts()
DPI = 200


def paper(name: str) -> tuple[float, float]:
    """Width and height in mm of what is cut out of the print shop's sheet."""
    layout = LIBRARY.layout(name)
    size = next((plan.sheet for plan in (layout.saddle, layout.repeat) if plan), layout.page)
    return size.width, size.height


@pytest.fixture(scope="module", params=LAYOUTS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    name = request.param
    target = tmp_path_factory.mktemp("shop") / f"{name}.pdf"
    return name, build_topic(LIBRARY, "running", target, DAY, layout=name, shop=True).path


def boxes(page: pikepdf.Page) -> dict[str, list[float]]:
    """Left, lower, right, upper in mm of each box that the page itself says."""
    names = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
    return {name: [float(edge) / MM for edge in page.obj[f"/{name}"]] for name in names if f"/{name}" in page.obj}


def test_trim_bleed_and_sheet_lie_in_each_other(made: tuple[str, Path]) -> None:
    name, path = made
    width, height = paper(name)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) >= 1
        for page in pdf.pages:
            found = boxes(page)
            assert set(found) == {"MediaBox", "CropBox", "BleedBox", "TrimBox"}
            left, lower, right, upper = found["TrimBox"]
            assert (right - left, upper - lower) == pytest.approx((width, height), abs=0.1)
            bleed = [left - BLEED, lower - BLEED, right + BLEED, upper + BLEED]
            assert found["BleedBox"] == pytest.approx(bleed, abs=0.1)
            assert found["MediaBox"] == pytest.approx(found["CropBox"], abs=0.01)
            sheet = found["MediaBox"]
            around = [left - sheet[0], lower - sheet[1], sheet[2] - right, sheet[3] - upper]
            assert around == pytest.approx([around[0]] * 4, abs=0.1), "the middle of both sides is the same"
            assert around[0] >= BLEED + 9, "room for marks"


def ink(path: Path, number: int) -> np.ndarray:
    """Where a page is not white, at 200 dpi, rows from the top."""
    with pypdfium2.PdfDocument(path) as pdf:
        bitmap = pdf[number].render(scale=DPI / 72, grayscale=True)
        grey: np.ndarray = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width]
        return grey < 200


def around_the_trim(path: Path, number: int) -> tuple[np.ndarray, tuple[int, int, int, int]]:
    """Ink of the whole sheet, and the trim in its pixels: left, top, right, bottom."""
    with pikepdf.open(path) as pdf:
        found = boxes(pdf.pages[number])
    (left, lower, right, upper), sheet = found["TrimBox"], found["MediaBox"]
    pixels = [round(edge * DPI / 25.4) for edge in (left, sheet[3] - upper, right, sheet[3] - lower)]
    return ink(path, number), (pixels[0], pixels[1], pixels[2], pixels[3])


def test_marks_stand_outside_the_bleed_and_nothing_else_does(made: tuple[str, Path]) -> None:
    name, path = made
    dark, (left, top, right, bottom) = around_the_trim(path, 0)
    bleed = round(BLEED * DPI / 25.4)
    ring: np.ndarray = dark.copy()
    ring[top:bottom, left:right] = False
    assert ring.any()
    outside: np.ndarray = ring.copy()
    # One pixel for the line that lies along the bleed itself.
    outside[top - bleed + 1 : bottom + bleed - 1, left - bleed + 1 : right + bleed - 1] = False
    assert (ring == outside).all(), "something is drawn between trim and bleed"
    columns, rows = np.atleast_1d(outside.any(axis=0)), np.atleast_1d(outside.any(axis=1))
    for lines, near, far in ((columns, left, right), (rows, top, bottom)):
        for edge in (near, near - bleed, far, far + bleed, (near + far) // 2):
            assert lines[edge - 2 : edge + 3].any(), f"no mark at {edge * 25.4 / DPI:.1f} mm"
    # At the trim's corner itself there is nothing: the marks end at the bleed.
    assert not ring[top - bleed + 2 : top, left - bleed + 2 : left].any()
    layout = LIBRARY.layout(name)
    folds = [fold.x for fold in layout.folds if fold.side == 1 and fold.x and not fold.cut]
    folds += [layout.saddle.sheet.width / 2] if layout.saddle else []
    for fold in folds:
        at = left + round(fold * DPI / 25.4)
        assert dark[: top - bleed, at - 1 : at + 2].any(), f"no mark for the fold at {fold} mm"
        assert not dark[top : top + round(9 * DPI / 25.4), at - 1 : at + 2].any(), "the fold is marked inside the trim"
    assert folds or name not in ("trifold", "booklet")


def test_text_is_clear_of_the_trim(made: tuple[str, Path]) -> None:
    name, path = made
    width, height = paper(name)
    with PdfFile(path) as pdf, pikepdf.open(path) as raw:
        for page, source in zip(pdf.pages, raw.pages, strict=True):
            found = boxes(source)
            left, top = found["TrimBox"][0], found["MediaBox"][3] - found["TrimBox"][3]
            assert len(page.characters) > 100
            for character in page.characters:
                assert character.left / MM >= left + SAFE
                assert character.right / MM <= left + width - SAFE
                assert character.top / MM >= top + SAFE
                assert character.bottom / MM <= top + height - SAFE


def operators(path: Path) -> Iterator[tuple[str, list[float]]]:
    """Every colour operator of the content streams with its numbers."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for one in pikepdf.parse_content_stream(page):
                if str(one.operator) in ("g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"):
                    yield str(one.operator), [float(str(number)) for number in one.operands]


@pytest.mark.parametrize("mono", [False, True])
def test_black_is_black_alone_and_colour_is_rgb(mono: bool, tmp_path: Path) -> None:
    path = build_topic(LIBRARY, "running", tmp_path / "x.pdf", DAY, shop=True, mono=mono).path
    used = [*operators(path)]
    assert {operator for operator, _ in used} == ({"g", "G"} if mono else {"g", "G", "rg", "RG"})
    assert ("g", [0.0]) in used
    assert ("G", [0.0]) in used
    for operator, levels in used:
        if operator in ("rg", "RG"):
            # A grey in RGB would be printed with four inks.
            assert len(set(levels)) > 1, f"{levels} is a grey"
    with pikepdf.open(path) as pdf:
        assert [str(intent.OutputConditionIdentifier) for intent in pdf.Root.OutputIntents] == ["sRGB"]
        assert not [
            item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Image" in str(item.get("/Subtype"))
        ]
        descriptors = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.FontDescriptor
        ]
        assert descriptors
        assert all("/FontFile2" in item for item in descriptors)


def test_both_standards_are_kept(tmp_path: Path) -> None:
    paths = [
        build_topic(LIBRARY, "running", tmp_path / f"{name}.pdf", DAY, layout=name, shop=True).path
        for name in ("a4", "trifold")
    ]
    results = [
        *verapdf(paths, ("ua1", "2a")),
        *(page_validation(path, flavour) for path in paths for flavour in ("ua1", "2a")),
    ]
    assert len(results) == 8
    assert all(result.valid for result in results), "\n".join(map(str, results))


def test_it_says_the_same_in_the_same_order_and_has_marks_as_artifacts(tmp_path: Path) -> None:
    plain = build_topic(LIBRARY, "running", tmp_path / "a.pdf", DAY, layout="trifold").path
    shop = build_topic(LIBRARY, "running", tmp_path / "b.pdf", DAY, layout="trifold", shop=True).path
    assert extract_in_tag_order(plain) == extract_in_tag_order(shop)
    with pikepdf.open(shop) as pdf:
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"
        assert "/GTS_PDFXVersion" not in pdf.docinfo
        for page in pdf.pages:
            opened = [
                str(list(one.operands)) for one in pikepdf.parse_content_stream(page) if str(one.operator) == "BDC"
            ]
            assert any("/Artifact" in one and "/Page" in one and "/Pagination" not in one for one in opened)
    figures = [
        [
            [float(edge) for edge in item["/A"][0]["/BBox"]]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.Figure
        ]
        for pdf in (pikepdf.open(plain), pikepdf.open(shop))
    ]
    assert len(figures[0]) > 3
    for before, after in zip(*figures, strict=True):
        assert [b - a for a, b in zip(before, after, strict=True)] == pytest.approx([15 * MM] * 4, abs=0.02)


def document(*items: Item) -> Document:
    return Document([Sheet(mm(100), mm(100), list(items))], Tag("Document"), "x")


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (Rect(0, mm(10), mm(5), mm(5), fill="#00568F"), "before the bleed"),
        (Rule(mm(50), mm(90), mm(50), mm(101), 0.4), "before the bleed"),
        (Rect(-mm(3), mm(10), mm(5), mm(5), fill="#00568F"), ""),
        (Rect(-mm(3), -mm(3), mm(106), mm(106), fill="#00568F"), ""),
        (Text(mm(2.5), mm(50), "膝", "regular", 12), "text nearer"),
        (Text(mm(94), mm(50), "膝", "regular", 12), "text nearer"),
        (Text(mm(94), mm(50), "膝", "regular", 12, turned=True), ""),
        (Text(mm(4), mm(50), "膝", "regular", 12, turned=True), "text nearer"),
        (Text(mm(5), mm(50), "膝", "regular", 12), ""),
    ],
)
def test_what_touches_the_trim_reaches_the_bleed(item: Item, fault: str) -> None:
    faces = load_faces(list(LIBRARY.folders.of("fonts")))
    if fault:
        with pytest.raises(ValueError, match=fault):
            for_shop(document(item), faces)
        return
    made = for_shop(document(replace(item)), faces).sheets[0]
    assert made.trim == pytest.approx((mm(15), mm(15), mm(100), mm(100)))
    assert len(made.items) == 1 + len(made.marks)


def test_the_command_names_the_file_and_says_which_standards_hold(tmp_path: Path) -> None:
    command = ["build", "--topic", "running", "--print-shop", "-o", f"{tmp_path}/", "--date", "2026-11-22"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert [path.name for path in tmp_path.iterdir()] == ["running-print-shop.pdf"]
    assert "PDF/UA-1 と PDF/A-2a" in result.output
    assert "PDF/X ではありません" in result.output
