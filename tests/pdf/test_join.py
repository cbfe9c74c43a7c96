"""Several of our files become one, valid to the validators, with all tags, whole leaves and every object once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from handouts.faces import load_faces
from handouts.pages.sheet import Document, Sheet, Tag, Text
from handouts.paths import builtin
from handouts.pdf import write
from handouts.pdf.join import GROUP, Joiner
from tests.validators.pagevalidation import page_validation
from tests.validators.verapdf import verapdf

FACES = load_faces([builtin("fonts")])


def made(word: str, sides: int) -> bytes:
    """A file of so many sides; a figure's text looks like a reference."""
    sheets, root = [], Tag("Document")
    for number in range(sides):
        item = Text(50, 50, f"{word}の{number + 1}面", "regular", 12)
        root.add("H1" if number == 0 else "P").kids.append(item)
        sheets.append(Sheet(595.28, 841.89, [item]))
    root.kids[0].alt = "12 0 R (1 0 R) \\"  # type: ignore[union-attr]
    return write(Document(sheets, root, "題", "医院", date="2026-11-22"), FACES)


def joined(parts: list[bytes]) -> tuple[bytes, int]:
    file = io.BytesIO()
    joiner = Joiner(file)
    for part in parts:
        joiner.add(part)
    joiner.close()
    assert joiner.count == len(parts)
    return file.getvalue(), joiner.sides


def leaves(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if "/Kids" in node:
        for kid in node.Kids:
            yield from leaves(kid)
    else:
        yield node


def test_pages_in_order_each_part_from_a_new_leaf() -> None:
    data, sides = joined([made("一", 2), made("二", 1), made("三", 3), made("四", 2)])
    assert sides == 10
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 10
        assert [number for number, page in enumerate(pdf.pages) if "/Contents" not in page.obj] == [3, 7]
        assert "/Duplex" in pdf.Root.ViewerPreferences
        assert str(pdf.docinfo["/Title"]) == "題"
        assert pdf.check_pdf_syntax() == []


def test_the_tags_lead_to_their_pages_and_back() -> None:
    data, _ = joined([made("一", 2), made("二", 1), made("三", 2)])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tree = pdf.Root.StructTreeRoot
        parts = list(tree.K.K)
        assert [str(element.S) for element in (tree.K, *parts)] == ["/Document", "/Part", "/Part", "/Part"]
        numbers: dict[int, pikepdf.Object] = {}
        for leaf in leaves(tree.ParentTree):
            keys = [int(key) for key in list(leaf.Nums)[::2]]
            assert [keys[0], keys[-1]] == [int(limit) for limit in leaf.Limits]
            numbers |= dict(zip(keys, list(leaf.Nums)[1::2], strict=True))
        tagged = [page.obj for page in pdf.pages if "/StructParents" in page.obj]
        assert sorted(numbers) == [int(page.StructParents) for page in tagged] == [0, 1, 2, 3, 4]
        assert int(tree.ParentTreeNextKey) == 5
        for page in tagged:
            (element,) = numbers[int(page.StructParents)]
            assert element.Pg.objgen == page.objgen
        assert [str(part.K[0].Alt) for part in parts] == ["12 0 R (1 0 R) \\"] * 3


def test_valid_and_equal_fonts_once(tmp_path: Path) -> None:
    parts = [made(word, sides) for word, sides in zip("一二一三", (1, 2, 1, 3), strict=True)]
    data, _ = joined(parts)
    path = tmp_path / "all.pdf"
    path.write_bytes(data)
    results = [*verapdf([path], ("ua1", "2a")), *(page_validation(path, kind) for kind in ("ua1", "2a"))]
    assert len(results) == 4
    assert [str(result) for result in results if not result.valid] == []
    with pikepdf.open(path) as pdf:
        assert sum("/Length1" in one for one in pdf.objects if isinstance(one, pikepdf.Stream)) == 3


def test_more_parts_than_a_node_of_the_page_tree_holds() -> None:
    part = made("一", 1)
    data, sides = joined([part] * (2 * GROUP + 1))
    assert sides == 2 * (2 * GROUP + 1)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == sides
        assert [int(kid.Count) for kid in pdf.Root.Pages.Kids] == [2 * GROUP, 2 * GROUP, 2]
    assert joined([part, part]) == joined([part, part])


def test_nothing_and_files_of_others_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        Joiner(io.BytesIO()).close()
    with pytest.raises(ValueError, match="not a file"):
        Joiner(io.BytesIO()).add(b"%PDF-1.4\nstartxref\n9\n%%EOF\n")
