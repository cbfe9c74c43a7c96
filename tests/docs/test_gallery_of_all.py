"""The README's gallery shows every layout and edition as they are now."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from handouts.library import Library
from tests.docs import gallery

LIBRARY = Library()


def test_the_gallery_is_fresh(tmp_path: Path) -> None:
    with Image.open(gallery.PICTURE) as shown:
        kept = shown.convert("RGB")
    fresh = gallery.gallery(LIBRARY, tmp_path)
    assert kept.size == fresh.size, "run: python -m tests.docs.gallery"
    # Few colours and another machine's rendering differ a little everywhere; another page differs a lot somewhere.
    difference = ImageChops.difference(kept, fresh).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 3.0, "run: python -m tests.docs.gallery"
    assert difference.point(lambda value: 255 if value > 110 else 0).getbbox() is None, (
        "run: python -m tests.docs.gallery"
    )


def test_the_gallery_has_an_order_for_every_layout() -> None:
    assert sorted(gallery.FIRST) == sorted(LIBRARY.layouts())


def test_the_gallery_is_small() -> None:
    assert gallery.PICTURE.stat().st_size < 200_000
