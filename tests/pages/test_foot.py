"""The foot of every side: the number to call for whoever ticks a sign there, and which sheet it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handouts.build import build_topic
from handouts.checks.file import PdfFile
from handouts.library import Library
from handouts.model import Edition, Layout
from handouts.pages.foot import bare_title
from tests.consult.test_sheet import CASES, data_of
from tests.pages.reading import solid

DAY = date(2026, 11, 22)
LIBRARY = Library()
UNFOLDED = [
    (name, edition)
    for name in LIBRARY.layouts()
    if not (layout := LIBRARY.layout(name)).panels and not layout.otherwise
    for edition in layout.editions
]
TOPICS = ["running", "walking", "visit"]
"""A short title, many sides, and a form."""


def offered(layout: Layout, edition: Edition, topic: str) -> bool:
    form = LIBRARY.handout(topic).topic.form is not None
    return (edition is not Edition.EASY or topic == "running") and not (form and layout.promises)


@pytest.mark.parametrize(("name", "edition"), UNFOLDED)
def test_every_side_of_every_edition_names_the_number_to_call(name: str, edition: Edition, tmp_path: Path) -> None:
    layout = LIBRARY.layout(name)
    topics = [topic for topic in TOPICS if offered(layout, edition, topic)]
    assert topics
    for topic in topics:
        path = tmp_path / f"{topic}.pdf"
        build_topic(LIBRARY, topic, path, DAY, layout=name, edition=edition)
        title = solid(bare_title(LIBRARY.handout(topic).topic.title))
        with PdfFile(path) as pdf:
            for number, said in enumerate(_pages(pdf, booklet=layout.saddle is not None), 1):
                assert solid(LIBRARY.clinic().phone) in said, (topic, number)
                # Sheets that are apart say which they are; readings stand between the letters of a title.
                assert layout.saddle or edition in (Edition.RUBY, Edition.EASY) or title in said, (topic, number)


def _pages(pdf: PdfFile, *, booklet: bool) -> list[str]:
    """What each page says; of a booklet, without its cover."""
    found = []
    for side, page in enumerate(pdf.pages):
        for right in (False, True) if booklet else (None,):
            if booklet and side == 0 and right:
                continue
            said = [one.text for one in page.characters if right in (None, one.left > page.width / 2)]
            found.append(solid("".join(said)))
    return found


@pytest.mark.parametrize("name", CASES)
def test_every_side_of_a_patient_s_sheet_names_the_number_to_call(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(data_of(CASES[name]()))
    with PdfFile(path) as pdf:
        assert len(pdf.pages) >= 1
        for page in pdf.pages:
            assert solid(LIBRARY.clinic().phone) in solid(page.text)
