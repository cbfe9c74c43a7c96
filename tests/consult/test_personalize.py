"""The command `personalize`: from a record, from flags, from answers on a terminal; nothing doubtful unasked."""

from __future__ import annotations

import os
import re
import select
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handouts.checks.file import PdfFile
from handouts.cli import main
from handouts.commands.personalize import command
from handouts.consult.code import is_valid
from handouts.paths import PACKAGE

NAME = "御影 佳代"
RECORD = f"patient: {{name: {NAME}}}\n"
KNEE = ("--topic", "stairs", "--side", "right", "--date", "2026-11-22", "--next-visit", "2週間後")
CHAIR = ("--exercise", "hamstring-chair=20s*3*2/day")


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test in a folder of its own, with a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    return tmp_path


def run(*arguments: str, stdin: str = RECORD) -> Result:
    return CliRunner().invoke(main, ["personalize", *arguments], input=stdin)


def words(path: Path) -> str:
    with PdfFile(path) as pdf:
        return re.sub(r"\s", "", "".join(page.text for page in pdf.pages))


def keep_records() -> None:
    """A clinic, in the current folder, that keeps records."""
    lines = (PACKAGE / "clinic.yaml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("records:")]
    Path("clinic.yaml").write_text("\n".join([*kept, "records: true"]), encoding="utf-8")


def test_the_newcomers_sheet_is_right() -> None:
    result = run("-", *KNEE, *CHAIR, "--yes", "-o", "sheet.pdf")
    assert result.exit_code == 0, result.output
    text = words(Path("sheet.pdf"))
    for word in ("御影佳代様", "右膝の裏", "椅子で太ももの裏を伸ばす", "右かかと", "20秒", "3回", "2回", "12月6日(日)"):
        assert word in text, word
    assert "左かかと" not in text


def test_a_question_is_never_silently_accepted() -> None:
    result = run("-", *KNEE, *CHAIR, "--condition", "人工関節", "-o", "sheet.pdf")
    assert result.exit_code == 1
    assert "--exercise: エラー: 確かめてください: 椅子で太ももの裏を伸ばす" in result.stderr
    assert "--condition: エラー: 確かめてください: 「人工関節」" in result.stderr
    assert "エラー 2 件" in result.stderr
    assert not Path("sheet.pdf").exists()


def test_where_nothing_is_doubtful_nothing_is_asked() -> None:
    result = run("-", *KNEE)
    assert result.exit_code == 0, result.output
    (path,) = Path().glob("*.pdf")
    code = path.stem.removeprefix("sheet-")
    assert is_valid(code)
    assert f"番号 {code}" in result.output
    assert code in words(path)


def test_the_file_is_its_owners_and_says_no_name(apart: Path) -> None:
    result = run("-", *KNEE, *CHAIR, "--yes", "--note", "佳代さんは休みます。")
    assert result.exit_code == 0, result.output
    assert "御影" not in result.output
    assert "佳代" not in result.output
    (path,) = Path().glob("*.pdf")
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not [found for found in apart.rglob("*") if "御影" in found.name or "佳代" in found.name]
    for word in (NAME, "御影", "佳代"):
        for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
            kept = [
                found.name
                for found in apart.rglob("*")
                if found.is_file() and word.encode(encoding) in found.read_bytes()
            ]
            assert not kept


def test_no_flag_takes_a_name_or_an_id() -> None:
    names = {option for parameter in command.params for option in parameter.opts}
    assert {"--side", "--exercise", "--note"} <= names
    assert not names & {"--name", "--patient", "--id", "--reading"}


def test_without_a_record_and_a_terminal_it_says_how() -> None:
    result = run(*KNEE)
    assert result.exit_code == 2
    assert "RECORD" in result.stderr


def test_the_help_says_how_to_make_the_newcomers_sheet() -> None:
    text = run("--help").output
    for words_ in (
        "20s*3*2/day",
        "hamstring-chair",
        "2週間後",
        "--side",
        "handouts list exercises",
        "--yes",
        "patient:",
    ):
        assert words_ in text
    assert not re.search("echo ['\"]patient", text)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-", "--topic", "runing", "--side", "right"), "--topic: エラー: 「runing」という資料はありません。"),
        (("-", "--topic", "running"), "項目「side」がありません。"),
        (("gone.yaml",), "gone.yaml: エラー: ファイルがありません。"),
        (("-", *KNEE, "--date", "2026-02-30"), "--date: エラー: 「2026-02-30」という日はありません。"),
    ],
)
def test_mistakes_are_problems(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not list(Path().glob("*.pdf"))


def test_an_output_that_is_no_pdf_is_not_replaced() -> None:
    Path("sheet.pdf").write_text("何か", encoding="utf-8")
    assert run("-", *KNEE, "-o", "sheet.pdf").exit_code == 1
    assert Path("sheet.pdf").read_text(encoding="utf-8") == "何か"
    assert run("-", *KNEE, "-o", "sheet.txt").exit_code == 2


def test_the_next_sheet_starts_from_the_one_before(apart: Path) -> None:
    keep_records()
    first = run("-", *KNEE, *CHAIR, "--yes", "--condition", "高血圧", "--note", "休みます。")
    assert first.exit_code == 0, first.output
    code = first.output.rstrip().rpartition(" ")[2]
    second = run(
        "-",
        "--previous",
        code,
        "--exercise",
        "hamstring-chair=3/day",
        "--exercise",
        "calf-wall",
        "--yes",
        "--date",
        "2026-12-06",
        "-o",
        "second.pdf",
    )
    assert second.exit_code == 0, second.output
    assert "膝: 右膝" in second.output
    assert "高血圧" in second.output
    assert "休みます。" not in second.output
    assert (
        "椅子で太ももの裏を伸ばす: 20秒 × 3回 × 1日2回 × 左右それぞれ → 20秒 × 1日3回 × 左右それぞれ" in second.output
    )
    assert "壁でふくらはぎを伸ばす: 新しく始めます" in second.output
    assert "膝の裏がつるとき" not in second.output
    assert "1日3回" in words(Path("second.pdf"))


def test_a_sheet_before_of_somebody_else_is_asked_about(apart: Path) -> None:
    keep_records()
    first = run("-", *KNEE)
    code = first.output.rstrip().rpartition(" ")[2]
    other = run("-", "--previous", code, stdin="patient: {name: 別名 花江}\n")
    assert other.exit_code == 1
    assert f"前の紙 {code} は、お名前の違う方のものです。" in other.stderr
    assert "[previous]" in other.stderr
    same = run("-", "--previous", code, stdin="patient: {name: 御影　佳代}\n")
    assert same.exit_code == 0, same.output


def test_a_sheet_before_that_is_not_kept_is_told() -> None:
    result = run("-", *KNEE, "--previous", "2222-2222-2")
    assert result.exit_code == 1
    assert "--previous" in result.stderr


# -- on a terminal --


def talk(folder: Path, answers: list[str], *arguments: str) -> tuple[int, str]:
    """What is said on a real terminal to these answers, each typed when a prompt (「> 」) stands there."""
    pty = pytest.importorskip("pty", reason="no pty on this system")
    leader, follower = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "handouts", "personalize", *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    os.close(follower)
    said, waiting = b"", [*answers]
    patience = time.monotonic() + 120
    while time.monotonic() < patience:
        if not select.select([leader], [], [], 0.2)[0]:
            if process.poll() is not None:
                break
            continue
        try:
            piece = os.read(leader, 4096)
        except OSError:  # Linux says so when the other end was closed
            break
        if not piece:
            break
        said += piece
        if said.endswith(b"\n> ") and waiting:
            os.write(leader, waiting.pop(0).encode() + b"\n")
    os.close(leader)
    process.wait(timeout=60)
    assert not waiting, f"never asked: {waiting}\n{said.decode(errors='replace')}"
    return process.returncode, said.decode(errors="replace").replace("\r\n", "\n")


TALK = ["4", NAME, "1", "72", "", "1=20s*3*2/day", "2週間後 10:00", "痛む日は休みます。", "y", "y"]


def test_asked_step_by_step_it_makes_the_newcomers_sheet(apart: Path) -> None:
    status, said = talk(apart, TALK)
    assert status == 0, said
    assert "正座や階段で膝の裏がつらいとき (stairs)" in said
    assert "御影 佳代 様" in said
    assert "2026" in said
    assert "10:00" in said
    (path,) = apart.glob("sheet-*.pdf")
    text = words(path)
    for word in ("御影佳代様", "右膝の裏", "右かかと", "20秒", "3回", "2回", "10:00", "痛む日は休みます。"):
        assert word in text, word


def test_wrong_answers_are_asked_again_and_no_means_no(apart: Path) -> None:
    answers = [
        "9",
        "4",
        "",
        NAME,
        "まえ",
        "左",
        "百",
        "",
        "なし",
        "1=20q",
        "1=2/day",
        "そのうち",
        "",
        "",
        "たぶん",
        "n",
    ]
    status, said = talk(apart, answers)
    assert status == 1, said
    for complaint in (
        "1〜5",
        "お名前に字がありません",
        "1(右)、2(左)",
        "0〜130",
        "意味が分かりません",
        "日の書き方",
        "y(はい)か",
    ):
        assert complaint in said, complaint
    assert "中止しました。" in said
    assert not list(apart.glob("*.pdf"))


def test_flags_are_not_asked_again(apart: Path) -> None:
    status, said = talk(apart, [NAME, "", "", "", "y"], *KNEE, "--exercise", "hamstring-chair")
    assert status == 0, said
    assert "膝はどちらですか" not in said
    assert "資料の番号" not in said
