"""Readings of words (ふりがな): how `common/readings.yaml` writes them, and which kana stands over which kanji."""

import re
from typing import Annotated

from msgspec import Meta

KANJI = "一-鿿々〆"
"""What takes a reading, as a class of a regular expression."""
ATTACHED = "〜"
"""Before a word: it is read so only after another word or a number; after it: only before one (〜後, 第〜)."""

Word = Annotated[
    str,
    Meta(
        pattern=f"^{ATTACHED}?[0-9ぁ-ゖァ-ヺー{KANJI}]*[{KANJI}][0-9ぁ-ゖァ-ヺー{KANJI}]*{ATTACHED}?$",
        description="漢字のある言葉 (例: 伸ば, 〜後, 第〜)",
    ),
]
Kana = Annotated[str, Meta(pattern="^[0-9ぁ-ゖー]+$", description="ひらがなの読み (例: のば)")]
Readings = dict[Word, Kana]
"""Reading by word; kana and digits of a word stand in its reading too (伸ば: のば, 1版: 1ぱん)."""

_PIECES = f"[{KANJI}]+(?:[ヶケ][{KANJI}]+)?|[^{KANJI}]+"
"""ケ between kanji is read with them (袖ケ浦)."""
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def parted(word: str, reading: str) -> tuple[tuple[str, str], ...] | None:
    """The pieces of a word, each with the reading that stands over it (empty over kana); None where they do not fit.

    伸ばす, のばす gives (伸, の), (ばす, ""); what `ATTACHED` marks is left out.
    """
    pieces = re.findall(_PIECES, word.strip(ATTACHED))
    kanji = [bool(re.match(f"[{KANJI}]", piece)) for piece in pieces]
    form = "".join(
        "(.+?)" if is_kanji else re.escape(piece.translate(_TO_HIRAGANA))
        for piece, is_kanji in zip(pieces, kanji, strict=True)
    )
    match = re.fullmatch(form, reading.translate(_TO_HIRAGANA))
    if match is None:
        return None
    over = iter(match.groups())
    return tuple((piece, next(over) if is_kanji else "") for piece, is_kanji in zip(pieces, kanji, strict=True))
