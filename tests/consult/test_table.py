"""A table of patients is read as any program saves it: encodings, separators, headings, dates; no cell is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handouts.consult.record import consultation_of
from handouts.consult.table import Table, columns, read_table
from handouts.library import Library
from handouts.model.consultation import Consultation
from handouts.problems import Problems, show

DAY = date(2026, 11, 22)
LIBRARY = Library()
NAME = "髙橋 花子"


def read(tmp_path: Path, text: str | bytes, encoding: str = "utf-8") -> Table:
    path = tmp_path / "kanja.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read_table(path, "kanja.csv")


def records(table: Table) -> list[Consultation]:
    return [consultation_of(row.node(DAY), LIBRARY, DAY) for row in table.rows]


def refused(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(Problems) as raised:
        read(tmp_path, text)
    shown = show(raised.value)
    assert NAME not in shown
    assert "花子" not in shown
    return shown


@pytest.mark.parametrize("line", ["\r\n", "\n", "\r"], ids=["crlf", "lf", "cr"])
@pytest.mark.parametrize("mark", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings_and_separators(encoding: str, mark: str, line: str, tmp_path: Path) -> None:
    rows = [
        ["氏名", "膝", "資料", "メモ"],
        [NAME, "右", "running", "痛む日は、休みます"],
        ["ﾐﾎﾝ ﾀﾛｳ", "左", "cramp", ""],
    ]
    table = read(tmp_path, line.join(mark.join(row) for row in rows) + line, encoding)
    assert (table.delimiter, table.encoding) == (mark, encoding.upper().removesuffix("-SIG"))
    assert [record.patient.name for record in records(table)] == [NAME, "ﾐﾎﾝ ﾀﾛｳ"]
    assert records(table)[0].notes == ("痛む日は、休みます",)
    assert [row.number for row in table.rows] == [2, 3]


def test_characters_of_excel_in_cp932(tmp_path: Path) -> None:
    names = ["髙﨑 ①", "濵田 Ⅲ", "〜 太郎".replace("〜", "～"), "表十能 ソ"]
    text = "氏名,膝,資料\r\n" + "".join(f"{name},右,running\r\n" for name in names)
    table = read(tmp_path, text, "cp932")
    assert [cell for row in table.rows for field, _, cell in row.cells if field == "name"] == names


def test_a_byte_that_is_no_character_spoils_its_row_alone(tmp_path: Path) -> None:
    good = "氏名,膝,資料\n見本 一郎,右,running\n".encode()
    table = read(tmp_path, good + b"\xe8\xa6,right,running\n" + "見本 三郎,左,running\n".encode())
    assert [bool(row.problems) for row in table.rows] == [False, True, False]
    assert table.rows[1].problems[0].place.line == 3
    cp932 = good.decode().encode("cp932") + b"\x81\x20,right,running\n\xa0x,right,running\n"
    assert [bool(row.problems) for row in read(tmp_path, cp932).rows] == [False, True, True]


def test_rows_of_another_encoding_are_told_and_never_misread(tmp_path: Path) -> None:
    head, row = "氏名,膝,資料\n見本 一郎,右,running\n見本 二郎,右,running\n", "ああ,left,running\n"
    assert row.encode().decode("cp932") == "縺ゅ≠,left,running\n", "it would be printed so"
    for most, least in (("utf-8", "cp932"), ("cp932", "utf-8")):
        table = read(tmp_path, head.encode(most) + row.encode(least))
        assert [bool(row.problems) for row in table.rows] == [False, False, True], (most, least)


def test_every_heading_is_known_in_any_width_and_case() -> None:
    from handouts.consult.table import _field_of

    words = [(name, word) for name, column in columns().items() for word in (*column.words, name)]
    assert len(words) > 120
    wrong = [(name, word) for name, word in words if _field_of(word) != name]
    assert not wrong, "one word for two fields, or for none"
    assert [_field_of(word) for word in ("ＩＤ", " 氏 名 ", "膝(左右)", "Next_Visit", "体操２")] == [
        *("id", "name", "side", "next_visit", "exercises")
    ]
    assert _field_of("氏名2") is None


def test_all_fields_of_a_row(tmp_path: Path) -> None:
    head = "お名前,ふりがな,患者番号,年齢,側,資料,痛む所,体操1,体操2,持病,所見,控えること,"
    head += "次回,時刻,診察日,説明した人,版,色,メモ"
    row = (
        f'{NAME},たかはし はなこ,="00123",７２歳,右膝,running、cramp,内側・中央,hamstring-chair:20s*3*2/day;calf-wall,'
        "calf-knead,人工関節、糖尿病,裏が硬い,正座;しゃがむこと,"
        "2026/12/6 0:00,9:30:00,２０２６/11/2,見本 医師,大きな字,白黒,"
        '"1つ目\r\n2つ目"'
    )
    (record,) = records(read(tmp_path, f"{head}\r\n{row}\r\n"))
    patient = record.patient
    assert (patient.name, patient.reading, patient.id, patient.age) == (NAME, "たかはし はなこ", "00123", 72)
    assert (record.side.value, record.topics) == ("right", ("running", "cramp"))
    assert [place.value for place in record.places] == ["inner", "middle"]
    assert [str(one.exercise) for one in record.exercises] == ["hamstring-chair", "calf-wall", "calf-knead"]
    first = record.exercises[0]
    assert (first.hold, first.repetitions, first.per_day) == ("20秒", "3回", "2回")
    assert (record.conditions, record.avoid) == (("人工関節", "糖尿病"), ("正座", "しゃがむこと"))
    assert record.next_visit is not None
    assert (record.next_visit.date, record.next_visit.time) == ("2026-12-06", "09:30")
    assert (record.date, record.practitioner) == ("2026-11-02", "見本 医師")
    assert (record.edition.value, record.paper.value, record.notes) == ("large", "mono", ("1つ目", "2つ目"))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026/12/6", "2026-12-06"),
        ("2026-12-06", "2026-12-06"),
        ("２０２６年１２月６日", "2026-12-06"),
        ("2026/12/06 0:00", "2026-12-06"),
        ("12月6日", "2026-12-06"),
        ("2週間後", "2026-12-06"),
    ],
)
def test_dates_as_excel_writes_them(said: str, day: str, tmp_path: Path) -> None:
    (record,) = records(read(tmp_path, f"氏名,膝,資料,次回\n{NAME},右,running,{said}\n"))
    assert record.next_visit is not None
    assert record.next_visit.date == day


def test_rows_are_numbered_as_excel_does(tmp_path: Path) -> None:
    text = f'氏名,膝,資料,メモ\n\n"{NAME}",右,running,"a\nb"\n,,,\n見本 二郎,左,running,\n'
    assert [row.number for row in read(tmp_path, text).rows] == [3, 5]
    assert [row.number for row in read(tmp_path, "sep=;\n" + text.replace(",", ";")).rows] == [3, 5]


def test_headings_that_are_not_understood(tmp_path: Path) -> None:
    said = refused(tmp_path, f"氏名,膝,資量,電話\n{NAME},右,running,1\n")
    assert "kanja.csv:1:3" in said
    assert "もしかして: 資料" in said
    assert "4列目の見出し「電話」が分かりません" in said
    assert "「資料」の列がありません" in said
    assert "同じ項目" in refused(tmp_path, f"氏名,お名前,膝,資料\n{NAME},{NAME},右,running\n")
    assert "ありません" in refused(tmp_path, f"{NAME},右,running\n{NAME},左,running\n"), "no headings at all"
    table = read(tmp_path, f"氏名,膝,資料,#電話,\n{NAME},右,running,090,\n")
    assert "090" not in str(table.rows[0].node(DAY))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (f'氏名,膝,資料\n"{NAME},右,running\n', "2行目から先"),
        ("氏名,膝,資料\n", "患者さんの行がありません"),
        ("", "の列がありません"),
        (b"PK\x03\x04rest", "Excel のブック"),
    ],
    ids=["open quote", "no rows", "empty", "xlsx"],
)
def test_files_that_are_no_table(data: str | bytes, word: str, tmp_path: Path) -> None:
    assert word in refused(tmp_path, data)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, word in ((tmp_path / "none.csv", "ファイルがありません"), (tmp_path, "フォルダーです")):
        with pytest.raises(Problems, match="1 problems") as raised:
            read_table(path)
        assert word in show(raised.value)


def test_more_values_than_headings_spoil_a_row(tmp_path: Path) -> None:
    table = read(tmp_path, f"氏名,膝,資料\n{NAME},右,running,,\n{NAME},右,running,膝が,痛い\n")
    assert [bool(row.problems) for row in table.rows] == [False, True]


def test_digests_tell_rows_apart_and_say_nothing(tmp_path: Path) -> None:
    table = read(tmp_path, f"氏名,膝,資料\n{NAME},右,running\n{NAME},左,running\n{NAME},右,running\n")
    first, second, third = (row.digest(b"salt") for row in table.rows)
    assert first == third != second
    assert table.rows[0].digest(b"other") != first
    assert NAME not in repr(table.rows[0])
