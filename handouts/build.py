"""The straight line from a topic's name to a PDF: read, compose, flow, draw, write."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from handouts.checks.content import check_handout
from handouts.faces import load_faces
from handouts.library import Library
from handouts.library.approval import review
from handouts.model import Edge, Edition, Handout, Review
from handouts.output import write_whole
from handouts.pages.compose import WHOLE, Variant
from handouts.pdf import write
from handouts.problems import Problem, Problems, Severity
from handouts.setting import Job, check_paper, inked, set_handout
from handouts.sides import Side

MARKUP = "markup"
"""The rule on marks (太字, readings, sides): a text that breaks it cannot be set at all."""


class Built(Struct):
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
    defects: tuple[Problem, ...] = ()
    """What a draft's file breaks of the cheap rules of `handouts verify`."""


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
    verify: bool = True,
) -> Built:
    """Build one topic into `target`. Raises Problems; then nothing is written and an existing file stays.

    A `draft` is printed whatever the rules of content say, and marked as one on every side. With `shop`, every side
    has a print shop's bleed, boxes and marks.
    """
    stages: dict[str, float] = {}
    with _stage(stages, "read"):
        handout = library.handout(name)
        state = review(handout, printed)
    with _stage(stages, "check"):
        _check_content(library, handout, state, draft=draft)
    with _stage(stages, "imports"):
        _load(verify=verify)
    with _stage(stages, "set"):
        job = Job(printed, layout, edition, mono, side, draft, shop)
        done = set_handout(library, handout, job)
    with _stage(stages, "draw"):
        data = write(done.document, done.faces)
    defects: tuple[Problem, ...] = ()
    if verify:
        with _stage(stages, "verify"):
            defects = _defects(data, target, draft=draft)
    with _stage(stages, "write"):
        write_whole(target, data)
    sides = len(done.document.sheets)
    form, edge, count, unread = done.form, done.layout.edge, done.exercises, done.unread
    return Built(target, sides, done.given_up, stages, state, form, edge, count, unread, defects)


def build_test_page(library: Library, target: Path, printed: date, *, mono: bool = False) -> Built:
    """Build the page by which a printer is checked into `target`. Raises Problems; then nothing is written."""
    from handouts.pages.testpage import set_test_page

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


def _defects(data: bytes, target: Path, *, draft: bool) -> tuple[Problem, ...]:
    """What the finished file breaks, before it is put in place. Raises Problems unless it is a draft.

    A draft is written all the same: whoever mends a layout must see the page, and it is marked on every side.
    """
    # PDFium takes some 25 ms to load.
    from handouts.checks.file.verify import verify_built

    found = verify_built(data, str(target))
    if found and not draft:
        raise Problems(found)
    return tuple(found)


def _check_content(library: Library, handout: Handout, state: Review, *, draft: bool) -> None:
    """Nothing is printed with an error of content, nor without an approval where the clinic wants one.

    Of a draft, only marks that are not well-formed keep it from being set.
    """
    problems = [problem for problem in check_handout(handout) if problem.severity is Severity.ERROR]
    if draft:
        problems = [problem for problem in problems if problem.rule == MARKUP]
    elif handout.clinic.require_approval and state is not Review.VALID:
        from handouts.approve import unapproved

        problems.append(unapproved(library, handout.id))
    if problems:
        raise Problems(problems)


def _load(*, verify: bool) -> None:
    """The libraries that only a sheet needs, so that none of the stages is charged with the import of another's."""
    import budoux  # noqa: F401
    import uharfbuzz  # noqa: F401

    import handouts.pdf.draw
    import handouts.pdf.metadata

    if verify:
        import handouts.checks.file.verify  # noqa: F401


@contextmanager
def _stage(stages: dict[str, float], name: str) -> Iterator[None]:
    """Note the s of a stage, in the order in which stages begin."""
    start = time.perf_counter()
    stages.setdefault(name, 0.0)
    yield
    stages[name] += time.perf_counter() - start
