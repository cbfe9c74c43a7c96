"""Contrast of two colours, as JIS X 8341-3 and WCAG 2 measure it."""

from __future__ import annotations

TEXT = 4.5
"""The least ratio of text to what lies under it (JIS X 8341-3:2016, 1.4.3)."""


def contrast(one: str, other: str) -> float:
    """The ratio of two `#RRGGBB` colours, from 1 (alike) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[index : index + 2], 16) / 255) for index in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
