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
from handouts.model import BlockName, Handout, Layout, Theme
from handouts.model.consultation import Paper
from handouts.pages.blocks import Foot, Illustration
from handouts.pages.components.piece import Piece
from handouts.pages.compose import WHOLE
from handouts.pages.flow import filled, placed
from handouts.pages.setter import Setter
from handouts.pages.sheet import Document
from handouts.problems import Problem, Problems
from handouts.setting import Setting, check_paper, clinic_logo, inked, setter_of

USUAL_SIDES = 2
"""More than these, and boxes to tick are one a day."""
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
    return illustrations(library, bare, mono=mono, side=plan.side, more=(FIGURE,))


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
    orders = [layout, *(replace(layout, flow=rows, otherwise=()) for rows in layout.otherwise)]
    best: _Ranked | None = None
    wrong = Problems([])
    for each_time in (True, False):
        # The order that is best with more boxes is so with fewer.
        for order in [best.order] if best else orders:
            blocks = compose_personal(plan, order, pictures, printed, each_time=each_time)
            setter = make_setter()
            try:
                sides = filled(setter, titled, order, blocks, foot)
            except Problems as problems:
                wrong = problems
                continue
            rank = (not _has_signs(sides[0]), len(sides))
            if best is None or rank < best.rank:
                best = _Ranked(rank, order, setter, sides)
            if best.rank <= (False, USUAL_SIDES):
                break
        if best and best.rank <= (False, USUAL_SIDES):
            break
    if best is None:
        raise wrong
    document = placed(best.setter, titled, best.order, best.sides, foot, printed.isoformat())
    return document, {reason: count for reason, count in best.setter.given_up.items() if count}


@dataclasses.dataclass(frozen=True, slots=True)
class _Ranked:
    """The sides of a sheet, and how good they are: whether signs are not on the first, how many they are."""

    rank: tuple[bool, int]
    order: Layout
    setter: Setter
    sides: list[list[Piece]]


def _has_signs(side: Sequence[Piece]) -> bool:
    return any(BlockName.WARNING in piece.holds for piece in side)
