"""Tags: which items share a marked-content sequence, and the structure tree over them (ISO 32000-1, 14.7, 14.8)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from handouts.pages.sheet import Document, Item, Sheet, Tag
from handouts.pdf.draw import numbers
from handouts.pdf.objects import Canvas, text_string


class Mark(Struct, eq=False):
    """One marked-content sequence: items that follow each other both in drawing order and among the kids of `tag`.

    A mark without a tag is an artifact. `number` is the MCID, counted on its sheet.
    """

    sheet: int
    tag: Tag | None
    artifact: str = ""
    number: int = -1
    items: list[Item] = field(default_factory=list)

    @property
    def opening(self) -> str:
        """The operator that begins it."""
        if self.tag is None:
            return f"/Artifact<</Type/{self.artifact}>>BDC"
        return f"/{self.tag.role}<</MCID {self.number}>>BDC"


def plan(document: Document) -> list[list[Mark]]:
    """The marks of each sheet in drawing order; ValueError for an item drawn or held twice, or held and not drawn."""
    holders = _holders(document.root)
    marks = [_marks(sheet, index, holders) for index, sheet in enumerate(document.sheets)]
    drawn = [id(item) for sheet in document.sheets for item in sheet.items]
    if len(drawn) != len(set(drawn)):
        raise ValueError("an item is drawn twice")
    if lost := holders.keys() - set(drawn):
        raise ValueError(f"{len(lost)} items of the tag tree are on no sheet, the first: {holders[min(lost)]}")
    return marks


def _holders(root: Tag) -> dict[int, tuple[Tag, int]]:
    """id of each item → the tag that holds it and its index among the kids."""
    holders: dict[int, tuple[Tag, int]] = {}
    for tag in _walk(root):
        for index, kid in enumerate(tag.kids):
            if isinstance(kid, Tag):
                continue
            if id(kid) in holders:
                raise ValueError(f"two tags hold one item: {kid}")
            holders[id(kid)] = (tag, index)
    return holders


def _walk(root: Tag) -> list[Tag]:
    """All elements, each before its kids."""
    found: list[Tag] = []
    waiting = [root]
    while waiting:
        tag = waiting.pop()
        found.append(tag)
        waiting += [kid for kid in reversed(tag.kids) if isinstance(kid, Tag)]
    return found


def _marks(sheet: Sheet, index: int, holders: dict[int, tuple[Tag, int]]) -> list[Mark]:
    marks: list[Mark] = []
    previous = -1
    numbers = iter(range(len(sheet.items)))
    for item in sheet.items:
        tag, kid = holders.get(id(item), (None, -1))
        artifact = "" if tag else _artifact(item, sheet)
        last = marks[-1] if marks else None
        follows = tag is None or kid == previous + 1
        if last is None or last.tag is not tag or last.artifact != artifact or not follows:
            last = Mark(index, tag, artifact, next(numbers) if tag else -1)
            marks.append(last)
        last.items.append(item)
        previous = kid
    return marks


def _artifact(item: Item, sheet: Sheet) -> str:
    """The type of what is no part of the text (ISO 32000-1, 14.8.2.2)."""
    if id(item) in sheet.marks:
        return "Page"
    return "Pagination" if id(item) in sheet.running else "Layout"


class Tree:
    """Writes the structure tree of one document whose pages are already drawn."""

    def __init__(self, canvas: Canvas, document: Document, marks: list[list[Mark]], pages: list[int]) -> None:
        self._canvas = canvas
        self._document = document
        self._pages = pages
        self._sheets = marks
        self._marks = {id(item): mark for sheet in marks for mark in sheet for item in mark.items if mark.tag}
        self._elements: dict[int, int] = {}

    def write(self) -> int:
        """Writes every element; gives the number of the StructTreeRoot."""
        tags = _walk(self._document.root)
        (number,) = self._canvas.reserve(1)
        self._elements = dict(zip(map(id, tags), self._canvas.reserve(len(tags)), strict=True))
        self._write_element(self._document.root, number)
        for tag in tags:
            for kid in tag.kids:
                if isinstance(kid, Tag):
                    self._write_element(kid, self._elements[id(tag)])
        tree = (
            f"<</Type/StructTreeRoot/K {self._elements[id(self._document.root)]} 0 R"
            f"/ParentTree {self._parent_tree()} 0 R/ParentTreeNextKey {len(self._sheets)}>>"
        )
        self._canvas.body(number, tree.encode())
        return number

    def _parent_tree(self) -> int:
        """Leads from each MCID of each page back to its element."""
        entries = []
        for index, sheet in enumerate(self._sheets):
            parents = [f"{self._elements[id(mark.tag)]} 0 R" for mark in sheet if mark.tag]
            entries.append(f"{index}[{' '.join(parents)}]")
        (number,) = self._canvas.reserve(1)
        self._canvas.body(number, f"<</Nums[{''.join(entries)}]>>".encode())
        return number

    def _write_element(self, tag: Tag, parent: int) -> None:
        page, kids = self._kids(tag)
        on = f"/Pg {self._pages[page]} 0 R" if page is not None else ""
        held = f"/K[{' '.join(kids)}]" if kids else ""
        body = f"<</S/{tag.role}/P {parent} 0 R{on}{held}".encode()
        if tag.alt is not None:
            body += b"/Alt" + text_string(tag.alt)
        if tag.actual_text is not None:
            body += b"/ActualText" + text_string(tag.actual_text)
        if attributes := "".join(self._attributes(tag)):
            body += f"/A[{attributes}]".encode()
        self._canvas.body(self._elements[id(tag)], body + b">>")

    def _kids(self, tag: Tag) -> tuple[int | None, list[str]]:
        """The page that bare MCIDs of this element mean, and its kids as PDF syntax in reading order."""
        page: int | None = tag.sheet if tag.box else None
        kids: list[str] = []
        last: Mark | None = None
        for kid in tag.kids:
            if isinstance(kid, Tag):
                kids.append(f"{self._elements[id(kid)]} 0 R")
                last = None
                continue
            mark = self._marks[id(kid)]
            if mark is last:
                continue
            last = mark
            if page is None:
                page = mark.sheet
            if page == mark.sheet:
                kids.append(str(mark.number))
            else:
                kids.append(f"<</Type/MCR/Pg {self._pages[mark.sheet]} 0 R/MCID {mark.number}>>")
        return page, kids

    def _attributes(self, tag: Tag) -> Iterator[str]:
        if tag.scope:
            yield f"<</O/Table/Scope/{tag.scope}>>"
        if tag.numbering:
            yield f"<</O/List/ListNumbering/{tag.numbering}>>"
        if tag.box:
            x, y, width, height = tag.box
            bottom = self._document.sheets[tag.sheet].height - y - height
            yield f"<</O/Layout/BBox[{numbers(x, bottom, x + width, bottom + height)}]>>"
