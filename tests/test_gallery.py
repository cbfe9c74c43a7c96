"""The README shows the handout as it is now."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tests.gallery import PICTURE, contact_sheet


def test_the_picture_in_the_readme_is_fresh(running_pdf: Path) -> None:
    with Image.open(PICTURE) as shown:
        kept = shown.convert("RGB")
    fresh = contact_sheet(running_pdf)
    assert kept.size == fresh.size
    # 64 colours and another machine's rendering differ a little everywhere; a changed word differs a lot somewhere.
    difference = ImageChops.difference(kept, fresh).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 1.0
    changed = difference.point(lambda value: 255 if value > 96 else 0)
    assert changed.getbbox() is None, "run: python -m tests.gallery"


def test_the_picture_is_small() -> None:
    assert PICTURE.stat().st_size < 200_000
