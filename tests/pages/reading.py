"""What every printed side must keep, judged on the finished file by an independent reader."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from handouts.checks.file import Character, PdfFile

MM = 72 / 25.4

# JLREQ 3.1.7 and 3.1.8, written out here: the line breaker's own table must not judge itself.
NOT_AT_START = "、。，．・：；！？)）」』】〕］｝〉》”’ーっゃゅょゎぁぃぅぇぉッャュョヮァィゥェォ々ゝゞヽヾ〜％℃"
SQUARE = 60.0
"""pt: wider than any character."""
NOT_AT_END = "(（「『【〔［｛〈《“‘"


def solid(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def assert_well_set(pdf: PdfFile, *, side: float = 12, end: float = 10, upright: bool = True) -> None:
    """No forbidden line start or end, no character on another, no missing glyph, all ink within the margins (mm).

    Lines that stand on their heads the reader gives backwards: of sheets that are not all `upright`, judge them apart.
    """
    for number, page in enumerate(pdf.pages, start=1):
        assert page.unmapped() == []
        if upright:
            assert_good_lines(page.characters)
        assert overlaps(page.characters) == []
        box = pdf.ink_box(number)
        assert box is not None
        left, top, right, bottom = box
        # A whole pixel of 72 dpi, and half a line's width, may lie on the margin itself.
        assert left >= side * MM - 1.5
        assert right <= page.width - side * MM + 1.5
        assert top >= end * MM - 1.5
        assert bottom <= page.height - end * MM + 1.5


def assert_good_lines(characters: Sequence[Character]) -> None:
    """No line begins or ends with what may not stand there."""
    seen = [line.strip() for line in lines(characters) if line.strip()]
    assert seen
    assert [line for line in seen if line[0] in NOT_AT_START and len(line) > 1] == []
    assert [line for line in seen if line[-1] in NOT_AT_END] == []


def lines(characters: Sequence[Character]) -> list[str]:
    """Runs of characters on one baseline without a wide gap: what the eye takes for one line."""
    found: list[list[Character]] = []
    for character in characters:
        last = found[-1][-1] if found else None
        same = last is not None and abs(last.bottom - character.bottom) < last.size / 4 and last.size == character.size
        if same and last is not None and -1 <= character.left - last.right < last.size:
            found[-1].append(character)
        else:
            found.append([character])
    return ["".join(character.text for character in line) for line in found]


def overlaps(characters: Sequence[Character]) -> list[str]:
    """Pairs of visible characters that lie on one another by more than a fifth of the smaller."""
    visible = [character for character in characters if character.visible and character.text.strip()]
    # Only what shares a square of the page can overlap: each character is in the squares of its corners.
    squares: dict[tuple[int, int], set[int]] = {}
    for index, one in enumerate(visible):
        for x in (one.left, one.right):
            for y in (one.top, one.bottom):
                squares.setdefault((int(x // SQUARE), int(y // SQUARE)), set()).add(index)
    pairs = sorted({pair for square in squares.values() for pair in combinations(sorted(square), 2)})
    return [
        f"{one.text}{other.text} at {one.left / MM:.0f}, {one.top / MM:.0f} mm"
        for one, other in ((visible[first], visible[second]) for first, second in pairs)
        if one.left < other.right and other.left < one.right and _area(one, other) > 0.2 * _smaller(one, other)
    ]


def _area(one: Character, other: Character) -> float:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(width, 0.0) * max(height, 0.0)


def _smaller(one: Character, other: Character) -> float:
    return min(_area(one, one), _area(other, other))
