"""What people see in English mode: of many wrong inputs, and of what goes well, only quotations are Japanese."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handouts.checks.content import check
from handouts.cli import main
from handouts.consult.content import Content
from handouts.consult.dialogue import Desk, ask_all
from handouts.consult.plan import plan
from handouts.consult.record import Flags, read_record
from handouts.english import asked, told
from handouts.english.catalogue import JAPANESE
from handouts.faces import load_faces
from handouts.library import Library
from handouts.paths import PACKAGE, builtin
from handouts.problems import Place, Problem, Problems, show
from tests.checks.bench import Bench, edits, load
from tests.command.test_loads import loaded
from tests.verify.defects import DEFECTS, Defect

TESTS = Path(__file__).parents[1]
BAD_RECORDS = sorted((TESTS / "consult" / "bad").glob("*.yaml"))
INNERMOST = re.compile("「[^「」]*」")
DAY = ("--date", "2026-11-22")


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Each test in English, and in a folder and with a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HANDOUTS_LANG", raising=False)
    with asked(True):
        yield tmp_path


def japanese_in(text: str) -> list[str]:
    """The lines that hold Japanese outside quotations and excerpts."""
    lines = text.splitlines()
    # Where the input is no terminal, what was typed stands behind the mark.
    lines = [line for line in lines if not line.startswith("> ")]
    carets = {number for number, line in enumerate(lines) if re.fullmatch(" +\\^+", line)}
    told = [line for number, line in enumerate(lines) if not {number, number + 1} & carets]
    return [line for line in told if JAPANESE.search(bare := unquoted(line)) or re.search("[、。・]", bare)]


def unquoted(line: str) -> str:
    """A line without what is quoted in it, however deep; a quotation that was cut short has no end."""
    while (shorter := INNERMOST.sub("", line)) != line:
        line = shorter
    return re.sub("「.*…", "", line)


def shown(problems: list[Problem]) -> str:
    """Problems as they are shown, each without its file's name."""
    text = show(problems)
    for problem in problems:
        text = text.replace(problem.place.file, "FILE")
    return text


def english(*words: str, said: str | None = None, code: int | None = None) -> Result:
    result = CliRunner().invoke(main, ["--english", *words], input=said)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert code is None or result.exit_code == code, result.output
    return result


def test_bad_definitions_are_told_in_english() -> None:
    problems = check([TESTS / "reading" / "bad"], Library(TESTS / "reading" / "clinic"))
    assert len(problems) > 150
    assert not japanese_in(shown(problems))
    assert not {problem.message for problem in problems} & set(shown(problems).splitlines())


def test_breaches_of_every_rule_are_told_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faces = load_faces([builtin("fonts")])
    monkeypatch.setattr("handouts.checks.content.load_faces", lambda _: faces)
    bench = Bench(TESTS / "checks" / "clinic")
    found: list[Problem] = []
    for id_, case in load("rules").items():
        folder = tmp_path / id_
        folder.mkdir()
        found += bench.problems(edits(case["fails"]), folder)
    assert len({problem.rule for problem in found}) >= 60
    assert not japanese_in(shown(found))


@pytest.mark.parametrize("path", BAD_RECORDS, ids=lambda path: path.stem)
def test_a_bad_record_is_told_in_english(path: Path) -> None:
    with pytest.raises(Problems) as caught:
        read_record(path.read_text("utf-8"), "record.yaml", Library(), date(2026, 11, 22))
    assert not japanese_in(shown(list(caught.value)))


@pytest.mark.parametrize("defect", DEFECTS[::3], ids=lambda defect: defect.name)
def test_a_defect_of_a_file_is_told_in_english(defect: Defect, tmp_path: Path) -> None:
    path = defect.make(tmp_path)
    result = english("verify", path.name)
    assert "[" in result.output
    assert not japanese_in(result.output.replace(path.name, "FILE"))
    data = json.loads(english("verify", "--json", path.name).stdout)
    assert not [one for one in data[0]["findings"] if JAPANESE.search(unquoted(one["message"] + one["hint"]))]


WRONG_USE = [
    "build",
    "build --topic nope",
    "build --topic running --layout nope",
    "build --topic running --date 2026-13-01",
    "build --topic running --date 令和8年",
    "build --topic running --date 1800-01-01",
    "build --topic running -o x.txt",
    "build --topic running -o ''",
    "build --topic running --copies 2",
    "build --topic running --print-shop --print",
    "build --topic running --print x.pdf",
    "build --topic running --layout a4 --edition easy -o no/such/x.pdf",
    "build --topic visit --layout diary",
    "build --topic running --layout test-page",
    "build --topic running --clinic nowhere",
    "batch nothing.csv -o sheets/",
    "batch nothing.csv -o x.pdf",
    "batch nothing.csv --resume --date 2026-11-22",
    "batch nothing.csv --print",
    "check nowhere.yaml",
    "check --scores nope",
    "check nothing",
    "desk --clinic nowhere",
    "diff",
    "figure nope",
    "figure wall-calf --side left",
    "figure wall-calf -o x.gif",
    "init clinic --yes",
    "init clinic --yes --name x --address y --phone 1",
    "init clinic --yes --name x --address y --phone 0312345678 --hours x",
    "init clinic --yes --name x --address y --phone 0312345678 --logo none.png",
    "init clinic --yes --name x --address y --phone 0312345678 --accent #FFFF00",
    "new topic x",
    "new topic X_Y --clinic .",
    "approve running --by x --role 医師",
    "approve nope --by x --role 医師",
    "personalize --yes",
    "personalize record.yaml",
    "personalize - --topic nope --side right",
    "personalize - --topic visit --side right --yes",
    "personalize - --topic stairs --side right --exercise hamstring-chair=20s*",
    "personalize - --topic stairs --side right --next-visit いつか",
    "personalize - --again AB2C-3D4E-F",
    "personalize --again AB2C-3D4E-F",
    "personalize - --password-fd 0",
    "personalize - --topic stairs --side right -o x.txt",
    "readings nope",
    "records erase",
    "records erase --before tomorrow",
    "records erase --code XXXX",
    "records export -o no/such.json",
    "verify nothing.pdf",
    "verify .",
    "where",
    "where nope",
    "nope",
    "--nope",
]


@pytest.mark.parametrize("line", WRONG_USE)
def test_wrong_use_is_told_in_english(line: str) -> None:
    result = english(*(word.strip("'") for word in line.split()), said="patient: {name: 見本 花子}\n")
    assert result.exit_code in (1, 2)
    assert result.output
    # What is typed is said back; a profession is typed as it is printed.
    typed = ["令和8年", "いつか", *(["医師", "柔道整復師", "理学療法士", "看護師"] if "approve" in line else [])]
    output = result.output
    for word in typed:
        output = output.replace(word, "")
    assert not japanese_in(without_exercises(output))


def without_exercises(summary: str) -> str:
    """A summary without the exercises and the patient's own words, which it shows as the paper has them."""
    return re.sub("(?m)^  (?:[A-Z] |人工関節).*", "", summary)


def test_what_goes_well_is_told_in_english() -> None:
    for line in (
        "build --topic running --layout trifold --timing -o x.pdf",
        "build --topic stairs --edition ruby --draft -o x.pdf",
        "build --topic visit --edition large --print-shop -o x.pdf",
        "build --layout test-page",
        "check --scores running",
        "check",
        "verify x.pdf",
        "where running",
        "where calf-clot",
        "records list",
    ):
        result = english(*line.split(), code=0)
        assert result.output
        output = re.sub("words without a reading .*", "", result.output)
        assert not japanese_in(output), line


def test_a_clinic_is_begun_in_english() -> None:
    wrong = [
        "9",
        "1",
        "",
        "みなと医院",
        "12",
        "1234567",
        "見本市",
        "12",
        "0312345678",
        "9-",
        "9:00-12:30",
        "x",
        "月-金",
    ]
    right = ["", "", "example", "https://example.jp", "none.png", "", "1", "3", "1", "99", "5"]
    result = english("init", "clinic", said="\n".join([*wrong, *right]) + "\n", code=0)
    assert "Opening hours in the morning (for example 9:00-12:30; Enter if there are none)" in result.output
    assert "Answer 1 or 2." in result.output
    assert not japanese_in(result.output)
    for line in ("new topic low-back", "new exercise my-stretch", "new layout mine", "check", "where low-back"):
        assert not japanese_in(english(*line.split(), "--clinic", "clinic").output), line


RECORD = "patient: {name: 見本 花子, age: 72}\n"
STAIRS = ("--topic", "stairs", "--side", "right", *DAY)


def test_a_patients_sheet_is_shown_in_english() -> None:
    clinic = (PACKAGE / "clinic.yaml").read_text("utf-8")
    Path("clinic.yaml").write_text(re.sub("(?m)^records:.*", "records: true", clinic), encoding="utf-8")
    result = english(
        "personalize", "-", *STAIRS, "--next-visit", "2 weeks", "--yes", "-o", "a.pdf", said=RECORD, code=0
    )
    assert "Topic: 「" in result.output
    assert "Next visit: 2026-12-6 (Sun)" in result.output
    assert not japanese_in(without_exercises(result.output))
    doubtful = english("personalize", "-", *STAIRS, "--condition", "人工関節", "-o", "b.pdf", said=RECORD, code=1)
    assert "Make sure: " in doubtful.output
    assert not japanese_in(without_exercises(doubtful.output))
    for words in (("list",), ("erase", "--before", "2030-01-01"), ("erase", "--before", "2030-01-01", "--yes")):
        assert not japanese_in(english("records", *words).output), words


TYPED = ["", "9", "1 2 3 4", "2", "", "見本 花子", "9", "1", "x", "72", "高血圧、糖尿病", "99", "1=20q"]
TYPED += ["1 3=20s*3*2/day", "いつか", "2 weeks", "**あ", "お大事に。", "maybe", "y", "y"]


def test_a_conversation_is_in_english() -> None:
    said: list[str] = []
    answers = iter(TYPED)

    def read(question: str) -> str:
        said.append(told(question))
        return next(answers)

    desk = Desk(read, lambda text: said.append(told(text)))
    record = ask_all(Library(), Flags(), date(2026, 11, 22), desk, _no_earlier)
    questions = plan(Library(), record, date(2026, 11, 22), None, None).questions
    assert len(questions) == 2
    for question in questions:
        assert desk.confirm(f"注意: {question.text}\nこのままでよいですか")
    assert "Which knee: 1 right  2 left  3 both" in said
    assert "  Answer y (yes) or n (no)." in said
    assert said[-1].endswith("\nIs this right? (y/n)")
    # Topics and exercises are listed as the paper has them.
    assert not japanese_in("\n".join(line for line in said if not re.match("  [0-9]+ ", line)))


def _no_earlier(code: str, place: Place) -> Content:
    raise AssertionError(f"nobody asked for {code} at {place}")


TABLE = "氏名,膝,資料,年齢\n見本 花子,右,stairs,72\n見本 次郎,上,nope,x\n"


def test_a_table_is_told_in_english() -> None:
    Path("patients.csv").write_text(TABLE, encoding="utf-8")
    result = english("batch", "patients.csv", "-o", "sheets", "--jobs", "1", "--yes", *DAY, code=1)
    assert re.search("Sheets made: 1, pages in all: [0-9]+\n", result.output)
    assert "Rows without a sheet: 1 (row 3)" in result.output
    assert not japanese_in(result.output)
    for name, text in (("heads.csv", "氏名,なにか\na,b\n"), ("empty.csv", ""), ("open.csv", '氏名,膝,資料\n"a,b\n')):
        Path(name).write_text(text, encoding="utf-8")
        assert not japanese_in(english("batch", name, "-o", "more", code=1).output), name


def test_a_difference_is_told_in_english(tmp_path: Path, repository: Path) -> None:
    clinic = shutil.copytree(repository / "docs" / "examples" / "seikei", tmp_path / "clinic")
    by = ("--by", "見本花子", "--role", "医師", "--on", "2026-11-20", "--clinic", "clinic")
    assert "Wrote the approval of low-back into " in english("approve", "low-back", *by, code=0).output
    topic = clinic / "topics" / "low-back.yaml"
    topic.write_text(topic.read_text("utf-8").replace("title: ", "title: 新しい", 1), encoding="utf-8")
    result = english("diff", "--clinic", "clinic", code=1)
    assert "low-back (approved: 「医師 見本花子 2026-11-20」): It has changed in 1 place." in result.output
    # What stood there and what stands there is quoted line by line.
    assert not japanese_in(re.sub("(?m)^    [+-] .*", "", result.output))
    (one,) = json.loads(english("diff", "--clinic", "clinic", "--json").stdout)
    assert [change["part"] for change in one["changes"]] == ["topic"]
    (topic_of, *_) = json.loads(english("where", "low-back", "--clinic", "clinic", "--json").stdout)
    assert topic_of["kind"] == "topic"
    topic.write_text("title: [", encoding="utf-8")
    assert not japanese_in(english("diff", "--clinic", "clinic", code=1).output)


def test_problems_for_machines_are_told_in_english() -> None:
    Path("topics").mkdir()
    Path("topics/x.yaml").write_text("titel: 膝\n", encoding="utf-8")
    data = json.loads(english("check", "--json", "topics/x.yaml", code=1).stdout)
    assert [one["message"] for one in data][:1] == ["The item 「titel」 is not known."]
    assert not [one for one in data if JAPANESE.search(unquoted(one["message"] + one["hint"]))]


def test_a_japanese_run_reads_no_catalogue(tmp_path: Path, repository: Path) -> None:
    assert "handouts.english.catalogue" not in loaded("list topics", tmp_path, repository)
    assert "handouts.english.catalogue" not in loaded("build --topic running", tmp_path, repository)
    assert "handouts.english.catalogue" in loaded("--english build --topic running", tmp_path, repository)


def test_another_run_is_japanese_again() -> None:
    with asked(False):
        assert CliRunner().invoke(main, ["--english", "verify", "no.pdf"]).output.startswith("no.pdf: Error: ")
        assert CliRunner().invoke(main, ["verify", "no.pdf"]).output.startswith("no.pdf: エラー: ")
