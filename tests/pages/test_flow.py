"""How pieces are put on sides: order kept, fewest sides, nothing that does not fit in silence."""

from __future__ import annotations

from datetime import date

import pytest

from handouts.faces import load_faces
from handouts.illustrate import illustrations
from handouts.library import Library
from handouts.pages.box import Box, mm
from handouts.pages.components.piece import Piece
from handouts.pages.compose import compose
from handouts.pages.flow import split_sides
from handouts.pages.grid import Grid
from handouts.pages.rows import set_rows
from handouts.pages.setter import Setter
from handouts.pages.sheet import Rect, Rule
from handouts.problems import Place, Problems

LAYOUT = Library().layout("a4")
FOOT = mm(10)
ROOM = 297 - 10 - 10 - 5 - 10
"""mm a side of A4 has between its margins, above a foot of 10 mm."""


def pieces(*heights: float, new: tuple[int, ...] = ()) -> list[Piece]:
    return [Piece(Box(1, mm(height)), new_side=index in new) for index, height in enumerate(heights)]


def heights(sides: list[list[Piece]]) -> list[list[int]]:
    return [[round(piece.box.height / mm(1)) for piece in side] for side in sides]


def test_what_fits_one_side_stays_on_one() -> None:
    assert heights(split_sides(pieces(100, 100), LAYOUT, FOOT, FOOT)) == [[100, 100]]


def test_order_is_kept_and_sides_are_filled_evenly() -> None:
    assert heights(split_sides(pieces(90, 60, 80, 70, 60), LAYOUT, FOOT, FOOT)) == [[90, 60], [80, 70, 60]]


def test_a_new_side_begins_where_it_costs_no_further_side() -> None:
    even = split_sides(pieces(120, 40, 30, 100), LAYOUT, FOOT, FOOT)
    wanted = split_sides(pieces(120, 40, 30, 100, new=(3,)), LAYOUT, FOOT, FOOT)
    assert heights(even) == [[120, 40], [30, 100]]
    assert heights(wanted) == [[120, 40, 30], [100]]


def test_a_new_side_gives_way_to_fewer_sides() -> None:
    assert heights(split_sides(pieces(100, 100, 40, new=(1,)), LAYOUT, FOOT, FOOT)) == [[100, 100, 40]]


def test_gaps_count() -> None:
    exactly = (ROOM - LAYOUT.gap.least) / 2
    assert len(split_sides(pieces(exactly, exactly - 0.01), LAYOUT, FOOT, FOOT)) == 1
    assert len(split_sides(pieces(exactly, exactly + 0.01), LAYOUT, FOOT, FOOT)) == 2


def test_the_last_side_is_no_foot_alone_where_something_can_stand_above_it() -> None:
    """Also where it costs to go on with a section; a piece that is too high to stand there leaves it alone."""
    going_on = pieces(100, 100)
    going_on[1].gap = mm(2)
    assert heights(split_sides(going_on, LAYOUT, FOOT, mm(90))) == [[100], [100]]
    assert heights(split_sides(pieces(100, 200), LAYOUT, FOOT, mm(90))) == [[100], [200], []]


def test_a_great_many_pieces_are_put_on_a_great_many_sides() -> None:
    sides = split_sides(pieces(*[40] * 120), LAYOUT, FOOT, FOOT)
    assert sum(map(len, sides)) == 120
    assert {len(side) for side in sides} <= {5, 6}


def test_a_piece_too_high_for_any_side_names_its_line_and_the_overrun() -> None:
    tall = pieces(50, ROOM + 12.3)
    tall[1].place = Place("exercises/long.yaml", 3, 1)
    with pytest.raises(Problems) as caught:
        split_sides(tall, LAYOUT, FOOT, FOOT)
    (problem,) = caught.value
    assert str(problem.place) == "exercises/long.yaml:3:1"
    assert "12.3 mm" in problem.message


def test_what_stays_together_is_not_parted_for_evenness() -> None:
    loose = pieces(130, 100, 80)
    kept = pieces(130, 100, 80)
    kept[0].keep = True
    assert heights(split_sides(loose, LAYOUT, FOOT, FOOT)) == [[130], [100, 80]]
    assert heights(split_sides(kept, LAYOUT, FOOT, FOOT)) == [[130, 100], [80]]


def test_the_summary_ends_at_the_foot_of_its_row_and_lines_fill_the_room() -> None:
    library = Library()
    handout, theme = library.handout("running"), library.theme("calm")
    blocks = compose(handout, LAYOUT, illustrations(library, handout, mono=False), date(2026, 11, 22))
    setter = Setter(load_faces(list(library.folders.of("fonts"))), theme)
    row = set_rows(setter, LAYOUT, LAYOUT.flow, Grid.of(LAYOUT), blocks)[-1]
    assert row.grow
    for piece, lines in ((row, 2), (row.grow(mm(20)), 4)):
        (ground,) = (item for item in piece.box.items if isinstance(item, Rect) and item.fill == theme.ink.tint)
        assert ground.y + ground.height == pytest.approx(piece.box.height, abs=0.5)
        hairlines = [item for item in piece.box.items if isinstance(item, Rule) and item.width == theme.rules.hairline]
        assert len(hairlines) == lines
