"""The clinic's logo. It stands beside the clinic's name, which is read: itself it is an artifact."""

from __future__ import annotations

from msgspec.structs import replace

from handouts.pages.blocks import Logo
from handouts.pages.box import Box
from handouts.pages.sheet import Drawing, Image


def set_logo(logo: Logo, tall: float, wide: float) -> Box:
    """The logo, as large as a box of `tall` × `wide` pt allows."""
    width = min(wide, tall * logo.ratio)
    height = width / logo.ratio
    box = Box(width, height)
    if logo.pictures:
        picture = logo.pictures[logo.mono]
        # A picture's lines keep their pt, a logo's grow with it.
        scale = width / picture.width
        dashes = [tuple(length * scale for length in path.dash) if path.dash else None for path in picture.paths]
        paths = tuple(
            replace(path, line=path.line * scale, dash=dash) for path, dash in zip(picture.paths, dashes, strict=True)
        )
        box.items.append(Drawing(0, 0, width, height, replace(picture, paths=paths)))
    elif logo.bitmaps:
        box.items.append(Image(0, 0, width, height, logo.bitmaps[logo.mono], logo.place))
    return box
