"""Rules on the size of type and on its contrast to what lies under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import inf

from handouts.checks.file.characters import Character
from handouts.checks.file.pixels import contrast, rgb
from handouts.checks.file.rules.rule import Finding, page_rule, rule
from handouts.checks.file.rules.words import told
from handouts.checks.file.view import Subject, View
from handouts.problems import Severity

LEAST, BODY, NOTE = 9.0, 12.0, 10.5
"""pt."""
READING = 5.0
"""pt, of readings above words: half of a body of 10."""
CONTRAST, LARGE_CONTRAST = 4.5, 3.0
LARGE, LARGE_BOLD = 22.0, 18.0
"""pt from which the lower contrast is enough."""
_ROUNDING = 0.05
_RUNNING, _BODY_SHARE = 10, 0.4
"""Characters of a line that counts as running text, and no cell of a table; share that is body and no note."""
_GUIDES = "三重県・町田市の見やすい印刷物の手引き、RNIB Clear Print"
_SHARE = 0.1
"""Of the dots under a character: a ground colour that has less is its edge."""
_BOLD = ("bold", "black", "heavy", "-eb", "-db")


@page_rule("text-size", Severity.ERROR, f"{LEAST:g} pt 以上(ふりがなは {READING:g} pt 以上)", _GUIDES, cheap=True)
def text_size(view: View) -> Iterator[Finding]:
    """No character is smaller than this."""
    small = [one for one in view.inked if one.size < LEAST - _ROUNDING and one.size < _least(view, one) - _ROUNDING]
    hint = f"{LEAST:g} pt 以上にしてください。"
    yield from told(view, small, lambda found: f"字が小さすぎます({_smallest(found):.1f} pt)。", hint)


def _least(view: View, character: Character) -> float:
    return READING if view.is_reading(character) else LEAST


def _smallest(found: list[Character]) -> float:
    return min(one.size for one in found)


@rule(
    "body-size",
    Severity.ERROR,
    f"{_RUNNING} 文字以上の行の字の {_BODY_SHARE:.0%} 以上が {BODY:g} pt 以上(切り分けるカードは {LEAST:g} pt 以上)",
    _GUIDES,
    cheap=True,
)
def body_size(subject: Subject) -> Iterator[Finding]:
    """Running text is large enough to read at 75: longer lines, but for notes and sources."""
    exact = Counter(
        one.run.size
        for view in subject.views
        for line in view.lines
        if len(line.text) >= _RUNNING and not view.is_reading(line.characters[0])
        for one in line.characters
    )
    sizes: Counter[float] = Counter()
    for size, count in exact.items():
        sizes[round(size, 1)] += count
    least = LEAST if subject.cards else BODY
    large = sum(count for size, count in sizes.items() if size >= least - _ROUNDING)
    most = max(sizes, key=lambda size: sizes[size], default=least)
    # Text that is smaller still is told by the rule on each character.
    if large < _BODY_SHARE * sizes.total() and most >= LEAST - _ROUNDING:
        yield Finding(f"本文の字が小さすぎます(多くは {most:g} pt)。", f"本文は {least:g} pt 以上にしてください。")


@page_rule("note-size", Severity.WARNING, f"{NOTE:g} pt 以上(切り分けるカードを除く)", _GUIDES, cheap=True)
def note_size(view: View) -> Iterator[Finding]:
    """Notes and footers are no smaller than this."""
    if view.subject.cards:
        return
    small = [one for one in view.inked if LEAST - _ROUNDING <= one.size < NOTE - _ROUNDING and not view.is_reading(one)]
    hint = f"注や欄外も {NOTE:g} pt 以上が読みやすい大きさです。"
    yield from told(view, small, lambda found: f"字が小さめです({_smallest(found):.1f} pt)。", hint)


@page_rule(
    "contrast",
    Severity.ERROR,
    f"{CONTRAST:g}:1 以上({LARGE:g} pt 以上と、{LARGE_BOLD:g} pt 以上の太字は {LARGE_CONTRAST:g}:1)",
    "JIS X 8341-3:2016 1.4.3",
)
def contrast_on_ground(view: View) -> Iterator[Finding]:
    """Text stands out from what really lies under it, dot by dot."""
    found = [(one, ratio) for one in view.inked if (ratio := on_ground(view, one)) < needed(one)]
    ratios = {id(one): ratio for one, ratio in found}

    def message(group: list[Character]) -> str:
        worst = min(group, key=lambda one: ratios[id(one)])
        return f"字と地の明暗の比が {ratios[id(worst)]:.1f} しかありません(必要なのは {needed(worst):g} 以上)。"

    yield from told(view, (one for one, _ in found), message, "字を濃くするか、地を薄くしてください。")


def needed(character: Character) -> float:
    """The contrast that a character must have."""
    bold = any(word in character.font.lower() for word in _BOLD)
    large = character.size >= (LARGE_BOLD if bold else LARGE) - _ROUNDING
    return LARGE_CONTRAST if large else CONTRAST


def on_ground(view: View, character: Character) -> float:
    """The least contrast of a character to a colour of its ground; infinite where nothing can be said."""
    grounds = ground_colours(view, character)
    if not grounds or not character.box.area:
        return inf
    ink = rgb(character.colour)
    opacity = character.run.alpha
    return min(contrast(_mixed(ink, ground, opacity), ground) for ground in grounds)


def _mixed(ink: tuple[int, ...], ground: tuple[int, ...], opacity: float) -> tuple[int, ...]:
    return tuple(round(opacity * one + (1 - opacity) * other) for one, other in zip(ink, ground, strict=True))


def ground_colours(view: View, character: Character) -> list[tuple[int, ...]]:
    """The colours that a good part of a character lies on."""
    window = view.dots.ground.window(character.box)
    colours = window.getcolors(window.width * window.height) or []
    least = _SHARE * window.width * window.height
    return [colour for count, colour in colours if count >= least and isinstance(colour, tuple)]
