"""The pages of a booklet: a cover, contents spread over whole sheets of paper, and pages to write on."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.pages.components.piece import Piece, least_height
from handouts.pages.impose import PER_SHEET
from handouts.pages.partition import partition

LEAST_FILL = 0.55
"""Contents are spread over further pages as long as each is filled so far."""


def parted_cover(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What stands on a page of its own, up to a piece at its foot, and the rest."""
    end = next((index + 1 for index, piece in enumerate(pieces) if piece.bottom), 0)
    return list(pieces[:end]), list(pieces[end:])


def spread(
    pieces: Sequence[Piece], fewest: list[list[Piece]], rooms: tuple[float, float], gap: float, before: int
) -> list[list[Piece]]:
    """The pages after the `before` first ones, so many that all together fill whole sheets; some may be empty.

    `fewest` are the pages if there were no more than need be, `rooms` the heights of a page and of the last in pt.
    The contents take further pages as long as none looks empty; pages that are left over stand before the back cover,
    which then has the clinic alone.
    """
    whole = len(fewest) + -(len(fewest) + before) % PER_SHEET
    page, last = rooms
    for count in range(whole, len(fewest), -1):
        sides = partition(pieces, [page] * (count - 1) + [last], gap)
        if sides and all(sides) and _emptiest(sides, page, last, gap) >= LEAST_FILL:
            fewest = sides
            break
    if len(fewest) == whole:
        return fewest
    alone = next(
        (sides for count in range(1, whole) if (sides := partition(pieces, [page] * count, gap)) and all(sides)), fewest
    )
    return [*alone, *([] for _ in range(whole - len(alone)))]


def _emptiest(sides: list[list[Piece]], page: float, last: float, gap: float) -> float:
    """How full the emptiest page is; the last one counts as a page with its foot."""
    fills = [least_height(side, gap) / page for side in sides[:-1]]
    return min([*fills, (least_height(sides[-1], gap) + page - last) / page])
