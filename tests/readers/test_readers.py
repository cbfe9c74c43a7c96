"""Every file is read without a word of complaint by five readers, and three of them find the same text in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest

from handouts.checks.file import extract_in_tag_order
from handouts.library import Library
from handouts.problems import Problems
from tests.readers.programs import COMPLAINTS, TEXTS, solid
from tests.validators.matrix import Job, jobs, sample

LIBRARY = Library()
LEAST = 4
"""Characters of a text whose place among others means something."""


def files(these: Sequence[Job], folder: Path) -> list[Path]:
    """The files of the jobs that are offered."""
    made = []
    for job in these:
        try:
            data = job.make()
        except Problems:
            continue
        made.append(folder / f"{job.name}.pdf")
        made[-1].write_bytes(data)
    return made


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A file of each layout, edition and kind."""
    made = files(sample(LIBRARY), tmp_path_factory.mktemp("sample"))
    assert len(made) >= 20
    return made


@pytest.mark.parametrize("reader", COMPLAINTS)
def test_no_reader_complains(reader: str, sampled: list[Path]) -> None:
    said = {path.name: COMPLAINTS[reader](path) for path in sampled}
    assert {name: words for name, words in said.items() if words} == {}


def test_three_readers_find_the_same_text(sampled: list[Path]) -> None:
    for path in sampled:
        assert_read_alike(path)


def assert_read_alike(path: Path) -> None:
    """Page by page the same characters as often; and what one finds in one piece, the others do too.

    In which order the pieces come is each reader's own guess, all the more on sheets whose pages stand on their heads:
    there a line's pieces do too.
    """
    pages = {name: text(path) for name, text in TEXTS.items()}
    counts = {name: [Counter(page) for page in found] for name, found in pages.items()}
    assert counts["poppler"] == counts["pdfium"], path.name
    assert counts["mupdf"] == counts["pdfium"], path.name
    assert sum(count.total() for count in counts["pdfium"]) > 300
    if turned(path):
        return
    pieces = {solid(text) for _, text in extract_in_tag_order(path)}
    pieces = {piece for piece in pieces if len(piece) >= LEAST and any(piece in page for page in pages["pdfium"])}
    assert len(pieces) >= 20, path.name
    for name in ("poppler", "mupdf"):
        assert [piece for piece in pieces if not any(piece in page for page in pages[name])] == [], (path.name, name)


def turned(path: Path) -> bool:
    """Whether a page has text that stands on its head."""
    with pikepdf.open(path) as pdf:
        drawn = [page.Contents.read_bytes() for page in pdf.pages if "/Contents" in page]  # a blank back has none
        return any(b"-1 0 0 -1 " in content for content in drawn)


@pytest.mark.full
@pytest.mark.parametrize("part", range(8))
def test_the_whole_matrix_is_read(part: int, tmp_path: Path) -> None:
    made = files(list(jobs(LIBRARY))[part::8], tmp_path)
    assert len(made) > 60
    for path in made:
        said = {name: complaints(path) for name, complaints in COMPLAINTS.items()}
        assert said == dict.fromkeys(COMPLAINTS, ""), path.name
        assert_read_alike(path)


# Each reader's complaint is heard. ------------------------------------------------------------------------------


def test_a_damaged_file_is_complained_of_by_all(sampled: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "damaged.pdf"
    data = sampled[0].read_bytes()
    path.write_bytes(data[: len(data) // 10 * 9])
    assert [name for name, complaints in COMPLAINTS.items() if not complaints(path)] == []


def test_text_that_one_reader_cannot_map_is_seen(sampled: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "unmapped.pdf"
    with pikepdf.open(sampled[0]) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0":
                del item["/ToUnicode"]
        pdf.save(path)
    with pytest.raises(AssertionError):
        assert_read_alike(path)
