"""`build` and the file it writes: always the same bytes, whole or not at all, and wrong use said plainly."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handouts.cli import main
from handouts.output import write_whole
from handouts.problems import Problems


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_writes_the_topic_into_the_current_folder_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build", "--topic", "running", "--timing")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("running.pdf 2ページ\n")
    said = [line.split() for line in result.output.splitlines()[2:] if " ms" in line]
    assert [line[0] for line in said] == ["read", "check", "imports", "set", "draw", "verify", "write", "total"]
    assert said[-1][2:] == ["ms", "100%"]
    assert sum(float(line[1]) for line in said[:-1]) == pytest.approx(float(said[-1][1]), abs=0.5)
    assert [path.name for path in tmp_path.iterdir()] == ["running.pdf"]


def test_output_is_a_file_or_a_folder(tmp_path: Path) -> None:
    assert run("build", "--topic", "running", "-o", str(tmp_path)).exit_code == 0
    assert run("build", "--topic", "running", "-o", str(tmp_path / "x.pdf")).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["running.pdf", "x.pdf"]


def test_same_bytes_in_another_process_folder_and_time(running_pdf: Path, tmp_path: Path, repository: Path) -> None:
    path = tmp_path / "elsewhere.pdf"
    environment = os.environ | {"PYTHONHASHSEED": "4711", "PYTHONPATH": str(repository), "TZ": "Pacific/Apia"}
    command = [sys.executable, "-m", "handouts", "build", "--topic", "running", "--date", "2026-11-22", "-o", str(path)]
    subprocess.run(command, check=True, cwd=tmp_path, env=environment, capture_output=True)
    assert path.read_bytes() == running_pdf.read_bytes()


def test_the_date_is_printed_and_changes_the_file(running_pdf: Path, tmp_path: Path) -> None:
    path = tmp_path / "later.pdf"
    assert run("build", "--topic", "running", "--date", "2027-03-01", "-o", str(path)).exit_code == 0
    assert path.read_bytes() != running_pdf.read_bytes()


def test_mono_has_no_colour(tmp_path: Path) -> None:
    from pypdfium2 import PdfDocument

    path = tmp_path / "mono.pdf"
    assert run("build", "--topic", "running", "--mono", "-o", str(path)).exit_code == 0
    with PdfDocument(path) as document:
        for page in document:
            image = page.render(scale=1).to_pil().convert("RGB")
            colours = image.getcolors(1 << 24)
            assert colours
            assert [colour for _, colour in colours if max(colour) - min(colour) > 2] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build"], "--topic で資料の名前を指定してください。"),
        (["build", "--topic", "runing"], "「runing」という資料はありません。もしかして: running"),
        (["build", "--topic", "running", "--layout", "a5"], "「a5」というレイアウトはありません。"),
        (["build", "--topic", "running", "--date", "22.11.2026"], "--date は 2026-11-22 の形で書いてください"),
        (["build", "--topc", "running"], "--topc という指定はありません。もしかして: --topic"),
        (["build", "--topic"], "--topic の書き方が正しくありません。"),
        (["biuld"], "「biuld」という命令はありません。もしかして: build"),
        (["list", "figs"], "topics, exercises, layouts"),
        (["build", "--topic", "running", "x.pdf"], "x.pdf"),
    ],
)
def test_wrong_use_is_said_in_plain_words_with_code_2(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert said in result.output
    assert "Error" not in result.output
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_broken_clinic_writes_nothing_and_keeps_the_old_file(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    (clinic / "clinic.yaml").write_text("name: 医院\naddres: 住所\nphone: 000\n", encoding="utf-8")
    target = tmp_path / "running.pdf"
    target.write_bytes(b"%PDF-old")
    result = run("build", "--topic", "running", "--clinic", str(clinic), "-o", str(target))
    assert result.exit_code == 1
    assert "clinic.yaml:2:1: エラー" in result.output
    assert "もしかして: address" in result.output
    assert target.read_bytes() == b"%PDF-old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clinic", "running.pdf"]


def test_a_character_without_a_glyph_names_its_line(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    text = "name: 見本医院\naddress: 見本市𓀀町1-2-3\nphone: 000-000-0000\n"
    (clinic / "clinic.yaml").write_text(text, encoding="utf-8")
    result = run("build", "--topic", "running", "--clinic", str(clinic), "-o", str(tmp_path / "x.pdf"))
    assert result.exit_code == 1
    assert "clinic.yaml:2:13: エラー: 「𓀀」(U+13000)を印刷できる書体がありません。" in result.output
    assert not (tmp_path / "x.pdf").exists()


def test_a_folder_in_the_way_a_missing_folder_and_no_permission(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    cases = [("x.pdf", "同じ名前のフォルダーがあります。"), ("no/y.pdf", "フォルダーがありません。")]
    for name, message in cases:
        target = tmp_path / name
        with pytest.raises(Problems) as caught:
            write_whole(target, b"data")
        (problem,) = caught.value
        assert problem.message == message
        assert problem.place.file == str(target)
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


@pytest.mark.parametrize(
    ("number", "message"), [(errno.ENOSPC, "空き容量がありません。"), (errno.EACCES, "書き込む権限がありません。")]
)
def test_a_full_disk_leaves_the_old_file_and_no_crumbs(
    number: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(number, "x")

    target = tmp_path / "x.pdf"
    target.write_bytes(b"%PDF-old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problems) as caught:
        write_whole(target, b"new")
    assert next(iter(caught.value)).message == message
    assert target.read_bytes() == b"%PDF-old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


def test_a_written_file_may_be_read_by_others(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    write_whole(target, b"data")
    assert target.stat().st_mode == plain.stat().st_mode


def test_open_hands_the_file_to_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", lambda path: opened.append(path))
    target = tmp_path / "x.pdf"
    assert run("build", "--topic", "running", "-o", str(target), "--open").exit_code == 0
    assert opened == [str(target)]


def test_needs_no_system_font_and_leaves_nothing_else(tmp_path: Path, repository: Path) -> None:
    """With an empty home, no fonts configuration and a read-only copy of nothing else, the same file is made."""
    home = tmp_path / "home"
    home.mkdir()
    work = tmp_path / "work"
    work.mkdir()
    environment = {"HOME": str(home), "PYTHONPATH": str(repository), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "handouts", "build", "--topic", "running"]
    subprocess.run(command, check=True, cwd=work, env=environment, capture_output=True)
    assert [path.name for path in work.iterdir()] == ["running.pdf"]
    assert list(home.iterdir()) == []
    shutil.rmtree(home)


def test_malformed_marks_and_long_sentences_stop_a_build(tmp_path: Path, repository: Path) -> None:
    clinic = tmp_path / "clinic"
    (clinic / "topics").mkdir(parents=True)
    shutil.copy(repository / "handouts" / "clinic.yaml", clinic)
    text = (repository / "handouts" / "topics" / "running.yaml").read_text(encoding="utf-8")
    assert "purpose: 受診" in text
    (clinic / "topics" / "running.yaml").write_text(text.replace("purpose: 受診", "purpose: 受**診"), encoding="utf-8")
    result = run("build", "--topic", "running", "--clinic", str(clinic), "-o", str(tmp_path / "x.pdf"))
    assert result.exit_code == 1
    assert "running.yaml:2:11: エラー: 太字の記号「**」が閉じていません。" in result.output
    assert not (tmp_path / "x.pdf").exists()
