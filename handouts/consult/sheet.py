"""From a plan to the pages of one patient's sheet: composed, the order chosen, flowed; what the PDF room then draws."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace

from handouts.consult.compose import FIGURE, compose_personal, compose_personal_foot
from handouts.consult.names import printable
from handouts.consult.plan import Plan
from handouts.editions import in_edition
from handouts.faces import load_faces
from handouts.illustrate import illustrations
from handouts.library import Library
from handouts.library.library import PERSONAL
from handouts.model import Handout, Layout, Theme
from handouts.model.consultation import Paper
from handouts.pages.blocks import Foot, Illustration
from handouts.pages.components.piece import Piece
from handouts.pages.compose import WHOLE
from handouts.pages.dose import has_other_leg
from handouts.pages.flow import filled, placed
from handouts.pages.ranking import Rank, is_good, rank
from handouts.pages.setter import Setter
from handouts.pages.sheet import Document
from handouts.problems import Problem, Problems
from handouts.setting import Setting, check_paper, clinic_logo, inked, setter_of

MONO_MARK = "#FFFFFF"
"""Below the strokes of the mark on the knee, for a black-and-white printer."""


def set_personal(library: Library, plan: Plan, code: str, printed: date) -> Setting:
    """The pages of a personalised sheet, with its code on every side.

    Raises Problems: an edition that is not offered, no room, missing glyphs. No problem repeats the patient's name.
    """
    said = plan.consultation
    faces = printable(load_faces(list(library.folders.of("fonts"))), (plan.name,))
    layout = library.layout(PERSONAL)
    if said.edition not in layout.editions:
        words = "、".join(edition.value for edition in layout.editions)
        message = f"名前入りの紙には、{said.edition.value} の版がありません。"
        raise Problems([Problem(layout.place, message, f"edition は {words} から選んでください。")])
    layout = layout.as_edition(said.edition)
    mono = said.paper is Paper.MONO
    theme = _theme(library, layout, plan.handout, mono=mono)
    plan = dataclasses.replace(plan, handout=in_edition(plan.handout, said.edition))
    pictures = _pictures(library, plan, mono=mono)

    def make_setter() -> Setter:
        return setter_of(library, layout, theme, faces)

    foot = replace(
        compose_personal_foot(plan, code, printed), logo=clinic_logo(library, plan.handout.clinic, mono=mono)
    )
    document, given_up = _flowed(plan, layout, make_setter, pictures, foot, printed)
    count = len(plan.handout.exercises)
    return Setting(document, faces, layout, WHOLE, given_up, (count, count), ())


def _theme(library: Library, layout: Layout, handout: Handout, *, mono: bool) -> Theme:
    theme = inked(library.theme(layout.theme, layout.place), handout.clinic.accent, mono=mono)
    check_paper(layout, theme, handout.clinic)
    return replace(theme, person=replace(theme.person, mark=MONO_MARK)) if mono else theme


def _pictures(library: Library, plan: Plan, *, mono: bool) -> dict[str, Illustration]:
    """Those of the exercises, turned to the knee, and the body from behind; no others are read."""
    handout = plan.handout
    bare = replace(handout, topic=replace(handout.topic, causes=None, form=None))
    return illustrations(library, bare, mono=mono, side=plan.side, cover=False, more=(FIGURE,))


def _flowed(
    plan: Plan,
    layout: Layout,
    make_setter: Callable[[], Setter],
    pictures: dict[str, Illustration],
    foot: Foot,
    printed: date,
) -> tuple[Document, dict[str, int]]:
    """The sheet in the first of the layout's orders that has the signs on the first side and few sides, or the best.

    The title in the metadata is that of the sheet: it names neither patient nor topic.
    """
    handout = plan.handout
    titled = replace(handout, topic=replace(handout.topic, title=handout.labels.personal.title))
    wrong = Problems([])

    def tried(way: tuple[bool, bool], orders: Sequence[Layout]) -> _Ranked | None:
        nonlocal wrong
        best: _Ranked | None = None
        for order in orders:
            blocks = compose_personal(plan, order, pictures, printed, as_steps=way[0], each_time=way[1])
            setter = make_setter()
            try:
                sides = filled(setter, titled, order, blocks, foot)
            except Problems as problems:
                wrong = problems
                continue
            found = rank(sides)
            if best is None or found < best.rank:
                best = _Ranked(found, order, setter, sides)
            if is_good(best.rank):
                break
        return best

    clearest, *between, shortest = _ways(plan, layout.orders)
    best = tried(clearest, layout.orders)
    if best is None or not is_good(best.rank):
        # The shortest tells what saying less would gain; then the clearest of those that gain as much is taken.
        least = tried(shortest, [best.order] if best else layout.orders)
        if least and (best is None or least.rank < best.rank):
            made = (tried(way, [least.order]) for way in between)
            best = next((one for one in made if one and one.rank == least.rank), least)
    if best is None:
        raise wrong
    document = placed(best.setter, titled, best.order, best.sides, foot, printed.isoformat())
    return document, {reason: count for reason, count in best.setter.given_up.items() if count}


def _ways(plan: Plan, orders: Sequence[Layout]) -> list[tuple[bool, bool]]:
    """How steps and boxes may be said, from the clearest to the shortest: see `compose_personal`."""
    ways = [(True, True), (True, False)]
    # In large type each exercise has a side of its own anyhow: a step less saves none.
    shorter = len(orders) > 1 and any(has_other_leg(entry, plan.side) for entry in plan.handout.exercises)
    return [*ways, (False, True), (False, False)] if shorter else ways


@dataclasses.dataclass(frozen=True, slots=True)
class _Ranked:
    """The sides of a sheet in one order, and how good they are."""

    rank: Rank
    order: Layout
    setter: Setter
    sides: list[list[Piece]]
