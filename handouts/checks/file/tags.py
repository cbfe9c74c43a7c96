"""Reads the tag tree of a finished file with its decoded texts, and which element each piece of content belongs to."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct, field

Path = tuple[int, ...]
"""The way to an element from the root, as indexes among kids."""

_DEEPEST = 100
_COMMON = 1024
"""Bytes of a string that is read at the first try."""
_BUFFER = ctypes.create_string_buffer(_COMMON)


class Element(Struct):
    """One element of the tag tree with its decoded texts; `kids` are elements and pieces of text in reading order."""

    role: str
    alt: str = ""
    actual_text: str = ""
    kids: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, without that of the elements in it."""
        return "".join(kid for kid in self.kids if isinstance(kid, str))

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Element]]:
        """Itself and all elements below, in reading order, each with its depth."""
        yield depth, self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk(depth + 1)


class Tags(Struct):
    """The tree of a file below a nameless root, without kids in an untagged file."""

    root: Element
    elements: dict[Path, Element]
    owners: dict[tuple[int, int], Path]
    """The way to the element of each piece of content: page (from 1) and marked-content number."""
    pages: dict[Path, int]
    """The first page on which an element has something."""

    def line(self, page: int, mark: int) -> tuple[Element, ...]:
        """The elements above a piece of content, from the outermost; none where no tag holds it."""
        path = self.owners.get((page, mark))
        return () if path is None else tuple(self.elements[path[:length]] for length in range(1, len(path) + 1))

    def block(self, page: int, mark: int, inline: Iterable[str]) -> Path | None:
        """The way to the innermost element above a piece of content whose role is none of `inline`."""
        path = self.owners.get((page, mark))
        while path and self.elements[path].role in inline:
            path = path[:-1]
        return path or None


def read_tags(pages: Iterable[tuple[Any, int, dict[int, str]]]) -> Tags:
    """The tree from pypdfium2's pages, each with its number and the text of each marked-content number on it."""
    root = Element("")
    tags = Tags(root, {(): root}, {}, {})
    slots: dict[Path, dict[int, Element | str]] = {}
    for page, number, texts in pages:
        _PageTree(page, number, texts, tags, slots).collect()
    for path, kids in slots.items():
        tags.elements[path].kids = [kids[index] for index in sorted(kids)]
    return tags


class _PageTree:
    """Adds one page's part of the tag tree to the whole.

    PDFium shows the tree page by page, with gaps where an element has nothing on that page. The way to an element,
    as indexes among kids, is the same on every page, so that the parts fit together by it.
    """

    def __init__(
        self, page: Any, number: int, texts: dict[int, str], tags: Tags, slots: dict[Path, dict[int, Element | str]]
    ) -> None:
        self._page = page
        self._number = number
        self._texts = texts
        self._tags = tags
        self._slots = slots

    def collect(self) -> None:
        """Reads the page's tree; an untagged page adds nothing."""
        tree = pdfium.FPDF_StructTree_GetForPage(self._page)
        if not tree:
            return
        for index in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
            self._element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), (), index)
        pdfium.FPDF_StructTree_Close(tree)

    def _element(self, handle: Any, parent: Path, index: int) -> None:
        if not handle or len(parent) > _DEEPEST:
            return
        path = (*parent, index)
        if path not in self._tags.elements:
            self._tags.elements[path] = Element(
                role=_string(pdfium.FPDF_StructElement_GetType, handle),
                alt=_string(pdfium.FPDF_StructElement_GetAltText, handle),
                actual_text=_string(pdfium.FPDF_StructElement_GetActualText, handle),
            )
            self._slots.setdefault(parent, {})[index] = self._tags.elements[path]
            self._tags.pages[path] = self._number
        for kid in range(max(0, pdfium.FPDF_StructElement_CountChildren(handle))):
            number = pdfium.FPDF_StructElement_GetChildMarkedContentID(handle, kid)
            if number >= 0:
                self._slots.setdefault(path, {})[kid] = self._texts.get(number, "")
                self._tags.owners[self._number, number] = path
            else:
                self._element(pdfium.FPDF_StructElement_GetChildAtIndex(handle, kid), path, kid)


def _string(getter: Any, handle: Any) -> str:
    """A string of an element (UTF-16LE): PDFium says how long it is, and fills what is large enough."""
    length = getter(handle, _BUFFER, _COMMON)
    if length <= 2:
        return ""
    if length <= _COMMON:
        return _BUFFER.raw[: length - 2].decode("utf-16-le", "replace")
    buffer = ctypes.create_string_buffer(length)
    getter(handle, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def outline(tree: Element) -> str:
    """The tag tree as indented text, one element a line, for people and for golden files."""
    lines = []
    for depth, element in tree.walk(-1):
        if depth < 0:
            continue
        line = "  " * depth + element.role
        if element.alt:
            line += f" alt={element.alt!r}"
        if element.actual_text:
            line += f" actual={element.actual_text!r}"
        if element.text:
            line += f" {element.text}"
        lines.append(line + "\n")
    return "".join(lines)
