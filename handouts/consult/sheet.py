"""From a plan to the pages of one patient's sheet: composed, the order chosen, flowed; what the PDF room then draws."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from handouts.consult.compose import FIGURE, compose_personal, compose_personal_foot
from handouts.consult.names import printable
from handouts.consult.plan import Plan
from handouts.editions import in_edition
from handouts.faces import Stack, load_faces
from handouts.illustrate import illustrations
from handouts.library import Library
from handouts.library.library import PERSONAL
from handouts.model import Handout, Layout, Theme, place_of
from handouts.model.consultation import Paper
from handouts.pages.blocks import Illustration
from handouts.pages.compose import WHOLE
from handouts.pages.flow import flow
from handouts.pages.sheet import Document, Text
from handouts.problems import Problem, Problems
from handouts.setting import Setting, check_paper, inked

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
    document, given_up = _flowed(plan, layout, theme, pictures, faces, code, printed)
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
    theme: Theme,
    pictures: dict[str, Illustration],
    faces: Mapping[str, Stack],
    code: str,
    printed: date,
) -> tuple[Document, dict[str, int]]:
    """The sheet in the first of the layout's orders that has the signs on the first side and few sides, or the best.

    The title in the metadata is that of the sheet: it names neither patient nor topic.
    """
    foot = compose_personal_foot(plan, code, printed)
    handout = plan.handout
    titled = replace(handout, topic=replace(handout.topic, title=handout.labels.personal.title))
    orders = [layout, *(replace(layout, flow=rows, otherwise=()) for rows in layout.otherwise)]
    best: _Ranked | None = None
    wrong = Problems([])
    for each_time in (True, False):
        # The order that is best with more boxes is so with fewer.
        for order in [best.order] if best else orders:
            blocks = compose_personal(plan, order, pictures, printed, each_time=each_time)
            try:
                made = flow(titled, order, theme, blocks, foot, faces, printed.isoformat())
            except Problems as problems:
                wrong = problems
                continue
            rank = (not _signs_first(made[0], handout), len(made[0].sheets))
            if best is None or rank < best.rank:
                best = _Ranked(rank, order, made)
            if best.rank <= (False, USUAL_SIDES):
                return best.made
    if best is None:
        raise wrong
    return best.made


@dataclasses.dataclass(frozen=True, slots=True)
class _Ranked:
    """A sheet as it was set, and how well: whether signs are not on the first side, how many sides."""

    rank: tuple[bool, int]
    order: Layout
    made: tuple[Document, dict[str, int]]


def _signs_first(document: Document, handout: Handout) -> bool:
    """Whether the warning box stands on the first side."""
    heading = handout.warnings.heading
    texts = [item for item in document.sheets[0].items if isinstance(item, Text)]
    return any(item.place == place_of(heading) if place_of(heading) else item.text == heading for item in texts)
