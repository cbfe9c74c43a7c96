"""All that is offered is PDF/UA-1 and PDF/A-2a to both validators: layout × edition; with `full` × topic × side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from handouts.build import build_topic
from handouts.library import Library
from handouts.model import Edition
from handouts.problems import Problems
from handouts.sides import Side
from tests.validators.pagevalidation import page_validation
from tests.validators.verapdf import verapdf

LIBRARY = Library()
DAY = date(2026, 11, 22)
KINDS = ("ua1", "2a")
OFFERS = [(name, edition) for name in LIBRARY.layouts() for edition in LIBRARY.layout(name).editions]


def built(folder: Path, layout: str, edition: Edition, side: Side | None) -> Iterator[Path]:
    """The layout in an edition, of every topic that it is offered for and has room for."""
    for topic in LIBRARY.topics():
        path = folder / f"{topic}-{layout}-{edition.value}-{side.value if side else 'as-drawn'}.pdf"
        with suppress(Problems):
            yield build_topic(LIBRARY, topic, path, DAY, layout=layout, edition=edition, side=side).path


def assert_valid(paths: list[Path]) -> None:
    results = verapdf(paths, KINDS) + [page_validation(path, kind) for path in paths for kind in KINDS]
    assert len(results) == 4 * len(paths)
    assert min(result.rules for result in results) >= 100
    assert [str(result) for result in results if not result.valid] == []
    print(f"{len(paths)} files, {len(results)} verdicts, {sum(result.checks or 0 for result in results)} checks")


def test_each_layout_and_edition_is_valid(tmp_path: Path) -> None:
    paths = [next(built(tmp_path, name, edition, None)) for name, edition in OFFERS]
    assert len(paths) >= 15
    assert_valid(paths)


@pytest.mark.full
@pytest.mark.parametrize("side", [None, Side.LEFT, Side.BOTH], ids=lambda side: side.value if side else "as drawn")
def test_the_whole_matrix_is_valid(side: Side | None, tmp_path: Path) -> None:
    paths = [path for name, edition in OFFERS for path in built(tmp_path, name, edition, side)]
    assert len(paths) >= 4 * len(OFFERS)
    assert_valid(paths)
