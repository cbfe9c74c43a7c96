"""Rules on where things stand: to the edge of the paper, to folds and cuts, on each other, in their boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from unicodedata import category

from handouts.checks.file.characters import Character
from handouts.checks.file.geometry import MM, Box, Boxed
from handouts.checks.file.lines import Line
from handouts.checks.file.pixels import contrast
from handouts.checks.file.rules.rule import Finding, page_rule
from handouts.checks.file.rules.words import told
from handouts.checks.file.shapes import Kind, Shape
from handouts.checks.file.view import View
from handouts.problems import Severity

EDGE, SAFE = 5.0, 3.0
"""mm: what most lasers do not print, and the safety of a print shop's trim."""
FOLD, CUT = 5.0, 3.0
"""mm from text to a fold, and to a cut between cards."""
ON_EACH_OTHER = 0.2
"""Share of the smaller of two characters."""
_NEXT = 3
"""Characters after one on its line that may lie on it."""
_LINES, _CROWD = 1500, 100
"""Lines of a page, and characters and panels at one place, that are compared with each other: no handout has more."""
_ROUNDING = 0.1 * MM
_PRINTERS = "各社レーザープリンターの説明書(印字できない縁 4〜5 mm)"
_STANDS_OUT = 1.5
"""Contrast from which ink under a text disturbs it."""
_TOUCHES = 0.02
"""Share of a character's box."""
_OWN_EDGE = 0.3
"""pt: the rim of a character's box is not looked at, where its neighbours' dots are half dark."""
_PANEL = (10 * MM, 5 * MM)
"""Width and height from which a rectangle holds text."""
_HIGHLIGHT = 1.8
"""Times the size of its text up to which a rectangle only marks some words."""
_OVER = 0.6
"""pt that text may be over its box's edge."""


@page_rule(
    "edge",
    Severity.ERROR,
    f"{EDGE:g} mm 以上(断ち落としのある紙では、字は仕上がりから {SAFE:g} mm 以上)",
    _PRINTERS,
    cheap=True,
)
def edge(view: View) -> Iterator[Finding]:
    """Nothing that is printed stands nearer to the edge of the paper than a printer reaches."""
    trim, trimmed = view.page.trim, view.page.cut
    least = SAFE if trimmed else EDGE
    safe = trim.grown(_ROUNDING - least * MM)
    near = [one for one in view.inked if _beyond(safe, one)]
    hint = f"紙の端から {least:g} mm より内側に置いてください。"
    yield from told(view, near, "字が紙の端に近すぎて、印刷で欠けることがあります。", hint)
    if trimmed:
        return
    for shape in view.page.shapes:
        if _beyond(safe, shape.box) and shape.painted and _on_paper(shape.box, trim):
            yield Finding("線か図が紙の端に近すぎて、印刷で欠けることがあります。", hint, view.page.number, shape.box)


def _beyond(safe: Box, one: Boxed) -> bool:
    """Whether something reaches out of a box."""
    return one.left < safe.left or one.top < safe.top or one.right > safe.right or one.bottom > safe.bottom


def _on_paper(box: Box, paper: Box) -> bool:
    shared = box.shared(paper)
    return shared.width >= 0 and shared.height >= 0


@page_rule(
    "fold",
    Severity.ERROR,
    f"折り目から {FOLD:g} mm 以上、切り取り線から {CUT:g} mm 以上",
    "当方の決め(print: 折り目と字の間)",
    cheap=True,
)
def fold(view: View) -> Iterator[Finding]:
    """No text stands on a fold or a cut, or close to one; both are told by the marks in the margins."""
    folds = view.folds
    least = CUT if folds.cut else FOLD
    near = [
        one
        for one in view.inked
        if any(one.left - least * MM + _ROUNDING < x < one.right + least * MM - _ROUNDING for x in folds.across)
        or any(one.top - least * MM + _ROUNDING < y < one.bottom + least * MM - _ROUNDING for y in folds.down)
    ]
    word = "切り取り線" if folds.cut else "折り目"
    yield from told(view, near, f"字が{word}に近すぎます。", f"{word}から {least:g} mm 以上離してください。")


@page_rule("text-on-text", Severity.ERROR, f"小さいほうの字の {ON_EACH_OTHER:.0%} まで", "当方の決め", cheap=True)
def text_on_text(view: View) -> Iterator[Finding]:
    """No character lies on another."""
    pairs = [pair for pair in _near(view.lines[:_LINES]) if _collide(*pair)]
    wrong = {id(one): one for pair in pairs for one in pair}
    yield from told(view, wrong.values(), "字が重なっています。", "間を空けるか、片方を消してください。")


def _near(found: Sequence[Line]) -> Iterator[tuple[Character, Character]]:
    """Pairs of characters that may lie on each other: of one line the next ones, of two lines those where they meet."""
    for line in found:
        for index, one in enumerate(line.characters):
            for after in line.characters[index + 1 : index + 1 + _NEXT]:
                if one.left < after.right and after.left < one.right and one.top < after.bottom:
                    yield one, after
    ordered = sorted(found, key=lambda line: line.box.top)
    for index, line in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.box.top >= line.box.bottom:
                break
            shared = line.box.shared(other.box)
            if shared.width > 0 and shared.height > 0:
                yield from product(_within(line, shared), _within(other, shared))


def _within(line: Line, box: Box) -> list[Character]:
    """The characters of a line that reach into a box."""
    held = (one for one in line.characters if one.left < box.right and box.left < one.right)
    return [one for one in islice(held, _CROWD) if one.top < box.bottom and box.top < one.bottom]


def _collide(one: Character, other: Character) -> bool:
    smaller = min(one.box.area, other.box.area)
    if one.run is other.run and "Mn" in (category(one.text[:1] or " "), category(other.text[:1] or " ")):
        return False  # a mark or a variation selector: pdfium gives it the box of the character it belongs to
    if one.run is other.run and not (one.exact and other.exact):
        return False
    if one.text == other.text and abs(one.left - other.left) + abs(one.top - other.top) < 0.15 * one.size:
        return False  # struck twice, to look bold
    return smaller > 0 and one.box.shared(other.box).area > ON_EACH_OTHER * smaller


@page_rule(
    "text-on-picture",
    Severity.ERROR,
    f"字の下に明暗の比 {_STANDS_OUT:g} を超える線や絵がない({_TOUCHES:.0%} まで)",
    "RNIB Clear Print(絵の上に字を置かない)",
)
def text_on_picture(view: View) -> Iterator[Finding]:
    """No line and no picture shows under a text."""
    over = panel_breaches(view)
    wrong = [one for one in view.inked if id(one) not in over and _disturbed(view, one)]
    yield from told(view, wrong, "字が線か絵に重なっています。", "字と絵を離してください。")


def _disturbed(view: View, character: Character) -> bool:
    box = character.box.grown(-_OWN_EDGE)
    if box.width <= 0 or box.height <= 0:
        return False
    window = view.dots.ground.window(box)
    colours = [pair for pair in window.getcolors(window.width * window.height) or [] if isinstance(pair[1], tuple)]
    if len(colours) < 2:
        return False
    _, most = max(colours)
    other = sum(count for count, colour in colours if contrast(colour, most) > _STANDS_OUT)
    return other > max(1.0, _TOUCHES * window.width * window.height)


@page_rule("panel", Severity.ERROR, f"はみ出しは {_OVER:g} pt まで", "当方の決め(字は枠の中に収まる)", cheap=True)
def panel(view: View) -> Iterator[Finding]:
    """A text that begins in a frame or on a tint ends in it."""
    wrong = panel_breaches(view)
    yield from told(view, wrong.values(), "字が枠か地色からはみ出しています。", "文を短くするか、枠を広げてください。")


def panel_breaches(view: View) -> dict[int, Character]:
    """Characters of lines that begin inside a rectangle and go on outside of it, by their id()."""
    panels = [shape for shape in view.page.shapes if _is_panel(shape, view.page.paper)]
    lines = [(line, line.characters[0].box.middle) for line in view.lines]
    begun = ((line, shape) for shape in panels[:_CROWD] for line, start in lines if shape.box.has(*start))
    return {id(one): one for line, shape in begun for one in _over(line, shape)}


def _is_panel(shape: Shape, paper: Box) -> bool:
    large = shape.kind is Kind.RECTANGLE and shape.box.width >= _PANEL[0] and shape.box.height >= _PANEL[1]
    return large and shape.painted and shape.box.area < 0.8 * paper.area


def _over(line: Line, shape: Shape) -> Iterable[Character]:
    """The characters of a line, begun in a rectangle, that cross its edge or are past it."""
    box = shape.box
    if min(box.insets(line.box)) >= -_OVER:
        return []
    if shape.stroke is None and box.height < _HIGHLIGHT * line.size:
        return []
    return [one for one in line.characters if min(box.insets(one.box)) < -_OVER]
