"""The sample is PDF/UA-1 and PDF/A-2a to an independent validator, which sees each way of breaking it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from handouts.checks.file import extract_in_tag_order
from tests.validators.pagevalidation import page_validation


def test_the_sample_is_valid(sample_pdf: Path) -> None:
    for flavour in ("ua1", "2a"):
        result = page_validation(sample_pdf, flavour)
        assert result.valid, str(result)
        assert result.rules > 100


def dictionaries(file: pikepdf.Pdf, key: str, value: str) -> Iterator[pikepdf.Dictionary]:
    """The dictionaries with this entry; breaking none would prove nothing."""
    found = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get(key) == value]
    assert found
    yield from found


def no_alternative_text(file: pikepdf.Pdf) -> None:
    for figure in dictionaries(file, "/S", "/Figure"):
        del figure["/Alt"]


def no_language(file: pikepdf.Pdf) -> None:
    del file.Root["/Lang"]


def title_not_shown(file: pikepdf.Pdf) -> None:
    del file.Root["/ViewerPreferences"]


def header_without_scope(file: pikepdf.Pdf) -> None:
    for cell in dictionaries(file, "/S", "/TH"):
        del cell["/A"]


def artifact_not_marked(file: pikepdf.Pdf) -> None:
    content = file.pages[0].Contents.read_bytes()
    start = content.index(b"/Artifact<</Type/Layout>>BDC")
    end = content.index(b"EMC", start)
    bare = content[:start] + content[start:end].partition(b"BDC")[2] + content[end + 3 :]
    file.pages[0].Contents = file.make_stream(bare)


def list_item_as_paragraph(file: pikepdf.Pdf) -> None:
    for item in dictionaries(file, "/S", "/LI"):
        item["/S"] = pikepdf.Name("/P")


def unknown_role(file: pikepdf.Pdf) -> None:
    for heading in dictionaries(file, "/S", "/H1"):
        heading["/S"] = pikepdf.Name("/Midashi")


def text_not_mapped(file: pikepdf.Pdf) -> None:
    for font in dictionaries(file, "/Subtype", "/Type0"):
        del font["/ToUnicode"]


def wrong_widths(file: pikepdf.Pdf) -> None:
    for font in dictionaries(file, "/Subtype", "/CIDFontType2"):
        font["/W"][1][0] = 333


def font_left_out(file: pikepdf.Pdf) -> None:
    for descriptor in dictionaries(file, "/Type", "/FontDescriptor"):
        del descriptor["/FontFile2"]


def no_metadata(file: pikepdf.Pdf) -> None:
    del file.Root["/Metadata"]


@pytest.mark.parametrize(
    "defect",
    [
        no_alternative_text,
        no_language,
        title_not_shown,
        header_without_scope,
        artifact_not_marked,
        list_item_as_paragraph,
        unknown_role,
        text_not_mapped,
        wrong_widths,
        font_left_out,
        no_metadata,
    ],
    ids=lambda defect: defect.__name__,
)
def test_a_seeded_defect_is_seen(defect: Callable[[pikepdf.Pdf], None], sample_pdf: Path, tmp_path: Path) -> None:
    path = tmp_path / "defect.pdf"
    with pikepdf.open(sample_pdf) as file:
        defect(file)
        file.save(path)
    assert not page_validation(path).valid


def test_a_wrong_parent_tree_is_seen_by_reading(sample_pdf: Path, tmp_path: Path) -> None:
    """This validator does not look into the parent tree; a reader that goes by it finds the first page untagged."""
    path = tmp_path / "defect.pdf"
    with pikepdf.open(sample_pdf) as file:
        file.Root.StructTreeRoot.ParentTree.Nums[1] = pikepdf.Array([])
        file.save(path)
    assert ("H1", "ひざの裏が痛い方へ") in extract_in_tag_order(sample_pdf)
    assert ("H1", "ひざの裏が痛い方へ") not in extract_in_tag_order(path)
