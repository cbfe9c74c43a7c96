"""The faces that a document uses: first they see every text, then they give its codes, at last they are embedded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from handouts.faces import clusters
from handouts.pdf.fontuse import FontUse
from handouts.pdf.objects import Canvas
from handouts.problems import Place, Problem, Problems

if TYPE_CHECKING:
    from handouts.faces import Face, Glyph, Stack
    from handouts.pages.sheet import Text

SPACES = (" ", "\u3000")
_Codes = Mapping[str, tuple[str, str]]
"""Cluster → font resource and hexadecimal code."""


class Fonts:
    """All fonts of a document.

    Of a face that has common texts there are two fonts: one of what these take, which is the same in other documents,
    and one of what other texts take beyond that. Both have spaces: one alone in its font would be lost on a reader.
    """

    def __init__(self, texts: Sequence[Text], faces: Mapping[str, Stack]) -> None:
        """Looks every cluster up; Problems names each character, at its place, that no face has."""
        stacks = tuple(faces.items())
        common = tuple(dict.fromkeys([(text.face, text.text) for text in texts if text.common]))
        self._common = _common(common, stacks)
        self._own = _Group(faces, self._common)
        self._own.take(dict.fromkeys([(text.face, text.text) for text in texts if not text.common]))
        missing = {
            (text.place, cluster): _missing(text.place, cluster)
            for group, is_common in ((self._common, True), (self._own, False))
            if group.missing
            for text in texts
            if text.common is is_common
            for cluster in clusters(text.text)
            if (text.face, cluster) in group.missing
        }
        if missing:
            raise Problems(missing.values())
        uses = [*self._common.uses.values(), *self._own.uses.values()]
        if unfit := [use.face for use in uses if not use.face.is_truetype]:
            raise Problems(_not_truetype(face) for face in unfit)
        self._own.number()
        self._uses = uses

    def runs(self, text: Text, piece: str) -> list[tuple[str, str]]:
        """A piece of a text as (font resource, hexadecimal codes), a new pair wherever the font changes."""
        group = self._common if text.common else self._own
        return group.runs(text.face, piece)

    def embed(self, canvas: Canvas) -> None:
        """Writes the font objects, in the order of first use."""
        for use in self._uses:
            canvas.font(use.resource, use.embed(canvas))


class _Group:
    """The fonts of texts that go together; those of a group that was there before them are shared but for spaces."""

    def __init__(self, faces: Mapping[str, Stack], shared: _Group | None = None) -> None:
        self.uses: dict[str, FontUse] = {}
        self.missing: set[tuple[str, str]] = set()
        """Face and cluster of what has no glyph."""
        self._faces = faces
        self._shared = shared
        self._first = len(shared.uses) + 1 if shared else 1
        self._glyphs: dict[str, dict[str, tuple[FontUse, int]]] = {}
        self._codes: dict[str, _Codes] = {}
        self._runs: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def take(self, texts: Iterable[tuple[str, str]]) -> None:
        """Looks up each text, given with the name of its face."""
        for face, text in texts:
            stack, known = self._faces[face], self._glyphs.setdefault(face, {})
            if not self._shared and not known:
                known |= {space: self._use(stack, glyph, space) for space in SPACES if (glyph := stack.glyph(space))}
            shared = self._shared.codes(face) if self._shared else {}
            for cluster in clusters(text):
                if cluster in known or (cluster in shared and cluster not in SPACES):
                    continue
                glyph = stack.glyph(cluster)
                if glyph is None:
                    self.missing.add((face, cluster))
                else:
                    known[cluster] = self._use(stack, glyph, cluster)

    def _use(self, stack: Stack, glyph: Glyph, cluster: str) -> tuple[FontUse, int]:
        face = stack.faces[glyph.face_index]
        # Two stacks may end in the same fallback face, which is embedded once.
        key = str(face.path)
        use = self.uses.get(key)
        if use is None:
            use = self.uses[key] = FontUse(face, f"F{self._first + len(self.uses)}")
        use.advances[glyph.gid, cluster] = glyph.advance
        return use, glyph.gid

    def number(self) -> None:
        """Fix the codes: no text comes after that."""
        for use in self.uses.values():
            use.number_glyphs()
        self._codes = {
            name: {cluster: (use.resource, f"{use.codes[gid, cluster]:04X}") for cluster, (use, gid) in known.items()}
            for name, known in self._glyphs.items()
        }

    def codes(self, face: str) -> _Codes:
        """The codes of a face's clusters."""
        return self._codes.get(face, {})

    def runs(self, face: str, piece: str) -> list[tuple[str, str]]:
        """See Fonts."""
        found = self._runs.get((face, piece))
        if found is None:
            parts, own = clusters(piece), self._codes[face]
            shared = self._shared.codes(face) if self._shared else {}
            codes = _either(parts, own, shared) if shared else [own[part] for part in parts]
            found = [(font, "".join([code for _, code in run])) for font, run in groupby(codes, key=itemgetter(0))]
            self._runs[face, piece] = found
        return found


@lru_cache(maxsize=64)
def _common(texts: tuple[tuple[str, str], ...], stacks: tuple[tuple[str, Stack], ...]) -> _Group:
    """The fonts of common texts: in a batch, sheet after sheet has the same."""
    group = _Group(dict(stacks))
    group.take(texts)
    group.number()
    return group


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
