"""What is otherwise than on the sheet before: topics, side, exercises, doses; all of it, in the order of the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from handouts.consult.dose import said
from handouts.model import Dose

SIDES = {"right": "右膝", "left": "左膝", "both": "両膝"}
NO_DOSE = "用量なし"


class Kind(Enum):
    """What changed."""

    TOPIC_ADDED = "topic-added"
    TOPIC_DROPPED = "topic-dropped"
    SIDE = "side"
    DOSE = "dose"
    ADDED = "added"
    DROPPED = "dropped"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `id` is the topic's or the exercise's, `before` and `after` are words, empty where there is none."""

    kind: Kind
    id: str
    name: str
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The change as it is printed."""
        match self.kind:
            case Kind.TOPIC_ADDED:
                return f"資料に「{self.name}」を加えました。"
            case Kind.TOPIC_DROPPED:
                return f"資料「{self.name}」は外しました。"
            case Kind.ADDED:
                return f"{self.name}: 新しく始めます({self.after})"
            case Kind.DROPPED:
                return f"{self.name}: 終わりにします"
            case _:
                return f"{self.name}: {self.before} → {self.after}"


Doses = Mapping[str, tuple[str, Dose | None]]
"""Name and dose of each exercise by id, in order."""


def changes(
    before: tuple[Mapping[str, str], str, Doses], after: tuple[Mapping[str, str], str, Doses]
) -> Iterator[Change]:
    """All changes from one (topics, side, doses) to another."""
    (old_topics, old_side, old), (topics, side, new) = before, after
    yield from (Change(Kind.TOPIC_ADDED, id_, topics[id_]) for id_ in topics if id_ not in old_topics)
    yield from (Change(Kind.TOPIC_DROPPED, id_, old_topics[id_]) for id_ in old_topics if id_ not in topics)
    if old_side != side:
        yield Change(Kind.SIDE, "side", "膝", SIDES[old_side], SIDES[side])
    for id_, (name, dose) in new.items():
        if id_ not in old:
            yield Change(Kind.ADDED, id_, name, after=whole(dose))
        elif whole(old[id_][1]) != whole(dose):
            yield Change(Kind.DOSE, id_, name, whole(old[id_][1]), whole(dose))
    yield from (Change(Kind.DROPPED, id_, old[id_][0], before=whole(old[id_][1])) for id_ in old if id_ not in new)
    kept, kept_now = [id_ for id_ in old if id_ in new], [id_ for id_ in new if id_ in old]
    if kept != kept_now:
        names = ("、".join(new[id_][0] for id_ in ids) for ids in (kept, kept_now))
        yield Change(Kind.ORDER, "order", "順番", *names)


def whole(dose: Dose | None) -> str:
    """All that the paper says of a dose: amounts, places, legs."""
    if dose is None:
        return NO_DOSE
    places = "と".join(dose.places) if dose.places else ""
    return " × ".join(part for part in (said(dose), places, "左右それぞれ" if dose.each_leg else "") if part)
