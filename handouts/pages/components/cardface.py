"""One face of a card to carry: what to do, the signs one under the other, whom to call."""

from __future__ import annotations

from handouts.model import place_of
from handouts.pages.blocks import CardFace, Sign
from handouts.pages.box import Box, mm
from handouts.pages.components.marks import check_item, label
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Rect, Tag

_FRAME = 0.2
"""pt that the frame of a number keeps from the lines above and below."""


def set_face(setter: Setter, block: CardFace, width: float) -> list[Piece]:
    """What to do, then each sign, then clinic and telephone at the foot, over `width` pt; no sign is left out.

    The signs are pieces of their own, so that room to spare goes between them.
    """
    styles = setter.theme.type
    section, foot = Tag("Sect"), Tag("Sect")
    top = Box(width)
    y = top.put(_head(setter, block, width, section), 0, 0) + mm(setter.theme.warning.below_label)
    if block.rule:
        y = top.put(setter.paragraph(block.rule, styles.strong, width, section.add("P")), 0, y)
    top.height = y
    listing = section.add("L", numbering="None")
    signs = [Piece(_sign(setter, sign, width, listing, block.tick), place=place_of(sign.text)) for sign in block.signs]
    end = Piece(_foot(setter, block, width, foot), [foot], bottom=True, place=signs[-1].place)
    return [Piece(top, [section]), *signs, end]


def _sign(setter: Setter, sign: Sign, width: float, listing: Tag, tick: str) -> Box:
    text = f"{sign.text} " if sign.call else sign.text
    item, body = check_item(setter, text, setter.theme.type.check, width, listing, tick)
    if sign.call:
        _call(setter, item, sign.call, body, width)
    return item


def _head(setter: Setter, block: CardFace, width: float, section: Tag) -> Box:
    """The step's label and where to go; at the right end, if there is room, the mark of a draft or the review."""
    look, styles, step = setter.theme.warning, setter.theme.type, block.step
    height = look.label_height
    word = label(setter, step.label, styles.item, height, mm(look.label_padding), section.add("H1"), solid=step.urgent)
    box = Box(width)
    bottom = box.put(word, 0, 0)
    x = word.width + mm(look.label_gap)
    where = setter.paragraph(step.destination, styles.strong, width - x, section.add("P"), balance=True)
    box.put(where, x, max(0.0, (height - where.height) / 2))
    if _stands_in_head(setter, block, width):
        state = _state(setter, block, section)
        box.put(state, width - state.width, (height - state.height) / 2)
    box.height = max(bottom, where.height)
    return box


def _stands_in_head(setter: Setter, block: CardFace, width: float) -> bool:
    """Whether the state has room at the right end of the first line."""
    look, styles = setter.theme.warning, setter.theme.type
    before = setter.width(block.step.label, styles.item) + 2 * mm(look.label_padding) + mm(look.label_gap)
    words = setter.width(block.step.destination, styles.strong) + mm(setter.theme.footer.gap)
    return before + words + _state(setter, block, Tag("Sect")).width <= width


def _state(setter: Setter, block: CardFace, section: Tag) -> Box:
    """The mark of a draft, an artifact as on every sheet (its line says it to a screen reader), or the review."""
    style = setter.theme.type.note
    if block.draft:
        return label(setter, block.draft, style, style.leading, mm(setter.theme.footer.gap) / 2, Tag("P"), solid=False)
    if not block.state:
        return Box(0.0)
    return setter.paragraph(block.state, style, setter.width(block.state, style) + 0.01, section.add("P"))


def _call(setter: Setter, item: Box, number: str, body: Tag, width: float) -> None:
    """The number to dial in a frame after the sign, within the height of its line, or on the next line."""
    look, style = setter.theme.warning, setter.theme.type.check
    strong = setter.theme.type.strong
    padding, wide = mm(look.call_padding), setter.width(number, strong)
    x, baseline = item.ink + mm(look.call_gap), item.baselines[-1]
    if x + wide + 2 * padding > width:
        x, baseline = mm(setter.theme.check.size + setter.theme.check.gap), baseline + style.leading
        item.height += style.leading
    bottom, height = item.height, style.leading - 2 * _FRAME
    text = setter.paragraph(number, strong, wide + 0.01, body)
    item.put(text, x + padding, baseline - text.baselines[0])
    top = baseline - 0.38 * strong.size - height / 2
    item.items.append(Rect(x, top, wide + 2 * padding, height, stroke=setter.ink, line=setter.theme.rules.box))
    item.height = bottom


def _foot(setter: Setter, block: CardFace, width: float, section: Tag) -> Box:
    """Clinic and telephone over a rule; below, on one face of the card, which edition it is."""
    look, rules, styles = setter.theme.footer, setter.theme.rules, setter.theme.type
    box = Box(width, items=[rule(0, 0, width, rules.section, setter.ink)])
    y = rules.section + mm(look.below_rule)
    clinic = setter.paragraph(block.clinic, styles.strong, width, section.add("P"))
    wide = setter.width(block.phone, styles.phone) + 0.01
    phone = setter.paragraph(block.phone, styles.phone, wide, section.add("P"))
    beside = clinic.ink + mm(look.gap) + wide <= width and len(clinic.baselines) == 1
    drop = max(0.0, phone.baselines[0] - clinic.baselines[0]) if beside else 0.0
    bottom = box.put(clinic, 0, y + drop)
    end = box.put(phone, width - wide, y if beside else bottom)
    # The line is as high as the clinic's name: the taller numbers stand in its white.
    box.height = bottom if beside else end
    if block.line:
        box.put(setter.paragraph(block.line, styles.note, width, section.add("P")), 0, box.height)
    if not _stands_in_head(setter, block, width):
        box.put(_state(setter, block, section), 0, box.height)
    return box
