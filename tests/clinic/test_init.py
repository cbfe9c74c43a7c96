"""`handouts init`: a clinic's folder from flags or answers, with only what differs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema_rs import validator_for

from handouts.checks.content import check
from handouts.cli import main
from handouts.clinic.answers import colour, questions, time_and_days
from handouts.clinic.hours import afternoon, closed_of, days_of, labelled, line_of, time_of
from handouts.contrast import TEXT, contrast
from handouts.library import Library
from handouts.pages.foot import closed_days
from tests.clinic.logos import SVG, badge, saved

FLAGS = ["--name", "みなと医院", "--address", "見本市港町2-3-4", "--phone", "03-1234-5678"]


def run(*arguments: str | Path, said: str = "") -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=said)


def lines(folder: Path) -> list[str]:
    text = (folder / "clinic.yaml").read_text("utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def test_flags_write_only_what_differs(tmp_path: Path) -> None:
    folder = tmp_path / "医院"
    made = run("init", folder, "--yes", *FLAGS)
    assert made.exit_code == 0, made.output
    assert lines(folder) == ["name: みなと医院", "address: 見本市港町2-3-4", "phone: 03-1234-5678"]
    assert {path.name for path in folder.iterdir()} == {"clinic.yaml", "README.md", ".schema"}
    assert "みなと医院" in (folder / "README.md").read_text("utf-8")
    assert check([folder / "clinic.yaml"], Library(folder)) == []


def test_every_flag_has_its_line(tmp_path: Path) -> None:
    logo = tmp_path / "印.PNG"
    logo.write_bytes(saved(badge()))
    folder = tmp_path / "clinic"
    more = ["--kind", "judo", "--postal-code", "1234567", "--url", "example.jp", "--accent", "緑", "--paper", "simplex"]
    hours = ["--hours", "9時-12時半 月-土", "--hours", "15:00-19:30 月火木金", "--edge", "6", "--logo", str(logo)]
    made = run("init", folder, "--yes", *FLAGS, *more, *hours)
    assert made.exit_code == 0, made.output
    assert lines(folder) == [
        "name: みなと医院",
        "kind: judo",
        "postal_code: 123-4567",
        "address: 見本市港町2-3-4",
        "phone: 03-1234-5678",
        "url: https://example.jp",
        "hours:",
        "  - {time: 午前 9:00〜12:30, days: 月火水木金土}",
        "  - {time: 午後 15:00〜19:30, days: 月火木金}",
        "closed: 日・祝",
        "accent: '#1B6B3A'",
        "logo: logo.png",
        "layout: a4-one",
        "printer_edge: 6",
    ]
    assert (folder / "assets" / "logo.png").read_bytes() == logo.read_bytes()
    built = run("build", "--topic", "running", "--clinic", folder, "-o", tmp_path / "out.pdf")
    assert built.exit_code == 0, built.output
    assert "1ページ" in built.output


def test_answers_are_asked_again_until_they_are_right(tmp_path: Path) -> None:
    said = ["9", "2", "", "みなと整骨院", "123", "1234567", "見本市", "0", "０３-1234-5678"]
    said += [
        "朝から",
        "9-12:30",
        "月-土",
        "3時-7時",
        "月火木金",
        "",
        "",
        "nothing.png",
        "",
        "うす緑",
        "2",
        "2",
        "99",
        "",
    ]
    folder = tmp_path / "clinic"
    made = run("init", folder, said="\n".join([*said, ""]))
    assert made.exit_code == 0, made.output
    found = lines(folder)
    assert found[:2] == ["name: みなと整骨院", "kind: judo"]
    assert "phone: 03-1234-5678" in found
    assert "  - {time: 午後 15:00〜19:00, days: 月火木金}" in found
    assert "施術時間" in made.output
    for told in ("1 か 2 で", "空にはできません", "123-4567 の形", "9:00-12:30 の形", "ファイルがありません", "番号か"):
        assert told in made.output


def test_nothing_is_written_where_something_is_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    bad = tmp_path / "bad.svg"
    bad.write_text(SVG.format("<text>医院</text>"), encoding="utf-8")
    assert run("init", folder, "--yes", "--name", "医院").exit_code == 2
    assert run("init", folder, "--yes", *FLAGS, "--logo", bad).exit_code == 2
    assert run("init", folder, "--yes", *FLAGS, "--accent", "#FFEE00").exit_code == 2
    smiling = run("init", folder, "--yes", "--name", "医院😀", *FLAGS[2:])
    assert smiling.exit_code == 1
    assert "書体" in smiling.output
    assert not folder.exists()


def test_a_clinic_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert run("init", tmp_path, "--yes", *FLAGS).exit_code == 0
    before = (tmp_path / "clinic.yaml").read_bytes()
    again = run("init", tmp_path, "--yes", *FLAGS, "--name", "ほか")
    assert again.exit_code == 1
    assert "書きかえません" in again.output
    assert (tmp_path / "clinic.yaml").read_bytes() == before
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"


def test_marks_in_a_name_are_printed_as_they_are(tmp_path: Path) -> None:
    assert run("init", tmp_path / "c", "--yes", "--name", "A*{医院}: #1", *FLAGS[2:]).exit_code == 0
    library = Library(tmp_path / "c")
    from handouts.text.markup import plain

    assert plain(library.clinic().name) == "A*{医院}: #1"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("9:00-12:30", "9:00〜12:30"),
        ("9時から12時半", "9:00〜12:30"),
        ("９：００〜１２：３０", "9:00〜12:30"),
        ("午後3時〜午後7時", "15:00〜19:00"),
        ("09:00 – 12:00", "9:00〜12:00"),
    ],
)
def test_times_are_kept_in_one_form(said: str, kept: str) -> None:
    assert time_of(said) == kept


@pytest.mark.parametrize("said", ["", "9時", "12:00-9:00", "9:99-10:00", "25-26", "朝-夕"])
def test_what_is_no_time_is_told(said: str) -> None:
    with pytest.raises(ValueError, match=r"[ぁ-ん]"):
        time_of(said)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("月-金", "月火水木金"),
        ("月火木・土曜", "月火木土"),
        ("平日と土曜日", "月火水木金土"),
        ("金曜、日、祝日", "金日祝"),
        ("毎日", "月火水木金土日祝"),
    ],
)
def test_days_are_kept_in_their_order(said: str, kept: str) -> None:
    assert days_of(said) == kept


@pytest.mark.parametrize("said", ["", "火-月", "朝", "月x"])
def test_what_are_no_days_is_told(said: str) -> None:
    with pytest.raises(ValueError, match="曜日"):
        days_of(said)


def test_halves_of_a_day_are_named() -> None:
    assert labelled("9:00〜12:30") == "午前 9:00〜12:30"
    assert labelled("15:00〜18:00") == "午後 15:00〜18:00"
    assert labelled("9:00〜18:00") == "9:00〜18:00"
    assert afternoon("15:00-18:00") == afternoon("3時-6時") == "15:00〜18:00"
    assert line_of("9-12 月") == ("9:00〜12:00", "月")
    assert closed_of(["月火水木金土", "月"]) == "日・祝"


def test_closed_days_alone_go_into_the_table_and_other_words_stand_below() -> None:
    assert closed_days("日・祝") == closed_days("日曜、祝日") == closed_days("日曜日 祝日") == "日祝"
    assert closed_days("水曜・土曜の午後、日曜、祝日") == closed_days("") == closed_days("年末年始") == ""


def test_every_offered_colour_is_read_on_paper() -> None:
    accents = questions()["accents"]
    assert len(accents) >= 5
    for name, value in accents.items():
        assert colour(name) == value
        assert contrast(value, "#FFFFFF") > TEXT


def test_the_schemas_lead_the_editor_from_every_line_that_names_one(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    run("init", folder, "--yes", *FLAGS)
    for kind in ("topic", "exercise", "figure", "layout"):
        made = run("new", kind, "mine", "--clinic", folder)
        assert made.exit_code == 0, made.output
    named = 0
    for path in folder.rglob("*.yaml"):
        found = re.match(r"# yaml-language-server: \$schema=(\S+)", path.read_text("utf-8"))
        assert found, f"{path} names no schema"
        schema = json.loads((path.parent / found[1]).read_text("utf-8"))
        validator_for(schema)
        named += 1
    assert named == 5
    (folder / ".schema" / "clinic.schema.json").unlink()
    assert run("schema", "--write", "--clinic", folder).exit_code == 0
    assert (folder / ".schema" / "clinic.schema.json").exists()


def test_a_usual_address_stands_on_one_line_and_costs_no_side(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    hours = ["--hours", "9:00-12:00 月-土", "--hours", "15:00-20:00 月火水金", "--url", "https://example.jp"]
    flags = [
        "--name",
        "わかば整骨院",
        "--postal-code",
        "000-0000",
        "--address",
        "見本市若葉町5-6-7",
        *FLAGS[4:],
        *hours,
    ]
    assert run("init", folder, "--yes", *flags).exit_code == 0
    for topic in ("running", "cramp"):
        built = run("build", "--topic", topic, "--clinic", folder, "-o", tmp_path / f"{topic}.pdf")
        assert "2ページ" in built.output


def test_days_may_be_typed_after_a_time_and_are_then_not_asked_again() -> None:
    take = time_and_days(time_of)
    assert take("9-12 月-土") == ("9:00〜12:00", "月火水木金土")
    assert time_and_days(afternoon)("3時-7時半 平日") == ("15:00〜19:30", "月火水木金")
    assert take("9:00 - 12:30") == ("9:00〜12:30", "")
    assert take("9:00から 12:30 まで") == ("9:00〜12:30", "")
    assert take("") == ("", "")
    for wrong in ("9-12 月-x", "朝 月-金", "25-26 月"):
        with pytest.raises(ValueError, match="書いて"):
            take(wrong)


def test_answers_with_days_behind_the_time_make_the_same_folder(tmp_path: Path) -> None:
    flags = [*FLAGS, "--kind", "clinic", "--postal-code", "1234567", "--closed", "日・祝", "--url", "example.jp"]
    rest = "\n\n\n\n"
    one = run("init", tmp_path / "one", *flags, said=f"9-12\n月-土\n15-19\n平日\n{rest}")
    other = run("init", tmp_path / "other", *flags, said=f"9-12 月-土\n15-19 平日\n{rest}")
    assert one.exit_code == other.exit_code == 0, other.output
    assert lines(tmp_path / "one") == lines(tmp_path / "other")
    assert "  - {time: 午後 15:00〜19:00, days: 月火水木金}" in lines(tmp_path / "other")
