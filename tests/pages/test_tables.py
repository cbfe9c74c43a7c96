"""Columns of the self-check tables: as wide as their words ask, and told apart by white."""

from __future__ import annotations

from itertools import pairwise

import pytest

from handouts.faces import load_faces
from handouts.library import Library
from handouts.pages.blocks import CheckTables, Grid2D
from handouts.pages.box import Box, mm
from handouts.pages.components.tables import set_tables
from handouts.pages.setter import Setter
from handouts.pages.sheet import Text

LIBRARY = Library()
FACES = load_faces(list(LIBRARY.folders.of("fonts")))
TABLES = [
    Grid2D(table.columns, tuple(row.cells for row in table.rows), table.strong - 1)
    for name in LIBRARY.topics()
    if (check := LIBRARY.handout(name).topic.check)
    for table in check.tables
]


def lines_of(box: Box) -> list[list[Text]]:
    """Texts of each line, from left to right."""
    found: dict[float, list[Text]] = {}
    for item in box.items:
        if isinstance(item, Text):
            found.setdefault(round(item.y, 1), []).append(item)
    return [sorted(line, key=lambda item: item.x) for _, line in sorted(found.items())]


def made(theme: str, width: float, table: Grid2D) -> Box:
    setter = Setter(FACES, LIBRARY.theme(theme, LIBRARY.layout("a4").place))
    pieces = set_tables(setter, CheckTables(1, "自分で確かめる", (table,)), mm(width), [(0.0, mm(width))])
    assert len(pieces) == 1
    assert setter.problems == []
    return pieces[0].box


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.rows[0][0])
@pytest.mark.parametrize(
    ("theme", "width"), [("calm", 106.4), ("leaflet", 80), ("large", 186), ("booklet-large", 124.5)]
)
def test_white_parts_the_columns(theme: str, width: float, table: Grid2D) -> None:
    setter = Setter(FACES, LIBRARY.theme(theme, LIBRARY.layout("a4").place))
    setter_types = setter.theme.type
    strong = {True: setter_types.strong, False: setter_types.body}
    for line in lines_of(made(theme, width, table))[2:]:
        for left, right in pairwise(line):
            if right.left > left.left:
                style = strong[left.face == "bold"]
                assert right.x - left.x - setter.width(left.text, style) >= mm(4) - 0.1, (left.text, right.text)


def test_white_parts_the_columns_of_tables_side_by_side_whose_keys_the_theme_gives() -> None:
    check = LIBRARY.handout("running").topic.check
    assert check
    setter = Setter(FACES, LIBRARY.theme("calm", LIBRARY.layout("a4").place))
    tables = tuple(Grid2D(one.columns, tuple(row.cells for row in one.rows), one.strong - 1) for one in check.tables)
    spans = [(0.0, mm(74.6)), (mm(79.6), mm(106.4))]
    (piece,) = set_tables(setter, CheckTables(1, check.heading, tables), mm(186), spans)
    texts = {item.text: item for item in piece.box.items if isinstance(item, Text)}
    key, answer = texts["動くと痛い、曲げ伸ばしにくい"], texts["筋肉・筋膜"]
    assert answer.x - key.x - setter.width(key.text, setter.theme.type.body) >= mm(4) - 0.1


def test_a_key_breaks_only_where_both_columns_need_it() -> None:
    """Eight characters stand on one line of a panel, and none of these keys runs into its answer."""
    running = next(table for table in TABLES if table.rows[1][0] == "深く曲げると痛い")
    texts = [item.text for line in lines_of(made("leaflet", 80, running)) for item in line]
    assert "深く曲げると痛い" in texts
    assert len(lines_of(made("leaflet", 80, running))) <= 11
    cramp = next(table for table in TABLES if table.rows[1][0] == "片脚が腫れ、痛みが続く")
    assert len(lines_of(made("leaflet", 100, cramp))) == 2 + len(cramp.rows)
