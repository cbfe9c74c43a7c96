"""The straight line from a topic's name to a PDF: read, compose, flow, draw, write."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from handouts.approve import unapproved
from handouts.checks.content import check_handout
from handouts.contrast import TEXT, contrast
from handouts.faces import load_faces
from handouts.illustrate import illustrations
from handouts.library import Library
from handouts.library.approval import review
from handouts.model import Clinic, Edge, Handout, Layout, Review, Theme, place_of
from handouts.output import write_whole
from handouts.pages.compose import WHOLE, Variant, compose, compose_foot, most
from handouts.pages.fitting import fitted
from handouts.pages.flow import flow
from handouts.pages.sheet import Document
from handouts.pdf import write
from handouts.problems import Problem, Problems, Severity
from handouts.sides import Side

MONO_TINT = "#F2F2F2"


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


def build_topic(
    library: Library,
    name: str,
    target: Path,
    printed: date,
    *,
    layout: str = "a4",
    mono: bool = False,
    side: Side | None = None,
    draft: bool = False,
) -> Built:
    """Build one topic into `target`. Raises Problems; then nothing is written and an existing file stays.

    A `draft` is printed whatever the rules of content say, and marked as one on every side.
    """
    stages: dict[str, float] = {}
    with _stage(stages, "read"):
        handout = library.handout(name)
        state = review(handout, printed)
        if not draft:
            _check_content(library, handout, state)
        plan = library.layout(layout)
        theme = inked(library.theme(plan.theme, plan.place), handout.clinic.accent, mono=mono)
        _check_paper(plan, theme, handout.clinic)
        pictures = illustrations(library, handout, mono=mono, side=side)
        faces = load_faces(list(library.folders.of("fonts")))
    with _stage(stages, "compose"):
        foot = compose_foot(handout, printed, draft=draft)
    with _stage(stages, "flow"):

        def make(form: Variant) -> tuple[Document, dict[str, int]]:
            blocks = compose(handout, plan, pictures, printed, side, form, draft=draft)
            return flow(handout, plan, theme, blocks, foot, faces, printed.isoformat())

        (document, given_up), form = fitted(plan, make)
    with _stage(stages, "draw"):
        data = write(document, faces)
    count = len(handout.exercises)
    exercises = (min(count, most(plan) or count), count)
    with _stage(stages, "write"):
        write_whole(target, data)
    return Built(target, len(document.sheets), given_up, stages, state, form, plan.edge, exercises)


def _check_content(library: Library, handout: Handout, state: Review) -> None:
    """Nothing is printed with an error of content, nor without an approval where the clinic wants one."""
    problems = [problem for problem in check_handout(handout) if problem.severity is Severity.ERROR]
    if handout.clinic.require_approval and state is not Review.VALID:
        problems.append(unapproved(library, handout.id))
    if problems:
        raise Problems(problems)


def inked(theme: Theme, accent: str, *, mono: bool) -> Theme:
    """The theme with the clinic's accent; for a black-and-white printer black, and a neutral tint."""
    ink = theme.ink
    if mono:
        ink = replace(ink, accent=ink.ink, tint=MONO_TINT)
    elif not ink.accent_fixed:
        ink = replace(ink, accent=accent)
    return replace(theme, ink=ink)


def _check_paper(layout: Layout, theme: Theme, clinic: Clinic) -> None:
    """The clinic's colour is read on the theme's tint, and its printer reaches the layout's margins."""
    problems = []
    ratio = contrast(theme.ink.accent, theme.ink.tint)
    if ratio < TEXT:
        message = f"色 {theme.ink.accent} は地色の上で読めません(明暗の比 {ratio:.1f}、必要なのは {TEXT} 以上)。"
        problems.append(Problem(place_of(clinic.accent) or clinic.place, message, "もっと濃い色にしてください。"))
    margins = layout.margins
    if min(margins.left, margins.right, margins.top, margins.bottom) < clinic.printer_edge:
        message = f"プリンターの余白 {clinic.printer_edge:g} mm が、紙面の余白より広くなっています。"
        problems.append(Problem(clinic.place, message, "printer_edge を確かめるか、別のレイアウトを選んでください。"))
    if problems:
        raise Problems(problems)


@contextmanager
def _stage(stages: dict[str, float], name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    stages[name] = time.perf_counter() - start
