"""Exercises: a section heading, then cards of picture, numbered steps, dose panel and when to stop."""

from __future__ import annotations

from handouts.pages.blocks import Card, CardList
from handouts.pages.box import Box, mm
from handouts.pages.components.dose import panel_width, set_panel
from handouts.pages.components.heading import heading_width, set_heading
from handouts.pages.components.picture import set_drawing, set_row
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Tag

Spans = list[tuple[float, float]]


def set_exercises(setter: Setter, block: CardList, width: float, spans: Spans) -> list[Piece]:
    """One piece per card; the heading stays with the first. Cards may go to the next side, none is parted."""
    section = Tag("Sect")
    heading = _heading(setter, block, width, section)
    pieces = []
    for index, card in enumerate(block.cards):
        tag = section.add("Sect")
        box = Box(width)
        top = box.put(heading, 0, 0) if index == 0 else 0.0
        if index:
            box.items.append(rule(0, 0, width, setter.theme.rules.hairline, setter.ink))
        box.put(set_card(setter, card, width, spans, tag), 0, top)
        pieces.append(Piece(box, [section] if index == 0 else [], gap=None if index == 0 else 0.0, place=card.place))
    return pieces


def _heading(setter: Setter, block: CardList, width: float, section: Tag) -> Box:
    """Heading with the note beside it, and the time a day at the right end; what does not fit goes below."""
    styles, look = setter.theme.type, setter.theme.heading
    box = Box(width)
    heading = set_heading(setter, block.number, block.heading, width, section)
    baseline = heading.baselines[-1]
    used = heading_width(setter, block.number, block.heading)
    bottom = box.put(heading, 0, 0)
    note = setter.paragraph(block.note, styles.note, width, section.add("P"))
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
    if len(spans) == 1:
        return _set_narrow(setter, card, width, tag)
    look = setter.theme.card
    (_, figure_room), (text_x, text_room), (dose_x, dose_room) = spans
    title = _title(setter, card, text_room + dose_room, tag)
    # The picture is read before the steps, but its size follows from their height.
    read, pictures = len(tag.kids), Tag("Sect")
    steps = _steps(setter, card, text_room, tag)
    dose = set_panel(setter, card.dose, dose_room, steps.height, tag)
    height = max(steps.height, dose.height)
    stop = _stop(setter, card, width - text_x, tag)
    body = Box(width)
    y = body.put(title, text_x, 0) + mm(look.below_title)
    body.put(steps, text_x, y)
    body.put(dose, dose_x, y)
    body.put(stop, text_x, y + height + mm(look.above_stop))
    figure = _figure(setter, card, figure_room, body.height, pictures)
    tag.kids[read:read] = pictures.kids
    inner = max(body.height, figure.height)
    box = Box(width)
    padding = mm(look.padding)
    box.put(body, 0, padding + (inner - body.height) / 2)
    box.put(figure, 0, padding + (inner - figure.height) / 2)
    box.height = inner + 2 * padding
    if len(card.also) > 1:
        y = box.put(_also(setter, card, width, tag), 0, padding + inner + mm(look.above_also))
        box.height = y + padding
    return box


def _set_narrow(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    """One exercise on a panel: title, picture beside the dose, steps, when to stop."""
    look, figures = setter.theme.card, setter.theme.figure
    box = Box(width)
    y = box.put(_title(setter, card, width, tag), 0, mm(look.padding)) + mm(look.below_title)
    dose_width = max(panel_width(setter, card.dose), width - mm(figures.panel) - mm(figures.pair_gap))
    room = width - dose_width - mm(figures.pair_gap)
    ratio = card.figure.picture.height / card.figure.picture.width
    wide = min(room, mm(figures.card_height) / ratio)
    figure = set_drawing(setter, card.figure, wide, tag.add("Figure"))
    dose = set_panel(setter, card.dose, dose_width, 0.0, tag, stacked=True)
    height = max(figure.height, dose.height)
    box.put(figure, 0, y + (height - figure.height) / 2)
    box.put(dose, width - dose_width, y)
    y = box.put(_steps(setter, card, width, tag), 0, y + height + mm(look.below_title))
    y = box.put(_stop(setter, card, width, tag), 0, y + mm(look.above_stop))
    box.height = y + mm(look.padding)
    return box


def _figure(setter: Setter, card: Card, room: float, height: float, tag: Tag) -> Box:
    """The picture beside the steps; with one more, as the wrong and the right way beside each other."""
    if len(card.also) != 1:
        return set_drawing(setter, card.figure, _figure_width(setter, card, room, height), tag.add("Figure"))
    pair = (*card.also, card.figure)
    widths = [figure.picture.width for figure in pair]
    return set_row(setter, pair, widths, room, tag, mm(setter.theme.figure.pair_gap) / 2, small=True)


def _also(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    """The further pictures side by side, each as wide as it was drawn for, or all narrowed to go on one line."""
    look = setter.theme.figure
    widths = [figure.picture.width for figure in card.also]
    return set_row(setter, card.also, widths, width, tag, mm(look.pair_gap))


def _figure_width(setter: Setter, card: Card, room: float, height: float) -> float:
    """As large as the column and the text beside it allow, within the theme's bounds."""
    look, picture = setter.theme.figure, card.figure.picture
    ratio = picture.height / picture.width
    width = min(mm(look.card_most), room, max(height / ratio, mm(look.card)))
    return min(room, max(min(width, mm(look.card_height) / ratio), mm(look.card_least)))


def _title(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    style, indent = setter.theme.type.item, mm(setter.theme.card.letter)
    heading = tag.add("H3")
    box = Box(width)
    box.put(setter.paragraph(f"{card.letter} ", style, indent, heading, colour=setter.accent), 0, 0)
    box.put(setter.paragraph(card.name, style, width - indent, heading), indent, 0)
    return box


def _steps(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    style, indent = setter.theme.type.body, mm(setter.theme.card.number)
    listing = tag.add("L", numbering="Decimal")
    box = Box(width)
    y = 0.0
    for number, step in enumerate(card.steps, 1):
        item = listing.add("LI")
        box.put(setter.paragraph(str(number), style, indent, item.add("Lbl")), 0, y)
        y = box.put(setter.paragraph(step, style, width - indent, item.add("LBody"), balance=True), indent, y)
    return box


def _stop(setter: Setter, card: Card, width: float, tag: Tag) -> Box:
    """The label in bold, the condition after it; its second line hangs at the condition's left edge."""
    styles = setter.theme.type
    paragraph = tag.add("P")
    box = Box(width)
    word = setter.paragraph(f"{card.stop_label} ", styles.strong, width, paragraph)
    x = word.ink + mm(setter.theme.card.stop_gap)
    box.put(word, 0, 0)
    box.put(setter.paragraph(card.stop, styles.body, width - x, paragraph, balance=True), x, 0)
    return box
