"""One face's part of a document as PDF objects: a subset Type0 font whose ToUnicode gives back every cluster."""

from __future__ import annotations

import struct
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

import uharfbuzz as hb

from handouts.fontfile import BROKEN_HINT
from handouts.pdf.objects import Canvas, Raw, Stream
from handouts.problems import Place, Problem, Problems

if TYPE_CHECKING:
    from handouts.faces import Face

# Tables that a CIDFontType2 program does not need (ISO 32000-1, 9.9): codes are glyph numbers, text comes by ToUnicode.
_DROPPED = (
    *("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "OS/2", "STAT", "VORG"),
    *("cmap", "gasp", "hdmx", "kern", "meta", "name", "vhea", "vmtx"),
)
_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_CMAP_FOOT = "endcmap CMapName currentdict /CMap defineresource pop end end"
_CMAP_BLOCK = 100


class FontUse:
    """What a document takes from one face; `codes` maps (glyph, cluster) to a CID: a glyph may stand for two texts."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self.advances: dict[tuple[int, str], float] = {}
        self.codes: dict[tuple[int, str], int] = {}

    def number_glyphs(self) -> None:
        """CIDs in the order of glyphs, so that they mostly equal the glyph numbers of the subset."""
        self.codes = {key: cid for cid, key in enumerate(sorted(self.advances), start=1)}

    def embed(self, canvas: Canvas) -> int:
        """Writes the font's objects; gives the number of the font. Raises Problems where the face is damaged."""
        name, program, order = self._program
        file = canvas.add(Stream(program, f"/Length1 {len(program)}"))
        descriptor = canvas.add(Raw(f"{_descriptor(self.face, name)} {file} 0 R>>".encode()))
        glyph_map = f"{canvas.add(Stream(order))} 0 R" if order else "/Identity"
        descendant = canvas.add(
            Raw(
                f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
                f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                f"/FontDescriptor {descriptor} 0 R/CIDToGIDMap {glyph_map}/W[1[{self._widths}]]>>".encode()
            )
        )
        unicode = canvas.add(Stream(self._to_unicode))
        return canvas.add(
            Raw(
                f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
                f"/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>".encode()
            )
        )

    @cached_property
    def _program(self) -> tuple[str, bytes, bytes]:
        """Name and bytes of the subset, and the glyph of each CID where the two differ."""
        glyphs = tuple(sorted({gid for gid, _ in self.codes}))
        try:
            program, moved = _subset(self.face, glyphs)
        except (RuntimeError, MemoryError, hb.HarfBuzzError):
            program, moved = b"", {}
        if not program or not moved.keys() >= set(glyphs):
            message = "フォントが壊れています(字形を取り出せません)。"
            raise Problems([Problem(Place(str(self.face.path)), message, BROKEN_HINT)])
        order = [moved[gid] for gid, _ in self.codes]
        same = order == list(range(1, len(order) + 1))
        name = f"{_subset_tag(program)}+{_postscript_name(self.face)}"
        return name, program, b"" if same else struct.pack(f">{len(order) + 1}H", 0, *order)

    @cached_property
    def _widths(self) -> str:
        """In thousandths; whole, as PDFium cuts fractions off, and a line would grow shorter with each character."""
        return " ".join([str(round(self.advances[key] * 1000)) for key in self.codes])

    @cached_property
    def _to_unicode(self) -> bytes:
        texts = enumerate([cluster for _, cluster in self.codes], start=1)
        lines = [f"<{cid:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for cid, text in texts]
        blocks = [lines[start : start + _CMAP_BLOCK] for start in range(0, len(lines), _CMAP_BLOCK)]
        body = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
        return (_CMAP_HEAD + body + _CMAP_FOOT).encode()


@lru_cache(maxsize=32)
def _subset(face: Face, glyphs: tuple[int, ...]) -> tuple[bytes, dict[int, int]]:
    """The glyf font program of `glyphs` without hints, and where each glyph went."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({0, *glyphs})
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    plan = hb.SubsetPlan(face.for_subset(), wanted)
    return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)


def _subset_tag(program: bytes) -> str:
    """Six capital letters (ISO 32000-1, 9.6.4), from the content alone."""
    return "".join(chr(65 + byte % 26) for byte in sha256(program).digest()[:6])


@lru_cache(maxsize=64)
def _postscript_name(face: Face) -> str:
    name = face.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or "Font"
    return "".join(character for character in name if character.isascii() and (character.isalnum() or character == "-"))


def _descriptor(face: Face, name: str) -> str:
    """The font descriptor but for the number of its program."""
    # No table holds the stem width; 0 says that it is not known.
    return f"<</Type/FontDescriptor/FontName/{name}/Flags 4{_extents(face)}/StemV 0/FontFile2"


@lru_cache(maxsize=64)
def _extents(face: Face) -> str:
    """Box, heights and depth in thousandths of an em; the box is the one of the `head` table."""
    scale = 1000 / face.upem
    head = face.hb_face.reference_table("head").data
    box = " ".join(str(round(value * scale)) for value in struct.unpack_from(">4h", head, 36))
    return (
        f"/FontBBox[{box}]/ItalicAngle 0/Ascent {round(face.ascent * 1000)}/Descent {round(-face.descent * 1000)}"
        f"/CapHeight {round(_capitals(face) * scale)}"
    )


def _capitals(face: Face) -> float:
    """The height of capitals in font units; the ascent where the OS/2 table, absent or of version 0 or 1, has none."""
    table = face.hb_face.reference_table("OS/2").data
    has = len(table) >= 90 and struct.unpack_from(">H", table)[0] >= 2
    return float(struct.unpack_from(">h", table, 88)[0]) if has else face.ascent * face.upem
