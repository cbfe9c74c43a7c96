"""The file as a whole: the same bytes everywhere, sound to other tools, and read rightly by our own check."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from handouts import pdf
from handouts.checks.file import PdfFile
from handouts.faces import Stack
from handouts.pages.sheet import Sheet
from handouts.pdf import srgb
from handouts.pdf.objects import Canvas
from handouts.problems import Problems
from tests.pdf.sample import NAMES, Builder, page_of_text, sample

SCRIPT = """
import hashlib, sys
from handouts import pdf
from handouts.faces import load_faces
from handouts.paths import builtin
from tests.pdf.sample import sample
print(hashlib.sha256(pdf.write(sample(), load_faces([builtin("fonts")]))).hexdigest())
"""


def test_the_same_document_gives_the_same_bytes(faces: dict[str, Stack]) -> None:
    first = pdf.write(sample(), faces)
    assert first == pdf.write(sample(), faces)
    assert first != pdf.write(page_of_text(), faces)


@pytest.mark.parametrize("seed", ["0", "1234"])
def test_the_same_bytes_in_another_process(seed: str, repository: Path, sample_pdf: Path, tmp_path: Path) -> None:
    changed = {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "86400", "TZ": "Asia/Tokyo", "PYTHONPATH": str(repository)}
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env=os.environ | changed,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == hashlib.sha256(sample_pdf.read_bytes()).hexdigest()


def test_the_identity_follows_the_content(faces: dict[str, Stack]) -> None:
    def identity(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as file:
            return bytes(file.trailer.ID[0])

    assert identity(pdf.write(page_of_text("あ"), faces)) == identity(pdf.write(page_of_text("あ"), faces))
    assert identity(pdf.write(page_of_text("あ"), faces)) != identity(pdf.write(page_of_text("い"), faces))


def test_qpdf_finds_no_fault(faces: dict[str, Stack], tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is missing")
    path = tmp_path / "sample.pdf"
    path.write_bytes(pdf.write(sample(), faces))
    run = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "No syntax or stream encoding errors" in run.stdout


def test_the_sample_is_small(sample_pdf: Path) -> None:
    assert sample_pdf.stat().st_size < 30_000


def test_no_font_is_left_outside(sample_pdf: Path) -> None:
    with pikepdf.open(sample_pdf) as file:
        fonts = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
    assert {str(font.Subtype) for font in fonts} == {"/Type0", "/CIDFontType2"}


def test_the_colour_profile_is_srgb() -> None:
    steps = [(value, 255 - value, value // 2) for value in range(256)] + [(value,) * 3 for value in range(256)]
    image = Image.new("RGB", (len(steps), 1))
    for column, colour in enumerate(steps):
        image.putpixel((column, 0), colour)
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb.profile()))
    turned = ImageCms.applyTransform(image, ImageCms.buildTransform(ours, ImageCms.createProfile("sRGB"), "RGB", "RGB"))
    assert turned is not None
    pairs = zip(image.tobytes(), turned.tobytes(), strict=True)
    assert max(abs(before - after) for before, after in pairs) <= 1


def test_characters_are_measured(faces: dict[str, Stack], tmp_path: Path) -> None:
    path = tmp_path / "text.pdf"
    path.write_bytes(pdf.write(page_of_text("口", x=100.0, size=36.0, colour="#B00020"), faces))
    with PdfFile(path) as file:
        page = file.pages[0]
        (character,) = page.characters
        ink = file.ink_box(1)
    assert (round(page.width, 2), round(page.height, 2)) == (595.28, 841.89)
    assert (character.size, character.colour, character.visible, character.mapped) == (36.0, "#B00020", True, True)
    assert character.font.endswith("+BIZUDPGothic-Regular")
    assert 100 < character.left < character.right < 136
    assert 44 < character.top < character.bottom < 84
    assert ink == pytest.approx((character.left, character.top, character.right, character.bottom), abs=1.5)


def test_a_page_reads_in_drawing_order_without_added_line_ends(sample_pdf: Path) -> None:
    with PdfFile(sample_pdf) as file:
        assert file.pages[0].text.startswith("見本医院 ひざのしおり" + "ひざの裏が痛い方へ" + NAMES + "赤い字")


def test_what_comes_too_near_to_the_edge(faces: dict[str, Stack], tmp_path: Path) -> None:
    build = Builder()
    for x in (12.0, 14.0, 569.0, 571.0):
        build.text(build.root.add("P"), "口 ", x=x)
    path = tmp_path / "edge.pdf"
    path.write_bytes(pdf.write(build.document(), faces))
    with PdfFile(path) as file:
        # 5 mm are 14.17 pt; the glyph's ink begins 1.3 pt after its origin and ends 1.3 pt before its advance.
        assert [round(character.left, 1) for character in file.pages[0].near_edge(5)] == [13.3, 572.3]
        assert file.pages[0].near_edge(4) == []


def test_a_glyph_without_its_character_is_found(sample_pdf: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with PdfFile(sample_pdf) as file:
        assert [page.unmapped() for page in file.pages] == [[], []]
    with pikepdf.open(sample_pdf) as file:
        content = file.pages[0].Contents.read_bytes()
        start = content.index(b">Tj") - 4
        file.pages[0].Contents = file.make_stream(content[:start] + b"0000" + content[start + 4 :])
        file.save(path)
    with PdfFile(path) as file:
        assert len(file.pages[0].unmapped()) == 1


def test_invisible_text_is_told_apart(faces: dict[str, Stack], tmp_path: Path) -> None:
    path = tmp_path / "hidden.pdf"
    with pikepdf.open(io.BytesIO(pdf.write(page_of_text("口", x=5.0), faces))) as file:
        content = file.pages[0].Contents.read_bytes()
        file.pages[0].Contents = file.make_stream(content.replace(b"BT", b"BT 3 Tr"))
        file.save(path)
    with PdfFile(path) as read:
        assert [character.visible for character in read.pages[0].characters] == [False]
        assert read.pages[0].near_edge(5) == []


def test_an_empty_page_has_no_ink(faces: dict[str, Stack], tmp_path: Path) -> None:
    build = Builder()
    build.text(build.root.add("P"), "一面")
    build.sheets.append(Sheet(200, 100))
    path = tmp_path / "empty.pdf"
    path.write_bytes(pdf.write(build.document(), faces))
    with PdfFile(path) as file:
        assert file.ink_box(2) is None
        assert (file.pages[1].width, file.pages[1].text) == (200, "")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", "これはPDFではない".encode()])
def test_what_is_no_pdf_is_a_problem(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    with pytest.raises(Problems, match="1 problems") as caught:
        PdfFile(path)
    assert next(iter(caught.value)).place.file == str(path)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="1 problems"):
        PdfFile(tmp_path / "none.pdf")


def test_a_file_may_have_more_objects_than_two_bytes_count() -> None:
    canvas = Canvas()
    canvas.page(100, 100, [])
    numbers = canvas.reserve(70_000)
    for number in numbers:
        canvas.body(number, b"<</Nr %d>>" % number)
    with pikepdf.open(io.BytesIO(canvas.getpdfdata())) as pdf:
        assert [int(pdf.get_object(number, 0).Nr) for number in (numbers[0], numbers[-1])] == [numbers[0], numbers[-1]]
        assert pdf.check_pdf_syntax() == []
