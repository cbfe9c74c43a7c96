"""Where `build` writes: only a PDF or an empty file is ever replaced, a link stays, a named folder is made."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest
from click import UsageError
from click.testing import CliRunner, Result

from handouts.cli import main
from handouts.commands import build
from handouts.output import PDF, check_target, made_folder, write_whole
from handouts.problems import Problem, Problems


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "--topic", "running", *arguments])


def refusal(target: Path, begins: bytes = b"") -> Problem:
    with pytest.raises(Problems) as caught:
        check_target(target, begins)
    (problem,) = caught.value
    assert problem.hint
    assert problem.place.file == str(target)
    return problem


@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_what_is_no_regular_file_is_never_replaced(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's name is short
    target = tmp_path / "x.pdf"
    if kind == "pipe":
        os.mkfifo(target)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("x.pdf")
    else:
        # Nothing can be put into the place of a terminal, as it could into that of /dev/null.
        target.symlink_to(os.ttyname(os.openpty()[1]))
    before = target.stat()
    assert refusal(target).message == "ふつうのファイルではない(装置など)ので、置きかえられません。"
    with pytest.raises(Problems):
        write_whole(target, b"data")
    result = run("-o", str(target))
    assert result.exit_code == 1
    assert "ふつうのファイルではない" in result.output
    assert os.path.samestat(before, target.stat())
    assert before.st_mode == target.stat().st_mode
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


def test_a_file_that_is_no_pdf_stays(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    target.write_bytes(b"PK\x03\x04 letters of a year")
    assert "PDF ではない" in refusal(target, PDF).message
    result = run("-o", str(target))
    assert result.exit_code == 1
    assert "PDF ではない" in result.output
    assert target.read_bytes() == b"PK\x03\x04 letters of a year"
    for replaceable in (b"", b"%PDF-1.4\n"):
        target.write_bytes(replaceable)
        check_target(target, PDF)


def test_of_several_files_none_is_written_if_one_may_not_be(tmp_path: Path) -> None:
    (tmp_path / "running.pdf").write_bytes(b"mine")
    result = run("-o", str(tmp_path))
    assert result.exit_code == 1
    assert "running.pdf: エラー: この名前のファイルがもうあり" in result.output
    assert (tmp_path / "running.pdf").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["x.txt", "x", "x.pdf.bak", ""])
def test_a_name_without_pdf_is_wrong_use(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("-o", name)
    assert result.exit_code == 2, result.output
    assert "エラー: -o " in result.output
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    assert run("-o", str(tmp_path / "X.PDF")).exit_code == 0
    assert (tmp_path / "X.PDF").read_bytes().startswith(PDF)


def test_a_slash_at_the_end_makes_the_folder(tmp_path: Path) -> None:
    assert run("-o", f"{tmp_path}/資料/").exit_code == 0
    assert [path.name for path in (tmp_path / "資料").iterdir()] == ["running.pdf"]
    assert run("-o", f"{tmp_path}/資料/").exit_code == 0


def test_several_topics_make_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["running", "walking"]
    monkeypatch.chdir(tmp_path)
    assert build._targets(names, "out") == (Path("out"), [Path("out/running.pdf"), Path("out/walking.pdf")])
    assert build._targets(names, None) == (None, [Path("running.pdf"), Path("walking.pdf")])
    with pytest.raises(UsageError, match="フォルダーを書いてください"):
        build._targets(names, "x.pdf")


def test_a_folder_whose_parent_is_missing_says_so(tmp_path: Path) -> None:
    result = run("-o", f"{tmp_path}/no/such/")
    assert result.exit_code == 1
    assert f"フォルダー {tmp_path}/no がないので、この中に作れません。" in result.output
    assert "ヒント: 先に" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_goes_again_if_nothing_came_into_it(tmp_path: Path) -> None:
    folder = tmp_path / "資料"
    with made_folder(folder):
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(KeyboardInterrupt), made_folder(folder):
        raise KeyboardInterrupt
    assert not folder.exists()
    folder.mkdir()
    with made_folder(folder):
        pass
    assert folder.is_dir()


def test_a_file_where_a_folder_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"")
    with pytest.raises(Problems) as caught, made_folder(path):
        pytest.fail("entered")
    assert next(iter(caught.value)).message == "同じ名前のファイルがあるので、フォルダーにできません。"


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_what_it_leads_to_is_replaced(there: bool, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    real, link = tmp_path / "far" / "real.pdf", tmp_path / "link.pdf"
    if there:
        real.write_bytes(b"%PDF-old")
    link.symlink_to("far/real.pdf")
    assert run("-o", str(link)).exit_code == 0
    assert link.readlink() == Path("far/real.pdf")
    assert real.stat().st_size > 1000
    assert [path.name for path in real.parent.iterdir()] == ["real.pdf"]


def test_a_link_to_itself_and_a_long_name_are_problems(tmp_path: Path) -> None:
    loop = tmp_path / "loop.pdf"
    loop.symlink_to("loop.pdf")
    assert refusal(loop).message == "リンクが輪になっています。"
    assert refusal(tmp_path / ("a" * 300 + ".pdf")).message == "ファイル名が長すぎます。"
    for name in ("loop.pdf", "a" * 300, "a" * 300 + ".pdf", "a" * 300 + "/"):
        result = run("-o", f"{tmp_path}/{name}")
        assert result.exit_code == 1, result.output
        assert "輪になって" in result.output or "長すぎます" in result.output


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.EFBIG, "書けるファイルの大きさの上限を超えました。"),
        (errno.EIO, "装置(ディスクなど)に書き込めませんでした。"),
        (errno.EBUSY, "書き込めません(ほかのプログラムが使っています)。"),
        (errno.EDOM, f"書き込めません(エラー番号 {errno.EDOM})。"),
    ],
)
def test_what_the_system_refuses_is_said_in_japanese(
    number: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(Problems) as caught:
        write_whole(tmp_path / "x.pdf", b"data")
    (problem,) = caught.value
    assert problem.message == message
    assert problem.hint
    assert list(tmp_path.iterdir()) == []
