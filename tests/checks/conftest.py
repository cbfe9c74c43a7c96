"""The faces are the same in every case: they are loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handouts.checks import content
from handouts.faces import load_faces
from handouts.paths import builtin


@pytest.fixture(scope="session")
def faces_once() -> Iterator[None]:
    """Load the built-in faces once for all checks of a session."""
    faces = load_faces([builtin("fonts")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "load_faces", lambda _: faces)
        yield
