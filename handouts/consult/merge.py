"""Several topics, and the exercises that were chosen, as one Handout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from handouts.library import Library
from handouts.model import (
    Approval,
    Dose,
    ExerciseEntry,
    Exercises,
    ExerciseUse,
    Handout,
    Questions,
    Record,
    Summary,
    Text,
    Topic,
    place_of,
)
from handouts.model.topic import EasyList, EasyTopic

T = TypeVar("T")
R = TypeVar("R", bound=Record)
Listed = TypeVar("Listed", Questions, Summary)


def merged(library: Library, handouts: Sequence[Handout], entries: Sequence[ExerciseEntry]) -> Handout:
    """One handout with the signs of all topics, their questions and summaries, and these exercises in this order.

    What is in several topics is in it once, where the first has it. It is approved by nobody: see `plan`.
    """
    first = handouts[0]
    sources: dict[str, Any] = {id_: source for handout in handouts for id_, source in handout.sources.items()}
    known = library.sources() if any(id_ not in sources for entry in entries for id_ in entry.sources) else {}
    sources |= {str(id_): known[id_] for entry in entries for id_ in entry.sources if id_ not in sources}
    return replace(
        first,
        id="-".join(handout.id for handout in handouts),
        topic=_topic([handout.topic for handout in handouts], entries),
        signs=tuple(_once((sign for handout in handouts for sign in handout.signs), lambda sign: sign.text)),
        exercises=tuple(entries),
        sources=sources,
        glossary={id_: term for handout in handouts for id_, term in handout.glossary.items()},
        approval=None,
        approved=False,
    )


def with_approval(handout: Handout, approval: Approval) -> Handout:
    """The handout as somebody answers for it."""
    return replace(handout, approval=approval, approved=True)


def _topic(topics: list[Topic], entries: Sequence[ExerciseEntry]) -> Topic:
    first = topics[0]
    merged = first if len(topics) == 1 else _joined(topics)
    return _placed(replace(merged, exercises=_exercises(topics, entries)), first)


def _joined(topics: list[Topic]) -> Topic:
    """The texts of several topics; sections that a personalised sheet has no room for are the first topic's."""
    first = topics[0]
    return replace(
        first,
        title=_text("・".join(topic.title for topic in topics), first.title),
        easy=_easy_title(topics),
        edition=max(topic.edition for topic in topics),
        date=max(topic.date for topic in topics),
        expires=min((topic.expires for topic in topics if topic.expires), default=None),
        author=_text("、".join(_once(topic.author for topic in topics)), first.author),
        signs=tuple(_once(id_ for topic in topics for id_ in topic.signs)),
        terms=tuple(_once(id_ for topic in topics for id_ in topic.terms)),
        questions=_listed([topic.questions for topic in topics if topic.questions]),
        summary=_listed([topic.summary for topic in topics if topic.summary]),
        left_out=tuple(fact for topic in topics for fact in topic.left_out),
    )


def _easy_title(topics: list[Topic]) -> EasyTopic | None:
    """In やさしい日本語 only where all topics are."""
    easy = [topic.easy for topic in topics if topic.easy]
    if len(easy) < len(topics):
        return None
    return replace(easy[0], title=_text("・".join(one.title for one in easy), easy[0].title))


def _listed(parts: list[Listed]) -> Listed | None:
    """One list of the items of several, each once, with their easy forms where all have these."""
    if len(parts) < 2:
        return parts[0] if parts else None
    pairs: list[tuple[str, str]] = []
    for part in parts:
        easy = part.easy.items if part.easy and part.easy.items else part.items
        pairs += zip(part.items, easy, strict=True)
    kept = list(_once(pairs, lambda pair: pair[0]))
    simple: EasyList | None = None
    if all(part.easy for part in parts):
        heading = parts[0].easy.heading if parts[0].easy else None
        simple = EasyList(heading=heading, items=tuple(words for _, words in kept))
    return _placed(replace(parts[0], items=tuple(item for item, _ in kept), easy=simple), parts[0])


def _exercises(topics: list[Topic], entries: Sequence[ExerciseEntry]) -> Exercises | None:
    """The section of the exercises: the first topic's words, the chosen exercises, everybody who must ask first."""
    sections = [topic.exercises for topic in topics if topic.exercises]
    if not sections or not entries:
        return None
    asks = tuple(_once(ask for section in sections if (ask := section.ask or section.note)))
    uses = tuple(ExerciseUse(exercise=e.id, dose=e.dose, also=bool(e.also), sources=e.sources) for e in entries)
    ask = sections[0].ask if len(asks) < 2 else _text("".join(f"{one.removesuffix('。')}。" for one in asks), asks[0])
    return _placed(replace(sections[0], ask=ask, items=uses), sections[0])


def default_entries(handouts: Iterable[Handout]) -> list[ExerciseEntry]:
    """The exercises of the topics in their order, each once, with the first topic's dose."""
    return list(_once((entry for handout in handouts for entry in handout.exercises), lambda entry: entry.id))


def stated_doses(library: Library, handouts: Iterable[Handout], id_: str) -> list[Dose]:
    """What the library and these topics say of an exercise's dose."""
    own = library.exercise(id_).dose
    used = (entry.dose for handout in handouts for entry in handout.exercises if entry.id == id_)
    return list(_once((dose for dose in (own, *used) if dose), repr))


def _text(text: str, like: object) -> Text:
    return Text(text, place_of(like))


def _placed(record: R, like: Record) -> R:
    """A record that was changed, at the place of the one it came of (`replace` keeps fields alone)."""
    record.__dict__["_place"] = like.place
    return record


def _once(items: Iterable[T], key: Callable[[T], Any] = lambda item: item) -> Iterator[T]:
    """Each item once, where it first is."""
    seen: set[Any] = set()
    for item in items:
        if key(item) not in seen:
            seen.add(key(item))
            yield item
