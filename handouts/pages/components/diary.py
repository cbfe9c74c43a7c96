"""The diary: four weeks of boxes to tick for each exercise, the pain in numbers, room for notes and the next visit."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model import Text, place_of
from handouts.pages.blocks import Diary, DiaryEntry, NoteLines
from handouts.pages.box import Box, mm
from handouts.pages.components.closing import set_lines
from handouts.pages.components.fields import set_blanks
from handouts.pages.components.heading import set_heading
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Rect, Rule, Tag

WEEK = 7
WEEKS = 4
_TWO_COLUMNS = 140.0
"""mm at 12 pt: in less room the reasons to stop stand one under the other."""
_SLANT = 1.1
"""mm: half the width of the stroke between month and day."""


def set_diary(setter: Setter, block: Diary, width: float, gutter: float) -> list[Piece]:
    """How to fill it in with what to stop for, a strip of weeks per piece, and the next visit, over `width` pt."""
    section, visit = Tag("Sect"), Tag("Sect")
    pieces = [Piece(_opening(setter, block, width, gutter, section), [section], keep=True)]
    per_strip = setter.theme.diary.weeks
    for first in range(1, WEEKS + 1, per_strip):
        weeks = range(first, min(first + per_strip, WEEKS + 1))
        strip = _Undated(setter, block, width, weeks)
        pieces.append(Piece(strip.set(section), gap=mm(setter.theme.diary.strips)))
    pieces.append(_visit(setter, block, width, visit, 0.0))
    for piece in pieces:
        piece.place = place_of(block.entries[0].name)
    return pieces


def _opening(setter: Setter, block: Diary, width: float, gutter: float, section: Tag) -> Box:
    look, styles = setter.theme.heading, setter.theme.type
    box = Box(width)
    y = box.put(set_heading(setter, block.number, block.heading, width, section), 0, 0)
    y = box.put(setter.paragraph(block.note, styles.body, width, section.add("P"), balance=True), 0, y)
    y = box.put(setter.paragraph(block.stop_label, styles.strong, width, section.add("H3")), 0, y + mm(look.below))
    listing = section.add("L", numbering="None")
    count = 2 if width >= mm(_TWO_COLUMNS) * setter.scale else 1
    room = (width - gutter * (count - 1)) / count
    for start in range(0, len(block.entries), count):
        items = [_stop(setter, entry, room, listing) for entry in block.entries[start : start + count]]
        for index, item in enumerate(items):
            box.put(item, index * (room + gutter), y)
        y += max(item.height for item in items)
    box.height = y
    return box


def _stop(setter: Setter, entry: DiaryEntry, width: float, listing: Tag) -> Box:
    styles, indent = setter.theme.type, mm(setter.theme.card.letter)
    item = listing.add("LI")
    box = Box(width)
    label = setter.paragraph(entry.letter, styles.strong, indent, item.add("Lbl"), colour=setter.accent)
    box.put(label, 0, 0)
    box.put(setter.paragraph(entry.stop, styles.body, width - indent, item.add("LBody"), balance=True), indent, 0)
    return box


def _visit(setter: Setter, block: Diary, width: float, section: Tag, extra: float) -> Piece:
    """The date to come again, whose sheet it is that is brought, and lines to write on that take `extra` pt."""
    styles, look = setter.theme.type, setter.theme.heading
    box = Box(width)
    y = box.put(set_heading(setter, block.number + 1, block.visit, width, section), 0, 0) + mm(look.below)
    y = box.put(set_blanks(setter, block.when, styles.item, width, section.add("P")), 0, y + mm(look.below))
    y = box.put(setter.paragraph(block.bring, styles.body, width, section.add("P")), 0, y + mm(look.below) / 2)
    y = box.put(set_blanks(setter, block.name, styles.item, width, section.add("P")), 0, y + mm(look.below))
    box.put(set_lines(setter, NoteLines(block.memo, 2), width, section, extra), 0, y)
    return Piece(box, [section], grow=lambda more: _visit(setter, block, width, Tag("Sect"), more))


class Strip:
    """One table of some weeks side by side: a column of labels, then the days, the weeks a little apart."""

    def __init__(self, setter: Setter, width: float, weeks: Sequence[int]) -> None:
        self.setter, self.width, self.weeks = setter, width, weeks
        look = setter.theme.diary
        self.label = mm(look.name + look.mark)
        self.day = (width - self.label - mm(look.gap) * (len(weeks) - 1)) / (WEEK * len(weeks))

    def days(self) -> list[tuple[float, int]]:
        """Left edge in pt and number of each day, from 1."""
        gap = mm(self.setter.theme.diary.gap)
        first = (self.weeks[0] - 1) * WEEK
        count = WEEK * len(self.weeks)
        return [(self.label + self.day * n + gap * (n // WEEK), first + n + 1) for n in range(count)]

    def set_rules(self, box: Box, y: float, line: float, *, whole: bool = True) -> None:
        """A rule under a row, parted between the weeks; over the label's column only where a row ends whole."""
        gap = mm(self.setter.theme.diary.gap)
        week = self.day * WEEK
        start = 0.0 if whole else mm(self.setter.theme.diary.name)
        box.items.append(rule(start, y, self.label + week - start, line, self.setter.ink))
        for index in range(1, len(self.weeks)):
            box.items.append(rule(self.label + index * (week + gap), y, week, line, self.setter.ink))

    def set_entry(self, box: Box, y: float, entry: DiaryEntry, table: Tag) -> float:
        """One exercise: its name and dose, and a row of boxes for each leg and each time a day."""
        setter, look = self.setter, self.setter.theme.diary
        styles, rules = setter.theme.type, setter.theme.rules
        first = table.add("TR")
        head = first.add("TH", scope="Row")
        name = Box(mm(look.name))
        indent = mm(setter.theme.card.letter)
        name.put(setter.paragraph(f"{entry.letter} ", styles.strong, indent, head, colour=setter.accent), 0, 0)
        bottom = name.put(setter.paragraph(entry.name, styles.strong, mm(look.name) - indent, head), indent, 0)
        if entry.dose:
            dose = setter.paragraph(entry.dose, styles.note, mm(look.name) - indent, head, balance=True)
            name.put(dose, indent, bottom)
        height = max(mm(look.row), (name.height + mm(look.air)) / len(entry.marks))
        whole = height * len(entry.marks)
        # Of several rows the first ones carry the name; of one row, the name stands in its middle.
        box.put(name, 0, y + (mm(look.air) / 2 if len(entry.marks) > 1 else (whole - name.height) / 2))
        for index, mark in enumerate(entry.marks):
            row = first if index == 0 else table.add("TR")
            cell = head if index == 0 else row.add("TH", scope="Row", actual_text=f"{entry.letter} {entry.name} {mark}")
            if mark:
                text = setter.paragraph(mark, styles.note, mm(look.mark), cell)
                box.put(text, self.label - text.ink - mm(look.gap), y + (height - text.height) / 2)
            self._boxes(box, y, height, row, mm(look.box), mm(look.box), rules.box)
            y += height
            self.set_rules(box, y, rules.hairline, whole=index == len(entry.marks) - 1)
        return y

    def _boxes(self, box: Box, y: float, height: float, row: Tag, wide: float, high: float, line: float) -> None:
        """A box in the middle of each day; its cell is empty to a reader by ear, as it is on paper."""
        for x, _ in self.days():
            row.add("TD")
            left, top = x + (self.day - wide) / 2, y + (height - high) / 2
            box.items.append(Rect(left, top, wide, high, stroke=self.setter.ink, line=line))

    def set_pain(self, box: Box, y: float, word: str, row: Tag) -> float:
        """A box for a number under each day."""
        look = self.setter.theme.diary
        height = mm(look.row)
        self._label(box, y, height, word, row)
        wide, high = min(self.day - mm(look.air), mm(look.pain)), mm(look.box)
        self._boxes(box, y, height, row, wide, high, self.setter.theme.rules.hairline)
        self.set_rules(box, y + height, self.setter.theme.rules.hairline)
        return y + height

    def _label(self, box: Box, y: float, height: float, word: str, row: Tag) -> None:
        style = self.setter.theme.type.strong
        text = self.setter.paragraph(word, style, self.label, row.add("TH", scope="Row"))
        box.put(text, 0, y + (height - text.height) / 2)


class _Undated(Strip):
    """Days that are numbered, with room to write their dates, and a row for notes."""

    def __init__(self, setter: Setter, block: Diary, width: float, weeks: Sequence[int]) -> None:
        super().__init__(setter, width, weeks)
        self.block = block

    def set(self, section: Tag) -> Box:
        """The strip with its table."""
        table = section.add("Table")
        box = Box(self.width)
        y = self._head(box, table.add("TR"))
        y = self._dates(box, y, table.add("TR"))
        for entry in self.block.entries:
            y = self.set_entry(box, y, entry, table)
        y = self.set_pain(box, y, self.block.pain, table.add("TR"))
        box.height = self._memo(box, y, table.add("TR"))
        return box

    def _head(self, box: Box, row: Tag) -> float:
        """The weeks, and a number over each day."""
        styles, rules = self.setter.theme.type, self.setter.theme.rules
        words = Text(self.block.weeks.replace("#", "・".join(map(str, self.weeks))), place_of(self.block.weeks))
        title = self.setter.paragraph(words, styles.strong, self.label, row.add("TH", scope="Column"))
        height = max(title.height, styles.note.leading)
        box.put(title, 0, height - title.height)
        for x, number in self.days():
            text = self.setter.paragraph(str(number), styles.note, self.day, row.add("TH", scope="Column"))
            box.put(text, x + (self.day - text.ink) / 2, title.baselines[0] - text.baselines[0])
        self.set_rules(box, height, rules.table)
        return height + rules.table

    def _dates(self, box: Box, y: float, row: Tag) -> float:
        """A stroke between month and day, to be written by hand."""
        height = mm(self.setter.theme.diary.row)
        self._label(box, y, height, self.block.date, row)
        slant, middle = mm(_SLANT) * self.setter.scale, y + height / 2
        for x, _ in self.days():
            row.add("TD")
            at = x + self.day / 2
            line = self.setter.theme.rules.hairline
            box.items.append(
                Rule(at - slant, middle + 2 * slant, at + slant, middle - 2 * slant, line, self.setter.ink)
            )
        self.set_rules(box, y + height, self.setter.theme.rules.hairline)
        return y + height

    def _memo(self, box: Box, y: float, row: Tag) -> float:
        """Room to write in for each week."""
        height = mm(self.setter.theme.diary.row)
        self._label(box, y, height, self.block.memo, row)
        for _ in self.days():
            row.add("TD")
        self.set_rules(box, y + height, self.setter.theme.rules.hairline)
        return y + height + self.setter.theme.rules.hairline
