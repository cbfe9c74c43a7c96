"""Small Documents, built by hand, that hold every kind of item and tag the PDF room writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from handouts.figures.picture import Picture, PicturePath
from handouts.pages.sheet import Document, Drawing, Item, Rect, Rule, Shape, Sheet, Tag, Text
from handouts.problems import Place

A4 = (595.28, 841.89)
TITLE = "走るとひざの裏が痛い方へ(見本)"
NAMES = "𠮷田 髙子、葛\U000e0100城、辻\U000e0101井、か\u3099く と がく"
"""Beyond the basic plane, a variant beside its plain form, and one glyph that stands for two texts."""
ALT = "椅子に座り、ひざを(ゆっくり)のばす人。\\ は円記号です。"
CHECKBOX = "チェック欄"


@dataclass
class Builder:
    """Puts items on the last sheet and into tags."""

    sheets: list[Sheet] = field(default_factory=lambda: [Sheet(*A4)])
    root: Tag = field(default_factory=lambda: Tag("Document"))
    line: int = 0

    def draw(self, tag: Tag | None, item: Item) -> Item:
        """Draws an item, held by `tag` or an artifact."""
        self.sheets[-1].items.append(item)
        if tag is not None:
            tag.kids.append(item)
        return item

    def text(self, tag: Tag | None, text: str, x: float = 60, face: str = "regular", **fields: Any) -> Item:
        """One run of text on a line of its own."""
        self.line += 1
        fields.setdefault("size", 12.0)
        fields.setdefault("place", Place("running.yaml", self.line, 3))
        return self.draw(tag, Text(x, 60 + 20 * self.line, text, face, **fields))

    def turn(self) -> None:
        """Goes on to a further sheet."""
        self.sheets.append(Sheet(*A4))
        self.line = 0

    def document(self, **fields: Any) -> Document:
        """What was drawn so far."""
        return Document(self.sheets, self.root, **{"title": TITLE, "author": "見本医院", "date": "2026-11-22"} | fields)


def picture() -> Picture:
    """A drop with a dashed line through it, 100 × 50 pt."""
    drop = (("M", 10.0, 10.0), ("C", 40.0, 0.0, 60.0, 0.0, 90.0, 10.0), ("L", 50.0, 45.0), ("Z",))
    line = (("M", 0.0, 25.0), ("L", 100.0, 25.0))
    return Picture(
        name="drop",
        width=100.0,
        height=50.0,
        paths=(
            PicturePath(fill="#336699", stroke="#000000", line=1.5, dash=None, data=drop),
            PicturePath(fill=None, stroke="#808080", line=0.75, dash=(3.0, 2.0), data=line),
        ),
    )


def page_of_text(text: str = "ひざの裏が痛い。", **fields: Any) -> Document:
    """One paragraph of one run."""
    build = Builder()
    build.text(build.root.add("P"), text, **fields)
    return build.document()


def sample() -> Document:
    """Two sheets: headings, names, a list, a table, ruby, a check box, a figure; artifacts between them."""
    build = Builder()
    root = build.root
    head = build.text(None, "見本医院 ひざのしおり", size=9.0)
    build.sheets[-1].running.add(id(head))
    build.text(root.add("H1"), "ひざの裏が痛い方へ", face="bold", size=24.0)
    build.draw(None, Rule(60, 110, 535, 110, 0.75, "#808080", (2.0, 1.0)))
    names = root.add("P")
    build.text(names, NAMES)
    build.text(names, "赤い字も読めます。", colour="#B00020")
    build.draw(None, Rect(50, 150, 495, 60, fill="#EEEEEE", stroke="#000000", line=1.0))
    _steps(build, root.add("L", numbering="Decimal"))
    _table(build, root.add("Table"))
    _ruby(build, root.add("P"))
    _checkbox(build, root.add("L", numbering="None"))
    build.turn()
    _figure(build, root.add("Figure", alt=ALT, box=(60, 300, 200, 100), sheet=1))
    build.text(names, "この行は次の面に続きます。")
    build.draw(
        None, Shape([[(400, 700), (410, 700), (410, 710), (400, 710)], [(0, 0), (9, 0), (5, 9)]], fill="#000000")
    )
    return build.document()


def _steps(build: Builder, steps: Tag) -> None:
    for number, step in enumerate(["椅子に座る", "ひざをのばす"], start=1):
        item = steps.add("LI")
        build.text(item.add("Lbl"), f"{number}.")
        build.text(item.add("LBody"), step, x=90)


def _table(build: Builder, table: Tag) -> None:
    for scope, cells in (("Column", ["曜日", "回数"]), (None, ["月曜", "10回"])):
        row = table.add("TR")
        for column, cell in enumerate(cells):
            build.text(row.add("TH", scope=scope) if scope else row.add("TD"), cell, x=60 + 100 * column)


def _ruby(build: Builder, paragraph: Tag) -> None:
    build.text(paragraph, "この")
    ruby = paragraph.add("Ruby")
    # Drawn the other way round than it is read: the tree keeps the order of reading.
    reading = build.text(None, "しつか", size=6.0)
    build.text(ruby.add("RB"), "膝窩")
    ruby.add("RT").kids.append(reading)
    build.text(paragraph, "が痛みます。")


def _checkbox(build: Builder, checks: Tag) -> None:
    item = checks.add("LI")
    build.draw(item.add("Lbl", actual_text=CHECKBOX), Rect(60, 600, 10, 10, stroke="#000000", line=1.0))
    build.text(item.add("LBody"), "走ったあとに痛む", x=90)


def _figure(build: Builder, figure: Tag) -> None:
    build.draw(figure, Drawing(60, 300, 200, 100, picture()))
    build.draw(figure, Drawing(300, 300, 100, 50, picture(), mirrored=True))
