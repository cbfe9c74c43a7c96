"""Items become few, balanced operators in the right places and colours."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from handouts import pdf
from handouts.faces import Stack
from handouts.pages.sheet import Cells, Document, Drawing, Item, Rect, Rule, Shape
from handouts.pdf.draw import compile_picture, fill_operator, stroke_operator
from tests.pdf.sample import Builder, page_of_text, picture, sample


def operators(document: Document, faces: dict[str, Stack], tmp_path: Path) -> list[tuple[str, list[str]]]:
    """(operator, operands as text) of the first page, by an independent parser."""
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf.write(document, faces))
    with pikepdf.open(path) as file:
        # As text while the file is open: what pikepdf gives does not outlive it.
        return [
            (str(one.operator), [_operand(value) for value in one.operands])
            for one in pikepdf.parse_content_stream(file.pages[0])
        ]


def drawn(item: Item, faces: dict[str, Stack], tmp_path: Path) -> list[str]:
    """The operators, with their numbers, of a page that holds one artifact."""
    build = Builder()
    build.draw(None, item)
    found = operators(build.document(), faces, tmp_path)
    assert found[0][0] == "BDC"
    assert found[-1][0] == "EMC"
    return [" ".join([*operands, name]) for name, operands in found[1:-1]]


def _operand(value: object) -> str:
    if isinstance(value, pikepdf.Dictionary):
        return " ".join(f"{key} {entry}" for key, entry in value.items())
    return "[" + " ".join(map(str, value)) + "]" if isinstance(value, pikepdf.Array) else str(value)


def test_operators_are_balanced(faces: dict[str, Stack], tmp_path: Path) -> None:
    counts = Counter(name for name, _ in operators(sample(), faces, tmp_path))
    assert counts["BDC"] == counts["EMC"] > 10
    assert counts["BT"] == counts["ET"] > 10
    assert counts["q"] == counts["Q"]
    assert "BMC" not in counts


def test_nothing_stands_outside_a_mark(faces: dict[str, Stack], tmp_path: Path) -> None:
    depth, painted = 0, 0
    for name, _ in operators(sample(), faces, tmp_path):
        depth += {"BDC": 1, "EMC": -1}.get(name, 0)
        assert 0 <= depth <= 1
        if name in ("Tj", "f*", "S", "B*"):
            painted += 1
            assert depth == 1
    assert painted > 15
    assert depth == 0


def test_artifacts_say_what_they_are(faces: dict[str, Stack], tmp_path: Path) -> None:
    kinds = [
        operands[1]
        for name, operands in operators(sample(), faces, tmp_path)
        if name == "BDC" and operands[0] == "/Artifact"
    ]
    assert kinds == ["/Type /Pagination", "/Type /Layout", "/Type /Layout"]


def test_black_and_greys_are_grey(faces: dict[str, Stack], tmp_path: Path) -> None:
    found = operators(page_of_text(), faces, tmp_path)
    assert ("g", ["0"]) in found
    assert "rg" not in dict(found)
    assert fill_operator("#000000") == "0 g"
    assert fill_operator("#FFFFFF") == "1 g"
    assert stroke_operator("#808080") == "0.502 G"
    assert fill_operator("#B00020") == "0.69 0 0.125 rg"


def test_settings_are_not_repeated(faces: dict[str, Stack], tmp_path: Path) -> None:
    build = Builder()
    paragraph = build.root.add("P")
    for _ in range(5):
        build.text(paragraph, "同じ書体")
    counts = Counter(name for name, _ in operators(build.document(), faces, tmp_path))
    assert counts == {"BDC": 1, "BT": 1, "g": 1, "Tf": 1, "Td": 5, "Tj": 5, "ET": 1, "EMC": 1}


def test_a_rule_has_butt_caps_and_its_dash_ends_with_it(faces: dict[str, Stack], tmp_path: Path) -> None:
    build = Builder()
    build.draw(None, Rule(10, 20, 110, 20, 0.5, "#000000", (2.0, 1.5)))
    build.draw(None, Rule(10, 30, 110, 30, 0.5))
    found = operators(build.document(), faces, tmp_path)
    assert [operands[0] for name, operands in found if name == "d"] == ["[2 1.5]", "[]"]
    assert "J" not in dict(found)


def test_a_stroke_lies_inside_its_box(faces: dict[str, Stack], tmp_path: Path) -> None:
    box = Rect(100, 100, 50, 30, stroke="#000000", line=2.0)
    assert drawn(box, faces, tmp_path)[-2:] == ["101 712.89 48 28 re", "S"]


def test_a_filled_box(faces: dict[str, Stack], tmp_path: Path) -> None:
    assert drawn(Rect(100, 100, 50, 30, fill="#EEEEEE"), faces, tmp_path) == ["0.933 g", "100 711.89 50 30 re", "f*"]


def test_an_upright_cell_is_a_rectangle_and_a_triangle_a_path(faces: dict[str, Stack], tmp_path: Path) -> None:
    cells = [[(10, 10), (20, 10), (20, 20), (10, 20)], [(30, 10), (40, 10), (35, 20)]]
    assert drawn(Shape(cells, fill="#000000"), faces, tmp_path) == [
        "0 g",
        "10 831.89 10 -10 re",
        "30 831.89 m",
        "40 831.89 l",
        "35 821.89 l",
        "h",
        "f*",
    ]


def test_a_picture_is_scaled_but_its_lines_are_not() -> None:
    assert compile_picture(picture(), 2.0, False) == (
        b"2 0 0 -2 0 0 cm\n1 J 1 j\n0.2 0.4 0.6 rg\n0 G\n0.75 w\n[] 0 d\n"
        b"10 10 m\n40 0 60 0 90 10 c\n50 45 l\nh\nB*\n"
        b"0.502 G\n0.375 w\n[1.5 1] 0 d\n0 25 m\n100 25 l\nS\n"
    )


def test_a_mirrored_picture_keeps_its_box() -> None:
    plain, turned = (compile_picture(picture(), 2.0, mirrored) for mirrored in (False, True))
    assert plain.startswith(b"2 0 0 -2 0 0 cm\n")
    assert turned == plain.replace(b"2 0 0 -2 0 0 cm", b"-2 0 0 -2 200 0 cm")


def test_a_drawing_leaves_no_setting_behind(faces: dict[str, Stack], tmp_path: Path) -> None:
    lines = drawn(Drawing(60, 300, 200, 100, picture()), faces, tmp_path)
    assert lines[:2] == ["q", "1 0 0 1 60 541.89 cm"]
    assert lines[-1] == "Q"


def test_items_stand_where_they_should(faces: dict[str, Stack], tmp_path: Path) -> None:
    build = Builder()
    build.draw(None, Rect(100, 50, 20, 10, fill="#000000"))
    build.draw(None, Drawing(300, 400, 100, 50, picture()))
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf.write(build.document(), faces))
    page = pypdfium2.PdfDocument(path)[0].render(scale=1).to_pil().convert("L")
    assert [page.getpixel(point) for point in ((110, 55), (97, 55), (110, 47), (110, 63))] == [0, 255, 255, 255]
    assert page.getpixel((350, 415)) == pytest.approx(0.299 * 0x33 + 0.587 * 0x66 + 0.114 * 0x99, abs=2)
    assert page.getpixel((350, 398)) == 255


CODE = (b"\1\1\0", b"\0\1\1", b"\0\0\0")


def test_dark_cells_are_runs_in_a_square_of_its_size(faces: dict[str, Stack], tmp_path: Path) -> None:
    lines = drawn(Cells(60, 300, 30, CODE, "#000000"), faces, tmp_path)
    assert lines == ["0 g", "q", "10 0 0 -10 60 541.89 cm", "0 0 2 1 re", "1 1 2 1 re", "f", "Q"]


@pytest.mark.parametrize("turned", [False, True])
def test_cells_stand_where_they_should(turned: bool, faces: dict[str, Stack], tmp_path: Path) -> None:
    build = Builder()
    build.draw(None, Cells(130 if turned else 100, 230 if turned else 200, 30, CODE, "#000000", turned))
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf.write(build.document(), faces))
    page = pypdfium2.PdfDocument(path)[0].render(scale=1).to_pil().convert("L")
    dark = [[page.getpixel((105 + 10 * x, 205 + 10 * y)) < 128 for x in range(3)] for y in range(3)]
    upright = [[bool(cell) for cell in row] for row in CODE]
    assert dark == ([row[::-1] for row in upright[::-1]] if turned else upright)


def test_a_code_that_could_not_be_made_draws_nothing(faces: dict[str, Stack], tmp_path: Path) -> None:
    assert drawn(Cells(60, 300, 30, ()), faces, tmp_path) == []


def test_a_picture_drawn_twice_is_embedded_once(faces: dict[str, Stack], tmp_path: Path) -> None:
    build = Builder()
    for x, width, mirrored in ((10, 100, False), (200, 100, False), (10, 50, False), (200, 100, True)):
        build.draw(None, Drawing(x, 300, width, width / 2, picture(), mirrored))
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf.write(build.document(), faces))
    with pikepdf.open(path) as file:
        forms = [one for one in file.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
        assert len(forms) == 3, "one for each size and way round"
        assert list(file.pages[0].Resources.XObject) == ["/P1", "/P2", "/P3"]
