"""Records: what may be written, what flags change, and that no message ever says a patient's name."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.consult import when
from handouts.consult.code import check_character
from handouts.consult.content import Content
from handouts.consult.dose import BadDose, amounts_in, said, typed
from handouts.consult.record import Flags, consultation_of, nodes_of, read_record, record_text
from handouts.library import Library
from handouts.model.consultation import Choice, Consultation, Knee, Paper, Place, Visit
from handouts.problems import Place as At
from handouts.problems import Problems, show
from handouts.schema import schemas

HERE = Path(__file__).parent
BAD = sorted(path.name for path in (HERE / "bad").glob("*.yaml"))
EXPECTED = re.compile("^# 期待: ([0-9]+:[0-9]+ .+)$", re.MULTILINE)
TODAY = date(2026, 11, 22)
NAME = "見本花子"
LIBRARY = Library()


def read(text: str, flags: Flags | None = None) -> Consultation:
    return read_record(text, "record.yaml", LIBRARY, TODAY, flags)


def record(rest: str = "", **fields: str) -> str:
    lines = {"topics": "running", "patient": f"{{name: {NAME}}}", "side": "right"} | fields
    return "".join(f"{key}: {value}\n" for key, value in lines.items()) + rest


def problems_of(text: str, flags: Flags | None = None) -> Problems:
    with pytest.raises(Problems) as caught:
        read(text, flags)
    return caught.value


def test_there_are_bad_records() -> None:
    assert len(BAD) >= 30


@pytest.mark.parametrize("name", BAD)
def test_a_bad_record_has_the_problems_it_says(name: str) -> None:
    text = (HERE / "bad" / name).read_text(encoding="utf-8")
    wanted = EXPECTED.findall(text)
    assert wanted, "no expectation in the file"
    shown = str(HERE / "bad" / name)
    with pytest.raises(Problems) as caught:
        read_record(text, shown, LIBRARY, TODAY)
    found = [f"{problem.place.line}:{problem.place.column} {problem.message}" for problem in caught.value]
    assert found == wanted
    assert {problem.place.file for problem in caught.value} == {shown}
    told = show(caught.value)
    assert "見本" not in told
    assert "花子" not in told
    assert "hanako" not in told


def test_the_short_forms_are_the_long_ones() -> None:
    short = record(
        "exercises: hamstring-chair:20s*3*2/day\nnext_visit: 2週間後 10:00\nnotes: 休みます\nplaces: 外側\n",
        side="右",
        paper="白黒",
    )
    long = {
        "topics": ["running"],
        "patient": {"name": NAME, "reading": None, "id": ""},
        "side": "right",
        "exercises": [{"exercise": "hamstring-chair", "hold": "20秒", "repetitions": "3回", "per_day": "2回"}],
        "next_visit": {"date": "2026-12-06", "time": "10:00"},
        "notes": ["休みます"],
        "places": ["outer"],
        "paper": "mono",
    }
    made = read(short)
    assert made == read(json.dumps(long)) == read(json.dumps(long, ensure_ascii=False, indent="\t"))
    assert made.side is Knee.RIGHT
    assert made.places == (Place.OUTER,)
    assert made.paper is Paper.MONO
    assert made.next_visit == Visit(date="2026-12-06", time="10:00")


def test_what_is_left_blank_is_as_if_it_were_not_there() -> None:
    blank = "".join(f"{key}:\n" for key in ("findings", "exercises", "next_visit", "date", "practitioner", "previous"))
    assert read(record(blank)) == read(record())


@pytest.mark.parametrize("name", ["𠮷田 花子", "邉󠄂見", "髙﨑", "\U00020bb7\U000e0100", 'O"Brien \\ 太郎'])
def test_a_name_in_json_is_the_name_however_it_is_escaped(name: str) -> None:
    data = {"topics": "running", "patient": {"name": name}, "side": "left"}
    assert read(json.dumps(data)).patient.name == read(json.dumps(data, ensure_ascii=False)).patient.name == name


def test_two_weeks_count_from_the_day_of_the_consultation() -> None:
    made = read(record("date: 2026-11-01\nnext_visit: 2週間後\n"))
    assert made.next_visit == Visit(date="2026-11-15")


def test_a_code_is_kept_in_its_printed_form() -> None:
    code = "ABCDEFGH" + check_character("ABCDEFGH")
    assert read(record(f"previous: {code.lower()}\n")).previous == f"ABCD-EFGH-{code[-1]}"


def test_the_record_comes_from_the_standard_input_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(record().encode()), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", stdin)
    text, shown = record_text("-")
    assert read_record(text, shown, LIBRARY, TODAY).patient.name == NAME
    path = tmp_path / "record.yaml"
    path.write_text(record(), encoding="utf-8")
    assert record_text(str(path)) == (record(), str(path))


# -- flags --


def test_flags_add_and_change() -> None:
    text = record("exercises: [calf-wall:20s, calf-knead]\nnotes: [あ]\nplaces: [inner]\nfindings: い\n")
    flags = Flags(
        topics=("stairs", "cramp"),
        side="左",
        exercises=("calf-wall=5回*朝夕", "hamstring-chair"),
        places=("外",),
        findings=("う",),
        conditions=("妊娠",),
        notes=("え", "お"),
        next_visit="10日後",
        age="72",
        date="2026-11-20",
        practitioner="見本次郎",
        edition="large",
        paper="mono",
    )
    made = read(text, flags)
    assert made.topics == ("stairs", "cramp")
    assert made.side is Knee.LEFT
    assert made.exercises == (
        Choice(exercise="calf-wall", repetitions="5回", per_day="2回"),
        Choice(exercise="calf-knead"),
        Choice(exercise="hamstring-chair"),
    )
    assert made.places == (Place.OUTER,)
    assert made.findings == ("い", "う")
    assert made.conditions == ("妊娠",)
    assert made.notes == ("あ", "え", "お")
    assert made.next_visit == Visit(date="2026-11-30")
    assert (made.patient.name, made.patient.age) == (NAME, 72)
    assert made.practitioner == "見本次郎"
    assert made.edition.value == "large"
    assert made.paper is Paper.MONO


def test_flags_give_what_the_record_lacks_but_never_a_name() -> None:
    made = read(f"patient: {{name: {NAME}}}", Flags(topics=("running",), side="both"))
    assert (made.topics, made.side) == (("running",), Knee.BOTH)
    assert {"name", "reading", "id", "patient"}.isdisjoint(Flags.__slots__)
    (problem,) = problems_of("topics: running\nside: right\n", Flags(age="72"))
    assert problem.message == "項目「name」がありません。"


@pytest.mark.parametrize(
    ("flags", "place", "message"),
    [
        (Flags(topics=("runing",)), "--topic", "「runing」という資料はありません。"),
        (Flags(side="うえ"), "--side", "「うえ」は選べません。"),
        (Flags(exercises=("calf-wall=2q",)), "--exercise", "用量「2q」: 「2q」の意味が分かりません。"),
        (Flags(exercises=("calf",)), "--exercise", "「calf」という体操はありません。"),
        (Flags(next_visit="いつか"), "--next-visit", "次の受診: 日の書き方が分かりません。"),
        (Flags(age="七"), "--age", "整数が必要ですが、「…」です。"),
        (Flags(date="2026-02-30"), "--date", "「2026-02-30」という日はありません。"),
        (Flags(previous="2222"), "--previous", "資料の番号(previous)に書き間違いがあります。"),
    ],
)
def test_what_is_wrong_with_a_flag_is_told_of_the_flag(flags: Flags, place: str, message: str) -> None:
    (problem,) = problems_of(record(), flags)
    assert (str(problem.place), problem.message) == (place, message)


def test_answers_and_rows_of_tables_are_records_too() -> None:
    values: dict[str, object] = {"topics": ["running"], "patient": {"name": NAME, "age": 72}, "side": "右"}
    assert consultation_of(nodes_of(values, At("表.csv", 3, 1)), LIBRARY, TODAY).patient.age == 72
    with pytest.raises(Problems) as caught:
        consultation_of(nodes_of(values | {"side": "上"}, At("表.csv", 3, 1)), LIBRARY, TODAY)
    assert [str(problem.place) for problem in caught.value] == ["表.csv:3:1"]


def test_what_is_not_said_is_as_on_the_sheet_before_and_what_is_said_is_not() -> None:
    first: dict[str, Any] = {
        "topics": ["stairs"],
        "side": "left",
        "conditions": ["高血圧"],
        "notes": ["休みます。"],
        "edition": "large",
    }
    first |= {"exercises": [{"exercise": "calf-wall", "hold": "20秒"}], "patient": {"age": 70}}
    asked: list[tuple[str, At]] = []

    def earlier(code: str, place: At) -> Content:
        asked.append((code, place))
        return Content({"consultation": first})

    code = "ABCD-EFGH-" + check_character("ABCDEFGH")
    text = f"patient: {{name: {NAME}}}\nprevious: {code}\n"
    made = read_record(text, "r", LIBRARY, TODAY, None, earlier)
    assert asked == [(code, At("r", 2, 11))]
    assert (made.topics, made.side, made.conditions) == (("stairs",), Knee.LEFT, ("高血圧",))
    assert made.exercises == (Choice(exercise="calf-wall", hold="20秒"),)
    assert (made.notes, made.patient.age) == ((), None)
    more = text + "side: 右\nconditions: [なし]\nexercises:\n"
    flags = Flags(topics=("cramp",), exercises=("calf-wall=2/day", "calf-knead"))
    made = read_record(more, "r", LIBRARY, TODAY, flags, earlier)
    assert (made.topics, made.side, made.conditions) == (("cramp",), Knee.RIGHT, ("なし",))
    assert made.exercises == (Choice(exercise="calf-wall", per_day="2回"), Choice(exercise="calf-knead"))


# -- doses --

numbers = st.integers(1, 999)
ranges = st.one_of(
    numbers.map(str),
    st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: f"{pair[0]}〜{pair[1]}"),
)
choices = st.builds(
    Choice,
    exercise=st.just("calf-wall"),
    hold=st.none() | st.builds(lambda amount, unit: amount + unit, ranges, st.sampled_from("秒分")),
    repetitions=st.none() | ranges.map(lambda amount: f"{amount}回"),
    sets=st.none() | ranges.map(lambda amount: f"{amount}セット"),
    per_day=st.none() | ranges.map(lambda amount: f"{amount}回"),
    every=st.none() | ranges.map(lambda amount: f"{amount}日"),
).filter(typed)


def as_fields(choice: Choice) -> dict[str, str]:
    fields = ("hold", "repetitions", "sets", "per_day", "every")
    return {field: value for field in fields if (value := getattr(choice, field))}


@given(choices)
def test_a_dose_is_read_back_as_it_is_written_and_as_it_is_said(choice: Choice) -> None:
    assert amounts_in(typed(choice)) == as_fields(choice)
    assert amounts_in(said(choice)) == as_fields(choice)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("20s*3*2/day", "20秒 × 3回 × 1日2回"),
        ("20s*3*2*1/day", "20秒 × 3回 × 2セット × 1日1回"),
        ("30-60s", "30〜60秒"),
        ("30〜60秒×2回×1日1〜2回", "30〜60秒 × 2回 × 1日1〜2回"),
        ("２分＊朝晩", "2分 × 1日2回"),
        ("20秒間*3*朝と夕", "20秒 × 3回 × 1日2回"),
        ("10回*2セット*3/日", "10回 × 2セット × 1日3回"),
        ("2/day", "1日2回"),
        ("5 min * 2 / day * 2-3日に1回", "5分 × 1日2回 × 2〜3日に1回"),
        ("3x2", "3回 × 2セット"),
    ],
)
def test_ways_to_write_a_dose(text: str, words: str) -> None:
    assert said(Choice(exercise="calf-wall", **amounts_in(text))) == words


@given(st.text("0123456789s秒分回*/day〜-日x ", max_size=12))
def test_whatever_is_typed_is_a_dose_of_the_model_or_told(text: str) -> None:
    try:
        amounts = amounts_in(text)
    except BadDose as bad:
        place: int | None = bad.at
    else:
        place = None
    if place is not None:
        assert 0 <= place <= len(text)
        return
    made = read(
        json.dumps(
            {
                "topics": "running",
                "patient": {"name": NAME},
                "side": "left",
                "exercises": [{"exercise": "calf-wall", **amounts}],
            }
        )
    )
    assert as_fields(made.exercises[0]) == amounts


# -- days --


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("2週間後", "2026-12-06", None),
        ("二週間後 10:00", "2026-12-06", "10:00"),
        ("2 weeks", "2026-12-06", None),
        ("in 2 weeks", "2026-12-06", None),
        ("2w", "2026-12-06", None),
        ("１０日後", "2026-12-02", None),
        ("1か月後の午後3時", "2026-12-22", "15:00"),
        ("来週 9時半", "2026-11-29", "09:30"),
        ("2026-12-06 10:00", "2026-12-06", "10:00"),
        ("2026-12-06T10:00", "2026-12-06", "10:00"),
        ("2026年12月6日(日) 10時30分", "2026-12-06", "10:30"),
        ("12/7", "2026-12-07", None),
        ("11/22", "2026-11-22", None),
        ("1月8日", "2027-01-08", None),
    ],
)
def test_days_as_they_are_said(text: str, day: str, time: str | None) -> None:
    assert when.moment(text, TODAY) == (date.fromisoformat(day), time)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.none() | st.times())
def test_a_day_as_it_is_written_is_the_day(day: date, time: Any) -> None:
    clock = f"{time.hour:02}:{time.minute:02}" if time else None
    assert when.moment(f"{day.isoformat()} {clock or ''}", TODAY) == (day, clock)
    assert when.moment(f"{when.written(day)} {clock or ''}", TODAY) == (day, clock)


@given(st.text(max_size=20))
def test_whatever_is_said_is_a_day_or_told(text: str) -> None:
    try:
        day, _ = when.moment(text, TODAY)
    except (ValueError, OverflowError):
        return
    assert isinstance(day, date)


# -- privacy --

names = st.text("髙﨑𠮷栁濵邉邊龗", min_size=1, max_size=30)
KEYS = ("topics", "side", "date", "practitioner", "exercises", "next_visit", "edition", "previous", "age", "", "places")


@given(names, st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True), st.booleans())
def test_no_message_says_the_name_wherever_it_was_written(name: str, keys: list[str], known: bool) -> None:
    data: dict[str, Any] = {"topics": "running", "patient": {"name": name} if known else {"nam": name}, "side": "right"}
    for key in keys:
        if key == "age":
            data["patient"]["age"] = name
        elif key == "":
            data["patient"][name] = name
        else:
            data[key] = f"{name}様"
    try:
        read(json.dumps(data, ensure_ascii=False))
    except Problems as problems:
        told = show(problems)
        assert not set(told) & set(name), told


@pytest.mark.parametrize(
    "text",
    ["patient: {name: *%s}", "patient: {name: &%s }\n- x", "%s: 1\n%s: 2", "patient: !%s x", "? %s\n- a", "'%s", "%s"],
)
def test_no_mistake_of_yaml_says_the_name(text: str) -> None:
    told = show(problems_of(text.replace("%s", "Hanako髙﨑")))
    assert "Hanako" not in told
    assert "髙" not in told


# -- schema --


@pytest.mark.parametrize(
    "data",
    [
        {"topics": "running", "exercises": "calf-wall:20s*3*2/day", "next_visit": "2週間後", "notes": "休みます。"},
        {"topics": ["running", "stairs"], "exercises": ["calf-wall", {"exercise": "hamstring-chair", "hold": "20秒"}]},
        {"topics": ["cramp"], "places": ["inner"], "next_visit": {"date": "2026-12-06", "time": "10:00"}},
    ],
)
def test_the_schema_takes_what_is_read_and_refuses_the_rest(data: dict[str, Any]) -> None:
    schema = schemas()["consultation"]
    whole = {"patient": {"name": NAME, "age": 72}, "side": "right"} | data
    assert jsonschema_rs.is_valid(schema, whole)
    assert read(json.dumps(whole)).topics
    wrongs: list[dict[str, Any]] = [{"side": "up"}, {"patient": {}}, {"exercises": [{"hold": "20s"}]}]
    for wrong in [*wrongs, {"next_vist": "x"}, {"topics": []}]:
        assert not jsonschema_rs.is_valid(schema, whole | wrong), wrong
        with pytest.raises(Problems):
            read(json.dumps(whole | wrong))
