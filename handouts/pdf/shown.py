"""What pages show by name: each bitmap and each compiled picture is embedded once, however often it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.pdf.draw import compile_picture

if TYPE_CHECKING:
    from handouts.figures.picture import Picture
    from handouts.pages.sheet import Bitmap
    from handouts.pdf.objects import Canvas

ROOM = 0.3
"""How far beyond its box a picture may paint, in its longer side: a stroke is as wide outside as inside."""


class Shown:
    """The bitmaps and pictures of one document; `page()` names those that were asked for since its last call."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._names: dict[object, str] = {}
        self._page: dict[str, None] = {}

    def image(self, bitmap: Bitmap) -> str:
        """The name by which Do shows a bitmap, as a square of 1 × 1."""
        if bitmap not in self._names:
            name = f"I{len(self._names) + 1}"
            self._names[bitmap] = self._canvas.image(name, bitmap.columns, bitmap.rows, bitmap.channels, bitmap.pixels)
        return self._on_page(self._names[bitmap])

    def picture(self, picture: Picture, scale: float, mirrored: bool) -> str:
        """The name by which Do draws a picture, its top left corner at the origin."""
        key = (picture, scale, mirrored)
        if key not in self._names:
            width, height = picture.width * scale, picture.height * scale
            more = ROOM * max(width, height)
            box = (-more, -height - more, width + more, more)
            operators = compile_picture(picture, scale, mirrored)
            self._names[key] = self._canvas.picture(f"P{len(self._names) + 1}", operators, box)
        return self._on_page(self._names[key])

    def page(self) -> list[str]:
        """What was asked for since this was asked last, in that order."""
        names, self._page = list(self._page), {}
        return names

    def _on_page(self, name: str) -> str:
        self._page[name] = None
        return name
