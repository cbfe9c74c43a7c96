"""Which characters of a text cannot be printed, said at their place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from handouts.faces import Stack
from handouts.model import Text, place_of
from handouts.problems import Place, Problem

_INVISIBLE = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")
_FACE_HINT = "別の字にするか、その字を含む書体を fonts/ に加えてください。"


def unprintable(markup: str, stack: Stack) -> Iterator[Problem]:
    """A Problem for each character (with its marks) that no face of the stack can draw, where it first stands."""
    for cluster in _missing(str(markup), stack):
        codes = " ".join(f"U+{ord(character):04X}" for character in cluster)
        place = _place(markup, cluster)
        if unicodedata.category(cluster[0]) in _INVISIBLE:
            yield Problem(place, f"見えない文字({codes})が入っています。", "その前後を打ち直してください。")
        else:
            yield Problem(place, f"「{cluster}」({codes})を印刷できる書体がありません。", _FACE_HINT)


@lru_cache(maxsize=512)
def _missing(markup: str, stack: Stack) -> tuple[str, ...]:
    return tuple(stack.missing(markup))


def _place(markup: str, cluster: str) -> Place:
    return markup.at(max(markup.find(cluster), 0)) if isinstance(markup, Text) else place_of(markup)
