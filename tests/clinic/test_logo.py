"""A clinic's logo on the sheet: what is handled, what is told, where it stands."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms, ImageOps
from pypdfium2 import PdfDocument

from handouts.build import build_topic
from handouts.faces import load_faces
from handouts.library import Library
from handouts.logo import examine
from handouts.pages.sheet import Image as Placed
from handouts.pages.sheet import Text
from handouts.pages.shop import extent
from handouts.problems import Problems, Severity
from handouts.setting import Job, set_handout
from tests.clinic.logos import INK, SVG, badge, clinic, saved
from tests.conftest import DATE

DAY = date.fromisoformat(DATE)


def seen(folder: Path, **fields: object) -> tuple[int, int, int]:
    """The colour in the middle of the logo's left part on the built first side."""
    library = Library(folder)
    target = folder / "made.pdf"
    build_topic(library, "running", target, DAY, **fields)  # type: ignore[arg-type]
    with PdfDocument(target) as pdf:
        image = pdf[0].render(scale=4).to_pil().convert("RGB")
    # The logo stands at the right, between the bar and the box: the most common colour there that is no grey or black.
    head = image.crop((image.width * 6 // 10, 60, image.width, 280))
    counted = sorted(head.getcolors(1_000_000), reverse=True)
    colours: list[tuple[int, int, int]] = [colour for _, colour in counted]
    return next(colour for colour in colours if max(colour) > 0 and min(colour) < 200)


def near(found: tuple[int, int, int], wanted: tuple[int, int, int], slack: int = 6) -> bool:
    return all(abs(one - other) <= slack for one, other in zip(found, wanted, strict=True))


GOOD = {
    "rgb": saved(badge()),
    "transparent": saved(badge(mode="RGBA")),
    "palette": saved(badge().quantize(16)),
    "jpeg": saved(badge(), "JPEG", quality=95),
    "large": saved(badge(6000, 6000)),
    "margins": saved(ImageOps.expand(badge(), 1000, "white")),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_bitmap_is_printed_in_its_colour(name: str, tmp_path: Path) -> None:
    assert near(seen(clinic(tmp_path, GOOD[name])), INK, 14)


def test_a_jpeg_in_cmyk_keeps_its_colours(tmp_path: Path) -> None:
    data = saved(badge().convert("CMYK"), "JPEG", quality=95)
    assert Image.open(io.BytesIO(data)).mode == "CMYK"
    assert near(seen(clinic(tmp_path, data, "logo.jpg")), INK, 14)


def test_a_profile_is_obeyed_and_a_broken_one_is_not_fatal(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert near(seen(clinic(tmp_path / "good", saved(badge(), icc_profile=profile))), INK, 14)
    assert near(seen(clinic(tmp_path / "bad", saved(badge(), icc_profile=b"broken"))), INK, 14)


def test_sixteen_bits_of_grey_are_read(tmp_path: Path) -> None:
    deep = Image.frombytes("I;16", (400, 400), b"\x00\x40" * 400 * 400)
    logo, _ = examine(clinic(tmp_path, saved(deep)) / "assets" / "logo.png")
    assert logo.bitmaps is not None
    assert logo.bitmaps[0].channels == 1
    assert logo.bitmaps[0].pixels[0] == 0x40


def test_an_svg_is_drawn_as_paths_in_its_colours(tmp_path: Path) -> None:
    folder = clinic(tmp_path, SVG.format("").encode(), "logo.svg")
    logo, told = examine(folder / "assets" / "logo.svg")
    assert told == ()
    assert logo.pictures is not None
    fills = {path.fill for path in logo.pictures[0].paths}
    assert fills == {"#00AA66", "#FFD700", None}
    hole, disc, arc = logo.pictures[0].paths
    assert hole.nonzero
    assert disc.line == pytest.approx(4 * logo.pictures[0].width / 276, rel=0.1)
    assert arc.ends == (0, 0)
    assert re.search(r"^f$", _operators(folder), re.MULTILINE), "nonzero filling"
    assert all(re.fullmatch("#(..)\\1\\1", path.fill) for path in logo.pictures[1].paths if path.fill)


def _operators(folder: Path) -> str:
    target = folder / "made.pdf"
    build_topic(Library(folder), "running", target, DAY)
    with pikepdf.open(target) as pdf:
        return "\n".join(one.read_bytes().decode() for one in pdf.pages[0].Resources.XObject.values())


BAD = {
    "tiny": (saved(badge(40, 40)), "小さすぎます"),
    "cut": (saved(badge())[:2000], "壊れているか"),
    "no image": (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "壊れているか"),
    "text": ("ロゴです".encode(), "画像として読めません"),
    "empty": (b"", "画像として読めません"),
    "gif": (saved(badge(), "GIF"), "GIF の形式"),
    "white on nothing": (saved(badge(mode="RGBA", ink="white")), "白い紙の上で見えません"),
    "pale": (saved(badge(ink=(240, 240, 235))), "白い紙の上で見えません"),
    "thread": (saved(badge(3000, 60)), "細長すぎます"),
    "svg text": (SVG.format('<text x="1" y="1">医院</text>').encode(), "文字"),
    "svg gradient": (SVG.format('<defs><linearGradient id="g"/></defs>').encode(), "グラデーション"),
    "svg photo": (SVG.format('<image href="a.png"/>').encode(), "写真や画像"),
    "svg broken": (SVG.format("<g>").encode(), "壊れています"),
    "svg bomb": (b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaa">]><svg>&a;</svg>', "ENTITY"),
    "svg empty": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>', "塗った図形がありません"),
    "svg white": (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#fff"/></svg>',
        "見えません",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_logo_that_cannot_be_printed_is_told_at_its_line(name: str, tmp_path: Path) -> None:
    data, said = BAD[name]
    folder = clinic(tmp_path, data, "logo.svg" if name.startswith("svg") else "logo.png")
    with pytest.raises(Problems) as told:
        build_topic(Library(folder), "running", tmp_path / "made.pdf", DAY)
    (problem,) = told.value
    assert said in problem.message
    assert problem.hint
    assert (problem.place.file, problem.place.line) == (str(folder / "clinic.yaml"), 4)
    assert not (tmp_path / "made.pdf").exists()


def test_pixels_without_end_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    bomb = saved(Image.new("1", (9000, 9000)))
    with pytest.raises(Problems, match="1 problems") as told:
        examine(clinic(tmp_path, bomb) / "assets" / "logo.png")
    assert "画素が多すぎます" in next(iter(told.value)).message


def test_a_missing_file_and_a_path_are_told(tmp_path: Path) -> None:
    folder = clinic(tmp_path, saved(badge()))
    (folder / "assets" / "logo.png").unlink()
    with pytest.raises(Problems) as told:
        set_handout(Library(folder), Library(folder).handout("running"), Job(DAY))
    assert "ありません" in next(iter(told.value)).message
    with pytest.raises(Problems):
        Library(clinic(tmp_path / "up", b"", logo="../logo.png")).clinic()


def test_a_dark_and_a_coarse_logo_are_printed_and_told(tmp_path: Path) -> None:
    dark = clinic(tmp_path / "dark", saved(Image.new("RGB", (800, 800), (20, 20, 40))))
    _, told = examine(dark / "assets" / "logo.png")
    assert [problem.severity for problem in told] == [Severity.WARNING]
    assert "黒" in told[0].message
    coarse = clinic(tmp_path / "coarse", saved(badge(100, 100)))
    _, told = examine(coarse / "assets" / "logo.png")
    assert "印刷所" in told[0].message
    build_topic(Library(coarse), "running", tmp_path / "made.pdf", DAY)
    with pytest.raises(Problems) as press:
        build_topic(Library(coarse), "running", tmp_path / "press.pdf", DAY, shop=True)
    assert "350" in next(iter(press.value)).message


def test_the_logo_is_one_image_however_often_it_stands_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    folder = clinic(tmp_path, GOOD["rgb"])
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    build_topic(Library(folder), "running", first, DAY)
    build_topic(Library(folder), "running", second, DAY)
    assert first.read_bytes() == second.read_bytes()
    with pikepdf.open(first) as pdf:
        images = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        assert len(images) == 1
        shown = [[str(one.get("/Subtype")) for one in page.Resources.XObject.values()] for page in pdf.pages]
        assert [kinds.count("/Image") for kinds in shown] == [1, 0]


def test_for_a_black_and_white_printer_the_logo_is_grey(tmp_path: Path) -> None:
    target = tmp_path / "made.pdf"
    build_topic(Library(clinic(tmp_path, GOOD["rgb"])), "running", target, DAY, mono=True)
    with pikepdf.open(target) as pdf:
        (image,) = (one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image")
        assert image.ColorSpace == "/DeviceGray"


def test_beside_the_name_the_logo_takes_no_line_of_its_own(tmp_path: Path) -> None:
    plain = clinic(tmp_path / "plain", b"")
    text = (plain / "clinic.yaml").read_text("utf-8").replace("logo: logo.png\n", "")
    (plain / "clinic.yaml").write_text(text, encoding="utf-8")
    without = build_topic(Library(plain), "running", tmp_path / "1.pdf", DAY)
    folder = clinic(tmp_path / "with", GOOD["rgb"])
    assert build_topic(Library(folder), "running", tmp_path / "2.pdf", DAY).sides == without.sides == 2


@pytest.mark.parametrize("layout", ["a4", "a4-one", "trifold", "zfold", "bifold", "minibook", "booklet", "diary"])
def test_the_logo_stands_clear_of_every_text(layout: str, tmp_path: Path) -> None:
    library = Library(clinic(tmp_path, saved(badge(3000, 800))))
    document = set_handout(library, library.handout("running"), Job(DAY, layout)).document
    faces = load_faces(list(library.folders.of("fonts")))
    found = 0
    for sheet in document.sheets:
        for logo in (item for item in sheet.items if isinstance(item, Placed)):
            found += 1
            left, top, right, bottom = extent(logo, faces)
            assert min(left, top, sheet.width - right, sheet.height - bottom) >= 0
            for text in (item for item in sheet.items if isinstance(item, Text)):
                x1, y1, x2, y2 = extent(text, faces)
                apart = x2 <= left or x1 >= right or y2 <= top or y1 >= bottom
                assert apart, f"{text.text} under the logo"
    assert found == 1
