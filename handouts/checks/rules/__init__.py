"""The rules of `handouts check`: one function each, with its source, listed here by what it is given."""

from __future__ import annotations

from typing import Any

from handouts.checks.rules import dose, easy, language, law, pictures, safety, structure, terms, trust
from handouts.checks.rules.rule import Rule, Subject, Texts
from handouts.model import Exercise

TEXTS: tuple[Rule[Texts], ...] = (*language.TEXTS, *structure.TEXTS, *terms.TEXTS, *safety.TEXTS, *law.TEXTS)
EXERCISE: tuple[Rule[Exercise], ...] = (*language.EXERCISE, *dose.EXERCISE, *safety.EXERCISE)
HANDOUT: tuple[Rule[Subject], ...] = (
    *structure.HANDOUT,
    *language.HANDOUT,
    *terms.HANDOUT,
    *dose.HANDOUT,
    *trust.HANDOUT,
    *pictures.HANDOUT,
    *safety.HANDOUT,
    *law.HANDOUT,
    *easy.HANDOUT,
)
RULES: tuple[Rule[Any], ...] = (*TEXTS, *EXERCISE, *HANDOUT)
"""Every rule but `glyph`, which is made for a library's faces (glyphs.py)."""
