"""The warning box: the one framed thing on the sheet, with every sign of both steps to tick."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from handouts.model import Text, place_of
from handouts.pages.blocks import SignStep, WarningBox
from handouts.pages.box import Box, mm
from handouts.pages.components.marks import check_item, label
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Align, Setter, rule
from handouts.pages.sheet import Rect, Shape, Tag


def set_warning(
    setter: Setter,
    block: WarningBox,
    width: float,
    gap: float,
    *,
    abreast: bool = False,
    going_on: str = "",
    continued: bool = False,
) -> Piece:
    """The framed box over `width` pt: heading, rule, and the steps side by side, `gap` pt apart.

    Where no face holds it whole, the steps stand `abreast` if the theme lets them, else each in a box of its own: the
    first says at its foot where the signs are `going_on`, a `continued` one has heading and rule again, for the eye.
    """
    look, line = setter.theme.warning, setter.theme.rules.frame
    left = line + mm(look.sides)
    inner = width - 2 * left
    section = Tag("Sect")
    box = Box(width, line + mm(look.top))
    if block.heading:
        above = _heading(setter, block, inner, Tag("Sect") if continued else section)
        box.height = box.put(above, left, box.height) + mm(look.below_heading)
    count = len(block.steps) if abreast or inner >= mm(look.beside) else 1
    column = (inner - gap * (count - 1)) / count
    columns = [_step(setter, step, column, section, block) for step in block.steps]
    _write_in(setter, block, columns, section)
    top = box.height
    for index, step_box in enumerate(columns):
        if count > 1:
            box.put(step_box, left + index * (column + gap), top)
        else:
            top = box.put(step_box, left, top) + mm(look.below_heading)
    if block.rule_below:
        sentence = setter.paragraph(block.rule, setter.theme.type.strong, inner, section.add("P"))
        box.put(sentence, left, box.height + mm(look.below_heading))
    if going_on:
        sentence = setter.paragraph(going_on, setter.theme.type.strong, inner, section.add("P"))
        box.put(sentence, left, box.height + mm(look.below_label))
    box.height += mm(look.bottom) + line
    box.items.insert(0, Rect(0, 0, width, box.height, stroke=setter.ink, line=line))

    piece = Piece(box, [section])
    if len(block.steps) > 1:
        piece.parts, *further = _forms(setter, block, width, gap, beside=count == 1 and inner >= mm(look.abreast))
        piece.otherwise = tuple(further)
    return piece


def _forms(
    setter: Setter, block: WarningBox, width: float, gap: float, *, beside: bool
) -> list[Callable[[], list[Piece]]]:
    """What may stand for the box: its steps `beside` each other after all; a box for each; less said in these."""
    abreast: list[Callable[[], list[Piece]]] = [lambda: [set_warning(setter, block, width, gap, abreast=True)]]
    return (abreast if beside else []) + [
        lambda: list(_parts(setter, block, width, gap, again=block.again)),
        lambda: list(_parts(setter, block, width, gap, again="")),
    ]


def _parts(setter: Setter, block: WarningBox, width: float, gap: float, *, again: str) -> Iterator[Piece]:
    """A box for each step, with heading and rule `again` where that word is given; then the first says what follows."""
    heading = Text(f"{block.heading}{again}", place_of(block.heading)) if block.heading and again else ""
    last = len(block.steps) - 1
    for index, step in enumerate(block.steps):
        one = replace(block, steps=(step,), heading=heading if index else block.heading)
        said = block.overleaf.replace("#", block.steps[index + 1].label) if index < last and again else ""
        yield set_warning(setter, one, width, gap, going_on=said, continued=index > 0)


def _heading(setter: Setter, block: WarningBox, width: float, section: Tag) -> Box:
    look, styles = setter.theme.warning, setter.theme.type
    box = Box(width)
    icon, height = _icon(setter), mm(look.icon)
    x = icon.width + mm(look.icon_gap)
    tag = section.add("H2")
    heading = setter.paragraph(block.heading, styles.heading, width - x, tag)
    drop = max(0.0, (height - heading.height) / 2)
    box.put(icon, 0, 0)
    beside = x + heading.ink
    bottom = box.put(heading, x, drop)
    fits = beside + mm(setter.theme.heading.note) + setter.width(block.rule, styles.strong) <= width
    align: Align = "right" if fits else "left"
    sentence = setter.paragraph(block.rule, styles.strong, width, section.add("P"), align=align)
    if fits:
        box.put(sentence, 0, box.baselines[0] - sentence.baselines[0])
        box.height = max(bottom, height)
    else:
        box.put(sentence, 0, bottom)
    return box


def _icon(setter: Setter) -> Box:
    """A triangle with an exclamation mark, drawn."""
    look = setter.theme.warning
    height, line = mm(look.icon), look.icon_line
    width = height * 1.14
    edge = line / 2
    triangle = [(width / 2, edge), (width - edge, height - edge), (edge, height - edge)]
    bar = width * 0.06
    middle = width / 2
    stem = [
        (middle - bar, height * 0.4),
        (middle + bar, height * 0.4),
        (middle + bar * 0.72, height * 0.67),
        (middle - bar * 0.72, height * 0.67),
    ]
    dot = [
        (middle - bar, height * 0.72),
        (middle + bar, height * 0.72),
        (middle + bar, height * 0.72 + 2 * bar),
        (middle - bar, height * 0.72 + 2 * bar),
    ]
    outline = Shape([triangle], stroke=setter.ink, line=line)
    return Box(width, height, [outline, Shape([stem, dot], fill=setter.ink)])


def _step(setter: Setter, step: SignStep, width: float, section: Tag, block: WarningBox) -> Box:
    look, styles = setter.theme.warning, setter.theme.type
    box = Box(width)
    # Without the heading, its sign stands before the urgent word.
    icon = _icon(setter) if step.urgent and not block.heading else Box(0.0)
    word = label(
        setter,
        step.label,
        styles.item,
        look.label_height,
        mm(look.label_padding),
        section.add("H3" if block.heading else "H2"),
        solid=step.urgent,
    )
    start = icon.width + (mm(look.icon_gap) if icon.width else 0.0)
    x = start + word.width + mm(look.label_gap)
    where = setter.paragraph(step.destination, styles.note, width - x, section.add("P"), balance=True)
    box.put(icon, 0, (look.label_height - icon.height) / 2)
    bottom = box.put(word, start, 0)
    # Label and destination share the label's middle, not a baseline: their sizes differ.
    bottom = max(bottom, box.put(where, x, max(0.0, (look.label_height - where.height) / 2)))
    y = bottom + mm(look.below_label)
    listing = section.add("L", numbering="None")
    for sign in step.signs:
        # The space is not drawn; it parts the number from the text for a reader by ear.
        text = f"{sign.text} " if sign.call else sign.text
        item, body = check_item(setter, _unbroken(setter, text, width), styles.check, width, listing, block.tick)
        if sign.call:
            _call(setter, item, body, sign.call, width)
        y = box.put(item, 0, y)
    box.height = y
    return box


def _unbroken(setter: Setter, text: str, width: float) -> str:
    """A sign without its hand-made breaks, which are for narrow faces, where it stands on one line."""
    joined = text.replace("\n", "")
    look = setter.theme.check
    if setter.width(joined, setter.theme.type.check) <= width - mm(look.size + look.gap):
        return Text(joined, place_of(text))
    return text


def _call(setter: Setter, item: Box, body: Tag, number: str, width: float) -> None:
    """The number to dial, framed, after the text of its sign (on a line of its own where there is no room)."""
    look, styles = setter.theme.warning, setter.theme.type
    line, padding = setter.theme.rules.box, mm(look.call_padding)
    indent = mm(setter.theme.check.size + setter.theme.check.gap)
    text = setter.paragraph(number, styles.unit, width, body)
    room = text.ink + 2 * padding
    x, baseline = item.ink + mm(look.call_gap), item.baselines[-1]
    if x + room > width:
        x, baseline = indent, baseline + styles.check.leading
        item.height += styles.check.leading
    top = baseline - 0.38 * styles.unit.size - styles.unit.leading / 2
    height = styles.unit.size + 2 * mm(1.0)
    frame = Rect(x, baseline - 0.38 * styles.unit.size - height / 2, room, height, stroke=setter.ink, line=line)
    bottom = item.height
    item.put(text, x + padding, top)
    item.items.append(frame)
    item.height = bottom


def _write_in(setter: Setter, block: WarningBox, columns: list[Box], section: Tag) -> None:
    """One write-in item under the second step, where its column is shorter by a line or more.

    Never under the first: whatever trouble is written there would send somebody to the emergency room.
    """
    if len(columns) < 2:
        return
    style, shorter = setter.theme.type.check, columns[-1]
    if max(column.height for column in columns) - shorter.height < style.leading - 0.01:
        return
    listing = section.kids[-1]
    assert isinstance(listing, Tag)
    assert listing.role == "L"
    item, _ = check_item(setter, block.other, style, shorter.width, listing, block.tick)
    look = setter.theme.check
    x = mm(look.size + look.gap) + setter.width(block.other, style) + mm(setter.theme.card.stop_gap)
    line = setter.theme.rules.hairline
    item.items.append(rule(x, item.baselines[0] + 2.0, shorter.width - x, line, setter.ink))
    shorter.put(item, 0, shorter.height)
