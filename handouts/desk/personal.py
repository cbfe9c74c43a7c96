"""One patient's sheet from what stands on the page: what must be decided first is asked, then it is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_uppercase
from typing import TYPE_CHECKING

from handouts.consult.changes import whole
from handouts.consult.discreet import discreet
from handouts.consult.plan import plan
from handouts.consult.sheet import set_personal
from handouts.desk import trouble
from handouts.desk.asking import Asker, unanswered
from handouts.desk.memo import Memo, memo_of, room
from handouts.desk.naming import Said, named
from handouts.desk.previews import sizes
from handouts.desk.sheets import Made, Sheet, form_of, press, topic_of
from handouts.desk.visits import written
from handouts.desk.wire import Lang, Malformed, Person, Trouble, Way
from handouts.desk.words import say
from handouts.faces import load_faces
from handouts.library.library import PERSONAL
from handouts.model.consultation import Choice, Consultation, Knee, Paper, Patient, Visit
from handouts.pages.sheet import Text
from handouts.pdf import write
from handouts.problems import Problem, Problems
from handouts.setting import Setting

if TYPE_CHECKING:
    from handouts.consult.plan import Plan
    from handouts.desk.shelf import Shelf, Topic
    from handouts.model import Handout


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on the page, and what it is made from."""

    shelf: Shelf
    asked: Person
    topic: Topic
    handout: Handout
    name: Said
    memo: Memo
    room: int
    today: date
    lang: Lang


def personal_sheet(shelf: Shelf, asked: Person, code: Callable[[], str], today: date, lang: Lang) -> Made:
    """One patient's sheet as `handouts personalize` makes it, or what must be decided first.

    `code` gives the sheet its number: the one that this person's sheet has had since it was first looked at.
    """
    topic, wrong = topic_of(shelf, asked.topic, lang)
    if wrong or topic is None or topic.handout is None:
        return Made(troubles=wrong)
    faces = load_faces(list(shelf.library.folders.of("fonts")))
    memo = memo_of(asked.memo, faces, lang)
    left = room(memo.lines, faces, shelf.library, asked.edition)
    page = _Page(shelf, asked, topic, topic.handout, named(asked.name, faces, lang), memo, left, today, lang)
    if refused := list(_refused(page)):
        return Made(troubles=(*page.name.troubles, *memo.troubles, *refused), memo_room=left)
    try:
        with discreet():
            made = plan(shelf.library, _consultation(page), today, side_known=asked.side is not None)
    except Problems as problems:
        return Made(troubles=(*page.name.troubles, *memo.troubles, *_told(problems)), memo_room=left)
    known = _asked(page, made)
    return known if any(one.level != "told" for one in known.troubles) else _set(page, made, known, code)


def _refused(page: _Page) -> Iterator[Trouble]:
    """What no plan can be made of. Raises Malformed for what no page of ours sends."""
    asked, lang = page.asked, page.lang
    ids = [one.id for one in asked.exercises or ()]
    if len(set(ids)) < len(ids):
        raise Malformed
    if asked.visit is not None:
        try:
            date.fromisoformat(asked.visit.date)
        except ValueError:
            raise Malformed from None
    if asked.exercises == ():
        yield Trouble("exercises", "wrong", "exercises", say(lang, "exercises-none"), lang=lang)
    if asked.edition not in page.shelf.library.layout(PERSONAL).editions:
        ways = (Way(say(lang, "way-standard"), set={"edition": "standard"}),)
        yield Trouble("edition", "wrong", "edition", say(lang, "not-offered"), ways, lang=lang)


def _consultation(page: _Page) -> Consultation:
    """The record of what stands on the page."""
    asked = page.asked
    fields = ("hold", "repetitions", "sets", "per_day", "every")
    choices = tuple(
        Choice(exercise=one.id, **{field: getattr(one, field) for field in fields}) for one in asked.exercises or ()
    )
    # A name that cannot be printed keeps nobody from hearing what else is to be decided.
    name = "" if any(one.level == "wrong" for one in page.name.troubles) else page.name.name
    return Consultation(
        topics=(asked.topic,),
        patient=Patient(name=name),
        side=Knee(asked.side or "both"),
        practitioner=asked.practitioner.strip() or None,
        exercises=choices,
        notes=page.memo.lines,
        next_visit=Visit(date=asked.visit.date, time=asked.visit.time) if asked.visit else None,
        edition=asked.edition,
        paper=Paper.COLOUR if asked.colour else Paper.MONO,
    )


def _asked(page: _Page, made: Plan) -> Made:
    """What of a plan nobody has answered yet, and what the page shows of it beside the sheet."""
    asker = Asker(page.shelf.library, made, page.handout, page.today, page.lang)
    troubles = [*page.name.troubles, *page.memo.troubles, *asker.troubles()]
    return Made(
        troubles=tuple(unanswered(troubles, frozenset(page.asked.answers))),
        minutes=made.minutes,
        over=any(question.id == "minutes" for question in made.questions),
        memo_room=page.room,
        letters=tuple(str(entry.id) for entry in made.handout.exercises),
    )


def _set(page: _Page, made: Plan, known: Made, code: Callable[[], str]) -> Made:
    """The sheet; or, where the pages have no room for it, why."""
    number, lang = code(), page.lang
    try:
        with press, discreet():
            done = set_personal(page.shelf.library, made, number, made.printed)
            data = write(done.document, done.faces)
    except Problems as problems:
        return replace(known, troubles=(*known.troubles, *_told(problems)))
    sheet = Sheet(
        data,
        tuple(sizes(data)),
        done.layout.edge,
        number,
        printable=made.side_known,
        mono=not page.asked.colour,
        said=tuple(_said(made, page.memo.lines, lang)),
        code=number,
        plan=made,
        shelf=page.shelf,
    )
    told = (*known.troubles, *_long(done, page.name.name, lang), *trouble.told(page.shelf, lang))
    form = form_of(page.topic, page.asked, done.layout.name, lang)
    return replace(known, sheet=sheet, troubles=told, form=form)


def _told(problems: Problems) -> tuple[Trouble, ...]:
    """What the plan or the pages refuse."""
    return tuple(_trouble(number, problem) for number, problem in enumerate(problems))


def _trouble(number: int, problem: Problem) -> Trouble:
    return Trouble(f"sheet:{number}", "wrong", "sheet", problem.message, detail=problem.hint)


def _long(done: Setting, name: str, lang: Lang) -> tuple[Trouble, ...]:
    """That a name goes over more lines than one."""
    pieces = [one.text for one in done.document.sheets[0].items if isinstance(one, Text) and one.text in name]
    if not name or name in pieces:
        return ()
    runs = ((start, end) for start in range(len(pieces)) for end in range(start + 2, len(pieces) + 1))
    lines = next((end - start for start, end in runs if "".join(pieces[start:end]) == name), 2)
    return (Trouble("name:lines", "told", "name", say(lang, "name-lines", lines=lines), lang=lang),)


def _said(made: Plan, notes: tuple[str, ...], lang: Lang) -> Iterator[str]:
    """The sheet in words, for who cannot see its picture."""
    name = made.consultation.patient.name
    yield say(lang, "said-name", name=name) if name else say(lang, "said-blank")
    if made.side_known:
        yield say(lang, f"knee-{made.side.value}")
    for letter, entry in zip(ascii_uppercase, made.handout.exercises, strict=False):
        dose = whole(entry.dose) if entry.dose else entry.exercise.when or ""
        yield f"{letter} {made.name_of(entry)} {dose}".rstrip()
    if made.next_visit:
        yield say(lang, "said-visit", when=written(*made.next_visit))
    if notes:
        yield say(lang, "said-memo", text=" ".join(notes))
