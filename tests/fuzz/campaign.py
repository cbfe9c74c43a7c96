"""A run of many cases: files are changed at random, and changed further where an answer was one not met before."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.fuzz.corpus import KINDS, Case, changes_of, seeds
from tests.fuzz.mutations import Mutation, mutated
from tests.fuzz.worker import Result, Worker

POOL = 300
"""Most changed files of a kind that are kept to be changed further."""
WEIGHTS = {"topic": 4, "exercise": 2, "common": 2, "layout": 3, "theme": 2, "clinic": 2, "pose": 1, "record": 4}
"""How often a kind is taken; the others 3 times. A pose costs ten times as much as a record."""
NUMBERS = 2**31

Pools = dict[str, list[tuple[str, bytes]]]
"""By kind, changed files (stem, bytes) that gave an answer not met before."""


@dataclass(slots=True)
class Tally:
    """What was tried of a kind and what came of it; `found` has the first and smallest case of each finding."""

    cases: int = 0
    made: int = 0
    refused: int = 0
    answers: set[frozenset[str]] = field(default_factory=set)
    found: dict[str, tuple[Case, Result]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A case that is still to be made: a file of a kind and what is to be changed in it."""

    kind: str
    stem: str
    data: bytes
    changes: tuple[Mutation, ...]
    choice: int

    def case(self) -> Case:
        """The case."""
        donors = list(seeds(self.kind).values())
        return Case(self.kind, mutated(self.data, self.changes, donors), self.stem, self.choice)


def run(worker: Worker, seed: int, until: float, kinds: Sequence[str] = KINDS) -> dict[str, Tally]:
    """Cases from a seed until a moment of `time.monotonic`; the tally of each kind."""
    tallies = {kind: Tally() for kind in kinds}
    pools: Pools = {kind: [] for kind in kinds}
    for plan in plans(random.Random(seed), kinds, pools):
        if time.monotonic() >= until:
            return tallies
        tally, case = tallies[plan.kind], plan.case()
        result = worker.run(case)
        tally.cases += 1
        tally.made += bool(result.made)
        tally.refused += not result.made and not result.found
        if result.found:
            if result.found not in tally.found:
                tally.found[result.found] = smallest(worker, plan, result)
        elif result.said not in tally.answers or (result.made and not result.said):
            tally.answers.add(result.said)
            pools[plan.kind] = [*pools[plan.kind], (plan.stem, case.data)][-POOL:]
    return tallies


def plans(chance: random.Random, kinds: Sequence[str], pools: Pools) -> Iterator[Plan]:
    """Without end, what to try next: a real file or one of the pools, with one to six changes."""
    weights = [WEIGHTS.get(kind, 3) for kind in kinds]
    while True:
        kind = chance.choices(kinds, weights)[0]
        pool = pools[kind] if pools[kind] and chance.random() < 0.5 else list(seeds(kind).items())
        stem, data = chance.choice(pool)
        count = min(6, 1 + int(chance.expovariate(0.7)))
        names = changes_of(kind)
        changes = (
            Mutation(chance.choice(names), chance.randrange(NUMBERS), chance.randrange(NUMBERS)) for _ in range(count)
        )
        yield Plan(kind, stem, data, tuple(changes), chance.randrange(NUMBERS))


def smallest(worker: Worker, plan: Plan, result: Result) -> tuple[Case, Result]:
    """The case with as few changes as still give the same finding."""
    changes = list(plan.changes)
    for change in plan.changes:
        fewer = [one for one in changes if one is not change]
        tried = worker.run(Plan(plan.kind, plan.stem, plan.data, tuple(fewer), plan.choice).case())
        if tried.found == result.found:
            changes, result = fewer, tried
    return Plan(plan.kind, plan.stem, plan.data, tuple(changes), plan.choice).case(), result
