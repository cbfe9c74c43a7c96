"""What the page shows before a sheet is made: the cards of all topics, and what one topic offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any
from unicodedata import normalize

from handouts.consult.dose import said as said_dose
from handouts.consult.questions import MOST
from handouts.desk import doses, trouble, visits
from handouts.desk.memo import room
from handouts.desk.offers import offers
from handouts.desk.pictures import knee
from handouts.desk.shelf import Shelf, Topic
from handouts.desk.wire import Lang
from handouts.desk.words import say
from handouts.faces import load_faces
from handouts.library.library import PERSONAL
from handouts.model import Edition, ExerciseEntry, Handout, Layout, Review
from handouts.offer import EDITIONS
from handouts.problems import Problems
from handouts.sides import has_side, sided
from handouts.text.markup import plain
from handouts.text.phrases import starts

CARD = 284
"""px of a card's picture: twice its width on the page."""
_SHORT = re.compile(r"\(.*\)$")
_KANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_STATES = {Review.MISSING: "sample", Review.CHANGED: "changed", Review.EXPIRED: "expired"}
_EDITIONS_EN = {Edition.STANDARD: "Standard", Edition.LARGE: "Large", Edition.RUBY: "Readings", Edition.EASY: "Easy"}
_EDITIONS_JA = EDITIONS | {Edition.LARGE: "大きい", Edition.EASY: "やさしい"}


def start(shelf: Shelf, today: date, lang: Lang) -> dict[str, Any]:
    """All cards, the filter buttons, and what is wrong with the clinic's folder."""
    clinic = shelf.clinic()
    topics = list(shelf.topics.values())
    cards = [card(shelf, topic, number, today, lang) for number, topic in enumerate(topics, 1)]
    good = sum(one["broken"] is None for one in cards)
    return {
        "clinic": {"name": clinic.name if clinic else ""},
        "today": today.isoformat(),
        "topics": cards,
        "chips": list(_chips(topics)),
        **trouble.answer(shelf, good, len(cards), today, lang),
        "stuck": not good,
        "folder": shelf.version,
    }


def card(shelf: Shelf, topic: Topic, number: int, today: date, lang: Lang) -> dict[str, Any]:
    """One card."""
    handout = topic.handout
    shown = handout.topic.desk if handout else None
    state = shelf.review(topic, today)
    broken = None
    if handout is None:
        text = say(lang, "topic-broken")
        broken = {"text": text, "problems": [trouble.line(shelf, problem) for problem in topic.problems]}
    return {
        "id": topic.id,
        "number": number,
        "title": topic.title,
        "phrases": _phrases(topic.title),
        "lines": list(shown.lines) if shown else [],
        "search": searched(topic),
        "chip": shown.chip if shown else None,
        "personal": handout is not None and handout.topic.form is None and handout.topic.exercises is not None,
        "state": state.value,
        "state_text": say(lang, _STATES[state]) if handout and state in _STATES else "",
        "picture": f"/cards/{topic.id}.{shelf.version}.png" if handout else None,
        "broken": broken,
    }


def _phrases(text: str) -> list[str]:
    """A title in the pieces between which its line may break, as on paper."""
    cuts = [0, *sorted(at for at in starts(text) if 0 < at < len(text)), len(text)]
    return [text[start_:end] for start_, end in pairwise(cuts)]


def searched(topic: Topic) -> str:
    """All a card is found by, in one width and in hiragana, small letters."""
    desk = topic.handout.topic.desk if topic.handout else None
    words = [topic.title, topic.id]
    words += [*desk.lines, desk.chip or "", desk.reading, *desk.words] if desk else []
    return normalize("NFKC", " ".join(words)).lower().translate(_KANA)


def _chips(topics: list[Topic]) -> Iterator[dict[str, Any]]:
    found: dict[str, list[str]] = {}
    for topic in topics:
        if topic.handout and topic.handout.topic.desk and (chip := topic.handout.topic.desk.chip):
            found.setdefault(chip, []).append(topic.id)
    for label, ids in found.items():
        yield {"label": label, "topics": ids}


def topic_answer(shelf: Shelf, topic: Topic, today: date, lang: Lang) -> dict[str, Any]:
    """What one topic offers, as it is and with a name."""
    assert topic.handout is not None
    number = list(shelf.topics).index(topic.id) + 1
    shown = card(shelf, topic, number, today, lang)
    names = _EDITIONS_JA if lang == "ja" else _EDITIONS_EN
    return {
        "topic": shown,
        "title": topic.title,
        "plain": {
            "layouts": list(_layouts(shelf, topic.handout, today)),
            "sides": _sides(topic.handout),
            "usual": _usual(shelf, topic.handout, today),
        },
        "editions": {edition.value: names[edition] for edition in Edition},
        "personal": _personal(shelf, topic.handout, today) if shown["personal"] else None,
    }


def _layouts(shelf: Shelf, handout: Handout, today: date) -> Iterator[dict[str, Any]]:
    for name, editions in offers(shelf, handout, today).items():
        layout = shelf.library.layout(name)
        sheet = layout.repeat.sheet if layout.repeat else layout.saddle.sheet if layout.saddle else layout.page
        yield {
            "id": name,
            "name": layout.name,
            "short": _SHORT.sub("", layout.name),
            "edge": layout.edge.value,
            "landscape": sheet.width > sheet.height,
            "folds": 1 if layout.saddle else _folds(layout),
            "editions": [edition.value for edition in editions],
        }


def _usual(shelf: Shelf, handout: Handout, today: date) -> str:
    """The layout that this clinic prints, where the topic is to be had in it; else A4."""
    return handout.clinic.layout if handout.clinic.layout in offers(shelf, handout, today) else "a4"


def _folds(layout: Layout) -> int:
    """Vertical folds, as one side shows them."""
    return max(sum(bool(fold.x and not fold.cut and fold.side == side) for fold in layout.folds) for side in (1, 2))


def _sides(handout: Handout) -> list[str] | None:
    """Left and right where there is anything that turns with the knee."""
    turns = handout.exercises or any(map(has_side, _figures(handout)))
    return ["left", "both", "right"] if turns else None


def _figures(handout: Handout) -> list[str]:
    return [step for entry in handout.exercises for step in entry.exercise.steps]


def _personal(shelf: Shelf, handout: Handout, today: date) -> dict[str, Any]:
    layout = shelf.library.layout(PERSONAL)
    faces = load_faces(list(shelf.library.folders.of("fonts")))
    return {
        "editions": [edition.value for edition in layout.editions],
        "knee": knee(shelf.library),
        "most": MOST,
        "limit": handout.clinic.daily_minutes,
        "exercises": list(_exercises(shelf, handout)),
        "visit": visits.choices(handout.clinic, today),
        "memo": {"room": room((), faces, shelf.library, Edition.STANDARD)},
    }


def _exercises(shelf: Shelf, handout: Handout) -> Iterator[dict[str, Any]]:
    """The topic's own in its order, then all others that can be read."""
    own = {str(entry.id) for entry in handout.exercises}
    for entry in handout.exercises:
        yield _exercise(shelf, handout, entry, usual=True)
    others = []
    for name in shelf.library.exercises():
        if name not in own:
            try:
                exercise = shelf.library.exercise(name)
            except Problems:
                continue
            others.append(ExerciseEntry(name, exercise, exercise.dose, tuple(exercise.sources)))
    used = _used(shelf)
    for entry in sorted(others, key=lambda one: (one.id not in used, one.dose is None, one.id)):
        yield _exercise(shelf, handout, entry, usual=False)


def _used(shelf: Shelf) -> set[str]:
    """The exercises of any topic."""
    topics = (topic.handout for topic in shelf.topics.values() if topic.handout)
    return {str(entry.id) for handout in topics for entry in handout.exercises}


def _exercise(shelf: Shelf, handout: Handout, entry: ExerciseEntry, *, usual: bool) -> dict[str, Any]:
    exercise = entry.exercise
    return {
        "id": str(entry.id),
        "name": plain(sided(exercise.name, None)),
        "short": exercise.short,
        "figure": str(exercise.figure),
        "usual": usual,
        "when": exercise.when,
        "legs": bool(entry.dose and entry.dose.each_leg),
        "dose": said_dose(entry.dose) if entry.dose else "",
        "amounts": doses.amounts(shelf.library, handout, entry),
    }
