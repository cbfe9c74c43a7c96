"""Whether a line may end between two clusters, and what would be given up if it did."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.faces import clusters
from handouts.text import phrases
from handouts.text.characters import (
    DIGIT,
    GLUE,
    HIRAGANA,
    IDEOGRAPH,
    INSEPARABLE,
    KATAKANA,
    LETTER,
    MIDDLE,
    NO_END,
    NO_START,
    OPENING,
    PAUSE,
    SPACE,
    WESTERN,
    kind,
)

# Classes of a break, from welcome to forbidden. Up to SOFT nothing is given up.
CLAUSE = 0
"""After a comma, a full stop, a space; in a list, after a middle dot."""
PHRASE = 1
SOFT = 2
"""Before an opening bracket, after a middle dot."""
WORD = 3
"""Inside a phrase."""
UNIT = 4
"""Inside a number with its unit, a Western word, a short ruby base."""
LINE_END = 5
LINE_START = 6
NEVER = 7
"""Before a space, which belongs to the line it ends."""

_LIST = 3
"""Middle dots that make a paragraph a list; a single one may stand in a name."""
_GAIN_AFTER = frozenset("/.-_?&=@:")


def classes(text: str, offsets: Sequence[int], by_phrase: bool = True) -> list[int]:
    """The class of the break before each piece of one paragraph (no newline in it); the first is NEVER.

    `offsets` are where the pieces begin: clusters, or longer ones that are kept whole.
    Without `by_phrase` a break inside a phrase counts as one between phrases.
    """
    starts = phrases.starts(text) if by_phrase else frozenset()
    tied = phrases.tied(text)
    inside = WORD if by_phrase else PHRASE
    kinds = [kind(text[offset]) for offset in offsets]
    found = [NEVER] * len(kinds)
    # In a list, 「手術後・けが・血の固まり」, lines end between its items rather than in one.
    listed = sum(bool(flags & MIDDLE) for flags in kinds) >= _LIST
    indent = next((n for n, flags in enumerate(kinds) if not flags & SPACE), len(kinds))
    for n in range(1, len(kinds)):
        after, offset = kinds[n], offsets[n]
        before = kinds[n - 1] if offset - offsets[n - 1] == 1 else _last_kind(text[offsets[n - 1] : offset])
        if after & SPACE:
            continue
        if after & NO_START or n == indent or (before & INSEPARABLE and text[offset] == text[offsets[n - 1]]):
            found[n] = LINE_START
        elif before & NO_END:
            found[n] = LINE_END
        elif offset in tied or _joined(before, after):
            found[n] = UNIT
        elif before & (SPACE | PAUSE) or (listed and before & MIDDLE):
            found[n] = CLAUSE
        elif offset in starts:
            found[n] = PHRASE
        else:
            found[n] = SOFT if after & OPENING or before & MIDDLE else inside
    return found


def _last_kind(piece: str) -> int:
    """The kind of the last base character in a piece of text."""
    return kind(clusters(piece)[-1][0])


def _joined(before: int, after: int) -> bool:
    """Whether two neighbours are one word: Western letters, a number and a kanji after it, a no-break space."""
    if (before | after) & GLUE:
        return True
    counted = before & DIGIT and after & LETTER and not after & HIRAGANA
    return bool(counted or (before & WESTERN and after & WESTERN))


def reluctance(before: str, after: str) -> int:
    """How bad it is, from 0 to 60, to cut a phrase, a quantity or a Western word between these two characters."""
    left, right = kind(before), kind(after)
    if left & DIGIT and right & LETTER:
        return 60
    if right & DIGIT and not left & WESTERN:
        return 40
    if left & WESTERN and right & WESTERN:
        return 0 if before in _GAIN_AFTER else 30
    if right & HIRAGANA:
        return 30 if left & HIRAGANA else 25
    if left & KATAKANA and right & KATAKANA:
        return 30
    return 10 if left & IDEOGRAPH and right & IDEOGRAPH else 0
