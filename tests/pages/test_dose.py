"""Doses: what the panel prints, and the minutes a day they add up to."""

from __future__ import annotations

import pytest

from handouts.library import Library
from handouts.model import Dose
from handouts.model.amounts import daily_minutes, daily_seconds
from handouts.pages.dose import dose_rows


def rows(dose: Dose) -> list[str]:
    return [f"{row.label} {row.value}{row.unit}" for row in dose_rows(dose, None, Library().labels())]


@pytest.mark.parametrize(
    ("dose", "printed"),
    [
        (Dose(hold="30〜60秒", each_leg=True, per_day="1回"), ["時間 30〜60秒", "左右 1回ずつ", "1日 1回"]),
        (
            Dose(repetitions="10回", each_leg=True, places=("内", "外"), per_day="1〜2回", seconds_each=4),
            ["左右 10回ずつ", "場所 内と外", "1日 1〜2回"],
        ),
        (
            Dose(hold="20秒", repetitions="3回", each_leg=True, per_day="2回"),
            ["時間 20秒", "左右 3回ずつ", "1日 2回"],
        ),
        (Dose(hold="5分", per_day="1回", every="2〜3日"), ["時間 5分", "1日 1回", "間隔 2〜3日に1回"]),
        (
            Dose(repetitions="10〜20回", sets="2セット", each_leg=True, per_day="1回", seconds_each=3),
            ["回数 10〜20回", "組数 2セット", "左右 それぞれ", "1日 1回"],
        ),
    ],
)
def test_rows_stand_in_their_fixed_order_and_nothing_is_left_out(dose: Dose, printed: list[str]) -> None:
    assert rows(dose) == printed


def test_seconds_count_every_repetition_place_and_leg() -> None:
    dose = Dose(repetitions="10回", places=("内", "外"), each_leg=True, per_day="1〜2回", seconds_each=4)
    assert daily_seconds(dose) == (10 * 4 * 2 * 2, 10 * 4 * 2 * 2 * 2)
    assert daily_seconds(Dose(hold="2〜3分", each_leg=True, per_day="1〜3回")) == (240, 1080)


@pytest.mark.parametrize(
    ("doses", "minutes"),
    [
        ([Dose(hold="30秒", per_day="1回")], "1"),
        ([Dose(hold="1〜3分", per_day="1回")], "3"),
        ([Dose(hold="1〜4分", per_day="1回")], "1〜4"),
        ([Dose(hold="61秒", per_day="1回"), Dose(hold="20秒", per_day="3回")], "3"),
    ],
)
def test_minutes_are_rounded_up_and_a_range_only_where_it_matters(doses: list[Dose], minutes: str) -> None:
    assert daily_minutes(doses) == minutes


def test_a_habit_says_when_and_takes_no_time() -> None:
    assert [(row.label, row.value) for row in dose_rows(None, "座るとき", Library().labels())] == [("いつ", "座るとき")]
    assert daily_minutes([None]) == ""
    assert daily_minutes([None, Dose(hold="30秒", per_day="1回")]) == "1"
