"""The finished PDF is PDF/UA-1 to two independent validators, and both see it when a file is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handouts.build import build_topic
from handouts.library import Library
from handouts.sides import Side
from tests.validators.pagevalidation import page_validation
from tests.validators.verapdf import Result, verapdf


def dictionaries(pdf: pikepdf.Pdf, key: str, *values: str) -> Iterator[pikepdf.Dictionary]:
    """The dictionaries whose entry `key` is one of the names `values`; an edit that finds none proves nothing."""
    found = [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get(key) in [pikepdf.Name(value) for value in values]
    ]
    assert found, f"no object with {key} {' or '.join(values)} to break"
    yield from found


def no_alternative_text(pdf: pikepdf.Pdf) -> None:
    for figure in dictionaries(pdf, "/S", "/Figure"):
        del figure["/Alt"]


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def title_not_shown(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


def not_marked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/MarkInfo"]


def no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Metadata"]


def untagged_content(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 9 9 re f")


def heading_level_left_out(pdf: pikepdf.Pdf) -> None:
    for heading in dictionaries(pdf, "/S", "/H2"):
        heading["/S"] = pikepdf.Name("/H4")


def list_without_items(pdf: pikepdf.Pdf) -> None:
    for item in dictionaries(pdf, "/S", "/LI"):
        item["/S"] = pikepdf.Name("/P")


def no_parent_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]["/ParentTree"]


def no_unicode(pdf: pikepdf.Pdf) -> None:
    for font in dictionaries(pdf, "/Subtype", "/Type0"):
        del font["/ToUnicode"]


def table_heading_without_scope(pdf: pikepdf.Pdf) -> None:
    for cell in dictionaries(pdf, "/S", "/TH"):
        del cell["/A"]


def unknown_role(pdf: pikepdf.Pdf) -> None:
    for heading in dictionaries(pdf, "/S", "/H1"):
        heading["/S"] = pikepdf.Name("/Midashi")


def artifact_not_marked(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    start = content.index(b"/Artifact")
    end = content.index(b"EMC", start)
    bare = content[:start] + content[start:end].partition(b"BDC")[2] + content[end + 3 :]
    pdf.pages[0].Contents = pdf.make_stream(bare)


def wrong_widths(pdf: pikepdf.Pdf) -> None:
    for font in dictionaries(pdf, "/Subtype", "/CIDFontType2"):
        for widths in [item for item in font["/W"] if isinstance(item, pikepdf.Array)]:
            for index in range(len(widths)):
                widths[index] = 333


def no_claim(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.Root["/Metadata"]
    metadata.write(metadata.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


def suspects(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/MarkInfo"]["/Suspects"] = True


def font_not_embedded(pdf: pikepdf.Pdf) -> None:
    for descriptor in dictionaries(pdf, "/Type", "/FontDescriptor"):
        for key in {"/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            del descriptor[key]


Breakage = Callable[[pikepdf.Pdf], None]
BREAKAGES: dict[Breakage, str] = {
    no_alternative_text: "7.3-1",
    no_language: "7.2-34",
    title_not_shown: "7.1-10",
    not_marked: "6.2-1",
    no_metadata: "7.1-8",
    untagged_content: "7.1-3",
    heading_level_left_out: "7.4.2-1",
    list_without_items: "7.2-19",
    no_parent_tree: "7.1-3",
    no_unicode: "7.21.7-1",
    font_not_embedded: "7.21.4.1-1",
    table_heading_without_scope: "7.5-1",
    unknown_role: "7.1-5",
    artifact_not_marked: "7.1-3",
    wrong_widths: "7.21.5-1",
    no_claim: "5-1",
    suspects: "7.1-4",
}
"""Each way to break the file, and the rule of ISO 14289-1 that it breaks, in veraPDF's numbering."""


@pytest.fixture(scope="module")
def broken(running_pdf: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Breakage, Path]:
    """The running handout, broken in each way."""
    folder = tmp_path_factory.mktemp("broken")
    files = {}
    for breakage in BREAKAGES:
        with pikepdf.open(running_pdf) as pdf:
            breakage(pdf)
            files[breakage] = folder / f"{breakage.__name__}.pdf"
            pdf.save(files[breakage])
    return files


@pytest.fixture(scope="module")
def verdicts(running_pdf: Path, broken: dict[Breakage, Path]) -> dict[Path, Result]:
    """What veraPDF says of the running handout and of every broken one, from one Java process."""
    return {result.path: result for result in verapdf([running_pdf, *broken.values()])}


def test_running_handout_is_valid_to_verapdf(running_pdf: Path, verdicts: dict[Path, Result]) -> None:
    result = verdicts[running_pdf]
    assert result.rules >= 100
    assert result.checks
    assert result.valid, str(result)


def test_running_handout_is_valid_to_page_validation(running_pdf: Path) -> None:
    result = page_validation(running_pdf)
    assert result.rules >= 100
    assert result.valid, str(result)


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda breakage: breakage.__name__)
def test_verapdf_names_the_broken_rule(
    breakage: Breakage, broken: dict[Breakage, Path], verdicts: dict[Path, Result]
) -> None:
    result = verdicts[broken[breakage]]
    assert not result.valid
    assert any(failure.startswith(f"{BREAKAGES[breakage]} ") for failure in result.failures), str(result)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every topic, each in another of the ways in which a sheet may be asked for."""
    folder, library = tmp_path_factory.mktemp("sheets"), Library()
    day = date(2026, 11, 22)
    ways: list[dict[str, Any]] = [{}, {"mono": True}, {"side": Side.LEFT}, {"draft": True}]
    return [
        build_topic(library, name, folder / f"{name}.pdf", day, **ways[index % len(ways)]).path
        for index, name in enumerate(library.topics())
    ]


def test_every_topic_is_valid_to_both(sheets: list[Path]) -> None:
    assert len(sheets) >= 6
    kinds = ("ua1", "2a")
    results = verapdf(sheets, kinds) + [page_validation(path, kind) for path in sheets for kind in kinds]
    assert len(results) == 4 * len(sheets)
    assert not [str(result) for result in results if not result.valid]


# page-validation misses a parent tree only through the annotations that hang on it.
@pytest.mark.parametrize(
    "breakage",
    [breakage for breakage in BREAKAGES if breakage is not no_parent_tree],
    ids=lambda breakage: breakage.__name__,
)
def test_page_validation_sees_the_break(breakage: Breakage, broken: dict[Breakage, Path]) -> None:
    result = page_validation(broken[breakage])
    assert not result.valid
    assert result.failures


def test_a_file_that_is_no_pdf_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_text("not a PDF", encoding="ascii")
    with pytest.raises(RuntimeError, match=r"letter\.pdf"):
        verapdf([path])
