"""Font faces: which glyph draws a character or a variation sequence and how wide it is; knows nothing of PDF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handouts.disk import entries, is_file
from handouts.fontfile import damage
from handouts.paths import builtin
from handouts.problems import Place, Problem, Problems

SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_COMBINING = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
_CLUSTER = re.compile(f".[{_COMBINING}{SELECTORS}]*", re.DOTALL)
_SELECTOR = re.compile(f"[{SELECTORS}]")
_COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
"""The blocks of the CJK compatibility ideographs."""
_UNDRAWABLE = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])

STACKS = {
    "regular": ("BIZUDPGothic-Regular.ttf", "NotoSansJP-Regular.ttf"),
    "bold": ("BIZUDPGothic-Bold.ttf", "NotoSansJP-Bold.ttf"),
}
"""The files of each stacked face, in the order in which they are asked for a character."""


_OFTEN = 20
"""Subsets of a face after which it is worth while to prepare it for more."""


class Glyph(Struct, frozen=True):
    """What draws a cluster: face in the stack, glyph id, advance in em; not `exact` where its selector is ignored."""

    face_index: int
    gid: int
    advance: float
    exact: bool = True


class Face:
    """One TrueType file, mapped into memory at its first use. Raises Problems if it cannot be read as a font."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._subsets = 0

    def __repr__(self) -> str:
        return f"Face({self.path.name!r})"

    @cached_property
    def hb_face(self) -> Any:
        """The HarfBuzz face (uharfbuzz.Face): the source of outlines and subsets."""
        import uharfbuzz

        try:
            face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.path)))
        except uharfbuzz.HarfBuzzError:
            face = None
        if face is None or not face.glyph_count:
            raise Problems(
                [Problem(Place(str(self.path)), "フォントとして読めません。", "ファイルを入れ直してください。")]
            )
        return face

    @cached_property
    def is_truetype(self) -> bool:
        """Whether its outlines are those of TrueType (glyf), which is what a PDF takes here."""
        return "glyf" in self.hb_face.table_tags

    def for_subset(self) -> Any:
        """The HarfBuzz face to take one more subset of; the subset is the same, prepared or not."""
        self._subsets += 1
        return self._prepared if self._subsets > _OFTEN else self.hb_face

    @cached_property
    def _prepared(self) -> Any:
        """The face read through for subsets: takes as long as twenty of them, and makes each of the next ten times as
        quick."""
        import uharfbuzz

        return uharfbuzz.subset_preprocess(self.hb_face)

    @cached_property
    def _font(self) -> Any:
        import uharfbuzz

        return uharfbuzz.Font(self.hb_face)

    @cached_property
    def upem(self) -> int:
        """Font units per em."""
        return int(self.hb_face.upem)

    @cached_property
    def ascent(self) -> float:
        """Ascender above the baseline, in em."""
        return float(self._font.get_font_extents("ltr").ascender / self.upem)

    @cached_property
    def descent(self) -> float:
        """Descender below the baseline, in em (positive)."""
        return float(-self._font.get_font_extents("ltr").descender / self.upem)

    def nominal(self, character: str) -> int | None:
        """The glyph id of one character, or None."""
        return self._font.get_nominal_glyph(ord(character)) or None

    def variation(self, character: str, selector: str) -> int | None:
        """The glyph id of a base character with a variation selector (the base's own glyph if that is its default)."""
        return self._font.get_variation_glyph(ord(character), ord(selector)) or None

    def ligature(self, cluster: str) -> int | None:
        """The one glyph by which the face draws a base with its marks (か with a half-voiced mark), or None."""
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(cluster)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer, {})
        glyphs = [info.codepoint for info in buffer.glyph_infos]
        return glyphs[0] or None if len(glyphs) == 1 else None

    def advance(self, gid: int) -> float:
        """The width of a glyph, in em."""
        return float(self._font.get_glyph_h_advance(gid) / self.upem)


class Stack:
    """Faces asked one after another, used as a single face named `name`."""

    def __init__(self, name: str, faces: Sequence[Face]) -> None:
        self.name = name
        self.faces = tuple(faces)
        self._glyphs: dict[str, Glyph | None] = {}
        self._advances: dict[str, float] = {}

    def glyph(self, cluster: str) -> Glyph | None:
        """What draws this cluster; None if no face has its base, or has no single glyph for base and marks together."""
        try:
            return self._glyphs[cluster]
        except KeyError:
            found = self._glyphs[cluster] = self._find(cluster)
            return found

    def standing_in(self, forms: Mapping[str, str]) -> Stack:
        """The same faces, which draw each cluster that is a key by the glyph of its value, never as an exact one.

        The text stays as it is: what is extracted is the key. ValueError where a value has no glyph either.
        """
        stack = Stack(self.name, self.faces)
        for cluster, form in forms.items():
            glyph = self.glyph(form)
            if glyph is None:
                raise ValueError("a form that stands in for another has no glyph")
            stack._glyphs[cluster] = replace(glyph, exact=False)
        return stack

    def _find(self, cluster: str) -> Glyph | None:
        if unicodedata.category(cluster[0]) in _UNDRAWABLE:
            return None
        base, rest = cluster[0], cluster[1:]
        if not rest:
            return self._nominal(base)
        if not _SELECTOR.search(rest):
            return self._marked(cluster)
        if len(rest) > 1:
            return None
        # A face that has the very sequence comes before one that only has the base, wherever they stand.
        found = self._first((face.variation(base, rest) for face in self.faces), exact=True)
        if found is None and (same := _standardized().get(cluster)):
            found = self._nominal(same)
        return found or self._nominal(base, exact=False)

    def _marked(self, cluster: str) -> Glyph | None:
        """The text keeps base and marks; only the drawing borrows the precomposed glyph, or a ligature of both."""
        composed = unicodedata.normalize("NFC", cluster)
        found = self._nominal(composed) if len(composed) == 1 else None
        return found or self._first((face.ligature(cluster) for face in self.faces), exact=True)

    def _nominal(self, character: str, exact: bool = True) -> Glyph | None:
        return self._first((face.nominal(character) for face in self.faces), exact)

    def _first(self, gids: Iterable[int | None], exact: bool) -> Glyph | None:
        """The first of the glyph ids, one from each face in their order."""
        for index, gid in enumerate(gids):
            if gid:
                return Glyph(index, gid, self.faces[index].advance(gid), exact)
        return None

    def advance(self, cluster: str) -> float:
        """The width of one cluster in em; a missing one counts as a full em."""
        try:
            return self._advances[cluster]
        except KeyError:
            glyph = self.glyph(cluster)
            width = self._advances[cluster] = glyph.advance if glyph else 1.0
            return width

    def width(self, text: str, size: float) -> float:
        """The width of a text set solid, in pt."""
        return sum(map(self.advance, clusters(text))) * size

    def missing(self, text: str) -> list[str]:
        """The clusters that no face can draw, each once, in order; a newline is a hand break, not a character."""
        found = dict.fromkeys(clusters(text.replace("\n", "")))
        return [cluster for cluster in found if self.glyph(cluster) is None]

    def inexact(self, text: str) -> list[str]:
        """The clusters whose variation no face has: drawn as their base, each once, in order."""
        found = ((cluster, self.glyph(cluster)) for cluster in dict.fromkeys(clusters(text)))
        return [cluster for cluster, glyph in found if glyph and not glyph.exact]


def clusters(text: str) -> list[str]:
    """Splits into base characters, each with its combining marks and variation selector."""
    return _CLUSTER.findall(text)


@cache
def _standardized() -> dict[str, str]:
    """Each standardized variation sequence of an ideograph → the compatibility ideograph that it means.

    Those of one base are numbered in the order of their code points (Unicode, StandardizedVariants.txt); a face may
    have the ideograph and not the sequence.
    """
    found: dict[str, str] = {}
    count: dict[str, int] = {}
    for character in (chr(point) for block in _COMPATIBILITY for point in block):
        base = unicodedata.normalize("NFC", character)
        if base != character:
            count[base] = count.get(base, -1) + 1
            found[base + chr(0xFE00 + count[base])] = character
    return found


def own_faces(font_dirs: Sequence[Path]) -> list[Path]:
    """The TrueType files of a clinic's own folders, by name, that take the place of none of ours."""
    ours = {file for files in STACKS.values() for file in files}
    folders = [folder for folder in font_dirs if not folder.is_relative_to(builtin("fonts"))]
    paths = {path.name: path for folder in reversed(folders) for path in entries(folder)}
    return [path for name, path in sorted(paths.items()) if name.lower().endswith(".ttf") and name not in ours]


def load_faces(font_dirs: Sequence[Path], extra: Iterable[Path] = ()) -> dict[str, Stack]:
    """The stacked faces `regular` and `bold`; of each file the first folder that has it wins.

    `extra` are further files asked last by both stacks, after the clinic's own faces for rare names.
    Raises Problems that names every file no folder has, and every one that is damaged.
    """
    more = [*own_faces(font_dirs), *extra]
    problems: list[Problem] = []
    chosen: dict[str, tuple[Path, ...]] = {}
    for name, files in STACKS.items():
        paths = {file: next((path for d in font_dirs if is_file(path := d / file)), None) for file in files}
        problems += [
            Problem(Place(file), "フォントのファイルが見つかりません。", "fonts フォルダーに置いてください。")
            for file, path in paths.items()
            if path is None
        ]
        chosen[name] = (*(path for path in paths.values() if path), *more)
    marks = tuple((name, tuple((path, _mark(path)) for path in paths)) for name, paths in chosen.items())
    if not problems and all(mark for _, paths in marks for _, mark in paths):
        return dict(_stacks(marks))
    for path in dict.fromkeys(path for paths in chosen.values() for path in paths):
        problems += _damage(path)
    raise Problems(problems)


def _mark(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written again; None where the system will not say."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


@lru_cache(maxsize=2)
def _stacks(marks: tuple[tuple[str, tuple[tuple[Path, tuple[int, int, int] | None], ...]], ...]) -> dict[str, Stack]:
    """The stacks of these files, kept as long as none of them is written again: glyphs and widths are looked up once,
    and lines that were set with a stack are known again by it. Raises Problems that names every file that is damaged.
    """
    paths = list(dict.fromkeys(path for _, named in marks for path, _ in named))
    if problems := [problem for path in paths for problem in _damage(path)]:
        raise Problems(problems)
    return {name: Stack(name, [Face(path) for path, _ in named]) for name, named in marks}


def _damage(path: Path) -> list[Problem]:
    # Our own files are checked when they are packed; their sums would cost a tenth of a second on each run.
    return list(damage(path, sums=not path.is_relative_to(builtin("fonts"))))
