"""The straight line from a topic's name to a PDF: read, compose, flow, draw, write."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from handouts.approve import unapproved
from handouts.checks.content import check_handout
from handouts.faces import load_faces
from handouts.library import Library
from handouts.library.approval import review
from handouts.model import Edge, Edition, Handout, Review
from handouts.output import write_whole
from handouts.pages.compose import WHOLE, Variant
from handouts.pages.testpage import set_test_page
from handouts.pdf import write
from handouts.problems import Problems, Severity
from handouts.setting import Job, check_paper, inked, set_handout
from handouts.sides import Side


@dataclass(slots=True)
class Built:
    """What a build made: where, how many sides, what the line breaker gave up, s of each stage, the state of review."""

    path: Path
    sides: int
    given_up: dict[str, int]
    stages: dict[str, float] = field(default_factory=dict)
    review: Review = Review.MISSING
    form: Variant = WHOLE
    """What was left out, or said shortly, for want of room."""
    edge: Edge = Edge.LONG
    exercises: tuple[int, int] = (0, 0)
    """How many exercises are printed, and how many the topic has."""
    unread: tuple[str, ...] = ()
    """Words that should have a reading and for which none is kept."""


def build_topic(
    library: Library,
    name: str,
    target: Path,
    printed: date,
    *,
    layout: str = "a4",
    edition: Edition = Edition.STANDARD,
    mono: bool = False,
    side: Side | None = None,
    draft: bool = False,
    shop: bool = False,
) -> Built:
    """Build one topic into `target`. Raises Problems; then nothing is written and an existing file stays.

    A `draft` is printed whatever the rules of content say, and marked as one on every side. With `shop`, every side
    has a print shop's bleed, boxes and marks.
    """
    stages: dict[str, float] = {}
    with _stage(stages, "read"):
        handout = library.handout(name)
        state = review(handout, printed)
        if not draft:
            _check_content(library, handout, state)
    with _stage(stages, "set"):
        job = Job(printed, layout, edition, mono, side, draft, shop)
        done = set_handout(library, handout, job)
    with _stage(stages, "draw"):
        data = write(done.document, done.faces)
    with _stage(stages, "write"):
        write_whole(target, data)
    sides = len(done.document.sheets)
    return Built(target, sides, done.given_up, stages, state, done.form, done.layout.edge, done.exercises, done.unread)


def build_test_page(library: Library, target: Path, printed: date, *, mono: bool = False) -> Built:
    """Build the page by which a printer is checked into `target`. Raises Problems; then nothing is written."""
    stages: dict[str, float] = {}
    with _stage(stages, "read"):
        clinic, words, usual = library.clinic(), library.print_test(), library.layout("a4")
        layouts = [library.layout(name) for name in library.layouts()]
        theme = inked(library.theme(usual.theme, usual.place), clinic.accent, mono=mono)
        check_paper(usual, theme, clinic)
        faces = load_faces(list(library.folders.of("fonts")))
    with _stage(stages, "flow"):
        document = set_test_page(words, layouts, theme, faces, clinic, printed)
    with _stage(stages, "draw"):
        data = write(document, faces)
    with _stage(stages, "write"):
        write_whole(target, data)
    return Built(target, len(document.sheets), {}, stages, Review.VALID)


def _check_content(library: Library, handout: Handout, state: Review) -> None:
    """Nothing is printed with an error of content, nor without an approval where the clinic wants one."""
    problems = [problem for problem in check_handout(handout) if problem.severity is Severity.ERROR]
    if handout.clinic.require_approval and state is not Review.VALID:
        problems.append(unapproved(library, handout.id))
    if problems:
        raise Problems(problems)


@contextmanager
def _stage(stages: dict[str, float], name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    stages[name] = time.perf_counter() - start
