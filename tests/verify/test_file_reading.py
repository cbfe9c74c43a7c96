"""The reader gives places on the paper as it lies, whatever the page's own space is; lines as the eye sees them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from handouts.checks.file import PdfFile
from handouts.checks.file.folds import read_folds
from handouts.checks.file.geometry import MM, Box
from handouts.checks.file.lines import lines, paragraphs, readings
from handouts.checks.file.shapes import Kind
from handouts.pages.sheet import Text
from tests.verify.sample import Sample, clean


def written(sample: Sample, path: Path, operators: str = "", **page: object) -> PdfFile:
    """A sample with entries of its page changed, and the whole page moved and turned by operators before it."""
    with pikepdf.open(BytesIO(sample.data())) as file:
        for key, value in page.items():
            file.pages[0].obj[f"/{key}"] = value
        if operators:
            file.pages[0].contents_add(file.make_stream(f"q {operators}".encode()), prepend=True)
            file.pages[0].contents_add(file.make_stream(b"Q"), prepend=False)
        file.save(path)
    return PdfFile(path)


def places(file: PdfFile) -> list[tuple[str, Box, float, float]]:
    return [(one.text, one.box, one.size, one.run.angle) for one in file.pages[0].characters]


def assert_alike(file: PdfFile, other: PdfFile) -> None:
    """The same characters and shapes at the same places of the paper, of the same size and direction."""
    assert (file.pages[0].width, file.pages[0].height) == pytest.approx(
        (other.pages[0].width, other.pages[0].height), abs=0.02
    )
    mine, theirs = places(file), places(other)
    assert len(mine) == len(theirs) > 50
    for (text, box, size, angle), (letter, frame, em, way) in zip(mine, theirs, strict=True):
        assert (text, angle) == (letter, way)
        assert size == pytest.approx(em, abs=0.01)
        assert (box.left, box.top, box.right, box.bottom) == pytest.approx(
            (frame.left, frame.top, frame.right, frame.bottom), abs=0.05
        )
    shapes, others = file.pages[0].shapes, other.pages[0].shapes
    assert [shape.kind for shape in shapes] == [shape.kind for shape in others]
    for shape, one in zip(shapes, others, strict=True):
        assert shape.line == pytest.approx(one.line, abs=0.01)
        assert shape.box.insets(one.box) == pytest.approx((0, 0, 0, 0), abs=0.05)


@pytest.mark.parametrize(
    ("turn", "operators"),
    [(90, "0 1 -1 0 841.89 0 cm"), (180, "-1 0 0 -1 595.28 841.89 cm"), (270, "0 -1 1 0 0 595.28 cm")],
)
def test_a_page_that_is_turned_back(turn: int, operators: str, tmp_path: Path) -> None:
    size = [595.28, 841.89] if turn == 180 else [841.89, 595.28]
    box = pikepdf.Array([0, 0, *size])
    plain = PdfFile(clean().write(tmp_path / "plain.pdf"))
    turned = written(
        clean(), tmp_path / "turned.pdf", operators, Rotate=turn, MediaBox=box, CropBox=box, TrimBox=box, BleedBox=box
    )
    with plain, turned:
        assert_alike(turned, plain)


def test_a_page_whose_corner_is_elsewhere_and_is_cropped(tmp_path: Path) -> None:
    media, crop = pikepdf.Array([-300, -300, 1200, 1400]), pikepdf.Array([100, 50, 695.28, 891.89])
    plain = PdfFile(clean().write(tmp_path / "plain.pdf"))
    moved = written(
        clean(), tmp_path / "moved.pdf", "1 0 0 1 100 50 cm", MediaBox=media, CropBox=crop, TrimBox=crop, BleedBox=crop
    )
    with plain, moved:
        assert_alike(moved, plain)


def test_what_is_scaled_and_in_a_form_has_the_size_it_is_printed_in(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(clean().data())) as file:
        page = file.pages[0]
        form = file.make_stream(b"BT /F1 24 Tf 10 20 Td <0001>Tj ET 2 w 0 0 m 40 0 l S")
        form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
        form["/BBox"], form["/Resources"] = pikepdf.Array([0, -10, 100, 100]), page.Resources
        resources = page.Resources
        if "/XObject" not in resources:
            resources["/XObject"] = pikepdf.Dictionary()
        resources.XObject["/Inner"] = form
        page.contents_add(file.make_stream(b"q .5 0 0 .5 100 200 cm /Inner Do Q"), prepend=False)
        file.save(tmp_path / "form.pdf")
    with PdfFile(tmp_path / "form.pdf") as pdf:
        character, shape = pdf.pages[0].characters[-1], pdf.pages[0].shapes[-1]
        assert character.size == pytest.approx(12, abs=0.01)
        assert character.box.left == pytest.approx(105, abs=3)
        assert shape.kind is Kind.LINE
        assert shape.line == pytest.approx(1, abs=0.01)
        ends = (shape.box.left, shape.box.right, pdf.pages[0].height - shape.box.bottom)
        assert ends == pytest.approx((100, 120, 199.5), abs=0.05)


def test_lines_follow_the_eye_not_the_order_of_drawing(tmp_path: Path) -> None:
    sample = Sample()
    for x, text in ((60, "ので休みます。"), (20, "膝の裏が"), (36, "痛い"), (120, "別の段の文です。")):
        sample.text(text, x, 100)
    sample.text("下の行です。", 20, 106.35)
    with PdfFile(sample.write(tmp_path / "x.pdf")) as pdf:
        found = lines(pdf.pages[0].characters)
    texts = [line.text for line in found]
    assert texts == ["膝の裏が痛い", "ので休みます。", "別の段の文です。", "下の行です。"]
    chains = paragraphs(found, [None] * len(found))
    assert [[line.text for line in chain] for chain in chains if len(chain) > 1] == [["膝の裏が痛い", "下の行です。"]]


def test_lines_that_stand_on_their_heads_are_read_the_right_way(tmp_path: Path) -> None:
    sample = Sample()
    tag = sample.root.add("P")
    for number, text in enumerate(("逆さの一行め。", "逆さの二行め。")):
        sample.draw(Text(150 * MM, (100 - 6 * number) * MM, text, "regular", 12, turned=True), tag)
    with PdfFile(sample.write(tmp_path / "x.pdf")) as pdf:
        found = lines(pdf.pages[0].characters)
        assert {line.angle for line in found} == {180}
        (chain,) = paragraphs(found, [None] * len(found))
    assert [line.text for line in chain] == ["逆さの一行め。", "逆さの二行め。"]


def test_a_bold_letter_struck_twice_and_a_gap_to_write_in_are_one_line(tmp_path: Path) -> None:
    sample = Sample()
    for x in (20, 20.1):
        sample.text("大切", x, 100)
    sample.text("受診日(", 20, 120)
    sample.text(")月", 60, 120)
    with PdfFile(sample.write(tmp_path / "x.pdf")) as pdf:
        assert [line.text for line in lines(pdf.pages[0].characters)] == ["大切", "受診日()月"]


def test_readings_are_told_from_small_print(tmp_path: Path) -> None:
    sample = Sample()
    sample.text("ひざ", 20, 95.6, 6)
    sample.text("膝の裏", 20, 100)
    sample.text("ちいさな字", 20, 130, 6)
    with PdfFile(sample.write(tmp_path / "x.pdf")) as pdf:
        assert [line.text for line in readings(lines(pdf.pages[0].characters))] == ["ひざ"]


def test_folds_and_cuts_are_told_by_their_marks(tmp_path: Path) -> None:
    plain, folded, cards = clean(), clean(), Sample()
    for x in (70, 140):
        for y in (5, 288.5):
            folded.rule(x, y, x, y + 3.5, 0.4)
    folded.rule(30, 20, 30, 23, 0.4)
    for x in (14, 105, 196):
        for y in (5, 288.5):
            cards.rule(x, y, x, y + 3.5, 0.4)
    for level in (11, 66, 121):
        for left in (5, 201.5):
            cards.rule(left, level, left + 3.5, level, 0.4)
    found = []
    for name, sample in (("plain", plain), ("folded", folded), ("cards", cards)):
        with PdfFile(sample.write(tmp_path / f"{name}.pdf")) as pdf:
            folds = read_folds(pdf.pages[0])
            found.append(([round(x / MM) for x in folds.across], [round(y / MM) for y in folds.down], folds.cut))
    assert found == [([], [], False), ([70, 140], [], False), ([14, 105, 196], [11, 66, 121], True)]
