"""The mark of a draft: a framed word in the upper margin of every printed side, or at its fold."""

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
_CLEAR = 3.0
"""mm from the edge of the paper: nearer, printers cut it off and print shops take no text."""


def mark_draft(setter: Setter, layout: Layout, sheet: Sheet, word: str) -> None:
    """A framed word at the right, in the upper margin, or below a fold across the sheet where that is too narrow.

    The footer says it to a screen reader.
    """
    styles = setter.theme.type
    height = max(mm(_HEIGHT), _TIGHT * styles.note.size)
    mark = label(setter, word, styles.note, height, mm(2.0), Tag("P"), solid=False)
    top = mm(layout.margins.top - 0.2) - height
    fold = next((fold.y for fold in layout.folds if fold.y is not None), None)
    if top < mm(_CLEAR) and fold is not None:
        top = mm(fold) + (mm(layout.margins.top) - height) / 2
    mark.shift(mm(layout.page.width - layout.margins.right) - mark.width, top)
    sheet.items += mark.items
    sheet.running |= {id(item) for item in mark.items}
