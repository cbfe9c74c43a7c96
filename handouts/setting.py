"""From a handout to its pages: layout and edition chosen, composed, fitted, imposed; what the PDF room then draws."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from handouts.contrast import TEXT, contrast
from handouts.editions import in_edition, ruby_of
from handouts.faces import Stack, load_faces
from handouts.illustrate import illustrations
from handouts.library import Library
from handouts.model import BlockName, Clinic, Edition, Handout, Layout, Theme, place_of
from handouts.offer import offered
from handouts.pages.blocks import Logo
from handouts.pages.compose import Variant, compose, most
from handouts.pages.fitting import fitted
from handouts.pages.flow import flow
from handouts.pages.foot import compose_foot
from handouts.pages.impose import imposed
from handouts.pages.kept import Kept
from handouts.pages.leaflet import NoRoom
from handouts.pages.row import Blocks
from handouts.pages.setter import Setter
from handouts.pages.sheet import Document
from handouts.pages.shop import for_shop
from handouts.problems import Problem, Problems
from handouts.sides import Side
from handouts.text.ruby import Ruby

MONO_TINT = "#F2F2F2"


class Job(Struct, frozen=True):
    """How a handout is to be printed. With `shop`, every side has a print shop's bleed, boxes and marks."""

    printed: date
    layout: str = "a4"
    edition: Edition = Edition.STANDARD
    mono: bool = False
    side: Side | None = None
    draft: bool = False
    shop: bool = False


class Setting(Struct, frozen=True):
    """A handout as it is set: the document, its faces, and what was given up on the way."""

    document: Document
    faces: Mapping[str, Stack]
    layout: Layout
    form: Variant
    given_up: dict[str, int]
    """What the line breaker could not keep, and how often."""
    exercises: tuple[int, int]
    """How many exercises are printed, and how many the topic has."""
    unread: tuple[str, ...]
    """Words that should have a reading and for which none is kept."""


def set_handout(library: Library, handout: Handout, job: Job) -> Setting:
    """The pages of a handout. Raises Problems: not offered, no room (with the layouts that have it), missing glyphs."""
    try:
        return _set(library, handout, job)
    except NoRoom as full:
        roomy = [name for name in library.layout(job.layout).instead if _has_room(library, handout, job, name)]
        if not roomy:
            raise
        hint = f"文を短くするか、項目を減らしてください。--layout {' か '.join(roomy)} なら入ります。"
        raise Problems([dataclasses.replace(problem, hint=hint) for problem in full]) from None


def clinic_logo(library: Library, clinic: Clinic, *, mono: bool) -> Logo | None:
    """The clinic's logo, grey for a black-and-white printer."""
    if clinic.logo is None:
        return None
    # Pillow is for those who have a logo.
    from handouts.logo import logo_of

    logo = logo_of(library)
    return replace(logo, mono=mono) if logo else None


def _has_room(library: Library, handout: Handout, job: Job, layout: str) -> bool:
    try:
        _set(library, handout, replace(job, layout=layout))
    except Problems:
        return False
    return True


def _set(library: Library, handout: Handout, job: Job) -> Setting:
    plan = offered(library, job.layout, job.edition, handout)
    handout, ruby = in_edition(handout, job.edition), ruby_of(library, handout, job.edition)
    theme = inked(library.theme(plan.theme, plan.place), handout.clinic.accent, mono=job.mono)
    check_paper(plan, theme, handout.clinic)
    cover = BlockName.COVER in plan.takes
    pictures = illustrations(library, handout, mono=job.mono, side=job.side, cover=cover)
    faces = load_faces(list(library.folders.of("fonts")))
    foot = compose_foot(handout, job.printed, draft=job.draft)
    logo = clinic_logo(library, handout.clinic, mono=job.mono)

    def make(form: Variant) -> tuple[Document, dict[str, int]]:
        def setting(rows: Layout) -> tuple[Setter, Blocks]:
            blocks = compose(handout, rows, pictures, job.printed, job.side, form, draft=job.draft, logo=logo)
            return setter_of(library, rows, theme, faces, ruby), blocks

        return flow(plan.moving(form.spare), setting, handout, foot, job.printed.isoformat())

    (document, given_up), form = fitted(plan, make, handout.topic)
    plan = plan.moving(form.spare)
    document = imposed(document, plan)
    document = for_shop(document, faces) if job.shop else document
    count = len(handout.exercises)
    taken = 0 if BlockName.EXERCISES in form.dropped else min(count, form.exercises or most(plan) or count)
    exercises = (taken, count)
    return Setting(document, faces, plan, form, given_up, exercises, tuple(ruby.missing) if ruby else ())


_kept: WeakKeyDictionary[Library, Kept] = WeakKeyDictionary()


def setter_of(
    library: Library, layout: Layout, theme: Theme, faces: Mapping[str, Stack], ruby: Ruby | None = None
) -> Setter:
    """A setter that sets once what is the same on all sheets of this library, whose texts do not change.

    Not in panels, booklets and large type, where a piece may be parted: parts share tags with the pieces beside them.
    Not with readings, where setting a text also finds those that are missing.
    """
    setter = Setter(faces, theme, ruby)
    if not (layout.panels or layout.saddle or setter.scale > 1 or ruby):
        setter.kept = _kept.setdefault(library, Kept())
    return setter


def inked(theme: Theme, accent: str, *, mono: bool) -> Theme:
    """The theme with the clinic's accent; for a black-and-white printer black, and a neutral tint."""
    ink = theme.ink
    if mono:
        ink = replace(ink, accent=ink.ink, tint=MONO_TINT)
    elif not ink.accent_fixed:
        ink = replace(ink, accent=accent)
    return replace(theme, ink=ink)


def check_paper(layout: Layout, theme: Theme, clinic: Clinic) -> None:
    """The clinic's colour is read on the theme's tint, and its printer reaches the layout's margins."""
    problems = []
    ratio = contrast(theme.ink.accent, theme.ink.tint)
    if ratio < TEXT:
        message = f"色 {theme.ink.accent} は地色の上で読めません(明暗の比 {ratio:.1f}、必要なのは {TEXT} 以上)。"
        problems.append(Problem(place_of(clinic.accent) or clinic.place, message, "もっと濃い色にしてください。"))
    margins = layout.margins
    # Cards are cut from a sheet whose own margins are wider than any printer's edge (layout_rules).
    if not layout.repeat and min(margins.left, margins.right, margins.top, margins.bottom) < clinic.printer_edge:
        message = f"プリンターの余白 {clinic.printer_edge:g} mm が、紙面の余白より広くなっています。"
        problems.append(Problem(clinic.place, message, "printer_edge を確かめるか、別のレイアウトを選んでください。"))
    if problems:
        raise Problems(problems)
