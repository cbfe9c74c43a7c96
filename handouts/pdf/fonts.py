"""Embeds the faces that a document uses: one subset Type0 font per face, whose ToUnicode gives back every cluster."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import uharfbuzz as hb

from handouts.faces import clusters
from handouts.fontfile import BROKEN_HINT
from handouts.pdf.objects import Canvas, Raw, Stream
from handouts.problems import Place, Problem, Problems

if TYPE_CHECKING:
    from handouts.faces import Face, Glyph, Stack
    from handouts.pages.sheet import Text

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
SPACES = (" ", "\u3000")


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


class Fonts:
    """All faces of a document: first they see every text, then they give its codes.

    Of a face that has common texts there are two fonts: one of what these take, which is the same in other documents,
    and one of what other texts take beyond that. Both have spaces: one alone in its font would be lost on a reader.
    """

    def __init__(self, texts: Sequence[Text], faces: Mapping[str, Stack]) -> None:
        """Looks every cluster up; Problems names each character, at its place, that no face has."""
        self._uses: dict[tuple[str, bool], FontUse] = {}
        self._glyphs: dict[tuple[str, bool], dict[str, tuple[FontUse, int]]] = {}
        missing: dict[tuple[Place, str], Problem] = {}
        for common in (True, False):
            for text in texts:
                if text.common is common:
                    self._look_up(text, faces[text.face], missing)
        if missing:
            raise Problems(missing.values())
        if unfit := [use.face for use in self._uses.values() if not use.face.is_truetype]:
            raise Problems(_not_truetype(face) for face in unfit)
        for use in self._uses.values():
            use.number_glyphs()
        self._codes = {
            name: {cluster: (use.resource, f"{use.codes[gid, cluster]:04X}") for cluster, (use, gid) in known.items()}
            for name, known in self._glyphs.items()
        }

    def _look_up(self, text: Text, stack: Stack, missing: dict[tuple[Place, str], Problem]) -> None:
        known = self._glyphs.setdefault((text.face, text.common), {})
        if text.common and not known:
            known |= {space: self._use(stack, glyph, space, True) for space in SPACES if (glyph := stack.glyph(space))}
        shared = {} if text.common else self._glyphs.get((text.face, True), {})
        for cluster in clusters(text.text):
            if cluster in known or (cluster in shared and cluster not in SPACES):
                continue
            glyph = stack.glyph(cluster)
            if glyph is None:
                missing.setdefault((text.place, cluster), _missing(text.place, cluster))
            else:
                known[cluster] = self._use(stack, glyph, cluster, text.common)

    def _use(self, stack: Stack, glyph: Glyph, cluster: str, common: bool) -> tuple[FontUse, int]:
        face = stack.faces[glyph.face_index]
        # Two stacks may end in the same fallback face, which is embedded once.
        key = (str(face.path), common)
        use = self._uses.get(key)
        if use is None:
            use = self._uses[key] = FontUse(face, f"F{len(self._uses) + 1}")
        use.advances[glyph.gid, cluster] = glyph.advance
        return use, glyph.gid

    def runs(self, text: Text, piece: str) -> list[tuple[str, str]]:
        """A piece of a text as (font resource, hexadecimal codes), a new pair wherever the font changes."""
        codes = self._codes[text.face, text.common]
        parts = clusters(piece)
        shared = None if text.common else self._codes.get((text.face, True))
        found = _either(parts, codes, shared) if shared else [codes[part] for part in parts]
        return [(font, "".join([code for _, code in run])) for font, run in groupby(found, key=itemgetter(0))]

    def embed(self, canvas: Canvas) -> None:
        """Writes the font objects, in the order of first use."""
        for use in self._uses.values():
            canvas.font(use.resource, _embed(use, canvas))


_Codes = Mapping[str, tuple[str, str]]


def _either(parts: Sequence[str], own: _Codes, shared: _Codes) -> list[tuple[str, str]]:
    """The font and the code of each cluster; spaces come from the font of what stands before them."""
    found = []
    before = own
    for part in parts:
        if part not in SPACES:
            before = shared if part in shared else own
        found.append(before.get(part) or own[part])
    return found


def _missing(place: Place, cluster: str) -> Problem:
    points = " ".join(f"U+{ord(character):04X}" for character in cluster)
    return Problem(
        place,
        f"「{cluster}」({points})の字形を持つ書体がありません。",
        "別の文字に置きかえるか、その字形を持つ書体をfontsフォルダーに加えてください。",
        length=len(cluster),
    )


def _not_truetype(face: Face) -> Problem:
    return Problem(
        Place(str(face.path)),
        "TrueTypeの輪郭(glyf)を持たないフォントは埋めこめません。",
        "同じ書体のTrueType版(.ttf)を使ってください。",
    )


@lru_cache(maxsize=256)
def _subset(face: Face, glyphs: tuple[int, ...]) -> tuple[bytes, dict[int, int]]:
    """The glyf font program of `glyphs` without hints, and where each glyph went."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({0, *glyphs})
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    plan = hb.SubsetPlan(face.for_subset(), wanted)
    return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)


def _program(use: FontUse) -> tuple[bytes, dict[int, int]]:
    """The subset of a face. Raises Problems where HarfBuzz cannot make it, or leaves a glyph that is used out."""
    glyphs = tuple(sorted({gid for gid, _ in use.codes}))
    try:
        program, moved = _subset(use.face, glyphs)
    except (RuntimeError, MemoryError, hb.HarfBuzzError):
        program, moved = b"", {}
    if not program or not moved.keys() >= set(glyphs):
        message = "フォントが壊れています(字形を取り出せません)。"
        raise Problems([Problem(Place(str(use.face.path)), message, BROKEN_HINT)])
    return program, moved


def _embed(use: FontUse, canvas: Canvas) -> int:
    program, moved = _program(use)
    name = f"{_subset_tag(program)}+{_postscript_name(use.face)}"
    file = canvas.add(Stream(program, f"/Length1 {len(program)}"))
    descriptor = canvas.add(Raw(_descriptor(use.face, name, file).encode()))
    order = [moved[gid] for gid, _ in use.codes]
    if order == list(range(1, len(order) + 1)):
        glyph_map = "/Identity"
    else:
        glyph_map = f"{canvas.add(Stream(struct.pack(f'>{len(order) + 1}H', 0, *order)))} 0 R"
    # Whole numbers: PDFium cuts fractions off, and a line would grow shorter with each of its characters.
    widths = " ".join(str(round(use.advances[key] * 1000)) for key in use.codes)
    descendant = canvas.add(
        Raw(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor} 0 R/CIDToGIDMap {glyph_map}/W[1[{widths}]]>>".encode()
        )
    )
    unicode = canvas.add(Stream(_to_unicode([cluster for _, cluster in use.codes])))
    return canvas.add(
        Raw(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>".encode()
        )
    )


def _subset_tag(program: bytes) -> str:
    """Six capital letters (ISO 32000-1, 9.6.4), from the content alone."""
    return "".join(chr(65 + byte % 26) for byte in sha256(program).digest()[:6])


def _postscript_name(face: Face) -> str:
    name = face.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or "Font"
    return "".join(character for character in name if character.isascii() and (character.isalnum() or character == "-"))


def _descriptor(face: Face, name: str, file: int) -> str:
    """The font descriptor in thousandths of an em; the box is the one of the `head` table."""
    scale = 1000 / face.upem
    head = face.hb_face.reference_table("head").data
    box = " ".join(str(round(value * scale)) for value in struct.unpack_from(">4h", head, 36))
    capitals = _capitals(face)
    return (
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0"
        f"/Ascent {round(face.ascent * 1000)}/Descent {round(-face.descent * 1000)}/CapHeight {round(capitals * scale)}"
        # No table holds the stem width; 0 says that it is not known.
        f"/StemV 0/FontFile2 {file} 0 R>>"
    )


def _capitals(face: Face) -> float:
    """The height of capitals in font units; the ascent where the OS/2 table, absent or of version 0 or 1, has none."""
    table = face.hb_face.reference_table("OS/2").data
    has = len(table) >= 90 and struct.unpack_from(">H", table)[0] >= 2
    return float(struct.unpack_from(">h", table, 88)[0]) if has else face.ascent * face.upem


def _to_unicode(texts: list[str]) -> bytes:
    lines = [f"<{cid:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for cid, text in enumerate(texts, start=1)]
    blocks = [lines[start : start + _CMAP_BLOCK] for start in range(0, len(lines), _CMAP_BLOCK)]
    body = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return (_CMAP_HEAD + body + _CMAP_FOOT).encode()
