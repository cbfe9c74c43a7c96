"""Rules on characters and fonts: every glyph is there, can be read back, is embedded, and is seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from handouts.checks.file.characters import Character
from handouts.checks.file.rules.rule import Finding, page_rule, rule
from handouts.checks.file.rules.type import on_ground
from handouts.checks.file.rules.words import told
from handouts.checks.file.view import Subject, View
from handouts.problems import Severity

if TYPE_CHECKING:
    from PIL.Image import Image

SEEN = 0.5
"""Share of a character's height and width that shows."""
_UA = "ISO 14289-1"
_BOXES = frozenset("口ロ囗⼝□◻▢☐⬜■▪◼☒⊠⌧")
"""Characters that look like the box of a missing glyph themselves."""
_UNLIKE = 24
"""Difference in a colour 0–255 from which a dot has changed."""
_LEAST_DOTS = 6
_STROKE = 0.12
"""Share of a box's width or height that its line has at the most."""
_RIM = 1
"""Dots: a thin stroke may lie beside its box by so much."""
_SPEAKS = 1.3
"""Contrast from which a character would be seen at all: less is a matter of contrast."""


@page_rule("unmapped", Severity.ERROR, "なし", f"{_UA} 7.21.7", cheap=True)
def unmapped(view: View) -> Iterator[Finding]:
    """Every glyph says which character it is."""
    wrong = [one for one in view.page.characters if one.run.visible and not _says(one)]
    hint = "□ と印刷されるか、音声で読まれません。字のある書体を使ってください。"
    yield from told(view, wrong, lambda found: f"何の字か分からない字が {len(found)} 個あります。", hint)


def _says(character: Character) -> bool:
    """Whether it is mapped, and to a character that means the same to all."""
    return character.mapped and _means(character.text)


@lru_cache(maxsize=4096)
def _means(text: str) -> bool:
    return not any(unicodedata.category(one) in ("Co", "Cn") for one in text)


@rule("font-embedded", Severity.ERROR, "すべて", f"{_UA} 7.21.4.1", cheap=True)
def font_embedded(subject: Subject) -> Iterator[Finding]:
    """Every font that is seen comes with the file."""
    missing: dict[str, int] = {}
    for view in subject.views:
        for one in view.inked:
            if not one.run.embedded:
                missing.setdefault(one.font or "名前のない書体", view.page.number)
    for font, page in sorted(missing.items()):
        hint = "書体を埋め込んで作り直してください。ほかのパソコンでは、字が変わるか消えます。"
        yield Finding(f"書体 {font} が埋め込まれていません。", hint, page)


@page_rule("missing-glyph", Severity.ERROR, "なし", "当方の決め(字の代わりの四角や空白を刷らない)")
def missing_glyph(view: View) -> Iterator[Finding]:
    """No character is printed as the box of a missing glyph."""
    wrong = [one for one in view.inked if _says(one) and _is_box(view, one)]
    hint = "この字のある書体を使ってください。"
    yield from told(view, wrong, "字の代わりに四角が印刷されます。", hint)


def _shows_ink(text: str) -> bool:
    return any(unicodedata.category(one)[0] not in "ZCM" for one in text)


def _is_box(view: View, character: Character) -> bool:
    """Whether nothing but a rectangle is printed, empty or crossed out."""
    if character.text in _BOXES or not character.exact or character.run.angle % 90:
        return False
    dark = view.dots.fine.window(character.box).point([255] * 128 + [0] * 128)
    box = dark.getbbox()
    if not box or min(box[2] - box[0], box[3] - box[1]) < _LEAST_DOTS:
        return False
    dark = dark.crop(box)
    width, height = dark.size
    thick = max(1, round(min(width, height) * _STROKE))
    sides = [
        (0, 0, width, thick),
        (0, height - thick, width, height),
        (0, 0, thick, height),
        (width - thick, 0, width, height),
    ]
    if not all(_is_line(dark.crop(side)) for side in sides):
        return False
    inner = dark.crop((thick, thick, width - thick, height - thick))
    return inner.getbbox() is None or _is_crossed(inner)


def _is_line(strip: Image) -> bool:
    """Whether a strip has ink from end to end."""
    width, height = strip.size
    flat = strip.reduce((1, height)) if width > height else strip.reduce((width, 1))
    return min(flat.tobytes()) > 0


def _is_crossed(inner: Image) -> bool:
    """Whether both diagonals of a rectangle are drawn, and nothing else."""
    width, height = inner.size
    corners = [(index / 10, index / 10) for index in range(1, 10)] + [
        (index / 10, 1 - index / 10) for index in range(1, 10)
    ]
    between = [(0.5, 0.2), (0.2, 0.5), (0.8, 0.5), (0.5, 0.8)]

    def inked(x: float, y: float, reach: int) -> bool:
        column, row = round(x * (width - 1)), round(y * (height - 1))
        spot = (max(0, column - reach), max(0, row - reach), column + reach + 1, row + reach + 1)
        return inner.crop(spot).getbbox() is not None

    return all(inked(x, y, 1) for x, y in corners) and not any(inked(x, y, 0) for x, y in between)


@page_rule("hidden", Severity.ERROR, f"字の高さと幅の {SEEN:.0%} 以上が見える", "当方の決め(印刷されない字を残さない)")
def hidden(view: View) -> Iterator[Finding]:
    """All text is seen: not covered, not cut off, not off the paper, not blank."""
    wrong = [one for one in view.inked if one.exact and _shows_ink(one.text) and _is_hidden(view, one)]
    hint = "上に重なる物か、はみ出した位置か、書体を直してください。"
    yield from told(view, wrong, "字が隠れるか切れるか、形がなくて、印刷されません。", hint)


def _is_hidden(view: View, character: Character) -> bool:
    paper = view.page.paper
    if not character.box.area or character.box.shared(paper).area < SEEN * character.box.area:
        return True
    if on_ground(view, character) < _SPEAKS:
        return False
    return _shown_share(view, character) < SEEN


def _shown_share(view: View, character: Character) -> float:
    """How much of a character's height or width, whichever is less, the printed page has more than its ground."""
    from PIL import ImageChops

    printed, ground = view.dots.printed, view.dots.ground
    left, top, right, bottom = printed.frame(character.box)
    around = (left - _RIM, top - _RIM, right + _RIM, bottom + _RIM)
    changed = ImageChops.difference(printed.image.crop(around), ground.image.crop(around)).convert("L")
    box = changed.point([0] * _UNLIKE + [255] * (256 - _UNLIKE)).getbbox()
    if box is None:
        return 0.0
    return min((box[2] - box[0]) / (right - left), (box[3] - box[1]) / (bottom - top))
