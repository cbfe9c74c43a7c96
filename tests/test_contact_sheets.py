"""The overviews of the layouts in docs/ show the sheets as they are now; with `full` all of them."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageStat

from handouts.library import Library
from tests.contact_sheets import FOLDER, sheet

LIBRARY = Library()
QUICK = ("card", "minibook", "trifold")


def assert_fresh(layout: str) -> None:
    with Image.open(FOLDER / f"{layout}.png") as shown:
        kept = shown.convert("RGB")
    fresh = sheet(LIBRARY, layout)
    assert kept.size == fresh.size, f"run: python -m tests.contact_sheets {layout}"
    # Few colours and another machine's rendering differ a little everywhere; another page differs a lot somewhere.
    difference = ImageChops.difference(kept, fresh).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 3.0, f"run: python -m tests.contact_sheets {layout}"
    changed = difference.point(lambda value: 255 if value > 160 else 0)
    assert changed.getbbox() is None, f"run: python -m tests.contact_sheets {layout}"


def test_there_is_one_for_each_layout() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.png")) == sorted(LIBRARY.layouts())


@pytest.mark.parametrize("layout", QUICK)
def test_an_overview_is_fresh(layout: str) -> None:
    assert_fresh(layout)


@pytest.mark.full
@pytest.mark.parametrize("layout", [name for name in LIBRARY.layouts() if name not in QUICK])
def test_every_overview_is_fresh(layout: str) -> None:
    assert_fresh(layout)
