"""The sheet that is looked at is, to the byte, the one that the command line writes; what is asked is asked first."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image

from handouts.cli import main
from handouts.consult.code import is_valid
from handouts.consult.store import Store
from tests.desk.desks import TODAY, Page

NAMES = ("髙橋 美咲", "𠮷﨑 邉之介", "葛󠄀城 はな", "Đặng Thị Mỹ")


def released(page: Page, sheet: dict[str, Any]) -> bytes:
    """The PDF's bytes, as the browser gets them for printing."""
    sent = page.ask("print", sheet=sheet["id"], printer="browser")
    answer = page.get(sent["pdf"])
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return answer.body


def written(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str, record: dict[str, Any]) -> bytes:
    """What `handouts personalize` writes for a record, with a code."""
    source, target = folder / "record.json", folder / "sheet.pdf"
    source.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setattr("handouts.consult.issue.fresh_code", lambda store: code)
    monkeypatch.setenv("HANDOUTS_DATA", str(folder / "data"))
    command = ["personalize", str(source), "--yes", "-o", str(target), "--date", TODAY.isoformat()]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    return target.read_bytes()


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        ({"topic": "running"}, []),
        ({"topic": "stairs", "side": "left", "colour": False}, ["--side", "left", "--mono"]),
        ({"topic": "running", "edition": "large"}, ["--edition", "large"]),
        ({"topic": "walking", "layout": "trifold"}, ["--layout", "trifold"]),
        ({"topic": "visit"}, []),
    ],
)
def test_a_plain_sheet_is_what_build_writes(
    page: Page, tmp_path: Path, asked: dict[str, Any], options: list[str]
) -> None:
    target = tmp_path / "sheet.pdf"
    command = ["build", "--topic", asked["topic"], *options, "-o", str(target), "--date", TODAY.isoformat()]
    assert CliRunner().invoke(main, command).exit_code == 0
    made = page.sheet(plain=asked)
    assert made["problems"] == []
    assert released(page, made["sheet"]) == target.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_patients_sheet_is_what_personalize_writes(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made = page.person(
        name=name,
        side="left",
        visit={"date": "2026-12-08", "time": "10:00"},
        memo="痛みが強い日は休みます。\n 5<10 & *強く*押しません。",
        exercises=[{"id": "hamstring-floor", "hold": "45秒"}, {"id": "hamstring-chair"}],
        colour=False,
    )
    assert made["problems"] == []
    record = {
        "topics": ["stairs"],
        "patient": {"name": name},
        "side": "left",
        "exercises": ["hamstring-floor:45s", "hamstring-chair"],
        "notes": ["痛みが強い日は休みます。", "5<10 & *強く*押しません。"],
        "next_visit": "2026-12-08 10:00",
        "paper": "mono",
    }
    mine = released(page, made["sheet"])
    assert mine == written(monkeypatch, tmp_path, made["sheet"]["code"], record)


def test_the_topics_own_exercises_may_be_named_or_not(page: Page) -> None:
    usual = page.ask("topic", topic="stairs")["personal"]["exercises"]
    own = [{"id": one["id"]} for one in usual if one["usual"]]
    named, unnamed = page.person(name="髙橋", exercises=own), page.person(name="髙橋")
    assert named["letters"] == unnamed["letters"] == {one["id"]: "ABCD"[at] for at, one in enumerate(own)}
    assert named["sheet"]["code"] == unnamed["sheet"]["code"]
    assert page.get(named["sheet"]["picture"]).body == page.get(unnamed["sheet"]["picture"]).body


def test_one_patient_keeps_one_code_until_it_is_printed(page: Page, own_data: Path) -> None:
    first = page.person(name="髙橋 美咲")["sheet"]
    second = page.person(name="髙橋 美咲", side="left")["sheet"]
    assert is_valid(first["code"])
    assert first["code"] == second["code"]
    assert first["id"] != second["id"]
    with Store.opened() as store:
        assert store.line(first["code"]) is None, "a sheet that was only looked at is not kept"
    page.ask("print", sheet=second["id"], printer="browser")
    with Store.opened() as store:
        line = store.line(second["code"])
        assert line is not None
        assert store.record(second["code"]) is None, "the sample's clinic keeps no names"
    third = page.person(name="髙橋 美咲", side="both")["sheet"]
    assert third["code"] != second["code"], "two papers with different words never share a code"
    again = page.person(name="髙橋 美咲", side="left")["sheet"]
    assert again["id"] == second["id"], "the same words are the same sheet"


def test_paper_that_did_not_come_is_not_kept(page: Page) -> None:
    sheet = page.person(name="髙橋 美咲")["sheet"]
    job = page.ask("print", sheet=sheet["id"], printer="browser")["job"]
    assert page.ask("came", job=job, came=False)["state"]["what"] == "cancelled"
    with Store.opened() as store:
        assert store.line(sheet["code"]) is None


def test_after_an_erase_the_next_patient_has_another_code(page: Page) -> None:
    first = page.person(name="髙橋 美咲")["sheet"]
    page.ask("erase")
    assert page.get(first["picture"]).status == 410
    assert page.person(name="髙橋 美咲")["sheet"]["code"] != first["code"]


def test_the_picture_is_of_the_very_page(page: Page) -> None:
    made = page.sheet(width=376, personal={"topic": "stairs", "side": "right", "name": "髙橋 美咲"})
    picture = Image.open(io.BytesIO(page.get(made["sheet"]["picture"]).body))
    assert picture.size == (376, 532)
    assert min(picture.convert("L").getextrema()) == 0, "there is ink on it"
    other = page.person(name="髙橋 美")
    assert page.get(other["sheet"]["picture"]).body != page.get(made["sheet"]["picture"]).body
    second = page.get(made["sheet"]["picture"].replace("/1.png", "/2.png"))
    assert second.status == 200
    assert page.get(made["sheet"]["picture"].replace("/1.png", "/9.png")).status == 404
    wide = page.get(f"/sheets/{made['sheet']['id']}/1.png?w=1100")
    assert Image.open(io.BytesIO(wide.body)).width == 1100


@pytest.mark.parametrize("width", ["0", "3001", "-1", "1e3", "９", "9" * 50, "x"])
def test_a_width_that_is_none_is_refused(page: Page, width: str) -> None:
    from urllib.parse import quote

    id_ = page.person(name="髙橋")["sheet"]["id"]
    assert page.get(f"/sheets/{id_}/1.png?w={quote(width)}").status == 400


def test_a_sheet_without_a_knee_is_seen_and_not_printed(page: Page) -> None:
    made = page.person(side=None)
    assert made["problems"] == []
    assert made["sheet"]["printable"] is False
    assert not any("膝" in line for line in made["sheet"]["said"] if line[0] not in "ABCD")
    sent = page.ask("print", sheet=made["sheet"]["id"], printer="browser")
    assert sent["job"] is None
    assert sent["problems"]
    assert page.get(f"/sheets/{made['sheet']['id']}.pdf").status == 403


def test_a_sheet_without_a_name_can_be_printed_and_made_again(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = page.person(name="")
    assert made["problems"] == []
    assert made["sheet"]["said"][0] == "お名前は手書き"
    assert released(page, made["sheet"]).startswith(b"%PDF-")


def ways(trouble: dict[str, Any]) -> list[str]:
    return [way["label"] for way in trouble["ways"]]


def test_a_dose_outside_its_range_is_asked_and_prints_as_answered(page: Page) -> None:
    chosen = [{"id": "hamstring-floor", "hold": "90秒"}]
    asked = page.person(name="髙橋", exercises=chosen)
    assert asked["sheet"] is None
    (trouble,) = asked["problems"]
    assert trouble["text"] == "90秒は、この体操の目安(30〜60秒)を超えています。"
    assert (trouble["field"], trouble["exercise"], trouble["amount"]) == ("dose", "hamstring-floor", "hold")
    assert ways(trouble) == ["60秒に戻す", "指示どおり90秒にする"]
    answers = [trouble["ways"][1]["answer"]]
    answered = page.person(name="髙橋", exercises=chosen, answers=answers)
    assert "90秒" in answered["sheet"]["said"][2]
    more = page.person(name="髙橋", exercises=[{"id": "hamstring-floor", "hold": "95秒"}], answers=answers)
    assert more["sheet"] is None, "an answer is to one value"
    back = page.person(
        name="髙橋", exercises=[{"id": "hamstring-floor"} | trouble["ways"][0]["set"]["exercises"]["hamstring-floor"]]
    )
    assert back["problems"] == []


def test_too_little_is_asked_too(page: Page) -> None:
    (trouble,) = page.person(exercises=[{"id": "hamstring-floor", "hold": "10秒"}])["problems"]
    assert trouble["text"] == "10秒は、この体操の目安(30〜60秒)より少なくなっています。"
    assert ways(trouble)[0] == "30秒に戻す"


def test_a_sixth_exercise_is_asked(page: Page) -> None:
    ids = [one["id"] for one in page.ask("topic", topic="stairs")["personal"]["exercises"]][:6]
    asked = page.person(exercises=[{"id": id_} for id_ in ids])
    trouble = next(one for one in asked["problems"] if one["id"] == "exercises")
    assert trouble["ways"][0]["remove"] == ids[-1]
    answered = page.person(exercises=[{"id": id_} for id_ in ids], answers=[trouble["ways"][1]["answer"]])
    assert [one["id"] for one in answered["problems"] if one["level"] != "told"] == []
    assert list(answered["letters"]) == ids


def test_no_exercise_at_all_is_told(page: Page) -> None:
    made = page.person(exercises=[])
    assert made["sheet"] is None
    assert made["problems"][0]["field"] == "exercises"


def test_the_minutes_of_a_day_have_a_limit(page: Page) -> None:
    chosen = [{"id": "warming-bath", "hold": "60分"}]
    asked = page.person(exercises=chosen)
    assert asked["minutes_over"] is True
    trouble = next(one for one in asked["problems"] if one["field"] == "minutes")
    assert "約60分/日" in trouble["text"]
    assert "(30分)" in trouble["text"]
    assert trouble["ways"][0]["set"] == {"exercises": {"warming-bath": None}}


@pytest.mark.parametrize(
    ("day", "text", "first"),
    [
        ("2026-12-06", "12月6日(日)は休診日です。", "12月7日(月)にする"),
        ("2026-11-20", "11月20日(金)は過ぎた日です。", "11月24日(火)にする"),
    ],
)
def test_a_closed_or_past_day_is_asked(page: Page, day: str, text: str, first: str) -> None:
    visit = {"date": day, "time": "10:00"}
    (trouble,) = page.person(visit=visit)["problems"]
    assert trouble["text"] == text
    assert ways(trouble)[0] == first
    assert page.person(visit=visit, answers=[trouble["ways"][1]["answer"]])["sheet"] is not None


def test_a_note_that_speaks_against_an_exercise_is_asked(page: Page) -> None:
    asked = page.person(memo="右の人工関節の術後です。")
    trouble = next(one for one in asked["problems"] if one["exercise"] == "hamstring-chair")
    assert trouble["text"] == "「手術を受けて間もない方」は、この体操を先に相談します。"
    assert ways(trouble) == ["この体操を外す", "医師に確認した"]
    answers = [one["ways"][1]["answer"] for one in asked["problems"]]
    assert page.person(memo="右の人工関節の術後です。", answers=answers)["sheet"] is not None


@pytest.mark.parametrize(
    ("name", "text", "level"),
    [
        ("渡\ue000 健一", "2文字目の字は、紙に印刷できません。", "wrong"),
        ("김 미나", "1文字目の字は、紙に印刷できません。", "wrong"),
        ("渡\ufffd", "2文字目の字は、紙に印刷できません。", "wrong"),
        ("渡邉\U000e0113", "2文字目の「邉\U000e0113」は、この形の字がありません。「邉」の別の形で印刷します。", "ask"),
        ("名" * 61, "お名前が61字あります。60字までにしてください。", "wrong"),
    ],
)
def test_a_name_that_cannot_be_printed_has_ways_out(page: Page, name: str, text: str, level: str) -> None:
    made = page.person(name=name)
    assert made["sheet"] is None
    trouble = made["problems"][0]
    assert (trouble["field"], trouble["level"], trouble["text"]) == ("name", level, text)
    assert "U+" not in trouble["text"]


def test_the_ways_out_of_a_name_lead_out(page: Page) -> None:
    (trouble,) = page.person(name="渡\ue000 健一")["problems"]
    assert ways(trouble) == ["字を空けて手で書く", "かなで印刷する"]
    assert trouble["detail"] == "U+E000"
    gap = page.person(name=trouble["ways"][0]["set"]["name"])
    assert gap["sheet"]["said"][0] == "お名前 渡\u3000 健一 様"
    (near,) = page.person(name="渡邉\U000e0113")["problems"]
    assert page.person(name="渡邉\U000e0113", answers=[near["ways"][0]["answer"]])["sheet"] is not None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("髙橋\n美咲", "髙橋 美咲"),
        ("髙橋\t美咲", "髙橋 美咲"),
        ("髙橋\u200b美咲", "髙橋美咲"),
        ("\u202e髙橋", "髙橋"),
        ("髙橋\x00\x1b[31m", "髙橋[31m"),
        ("\u0301髙橋", "髙橋"),
        ("髙橋\u2003美咲", "髙橋 美咲"),
        ("\ufeff髙橋\u3164", "髙橋"),
    ],
)
def test_signs_that_name_nobody_are_taken_out_and_that_is_said(page: Page, typed: str, kept: str) -> None:
    made = page.person(name=typed)
    (told,) = made["problems"]
    assert (told["level"], told["text"]) == ("told", "お名前に、印刷できない記号が入っています。取り除きました。")
    assert told["ways"][0]["set"]["name"] == kept
    assert made["sheet"]["said"][0] == f"お名前 {kept} 様"


@pytest.mark.parametrize("typed", ["", " ", "\u3000", "\u200b", "\n\n"])
def test_a_name_of_nothing_is_a_line_to_write_on(page: Page, typed: str) -> None:
    assert page.person(name=typed)["sheet"]["said"][0] == "お名前は手書き"


def test_a_long_name_says_that_it_takes_two_lines(page: Page) -> None:
    made = page.person(name="マリア・アレクサンドラ・フェルナンデス・デ・ラ・クルス")
    assert [one["text"] for one in made["problems"]] == ["お名前が長いため、2行で印刷します。"]
    assert made["sheet"]["printable"]


def test_a_note_counts_what_fits_on_its_line(page: Page) -> None:
    room = page.ask("topic", topic="stairs")["personal"]["memo"]["room"]
    assert page.person(memo="膝膝膝")["memo_room"] == room - 3
    assert page.person(memo="膝\n膝膝")["memo_room"] == room - 2
    assert page.person(memo="膝" * (room + 1))["memo_room"] == -1
    (trouble,) = page.person(memo="가나다")["problems"][:1]
    assert trouble["text"] == "メモの「가」は、紙に印刷できません。"
    assert page.person(memo=trouble["ways"][0]["set"]["memo"])["problems"][0]["text"] != trouble["text"]


def test_english_is_spoken_where_it_is_asked_for(page: Page) -> None:
    page.serial += 1
    asked = {"topic": "stairs", "side": "right", "visit": {"date": "2026-12-06", "time": None}}
    (trouble,) = page.ask("sheet", serial=page.serial, lang="en", personal=asked)["problems"]
    assert trouble["lang"] == "en"
    assert "closed" in trouble["text"]


def test_every_sentence_is_there_in_both_languages() -> None:
    from handouts.desk.words import table

    assert len(table()) > 50
    assert [key for key, said in table().items() if set(said) != {"ja", "en"}] == []


@pytest.mark.parametrize("bad", [{"layout": "personal"}, {"layout": "nothing"}, {"layout": "../a4"}, {"topic": "../x"}])
def test_what_no_page_of_ours_asks_is_refused(page: Page, bad: dict[str, str]) -> None:
    body = {"window": page.id, "serial": 99, "plain": {"topic": "running"} | bad}
    assert page.raw("sheet", json.dumps(body).encode()).status == 400


def test_a_form_that_is_not_offered_says_what_to_take_instead(page: Page) -> None:
    made = page.sheet(plain={"topic": "stairs", "edition": "easy"})
    assert made["sheet"] is None
    trouble = made["problems"][0]
    assert trouble["field"] == "layout"
    assert trouble["ways"][0]["set"] == {"edition": "standard"}
