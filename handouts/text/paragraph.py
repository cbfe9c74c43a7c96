"""A paragraph taken apart: clusters with their faces and widths, readings, and the class of every possible break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from itertools import pairwise

from msgspec import Struct

from handouts.faces import Stack, clusters
from handouts.text.breaks import NEVER, UNIT, classes, reluctance
from handouts.text.characters import SPACES
from handouts.text.fit import Measures
from handouts.text.markup import Span, parse

LONGEST_WHOLE_BASE = 5
"""Clusters; a longer ruby base may be divided over two lines."""


class Atom(Struct, frozen=True):
    """What no line break divides: a cluster, or a short ruby base. Widths in pt; `group` numbers a base (0: none)."""

    text: str
    width: float
    strong: bool = False
    group: int = 0
    ruby: str = ""
    base_width: float = 0.0

    @property
    def is_space(self) -> bool:
        return self.text in SPACES


class Paragraph(Struct, frozen=True, dict=True, eq=False):
    """The text between two hand breaks; `offsets` are where its atoms begin, `ending` is the newline after it."""

    spans: tuple[Span, ...]
    stacks: tuple[Stack, Stack]
    size: float
    tracking: float
    by_phrase: bool
    ending: str
    longest_whole_base: int = LONGEST_WHOLE_BASE

    @cached_property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        return tuple(atom for number, span in enumerate(self.spans, 1) for atom in self._atoms(span, number))

    @cached_property
    def offsets(self) -> list[int]:
        found = [0]
        for atom in self.atoms:
            found.append(found[-1] + len(atom.text))
        return found

    @property
    def widest_ruby(self) -> float:
        """The width in pt of the widest base that is kept whole."""
        return max((atom.width for atom in self.atoms if atom.ruby), default=0.0)

    def with_ruby_divided(self) -> Paragraph:
        """The same paragraph for a measure so narrow that even short ruby bases must be divided."""
        return Paragraph(self.spans, self.stacks, self.size, self.tracking, self.by_phrase, self.ending, 1)

    @cached_property
    def measures(self) -> Measures:
        atoms = self.atoms
        starts, ends, counts = [0.0], [0.0], [0]
        for atom in atoms:
            starts.append(starts[-1] + atom.width)
            ends.append(ends[-1] if atom.is_space else starts[-1])
            counts.append(counts[-1] if atom.is_space else counts[-1] + len(clusters(atom.text)))
        found = [*classes(self.text, self.offsets[:-1], self.by_phrase), NEVER]
        for index in range(1, len(atoms)):
            if atoms[index].group and atoms[index].group == atoms[index - 1].group:
                found[index] = max(found[index], UNIT)
        # Of the atoms alone: measures that held the paragraph would keep it alive until the collector comes round.
        return Measures(starts, ends, found, counts, partial(_reluctance, atoms))

    def _atoms(self, span: Span, number: int) -> Iterator[Atom]:
        stack = self.stacks[span.strong]
        parts = clusters(span.text)
        track = self.tracking * self.size
        if not span.ruby:
            widths = {part: stack.advance(part) * self.size + track for part in set(parts)}
            known = {part: Atom(part, width, span.strong) for part, width in widths.items()}
            yield from map(known.__getitem__, parts)
        elif len(parts) <= self.longest_whole_base:
            yield self._with_ruby(span.text, span.ruby, span.strong, number)
        else:
            for part, ruby in zip(parts, _shares(clusters(span.ruby), len(parts)), strict=True):
                yield self._with_ruby(part, ruby, span.strong, number)

    def _with_ruby(self, text: str, ruby: str, strong: bool, number: int) -> Atom:
        """A base centred in the wider of itself and its reading, which is set at half its size."""
        stack = self.stacks[strong]
        base_width = stack.width(text, self.size) + self.tracking * self.size * len(clusters(text))
        return Atom(text, max(base_width, stack.width(ruby, self.size / 2)), strong, number, ruby, base_width)


def _reluctance(atoms: Sequence[Atom], index: int) -> int:
    return reluctance(atoms[index - 1].text[-1], atoms[index].text[0])


def _shares(reading: Sequence[str], parts: int) -> list[str]:
    """A reading dealt out evenly over the clusters of its base."""
    bounds = [len(reading) * n // parts for n in range(parts + 1)]
    return ["".join(reading[low:high]) for low, high in pairwise(bounds)]


def paragraphs(
    markup: str, stacks: tuple[Stack, Stack], size: float, tracking: float, by_phrase: bool
) -> Iterator[Paragraph]:
    """The paragraphs of a marked-up text, one for each hand-broken line; empty lines are paragraphs too."""
    spans: list[Span] = []
    for span in parse(markup):
        first, *others = span.text.split("\n") if not span.ruby else [span.text]
        if first:
            spans.append(Span(first, span.strong, span.ruby))
        for other in others:
            yield Paragraph(tuple(spans), stacks, size, tracking, by_phrase, "\n")
            spans = [Span(other, span.strong)] if other else []
    yield Paragraph(tuple(spans), stacks, size, tracking, by_phrase, "")
