"""A plan's open questions as boxes beside their fields, each with its ways out, the safest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handouts.consult.conditions import Said, is_nothing, speaks_against, too_young_or_old
from handouts.consult.dose import NAMES
from handouts.consult.merge import stated_doses
from handouts.consult.questions import MOST
from handouts.consult.summary import is_closed
from handouts.desk.doses import outside
from handouts.desk.visits import next_open, usual_time, written
from handouts.desk.wire import Lang, Trouble, Way
from handouts.desk.words import say
from handouts.model.amounts import minutes
from handouts.text.markup import plain

if TYPE_CHECKING:
    from handouts.consult.plan import Plan
    from handouts.library import Library
    from handouts.model import ExerciseEntry, Handout


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks about one plan: `topic` is the handout as it is, before anything was chosen."""

    library: Library
    plan: Plan
    topic: Handout
    today: date
    lang: Lang

    def troubles(self) -> Iterator[Trouble]:
        """All boxes but those about the name, whether or not they were answered."""
        ids = {question.id.partition(":")[0] for question in self.plan.questions}
        if "dose" in ids:
            yield from self._doses()
        if "exercises" in ids:
            yield self._exercises()
        if "minutes" in ids:
            yield self._minutes()
        for question in self.plan.questions:
            if question.id.startswith(("notes:", "findings:", "conditions:", "age")):
                yield from self._avoid(question.id, question.text)
        yield from self._visit()

    def _say(self, key: str, **values: object) -> str:
        return say(self.lang, key, **values)

    def _doses(self) -> Iterator[Trouble]:
        for choice in self.plan.consultation.exercises:
            stated = stated_doses(self.library, [self.topic], choice.exercise)
            for name in NAMES:
                value = getattr(choice, name)
                if value is None or not stated or not (found := outside(name, value, stated)):
                    continue
                over, usual, nearest = found
                text = self._say("dose-over" if over else "dose-under", value=value, range=usual)
                ways = (
                    Way(self._say("way-back", value=nearest), set={"exercises": {choice.exercise: {name: nearest}}}),
                    Way(self._say("way-as-told", value=value), answer=f"dose:{choice.exercise}:{name}:{value}"),
                )
                id_ = f"dose:{choice.exercise}:{name}"
                yield Trouble(id_, "ask", "dose", text, ways, str(choice.exercise), name, lang=self.lang)

    def _exercises(self) -> Trouble:
        entries = self.plan.handout.exercises
        count = len(entries)
        last = str(entries[-1].id)
        text = self._say("exercises-many", count=count, most=MOST)
        ways = (
            Way(self._say("way-not-many", count=count), remove=last),
            Way(self._say("way-many", count=count), answer=f"exercises:{count}"),
        )
        return Trouble("exercises", "ask", "exercises", text, ways, last, lang=self.lang)

    def _minutes(self) -> Trouble:
        handout = self.plan.handout
        most = minutes(entry.dose for entry in handout.exercises)[1]
        text = self._say("minutes-over", minutes=most, limit=handout.clinic.daily_minutes)
        usual: dict[str, object] = {
            str(one.exercise): None for one in self.plan.consultation.exercises if _changed(one)
        }
        ways = [Way(self._say("way-minutes", minutes=most), answer=f"minutes:{most}")]
        if usual:
            ways.insert(0, Way(self._say("way-usual"), set={"exercises": usual}))
        return Trouble("minutes", "ask", "minutes", text, tuple(ways), lang=self.lang)

    def _avoid(self, id_: str, asked: str) -> Iterator[Trouble]:
        """A box for each exercise that something which was written speaks against; else one with the question."""
        said, where = self._said(id_)
        found = [
            (entry, line)
            for entry in self.plan.handout.exercises
            for line in entry.exercise.avoid or ()
            if self._against(said, line, where)
        ]
        for entry in dict.fromkeys(entry for entry, _ in found):
            line = next(line for one, line in found if one is entry)
            yield self._about(id_, entry, plain(line), said)
        if not found:
            ways = (
                Way(self._say("way-shorten"), focus="memo"),
                Way(self._say("way-checked"), answer=f"{id_}:{said}"),
            )
            yield Trouble(id_, "ask", "memo", asked, ways, lang="ja")

    def _about(self, id_: str, entry: ExerciseEntry, line: str, said: str) -> Trouble:
        ways = (
            Way(self._say("way-drop"), remove=str(entry.id)),
            Way(self._say("way-checked"), answer=f"{id_}:{entry.id}:{said}"),
        )
        text = self._say("avoid", line=line)
        return Trouble(f"{id_}:{entry.id}", "ask", "dose", text, ways, str(entry.id), lang=self.lang)

    def _said(self, id_: str) -> tuple[str, Said | None]:
        """What was written, and where."""
        kind, _, number = id_.partition(":")
        record = self.plan.consultation
        if kind == "age":
            return str(record.patient.age), None
        where = Said(kind)
        return str(getattr(record, kind)[int(number) - 1]), where

    @staticmethod
    def _against(said: str, line: str, where: Said | None) -> bool:
        if where is None:
            return too_young_or_old(int(said), line)
        return not is_nothing(said) and speaks_against(said, line, where)

    def _visit(self) -> Iterator[Trouble]:
        visit = self.plan.next_visit
        if visit is None:
            return
        day, time = visit
        past = day < self.today
        if not past and not is_closed(self.plan.handout.clinic, day):
            return
        said = written(day, None)
        clinic = self.plan.handout.clinic
        other = next_open(clinic, max(day, self.today))
        ways = [Way(self._say("way-this-day", day=said), answer=f"visit:{day.isoformat()}")]
        if other != day:
            to = {"date": other.isoformat(), "time": usual_time(clinic, other) or time}
            ways.insert(0, Way(self._say("way-next-open", day=written(other, None)), set={"visit": to}))
        text = self._say("visit-past" if past else "visit-closed", day=said)
        yield Trouble("visit", "ask", "visit", text, tuple(ways), lang=self.lang)


def _changed(choice: object) -> bool:
    return any(getattr(choice, name) for name in NAMES)


def unanswered(troubles: Iterable[Trouble], answers: frozenset[str]) -> list[Trouble]:
    """Those that nobody has answered; an answer is to one very value, so that another value is asked about anew."""
    return [one for one in troubles if not any(way.answer in answers for way in one.ways if way.answer)]
