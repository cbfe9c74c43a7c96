"""A node becomes a value of any type the model may use, and its problems carry hints that help."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from msgspec import Meta, field

from handouts.decode import decode, examine
from handouts.model import Record, Text
from handouts.problems import Place, Problems
from handouts.source import read_text


class Colour(Enum):
    """Two colours."""

    RED = "red"
    BLUE = "blue"


class Point(Record, frozen=True, kw_only=True):
    """Every form a field may have."""

    name: str
    count: int = 0
    size: Annotated[float, Meta(gt=0, lt=10)] = 1.0
    on: bool = False
    colour: Colour = Colour.RED
    side: Literal["right", "left"] = "left"
    pair: tuple[int, int] = (0, 0)
    items: list[str] = field(default_factory=list)
    many: dict[Colour, tuple[int, ...]] = field(default_factory=dict)
    either: int | tuple[int, ...] | None = None
    free: Any = None


def problems(text: str, type_: Any = Point) -> list[str]:
    """Line:column, message and hint of each problem."""
    found = examine(type_, read_text(text, "f")).problems
    return [
        f"{problem.place.line}:{problem.place.column} {problem.message} {problem.hint}".strip() for problem in found
    ]


def test_every_form_is_read() -> None:
    text = (
        "name: |\n\n  膝\n  裏\n\ncount: -3\nsize: 1.5\non: true\ncolour: blue\nside: right\n"
        "pair: [1, 2]\nitems: [a, 1]\n"
        "many: {red: [1], blue: []}\neither: [1]\nfree: {x: [1, {y: z}]}\n"
    )
    point = decode(Point, read_text(text, "f"))
    assert (point.name, point.count, point.size, point.on) == ("膝\n裏", -3, 1.5, True)
    assert (point.colour, point.side, point.pair) == (Colour.BLUE, "right", (1, 2))
    assert (point.items, point.many) == (["a", "1"], {Colour.RED: (1,), Colour.BLUE: ()})
    assert (point.either, point.free) == ((1,), {"x": ["1", {"y": "z"}]})
    assert decode(Point, read_text("name: x\neither: 7")).either == 7
    assert point.place == Place("f", 1, 1)


def test_a_text_knows_where_each_character_was_written() -> None:
    point = decode(Point, read_text("name: |\n\n  膝の\n  裏\n\nitems:\n  - 'あ\n    い'\n  - う\n", "f"))
    name, (quoted, plain) = point.name, point.items
    assert isinstance(name, Text)
    assert isinstance(quoted, Text)
    assert isinstance(plain, Text)
    assert [name.at(offset) for offset in (0, 1, 3)] == [Place("f", 3, 3), Place("f", 3, 4), Place("f", 4, 3)]
    assert [quoted.at(offset) for offset in (0, 1)] == [Place("f", 7, 6), Place("f", 8, 5)]
    assert plain.at(0) == plain.place == Place("f", 9, 5)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: x\ncoutn: 1", "2:1 知らない項目「coutn」です。 もしかして: count"),
        ("name: x\nnam: y", "2:1 知らない項目「nam」です。 もしかして: name"),
        ("name: x\n　count: 1", "2:1 知らない項目「　count」です。 項目名の前後の全角の空白を消してください。"),
        ("name: x\nCOUNT: 1", "2:1 知らない項目「COUNT」です。 もしかして: count"),
        ("name: x\ncount: １２", "2:8 整数が必要ですが、「１２」です。 半角で 12 と書いてください。"),
        ("name: x\ncount: '12'", "2:8 整数が必要ですが、「12」です。 引用符を外し、12 と書いてください。"),
        ("name: x\nsize: 1e9", "2:7 数が必要ですが、「1e9」です。 数字だけを半角で書いてください。"),
        ("name: x\nsize: 10", "2:7 10 は範囲の外です。 10 より小さい数で書いてください。"),
        ("name: x\nsize: 0", "2:7 0 は範囲の外です。 0 より大きい数で書いてください。"),
        ("name: x\non: Yes", "2:5 true か false が必要ですが、「Yes」です。 true と書いてください。"),
        ("name: x\ncolour: rad", "2:9 「rad」は選べません。 もしかして: red(選べる値: red, blue)"),
        ("name: x\nside: 右", "2:7 「右」は選べません。 選べる値: left, right"),
        ("name: x\npair: [1]", "2:7 少なくとも 2 つ必要です(今は 1 つ)。 書き足してください。"),
        ("name: x\nitems: a", "2:8 リストが必要ですが、文です。 行頭に「- 」を付けて、1つずつ書いてください。"),
        ("name: x\nmany: [1]", "2:7 「名前: 値」の並びが必要ですが、リストです。"),
        ("name: '　'", "1:7 値が空です。 値を書くか、要らなければこの項目を消してください。"),
        ("count: 1", "1:1 項目「name」がありません。 この並びに書き足してください。"),
        ("- x", "1:1 「項目: 値」の並びが必要ですが、リストです。 書く項目: name"),
    ],
)
def test_a_problem_and_its_hint(text: str, problem: str) -> None:
    assert problems(text) == [problem]


def test_a_reading_that_yaml_takes_for_a_record() -> None:
    hint = '「{」で始まる文や、「: 」のある文は、全体を " で囲んでください。'
    assert problems("name: {膝|ひざ}") == [f"1:7 文が必要ですが、「項目: 値」の並びです。 {hint}"]


def test_hints_give_the_narrow_form() -> None:
    amount = Annotated[str, Meta(pattern="^[0-9]+(〜[0-9]+)?秒$", description="秒")]
    assert problems("３０～６０秒", amount) == ["1:1 「３０～６０秒」は形が違います。 もしかして: 30〜60秒"]
    assert problems("長く", amount) == ["1:1 「長く」は形が違います。 書き方: 秒"]


def test_all_problems_come_at_once() -> None:
    assert (
        len(problems("nmae: x\ncount: a\nsize: -1\non: x\ncolour: x\nside: x\npair: x\nitems: []\nmany: {x: [a]}")) == 9
    )
    with pytest.raises(Problems) as caught:
        decode(Point, read_text("count: a"))
    assert len(caught.value) == 2


def test_a_type_that_is_not_known_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        decode(complex, read_text("1"))
