"""The rules are silent about what the program makes: every layout; with `full` all that is offered, and more sides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from handouts.build import build_topic
from handouts.checks.file.verify import Measured, verify
from handouts.consult.issue import pdf_of
from handouts.library import Library
from handouts.model import Edition
from handouts.problems import Problems
from tests.consult.issuing import planned

LIBRARY = Library()
DAY = date(2026, 11, 22)
OFFERS = [(name, edition) for name in LIBRARY.layouts() for edition in LIBRARY.layout(name).editions]


def found(measured: Measured) -> list[str]:
    """Every finding, in words."""
    return [problem.message for problem in measured.problems()]


def built(folder: Path, layout: str, edition: Edition, *, mono: bool = False, shop: bool = False) -> Iterator[Path]:
    """The layout in an edition, of every topic that it is offered for and has room for."""
    for topic in LIBRARY.topics():
        path = folder / f"{topic}-{layout}-{edition.value}.pdf"
        with suppress(Problems):
            build = build_topic(LIBRARY, topic, path, DAY, layout=layout, edition=edition, mono=mono, shop=shop)
            yield build.path


@pytest.mark.parametrize(("layout", "edition"), OFFERS, ids=lambda one: getattr(one, "value", one))
def test_each_layout_and_edition_is_clean(layout: str, edition: Edition, tmp_path: Path) -> None:
    measured = verify(next(built(tmp_path, layout, edition, mono=True)))
    assert found(measured) == []


@pytest.mark.parametrize("layout", ["a4", "trifold", "booklet", "card"])
def test_colour_and_a_print_shops_marks_are_clean(layout: str, tmp_path: Path) -> None:
    for shop in (False, True):
        assert found(verify(next(built(tmp_path, layout, Edition.STANDARD, shop=shop)))) == []


def test_a_patients_own_sheet_is_clean(tmp_path: Path) -> None:
    for paper in ("colour", "mono"):
        path = tmp_path / f"sheet-{paper}.pdf"
        data, sides = pdf_of(LIBRARY, planned(LIBRARY, paper=paper), "7KQ4-XM2P-R")
        path.write_bytes(data)
        measured = verify(path)
        assert found(measured) == []
        assert (measured.pages, len(measured.codes)) == (sides, 1)


@pytest.mark.full
@pytest.mark.parametrize(
    ("mono", "shop"), [(False, False), (True, False), (False, True)], ids=["colour", "mono", "shop"]
)
@pytest.mark.parametrize(("layout", "edition"), OFFERS, ids=lambda one: getattr(one, "value", one))
def test_all_that_is_offered_is_clean(layout: str, edition: Edition, mono: bool, shop: bool, tmp_path: Path) -> None:
    count = 0
    for path in built(tmp_path, layout, edition, mono=mono, shop=shop):
        assert found(verify(path)) == []
        count += 1
    assert count >= 1
