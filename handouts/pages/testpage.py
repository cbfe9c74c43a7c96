"""The test page: a sheet by which a clinic sees whether its printer keeps sizes, greys, edges, both sides and folds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handouts.faces import Stack
from handouts.model import Clinic, Layout, PrintTest, PrintTestPart, Theme, TypeStyle
from handouts.pages.blocks import Head
from handouts.pages.box import PT_PER_MM, Box, mm
from handouts.pages.components.gauges import (
    colours,
    corner_marks,
    edge_steps,
    hatch,
    register_mark,
    ruler,
    wedge,
)
from handouts.pages.components.header import set_header
from handouts.pages.components.heading import set_heading
from handouts.pages.setter import Setter, once, rule
from handouts.pages.sheet import Document, Rule, Sheet, Tag
from handouts.problems import Problem, Problems
from handouts.text.markup import plain

WIDTH, HEIGHT = 210.0, 297.0
"""mm: A4."""
LEFT, TOP, FOOT = 20.0, 18.0, 274.0
"""mm: where the text begins, and where it ends: outside is room for marks."""
GAP, GUTTER = 5.0, 6.0
HALF = (WIDTH - 2 * LEFT - GUTTER) / 2
REGISTER = (85.0, 212.0)
"""mm from the upper edge: marks at both sides, half-way into the margin."""
COLUMNS = 6
"""Layouts whose folds stand side by side on one side of the paper."""


@dataclass(frozen=True, slots=True)
class FoldPlan:
    """The folds of a layout, or of one of its printed sides: mm from the left edge of A4 across, and from its upper."""

    name: str
    along: tuple[float, ...]
    across: tuple[float, ...]


def fold_plans(layouts: Sequence[Layout], sides: tuple[str, str]) -> list[FoldPlan]:
    """What there is to fold on A4 across; a layout whose sides differ has a plan for each."""
    plans = []
    for layout in layouts:
        page = layout.saddle.sheet if layout.saddle else layout.page
        if (page.width, page.height) != (HEIGHT, WIDTH):
            continue
        found = {side: _folds(layout, side) for side in (1, 2)}
        if layout.saddle:
            found = {1: ((page.width / 2,), ()), 2: ((), ())}
        if found[1] in (found[2], ((), ())) or found[2] == ((), ()):
            along, across = found[1] if any(found[1]) else found[2]
            plans += [FoldPlan(plain(layout.name), along, across)] if along or across else []
            continue
        plans += [FoldPlan(f"{plain(layout.name)} {sides[side - 1]}", *found[side]) for side in (1, 2)]
    return plans


def _folds(layout: Layout, side: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    folds = [fold for fold in layout.folds if fold.side == side and not fold.cut]
    along = sorted({fold.x for fold in folds if fold.x is not None})
    return tuple(along), tuple(sorted({fold.y for fold in folds if fold.y is not None}))


def set_test_page(
    words: PrintTest, layouts: Sequence[Layout], theme: Theme, faces: Mapping[str, Stack], clinic: Clinic, printed: date
) -> Document:
    """Front: sizes, greys, type, colours, edges. Back: both sides, folds. Raises Problems where words have no room."""
    setter = Setter(faces, theme)
    root = Tag("Document")
    plans = fold_plans(layouts, words.fold_sides)
    groups = [plans[start : start + COLUMNS] for start in range(0, len(plans), COLUMNS)] or [[]]
    sheets = [_front(setter, words, clinic, root)]
    sheets += [_back(setter, words, group, root, index) for index, group in enumerate(groups, 1)]
    for number, sheet in enumerate(sheets, 1):
        _foot(setter, words, sheet, printed, f"{number} / {len(sheets)}")
    if setter.problems:
        raise Problems(once(setter.problems))
    return Document(sheets, root, plain(words.title), plain(clinic.name), date=printed.isoformat())


def _front(setter: Setter, words: PrintTest, clinic: Clinic, root: Tag) -> Sheet:
    sheet, box, width = Sheet(mm(WIDTH), mm(HEIGHT)), Box(mm(WIDTH)), mm(WIDTH - 2 * LEFT)
    left, right, half = mm(LEFT), mm(LEFT + HALF + GUTTER), mm(HALF)
    header = set_header(setter, Head(words.title, words.purpose, words.lead, clinic.name, ""), width)
    root.kids += header.tags
    y = box.put(header.box, left, mm(TOP)) + mm(GAP)
    y = box.put(_sizes(setter, words.ruler, width, root), left, y) + mm(GAP)
    shade = _part(setter, words.shade, 2, half, tag := root.add("Sect"))
    shade.put(wedge(setter, words.shade.alt or "", half, tag.add("Figure")), 0, shade.height + mm(1.5))
    bottom = box.put(shade, left, y)
    y = max(bottom, box.put(_hatches(setter, words, half, root), right, y)) + mm(GAP)
    bottom = box.put(_samples(setter, words, half, root), left, y)
    colour = _part(setter, words.colour, 5, half, tag := root.add("Sect"))
    colour.put(
        colours(setter, words.accent_sample, words.colour.alt or "", half, tag.add("Figure")), 0, colour.height + mm(2)
    )
    y = max(bottom, box.put(colour, right, y)) + mm(GAP)
    y = box.put(_part(setter, words.edge, 6, width, tag := root.add("Sect")), left, y)
    _check_room(setter, words.edge, y)
    for edge in ("top", "left", "right", "bottom"):
        box.put(edge_steps(setter, edge, sheet, words.edge.alt or "", tag.add("Figure")), 0, 0)
    return _finished(sheet, box, 0)


def _back(setter: Setter, words: PrintTest, plans: Sequence[FoldPlan], root: Tag, index: int) -> Sheet:
    sheet, box, width = Sheet(mm(WIDTH), mm(HEIGHT)), Box(mm(WIDTH)), mm(WIDTH - 2 * LEFT)
    y = box.put(_part(setter, words.folds, 7, width, tag := root.add("Sect")), mm(LEFT), mm(TOP))
    _set_folds(setter, box, plans, y + mm(GAP) / 2, tag)
    lowest = max((at for plan in plans for at in plan.along), default=0.0)
    both = _part(setter, words.both, 8, width, root.add("Sect"))
    y = box.put(both, mm(LEFT), max(mm(lowest) + setter.theme.type.strong.leading + mm(GAP), box.height))
    _check_room(setter, words.both, y)
    return _finished(sheet, box, index)


def _finished(sheet: Sheet, box: Box, index: int) -> Sheet:
    """The sheet with its items, corner marks, and the marks by which both sides are compared."""
    sheet.items += box.items
    sheet.items += corner_marks(sheet)
    for y in REGISTER:
        for x in (LEFT - 5, WIDTH - LEFT + 5):
            sheet.items += register_mark(mm(x), mm(y))
    for figure in box.figures:
        figure.sheet = index
    return sheet


def _part(setter: Setter, part: PrintTestPart, number: int, width: float, tag: Tag) -> Box:
    """Heading and texts."""
    box = Box(width)
    y = box.put(set_heading(setter, number, part.heading, width, tag), 0, 0) + mm(setter.theme.heading.below)
    return _texts(setter, part, width, tag, box, y)


def _texts(setter: Setter, part: PrintTestPart, width: float, tag: Tag, box: Box, y: float, x: float = 0.0) -> Box:
    for text in part.texts:
        y = box.put(setter.paragraph(text, setter.theme.type.body, width - x, tag.add("P")), x, y)
    return box


def _sizes(setter: Setter, part: PrintTestPart, width: float, root: Tag) -> Box:
    """The ruler down at the left; the one across, and what to do, beside it."""
    tag = root.add("Sect")
    box = Box(width)
    top = box.put(set_heading(setter, 1, part.heading, width, tag), 0, 0) + mm(setter.theme.heading.below + 1)
    box.put(ruler(setter, part.alt or "", tag.add("Figure"), down=True), mm(2), top)
    x = mm(30)
    y = box.put(ruler(setter, part.alt or "", tag.add("Figure"), down=False), x, top) + mm(3)
    return _texts(setter, part, width, tag, box, y, x)


def _hatches(setter: Setter, words: PrintTest, width: float, root: Tag) -> Box:
    """Squares of slanting lines side by side, the name of each below it."""
    tag = root.add("Sect")
    box = _part(setter, words.hatch, 3, width, tag)
    y, cell = box.height + mm(1.5), width / len(words.hatches)
    for index, sample in enumerate(words.hatches):
        alt = f"{words.hatch.alt}: {plain(sample.label)}"
        bottom = box.put(hatch(setter, sample, mm(11), alt, tag.add("Figure")), index * cell, y)
        box.put(setter.paragraph(sample.label, setter.theme.type.cell, cell, tag.add("P")), index * cell, bottom)
    return box


def _samples(setter: Setter, words: PrintTest, width: float, root: Tag) -> Box:
    """Words in each size, its number before them."""
    tag = root.add("Sect")
    box = _part(setter, words.type, 4, width, tag)
    y, indent = box.height + mm(1), mm(19)
    for sample in words.samples:
        style = TypeStyle(size=sample.size, leading=1.5 * sample.size)
        line = tag.add("P")
        text = setter.paragraph(sample.text, style, width - indent, line)
        size = setter.paragraph(f"{sample.size:g} pt ", setter.theme.type.cell, indent, line)
        line.kids.reverse()
        box.put(size, 0, y + text.baselines[0] - size.baselines[0])
        y = box.put(text, indent, y)
    return box


def _set_folds(setter: Setter, box: Box, plans: Sequence[FoldPlan], top: float, tag: Tag) -> None:
    """Each plan's name, and below it a line at every fold, its distance from the edge under the line."""
    styles, width = setter.theme.type, mm(WIDTH - 2 * LEFT)
    gutter = mm(3)
    room = (width + gutter) / max(len(plans), 1) - gutter
    for index, plan in enumerate(plans):
        x = mm(LEFT) + index * (room + gutter)
        box.put(setter.paragraph(plan.name, styles.note, room, tag.add("H3"), balance=True), x, top)
        for at in plan.along:
            box.items.append(Rule(x, mm(at), x + room, mm(at), 0.75))
            box.put(setter.paragraph(f"{at:g}", styles.strong, room, tag.add("P")), x, mm(at + 0.4))
    across: dict[float, list[str]] = {}
    for plan in plans:
        for at in plan.across:
            # What is the upper edge of a sheet across is the right edge of this one.
            across.setdefault(WIDTH - at, []).append(plan.name)
    for at, names in sorted(across.items()):
        for start in (8.0, HEIGHT - 17):
            box.items.append(Rule(mm(at), mm(start), mm(at), mm(start + 9), 0.75))
        said = f"{WIDTH - at:g} mm {'・'.join(names)}"
        box.put(setter.paragraph(said, styles.note, mm(WIDTH - LEFT - at), tag.add("P")), mm(at + 2), mm(11.5))


def _check_room(setter: Setter, part: PrintTestPart, y: float) -> None:
    if y > mm(FOOT):
        message = f"試し刷りの1面の高さを {(y - mm(FOOT)) / PT_PER_MM:.1f} mm 超えています。"
        setter.problems.append(Problem(part.place, message, "test-page.yaml の言葉を短くしてください。"))


def _foot(setter: Setter, words: PrintTest, sheet: Sheet, printed: date, pages: str) -> None:
    """Title and date at the left, n / N at the right."""
    width, style = mm(WIDTH - 2 * LEFT), setter.theme.type.note
    box = Box(width, 0.0, [rule(0, 0, width, setter.theme.rules.hairline, setter.ink)])
    said = f"{words.title} {printed.year}年{printed.month}月{printed.day}日"
    box.put(setter.paragraph(said, style, width, Tag("P")), 0, mm(0.6))
    box.put(setter.paragraph(pages, style, width, Tag("P"), align="right"), 0, mm(0.6))
    box.shift(mm(LEFT), mm(FOOT + 2))
    sheet.items += box.items
    sheet.running |= {id(item) for item in box.items}
