"""The pictures of an exercise's card: one, a pair that is read together, or a row of further ones, as room allows."""

from __future__ import annotations

from handouts.pages.blocks import Card, Illustration
from handouts.pages.box import Box, mm
from handouts.pages.components.picture import set_drawing, set_row
from handouts.pages.setter import Setter
from handouts.pages.sheet import Tag

_LEAST = 20.0
"""mm, with labels of 10.5 pt: narrower, one of a pair can no longer be made out."""
_LABELS = 10.5


def paired(card: Card) -> bool:
    """Whether a card's picture has one that belongs beside it: wrong and right, up and down."""
    return len(card.also) == 1


def _least(setter: Setter) -> float:
    """Width in pt that each of a pair needs: larger labels cover more of it."""
    return mm(_LEAST) * setter.theme.type.note.size / _LABELS


def crowded(setter: Setter, card: Card, room: float) -> bool:
    """Whether a pair in a column of `room` pt would be narrower than one can make out."""
    return paired(card) and (room - mm(setter.theme.figure.pair_gap) / 2) / 2 < _least(setter)


def set_shown(setter: Setter, card: Card, room: float, tag: Tag, *, small: bool = False) -> Box | None:
    """The pair in `room` pt, or the card's picture where it has no other that fits; None where it misleads alone."""
    if paired(card) and min(_pair_widths(setter, card, room)) >= _least(setter):
        return set_pair_shown(setter, card, room, tag, small=small)
    if card.together:
        return None
    picture = card.figure.picture
    wide = min(room, mm(setter.theme.figure.card_height) * picture.width / picture.height)
    return set_drawing(setter, card.figure, wide, tag.add("Figure"))


def set_pair_shown(setter: Setter, card: Card, room: float, tag: Tag, *, small: bool = False) -> Box:
    """The wrong and the right way beside each other, as large as the room and the theme allow."""
    pair, widths = _pair(card), _pair_widths(setter, card, room)
    gap = mm(setter.theme.figure.pair_gap)
    return set_row(setter, pair, widths, sum(widths) + gap if small else room, tag, gap, small=small)


def set_beside_steps(setter: Setter, card: Card, room: float, height: float, tag: Tag) -> Box:
    """The picture in a column beside steps `height` pt high; with one more, both beside each other."""
    if not paired(card):
        return set_drawing(setter, card.figure, _figure_width(setter, card, room, height), tag.add("Figure"))
    pair = _pair(card)
    widths = [figure.picture.width for figure in pair]
    return set_row(setter, pair, widths, room, tag, mm(setter.theme.figure.pair_gap) / 2, small=True)


def set_also(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    """The further pictures side by side, each as wide as it was drawn for, or all narrowed to go on one line."""
    look = setter.theme.figure
    widths = [figure.picture.width for figure in card.also]
    return set_row(setter, card.also, widths, width, tag, mm(look.pair_gap))


def _pair(card: Card) -> tuple[Illustration, ...]:
    return (*card.also, card.figure)


def _pair_widths(setter: Setter, card: Card, room: float) -> list[float]:
    look = setter.theme.figure
    pictures = [figure.picture for figure in _pair(card)]
    wide = (room - mm(look.pair_gap)) / sum(picture.width for picture in pictures)
    factor = min(wide, mm(look.card_height) / max(picture.height for picture in pictures))
    return [factor * picture.width for picture in pictures]


def _figure_width(setter: Setter, card: Card, room: float, height: float) -> float:
    """As large as the column and the text beside it allow, within the theme's bounds."""
    look, picture = setter.theme.figure, card.figure.picture
    ratio = picture.height / picture.width
    width = min(mm(look.card_most), room, max(height / ratio, mm(look.card)))
    return min(room, max(min(width, mm(look.card_height) / ratio), mm(look.card_least)))
