"""What the system refuses the whole command: the screen, a folder, a name, the time to end; never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handouts.cli import main

LONG = "a" * 300


@pytest.fixture
def shell(tmp_path: Path, repository: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Runs a line of shell in which `handouts` is our command, in an empty folder."""
    environment = os.environ | {"PYTHONPATH": str(repository)}

    def run(line: str) -> subprocess.CompletedProcess[str]:
        line = f'handouts() {{ "{sys.executable}" -m handouts "$@"; }}\n{line}'
        done = subprocess.run(
            ["/bin/sh", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
        return done

    return run


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def test_a_closed_output_is_told_and_nothing_done(
    shell: Callable[[str], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = shell("handouts build --topic running >&-")
    assert done.returncode == 1
    assert done.stderr.startswith("エラー: 標準出力が閉じているので、結果を表示できません。")
    assert list(tmp_path.iterdir()) == []
    assert shell("handouts list >&- 2>&-").returncode == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="/dev/full is not there")
@pytest.mark.parametrize("arguments", ["list", "--help", "build --topic running"])
def test_a_full_output_is_told(arguments: str, shell: Callable[[str], subprocess.CompletedProcess[str]]) -> None:
    done = shell(f"handouts {arguments} > /dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith("エラー: 結果を表示できません(空き容量がありません)。\nヒント: ")
    assert shell(f"handouts {arguments} >/dev/full 2>/dev/full").returncode == 1


def test_a_closed_error_stream_keeps_the_exit_code(shell: Callable[[str], subprocess.CompletedProcess[str]]) -> None:
    assert shell("handouts nope 2>&-").returncode == 2
    assert shell("handouts build --topic running -o no/x.pdf 2>&-").returncode == 1


def test_a_reader_that_goes_is_no_error_to_tell(shell: Callable[[str], subprocess.CompletedProcess[str]]) -> None:
    done = shell("handouts list | true")
    assert done.stderr == ""


def test_a_deleted_folder_is_told(shell: Callable[[str], subprocess.CompletedProcess[str]], repository: Path) -> None:
    clinic = repository / "handouts"
    for line in ("build --topic running -o {0}/x.pdf --clinic {1}", "check {1}/topics", "list --clinic {1}"):
        done = shell("mkdir gone; cd gone; rmdir ../gone; handouts " + line.format("$OLDPWD", clinic))
        assert done.returncode == 1
        assert done.stderr.startswith("エラー: 今いるフォルダーがなくなったか、開けなくなっています。\n    ヒント: ")


@pytest.mark.parametrize("module", ["handouts.cli", "handouts.build"])
def test_ctrl_c_while_modules_are_read(module: str, repository: Path, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "class Broken:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Broken())\n"
        "sys.argv = ['handouts', 'build', '--topic', 'running']\n"
        "from handouts.__main__ import main\n"
        "main()\n"
    )
    environment = os.environ | {"PYTHONPATH": str(repository)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (1, "中止しました。")
    assert list(tmp_path.iterdir()) == []


def test_the_installed_command_begins_where_the_module_does(repository: Path) -> None:
    import tomllib

    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"handouts": "handouts.__main__:main"}


@pytest.mark.parametrize(
    "arguments",
    [["build", "--topic", "running", "--clinic", LONG], ["check", LONG], ["check", f"{LONG}.yaml"], ["list"]],
)
def test_a_name_too_long_is_a_problem(arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments == ["list"]:
        monkeypatch.setenv("HANDOUTS_CLINIC", LONG)
    result = run(*arguments)
    assert result.exit_code == 1
    assert "調べられません(名前が長すぎます)。\n    ヒント: 名前を短くしてください。" in result.output


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("２０２６-11-22", "半角の数字"),
        ("٢٠٢٦-11-22", "半角の数字"),
        ("2026-1-2", "2026-11-22 の形"),
        ("2026-02-30", "こよみにありません"),
        ("1999-12-31", "2000〜2100"),
        ("2101-01-01", "2000〜2100"),
        ("9999-12-31", "2000〜2100"),
    ],
)
def test_a_date_that_is_none(day: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build", "--topic", "running", "--date", day)
    assert result.exit_code == 2
    assert said in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def clinic(tmp_path: Path, repository: Path) -> Path:
    """A clinic with a folder of each kind, and a topic of its own."""
    folder = tmp_path / "clinic"
    for kind in ("topics", "exercises", "common", "layouts", "fonts", "assets/pictures", "assets/poses"):
        (folder / kind).mkdir(parents=True)
    (folder / "clinic.yaml").write_bytes((repository / "handouts" / "clinic.yaml").read_bytes())
    (folder / "topics" / "mine.yaml").write_text("extends: running\n", encoding="utf-8")
    return folder


def close(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Nothing in `folder` may be listed or looked at, as without permission (which root always has)."""
    monkeypatch.chdir(folder.anchor)

    def refusing(real: Callable[..., Any], itself: bool) -> Callable[..., Any]:
        def call(path: Any = ".", *arguments: Any, **fields: Any) -> Any:
            if isinstance(path, (str, os.PathLike)):
                asked = Path(path)
                if folder in asked.parents or (itself and asked == folder):
                    raise PermissionError(13, "Permission denied", str(path))
            return real(path, *arguments, **fields)

        return call

    for name in ("stat", "lstat", "open", "mkdir"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name), itself=False))
    for name in ("listdir", "scandir"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name), itself=True))


@pytest.mark.parametrize("kind", ["", "topics", "exercises", "common", "layouts", "fonts", "assets/pictures"])
def test_a_folder_of_the_clinic_that_may_not_be_read(
    kind: str, clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(monkeypatch, clinic / kind)
    result = run("build", "--topic", "running", "--clinic", str(clinic), "-o", str(tmp_path / "x.pdf"))
    assert result.exit_code == 1
    assert f"{clinic / kind}" in result.output
    assert "調べられません(権限がありません)。\n    ヒント: 読んでよいという権限を付けてください。" in result.output
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("kind", ["topics", "exercises", "common", "layouts", "assets/poses"])
def test_check_of_a_clinic_whose_folder_may_not_be_read(
    kind: str, clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(monkeypatch, clinic / kind)
    result = run("check", "--clinic", str(clinic))
    assert result.exit_code == 1
    assert f"{clinic / kind}" in result.output
    assert "調べられません(権限がありません)。" in result.output


@pytest.mark.parametrize("asked", ["", "topics", "topics/mine.yaml", "../clinic"])
def test_check_never_praises_what_it_may_not_read(asked: str, clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    close(monkeypatch, clinic / "topics")
    path = clinic.parent / "clinic" if asked == "../clinic" else clinic / asked
    result = run("check", str(path))
    assert result.exit_code == 1
    assert "問題はありません" not in result.output
    assert f"{clinic / 'topics'}" in result.output
    assert "権限がありません)。" in result.output


def test_an_output_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    close(monkeypatch, folder)
    for name in ("", "/", "/x.pdf", "/new/"):
        result = run("build", "--topic", "running", "-o", f"{folder}{name}")
        assert result.exit_code == 1
        assert "権限がありません" in result.output
        assert "ヒント: " in result.output


def test_a_clinic_is_not_passed_over_for_want_of_permission(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample's address would be printed instead of the clinic's."""
    close(monkeypatch, clinic)
    monkeypatch.setattr(Path, "cwd", lambda: clinic / "topics")
    result = run("list", "topics")
    assert result.exit_code == 1
    assert "調べられません(権限がありません)。" in result.output
