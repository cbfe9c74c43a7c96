"""One sheet of ours as plain data that any engine can set: its texts in reading order, its pictures as paths, its code.

Everything is taken from a finished Document, so that the contenders set what this program sets today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from handouts.pages.sheet import Cells, Document, Drawing, Item, Rule, Shape, Sheet, Tag, Text
from handouts.paths import builtin
from tests.bench.leaves import Block, Leaf
from tests.bench.svg import qr_svg, svg

HEADINGS = {"H1": "h1", "H2": "h2", "H3": "h3"}
BOX, BULLET = "□", "■"
"""What stands in a list for a box to tick, and for a bullet: every engine has them in the font."""


@dataclass(slots=True)
class _Reader:
    """Walks a tag tree and numbers its texts."""

    figures: dict[str, Any] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)
    count: int = 0

    def blocks(self, tag: Tag) -> list[Block]:
        return [block for kid in tag.kids if isinstance(kid, Tag) for block in self._block(kid)]

    def _block(self, tag: Tag) -> Iterator[Block]:
        if tag.role == "Sect":
            yield from self._section(tag)
        elif tag.role in HEADINGS:
            yield {"kind": HEADINGS[tag.role], **self.leaf(tag, bold=True)}
        elif tag.role == "L":
            yield {"kind": "list", "items": [self._item(item) for item in _kids(tag)]}
        elif tag.role == "Table":
            yield {"kind": "table", "rows": [[self._cell(cell) for cell in _kids(row)] for row in _kids(tag)]}
        elif tag.role == "Figure":
            yield from self._figure(tag)
        else:
            yield {"kind": "p", **self.leaf(tag)}

    def _section(self, tag: Tag) -> Iterator[Block]:
        """A section with one figure stands beside it: an exercise, the clinic with its code."""
        roles = [kid.role for kid in _kids(tag)]
        blocks = self.blocks(tag)
        if roles.count("Figure") == 1 and "Sect" not in roles:
            figure = next(block for block in blocks if block["kind"] in ("figure", "qr"))
            yield {"kind": "beside", "figure": figure, "blocks": [block for block in blocks if block is not figure]}
        else:
            yield from blocks

    def _item(self, tag: Tag) -> Block:
        label, body = _kids(tag)
        drawn = next((item for item in label.kids if not isinstance(item, Tag)), None)
        mark = drawn.text if isinstance(drawn, Text) else BULLET if getattr(drawn, "fill", None) else BOX
        return {"mark": mark, **self.leaf(body)}

    def _cell(self, tag: Tag) -> Leaf:
        return {"head": tag.role == "TH", **self.leaf(tag)}

    def _figure(self, tag: Tag) -> Iterator[Block]:
        """A picture, and its labels as a line below it: no two engines would put them in the same place."""
        items = list(_items(tag))
        cells = next((item for item in items if isinstance(item, Cells)), None)
        if cells is not None:
            self.rows = ["".join("1" if dark else "0" for dark in row) for row in cells.rows]
            yield {"kind": "qr", "alt": tag.alt}
            return
        name = f"f{len(self.figures)}"
        self.figures[name] = _picture(items)
        yield {"kind": "figure", "figure": name, "alt": tag.alt}
        if any(isinstance(item, Text) for item in items):
            yield {"kind": "p", **self.leaf(tag)}

    def leaf(self, tag: Tag, bold: bool = False) -> Leaf:
        items = [item for item in _items(tag) if isinstance(item, Text)]
        self.count += 1
        return {"n": str(self.count), "text": joined(items), "bold": bold or any(i.face == "bold" for i in items[:1])}


def _kids(tag: Tag) -> list[Tag]:
    return [kid for kid in tag.kids if isinstance(kid, Tag)]


def _items(tag: Tag) -> Iterator[Item]:
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from _items(kid)
        else:
            yield kid


def joined(items: list[Text]) -> str:
    """Runs as one text; between Western words a line's end was a space."""
    text = ""
    for item in items:
        gap = text[-1:].isascii() and item.text[:1].isascii() and text[-1:].isalnum() and item.text[:1].isalnum()
        text += (" " if gap else "") + item.text
    return text.strip()


def _picture(items: list[Item]) -> dict[str, Any]:
    """The paths of a figure in pt from its corner, as drawn: pictures, lines and outlines."""
    drawing = next(item for item in items if isinstance(item, Drawing))
    paths: list[dict[str, Any]] = []
    for item in items:
        if isinstance(item, Drawing):
            paths += _drawn(item)
        elif isinstance(item, Rule):
            data = [["M", item.x1 - drawing.x, item.y1 - drawing.y], ["L", item.x2 - drawing.x, item.y2 - drawing.y]]
            paths.append(_path(data, None, item.colour, item.width))
        elif isinstance(item, Shape):
            for outline in item.outlines:
                data = [["L", x - drawing.x, y - drawing.y] for x, y in outline]
                paths.append(_path([["M", *data[0][1:]], *data[1:], ["Z"]], item.fill, item.stroke, item.line))
    width, height = drawing.width, drawing.height
    return {"width": width, "height": height, "paths": paths, "svg": svg(width, height, paths)}


def _drawn(item: Drawing) -> Iterator[dict[str, Any]]:
    scale = item.width / item.picture.width
    for path in item.picture.paths:
        data = []
        for name, *numbers in path.data:
            points = [float(number) * scale for number in numbers]
            turned = [item.width - at if index % 2 == 0 else at for index, at in enumerate(points)]
            data.append([name, *(turned if item.mirrored else points)])
        yield _path(data, path.fill, path.stroke, path.line, path.dash)


def _path(
    data: list[list[Any]], fill: str | None, stroke: str | None, line: float, dash: tuple[float, ...] | None = None
) -> dict[str, Any]:
    steps = [[name, *(round(number, 2) for number in numbers)] for name, *numbers in data]
    return {"data": steps, "fill": fill, "stroke": stroke, "line": line, "dash": list(dash) if dash else None}


def content_of(document: Document) -> dict[str, Any]:
    """A sheet as data, for JSON.

    It has `fonts` (their files), `title`, `author`, `language`, `foot`, `blocks`, `figures` (each with `paths` and as
    `svg`), and the code as `rows` of its cells and as `qr`, an SVG.
    """
    reader = _Reader()
    blocks = reader.blocks(document.root)
    fonts = {name: str(builtin("fonts") / f"BIZUDPGothic-{name.title()}.ttf") for name in ("regular", "bold")}
    return {
        "fonts": fonts,
        "title": document.title,
        "author": document.author,
        "language": document.language,
        "foot": document.sheets and _foot(document.sheets[0], document.root),
        "blocks": blocks,
        "figures": reader.figures,
        "rows": reader.rows,
        "qr": qr_svg(reader.rows) if reader.rows else "",
    }


def _foot(sheet: Sheet, root: Tag) -> str:
    """The running foot of the first side; the last block of the tree says the same."""
    held = {id(item) for item in _items(root)}
    loose = [item.text for item in sheet.items if isinstance(item, Text) and id(item) not in held]
    return loose[0] if loose else ""
