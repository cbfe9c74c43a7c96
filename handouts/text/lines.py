"""Marked-up text and a measure in, runs on lines out: ragged right, never stretched, never wider than asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct

from handouts.faces import Stack
from handouts.text.fit import fit, given_up
from handouts.text.paragraph import Atom, Paragraph, paragraphs


class Style(Struct, frozen=True):
    """How a text is set: `size` in pt, the two stacked faces, `tracking` in em added to every advance.

    `strong` sets all of it bold; `phrases` ends lines between phrases where it can; `balance` evens the lines out.
    """

    size: float
    regular: Stack
    bold: Stack
    strong: bool = False
    phrases: bool = True
    balance: bool = False
    tracking: float = 0.0


class Run(Struct, frozen=True):
    """Text of one face at `x` pt from the start of its line, with its reading (`ruby_x` from the line's start too)."""

    x: float
    text: str
    face: str
    width: float
    ruby: str = ""
    ruby_x: float = 0.0
    ruby_size: float = 0.0


class Line(Struct, frozen=True):
    """One line: `width` in pt without spaces at its end; `text` is its slice of the bare text, newline included."""

    runs: tuple[Run, ...]
    width: float
    text: str


class Setting(Struct, frozen=True):
    """The lines of a text, and how often each rule was given up.

    The keys of `given_up` are phrase, last_line, unit, line_end, line_start and width.
    """

    lines: tuple[Line, ...]
    given_up: Mapping[str, int]


@lru_cache(maxsize=512)
def set_lines(markup: str, style: Style, width: float) -> Setting:
    """Sets a text to a measure of `width` pt. Raises MarkupError."""
    lines: list[Line] = []
    counts: dict[str, int] = {}
    for paragraph in _paragraphs(markup, style):
        if paragraph.widest_ruby > width:
            paragraph = paragraph.with_ruby_divided()
        breaks = fit(paragraph.measures, width, style.balance)
        for name, count in given_up(paragraph.measures, breaks, width).items():
            counts[name] = counts.get(name, 0) + count
        begins = [0, *breaks[:-1]]
        lines += [_line(paragraph, begin, end, style) for begin, end in zip(begins, breaks, strict=True)]
    return Setting(tuple(lines), MappingProxyType(counts))


def natural_width(markup: str, style: Style) -> float:
    """The width in pt of the widest hand-broken line, nothing else being broken. Raises MarkupError."""
    return max(paragraph.measures.ends[-1] for paragraph in _paragraphs(markup, style))


@lru_cache(maxsize=512)
def _paragraphs(markup: str, style: Style) -> tuple[Paragraph, ...]:
    stacks = (style.bold, style.bold) if style.strong else (style.regular, style.bold)
    return tuple(paragraphs(markup, stacks, style.size, style.tracking, style.phrases))


def _line(paragraph: Paragraph, begin: int, end: int, style: Style) -> Line:
    drawn = end
    while drawn > begin and paragraph.atoms[drawn - 1].is_space:
        drawn -= 1
    offsets, starts = paragraph.offsets, paragraph.measures.starts
    text = paragraph.text[offsets[begin] : offsets[end]]
    if end == len(paragraph.atoms):
        text += paragraph.ending
    runs = tuple(_runs(paragraph, begin, drawn, style))
    return Line(runs, starts[drawn] - starts[begin] if drawn > begin else 0.0, text)


def _runs(paragraph: Paragraph, begin: int, end: int, style: Style) -> Iterator[Run]:
    """Neighbours of one face in one run; a ruby base stands alone, and so does every cluster of tracked text."""
    starts, atoms = paragraph.measures.starts, paragraph.atoms
    first = begin
    for index in range(begin + 1, end + 1):
        if index < end and not style.tracking and _go_together(atoms[first], atoms[index]):
            continue
        x, width = starts[first] - starts[begin], starts[index] - starts[first]
        yield _run(atoms[first:index], x, width, style)
        first = index


def _go_together(one: Atom, other: Atom) -> bool:
    return one.strong == other.strong and one.group == other.group


def _run(atoms: tuple[Atom, ...], x: float, width: float, style: Style) -> Run:
    text = "".join(atom.text for atom in atoms)
    face = "bold" if style.strong or atoms[0].strong else "regular"
    ruby = "".join(atom.ruby for atom in atoms)
    if not ruby:
        return Run(x, text, face, width)
    stack = style.bold if face == "bold" else style.regular
    base_width = sum(atom.base_width for atom in atoms)
    ruby_size = style.size / 2
    ruby_x = x + (width - stack.width(ruby, ruby_size)) / 2
    return Run(x + (width - base_width) / 2, text, face, base_width, ruby, ruby_x, ruby_size)
