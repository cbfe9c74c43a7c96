"""All that is offered is to both validators what it claims to be: a file of each kind; with `full` all there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.library import Library
from tests.validators.matrix import Size, claims, jobs, sample, validate

LIBRARY = Library()


def assert_valid(size: Size) -> None:
    print(size)
    assert size.wrong == []
    assert min(size.rules.values()) >= 100
    # Each file is judged by two validators, most of them on two profiles.
    assert size.verdicts >= 3 * size.files.total()
    assert size.checks > 1000 * size.files.total()


def test_a_file_of_each_kind_is_valid(tmp_path: Path) -> None:
    size = validate(sample(LIBRARY), tmp_path)
    assert_valid(size)
    offers = sum(len(LIBRARY.layout(name).editions) for name in LIBRARY.layouts())
    assert size.files["handouts"] == offers >= 15
    assert all(size.files[kind] for kind in ("test pages", "personal", "unlocked", "joined"))
    assert size.refused == 0


@pytest.mark.full
def test_the_whole_matrix_is_valid(tmp_path: Path) -> None:
    size = validate(list(jobs(LIBRARY)), tmp_path)
    assert_valid(size)
    assert size.files.total() > 600


def test_what_is_not_locked_and_not_for_a_print_shop_claims_both(tmp_path: Path) -> None:
    for job in sample(LIBRARY):
        if job.kind in ("test pages", "personal", "unlocked", "joined"):
            path = tmp_path / "x.pdf"
            path.write_bytes(job.make())
            assert claims(path) == (("ua1",) if job.kind == "unlocked" else ("ua1", "2a")), job.name
