"""What each command may load: whole packages, each with the reason for which somebody waits for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HELP = {
    "handouts": "itself",
    "click": "reads the command line",
    "msgspec": "places and records, which every message has",
    "typing_extensions": "msgspec imports it",
}
READ = {
    **HELP,
    "yaml": "reads the definitions",
    "_yaml": "its parser in C",
    "cython_runtime": "what C extensions made with Cython share",
}
UNVERIFIED = {
    **READ,
    "budoux": "finds phrases to break lines at",
    "uharfbuzz": "glyphs, widths, subsets of fonts",
    "zxingcpp": "the QR code",
    "reportlab": "writes the PDF",
    "PIL": "ReportLab imports it",
    "rlbidi": "ReportLab imports it where it is installed",
    "pyphen": "ReportLab imports it where it is installed",
}
BUILD = {
    **UNVERIFIED,
    "pypdfium2": "measures the finished file",
    "pypdfium2_raw": "its functions",
    "pypdfium2_cfg": "its settings",
}
ALLOWED = {
    "--help": HELP,
    "--version": HELP,
    "list topics": READ,
    "build --topic running --no-verify": UNVERIFIED,
    "build --topic running": BUILD,
}
LIGHT = ("checks", "library", "pages", "pdf", "consult.sheet", "consult.store", "desk", "text", "figures", "build")
"""Rooms of ours that no `--help` enters."""
_SAY = """
import sys
from handouts.cli import main
sys.argv = ["handouts", *sys.argv[1:]]
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print("loaded", *sorted(sys.modules))
"""


def loaded(arguments: str, folder: Path, repository: Path) -> set[str]:
    """The names of all modules that a command has loaded at its end."""
    command = [sys.executable, "-c", _SAY, *arguments.split()]
    # Isolated (-I) would leave out the checked-out package; the folder takes what a build writes.
    done = subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(repository), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize("arguments", ALLOWED)
def test_a_command_loads_no_package_without_a_reason(arguments: str, tmp_path: Path, repository: Path) -> None:
    modules = loaded(arguments, tmp_path, repository)
    bare = bare_interpreter(tmp_path, repository)
    packages = {name.partition(".")[0] for name in modules - bare} - set(sys.stdlib_module_names)
    packages = {name for name in packages if not name.startswith("_cython_")}
    assert {"handouts", "click"} <= packages
    assert packages <= ALLOWED[arguments].keys()


def bare_interpreter(folder: Path, repository: Path) -> set[str]:
    """What the interpreter has loaded before anything is asked of it, by the environment's own .pth files."""
    code = 'import sys; print("loaded", *sorted(sys.modules))'
    command = [sys.executable, "-c", code]
    env = {"PYTHONPATH": str(repository), "PATH": ""}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True)
    return set(done.stdout.split()[1:])


def test_help_enters_no_room_that_makes_a_sheet(tmp_path: Path, repository: Path) -> None:
    modules = loaded("--help", tmp_path, repository)
    entered = [name for name in modules for room in LIGHT if f"{name}.".startswith(f"handouts.{room}.")]
    assert not entered


def test_a_build_loads_no_other_command(tmp_path: Path, repository: Path) -> None:
    modules = loaded("build --topic running", tmp_path, repository)
    commands = {name for name in modules if name.startswith("handouts.commands.")}
    assert "handouts.commands.build" in commands
    assert not {f"handouts.commands.{name}" for name in ("personalize", "batch", "desk", "check", "records")} & commands
