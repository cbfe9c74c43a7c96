"""The mark of a draft: a framed word in the upper margin of every printed side."""

from __future__ import annotations

from handouts.model import Layout
from handouts.pages.box import mm
from handouts.pages.components.marks import label
from handouts.pages.setter import Setter
from handouts.pages.sheet import Sheet, Tag

_HEIGHT = 4.6
"""mm: it stands between the printer's edge and the text."""
_TIGHT = 0.97
"""em: less would cut the word."""


def mark_draft(setter: Setter, layout: Layout, sheet: Sheet, word: str) -> None:
    """A framed word in the upper margin, at the right; the footer says it to a screen reader."""
    styles = setter.theme.type
    height = max(mm(_HEIGHT), _TIGHT * styles.note.size)
    mark = label(setter, word, styles.note, height, mm(2.0), Tag("P"), solid=False)
    mark.shift(mm(layout.page.width - layout.margins.right) - mark.width, mm(layout.margins.top - 0.2) - height)
    sheet.items += mark.items
    sheet.running |= {id(item) for item in mark.items}
