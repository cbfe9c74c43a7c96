"""Files with one defect each, made anew for every run; each is named by what is wrong and the rule that must say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import segno
from pikepdf import Dictionary, Name, Pdf, String
from PIL import Image

from handouts import pdf
from handouts.pages.sheet import Document
from handouts.pages.shop import for_shop
from tests.verify.sample import ADDRESS, HEIGHT, MM, Sample, clean, faces


@dataclass(frozen=True)
class Defect:
    """What is wrong, the rule that finds it, and what makes the file in a folder."""

    name: str
    rule: str
    make: Callable[[Path], Path]


DEFECTS: list[Defect] = []
Change = Callable[[Sample], object]


def on_page(name: str, rule: str) -> Callable[[Change], Change]:
    """A defect drawn onto the clean page."""

    def register(change: Change) -> Change:
        def make(folder: Path) -> Path:
            sample = clean()
            change(sample)
            return sample.write(folder / f"{name}.pdf")

        DEFECTS.append(Defect(name, rule, make))
        return change

    return register


def in_file(name: str, rule: str) -> Callable[[Callable[[Pdf], object]], Callable[[Pdf], object]]:
    """A defect put into the clean file afterwards."""

    def register(change: Callable[[Pdf], object]) -> Callable[[Pdf], object]:
        def make(folder: Path) -> Path:
            with changed(folder / f"{name}.pdf", clean()) as file:
                change(file)
            return folder / f"{name}.pdf"

        DEFECTS.append(Defect(name, rule, make))
        return change

    return register


def whole(name: str, rule: str) -> Callable[[Callable[[Path], Path]], Callable[[Path], Path]]:
    """A defect that needs a file of its own."""

    def register(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
        DEFECTS.append(Defect(name, rule, make))
        return make

    return register


@contextmanager
def changed(path: Path, sample: Sample) -> Iterator[Pdf]:
    """A sample's file, open to be changed, and then written."""
    with pikepdf.open(BytesIO(sample.data())) as file:
        yield file
        file.save(path)


def draw_more(file: Pdf, operators: str) -> None:
    """Adds operators at the end of the first page."""
    file.pages[0].contents_add(file.make_stream(operators.encode()), prepend=False)


# Type ------------------------------------------------------------------------------------------------------------


@on_page("small-text", "text-size")
def _(page: Sample) -> None:
    page.text("8ポイントの注意書きです。", 20, 200, 8)


@on_page("small-note", "note-size")
def _(page: Sample) -> None:
    page.text("9.5ポイントの欄外です。", 20, 200, 9.5)


@whole("small-body", "body-size")
def _(folder: Path) -> Path:
    sample = clean(size=11)
    return sample.write(folder / "small-body.pdf")


@on_page("grey-text", "contrast")
def _(page: Sample) -> None:
    page.text("灰色の字は読みにくい。", 20, 200, colour="#8A8A8A")


@on_page("white-on-pale", "contrast")
def _(page: Sample) -> None:
    page.rect(20, 190, 80, 20, fill="#9FB7C9")
    page.text("薄い地に白い字。", 25, 202, colour="#FFFFFF")


@on_page("black-on-dark", "contrast")
def _(page: Sample) -> None:
    page.rect(20, 190, 80, 20, fill="#404040")
    page.text("濃い地に黒い字。", 25, 202)


@on_page("white-on-white", "contrast")
def _(page: Sample) -> None:
    page.text("白い紙に白い字。", 20, 200, colour="#FFFFFF")


@on_page("covered-text", "hidden")
def _(page: Sample) -> None:
    page.text("この字は隠れています。", 20, 200)
    page.rect(18, 190, 80, 14, fill="#FFFFFF")


@in_file("clipped-text", "hidden")
def _(file: Pdf) -> None:
    """Only a stripe of the title is let through."""
    done: list[Any] = []
    inside = False
    instructions: Any = pikepdf.parse_content_stream(file.pages[0])
    for operands, operator in instructions:
        if str(operator) == "BDC" and operands[0] == Name.H1:
            inside = True
            stripe = [0, HEIGHT - 30 * MM, 600, 6]
            done += [([], _op("q")), (stripe, _op("re")), ([], _op("W")), ([], _op("n"))]
        done.append((operands, operator))
        if inside and str(operator) == "EMC":
            inside = False
            done.append(([], _op("Q")))
    file.pages[0].Contents = file.make_stream(pikepdf.unparse_content_stream(done))


def _op(name: str) -> pikepdf.Operator:
    return pikepdf.Operator(name)


# Position --------------------------------------------------------------------------------------------------------


@on_page("text-at-edge", "edge")
def _(page: Sample) -> None:
    page.text("端の字", 2.5, 200)


@on_page("line-at-edge", "edge")
def _(page: Sample) -> None:
    page.rule(2, 200, 2, 240)


@whole("text-at-trim", "edge")
def _(folder: Path) -> Path:
    def change(page: Sample) -> None:
        page.text("断ち落としの近く", 16.5, 200)

    return shop(folder / "text-at-trim.pdf", change)


@on_page("text-on-fold", "fold")
def _(page: Sample) -> None:
    for y in (5, 288.5):
        page.rule(105, y, 105, y + 3.5, 0.4)


@whole("text-at-cut", "fold")
def _(folder: Path) -> Path:
    sample = Sample()
    for x in (14, 105, 196):
        for top in (5, 288.5):
            sample.rule(x, top, x, top + 3.5, 0.4)
    for y in (11, 66, 121, 176, 231, 286):
        for left in (5, 201.5):
            sample.rule(left, y, left + 3.5, y, 0.4)
    sample.paragraph(["今すぐ救急外来へ行くサイン"], 20, 20, 9)
    sample.paragraph(["切り取り線から1ミリの字です"], 106, 40, 9)
    return sample.write(folder / "text-at-cut.pdf")


@on_page("two-texts", "text-on-text")
def _(page: Sample) -> None:
    page.text("電話で受診を申し込みます。", 20, 200)
    page.text("紹介状を持って行きます。", 22, 201)


@on_page("line-through-text", "text-on-picture")
def _(page: Sample) -> None:
    page.text("線が字を横切っています。", 20, 200)
    page.rule(18, 198.5, 80, 198.5, 1.0)


@on_page("text-over-picture", "text-on-picture")
def _(page: Sample) -> None:
    page.text("絵の上の字", 30, 158)


@on_page("text-beyond-frame", "panel")
def _(page: Sample) -> None:
    page.rect(20, 190, 40, 14, stroke="#777777", line=0.5)
    page.text("この文は長くて枠の外まで続いています。", 23, 199)


@on_page("text-below-tint", "panel")
def _(page: Sample) -> None:
    page.rect(20, 190, 80, 14, fill="#EDF3F8")
    page.text("地色の下にはみ出す字。", 23, 205.5)


# Lines -----------------------------------------------------------------------------------------------------------


@on_page("comma-at-start", "line-start")
def _(page: Sample) -> None:
    page.paragraph(["膝の裏がはれて、熱をもち、さらに赤いとき", "、早めに整形外科を受診してください。"], 20, 200)


@on_page("small-kana-at-start", "line-start")
def _(page: Sample) -> None:
    page.paragraph(["すぐに受診が必要なときは、まず電話をか", "っきりと症状を伝えて、相談してください。"], 20, 200)


@on_page("unit-at-start", "line-start")
def _(page: Sample) -> None:
    page.paragraph(["のばす強さは、いつもの力の七割ほど、70", "%くらいにとどめて、息を止めずに行います。"], 20, 200)


@on_page("bracket-at-end", "line-end")
def _(page: Sample) -> None:
    page.paragraph(["膝の裏の真ん中には、血管と神経があり「", "膝窩」と呼ばれています。強く押しません。"], 20, 200)


@on_page("two-characters-left", "last-line")
def _(page: Sample) -> None:
    page.paragraph(["膝の裏の痛みが続くときは、早めに受診しま", "す。"], 20, 200)


# Fonts -----------------------------------------------------------------------------------------------------------


@in_file("private-use", "unmapped")
def _(file: Pdf) -> None:
    remap(file, "裏", "\ue000")


@in_file("empty-box", "missing-glyph")
def _(file: Pdf) -> None:
    """A glyph of no face: the font's .notdef is drawn, and the file says it were the character."""
    code = code_of(file, "裏")
    for font in fonts(file):
        stream = font.ToUnicode
        body = stream.read_bytes()
        stream.write(body.replace(b"<%s> <" % code, b"<0000> <", 1).replace(b"<%s><" % code, b"<0000><", 1))
    _replace_codes(file, code)


@whole("blank-glyph", "hidden")
def _(folder: Path) -> Path:
    sample = clean()
    sample.text("休みながら 歩きます。", 20, 200)
    with changed(folder / "blank-glyph.pdf", sample) as file:
        remap(file, " ", "続")
    return folder / "blank-glyph.pdf"


@in_file("not-embedded", "font-embedded")
def _(file: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    file.pages[0].Resources.Font["/Plain"] = file.make_indirect(font)
    draw_more(file, "/Artifact BMC BT /Plain 12 Tf 60 250 Td 0 g (Page one) Tj ET EMC")


# Structure -------------------------------------------------------------------------------------------------------


@in_file("no-tags", "tagged")
def _(file: Pdf) -> None:
    del file.Root.StructTreeRoot
    del file.Root.MarkInfo


@in_file("line-without-tag", "untagged-content")
def _(file: Pdf) -> None:
    draw_more(file, "0 G 1 w 60 250 m 200 250 l S")


@in_file("no-language", "language")
def _(file: Pdf) -> None:
    del file.Root.Lang


@in_file("wrong-language", "language")
def _(file: Pdf) -> None:
    file.Root.Lang = String("en-US")


@in_file("no-title", "title")
def _(file: Pdf) -> None:
    del file.docinfo["/Title"]


@in_file("file-as-title", "title")
def _(file: Pdf) -> None:
    file.docinfo["/Title"] = String("handout-final2.docx")


@whole("no-alt", "alt")
def _(folder: Path) -> Path:
    sample = clean()
    with changed(folder / "no-alt.pdf", sample) as file:
        for figure in figures(file):
            if "QR" not in str(figure.Alt):
                del figure.Alt
    return folder / "no-alt.pdf"


@on_page("file-as-alt", "alt")
def _(page: Sample) -> None:
    page.figure("IMG_0042.jpg", y=190)


# Pictures --------------------------------------------------------------------------------------------------------


@in_file("coarse-picture", "resolution")
def _(file: Pdf) -> None:
    place_image(file, (100, 60), (60, 180, 100, 60))


@whole("coarse-for-shop", "resolution")
def _(folder: Path) -> Path:
    path = shop(folder / "coarse-for-shop.pdf", lambda page: None)
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        place_image(file, (450, 270), (120, 220, 100, 60))
        file.save(path)
    return path


@whole("broken-code", "qr-read")
def _(folder: Path) -> Path:
    sample = clean(code=False)
    matrix = [list(row) for row in segno.make_qr(ADDRESS, error="m").matrix]
    count = len(matrix)
    dark = [
        (x, y)
        for y in range(count)
        for x in range(count)
        if bool(matrix[y][x]) != (9 <= x < count - 1 and 9 <= y < count - 9 and (x * y) % 2 == 0)
    ]
    sample.cells(dark, count, 0.6, ADDRESS)
    return sample.write(folder / "broken-code.pdf")


@whole("tiny-code", "qr-size")
def _(folder: Path) -> Path:
    sample = clean(code=False)
    sample.code(cell=0.3)
    return sample.write(folder / "tiny-code.pdf")


@on_page("crowded-code", "qr-size")
def _(page: Sample) -> None:
    page.rule(149, 215, 149, 240, 1.5)


@whole("weak-code", "qr-size")
def _(folder: Path) -> Path:
    sample = clean(code=False)
    sample.code(error="l")
    return sample.write(folder / "weak-code.pdf")


@whole("unsafe-code", "qr-target")
def _(folder: Path) -> Path:
    sample = clean(code=False)
    sample.code("http://example.jp/knee", spoken="http://example.jp/knee")
    return sample.write(folder / "unsafe-code.pdf")


@whole("code-elsewhere", "qr-target")
def _(folder: Path) -> Path:
    sample = clean(code=False)
    sample.code("https://example.com/shop")
    return sample.write(folder / "code-elsewhere.pdf")


@whole("code-at-home", "qr-target")
def _(folder: Path) -> Path:
    sample = clean(code=False)
    sample.code("https://192.168.0.5/knee", spoken="https://192.168.0.5/knee")
    return sample.write(folder / "code-at-home.pdf")


# Ink -------------------------------------------------------------------------------------------------------------


@on_page("pale-line", "one-bit")
def _(page: Sample) -> None:
    page.rule(20, 200, 120, 200, 0.4, "#D8D8D8")


@on_page("pale-frame", "one-bit")
def _(page: Sample) -> None:
    page.rect(20, 190, 60, 20, stroke="#E0E0E0", line=0.5)


@on_page("grey-line", "copied")
def _(page: Sample) -> None:
    page.rule(20, 200, 120, 200, 1.5, "#8C8C8C")


# Privacy ---------------------------------------------------------------------------------------------------------


@whole("name-in-title", "printed-name")
def _(folder: Path) -> Path:
    sample = clean()
    sample.title = "佐藤花子様の体操"
    sample.text("佐藤 花子 様", 120, 60, 17)
    return sample.write(folder / "name-in-title.pdf")


@whole("name-as-file", "personal-data")
def _(folder: Path) -> Path:
    return clean().write(folder / "鈴木一郎様.pdf")


@in_file("birthday-in-keywords", "personal-data")
def _(file: Pdf) -> None:
    file.docinfo["/Keywords"] = String("膝, 昭和25年3月4日生")


@in_file("mail-in-author", "personal-data")
def _(file: Pdf) -> None:
    file.docinfo["/Author"] = String("hanako@example.jp")


@in_file("phone-in-xmp", "personal-data")
def _(file: Pdf) -> None:
    stream = file.Root.Metadata
    assert isinstance(stream, pikepdf.Stream)
    stream.write(stream.read_bytes().replace("見本医院".encode(), b"090-1234-5678"))


@in_file("attached-file", "attachment")
def _(file: Pdf) -> None:
    file.attachments["karte.txt"] = b"-"


# Paper -----------------------------------------------------------------------------------------------------------


@whole("letter", "paper-size")
def _(folder: Path) -> Path:
    sample = clean()
    sample.sheet.width, sample.sheet.height = 612.0, 792.0
    return sample.write(folder / "letter.pdf")


@whole("scanned", "no-text")
def _(folder: Path) -> Path:
    sample = Sample()
    sample.figure("紙の資料を写したもの。")
    with changed(folder / "scanned.pdf", sample) as file:
        place_image(file, (2300, 3300), (30, 30, 530, 780))
    return folder / "scanned.pdf"


@whole("many-pages", "all-looked-at")
def _(folder: Path) -> Path:
    sample = clean()
    for _ in range(60):
        sample.turn()
    return sample.write(folder / "many-pages.pdf")


# What the makers share -------------------------------------------------------------------------------------------


def shop(path: Path, change: Change) -> Path:
    """The clean page with 15 mm around it that are cut off, and a print shop's boxes."""
    sample = clean()
    document = for_shop(Document(sample.sheets, sample.root, sample.title, "見本医院", date="2026-11-22"), faces())
    sample.sheet = document.sheets[0]
    change(sample)
    path.write_bytes(pdf.write(document, faces()))
    return path


def fonts(file: Pdf) -> list[Dictionary]:
    """The fonts of the first page."""
    return [font for font in file.pages[0].Resources.Font.values() if isinstance(font, Dictionary)]


def code_of(file: Pdf, letter: str) -> bytes:
    """The code that the first page's text has for a character, in hexadecimal digits."""
    wanted = letter.encode("utf-16-be").hex().upper().encode()
    for font in fonts(file):
        for line in font.ToUnicode.read_bytes().upper().splitlines():
            found = line.replace(b" ", b"")
            if found.endswith(b"<%s>" % wanted):
                return found[1:5]
    raise AssertionError(letter)


def remap(file: Pdf, letter: str, to: str) -> None:
    """Lets the file say that a character were another."""
    wanted, other = (one.encode("utf-16-be").hex() for one in (letter, to))
    for font in fonts(file):
        stream = font.ToUnicode
        stream.write(re.sub(f"(> ?)<{wanted}>", rf"\1<{other}>", stream.read_bytes().decode(), flags=re.I).encode())


def _replace_codes(file: Pdf, code: bytes) -> None:
    """The .notdef in place of a glyph, wherever it is shown."""
    done: list[Any] = []
    instructions: Any = pikepdf.parse_content_stream(file.pages[0])
    for operands, operator in instructions:
        if str(operator) == "Tj":
            codes = bytes(operands[0])
            pairs = [codes[index : index + 2] for index in range(0, len(codes), 2)]
            wrong = bytes.fromhex(code.decode())
            operands = [String(b"".join(b"\0\0" if pair == wrong else pair for pair in pairs))]
        done.append((operands, operator))
    file.pages[0].Contents = file.make_stream(pikepdf.unparse_content_stream(done))


def figures(file: Pdf) -> list[Dictionary]:
    """The pictures of the tag tree."""
    return [one for one in file.objects if isinstance(one, Dictionary) and one.get("/S") == Name.Figure]


def place_image(file: Pdf, dots: tuple[int, int], frame: tuple[float, float, float, float]) -> None:
    """A pale picture of dots as decoration: x, y (from the foot), width, height in pt."""
    image = Image.new("L", dots, 240)
    stream = file.make_stream(image.tobytes())
    for key, value in {
        "/Type": Name.XObject, "/Subtype": Name.Image, "/Width": dots[0], "/Height": dots[1],
        "/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8,
    }.items():  # fmt: skip
        stream[key] = value
    resources = file.pages[0].Resources
    if "/XObject" not in resources:
        resources["/XObject"] = Dictionary()
    resources.XObject["/Photo"] = stream
    x, y, width, height = frame
    draw_more(file, f"/Artifact BMC q {width} 0 0 {height} {x} {y} cm /Photo Do Q EMC")
