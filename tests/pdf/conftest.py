"""The faces of the house, and the sample Document written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts import pdf
from handouts.faces import Stack, load_faces
from handouts.paths import builtin
from tests.pdf.sample import sample


@pytest.fixture(scope="session")
def faces() -> dict[str, Stack]:
    """The built-in stacked faces."""
    return load_faces([builtin("fonts")])


@pytest.fixture(scope="session")
def sample_pdf(faces: dict[str, Stack], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, as it is handed out."""
    path = tmp_path_factory.mktemp("pdf") / "sample.pdf"
    path.write_bytes(pdf.write(sample(), faces))
    return path
