"""The rules of `handouts verify`: one function each, with its limit and its source."""

from __future__ import annotations

from handouts.checks.file.rules import fonts, ink, linebreaks, paper, pictures, position, privacy, structure, type
from handouts.checks.file.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    paper.all_looked_at,
    paper.paper_size,
    paper.no_text,
    type.text_size,
    type.body_size,
    type.note_size,
    type.contrast_on_ground,
    fonts.hidden,
    position.edge,
    position.fold,
    position.text_on_text,
    position.text_on_picture,
    position.panel,
    linebreaks.line_start,
    linebreaks.line_end,
    linebreaks.last_line,
    fonts.unmapped,
    fonts.missing_glyph,
    fonts.font_embedded,
    structure.tagged,
    structure.untagged_content,
    structure.language,
    structure.title,
    structure.alt,
    pictures.resolution,
    pictures.qr_read,
    pictures.qr_size,
    pictures.qr_target,
    ink.one_bit,
    ink.copied,
    privacy.printed_name,
    privacy.personal_data,
    privacy.attachment,
)
"""Every rule, in the order in which findings are told."""
