"""The parts of a personalised sheet below its head: two exercises abreast, days to tick, notes, the next visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from handouts.model import place_of
from handouts.pages.blocks import Card, CardList
from handouts.pages.box import Box, mm
from handouts.pages.components.diary import WEEK, Strip
from handouts.pages.components.dose import panel_width, set_panel
from handouts.pages.components.exercise import exercises_heading, set_steps, set_stop, set_title
from handouts.pages.components.fields import blanks_width, set_blanks
from handouts.pages.components.heading import heading_width, set_heading
from handouts.pages.components.marks import square_item
from handouts.pages.components.picture import set_drawing
from handouts.pages.components.piece import Piece
from handouts.pages.personal import DayDiary, NextVisit, NoteList
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Tag

WEEKDAYS = "月火水木金土日"
_TWO_COLUMNS = 140.0
"""mm at 12 pt: in less room notes stand one under the other."""


def set_abreast(setter: Setter, block: CardList, width: float, spans: Sequence[tuple[float, float]]) -> Piece:
    """As many cards as spans, side by side: what belongs together in them stands on one height."""
    section, look = Tag("Sect"), setter.theme.card
    box = Box(width)
    y = box.put(exercises_heading(setter, block, width, section), 0, 0) + mm(look.padding)
    tags = [section.add("Sect") for _ in block.cards]
    high = max(_panel_height(setter, card, room) for card, (_, room) in zip(block.cards, spans, strict=True))
    parts: list[tuple[float, Callable[[Setter, Card, float, Tag], Box]]] = [
        (0.0, set_title),
        (mm(look.below_title), partial(_picture_and_dose, high=high)),
        (mm(look.below_title), set_steps),
        (mm(look.above_stop), set_stop),
    ]
    for gap, part in parts:
        y += gap
        row = [part(setter, card, room, tag) for card, (_, room), tag in zip(block.cards, spans, tags, strict=True)]
        for one, (x, _) in zip(row, spans, strict=True):
            box.put(one, x, y)
        y += max(one.height for one in row)
    box.height = y + mm(look.padding)
    return Piece(box, [section], place=block.cards[0].place)


def _drawn_width(setter: Setter, card: Card, width: float) -> tuple[float, float]:
    """Width of a card's picture, and of the dose panel beside it."""
    look, picture = setter.theme.figure, card.figure.picture
    panel = max(panel_width(setter, card.dose), width - mm(look.panel + look.pair_gap))
    return min(width - panel - mm(look.pair_gap), mm(look.card_height) * picture.width / picture.height), panel


def _panel_height(setter: Setter, card: Card, width: float) -> float:
    """As high as the picture, and as the rows of the dose ask with air between them."""
    picture, (wide, _) = card.figure.picture, _drawn_width(setter, card, width)
    return max(wide * picture.height / picture.width, len(card.dose) * mm(setter.theme.dose.row))


def _picture_and_dose(setter: Setter, card: Card, width: float, tag: Tag, *, high: float) -> Box:
    """The picture, and at the right, `high` pt, the dose with its labels above the values."""
    wide, panel = _drawn_width(setter, card, width)
    figure = set_drawing(setter, card.figure, wide, tag.add("Figure"))
    dose = set_panel(setter, card.dose, panel, high, tag, stacked=True, stretch=True)
    box = Box(width)
    box.put(figure, 0, (max(figure.height, dose.height) - figure.height) / 2)
    box.put(dose, width - panel, 0)
    return box


def fits_abreast(cards: Sequence[Card]) -> bool:
    """Whether cards may stand side by side: two, neither with a further picture."""
    return len(cards) == 2 and not any(card.also for card in cards)


def set_day_diary(setter: Setter, block: DayDiary, width: float) -> list[Piece]:
    """The heading with how to fill it in, and a strip of days per piece."""
    section = Tag("Sect")
    styles, look = setter.theme.type, setter.theme.heading
    opening = Box(width)
    y = opening.put(set_heading(setter, block.number, block.heading, width, section), 0, 0)
    x = heading_width(setter, block.number, block.heading) + mm(look.note)
    baseline = opening.baselines[-1]
    beside = x + setter.width(block.note, styles.note) <= width
    note = setter.paragraph(block.note, styles.note, width - x if beside else width, section.add("P"))
    opening.put(note, *((x, baseline - note.baselines[0]) if beside else (0.0, y)))
    opening.height = y if beside else y + note.height
    per_strip = WEEK * setter.theme.diary.weeks
    pieces = []
    for first in range(0, len(block.days), per_strip):
        strip = _Dated(setter, block, width, block.days[first : first + per_strip]).set(section)
        if first:
            pieces.append(Piece(strip, gap=mm(setter.theme.diary.strips)))
            continue
        # The first strip never parts from its heading.
        opening.put(strip, 0, opening.height + mm(look.below))
        pieces.append(Piece(opening, [section]))
    for piece in pieces:
        piece.place = place_of(block.heading)
    return pieces


class _Dated(Strip):
    """Days with their dates over their weekdays, as many as there are."""

    def __init__(self, setter: Setter, block: DayDiary, width: float, dates: Sequence[date]) -> None:
        super().__init__(setter, width, range(1, setter.theme.diary.weeks + 1))
        self.block, self.dates = block, dates
        if not any(mark for entry in block.entries for mark in entry.marks):
            self.label = mm(setter.theme.diary.name)
            gaps = mm(setter.theme.diary.gap) * (setter.theme.diary.weeks - 1)
            self.day = (width - self.label - gaps) / (WEEK * setter.theme.diary.weeks)

    def days(self) -> list[tuple[float, int]]:
        """Left edge in pt and number of each day there is, from 1."""
        return super().days()[: len(self.dates)]

    def set_rules(self, box: Box, y: float, line: float, *, whole: bool = True) -> None:
        """A rule under a row, in each week as far as there are days."""
        start = 0.0 if whole else mm(self.setter.theme.diary.name)
        for first in range(0, len(self.dates), WEEK):
            (left, _), (right, _) = self.days()[first], self.days()[first : first + WEEK][-1]
            left = left if first else start
            box.items.append(rule(left, y, right + self.day - left, line, self.setter.ink))

    def set(self, section: Tag) -> Box:
        """The strip with its table."""
        table = section.add("Table")
        box = Box(self.width)
        y = self._head(box, table.add("TR"))
        for entry in self.block.entries:
            y = self.set_entry(box, y, entry, table)
        box.height = self.set_pain(box, y, self.block.pain, table.add("TR"))
        return box

    def _head(self, box: Box, row: Tag) -> float:
        """Dates over weekdays; the month only with the first day and with the first of a month."""
        row.add("TD")
        style, height = self.setter.theme.type.cell, 0.0
        for (x, number), day in zip(self.days(), self.dates, strict=True):
            tag = row.add("TH", scope="Column", actual_text=spoken(day))
            month = f"{day.month}/" if number == 1 or day.day == 1 else ""
            height = 0.0
            for before, word in ((month, str(day.day)), ("", WEEKDAYS[day.weekday()])):
                wide = self.setter.width(before + word, style)
                # The first day stands in the middle of its column; its month hangs out to the left.
                hung = wide - self.setter.width(word, style) if before and number == 1 else 0.0
                left = x + (self.day - wide - hung) / 2
                height = box.put(self.setter.paragraph(before + word, style, wide + 0.01, tag), left, height)
        rules = self.setter.theme.rules
        self.set_rules(box, height, rules.table)
        return height + rules.table


def spoken(day: date) -> str:
    """A day as it is said: 12月7日(月)."""
    return f"{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})"


def set_note_list(setter: Setter, block: NoteList, width: float, section: Tag) -> Box:
    """Heading and sentences, each with a square; in two columns where all of them stand on one line there."""
    styles, gutter = setter.theme.type, mm(setter.theme.figure.pair_gap)
    box = Box(width)
    y = box.put(set_heading(setter, block.number, block.heading, width, section), 0, 0)
    y += mm(setter.theme.heading.below)
    listing = section.add("L", numbering="Disc")
    half = (width - gutter) / 2
    room = half - mm(setter.theme.item.indent)
    wide = width >= mm(_TWO_COLUMNS) * setter.scale and len(block.items) > 1
    two = wide and all(setter.width(item, styles.body) <= room for item in block.items)
    for start in range(0, len(block.items), 2 if two else 1):
        column = half if two else width
        items = block.items[start : start + (2 if two else 1)]
        row = [square_item(setter, item, styles.body, column, listing) for item in items]
        for index, one in enumerate(row):
            box.put(one, index * (half + gutter), y)
        y += max(one.height for one in row)
    box.height = y
    return box


def note_pieces(setter: Setter, block: NoteList, width: float) -> list[Piece]:
    """Heading and first sentence, then each further one: for notes that no side holds whole."""
    section = Tag("Sect")
    listing, style = Tag("L", numbering="Disc"), setter.theme.type.body
    top = Box(width)
    y = top.put(set_heading(setter, block.number, block.heading, width, section), 0, 0)
    section.kids.append(listing)
    pieces = []
    for index, item in enumerate(block.items):
        box = Box(width) if index else top
        one = square_item(setter, item, style, width, listing)
        box.put(one, 0, 0.0 if index else y + mm(setter.theme.heading.below))
        pieces.append(Piece(box, [] if index else [section], 0.0 if index else None, place=place_of(item)))
    return pieces


def set_visit(setter: Setter, block: NextVisit, width: float, section: Tag) -> Box:
    """Rule and heading; the day and time large at the right end of its line, or a blank after it; what to bring."""
    styles, look, rules = setter.theme.type, setter.theme.heading, setter.theme.rules
    box = Box(width, items=[rule(0, 0, width, rules.section, setter.ink)])
    heading = setter.paragraph(block.heading, styles.heading, width, section.add("H2"))
    box.put(heading, 0, rules.section + mm(look.above))
    left = heading.ink + mm(look.note)
    free = left, width
    if block.when:
        wide = setter.width(block.when, styles.heading)
        when = setter.paragraph(block.when, styles.heading, wide + 0.01, section.add("P"))
        fits = left + wide <= width
        free = (left if fits else 0.0), width - wide - mm(look.note)
        _beside(box, when, width - wide, fits=fits)
    else:
        wide = blanks_width(setter, block.blank, styles.item)
        fits = left + wide <= width
        blank = set_blanks(setter, block.blank, styles.item, min(wide, width), section.add("P"))
        _beside(box, blank, left if fits else 0.0, fits=fits)
        free = (left if fits else 0.0) + wide + mm(look.note), width
    start, end = free
    wide = setter.width(block.bring, styles.body)
    fits = start + wide <= end
    bring = setter.paragraph(block.bring, styles.body, wide + 0.01 if fits else width, section.add("P"))
    _beside(box, bring, start if fits else 0.0, fits=fits)
    return box


def _beside(box: Box, words: Box, x: float, *, fits: bool) -> None:
    """Words on the last baseline where they fit there, else on a line of their own."""
    box.put(words, x, box.last_baseline - words.baselines[0] if fits else box.height)
