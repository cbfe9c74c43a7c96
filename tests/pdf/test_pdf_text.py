"""Text comes back out of the file as it went in, through readers that know nothing of how it was made."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from handouts import pdf
from handouts.checks.file import PdfFile, extract_in_tag_order
from handouts.faces import Face, Stack
from handouts.pages.sheet import Document
from handouts.problems import Problems
from tests.pdf.sample import ALT, CHECKBOX, NAMES, Builder, page_of_text

TEXTS = [
    "ひざの裏が痛い。",
    "𠮷野家の𠮷",
    "髙﨑さん",
    "葛\U000e0100城と葛城",
    "か\u3099と\u304b\u309aとが",
    " 全角 半角 ",
    "100%(1日3回)",
    "\\(丸)と'\"<>&",
    NAMES,
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("face", ["regular", "bold"])
def test_pdfium_reads_the_text(text: str, face: str, faces: dict[str, Stack], tmp_path: Path) -> None:
    path = tmp_path / "text.pdf"
    # か with the half-voiced mark has no precomposed glyph, so that it cannot stand in a page.
    text = text.replace("\u304b\u309a", "は\u309a")
    path.write_bytes(pdf.write(page_of_text(text, face=face), faces))
    assert extract_in_tag_order(path) == [("P", text)]


def test_poppler_reads_the_text(faces: dict[str, Stack], tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing")
    path = tmp_path / "text.pdf"
    path.write_bytes(pdf.write(page_of_text(NAMES), faces))
    read = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True).stdout.decode()
    assert read.strip("\n\f") == NAMES


def test_the_sample_reads_in_tag_order(sample_pdf: Path) -> None:
    assert extract_in_tag_order(sample_pdf) == [
        ("H1", "ひざの裏が痛い方へ"),
        ("P", NAMES + "赤い字も読めます。" + "この行は次の面に続きます。"),
        ("Lbl", "1."),
        ("LBody", "椅子に座る"),
        ("Lbl", "2."),
        ("LBody", "ひざをのばす"),
        ("TH", "曜日"),
        ("TH", "回数"),
        ("TD", "月曜"),
        ("TD", "10回"),
        ("P", "この" + "が痛みます。"),
        ("RB", "膝窩"),
        ("RT", "しつか"),
        ("Lbl", CHECKBOX),
        ("LBody", "走ったあとに痛む"),
        ("Figure", ALT),
    ]


def test_a_fallback_face_keeps_the_line(faces: dict[str, Stack], tmp_path: Path) -> None:
    path = tmp_path / "text.pdf"
    path.write_bytes(pdf.write(page_of_text("髙𠮷髙", size=20.0), faces))
    with PdfFile(path) as file:
        first, middle, last = file.pages[0].characters
    assert first.font == last.font != middle.font
    assert "NotoSansJP" in middle.font
    assert last.left - first.left == pytest.approx(40.0, abs=0.05)


def test_widths_are_those_of_the_face(faces: dict[str, Stack], tmp_path: Path) -> None:
    text = "ひざの裏(10回)、Wi-Fi 123"
    path = tmp_path / "text.pdf"
    path.write_bytes(pdf.write(page_of_text(text + "|", size=30.0), faces))
    with PdfFile(path) as file:
        *_, bar = file.pages[0].characters
    path.write_bytes(pdf.write(page_of_text("|", size=30.0), faces))
    with PdfFile(path) as file:
        (alone,) = file.pages[0].characters
    rounding = len(text) * 0.0005 * 30.0
    assert bar.left - alone.left == pytest.approx(faces["regular"].width(text, 30.0), abs=rounding)


def test_each_face_is_embedded_once_as_a_small_subset(sample_pdf: Path) -> None:
    with pikepdf.open(sample_pdf) as file:
        fonts = file.pages[0].Resources.Font
        names = [str(font.BaseFont) for font in fonts.values()]
        programs = [font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes() for font in fonts.values()]
    assert len(names) == len(set(names)) == 3
    assert all(name[1:7].isupper() and name[7] == "+" for name in names)
    assert sum(map(len, programs)) < 40_000
    assert not any(tag in program[:300] for program in programs for tag in (b"fpgm", b"prep", b"GSUB", b"cmap"))


def test_every_missing_character_is_named_at_its_place(faces: dict[str, Stack]) -> None:
    build = Builder()
    paragraph = build.root.add("P")
    build.text(paragraph, "絵文字😀と\u0e01、もう一度😀")
    build.text(paragraph, "ある字")
    build.text(paragraph, "また😀と\u200b")
    with pytest.raises(Problems) as caught:
        pdf.write(build.document(), faces)
    found = [(str(problem.place), problem.message) for problem in caught.value]
    assert found == [
        ("running.yaml:1:3", "「\u0e01」(U+0E01)の字形を持つ書体がありません。"),
        ("running.yaml:1:3", "「😀」(U+1F600)の字形を持つ書体がありません。"),
        ("running.yaml:3:3", "「\u200b」(U+200B)の字形を持つ書体がありません。"),
        ("running.yaml:3:3", "「😀」(U+1F600)の字形を持つ書体がありません。"),
    ]


def test_a_face_without_truetype_outlines_is_a_problem(
    faces: dict[str, Stack], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cff:
        table_tags = ("CFF ", "cmap")

    face = Face(faces["regular"].faces[0].path)
    stack = Stack("regular", [face])
    assert stack.glyph("あ")
    monkeypatch.setitem(vars(face), "hb_face", Cff())
    with pytest.raises(Problems) as caught:
        pdf.write(page_of_text("あ"), {"regular": stack})
    assert "glyf" in next(iter(caught.value)).message


def altered(path: Path, tag: bytes, change: Callable[[bytes, int, int], bytes]) -> bytes:
    """A font's bytes, changed by a function of them and the place and length of one table."""
    data = path.read_bytes()
    for number in range(int.from_bytes(data[4:6], "big")):
        entry = data[12 + 16 * number : 28 + 16 * number]
        if entry[:4] == tag:
            return change(data, int.from_bytes(entry[8:12], "big"), int.from_bytes(entry[12:], "big"))
    raise AssertionError(f"no table {tag!r}")


def test_a_face_that_cannot_be_subset_is_a_problem(faces: dict[str, Stack], monkeypatch: pytest.MonkeyPatch) -> None:
    import uharfbuzz

    face = Face(faces["regular"].faces[0].path)
    stack = Stack("regular", [face])
    assert stack.glyph("あ")
    broken = altered(face.path, b"head", lambda data, at, size: data[:at] + bytes(size) + data[at + size :])
    monkeypatch.setitem(vars(face), "hb_face", uharfbuzz.Face(uharfbuzz.Blob(broken)))
    with pytest.raises(Problems) as caught:
        pdf.write(page_of_text("あ"), {"regular": stack})
    (problem,) = caught.value
    assert problem.message == "フォントが壊れています(字形を取り出せません)。"
    assert problem.place.file == str(face.path)
    assert problem.hint


@pytest.mark.parametrize("version", [None, 1])
def test_a_face_without_a_height_of_capitals_is_embedded(
    version: int | None, faces: dict[str, Stack], tmp_path: Path
) -> None:
    path = faces["regular"].faces[0].path
    own = tmp_path / path.name
    if version is None:
        own.write_bytes(path.read_bytes().replace(b"OS/2", b"OS/9", 1))
    else:
        number = version.to_bytes(2, "big")
        own.write_bytes(altered(path, b"OS/2", lambda data, at, _: data[:at] + number + data[at + 2 :]))
    face = Face(own)
    written = pdf.write(page_of_text("あ"), {"regular": Stack("regular", [face])})
    with pikepdf.open(BytesIO(written)) as document:
        heights = [thing["/CapHeight"] for thing in document.objects if _is_descriptor(thing)]
    assert heights == [round(face.ascent * 1000)]


def _is_descriptor(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"


def both(name: str) -> Document:
    """A sheet that has much in common with others, and a name."""
    build = Builder()
    for text in ("椅子に座り、山を見る。", "田んぼ 1回"):
        build.text(build.root.add("P"), text, common=True)
    build.text(build.root.add("P"), name)
    return build.document()


def programs(data: bytes) -> list[str]:
    """Digests of the embedded fonts."""
    with pikepdf.open(BytesIO(data)) as file:
        fonts = [one for one in file.objects if isinstance(one, pikepdf.Stream) and "/Length1" in one]
        return [sha256(one.read_bytes()).hexdigest() for one in fonts]


def test_poppler_reads_a_name_in_two_fonts(faces: dict[str, Stack], tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing")
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf.write(both("花山 田子"), faces))
    read = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True).stdout.decode()
    assert read.strip("\n\f").splitlines()[-1] == "花山 田子"


def test_common_texts_have_the_same_font_whatever_the_name_is(faces: dict[str, Stack]) -> None:
    one, other = (programs(pdf.write(both(name), faces)) for name in ("山田 花子", "鈴木\u3000一郎"))
    assert len(one) == len(other) == 2
    assert len(set(one) & set(other)) == 1


def test_a_name_of_common_characters_needs_no_font_of_its_own_but_for_the_space(faces: dict[str, Stack]) -> None:
    assert len(programs(pdf.write(both("山田"), faces))) == 1


@pytest.mark.parametrize("name", ["山田 花子", "山 花", "花 山 子", "花\u3000田", "𠮷田\u3000山子 座", "一 二"])
def test_a_name_in_two_fonts_is_read_as_it_is(name: str, faces: dict[str, Stack], tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf.write(both(name), faces))
    assert extract_in_tag_order(path)[-1] == ("P", name)
