"""Opens a finished PDF with an independent reader (PDFium) and gives it as plain data, page by page."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2

from handouts.checks.file.characters import Character, read_characters
from handouts.checks.file.geometry import MM, Box, box_of, to_paper
from handouts.checks.file.metadata import Metadata, read_metadata
from handouts.checks.file.shapes import Shape, read_shapes
from handouts.checks.file.tags import Element, Tags, read_tags
from handouts.problems import Place, Problem, Problems

MOST_CHARACTERS, MOST_OBJECTS = 12_000, 30_000
"""On a page: what is beyond is not looked at, so that no file keeps the program busy for minutes."""
LARGEST = 100_000_000
"""Bytes of a file that is opened."""
_DAMAGED = "壊れているか、途中で切れています。作り直してください。"
_PASSWORD = 4
"""PDFium's error for a file that needs one (FPDF_ERR_PASSWORD)."""


class Page:
    """One page: size in pt as the paper lies, characters in the order in which they are drawn, shapes."""

    def __init__(self, handle: Any, number: int) -> None:
        self.handle = handle
        self.number = number
        self._to_paper = to_paper(handle)
        self.width, self.height = handle.get_size()

    @cached_property
    def characters(self) -> tuple[Character, ...]:
        """All characters, invisible ones among them."""
        return read_characters(self.handle, self._to_paper, MOST_CHARACTERS)

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """All that is drawn beside text."""
        return read_shapes(self.handle, self._to_paper, MOST_OBJECTS)

    @property
    def paper(self) -> Box:
        """The whole page."""
        return Box(0.0, 0.0, self.width, self.height)

    @cached_property
    def trim(self) -> Box:
        """What is left when it has been cut; the whole page where nothing is cut off."""
        edges = self.handle.get_trimbox(fallback_ok=False)
        box = box_of(self._to_paper, *edges).shared(self.paper) if edges else self.paper
        return box if box.area else self.paper

    @property
    def cut(self) -> bool:
        """Whether something is cut off: a print shop's page."""
        return max(self.paper.insets(self.trim)) > MM

    @property
    def text(self) -> str:
        """All characters of the page, in drawing order."""
        return "".join(character.text for character in self.characters)

    def near_edge(self, millimetres: float) -> list[Character]:
        """Visible characters whose box comes nearer to the edge of the paper than this."""
        return [one for one in self.characters if one.inked and min(self.paper.insets(one.box)) < millimetres * MM]

    def unmapped(self) -> list[Character]:
        """Glyphs that cannot be read back as a character: .notdef, or no ToUnicode."""
        return [character for character in self.characters if not character.mapped]

    @property
    def texts(self) -> dict[int, str]:
        """The text of each marked-content number."""
        found: dict[int, str] = {}
        for character in self.characters:
            found[character.mark] = found.get(character.mark, "") + character.text
        return found


class PdfFile:
    """A finished file, open for reading; a context manager. Raises Problems if it cannot be read as a PDF.

    `source` is a file, or the bytes of one that is to be named `shown`.
    """

    def __init__(self, source: Path | bytes, shown: str = "") -> None:
        self.shown = shown or str(source if isinstance(source, Path) else "")
        self._source = source
        self._document = _opened(source, Place(self.shown))

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    @cached_property
    def pages(self) -> list[Page]:
        """All pages; what is on them is read when it is asked for. Raises Problems where one cannot be opened."""
        return self.first(len(self))

    def first(self, most: int) -> list[Page]:
        """The first pages. Raises Problems where one cannot be opened."""
        found: list[Page] = []
        for number in range(1, min(most, len(self)) + 1):
            try:
                found.append(Page(self._document[number - 1], number))
            except pypdfium2.PdfiumError:
                message = f"{number}ページを開けません。"
                raise Problems([Problem(Place(self.shown), message, _DAMAGED)]) from None
        return found

    @cached_property
    def tags(self) -> Tags:
        """The tag tree of the whole file, and what belongs to it."""
        return self.tags_of(self.pages)

    def tags_of(self, pages: list[Page]) -> Tags:
        """The tag tree as far as these pages show it."""
        return read_tags((page.handle, page.number, page.texts) for page in pages)

    @property
    def tree(self) -> Element:
        """The tag tree below a nameless root, without kids in an untagged file."""
        return self.tags.root

    @cached_property
    def metadata(self) -> Metadata:
        """What the file says of itself."""
        return read_metadata(self._document, _bytes(self._source))

    def ink_box(self, number: int) -> tuple[float, float, float, float] | None:
        """Left, top, right, bottom in whole pt of all that is not white on page `number` (from 1), drawn at 72 dpi."""
        bitmap = self.pages[number - 1].handle.render(scale=1, grayscale=True)
        width, stride = bitmap.width, bitmap.stride
        pixels = bytes(bitmap.buffer)
        rows = [pixels[start : start + width] for start in range(0, stride * bitmap.height, stride)]
        inked = [index for index, row in enumerate(rows) if row.strip(b"\xff")]
        if not inked:
            return None
        left = min(width - len(rows[index].lstrip(b"\xff")) for index in inked)
        right = max(len(rows[index].rstrip(b"\xff")) for index in inked)
        return left, inked[0], right, inked[-1] + 1


def _opened(source: Path | bytes, place: Place) -> Any:
    """pypdfium2's document. Raises Problems: not there, empty, no PDF, locked, damaged, too large."""
    problem = _no_pdf(source, place) if isinstance(source, Path) else None
    if problem:
        raise Problems([problem])
    try:
        document = pypdfium2.PdfDocument(source)
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise Problems([_unopened(source, place, error)]) from error
    return document


def _no_pdf(path: Path, place: Place) -> Problem | None:
    """Why a file is not even worth opening."""
    try:
        if path.is_dir():
            return Problem(place, "フォルダーです。", "中の PDF のファイルを指定してください。")
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(1024)
    except FileNotFoundError:
        return Problem(place, "ファイルがありません。", "名前と場所を確かめてください。")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "名前に使えない文字があります"
        return Problem(place, f"ファイルを読めません({reason})。", "名前と、読んでよいという権限を確かめてください。")
    if not size:
        return Problem(place, "中身のない(0 バイトの)ファイルです。", "作り直してください。")
    if b"%PDF-" not in head:
        return Problem(place, "PDFとして読めません。", "PDF のファイルではありません。")
    if size > LARGEST:
        return Problem(place, f"{size / 1e6:.0f} MB もあるので調べません。", "渡す資料の PDF を指定してください。")
    return None


def _unopened(source: Path | bytes, place: Place, error: Exception) -> Problem:
    # PDFium keeps the number of an earlier error where it has none for this one.
    if getattr(error, "err_code", None) == _PASSWORD and b"/Encrypt" in _bytes(source):
        hint = "パスワードを付ける前の PDF を調べてください。"
        return Problem(place, "パスワードが付いているので、中を調べられません。", hint)
    return Problem(place, "PDFとして読めません。", _DAMAGED)


def _bytes(source: Path | bytes) -> bytes:
    return source.read_bytes() if isinstance(source, Path) else source
