"""Plans: topics become one sheet, doses are decided, nothing doubtful passes unasked, every change is listed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.approve import approve
from handouts.consult.changes import Change, Kind, changes, whole
from handouts.consult.conditions import groups, is_known, meant, pieces, speaks_against, too_young_or_old
from handouts.consult.content import PRIVATE, canonical, content_of, differences, from_bytes
from handouts.consult.plan import Plan, plan
from handouts.consult.questions import without_name
from handouts.consult.record import read_record
from handouts.consult.summary import summary
from handouts.library import Library
from handouts.model import Dose, Review, Role
from handouts.model.amounts import minutes
from handouts.problems import Problems, show
from handouts.sides import Side

TODAY = date(2026, 11, 22)
NAME = "見本 花子"
LIBRARY = Library()
GUIDES = ["running", "walking", "cramp", "stairs", "selfcare"]


def planned(library: Library = LIBRARY, previous: Plan | None = None, **fields: Any) -> Plan:
    data = {"topics": "running", "patient": {"name": NAME}, "side": "right"} | fields
    record = read_record(json.dumps(data, ensure_ascii=False), "record.json", library, TODAY)
    return plan(library, record, TODAY, content_of(library, previous) if previous else None)


def asked(**fields: Any) -> list[str]:
    return [question.id for question in planned(**fields).questions]


# -- topics --


@pytest.mark.parametrize("topic", GUIDES)
def test_a_topic_alone_is_planned_as_it_is_and_asks_nothing(topic: str) -> None:
    made = planned(topics=topic)
    handout = LIBRARY.handout(topic)
    assert made.questions == ()
    assert made.handout.signs == handout.signs
    assert [entry.id for entry in made.handout.exercises] == [entry.id for entry in handout.exercises]
    assert [entry.dose for entry in made.handout.exercises] == [entry.dose for entry in handout.exercises]
    assert made.topics == {topic: handout.topic.title}
    assert (made.day, made.next_visit, made.side) == (TODAY, None, Side.RIGHT)


@pytest.mark.parametrize("names", [("running", "walking"), ("stairs", "cramp", "selfcare"), ("cramp", "running")])
def test_several_topics_lose_no_sign_question_or_source_and_repeat_none(names: tuple[str, ...]) -> None:
    made, parts = planned(topics=list(names)).handout, [LIBRARY.handout(name) for name in names]
    ids = [id_ for part in parts for id_ in part.topic.signs]
    assert made.topic.signs == tuple(dict.fromkeys(ids))
    assert [sign.text for sign in made.signs] == list(dict.fromkeys(s.text for part in parts for s in part.signs))
    assert len(made.topic.signs) == len(made.signs)
    assert set(made.topic.terms) == {id_ for part in parts for id_ in part.topic.terms}
    assert list(made.sources) == list(dict.fromkeys(id_ for part in parts for id_ in part.sources))
    for field in ("questions", "summary"):
        items = [item for part in parts for item in getattr(part.topic, field).items]
        assert getattr(made.topic, field).items == tuple(dict.fromkeys(items))
    exercises = [entry.id for part in parts for entry in part.exercises]
    assert [entry.id for entry in made.exercises] == list(dict.fromkeys(exercises))
    assert all(part.topic.title in made.topic.title for part in parts)
    assert made.glossary.keys() == {id_ for part in parts for id_ in part.glossary}


def test_who_must_ask_first_is_said_for_all_topics() -> None:
    made = planned(topics=["running", "stairs"]).handout.topic.exercises
    assert made is not None
    assert made.ask is not None
    for name in ("running", "stairs"):
        section = LIBRARY.topic(name).exercises
        assert section is not None
        assert section.ask is not None
        assert section.ask in made.ask


def test_an_exercise_of_the_library_brings_its_sources() -> None:
    made = planned(exercises=["calf-wall"]).handout
    assert set(LIBRARY.exercise("calf-wall").sources) <= made.sources.keys()
    assert made.topic.exercises is not None
    assert [use.exercise for use in made.topic.exercises.items] == ["calf-wall"]


def test_a_form_is_not_planned() -> None:
    with pytest.raises(Problems) as caught:
        planned(topics=["running", "visit"])
    (problem,) = caught.value
    assert problem.message == "「visit」は書き込み用の資料なので、名前入りにはできません。"
    assert problem.place.file == "record.json"
    assert problem.place.line == 1


# -- doses --


def test_what_is_decided_replaces_that_and_nothing_else() -> None:
    (entry,) = planned(topics="stairs", exercises=["hamstring-chair:20s*3*2/day"]).handout.exercises
    assert entry.dose == Dose(hold="20秒", repetitions="3回", each_leg=True, per_day="2回")
    (entry,) = planned(topics="cramp", exercises=["hamstring-chair:2/day"]).handout.exercises
    assert entry.dose == Dose(hold="10秒", repetitions="3回", each_leg=True, per_day="2回")


def test_a_habit_gets_a_dose_only_with_a_time() -> None:
    (entry,) = planned(topics="stairs", exercises=["stairs-rail:5分"]).handout.exercises
    assert entry.dose == Dose(hold="5分", per_day="1回")
    with pytest.raises(Problems) as caught:
        planned(topics="stairs", exercises=["stairs-rail:5*2/day"])
    assert "1回の時間が分かりません" in show(caught.value)


@pytest.mark.parametrize(
    ("exercise", "asks"),
    [
        ("hamstring-floor:30s", False),
        ("hamstring-floor:45s", False),
        ("hamstring-floor:30-60s", False),
        ("hamstring-floor:1分", False),
        ("hamstring-floor:29s", True),
        ("hamstring-floor:50-90s", True),
        ("hamstring-floor:20-40s", True),
        ("hamstring-floor:61s", True),
        ("hamstring-floor:2分", True),
        ("hamstring-floor:1*1セット", False),
        ("hamstring-floor:2*1/day", True),
        ("hamstring-floor:2/day", True),
        ("hamstring-floor:2日に1回", True),
        ("hamstring-hook:10*2/day", False),
        ("hamstring-hook:11", True),
        ("hamstring-hook:10s", True),
        ("thigh-knead:3分*3/day", False),
        ("thigh-knead:4分", True),
        ("fascia-ball:2日に1回", False),
        ("fascia-ball:毎日", True),
        ("stairs-rail:1分", True),
    ],
)
def test_a_dose_outside_what_is_stated_is_asked_about(exercise: str, asks: bool) -> None:
    name = exercise.partition(":")[0]
    assert asked(exercises=[exercise]) == ([f"dose:{name}"] if asks else [])


def test_a_topics_own_dose_is_stated_too() -> None:
    """20 s once in the library, 10 s three times in the topic on cramps."""
    assert asked(topics="cramp", exercises=["hamstring-chair:15s*2"]) == []
    assert asked(topics="stairs", exercises=["hamstring-chair:15s*2"]) == ["dose:hamstring-chair"]


@given(st.integers(1, 120), st.integers(1, 6))
@settings(max_examples=40)
def test_a_dose_is_asked_about_just_where_it_is_outside(seconds: int, times: int) -> None:
    outside = not (10 <= seconds <= 30) or not (3 <= times <= 5)
    found = asked(exercises=[f"hamstring-standing:{seconds}s*{times}"])
    assert ("dose:hamstring-standing" in found) == outside


# -- questions --


def test_the_sheet_of_the_newcomer() -> None:
    made = planned(topics="stairs", exercises=["hamstring-chair:20s*3*2/day"], next_visit="2週間後")
    assert [question.id for question in made.questions] == ["dose:hamstring-chair"]
    assert made.next_visit == (date(2026, 12, 6), None)
    assert made.minutes == "4"
    problem = made.questions[0].problem()
    assert problem.place.file == "record.json"
    assert "回数・1日の回数が資料の範囲(20秒 × 1日1回)の外です" in problem.message


def test_too_many_exercises_are_asked_about() -> None:
    five = ["calf-wall", "hamstring-chair", "hamstring-hook", "stairs-rail", "chair-sitting"]
    assert "exercises" not in asked(exercises=five)
    assert "exercises" in asked(exercises=[*five, "popliteus-release"])


def test_minutes_above_the_clinics_limit_are_asked_about(tmp_path: Path) -> None:
    assert asked(exercises=["cooling", "warming-bath"]) == []
    assert asked(exercises=["cooling", "warming-bath", "walking-soft-knee"]) == ["minutes"]
    text = (Path(LIBRARY.folders.clinic_file().path)).read_text(encoding="utf-8")
    (tmp_path / "clinic.yaml").write_text(f"{text}daily_minutes: 20\n", encoding="utf-8")
    assert [q.id for q in planned(Library(tmp_path), exercises=["cooling", "warming-bath"]).questions] == ["minutes"]


def test_a_next_visit_that_is_past_is_asked_about() -> None:
    assert asked(next_visit="2026-11-21") == ["next_visit"]
    assert asked(next_visit="2026-11-22") == []


def test_a_name_that_prints_otherwise_is_asked_about() -> None:
    made = planned(patient={"name": "辻󠄃 花子"})
    assert [question.id for question in made.questions] == ["name:1"]
    assert "花子" not in made.questions[0].text


@pytest.mark.parametrize(
    ("condition", "exercise", "asks"),
    [
        ("人工関節", "hamstring-chair", True),
        ("右人工膝関節置換術後", "hamstring-chair", True),
        ("TKA(2020年)", "hamstring-chair", True),
        ("骨粗鬆症", "hamstring-chair", True),
        ("ワーファリン内服中", "hamstring-hook", True),
        ("ﾜｰﾌｧﾘﾝ", "hamstring-hook", True),
        ("バイアスピリン", "calf-knead", True),
        ("妊娠5か月", "hamstring-hook", True),
        ("変形性膝関節症", "hamstring-hook", True),
        ("糖尿病", "cooling", True),
        ("心房細動", "cooling", True),
        ("狭心症", "warming-bath", True),
        ("乳がん術後", "calf-knead", True),
        ("深部静脈血栓症の既往", "calf-wall", True),
        ("ふらつきやすい", "calf-wall", True),
        ("運動制限あり", "hamstring-floor", True),
        ("杖", "stairs-rail", True),
        ("花粉症", "hamstring-chair", True),
        ("糖尿病", "hamstring-chair", False),
        ("高血圧", "hamstring-chair", False),
    ],
)
def test_what_the_patient_has_is_held_against_the_exercises(condition: str, exercise: str, asks: bool) -> None:
    """Of the topic on cramps, whose list of who must ask first is short; what nobody knows is asked about too."""
    assert asked(topics="cramp", exercises=[exercise], conditions=condition) == (["conditions:1"] if asks else [])


def test_a_topics_list_of_who_must_ask_counts() -> None:
    made = planned(topics="stairs", exercises=["hamstring-chair"], conditions="糖尿病")
    assert [question.id for question in made.questions] == ["conditions:1"]
    assert "資料「正座や階段で膝の裏がつらいとき」" in made.questions[0].text


@pytest.mark.parametrize("name", sorted(LIBRARY.exercises()))
def test_every_line_of_avoid_is_found_by_its_own_words(name: str) -> None:
    for line in LIBRARY.exercise(name).avoid or ():
        assert pieces(line) or meant(line)
        for piece in pieces(line):
            assert speaks_against(piece, line), f"{piece!r} is not found in {line!r}"
        assert [q.id for q in planned(topics="cramp", exercises=[name], conditions=[line]).questions], line


def test_every_word_of_a_group_is_known_and_no_group_is_empty() -> None:
    assert len(groups()) > 20
    for group in groups():
        assert group.words
        assert all(is_known(word) and group.name in meant(word) for word in group.words)


def test_findings_count_and_notes_only_where_they_tell_what_one_has() -> None:
    assert asked(exercises=["hamstring-hook"], findings="膝の裏にこぶがある") == ["findings:1"]
    assert asked(exercises=["hamstring-hook"], findings=["膝の裏の外側が硬い", "膝の裏"]) == []
    assert asked(exercises=["calf-wall"], notes="腫れたら休みます。") == []
    assert asked(exercises=["hamstring-hook"], notes="ワーファリンの量は変えません。") == ["notes:1"]


@pytest.mark.parametrize("words", ["なし", "特になし", "無し", "特記事項なし。"])
def test_nothing_is_nothing(words: str) -> None:
    assert asked(conditions=[words]) == []


@pytest.mark.parametrize(("age", "asks"), [(17, True), (18, True), (19, False), (72, False), (0, True)])
def test_the_age_is_held_against_what_names_one(age: int, asks: bool) -> None:
    assert asked(patient={"name": NAME, "age": age}) == (["age"] if asks else [])


def test_ages_in_words() -> None:
    assert too_young_or_old(75, "75歳以上の方")
    assert not too_young_or_old(74, "75歳以上の方")
    assert too_young_or_old(17, "18歳未満の方")
    assert not too_young_or_old(18, "18歳未満の方")
    assert too_young_or_old(81, "80歳を超える方")
    assert not too_young_or_old(80, "80歳を超える方")


def test_no_question_says_the_name() -> None:
    made = planned(
        patient={"name": "見本 花子", "reading": "ミホン ハナコ", "id": "A-77", "age": 15},
        exercises=["hamstring-hook:9"],
        findings=["見本さんの膝の裏にこぶがある"],
        conditions=["花子さんは妊娠中", "A-77 ミホン"],
        next_visit="2020-01-01",
    )
    assert len(made.questions) == 6
    told = show(question.problem() for question in made.questions)
    assert not [word for word in ("見本", "花子", "ミホン", "ハナコ", "A-77") if word in told]


# -- approval --


def test_it_is_approved_only_as_the_topics_are(tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_bytes(LIBRARY.folders.clinic_file().path.read_bytes())
    for number, name in enumerate(("cramp", "stairs"), 1):
        approve(Library(tmp_path), name, f"見本{number}", Role.DOCTOR, date(2026, 11, number))
    library = Library(tmp_path)
    full: dict[str, Any] = {"topics": ["stairs", "cramp"], "practitioner": "見本次郎"}
    made = planned(library, **full)
    assert (made.review, made.handout.approved) == (Review.VALID, True)
    assert made.handout.approval is not None
    assert made.handout.approval.by == "見本1"
    for change in (
        {"topics": ["stairs", "running"]},
        {"practitioner": None},
        {"exercises": ["hamstring-chair:40s"]},
        {"exercises": ["calf-knead"]},
    ):
        other = planned(library, **full | change)
        assert other.review is Review.MISSING, change
        assert other.handout.approval is None
    assert planned(library, **full | {"exercises": ["hamstring-chair:15s"]}).review is Review.VALID


def test_a_clinic_that_wants_approvals_prints_nothing_without(tmp_path: Path) -> None:
    text = LIBRARY.folders.clinic_file().path.read_text(encoding="utf-8")
    (tmp_path / "clinic.yaml").write_text(f"{text}require_approval: true\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        planned(Library(tmp_path), topics=["running", "cramp"])
    assert len(caught.value) == 2


# -- changes --


def test_every_change_is_listed() -> None:
    before = planned(topics=["running"], exercises=["calf-wall", "hamstring-chair", "calf-knead"], side="left")
    after = planned(
        previous=before,
        topics=["stairs"],
        exercises=["hamstring-chair:20s*3*2/day", "calf-wall", "stairs-rail"],
        side="right",
    )
    assert [(change.kind, change.id) for change in after.changes] == [
        (Kind.TOPIC_ADDED, "stairs"),
        (Kind.TOPIC_DROPPED, "running"),
        (Kind.SIDE, "side"),
        (Kind.DOSE, "hamstring-chair"),
        (Kind.ADDED, "stairs-rail"),
        (Kind.DROPPED, "calf-knead"),
        (Kind.ORDER, "order"),
    ]
    texts = [change.text for change in after.changes]
    assert "膝: 左膝 → 右膝" in texts
    assert "椅子で太ももの裏を伸ばす: 20秒 × 1日1回 × 左右それぞれ → 20秒 × 3回 × 1日2回 × 左右それぞれ" in texts
    assert after.has_previous


def test_the_same_again_has_no_changes() -> None:
    before = planned(topics=["running", "stairs"], exercises=["calf-wall:20s"])
    after = planned(previous=before, topics=["running", "stairs"], exercises=["calf-wall:20s"])
    assert after.changes == ()
    assert "ありません" in summary(after, with_name=False)


doses = st.none() | st.builds(
    Dose,
    hold=st.sampled_from([None, "10秒", "20秒"]),
    repetitions=st.sampled_from([None, "3回"]),
    each_leg=st.booleans(),
    per_day=st.sampled_from(["1回", "2回"]),
)
sheets = st.tuples(
    st.dictionaries(st.sampled_from("pqr"), st.just("資料"), min_size=1),
    st.sampled_from(["right", "left", "both"]),
    st.lists(st.sampled_from("abcd"), unique=True).flatmap(
        lambda ids: st.tuples(*(doses for _ in ids)).map(
            lambda chosen: {id_: (f"体操{id_}", dose) for id_, dose in zip(ids, chosen, strict=True)}
        )
    ),
)


@given(sheets, sheets)
def test_from_the_changes_the_new_sheet_can_be_told(before: Any, after: Any) -> None:
    """Applied to the old sheet they give the new one: nothing is missing; each stands once: nothing is invented."""
    found = list(changes(before, after))
    topics, side, exercises = set(before[0]), before[1], {id_: whole(dose) for id_, (_, dose) in before[2].items()}
    for change in found:
        _apply(change, topics, exercises)
        if change.kind is Kind.SIDE:
            side = after[1]
    assert topics == set(after[0])
    assert side == after[1]
    assert exercises == {id_: whole(dose) for id_, (_, dose) in after[2].items()}
    assert len(found) == len({(change.kind, change.id) for change in found})
    assert not list(changes(after, after))
    assert all(change.before != change.after for change in found if change.kind in (Kind.DOSE, Kind.SIDE, Kind.ORDER))


def _apply(change: Change, topics: set[str], exercises: dict[str, str]) -> None:
    match change.kind:
        case Kind.TOPIC_ADDED:
            topics.add(change.id)
        case Kind.TOPIC_DROPPED:
            topics.remove(change.id)
        case Kind.ADDED:
            assert change.id not in exercises
            exercises[change.id] = change.after
        case Kind.DROPPED:
            del exercises[change.id]
        case Kind.DOSE:
            assert exercises[change.id] == change.before
            exercises[change.id] = change.after


# -- content --


def test_content_is_plain_comes_back_and_holds_no_name() -> None:
    made = planned(
        patient={"name": "髙﨑 𠮷乃", "reading": "タカサキ", "id": "K-1", "age": 70},
        topics=["running", "stairs", "walking"],
        next_visit="2週間後",
    )
    content = content_of(LIBRARY, made)
    data = canonical(content.data)
    again = from_bytes(data)
    assert canonical(again.data) == data
    assert again.digest == content.digest == content_of(Library(), made).digest
    assert not [word for word in ("髙﨑", "𠮷乃", "タカサキ", "K-1") if word in data.decode()]
    assert again.handout(LIBRARY.labels()) == made.handout
    assert list(again.handout(LIBRARY.labels()).sources) == list(made.handout.sources)
    assert msgspec.json.encode(again.handout(LIBRARY.labels())) == data_of(made)
    patient = {key: getattr(made.consultation.patient, key) for key in PRIVATE}
    assert again.consultation(patient) == made.consultation
    assert again.doses() == made.doses


def data_of(made: Plan) -> bytes:
    return msgspec.json.encode(made.handout, enc_hook=str)


def test_the_name_does_not_change_the_digest_and_all_else_does(tmp_path: Path) -> None:
    usual = content_of(LIBRARY, planned())
    assert content_of(LIBRARY, planned(patient={"name": "別の人"})).digest == usual.digest
    for change in ({"side": "left"}, {"notes": "休みます。"}, {"exercises": ["calf-wall"]}, {"edition": "large"}):
        other = content_of(LIBRARY, planned(**change))
        assert other.digest != usual.digest
        assert differences(usual, other)
        assert differences(other, other) == []
    (tmp_path / "clinic.yaml").write_text(
        LIBRARY.folders.clinic_file().path.read_text(encoding="utf-8").replace("000-0000", "111-1111"), encoding="utf-8"
    )
    clinic = Library(tmp_path)
    assert differences(usual, content_of(clinic, planned(clinic))) == ["資料の文: clinic"]


# -- summary --


def test_everything_that_was_chosen_is_shown_and_the_name_only_where_it_is_wanted() -> None:
    made = planned(
        patient={"name": NAME, "age": 72},
        exercises=["calf-wall:20s*朝夕"],
        places=["外側"],
        findings=["外側が硬い"],
        conditions=["高血圧"],
        avoid=["正座"],
        notes=["花子さんは休みます。"],
        practitioner="見本次郎",
        next_visit="12/7 10:00",
        paper="mono",
    )
    text = summary(made, with_name=False)
    for words in (
        "running",
        "72歳",
        "右膝(外側)",
        "20秒 × 3回 × 1日2回 × 左右それぞれ",
        "外側が硬い",
        "高血圧",
        "正座",
    ):
        assert words in text
    for words in ("2026年12月7日(月) 10:00", "見本次郎", "白黒", "(お名前)さんは休みます。"):
        assert words in text
    assert "花子" not in text
    assert "見本 花子 様" in summary(made, with_name=True)
    assert "診療日ではありません" in summary(planned(next_visit="2026-12-06"), with_name=False)
    assert without_name("見本花子 見本 花子", made.consultation) == "(お名前)(お名前) (お名前)"


def test_minutes_are_those_of_the_decided_doses() -> None:
    made = planned(exercises=["hamstring-chair:20s*3*2/day", "stairs-rail"])
    assert minutes(entry.dose for entry in made.handout.exercises) == (4, 4)
