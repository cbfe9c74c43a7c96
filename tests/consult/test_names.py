"""names.py, faces and PDF together: a name is refused, or asked about, or printed and read back as it was given."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handouts.checks.file import extract_in_tag_order
from handouts.consult.names import GETA, MOST, Reason, examine, printable
from handouts.faces import Face, Stack, clusters, load_faces, own_faces
from handouts.library import Library
from handouts.model import Text as Said
from handouts.pages.setter import Setter
from handouts.pages.sheet import Document, Sheet, Tag
from handouts.paths import builtin
from handouts.pdf import write as write_pdf
from handouts.pdf.draw import pieces
from handouts.problems import Place, Problems, Severity, show
from handouts.text.markup import escape
from tests.consult.reading import LEADING, LEFT, LINES, READERS, SIZE, TOP, by_poppler, write
from tests.validators.pagevalidation import page_validation

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Corpus:
    """The names of names.yaml: those printed as they are, and pairs of a name and what is printed or said."""

    prints: Sequence[str]
    instead: Sequence[tuple[str, str]]
    no_glyph: Sequence[tuple[str, str]]
    refused: Sequence[tuple[str, str]]


def read_corpus() -> Corpus:
    groups = yaml.safe_load((HERE / "names.yaml").read_text("utf-8"))
    pairs = {key: [(name, said) for name, said in groups[key]] for key in ("instead", "no_glyph", "refused")}
    return Corpus(groups["prints"], **pairs)


CORPUS = read_corpus()


@pytest.fixture(scope="module")
def faces() -> dict[str, Stack]:
    return load_faces([builtin("fonts")])


def test_the_corpus_is_large_and_says_each_name_once() -> None:
    names = [*CORPUS.prints, *(name for name, _ in (*CORPUS.instead, *CORPUS.no_glyph, *CORPUS.refused))]
    assert len(names) == len(set(names)) >= 450
    assert len(CORPUS.prints) >= 300
    for form in "髙﨑𠮷栁濵邉邊":
        assert any(form in name for name in CORPUS.prints), form


def test_names_that_print_as_they_are(faces: dict[str, Stack]) -> None:
    for name in CORPUS.prints:
        report = examine(name, faces)
        assert not report.refused, ascii(name)
        assert not report.instead, ascii(name)
        assert report.printed == name
        assert not report.asks
        assert not report.unwritable


@pytest.mark.parametrize(("name", "printed"), CORPUS.instead, ids=ascii)
def test_names_that_print_in_another_form(name: str, printed: str, faces: dict[str, Stack]) -> None:
    report = examine(name, faces)
    assert (report.printed, report.asks, report.unwritable) == (printed, True, False)
    parts = clusters(name)
    for one, notice in zip(report.instead, report.notices, strict=True):
        assert parts[one.position - 1] == one.cluster != one.form
        assert notice.severity is Severity.WARNING
        assert f"{one.position}字目" in notice.message
        assert all(f"U+{ord(character):04X}" in notice.message for character in one.cluster + one.form)


@pytest.mark.parametrize(("name", "printed"), CORPUS.no_glyph, ids=ascii)
def test_names_with_a_character_that_has_no_form(name: str, printed: str, faces: dict[str, Stack]) -> None:
    report = examine(name, faces)
    assert (report.printed, report.asks, report.unwritable) == (printed, True, True)
    assert {one.form for one in report.instead if one.reason is Reason.NONE} == {GETA}


@pytest.mark.parametrize(("name", "said"), CORPUS.refused, ids=ascii)
def test_names_that_are_refused(name: str, said: str, faces: dict[str, Stack]) -> None:
    report = examine(name, faces)
    assert not report.asks
    assert said in report.refused[0].message
    assert all(problem.hint and problem.severity is Severity.ERROR for problem in report.refused)
    with pytest.raises(Problems):
        printable(faces, [report])


def test_the_built_in_faces_are_asked_where_none_are_given() -> None:
    assert examine("髙﨑").printed == "髙﨑"
    assert examine("ふ\n", called="ふりがな").refused[0].message == "ふりがなの2字目が、改行(U+000A)です。"


def test_every_fault_is_told_once_with_its_place(faces: dict[str, Stack]) -> None:
    report = examine("山\t田\u200b太\t郎\ue000", faces)
    assert [problem.message for problem in report.refused] == [
        "お名前の2字目が、タブ(U+0009)です。",
        "お名前の4字目が、見えない文字(U+200B)です。",
        "お名前の8字目が、書体のない外字(U+E000)です。",
    ]


def test_spaces_that_a_reader_may_drop_are_told_and_ask_nothing(faces: dict[str, Stack]) -> None:
    told = {name: examine(name, faces) for name in ("山田 太郎 ", "　山田", "山田  太郎", "山田 　太郎", "山田 太郎")}
    assert not any(report.asks for report in told.values())
    assert [len(report.remarks) for report in told.values()] == [1, 1, 1, 1, 0]
    assert not any(report.notices for report in told.values())


def test_nothing_says_the_name_whole(faces: dict[str, Stack], tmp_path: Path) -> None:
    file = tmp_path / "record.yaml"
    name = Said("鷹觜\u200b渡邉\U000e0110ไก่", Place(str(file), 1, 7))
    file.write_text(f"name: {name}\n", encoding="utf-8")
    for written in (name, Said(name.replace("\u200b", ""), name.place)):
        report = examine(written, faces)
        said = show([*report.refused, *report.notices, *report.remarks]) + repr(report)
        assert "record.yaml:1:7" in said
        assert not any(part in said for part in ("鷹", "觜", "渡", str(written)))


def test_what_faces_lack_is_drawn_as_reported_and_nothing_else(faces: dict[str, Stack]) -> None:
    reports = [examine(name, faces) for name in ("渡邉\U000e0110", "Șerban", "ไก่", "髙橋")]
    drawn = printable(faces, reports)["bold"]
    bold = faces["bold"]
    for cluster, form in (("邉\U000e0110", "邉"), ("Ș", "S"), ("ไ", GETA)):
        glyph, wanted = drawn.glyph(cluster), bold.glyph(form)
        assert glyph is not None
        assert wanted is not None
        assert (glyph.face_index, glyph.gid, glyph.exact) == (wanted.face_index, wanted.gid, False)
    assert bold.glyph("ไ") is None
    assert drawn.glyph("髙") == bold.glyph("髙")
    assert drawn.glyph("ม") is None
    with pytest.raises(ValueError, match="no glyph"):
        bold.standing_in({"髙": "ม"})


def test_standardized_sequences_are_drawn_by_their_ideograph(faces: dict[str, Stack]) -> None:
    stack = faces["regular"]
    assert not any(face.variation("樂", "\ufe00") for face in stack.faces)
    for sequence, character in (("樂\ufe00", "\uf914"), ("神\ufe00", "\ufa19"), ("侮\ufe01", "\U0002f805")):
        wanted = stack.glyph(character)
        found = stack.glyph(sequence)
        if wanted is None:
            assert found is not None
            assert not found.exact
        else:
            assert found == wanted, ascii(sequence)
            assert wanted.exact


@pytest.mark.parametrize(("cluster", "face"), [("か\u309a", 0), ("ㇷ\u309a", 0), ("ア\u3099", 1), ("æ\u0300", 0)])
def test_marks_are_drawn_by_a_ligature_of_the_first_face_that_has_one(
    cluster: str, face: int, faces: dict[str, Stack]
) -> None:
    glyph = faces["regular"].glyph(cluster)
    assert glyph is not None
    assert (glyph.face_index, glyph.exact) == (face, True)
    assert glyph.gid not in {stack_face.nominal(cluster[0]) for stack_face in faces["regular"].faces}


def test_a_clinics_own_faces_are_asked_last(tmp_path: Path) -> None:
    ours = builtin("fonts")
    names = ("mincho-Bold.ttf", "mincho.TTF", "readme.txt", "BIZUDPGothic-Regular.ttf")
    for name in names:
        (tmp_path / name).write_bytes((ours / "BIZUDPGothic-Regular.ttf").read_bytes())
    assert [path.name for path in own_faces([tmp_path, ours])] == ["mincho-Bold.ttf", "mincho.TTF"]
    assert own_faces([ours]) == own_faces([tmp_path / "none", ours]) == []
    stack = load_faces([tmp_path, ours])["regular"]
    assert [face.path.parent for face in stack.faces] == [tmp_path, ours, tmp_path, tmp_path]


def test_a_private_character_is_printed_where_a_face_of_the_clinic_has_it(faces: dict[str, Stack]) -> None:
    class Gaiji(Face):
        def nominal(self, character: str) -> int | None:
            return super().nominal("髙") if character == "\ue000" else None

    own = {key: Stack(key, [*stack.faces, Gaiji(stack.faces[0].path)]) for key, stack in faces.items()}
    assert examine("\ue000橋", own).printed == "\ue000橋"
    assert examine("\ue000橋", faces).refused


# Through a real file


def allowed(names: Sequence[str], faces: Mapping[str, Stack]) -> tuple[list[str], dict[str, Stack]]:
    """The names that are not refused, and the faces after every question was answered with yes."""
    reports = {name: examine(name, faces) for name in names}
    kept = [name for name, report in reports.items() if not report.refused]
    return kept, printable(faces, [reports[name] for name in kept])


@pytest.fixture(scope="module")
def corpus_pdf(faces: dict[str, Stack], tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = [*CORPUS.prints, *(name for name, _ in (*CORPUS.instead, *CORPUS.no_glyph) if not is_rightward(name))]
    kept, drawn = allowed(names, faces)
    assert kept == names
    return write(names, drawn, tmp_path_factory.mktemp("names") / "corpus.pdf")


def is_rightward(name: str) -> bool:
    """Whether a reader turns it round: scripts that run from right to left, for which there is no face."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in name)


def test_the_corpus_is_a_valid_file(corpus_pdf: Path) -> None:
    results = [page_validation(corpus_pdf, kind) for kind in ("ua1", "2a")]
    assert min(result.rules for result in results) >= 100
    assert [str(result) for result in results if not result.valid] == []


@pytest.mark.parametrize("reader", READERS)
def test_the_corpus_reads_back_exactly(reader: str, corpus_pdf: Path) -> None:
    names = [*CORPUS.prints, *(name for name, _ in (*CORPUS.instead, *CORPUS.no_glyph) if not is_rightward(name))]
    assert READERS[reader](corpus_pdf) == names


def test_the_tags_of_the_corpus_hold_the_names(corpus_pdf: Path) -> None:
    names = [*CORPUS.prints, *(name for name, _ in (*CORPUS.instead, *CORPUS.no_glyph) if not is_rightward(name))]
    assert extract_in_tag_order(corpus_pdf) == [("P", name) for name in names]


def suite_characters(suites: Path) -> list[str]:
    """Every character and sequence of the public lists."""
    found = []
    for file, column in (("jinmeiyo_2017.tsv", 0), ("cp932_extensions.tsv", 0), ("ivd_sequences_ja.tsv", 2)):
        rows = (suites / "names" / file).read_text("utf-8").split("\n")[1:]
        found += [row.split("\t")[column] for row in rows if row]
    assert len(found) == 863 + 845 + 29_247
    return found


ROW = 30
"""Characters of a line: with their selectors as many as a name may have."""


@dataclass(frozen=True)
class Suite:
    """The suite's characters in lines of 30, written with all questions answered."""

    lines: Sequence[str]
    faces: Mapping[str, Stack]
    path: Path


@pytest.fixture(scope="module")
def suite(suites: Path, faces: dict[str, Stack], tmp_path_factory: pytest.TempPathFactory) -> Suite:
    characters = suite_characters(suites)
    lines = ["".join(characters[start : start + ROW]) for start in range(0, len(characters), ROW)]
    assert max(map(len, lines)) <= MOST
    kept, drawn = allowed(lines, faces)
    assert kept == lines
    return Suite(lines, drawn, write(lines, drawn, tmp_path_factory.mktemp("suite") / "suite.pdf"))


def test_every_character_of_the_suite_is_exact_or_reported(suites: Path, faces: dict[str, Stack]) -> None:
    """What the faces' tables list is what is called exact: 15,450 of 30,955."""
    stack = faces["regular"]
    plain = set().union(*(face.hb_face.unicodes for face in stack.faces))
    listed = [
        {selector: set(face.hb_face.variation_unicodes(selector)) for selector in face.hb_face.variation_selectors}
        for face in stack.faces
    ]
    exact = 0
    for text in suite_characters(suites):
        base, selector = ord(text[0]), ord(text[-1])
        has = base in plain if len(text) == 1 else any(base in table.get(selector, ()) for table in listed)
        report = examine(text, faces)
        assert not report.refused
        assert (report.instead == ()) == has, ascii(text)
        if not has:
            assert report.printed == (text[0] if base in plain else GETA)
        exact += has
    assert exact == 863 + 845 + 13_742


@pytest.mark.parametrize("reader", READERS)
def test_the_suite_reads_back_exactly(reader: str, suite: Suite) -> None:
    assert READERS[reader](suite.path) == suite.lines


def test_every_character_of_the_suite_leaves_ink(suite: Suite) -> None:
    """No .notdef, and black in the cell of every character as PDFium draws it."""
    scale = 2.0
    document = pypdfium2.PdfDocument(suite.path)
    cells = 0
    stack = suite.faces["regular"]
    for number, page in enumerate(document):
        picture = page.render(scale=scale, grayscale=True).to_numpy().squeeze()
        for row, line in enumerate(suite.lines[number * LINES : (number + 1) * LINES]):
            band = picture[_pixels(TOP + LEADING * row - 0.9 * SIZE, TOP + LEADING * row + 0.2 * SIZE, scale)]
            x = LEFT
            for part in clusters(line):
                glyph = stack.glyph(part)
                assert glyph is not None
                assert glyph.gid > 0
                end = x + glyph.advance * SIZE
                assert np.any(band[:, _pixels(x, end, scale)] < 160), ascii(part)
                x, cells = end, cells + 1
    document.close()
    assert cells == 30_955


def _pixels(start: float, end: float, scale: float) -> slice:
    return slice(round(start * scale), max(round(end * scale), round(start * scale) + 1))


@pytest.mark.parametrize(
    "pair", ["葛\U000e0100 葛\U000e0101", "辻\U000e0100 辻\U000e0101", "神\ufe00 神", "髙 高", "か\u309a か"]
)
@pytest.mark.parametrize("face", ["regular", "bold"])
def test_a_variant_looks_otherwise_than_its_fellow(
    pair: str, face: str, faces: dict[str, Stack], tmp_path: Path
) -> None:
    names = pair.split(" ")
    document = pypdfium2.PdfDocument(write(names, faces, tmp_path / "pair.pdf", face))
    picture = document[0].render(scale=6, grayscale=True).to_numpy().squeeze()
    document.close()
    drawn = [picture[_pixels(TOP + LEADING * row - 9, TOP + LEADING * row + 2, 6)] < 128 for row in (0, 1)]
    assert drawn[0].any()
    assert drawn[1].any()
    assert (drawn[0] != drawn[1]).sum() > 20


def test_a_name_that_is_broken_over_lines_keeps_its_spaces(faces: dict[str, Stack], tmp_path: Path) -> None:
    library = Library(None)
    theme = library.theme("calm")
    name = "ゲオルギオス　アレクサンドロス・パパドプロス　マリア  ロサ　様"
    setter, root = Setter(faces, theme), Tag("Document")
    box = setter.paragraph(escape(name), theme.type.body, 110.0, root.add("P"))
    assert len(box.baselines) >= 3
    sheet = Sheet(200.0, 200.0, list(box.items))
    path = tmp_path / "broken.pdf"
    path.write_bytes(write_pdf(Document([sheet], root, "見本", date="2026-11-22"), faces))
    # PDFium reads two plain spaces as one.
    assert extract_in_tag_order(path) == [("P", name.replace("  ", " "))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("山田 太郎", [("山田 太郎", False)]),
        ("山田　太郎", [("山", False), ("田　", True), ("太郎", False)]),
        ("𠮷　太郎", [("𠮷", False), ("　太", True), ("郎", False)]),
        ("𠮷　𠮷", [("𠮷　𠮷", False)]),
        ("林 修", [("林 ", True), ("修", False)]),
        ("𣘺 功", [("𣘺", False), (" 功", True)]),
        ("林 修一", [("林 修一", False)]),
        ("か\u3099\u00a0く", [("か\u3099\u00a0", True), ("く", False)]),
        ("　", [("　", False)]),
        ("　山　", [("　山　", False)]),
        ("口 ", [("口 ", False)]),
    ],
)
def test_spaces_that_must_be_said_go_with_a_neighbour(text: str, wanted: list[tuple[str, bool]]) -> None:
    assert pieces(text) == wanted


DRAWN = sorted(
    chr(point)
    for point in set().union(*(face.hb_face.unicodes for face in load_faces([builtin("fonts")])["regular"].faces))
)
MARKS = "\u0300\u0301\u0303\u0308\u0327\u0323\u3099\u309a\ufe00\ufe01\ufe0f\U000e0100\U000e0101\U000e0110 　"
NAMES = st.one_of(
    st.text(st.one_of(st.sampled_from(DRAWN), st.sampled_from(MARKS)), min_size=1, max_size=24),
    st.text(st.characters(exclude_categories=["Cn"]), min_size=1, max_size=24),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])
@given(names=st.lists(NAMES, min_size=20, max_size=40, unique=True))
def test_any_name_is_refused_or_reported_or_reads_back_exactly(
    names: list[str], faces: dict[str, Stack], folder: Path
) -> None:
    reports = {name: examine(name, faces) for name in names}
    assert all(report.printed or report.refused for report in reports.values())
    clean = [name for name, report in reports.items() if not (report.refused or report.instead or report.remarks)]
    # With 様 after it, as on the sheet: PDFium takes a column of single letters for one vertical line, and a hyphen at
    # the end of a line for a divided word.
    lines = [f"{name}様" for name in clean]
    path = write(lines, faces, folder / "any.pdf")
    assert by_poppler(path) == lines
    assert [text for _, text in extract_in_tag_order(path)] == lines
    asked = [name for name, report in reports.items() if report.asks]
    write(asked, printable(faces, [reports[name] for name in asked]), path)
