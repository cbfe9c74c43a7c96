"""Writes the tag trees anew: `python -m tests.pdf.trees`. Read what changed: it is what a blind reader hears."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from handouts.checks.file import PdfFile, outline
from handouts.library import Library
from tests.validators.matrix import Job, jobs

FOLDER = Path(__file__).parent
PERSONAL = "personal-running-right-standard-colour"


def kept(library: Library) -> Iterator[Job]:
    """The files whose trees are kept: each topic on A4, one folded, one for a patient."""
    names = {f"{topic}-a4-standard-as-drawn-colour" for topic in library.topics()}
    names |= {"running-trifold-standard-left-mono", PERSONAL}
    found = [job for job in jobs(library) if job.name in names]
    assert len(found) == len(names)
    yield from found


def tree(job: Job) -> str:
    """The tag tree of a file as indented text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pdf"
        path.write_bytes(job.make())
        with PdfFile(path) as pdf:
            return outline(pdf.tree)


def main() -> int:
    """Write all trees."""
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    for job in kept(Library()):
        (FOLDER / f"{job.name}.txt").write_text(tree(job), encoding="utf-8")
        print(f"{job.name}.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
