"""Reads a finished PDF with an independent reader (PDFium) into plain data; knows nothing of how it was made."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from handouts.problems import Place, Problem, Problems

POINTS_PER_MM = 72 / 25.4
_INVISIBLE_MODES = (3, 7)


@dataclass(frozen=True, slots=True)
class Character:
    """One character on paper: its box in pt from the page's top left corner, its size in pt, the font's name.

    `mark` is the marked-content number it stands in (-1: none, or an artifact). `mapped` is False where the font
    does not say which character the glyph is, as is the case of .notdef.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str
    colour: str
    visible: bool
    mapped: bool
    mark: int


@dataclass(slots=True)
class Element:
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


@dataclass(frozen=True, slots=True)
class Page:
    """One page: size in pt, characters in the order in which they are drawn."""

    number: int
    width: float
    height: float
    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        """All characters of the page, in drawing order."""
        return "".join(character.text for character in self.characters)

    def near_edge(self, millimetres: float) -> list[Character]:
        """Visible characters whose box comes nearer to the edge of the paper than this."""
        margin = millimetres * POINTS_PER_MM
        return [
            character
            for character in self.characters
            if character.visible
            and not character.text.isspace()
            and (
                min(character.left, character.top) < margin
                or character.right > self.width - margin
                or character.bottom > self.height - margin
            )
        ]

    def unmapped(self) -> list[Character]:
        """Glyphs that cannot be read back as a character: .notdef, or no ToUnicode."""
        return [character for character in self.characters if not character.mapped]


class PdfFile:
    """A finished file, open for reading; a context manager. Raises Problems if it cannot be read as a PDF."""

    def __init__(self, path: Path) -> None:
        import pypdfium2

        self.path = path
        try:
            self._document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise Problems([Problem(Place(str(path)), "PDFとして読めません。", str(error))]) from error

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    @cached_property
    def pages(self) -> list[Page]:
        """All pages, read once."""
        return [_read_page(page, number) for number, page in enumerate(self._document, start=1)]

    @cached_property
    def tree(self) -> Element:
        """The tag tree of the whole file below a nameless root, without kids in an untagged file."""
        root = Element("")
        slots: dict[tuple[int, ...], dict[int, Element | str]] = {}
        elements: dict[tuple[int, ...], Element] = {(): root}
        for page, read in zip(self._document, self.pages, strict=True):
            _PageTree(page, read, elements, slots).collect()
        for path, kids in slots.items():
            elements[path].kids = [kids[index] for index in sorted(kids)]
        return root

    def ink_box(self, number: int) -> tuple[float, float, float, float] | None:
        """Left, top, right, bottom in whole pt of all that is not white on page `number` (from 1), drawn at 72 dpi."""
        bitmap = self._document[number - 1].render(scale=1, grayscale=True)
        width, stride = bitmap.width, bitmap.stride
        pixels = bytes(bitmap.buffer)
        rows = [pixels[start : start + width] for start in range(0, stride * bitmap.height, stride)]
        inked = [index for index, row in enumerate(rows) if row.strip(b"\xff")]
        if not inked:
            return None
        left = min(width - len(rows[index].lstrip(b"\xff")) for index in inked)
        right = max(len(rows[index].rstrip(b"\xff")) for index in inked)
        return left, inked[0], right, inked[-1] + 1


def extract_in_tag_order(path: Path) -> list[tuple[str, str]]:
    """The file's text as an assistive reader meets it: (role, text) of each element that has text of its own.

    Where an element replaces its content (ActualText, Alt), that is its text.
    """
    with PdfFile(path) as file:
        return [
            (element.role, text)
            for _, element in file.tree.walk()
            if (text := element.actual_text or element.alt or element.text)
        ]


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


def _read_page(page: Any, number: int) -> Page:
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    text = page.get_textpage()
    objects: dict[int, tuple[str, int, bool]] = {}
    characters: list[Character] = []
    high = ""
    for index in range(text.count_chars()):
        # PDFium adds spaces and line ends of its own between text objects.
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        unit = chr(pdfium.FPDFText_GetUnicode(text, index))
        if "\ud800" <= unit <= "\udbff":
            high = unit
            continue
        letter = (high + unit).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        high = ""
        characters.append(_read_character(text, index, letter, height, objects))
    text.close()
    return Page(number, width, height, tuple(characters))


def _read_character(
    text: Any, index: int, letter: str, height: float, objects: dict[int, tuple[str, int, bool]]
) -> Character:
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    handle = pdfium.FPDFText_GetTextObject(text, index)
    address = ctypes.cast(handle, ctypes.c_void_p).value or 0
    if address not in objects:
        objects[address] = _read_object(handle)
    font, mark, painted = objects[address]
    return Character(
        text=letter,
        left=left.value,
        top=height - top.value,
        right=right.value,
        bottom=height - bottom.value,
        size=pdfium.FPDFText_GetFontSize(text, index),
        font=font,
        colour=f"#{red.value:02X}{green.value:02X}{blue.value:02X}",
        visible=painted and alpha.value > 0,
        mapped=pdfium.FPDFText_HasUnicodeMapError(text, index) != 1 and letter not in "\0\ufffd",
        mark=mark,
    )


def _read_object(handle: Any) -> tuple[str, int, bool]:
    """Font name, marked-content number and whether it is painted, of one text object."""
    import pypdfium2.raw as pdfium

    font = pdfium.FPDFTextObj_GetFont(handle)
    name = ctypes.create_string_buffer(pdfium.FPDFFont_GetBaseFontName(font, None, 0))
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    painted = pdfium.FPDFTextObj_GetTextRenderMode(handle) not in _INVISIBLE_MODES
    return name.value.decode("utf-8", "replace"), pdfium.FPDFPageObj_GetMarkedContentID(handle), painted


class _PageTree:
    """Adds one page's part of the tag tree to the whole.

    PDFium shows the tree page by page, with gaps where an element has nothing on that page. The way to an element,
    as indexes among kids, is the same on every page, so that the parts fit together by it.
    """

    def __init__(
        self,
        page: Any,
        read: Page,
        elements: dict[tuple[int, ...], Element],
        slots: dict[tuple[int, ...], dict[int, Element | str]],
    ) -> None:
        self._page = page
        self._elements = elements
        self._slots = slots
        self._texts: dict[int, str] = {}
        for character in read.characters:
            self._texts[character.mark] = self._texts.get(character.mark, "") + character.text

    def collect(self) -> None:
        """Reads the page's tree; an untagged page adds nothing."""
        import pypdfium2.raw as pdfium

        tree = pdfium.FPDF_StructTree_GetForPage(self._page)
        if not tree:
            return
        for index in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
            self._element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), (), index)
        pdfium.FPDF_StructTree_Close(tree)

    def _element(self, handle: Any, parent: tuple[int, ...], index: int) -> None:
        import pypdfium2.raw as pdfium

        if not handle:
            return
        path = (*parent, index)
        if path not in self._elements:
            self._elements[path] = Element(
                role=_string(pdfium.FPDF_StructElement_GetType, handle),
                alt=_string(pdfium.FPDF_StructElement_GetAltText, handle),
                actual_text=_string(pdfium.FPDF_StructElement_GetActualText, handle),
            )
            self._slots.setdefault(parent, {})[index] = self._elements[path]
        for kid in range(max(0, pdfium.FPDF_StructElement_CountChildren(handle))):
            number = pdfium.FPDF_StructElement_GetChildMarkedContentID(handle, kid)
            if number >= 0:
                self._slots.setdefault(path, {})[kid] = self._texts.get(number, "")
            else:
                self._element(pdfium.FPDF_StructElement_GetChildAtIndex(handle, kid), path, kid)


def _string(getter: Any, handle: Any) -> str:
    """A string of an element by PDFium's two calls: how long, then the bytes (UTF-16LE)."""
    length = getter(handle, None, 0)
    buffer = ctypes.create_string_buffer(length)
    getter(handle, buffer, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
