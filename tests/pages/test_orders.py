"""Of several orders of its rows a layout takes that in which signs come first and exercises stand together."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from handouts.library import Library
from handouts.model import BlockName
from handouts.pages import flow as flow_module
from handouts.pages.box import Box
from handouts.pages.components.piece import Piece
from handouts.pages.ranking import is_good, rank
from handouts.setting import Job, Setting, set_handout

LIBRARY = Library()
DAY = date(2026, 11, 22)


def setting(topic: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Setting, list[list[list[Piece]]]]:
    """A topic set on A4, and the sides of each order that was tried."""
    tried = []
    real = flow_module.filled

    def filled(*given: object) -> list[list[Piece]]:
        tried.append(real(*given))  # type: ignore[arg-type]
        return tried[-1]

    monkeypatch.setattr(flow_module, "filled", filled)
    return set_handout(LIBRARY, LIBRARY.handout(topic), Job(DAY)), tried


@pytest.mark.parametrize("topic", ["stairs", "walking"])
def test_exercises_stand_on_one_side(topic: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first order parts them over two sides; the other one has them together, and no more sides."""
    done, (first, second) = setting(topic, monkeypatch)
    assert (rank(first)[2], rank(second)[2]) == (2, 1)
    assert len(done.document.sheets) == len(second) == len(first)
    assert rank(second) < rank(first)


def test_a_leaf_needs_no_other_order(monkeypatch: pytest.MonkeyPatch) -> None:
    _, tried = setting("running", monkeypatch)
    assert len(tried) == 1
    assert is_good(rank(tried[0]))


def test_signs_come_before_all_else() -> None:
    signs, exercises = Piece(Box(1), holds=(BlockName.WARNING,)), Piece(Box(1), holds=(BlockName.EXERCISES,))
    assert rank([[signs], [exercises], [exercises]]) < rank([[exercises], [signs]])
    assert not is_good(rank([[exercises], [signs]]))


def test_another_order_has_the_same_blocks() -> None:
    layout = LIBRARY.layout("a4")
    assert len(layout.orders) == 2
    for order in layout.orders:
        assert set(order.takes) == set(layout.takes)
        assert order.place == layout.place
    assert replace(layout, otherwise=()).orders == [replace(layout, otherwise=())]
