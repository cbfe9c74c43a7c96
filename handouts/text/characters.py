"""Line-breaking classes of single characters, after JLREQ and CSS Text `line-break: strict` for Japanese."""

from __future__ import annotations

import unicodedata
from functools import cache

# Bit flags rather than an IntFlag: `kind` is asked twice for every character of a sheet.
NO_START = 1
NO_END = 2
SPACE = 4
DIGIT = 8
WESTERN = 16
LETTER = 32
PAUSE = 64
OPENING = 128
GLUE = 256
INSEPARABLE = 512
MIDDLE = 1024
HIRAGANA = 2048
KATAKANA = 4096
IDEOGRAPH = 8192

SPACES = frozenset(" \u3000")
_SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
_PROLONGED = "ーｰ゛゜ﾞﾟ"
_ITERATION = "々〻ゝゞヽヾ〼\ua015\U00016fe0\U00016fe1\u17d6\U0001f679\U0001f67a\U0001f67b"
_STOPS = "、。，．｡､,.︑︒﹐﹑﹒"
_MIDDLE_DOTS = "・･：；:;︓︔﹔﹕"
_QUESTIONS = "！？!?‼⁇⁈⁉‽︕︖"
_HYPHENS = "-‐‑–〜～゠/／"
_LEADERS = "․‥…⋯︙\U00010af6"
_POSTFIX = "°′″‵‰℃℉%％﹪¢￠℅ℓ㎜㎝㎞㎎㎏㏄"
_NOT_AT_START = frozenset(
    _SMALL_KANA + _PROLONGED + _ITERATION + _STOPS + _MIDDLE_DOTS + _QUESTIONS + _HYPHENS + _LEADERS + _POSTFIX + "︘"
)
_PREFIX = frozenset("¥￥$＄£￡€#＃№±¡¿⸘")
_PAUSES = frozenset("、。，．｡､！？‼⁇⁈⁉")
_GLUE = frozenset("\u00a0\u2060\u202f\"'")
_INSEPARABLE = frozenset("—―─‥…⋯〳〴〵ー")
_WESTERN_MARKS = frozenset("!%&*+,-./:;=?@_~#$|<>^\\")
_CLOSING_CATEGORIES = frozenset(["Pe", "Pf"])
_OPENING_CATEGORIES = frozenset(["Ps", "Pi"])


def _script(character: str) -> int:
    if "ぁ" <= character <= "ゟ":
        return HIRAGANA
    if "゠" <= character <= "ヿ" or "ㇰ" <= character <= "ㇿ" or "ｦ" <= character <= "ﾟ":
        return KATAKANA
    name = unicodedata.name(character, "")
    return IDEOGRAPH if name.startswith("CJK") or character in "々〆〇" else 0


@cache
def kind(character: str) -> int:
    """The flags of one character (a base; marks and selectors belong to it and are not asked for)."""
    category = unicodedata.category(character)
    flags = _script(character)
    if character in SPACES:
        flags |= SPACE
    if character in _NOT_AT_START or category in _CLOSING_CATEGORIES:
        flags |= NO_START
    if category in _OPENING_CATEGORIES:
        flags |= NO_END | OPENING
    if character in _PREFIX:
        flags |= NO_END
    if category in ("Nd", "No"):
        flags |= DIGIT
    if category[0] in "LN":
        flags |= LETTER
    # Latin, Greek, Cyrillic and their full-width forms: words that are not cut.
    western = flags & LETTER and (ord(character) < 0x2E80 or "０" <= character <= "ｚ")
    if western or character in _WESTERN_MARKS:
        flags |= WESTERN
    for members, flag in ((_PAUSES, PAUSE), (_GLUE, GLUE), (_INSEPARABLE, INSEPARABLE), (frozenset("・･"), MIDDLE)):
        if character in members:
            flags |= flag
    return flags


def may_start(character: str) -> bool:
    """Whether a line may begin with this character."""
    return not kind(character) & NO_START


def may_end(character: str) -> bool:
    """Whether a line may end with this character."""
    return not kind(character) & NO_END
