"""What only folded sheets have: the cover, and the panel's end with the clinic, its hours, the code and the sources."""

from __future__ import annotations

from msgspec.structs import replace

from handouts.pages.blocks import ClinicPart, Cover
from handouts.pages.box import Box, mm
from handouts.pages.components.footer import set_code, set_hours, set_last_foot, set_place, set_sources
from handouts.pages.components.logo import set_logo
from handouts.pages.components.picture import set_drawing
from handouts.pages.components.piece import Piece
from handouts.pages.setter import Setter, rule
from handouts.pages.sheet import Rect, Tag

_FOOT = 180.0
"""mm: so wide, the clinic stands as it does at the foot of a page."""


def set_cover(setter: Setter, block: Cover, width: float) -> list[Piece]:
    """Bar, title in large lines, purpose and picture; the clinic's name stands at the foot of the panel."""
    look, styles = setter.theme.cover, setter.theme.type
    bar = mm(setter.theme.rules.bar)
    box = Box(width, bar, [Rect(0, 0, width, bar, fill=setter.accent)])
    tags = [Tag("H1"), Tag("P")]
    y = box.put(setter.paragraph(block.title, styles.cover, width, tags[0], balance=True), 0, bar + mm(look.title))
    y = box.put(
        setter.paragraph(block.purpose, styles.cover_purpose, width, tags[1], balance=True), 0, y + mm(look.purpose)
    )
    if block.notice:
        tags.append(Tag("P"))
        y = box.put(setter.paragraph(block.notice, styles.strong, width, tags[-1]), 0, y + mm(look.purpose) / 2)
    if block.ask:
        tags.append(Tag("P"))
        y = box.put(setter.paragraph(block.ask, styles.note, width, tags[-1]), 0, y + mm(look.above_figure))
    if block.figure:
        tags.append(Tag("Figure"))
        picture = block.figure.picture
        tallest = mm(look.height) * picture.width / picture.height
        wide = min(picture.width * look.enlarged, width, mm(look.figure), tallest)
        figure = set_drawing(setter, block.figure, wide, tags[-1])
        box.put(figure, (width - wide) / 2, y + mm(look.above_figure))
    foot = Box(width, items=[rule(0, 0, width, setter.theme.rules.section, setter.ink)])
    tag = Tag("P")
    _set_name(setter, block, foot, tag)
    return [Piece(box, tags, gap=0.0), Piece(foot, [tag], bottom=True)]


def _set_name(setter: Setter, block: Cover, foot: Box, tag: Tag) -> None:
    """The clinic's name below the rule, its logo before it."""
    look, style = setter.theme.cover, setter.theme.type.strong
    top = mm(setter.theme.footer.below_rule)
    logo = set_logo(block.logo, mm(look.logo), mm(look.logo_width)) if block.logo else None
    left = logo.width + mm(setter.theme.heading.note) / 2 if logo else 0.0
    name = setter.paragraph(block.clinic, style, foot.width - left, tag)
    if logo:
        tall = max(logo.height, name.height)
        foot.put(logo, 0, top + (tall - logo.height) / 2)
        top += (tall - name.height) / 2
    foot.put(name, left, top)


def set_clinic(setter: Setter, block: ClinicPart, width: float, *, sources: bool = True) -> Piece:
    """Name, telephone and address beside the code, hours, sources, edition and review; a foot where there is room."""
    if width >= mm(_FOOT):
        section = Tag("Sect")
        last = set_last_foot(setter, block.foot, width, block.sides, block.sides, section)
        return Piece(last, [section], bottom=True)
    look, rules, styles, foot = setter.theme.footer, setter.theme.rules, setter.theme.type, block.foot
    foot = foot if sources else replace(foot, sources=foot.sources_elsewhere)
    section = Tag("Sect")
    box = Box(width)
    box.items.append(rule(0, 0, width, rules.section, setter.ink))
    y = rules.section + mm(look.below_rule)
    size = mm(look.qr) if foot.url else 0.0
    room = width - size - (mm(look.gap) if size else 0.0)
    bottom = box.put(set_place(setter, foot, room, section), 0, y)
    if size:
        bottom = max(bottom, set_code(setter, foot, box, None, section))
    if foot.hours:
        bottom = box.put(set_hours(setter, foot, width, section), 0, bottom + mm(look.above_note))
    bottom = box.put(set_sources(setter, foot, width, section), 0, bottom + mm(look.above_note))
    box.put(setter.paragraph(foot.line, styles.note, width, section.add("P")), 0, bottom)
    return Piece(box, [section], bottom=True)
