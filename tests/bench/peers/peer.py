"""What a contender is: it is made ready once, and then sets one sheet after another."""

from __future__ import annotations

from typing import Any, Protocol

Content = dict[str, Any]
"""A sheet as tests.bench.content gives it."""


class Session(Protocol):
    """A contender that is ready: what it may keep from sheet to sheet is kept here.

    It is made from the first sheet's content, and a folder in which it may put files before the first sheet.
    """

    def render(self, content: Content, changes: dict[str, str], target: str) -> None:
        """Set one sheet into a file; `content` has the changes in it, an engine with inputs of its own takes them."""


SIZES = {"h1": 18.0, "h2": 12.0, "h3": 10.0, "p": 9.0}
"""pt of each kind of text; table and list are set as `p`."""
LEADING = {"h1": 23.0, "h2": 15.0, "h3": 12.0, "p": 10.8}
"""pt from line to line."""
MARGIN, FOOT = 34.0, 51.0
"""pt left, right and on top; at the bottom, the running foot within."""
FIGURE, TALLEST = 92.0, 60.0
"""Width of a picture and its greatest height in pt."""
CODE = 56.0
"""Width of the code in pt."""
ACCENT, RULE, TINT = "#00568F", "#9AA7B3", "#EEF5FA"


def headed(rows: list[list[dict[str, Any]]]) -> bool:
    """Whether the first row of a table is its head."""
    return len(rows) > 1 and all(cell["head"] or not cell["text"] for cell in rows[0])


def size(content: Content, figure: dict[str, Any]) -> tuple[float, float]:
    """Width and height in pt at which a figure, or the code, is set."""
    if figure["kind"] == "qr":
        return CODE, CODE
    picture = content["figures"][figure["figure"]]
    scale = min(FIGURE / picture["width"], TALLEST / picture["height"])
    return picture["width"] * scale, picture["height"] * scale
