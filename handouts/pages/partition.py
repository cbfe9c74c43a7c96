"""Pieces in reading order cut into faces: all fit, sections whole where that can be, faces filled evenly."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handouts.pages.components.piece import Piece

MISSED = 0.5
"""What it costs that a piece which would begin a face does not, where a full face costs 1."""
PARTED = 0.3
"""What it costs to go on with a section on the next face, by the same measure."""
SPARSE, SPARSE_COST = 1 / 3, 1.0
"""A face that must not stay empty costs so much where less than this part of it is filled."""


def partition(
    pieces: Sequence[Piece], rooms: Sequence[float], gap: float, *, fill: bool = False
) -> list[list[Piece]] | None:
    """The pieces of each face, in order, faces at the end perhaps empty unless `fill`; None where they do not fit.

    `rooms` are the heights of the faces in pt, `gap` the least white between sections. Of all ways the one with the
    least sum of squared fillings (which is the most even), with `MISSED` and `PARTED` added.
    """
    count = len(pieces)
    best = [0.0] + [math.inf] * count
    cuts: list[list[int]] = []
    for room in rooms:
        after, cut = [best[0]] + [math.inf] * count, [0] * (count + 1)
        for start in range(count):
            if best[start] == math.inf or (start and pieces[start - 1].keep):
                continue
            for end, cost in _faces(pieces, start, room, gap, SPARSE_COST if fill and len(rooms) > 1 else 0.0):
                if best[start] + cost < after[end]:
                    after[end], cut[end] = best[start] + cost, start
        if best[count] < after[count] and not fill:
            # All stood on the faces before: this one stays empty.
            after[count], cut[count] = best[count], count
        best = after
        cuts.append(cut)
    if best[count] == math.inf:
        return None
    faces: list[list[Piece]] = []
    end = count
    for cut in reversed(cuts):
        faces.insert(0, list(pieces[cut[end] : end]))
        end = cut[end]
    return faces


def _faces(pieces: Sequence[Piece], start: int, room: float, gap: float, sparse: float) -> list[tuple[int, float]]:
    """Every face that begins with a piece: the index after its last, and what it costs."""
    first = pieces[start]
    height = first.lead.height if first.lead else 0.0
    cost = PARTED if start and first.gap is not None else 0.0
    found = []
    for end in range(start + 1, len(pieces) + 1):
        piece = pieces[end - 1]
        if end > start + 1:
            height += gap if piece.gap is None else piece.gap
            cost += MISSED if piece.new_side else 0.0
        height += piece.box.height
        if height > room + 0.01:
            break
        if end == len(pieces) or not piece.keep:
            share = height / room
            found.append((end, cost + share**2 + (sparse if share < SPARSE else 0.0)))
    return found
