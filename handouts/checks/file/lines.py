"""Lines and paragraphs rebuilt from where the characters stand, whatever order they were drawn in."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from handouts.checks.file.characters import Character
from handouts.checks.file.geometry import around

_ONE_LINE = 0.15
"""Share of the size by which base lines of one line may differ."""
_GAP, _CELL = 1.0, 0.3
"""Ems of white that part two lines on one base line (columns), and where the tags say that they are two (cells)."""
_TWICE = 0.12
"""Ems between two strokes of a letter that is struck twice to look bold."""
_PITCH = (0.9, 2.3)
"""Sizes from base line to base line within a paragraph."""
_INDENT = 1.3
"""Ems by which lines of a paragraph may begin apart."""
_ALIKE = 0.1
_LEAST_SIZE = 0.1
"""pt: a damaged file may say that its letters have no size."""
_OPEN = 400
"""Paragraphs begun above that a line may go on from."""
_READING, _ABOVE = 0.65, 1.6
"""Share of a word's size that its reading has at the most, and the word's sizes from base line to base line."""
_LEAST_READING = 0.25
_KANA = "\u3041", "\u30ff"
_OPENING, _CLOSING = "（(「『【〔［[｛{〈《", "）)」』】〕］]｝}〉》"


class Line:
    """Characters on one base line without a wide gap, in the direction of reading.

    `size` in pt is that of most of its characters; `ends` is where it begins and ends in the direction of reading, and
    `base` its base line across that, pt.
    """

    __slots__ = ("base", "box", "characters", "ends", "size", "text")

    def __init__(self, characters: list[Character]) -> None:
        self.characters = characters
        self.text = "".join([one.text for one in characters]).strip()
        sizes = [one.run.size for one in characters]
        self.size = sizes[0] if sizes.count(sizes[0]) == len(sizes) else max(set(sizes), key=sizes.count)
        self.box = around(characters)
        places = [_place(one) for one in characters] if self.angle else []
        starts, ends = [start for start, _, _ in places], [end for _, end, _ in places]
        self.ends = (min(starts), max(ends)) if places else (self.box.left, self.box.right)
        self.base = _place(characters[0])[2]

    @property
    def angle(self) -> float:
        return self.characters[0].run.angle


def _place(character: Character) -> tuple[float, float, float]:
    """Start, end and base line as the character is read, whichever way up it stands."""
    match character.run.angle:
        case 0:
            return character.left, character.right, character.run.y
        case 180:
            return -character.right, -character.left, -character.run.y
        case 90:
            return character.top, character.bottom, -character.run.x
        case 270:
            return -character.bottom, -character.top, character.run.x
        case angle:
            turn = math.radians(angle)
            x, y = character.box.middle
            half, along = character.size / 2, x * math.cos(turn) + y * math.sin(turn)
            return along - half, along + half, character.run.y * math.cos(turn) - character.run.x * math.sin(turn)


def _one(character: Character) -> object:
    """The group of characters of a file that says nothing of groups."""
    return None


def lines(characters: Iterable[Character], group: Callable[[Character], object] = _one) -> list[Line]:
    """The lines of visible characters, from the top down and from left to right.

    Those of different groups, the cells of a table for one, part at a narrower gap.
    """
    inked = [one for one in characters if one.inked]
    found: list[Line] = []
    for angle in sorted({one.run.angle for one in inked}):
        for level in _levels([one for one in inked if one.run.angle == angle]):
            found += [Line(part) for part in _parts(level, group)]
    return found


def _levels(characters: list[Character]) -> Iterator[list[Character]]:
    """Characters by base line, which those of a run share."""
    runs: dict[int, list[Character]] = {}
    for one in characters:
        runs.setdefault(id(one.run), []).append(one)
    level: list[Character] = []
    last = 0.0
    for base, run in sorted(((_place(run[0])[2], run) for run in runs.values()), key=_base_of):
        if level and base - last > _ONE_LINE * min(run[0].size, level[-1].size):
            yield level
            level = []
        level += run
        last = base
    if level:
        yield level


def _base_of(pair: tuple[float, list[Character]]) -> float:
    return pair[0]


def _parts(level: list[Character], group: Callable[[Character], object]) -> Iterator[list[Character]]:
    """One base line parted at wide gaps; what a bracket opens to be filled in by hand stays with what closes it."""
    places = {id(one): _place(one) for one in level} if level[0].run.angle else {}
    ordered = sorted(level, key=(lambda one: places[id(one)][0]) if places else _left)
    part: list[Character] = []
    end = 0.0
    for one in ordered:
        start, stop = places[id(one)][:2] if places else (one.left, one.right)
        if part and _again(part[-1], one):
            continue
        blank = bool(part) and part[-1].text in _OPENING and one.text in _CLOSING
        gap = (start - end) / max(one.size, part[-1].size, _LEAST_SIZE) if part and start > end else 0.0
        if gap > _CELL and not blank and (gap > _GAP or group(part[-1]) != group(one)):
            yield part
            part = []
        part.append(one)
        end = stop if len(part) == 1 else max(end, stop)
    if part:
        yield part


def _left(character: Character) -> float:
    return character.left


def _again(one: Character, other: Character) -> bool:
    """Whether a character is the one before, struck once more."""
    near = _TWICE * one.size
    return one.text == other.text and abs(one.left - other.left) < near and abs(one.top - other.top) < near


def paragraphs(found: Sequence[Line], groups: Sequence[object]) -> list[list[Line]]:
    """Lines that go on from each other, each with the next below it; `groups` parts lines of different elements.

    Lines without a group (None) are joined by their places alone.
    """
    ordered = sorted(range(len(found)), key=lambda index: (found[index].angle, found[index].base))
    done: list[list[int]] = []
    for index in ordered:
        near = [
            chain for chain in done[-_OPEN:] if groups[chain[-1]] == groups[index] and _goes_on(found, chain, index)
        ]
        if near:
            max(near, key=lambda chain: found[chain[-1]].base).append(index)
        else:
            done.append([index])
    return [[found[index] for index in chain] for chain in done]


def _goes_on(found: Sequence[Line], chain: list[int], index: int) -> bool:
    before, line = found[chain[-1]], found[index]
    size = max(before.size, line.size)
    pitch = line.base - before.base
    return (
        before.angle == line.angle
        and abs(before.size - line.size) <= _ALIKE * size
        and _PITCH[0] * size <= pitch <= _PITCH[1] * size
        and abs(before.ends[0] - line.ends[0]) <= _INDENT * size
    )


def readings(found: Sequence[Line]) -> list[Line]:
    """Lines of small kana that stand close above larger characters."""
    ordered = sorted(found, key=_base)
    small = [index for index, line in enumerate(ordered) if all(_KANA[0] <= one <= _KANA[1] for one in line.text)]
    return [ordered[index] for index in small if any(_reads(ordered[index], base) for base in _below(ordered, index))]


def _base(line: Line) -> float:
    return line.base


def _below(ordered: Sequence[Line], index: int) -> Sequence[Line]:
    """The lines that come next, as far as a reading stands above its word."""
    line = ordered[index]
    end = bisect_right(ordered, line.base + line.size / _LEAST_READING * _ABOVE, lo=index, key=_base)
    return ordered[index + 1 : min(end, index + _OPEN)]


def _reads(line: Line, base: Line) -> bool:
    (start, end), (left, right) = line.ends, base.ends
    return (
        line.angle == base.angle
        and line.size <= _READING * base.size
        and 0 < base.base - line.base <= _ABOVE * base.size
        and start < right
        and left < end
    )


def by_line(characters: Iterable[Character], found: Sequence[Line]) -> list[list[Character]]:
    """Some characters, in groups of one line each, so that what is wrong with many of a line is told once."""
    wrong = list(characters)
    if not wrong:
        return []
    numbers = {id(one): number for number, line in enumerate(found) for one in line.characters}
    pairs = sorted(((numbers.get(id(one), -1), order, one) for order, one in enumerate(wrong)), key=_first_two)
    return [[one for _, _, one in group] for _, group in groupby(pairs, key=lambda pair: pair[0])]


def _first_two(pair: tuple[int, int, Character]) -> tuple[int, int]:
    return pair[0], pair[1]
