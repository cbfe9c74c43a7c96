"""A locked PDF: AES-256, opened by its password alone, all there, to be read out, and never a password shown."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from handouts.cli import main
from handouts.consult.password import LEAST, MOST, encrypted, read_password
from handouts.problems import Problems, show
from tests.consult.issuing import clinic, record_text

PASSWORD = "correct horse 42~"


@pytest.fixture(scope="module")
def locked(running_pdf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("locked") / "locked.pdf"
    path.write_bytes(encrypted(running_pdf.read_bytes(), PASSWORD))
    return path


def test_it_is_aes_256_and_everything_is_allowed(locked: Path) -> None:
    with pikepdf.open(locked, password=PASSWORD) as pdf:
        assert (pdf.encryption.R, pdf.encryption.V, pdf.encryption.bits) == (6, 5, 256)
        methods = {pdf.encryption.stream_method, pdf.encryption.string_method, pdf.encryption.file_method}
        assert methods == {pikepdf.models.EncryptionMethod.aesv3}
        assert all(pdf.allow)
        assert pdf.allow.accessibility


@pytest.mark.parametrize("password", ["", "wrong password", PASSWORD.upper(), PASSWORD[:-1]])
def test_nothing_but_the_password_opens_it(locked: Path, password: str) -> None:
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(locked, password=password)
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(locked, password=password)


def test_its_pages_are_those_of_the_open_file(locked: Path, running_pdf: Path) -> None:
    def texts(path: Path, password: str | None) -> list[str]:
        with pypdfium2.PdfDocument(path, password=password) as document:
            return [page.get_textpage().get_text_range() for page in document]

    found = texts(locked, PASSWORD)
    assert found == texts(running_pdf, None)
    assert len(found[0]) > 200


def test_qpdf_opens_it(locked: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is missing")
    command = ["qpdf", f"--password={PASSWORD}", "--check", str(locked)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "R = 6" in said
    assert "extract for accessibility: allowed" in said
    assert "AESv3" in said
    assert "No syntax or stream encoding errors" in said


def test_neither_words_nor_metadata_can_be_read_in_it(locked: Path) -> None:
    data = locked.read_bytes()
    assert b"/Encrypt" in data
    for words in (b"xmpmeta", b"pdfuaid", "膝の裏".encode(), "膝の裏".encode("utf-16-be")):
        assert words not in data


def test_it_stays_tagged_and_claims_no_archive(locked: Path, running_pdf: Path) -> None:
    """PDF/A forbids encryption; PDF/UA does not."""
    with pikepdf.open(running_pdf) as pdf:
        assert b"pdfaid:part" in pdf.Root.Metadata.read_bytes()
    with pikepdf.open(locked, password=PASSWORD) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        assert b"pdfaid:part" not in xmp
        assert b"pdfaid:conformance" not in xmp
        assert b"pdfuaid:part" in xmp
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "ja-JP"
        assert pdf.Root.StructTreeRoot.K is not None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "短すぎます"),
        ("a" * (LEAST - 1), "短すぎます"),
        ("a" * (MOST + 1), "長すぎます"),
        ("ぱすわーどです", "半角の英数字と記号だけ"),
        ("１２３４５６７８９０", "半角の英数字と記号だけ"),
        ("tab\tinside12", "半角の英数字と記号だけ"),
    ],
)
def test_a_password_that_will_not_do_is_told_and_not_shown(running_pdf: Path, password: str, words: str) -> None:
    with pytest.raises(Problems) as caught:
        encrypted(running_pdf.read_bytes(), password)
    said = show(caught.value)
    assert words in said
    assert not password or password not in said


def test_the_longest_password_opens_it(running_pdf: Path) -> None:
    data = encrypted(running_pdf.read_bytes(), "x" * MOST)
    with pikepdf.open(io.BytesIO(data), password="x" * MOST) as pdf:
        assert len(pdf.pages) > 0
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(data), password="x" * (MOST - 1))


def test_without_the_library_it_says_what_to_install(running_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(Problems) as caught:
        encrypted(running_pdf.read_bytes(), PASSWORD)
    assert "pip install 'handouts[password]'" in show(caught.value)


@pytest.mark.parametrize("line", [PASSWORD, f"{PASSWORD}\n", f"{PASSWORD}\r\nmore\n"])
def test_a_password_is_the_first_line_of_a_descriptor(line: str) -> None:
    reading, writing = os.pipe()
    os.write(writing, line.encode())
    os.close(writing)
    try:
        assert read_password(reading) == PASSWORD
    finally:
        os.close(reading)


def test_a_password_that_comes_in_pieces_is_whole() -> None:
    reading, writing = os.pipe()

    def say() -> None:
        for part in (PASSWORD[:4], PASSWORD[4:], "\nmore"):
            os.write(writing, part.encode())
            time.sleep(0.05)
        os.close(writing)

    saying = threading.Thread(target=say)
    saying.start()
    try:
        assert read_password(reading) == PASSWORD
    finally:
        saying.join()
        os.close(reading)


@pytest.mark.parametrize("number", [987, -1])
def test_a_descriptor_that_is_not_open_is_told(number: int) -> None:
    with pytest.raises(Problems) as caught:
        read_password(number)
    assert f"ファイル記述子 {number} から読めません" in show(caught.value)


# The command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HANDOUTS_CLINIC", str(clinic(tmp_path / "clinic", records=True)))
    (tmp_path / "record.json").write_text(record_text(), encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="Windows hands no descriptors down")
def test_the_command_writes_a_locked_file_for_its_owner_alone(home: Path, repository: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{PASSWORD}\n".encode())
    os.close(writing)
    arguments = ["record.json", "--yes", "-o", "sheet.pdf", "--password-fd", str(reading)]
    command = [sys.executable, "-m", "handouts", "personalize", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(repository), "PYTHONUTF8": "1"}
    done = subprocess.run(command, pass_fds=[reading], env=environment, capture_output=True, text=True, check=False)
    os.close(reading)
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    assert stat.S_IMODE((home / "sheet.pdf").stat().st_mode) == 0o600
    with pikepdf.open(home / "sheet.pdf", password=PASSWORD) as pdf:
        assert pdf.encryption.R == 6
    # The password is kept nowhere; the sheet comes again without it.
    assert not [path for path in home.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]
    code = json.loads(CliRunner().invoke(main, ["records", "list", "--json"]).stdout)[0]["code"]
    result = CliRunner().invoke(main, ["personalize", "--again", code, "-o", "open.pdf"])
    assert result.exit_code == 0
    assert "まったく同じです" in result.stdout
    with pikepdf.open(home / "open.pdf") as pdf:
        assert not pdf.is_encrypted


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(("second", "exit_code"), [(PASSWORD, 0), ("another password", 1)])
def test_on_a_terminal_it_is_asked_for_twice_and_not_shown(
    home: Path, repository: Path, second: str, exit_code: int
) -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "handouts", "personalize", "record.json", "--password", "-o", "sheet.pdf"]
    environment = {**os.environ, "PYTHONPATH": str(repository), "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [*command, "--yes"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    shown = b""
    for question, answer in (("パスワード(画面には出ません)", PASSWORD), ("もう一度", second)):
        while question.encode() not in shown:
            shown += os.read(ours, 4096)
        # What is typed before the terminal is told to be quiet is thrown away.
        while termios.tcgetattr(ours)[3] & termios.ECHO:
            time.sleep(0.01)
        os.write(ours, f"{answer}\n".encode())
    with suppress(OSError):  # Linux ends a terminal that nobody writes to any more with an error
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    assert process.wait(60) == exit_code, shown.decode()
    assert PASSWORD.encode() not in shown
    assert second.encode() not in shown
    if exit_code:
        assert "2回のパスワードが違います" in shown.decode()
        assert not (home / "sheet.pdf").exists()
        return
    with pikepdf.open(home / "sheet.pdf", password=PASSWORD) as pdf:
        assert pdf.encryption.R == 6


@pytest.mark.parametrize(
    ("arguments", "said", "exit_code", "words"),
    [
        (["record.json", "--password"], None, 1, "端末がありません"),
        (["record.json", "--password-fd", "0"], "short\n", 1, "短すぎます"),
        (["-", "--password-fd", "0"], "short\n", 2, "両方は読めません"),
        (["record.json", "--password-fd", "three"], None, 2, "--password-fd"),
    ],
)
def test_wrong_use_is_told_and_nothing_is_written(
    home: Path, arguments: list[str], said: str | None, exit_code: int, words: str
) -> None:
    command = [sys.executable, "-m", "handouts", "personalize", *arguments, "--yes", "-o", "sheet.pdf"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, input=said or "", env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == exit_code
    assert words in done.stderr
    assert not (home / "sheet.pdf").exists()
