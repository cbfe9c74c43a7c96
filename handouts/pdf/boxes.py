"""The boxes of a page that is cut: what is shown, what colour reaches, what is left (ISO 32000-1, 14.11.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.pages.sheet import Frame, Sheet


def page_boxes(sheet: Sheet) -> dict[str, Frame]:
    """Left, lower, right, upper in pt by name (crop, bleed, trim); none of a sheet that is not cut."""
    if sheet.trim is None:
        return {}
    frames = {"crop": (0.0, 0.0, sheet.width, sheet.height), "bleed": sheet.bleed or sheet.trim, "trim": sheet.trim}
    return {name: _upright(frame, sheet.height) for name, frame in frames.items()}


def _upright(frame: Frame, height: float) -> Frame:
    """The same with its origin at the lower left, to a thousandth of a point."""
    x, y, width, tall = frame
    left, lower, right, upper = (round(edge, 3) for edge in (x, height - y - tall, x + width, height - y))
    return left, lower, right, upper
