"""Composes a personalised sheet: a plan becomes blocks, numbered in the order a layout reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.model import BlockName, Layout, Review, Text, place_of
from handouts.model.amounts import daily_minutes
from handouts.model.consultation import Knee
from handouts.pages.blocks import Block, CardList, DiaryEntry, Foot, Illustration, QuestionList
from handouts.pages.components.personal import spoken
from handouts.pages.compose import compose_exercises, compose_warning
from handouts.pages.diary import tick_rows
from handouts.pages.dose import has_other_leg, other_leg
from handouts.pages.foot import bare_title, compose_foot
from handouts.pages.personal import (
    DayDiary,
    Findings,
    Marked,
    Name,
    NextVisit,
    NoteList,
    Person,
    PersonalBlock,
    PersonRow,
)
from handouts.text.markup import escape

if TYPE_CHECKING:
    from handouts.consult.plan import Plan

FIGURE = "back-body"
"""The picture of a body from behind, symmetrical, on which a knee is marked."""
MOST_DAYS = 28
USUAL_DAYS = 14
"""Days to tick where no visit is agreed."""
WRITING_LINES = 2
"""At least: where a side has room, it gets more of them."""
NUMBERED = (BlockName.EXERCISES, BlockName.DIARY)
"""What is done every day has a number before its heading."""
_AND = "・"
Made = Block | PersonalBlock | None


def compose_personal(
    plan: Plan,
    layout: Layout,
    pictures: Mapping[str, Illustration],
    printed: date,
    *,
    each_time: bool = True,
    as_steps: bool = True,
) -> dict[BlockName, Block | PersonalBlock]:
    """The blocks this layout takes and this plan has something for.

    With `each_time` an exercise has a box to tick for each time of the day, else one for the day. With `as_steps` the
    last step of an exercise is that the other leg has its turn, else that stands beside the heading of the exercises.
    """
    words = plan.handout.labels.personal
    findings = _findings(plan, pictures[FIGURE], printed)
    makers: dict[BlockName, Callable[[int], Made]] = {
        BlockName.PERSON: lambda _: _person(plan, None if BlockName.FINDINGS in layout.takes else findings),
        BlockName.FINDINGS: lambda _: findings,
        BlockName.EXERCISES: lambda number: _exercises(plan, number, pictures, as_steps=as_steps),
        BlockName.WARNING: lambda number: compose_warning(plan.handout, number, pictures),
        BlockName.VISIT: lambda _: _visit(plan),
        BlockName.CHANGES: lambda _: _changes(plan),
        BlockName.RESTRAINT: lambda _: _notes(words.restraint, plan.consultation.avoid),
        BlockName.REMARKS: lambda _: _notes(words.remarks, plan.consultation.notes),
        BlockName.DIARY: lambda number: _diary(plan, number, printed, each_time=each_time),
        BlockName.QUESTIONS: lambda _: _questions(plan),
    }
    blocks: dict[BlockName, Block | PersonalBlock] = {}
    number = 1
    for name in layout.takes:
        block = makers[name](number)
        if block is not None:
            blocks[name] = block
            number += name in NUMBERED
    return blocks


def compose_personal_foot(plan: Plan, code: str, printed: date) -> Foot:
    """The feet of the sheet: its code on every side and, with the clinic's address, in the QR code; nobody's name."""
    foot, labels = compose_foot(plan.handout, printed), plan.handout.labels.personal
    address = plan.handout.clinic.url
    # As a fragment, the code leads to a page that is there, and is not sent to its server.
    where = f"{address.partition('#')[0]}#{code}" if address else code
    return replace(
        foot,
        personal=True,
        state=_state(plan) or foot.state,
        edition=Text(f"{labels.code} {code} {foot.edition}", place_of(foot.edition)),
        url=where,
        url_label=f"{labels.code}\n{code}",
        url_alt=labels.code_alt,
    )


def _notice(plan: Plan) -> str:
    """What must be said of the review at the head; nothing where all that is used is approved."""
    labels = plan.handout.labels
    return {Review.VALID: "", Review.EXPIRED: labels.expired}.get(plan.review, labels.unreviewed)


def _state(plan: Plan) -> str:
    """What the foot says of a review that holds no more; nothing where it says what the handout's own says."""
    labels = plan.handout.labels
    return {Review.EXPIRED: labels.expired_footer, Review.CHANGED: labels.changed_footer}.get(plan.review, "")


def days(plan: Plan, printed: date) -> tuple[date, ...]:
    """The days to tick: from the day after the consultation to that before the next visit, at the most four weeks."""
    said = plan.consultation.date
    first = (date.fromisoformat(said) if said else printed) + timedelta(days=1)
    count = min((plan.next_visit[0] - first).days, MOST_DAYS) if plan.next_visit else USUAL_DAYS
    return tuple(first + timedelta(days=number) for number in range(max(count, 0)))


def _person(plan: Plan, findings: Findings | None) -> Person:
    handout, said = plan.handout, plan.consultation
    labels = handout.labels.personal
    # A table may carry the title already; the name is printed as it stands, and has it once.
    title = "" if said.patient.name.rstrip().endswith(labels.honorific) else labels.honorific
    name = Name(str(said.patient.name), title, str(said.patient.reading or ""))
    topic = escape(bare_title(handout.topic.title))
    return Person(labels.title, topic, _notice(plan), labels.name, name, findings)


def _findings(plan: Plan, figure: Illustration, printed: date) -> Findings:
    handout, said = plan.handout, plan.consultation
    labels = handout.labels.personal
    day = date.fromisoformat(said.date) if said.date else printed
    complaint = _complaint(plan) if plan.side_known else ""
    minutes = daily_minutes(entry.dose for entry in handout.exercises)
    rows = [
        PersonRow(labels.date[handout.clinic.kind], (f"{day.year}年{spoken(day)}",)),
        PersonRow(labels.complaint, tuple(filter(None, (complaint, *map(_plain, said.findings))))),
    ]
    if minutes:
        time = (handout.labels.daily_time, handout.labels.daily_unit)
        rows.append(PersonRow(labels.time, time, minutes))
    rows.append(PersonRow(labels.by, (_plain(said.practitioner),) if said.practitioner else ()))
    marked_words = labels.marked.replace("#", complaint) if complaint else ""
    alt = Text(figure.alt + marked_words, place_of(figure.alt))
    marked = Marked(
        replace(figure, alt=alt, caption=labels.seen),
        (labels.sides[0], labels.sides[1]),
        (plan.side_known and said.side is not Knee.RIGHT, plan.side_known and said.side is not Knee.LEFT),
        said.places,
    )
    return Findings(tuple(rows), marked)


def _complaint(plan: Plan) -> str:
    """The knee and the places behind it in words, from the inner side outwards."""
    labels, said = plan.handout.labels.personal, plan.consultation
    left, right = labels.sides
    side = {Knee.LEFT: left, Knee.RIGHT: right, Knee.BOTH: labels.both}[said.side]
    places = _AND.join(word for place, word in labels.places.items() if place in said.places)
    knee = labels.knee.replace("#", side)
    return f"{knee}、{places}" if places else knee


def _exercises(plan: Plan, number: int, pictures: Mapping[str, Illustration], *, as_steps: bool) -> CardList | None:
    """The cards of that side. Who must ask first was asked when the plan was made."""
    cards = compose_exercises(plan.handout, number, pictures, plan.side, None, turned=as_steps)
    if cards is None or not cards.cards:
        return None
    labels, note = plan.handout.labels, ""
    turned = [
        card.letter
        for card, entry in zip(cards.cards, plan.handout.exercises, strict=True)
        if has_other_leg(entry, plan.side)
    ]
    if turned and not as_steps:
        note = Text(f"{_AND.join(turned)}は、{other_leg(labels, plan.side)}", cards.cards[0].place)
    return replace(cards, heading=labels.personal.plan, note=note, time="")


def _changes(plan: Plan) -> NoteList | None:
    """All that is otherwise than on the sheet before, or that nothing is."""
    words = plan.handout.labels.personal
    if not plan.has_previous:
        return None
    return _notes(words.changes, [change.text for change in plan.changes] or [words.unchanged])


def _notes(heading: str, items: Sequence[str]) -> NoteList | None:
    return NoteList(0, heading, tuple(map(_plain, items))) if items else None


def _plain(text: str) -> str:
    """What somebody wrote for this patient alone, as it stands: no markup."""
    return Text(escape(text), place_of(text))


def _diary(plan: Plan, number: int, printed: date, *, each_time: bool) -> DayDiary | None:
    """A row for each exercise and leg, and the pain in numbers."""
    handout, dates = plan.handout, days(plan, printed)
    if not (handout.exercises and dates):
        return None
    labels, words = handout.labels.personal, handout.labels.diary
    entries = tuple(
        DiaryEntry(
            chr(ord("A") + index),
            entry.exercise.short,
            "",
            tick_rows(entry, handout.labels, plan.side, each_time=each_time),
            "",
        )
        for index, entry in enumerate(handout.exercises)
    )
    weeks, rest = divmod(len(dates), 7)
    long = labels.days.replace("#", str(len(dates))) if rest else labels.weeks.replace("#", str(weeks))
    note = (labels.times_note if each_time else labels.days_note) + labels.pain_note
    return DayDiary(number, labels.diary.replace("#", long), note, dates, entries, words.pain)


def _questions(plan: Plan) -> QuestionList:
    """The topic's questions, and lines for the patient's own."""
    topic, labels = plan.handout.topic, plan.handout.labels
    items = topic.questions.items if topic.questions else ()
    return QuestionList(0, labels.personal.questions, items, WRITING_LINES, labels.tick, labels.notes, abreast=True)


def _visit(plan: Plan) -> NextVisit:
    labels, when = plan.handout.labels, ""
    if plan.next_visit:
        day, time = plan.next_visit
        # 「09:00」 and 「9:00」 are one time, and one paper.
        when = f"{spoken(day)} {time.removeprefix('0') if len(time) == 5 else time}" if time else spoken(day)
    return NextVisit(labels.personal.visit, when, labels.diary.when, labels.diary.bring)
