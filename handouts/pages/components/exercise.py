"""Exercises: a section heading, then cards of picture, numbered steps, dose panel and when to stop."""

from __future__ import annotations

from functools import partial

from handouts.pages.blocks import Card, CardList
from handouts.pages.box import Box, mm
from handouts.pages.components.cardpicture import crowded, paired, set_also, set_beside_steps, set_pair_shown, set_shown
from handouts.pages.components.dose import fits_beside, panel_width, set_panel, set_strip
from handouts.pages.components.heading import heading_width, set_again, set_heading
from handouts.pages.components.picture import set_drawing
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Tag

Spans = list[tuple[float, float]]

_WIDE = 160.0
"""mm: a whole page in one column has room for the further pictures, a panel has not."""
_LEAST_WORDS = 16
"""Characters in a line of steps beside the picture; with fewer they stand below it."""


def set_exercises(setter: Setter, block: CardList, width: float, spans: Spans, *, spread: bool = False) -> list[Piece]:
    """One piece per card; the heading stays with the first. Cards may go to the next side, none is parted.

    With `spread` a card is two pieces for two faces that are seen together: picture and dose, then the steps.
    """
    section = Tag("Sect")
    heading = Box(width) if spread else exercises_heading(setter, block, width, section)
    pieces: list[Piece] = []
    for index, card in enumerate(block.cards):
        box = Box(width)
        top = box.put(heading, 0, 0) if index == 0 else 0.0
        if index and not spread:
            box.items.append(rule(0, 0, width, setter.theme.rules.hairline, setter.ink))
        if spread:
            pieces += _spread(setter, block, card, width, section, first=index == 0)
            continue
        tag = section.add("Sect")
        box.put(set_card(setter, card, width, spans, tag), 0, top)
        again = set_again(setter, block.number, block.heading, block.again, width) if index else None
        gap = 0.0 if index else None
        piece = Piece(box, [] if index else [section], gap, lead=again, place=card.place)
        if index == 0:
            piece.parts = partial(_after_heading, setter, block, card, width, spans, section, tag)
        pieces.append(piece)
    return pieces


def _after_heading(
    setter: Setter, block: CardList, card: Card, width: float, spans: Spans, section: Tag, tag: Tag
) -> list[Piece]:
    """The heading with who must ask first, then the first card, which with it is higher than a side."""
    tag.kids.clear()
    above = Tag("Sect")
    heading = exercises_heading(setter, block, width, above)
    section.kids[: section.kids.index(tag)] = above.kids
    return [
        Piece(heading, [section], place=card.place),
        Piece(
            set_card(setter, card, width, spans, tag),
            gap=0.0,
            lead=set_again(setter, block.number, block.heading, block.again, width),
            place=card.place,
        ),
    ]


def _spread(setter: Setter, block: CardList, card: Card, width: float, section: Tag, *, first: bool) -> list[Piece]:
    """The two faces of a card; the section's heading stands above the first, its picture smaller where it must."""
    tag = section.add("Sect")

    def seen(*, small: bool) -> Piece:
        tag.kids[:] = []
        box, above = Box(width), Tag("Sect")
        y = box.put(exercises_heading(setter, block, width, above), 0, 0) if first else 0.0
        box.put(_set_seen(setter, card, width, tag, small=small), 0, y)
        if first:
            section.kids[:] = [*above.kids, *section.kids[section.kids.index(tag) :]]
        gap = None if first else 0.0
        return Piece(box, [section] if first else [], gap, new_side=True, place=card.place)

    piece = seen(small=False)

    def smaller() -> list[Piece]:
        done = tag.kids[mark:]
        again = seen(small=True)
        tag.kids += done
        return [again]

    mark = len(tag.kids)
    piece.parts = smaller
    steps = Piece(_set_done(setter, card, width, tag), gap=0.0, new_side=True, place=card.place)
    return [piece, steps]


def _set_seen(setter: Setter, card: Card, width: float, tag: Tag, *, small: bool) -> Box:
    """The first of two faces: title, the picture as large as it was drawn for, the dose, or both side by side."""
    look = setter.theme.card
    box = Box(width)
    y = box.put(set_title(setter, card, width, tag), 0, mm(look.padding)) + mm(look.below_title)
    if small:
        box.put(_beside_dose(setter, card, width, tag), 0, y)
        return box
    if paired(card):
        figure = set_shown(setter, card, width, tag, small=True)
    else:
        figure = set_drawing(setter, card.figure, min(card.figure.picture.width, width), tag.add("Figure"))
    if figure:
        y = box.put(figure, (width - figure.width) / 2, y) + mm(look.below_title)
    box.put(set_panel(setter, card.dose, width, 0.0, tag), 0, y)
    return box


def _set_done(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    """The second of two faces: steps, and when to stop."""
    look = setter.theme.card
    box = Box(width)
    y = box.put(set_steps(setter, card, width, tag), 0, mm(look.padding))
    box.put(set_stop(setter, card, width, tag), 0, y + mm(look.above_stop) * 2)
    return box


def exercises_heading(setter: Setter, block: CardList, width: float, section: Tag) -> Box:
    """Heading with the note beside it, and the time a day at the right end; what does not fit goes below."""
    look = setter.theme.heading
    box = Box(width)
    heading = set_heading(setter, block.number, block.heading, width, section)
    baseline = heading.baselines[-1]
    used = heading_width(setter, block.number, block.heading)
    bottom = box.put(heading, 0, 0)
    note = _note(setter, block, width, section)
    value = _time(setter, block, section) if block.time else Box(0.0, baselines=[0.0])
    if used + mm(look.note) + value.width > width:
        bottom = box.put(value, width - value.width, bottom)
        bottom = box.put(note, 0, bottom)
        box.height = bottom
        return box
    beside = used + mm(look.note)
    if beside + note.ink + mm(look.note) + value.width <= width and len(note.baselines) == 1:
        box.put(note, beside, baseline - note.baselines[0])
    else:
        bottom = box.put(note, 0, bottom + mm(1.0))
    box.put(value, width - value.width, baseline - value.baselines[0])
    box.height = bottom
    return box


def _note(setter: Setter, block: CardList, width: float, section: Tag) -> Box:
    """Who must ask first: small where it is one line beside the heading, as large as all else where it names many."""
    if not block.note:
        return Box(width, baselines=[0.0])
    styles = setter.theme.type
    style = styles.body if block.roomy and setter.lines(block.note, styles.note, width) > 1 else styles.note
    return setter.paragraph(block.note, style, width, section.add("P"))


def _time(setter: Setter, block: CardList, section: Tag) -> Box:
    styles = setter.theme.type
    parts = [
        (block.time_before, styles.body, None),
        (block.time, styles.numeral, setter.accent),
        (block.time_after, styles.body, None),
    ]
    return setter.line(parts, section.add("P"), mm(setter.theme.dose.unit))


def set_card(setter: Setter, card: Card, width: float, spans: Spans, tag: Tag) -> Box:
    """One exercise over three spans: picture, steps, dose. In pt; the padding above and below belongs to it."""
    if len(spans) == 1 or crowded(setter, card, spans[0][1]):
        beside = width - mm(setter.theme.figure.panel + setter.theme.figure.pair_gap)
        middle = width < mm(_WIDE) and beside >= _LEAST_WORDS * setter.theme.type.body.size
        return (_set_middle if middle else _set_narrow)(setter, card, width, tag)
    look = setter.theme.card
    (_, figure_room), (text_x, text_room), (dose_x, dose_room) = spans
    title = set_title(setter, card, text_room + dose_room, tag)
    # The picture is read before the steps, but its size follows from their height.
    read, pictures = len(tag.kids), Tag("Sect")
    steps = set_steps(setter, card, text_room, tag)
    stacked = not fits_beside(setter, card.dose, dose_room)
    dose = set_panel(setter, card.dose, dose_room, steps.height, tag, stacked=stacked)
    height = max(steps.height, dose.height)
    stop = set_stop(setter, card, width - text_x, tag)
    body = Box(width)
    y = body.put(title, text_x, 0) + mm(look.below_title)
    body.put(steps, text_x, y)
    body.put(dose, dose_x, y)
    body.put(stop, text_x, y + height + mm(look.above_stop))
    figure = set_beside_steps(setter, card, figure_room, body.height, pictures)
    tag.kids[read:read] = pictures.kids
    inner = max(body.height, figure.height)
    box = Box(width)
    padding = mm(look.padding)
    box.put(body, 0, padding + (inner - body.height) / 2)
    box.put(figure, 0, padding + (inner - figure.height) / 2)
    box.height = inner + 2 * padding
    if len(card.also) > 1:
        y = box.put(set_also(setter, card, width, tag), 0, padding + inner + mm(look.above_also))
        box.height = y + padding
    return box


def _set_middle(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    """One exercise on a page of half the size: the picture, and beside it title, dose on one line, and steps."""
    look, figures = setter.theme.card, setter.theme.figure
    column = _picture_column(setter, card, width)
    x = column + mm(figures.pair_gap)
    room = width - x
    words = Box(room)
    y = words.put(set_title(setter, card, room, tag), 0, 0) + mm(look.below_title)
    figure = set_shown(
        setter, card, min(column, card.figure.picture.width) if not paired(card) else column, tag, small=True
    ) or Box(column)
    y = words.put(set_strip(setter, card.dose, room, tag), 0, y) + mm(look.below_title) * 2
    y = words.put(set_steps(setter, card, room, tag), 0, y)
    words.put(set_stop(setter, card, room, tag), 0, y + mm(look.above_stop))
    height = max(words.height, figure.height)
    box = Box(width)
    box.put(words, x, mm(look.padding) + (height - words.height) / 2)
    box.put(figure, (column - figure.width) / 2, mm(look.padding) + (height - figure.height) / 2)
    box.height = height + 2 * mm(look.padding)
    return box


def _picture_column(setter: Setter, card: Card, width: float) -> float:
    """Width in pt of the pictures beside the words: what the theme says; for a pair, as much as the steps leave."""
    look = setter.theme.figure
    if not paired(card):
        return mm(look.panel)
    steps = max(setter.width(step, setter.theme.type.body) for step in card.steps) + mm(setter.theme.card.number)
    return max(mm(look.panel), width - mm(look.pair_gap) - steps - 0.01)


def _set_narrow(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    """One exercise on a panel: title, picture beside the dose, steps, when to stop."""
    look = setter.theme.card
    box = Box(width)
    y = box.put(set_title(setter, card, width, tag), 0, mm(look.padding)) + mm(look.below_title)
    y = box.put(_beside_dose(setter, card, width, tag), 0, y)
    y = box.put(set_steps(setter, card, width, tag), 0, y + mm(look.below_title))
    y = box.put(set_stop(setter, card, width, tag), 0, y + mm(look.above_stop))
    if len(card.also) > 1 and width >= mm(_WIDE):
        y = box.put(set_also(setter, card, width, tag), 0, y + mm(look.above_also))
    box.height = y + mm(look.padding)
    return box


def _beside_dose(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    """The picture, and at the right the dose with its labels above the values."""
    figures = setter.theme.figure
    page, pair = width >= mm(_WIDE), paired(card)
    least = panel_width(setter, card.dose)
    # A pair on a panel needs all the room that the dose leaves it.
    dose_width = least if pair and not page else max(least, width - mm(figures.panel) - mm(figures.pair_gap))
    room = width - dose_width - mm(figures.pair_gap)
    figure = (
        set_pair_shown(setter, card, room, tag) if page and pair else set_shown(setter, card, room, tag, small=True)
    )
    if figure is None:
        return set_strip(setter, card.dose, width, tag)
    dose = set_panel(setter, card.dose, dose_width, figure.height, tag, stacked=True)
    box = Box(width)
    box.put(figure, 0, (max(figure.height, dose.height) - figure.height) / 2)
    box.put(dose, width - dose_width, 0)
    return box


def set_title(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    style, indent = setter.theme.type.item, mm(setter.theme.card.letter)
    heading = tag.add("H3")
    box = Box(width)
    box.put(setter.paragraph(f"{card.letter} ", style, indent, heading, colour=setter.accent), 0, 0)
    box.put(setter.paragraph(card.name, style, width - indent, heading), indent, 0)
    return box


def set_steps(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    style, indent = setter.theme.type.body, mm(setter.theme.card.number)
    listing = tag.add("L", numbering="Decimal")
    box = Box(width)
    y = 0.0
    for number, step in enumerate(card.steps, 1):
        item = listing.add("LI")
        box.put(setter.paragraph(str(number), style, indent, item.add("Lbl")), 0, y)
        y = box.put(setter.paragraph(step, style, width - indent, item.add("LBody"), balance=True), indent, y)
    return box


def set_stop(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    """The label in bold, the condition after it; its second line hangs at the condition's left edge."""
    styles = setter.theme.type
    paragraph = tag.add("P")
    box = Box(width)
    word = setter.paragraph(f"{card.stop_label} ", styles.strong, width, paragraph)
    x = word.ink + mm(setter.theme.card.stop_gap)
    box.put(word, 0, 0)
    box.put(setter.paragraph(card.stop, styles.body, width - x, paragraph, balance=True), x, 0)
    return box
