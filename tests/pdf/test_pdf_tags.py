"""The structure tree says what the Document's tags say, decoded, in their order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handouts import pdf
from handouts.checks.file import PdfFile, extract_in_tag_order, outline
from handouts.faces import Stack
from handouts.pages.sheet import Rect, Tag
from tests.pdf.sample import ALT, CHECKBOX, NAMES, TITLE, Builder, sample


def test_the_tree_as_readable_text(sample_pdf: Path) -> None:
    with PdfFile(sample_pdf) as file:
        assert outline(file.tree) == (
            "Document\n"
            "  H1 ひざの裏が痛い方へ\n"
            f"  P {NAMES}赤い字も読めます。この行は次の面に続きます。\n"
            "  L\n"
            "    LI\n"
            "      Lbl 1.\n"
            "      LBody 椅子に座る\n"
            "    LI\n"
            "      Lbl 2.\n"
            "      LBody ひざをのばす\n"
            "  Table\n"
            "    TR\n"
            "      TH 曜日\n"
            "      TH 回数\n"
            "    TR\n"
            "      TD 月曜\n"
            "      TD 10回\n"
            "  P このが痛みます。\n"
            "    Ruby\n"
            "      RB 膝窩\n"
            "      RT しつか\n"
            "  L\n"
            "    LI\n"
            f"      Lbl actual={CHECKBOX!r}\n"
            "      LBody 走ったあとに痛む\n"
            f"  Figure alt={ALT!r}\n"
        )


def test_reading_order_is_the_order_of_kids(sample_pdf: Path) -> None:
    with PdfFile(sample_pdf) as file:
        paragraph = [element for _, element in file.tree.walk() if element.role == "P"][1]
    assert [kid if isinstance(kid, str) else kid.role for kid in paragraph.kids] == ["この", "Ruby", "が痛みます。"]


@pytest.fixture
def opened(sample_pdf: Path) -> Any:
    with pikepdf.open(sample_pdf) as file:
        yield file


def elements(file: pikepdf.Pdf, role: str) -> list[Any]:
    """All structure elements of one role, by a reader that sees the raw objects."""
    found = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == f"/{role}"]
    assert found
    return found


def test_attributes(opened: pikepdf.Pdf) -> None:
    assert [str(cell.A[0].Scope) for cell in elements(opened, "TH")] == ["/Column", "/Column"]
    assert [str(entry.A[0].ListNumbering) for entry in elements(opened, "L")] == ["/Decimal", "/None"]
    (figure,) = elements(opened, "Figure")
    assert [round(float(value), 2) for value in figure.A[0].BBox] == [60, 441.89, 260, 541.89]
    assert str(figure.Alt) == ALT
    assert bytes(figure.Alt).startswith(b"\xfe\xff")


def test_a_tag_may_span_sheets(opened: pikepdf.Pdf) -> None:
    paragraph = elements(opened, "P")[0]
    first, second = paragraph.K
    assert paragraph.Pg.objgen == opened.pages[0].objgen
    assert isinstance(first, int)
    assert second.Pg.objgen == opened.pages[1].objgen


def test_the_parent_tree_leads_back(opened: pikepdf.Pdf) -> None:
    numbers = opened.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    seen = 0
    for page in opened.pages:
        for mark, parent in enumerate(parents[int(page.StructParents)]):
            kids = [kid for kid in parent.K if isinstance(kid, int) or "/MCID" in kid]
            seen += 1
            assert mark in [kid if isinstance(kid, int) else kid.MCID for kid in kids]
    assert seen == 18


def test_what_stands_in_the_catalogue(opened: pikepdf.Pdf) -> None:
    root = opened.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "ja-JP"
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(root.ViewerPreferences.PrintScaling) == "/None"
    assert str(root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"
    assert [str(page.Tabs) for page in opened.pages] == ["/S", "/S"]


def test_what_the_file_says_of_itself(opened: pikepdf.Pdf) -> None:
    information = {key: str(value) for key, value in opened.docinfo.items()}
    creator = information.pop("/Creator")
    assert creator.startswith("handouts ")
    assert information == {
        "/Title": TITLE,
        "/Author": "見本医院",
        "/Producer": "ReportLab PDF Library",
        "/CreationDate": "D:20261122000000+00'00'",
        "/ModDate": "D:20261122000000+00'00'",
    }
    with opened.open_metadata() as xmp:
        assert xmp["dc:title"] == TITLE
        assert xmp["dc:creator"] == ["見本医院"]
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2026-11-22T00:00:00+00:00"
        assert xmp["xmp:CreatorTool"] == creator
        assert xmp["pdf:Producer"] == information["/Producer"]
        assert (xmp["pdfuaid:part"], xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("1", "2", "A")


def test_one_sheet_without_author_and_date(faces: dict[str, Stack], tmp_path: Path) -> None:
    build = Builder()
    build.text(build.root.add("P"), "一面")
    path = tmp_path / "one.pdf"
    path.write_bytes(pdf.write(build.document(author="", date="", title="<&> 見本"), faces))
    with pikepdf.open(path) as file:
        assert "/Duplex" not in file.Root.ViewerPreferences
        assert set(file.docinfo.keys()) == {"/Title", "/Creator", "/Producer"}
        with file.open_metadata() as xmp:
            assert xmp["dc:title"] == "<&> 見本"


def test_a_held_item_that_is_not_drawn_is_refused(faces: dict[str, Stack]) -> None:
    document = sample()
    document.sheets[0].items.remove(next(kid for kid in document.root.kids[0].kids))  # type: ignore[union-attr, arg-type]
    with pytest.raises(ValueError, match="1 items of the tag tree are on no sheet"):
        pdf.write(document, faces)


def test_an_item_held_twice_is_refused(faces: dict[str, Stack]) -> None:
    build = Builder()
    item = build.text(build.root.add("P"), "一度")
    build.root.add("P").kids.append(item)
    with pytest.raises(ValueError, match="two tags hold one item"):
        pdf.write(build.document(), faces)


def test_an_item_drawn_twice_is_refused(faces: dict[str, Stack]) -> None:
    build = Builder()
    build.draw(None, build.text(build.root.add("P"), "一度"))
    with pytest.raises(ValueError, match="drawn twice"):
        pdf.write(build.document(), faces)


def test_items_drawn_against_the_order_of_kids_are_read_in_it(faces: dict[str, Stack], tmp_path: Path) -> None:
    build = Builder()
    paragraph = build.root.add("P")
    for text in ("三", "二", "一"):
        build.text(paragraph, text)
    paragraph.kids.reverse()
    path = tmp_path / "order.pdf"
    path.write_bytes(pdf.write(build.document(), faces))
    with PdfFile(path) as file:
        assert file.pages[0].text == "三二一"
    assert extract_in_tag_order(path) == [("P", "一二三")]


def test_neighbours_share_a_mark_and_artifacts_part_them(faces: dict[str, Stack], tmp_path: Path) -> None:
    build = Builder()
    paragraph: Tag = build.root.add("P")
    for text in ("一", "二"):
        build.text(paragraph, text)
    build.draw(None, Rect(10, 10, 10, 10, fill="#000000"))
    build.text(paragraph, "三")
    path = tmp_path / "marks.pdf"
    path.write_bytes(pdf.write(build.document(), faces))
    with pikepdf.open(path) as file:
        assert list(file.Root.StructTreeRoot.K.K[0].K) == [0, 1]
        assert file.pages[0].Contents.read_bytes().count(b"BDC") == 3
