"""How large a logo may be: on paper, in its file, in pixels."""

from __future__ import annotations

TALLEST, WIDEST = 10.0, 36.0
"""mm: the most that a theme prints (large print); other sheets print less."""
SHARP, LEAST_SHARP = 400.0, 300.0
"""Pixels an inch: more are not kept, and fewer look ragged on paper (`handouts verify` refuses them)."""
USUAL, USUAL_WIDE = 8.0, 30.0
"""mm: height and greatest width on the usual sheet, by which sharpness is judged."""
MOST_BYTES = 20_000_000
MOST_PIXELS = 60_000_000
LONGEST = 12.0
"""Most times that a logo is longer one way than the other."""


def printed(ratio: float, tall: float, wide: float) -> tuple[float, float]:
    """Width and height of a logo (`ratio`: width by height) within a box; the unit is that of the box."""
    width = min(wide, tall * ratio)
    return width, width / ratio
