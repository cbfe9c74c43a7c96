"""PDF objects as PDF/UA and PDF/A want them, on ReportLab's document and canvas: the only importer of reportlab."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import md5

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

ZLIB_LEVEL = 5
"""A half per cent more than 6, in five sixths of the time."""


_TWO_BYTES = 65535


def text_string(text: str) -> bytes:
    """A text string object in UTF-16BE with its byte order mark (ISO 32000-1, 7.9.2.2)."""
    raw = b"\xfe\xff" + text.encode("utf-16-be")
    for plain, escaped in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r")):
        raw = raw.replace(plain, escaped)
    return b"(" + raw + b")"


@lru_cache(maxsize=128)
def _deflate(content: bytes) -> bytes:
    """Compressed bytes; in a batch, fonts and pages without a patient's data come again and again."""
    return zlib.compress(content, ZLIB_LEVEL)


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # untyped base
    """An indirect object given as the bytes of its PDF syntax; the body may be set after its number is known."""

    __RefOnly__ = 1

    def __init__(self, body: bytes = b"") -> None:
        self.body = body

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        document.updateSignature(self.body)
        return self.body


class Stream(pdfdoc.PDFStream):  # type: ignore[misc]  # untyped base
    """A stream with an end of line before `endstream` and no empty /Filter, as PDF/A asks; `entries` is PDF syntax."""

    def __init__(self, content: bytes, entries: str = "", plain: bool = False) -> None:
        super().__init__(content=content)
        self.entries = entries
        self.plain = plain

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        content: bytes = self.content
        entries = self.entries
        document.updateSignature(content)
        if not self.plain:
            content, entries = _deflate(content), entries + "/Filter/FlateDecode"
        # CR LF: data that ends in CR would else be taken for a part of the end of line.
        return f"<<{entries}/Length {len(content)}>>\nstream\n".encode() + content + b"\r\nendstream\n"


class Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]  # untyped base
    """The document catalogue, with OutputIntents."""

    __NoDefault__ = (*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents")


class PDFDocument(pdfdoc.PDFDocument):  # type: ignore[misc]  # untyped base
    """ReportLab's document with an /ID made of its content alone, and with object streams."""

    def __init__(self) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7))
        # ReportLab mixes a time into it, and SOURCE_DATE_EPOCH even where the document is invariant.
        self.signature = md5(usedforsecurity=False)
        catalog = Catalog()
        catalog.Pages, catalog.Outlines = self.Pages, self.Outlines
        self.Catalog = self._catalog = catalog
        self.bodies: dict[int, bytes] = {}
        """PDF syntax of objects that have a number and nothing else: hundreds of tags need not be formatted."""

    def reserve(self, count: int) -> range:
        """Numbers for objects whose `bodies` are to follow."""
        first = self.objectcounter + 1
        self.objectcounter += count
        return range(first, first + count)

    def addPage(self, page: pdfdoc.PDFPage) -> None:
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = self.pageCounter - 1
        page.Tabs = "/S"
        page.Trans = None
        page.Contents = Stream(page.stream.encode("ascii"))
        super().addPage(page)

    def format(self) -> bytes:
        """The file's bytes: objects that are no streams travel in one object stream (ISO 32000-1, 7.5.7)."""
        root, info = self.Reference(self.Catalog), self.Reference(self.info)
        file = pdfdoc.PDFFile(self._pdfVersion)
        entries, packed = self._write_streams(file)
        holder = len(entries)
        entries.append((1, file.offset, 0))
        for index, (member, _) in enumerate(packed):
            entries[member] = (2, holder, index)
        file.add(_indirect(holder, _object_stream(packed).format(self)))
        start = file.offset
        entries.append((1, start, 0))
        trailer = f"/Root {root.format(self).decode()}/Info {info.format(self).decode()}/ID{self._identity()}"
        file.add(_indirect(holder + 1, _cross_references(entries, trailer).format(self)))
        file.add(f"startxref\n{start}\n%%EOF\n")
        return bytes(file.format(self))

    def _write_streams(self, file: pdfdoc.PDFFile) -> tuple[list[tuple[int, int, int]], list[tuple[int, bytes]]]:
        """Writes the streams; gives room for every object's cross-reference and the bytes of the other objects."""
        entries = [(0, 0, 0)]
        packed: list[tuple[int, bytes]] = []
        # Formatting an object may register further ones, so the table grows while it is read.
        while (current := len(entries)) <= self.objectcounter:
            entries.append((1, file.offset, 0))
            if current in self.bodies:
                packed.append((current, self.bodies[current]))
                continue
            body = pdfdoc.format(self.idToObject[self.numberToId[current]], self, toplevel=1)
            if body.endswith(b"endstream\n"):
                file.add(_indirect(current, body))
            else:
                packed.append((current, body.rstrip(b"\n")))
        return entries, packed

    def _identity(self) -> str:
        self.signature.update(b"".join(self.bodies.values()))
        digest = self.signature.hexdigest()
        return f"[<{digest}><{digest}>]"


def _indirect(current: int, body: bytes) -> bytes:
    return f"{current} 0 obj\n".encode() + body + b"endobj\n"


def _object_stream(packed: list[tuple[int, bytes]]) -> Stream:
    offset, index = 0, []
    for member, body in packed:
        index.append(f"{member} {offset}")
        offset += len(body) + 1
    head = " ".join(index).encode() + b"\n"
    bodies = b"\n".join(body for _, body in packed)
    return Stream(head + bodies, f"/Type/ObjStm/N {len(packed)}/First {len(head)}")


def _cross_references(entries: list[tuple[int, int, int]], trailer: str) -> Stream:
    # A document of some hundred pages has more objects in its stream than two bytes count.
    wide = len(entries) > _TWO_BYTES
    pack = struct.Struct(">BII" if wide else ">BIH").pack
    table = b"".join([pack(*entry) for entry in entries[1:]])
    return Stream(pack(0, 0, _TWO_BYTES) + table, f"/Type/XRef/Size {len(entries)}/W[1 4 {4 if wide else 2}]{trailer}")


class Canvas(canvas.Canvas):  # type: ignore[misc]  # untyped base
    """ReportLab's canvas on our document: no preamble in a page, operators are added as they are."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), pageCompression=0, invariant=1, pdfVersion=(1, 7))
        self._doc = PDFDocument()
        self._shown: dict[str, pdfdoc.PDFObjectReference] = {}

    def _setXObjects(self, thing: pdfdoc.PDFPage) -> None:
        thing.XObjects = pdfdoc.PDFDictionary(self._shown) if self._shown else None

    def _make_preamble(self) -> None:
        # ReportLab's own preamble selects Helvetica, which is not embedded.
        self._preamble = ""

    def page(
        self,
        width: float,
        height: float,
        operators: Iterable[str],
        boxes: Mapping[str, tuple[float, float, float, float]] | None = None,
        shown: Iterable[str] = (),
    ) -> int:
        """Draws one page of `width` × `height` pt; gives the number of its object.

        `boxes` are rectangles (left, lower, right, upper) in pt by name: crop, trim, bleed. `shown` are the names of
        the images and pictures on it.
        """
        name = self._doc.thisPageName()
        self.setPageSize((width, height))
        for box in ("crop", "trim", "bleed"):
            self.setCropBox((boxes or {}).get(box), box)
        self._code.extend(operators)
        self._shown = {name: pdfdoc.PDFObjectReference(name) for name in shown}
        self.showPage()
        return self._number(name)

    def add(self, item: pdfdoc.PDFObject) -> int:
        """Makes a Raw or a Stream an indirect object; gives its number."""
        return self._number(self._doc.Reference(item).name)

    def reserve(self, count: int) -> range:
        """Numbers of objects whose bodies are to follow."""
        return self._doc.reserve(count)

    def body(self, number: int, syntax: bytes) -> None:
        """What a reserved object says."""
        self._doc.bodies[number] = syntax

    def font(self, resource: str, number: int) -> None:
        """Names the font object `number` in the resources of every page."""
        self._doc.idToObject[pdfdoc.BasicFonts].dict[resource] = f"{number} 0 R"

    def image(self, name: str, columns: int, rows: int, channels: int, pixels: bytes) -> str:
        """Embeds 8-bit grey or sRGB pixels, which the operator Do shows by this name; gives the name."""
        space = "/DeviceGray" if channels == 1 else "/DeviceRGB"
        entries = f"/Subtype/Image/Type/XObject/Width {columns}/Height {rows}/ColorSpace{space}/BitsPerComponent 8"
        self._doc.Reference(Stream(pixels, entries), name)
        return name

    def picture(self, name: str, operators: bytes, box: tuple[float, float, float, float]) -> str:
        """Embeds operators that Do draws by this name, clipped to `box` (left, lower, right, upper); gives the name."""
        around = " ".join(f"{value:.6g}" for value in box)
        entries = f"/Subtype/Form/Type/XObject/BBox[{around}]/Resources<<>>"
        self._doc.Reference(Stream(operators, entries), name)
        return name

    def catalog(self, **entries: str) -> None:
        """Sets entries of the document catalogue, in PDF syntax."""
        for key, value in entries.items():
            setattr(self._doc.Catalog, key, value)

    def information(self, body: bytes) -> None:
        """Replaces ReportLab's information dictionary."""
        self._doc.info = Information(body)

    def _number(self, name: str) -> int:
        return int(self._doc.idToObjectNumberAndVersion[name][0])


class Information(Raw):
    """The information dictionary; its text enters the /ID when it is written."""

    def digest(self, signature: object) -> None:
        """Nothing to add before that."""
