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
    # Few colours and another machine's rendering differ a little everywhere; a changed word differs a lot somewhere.
    difference = ImageChops.difference(kept, fresh).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 1.0
    changed = difference.point(lambda value: 255 if value > 96 else 0)
    assert changed.getbbox() is None, "run: python -m tests.gallery"


def test_the_accents_of_a_picture_are_its_sheet_s() -> None:
    """Orange crosses and blue circles are a hundredth of a picture: a palette by frequency has neither."""
    with Image.open(PICTURE) as shown:
        counted = {colour: count for count, colour in shown.convert("RGB").getcolors(1 << 16) or ()}
    for accent in ("c8430a", "00568f", "f59a5b"):
        assert counted.get(tuple(bytes.fromhex(accent)), 0) > 50, accent


def test_the_picture_is_small() -> None:
    assert PICTURE.stat().st_size < 200_000
