"""The built-in faces, loaded once, and a style to set test texts in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handouts.faces import Stack, load_faces
from handouts.text.lines import Style

FONTS = Path(__file__).parents[2] / "fonts"


@pytest.fixture(scope="session")
def faces() -> dict[str, Stack]:
    return load_faces([FONTS])


@pytest.fixture(scope="session")
def style(faces: dict[str, Stack]) -> Callable[..., Style]:
    """A style of 10 pt, so that a measure of n characters is 10 n pt wide."""

    def build(**fields: object) -> Style:
        return Style(**{"size": 10.0, "regular": faces["regular"], "bold": faces["bold"]} | fields)  # type: ignore[arg-type]

    return build
