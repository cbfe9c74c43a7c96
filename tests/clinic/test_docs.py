"""The pages about the commands are fresh, complete, and do what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from handouts.cli import main
from tests.clinic import commands_page, guide
from tests.conftest import REPOSITORY

CONTEXT = main.make_context("handouts", ["list"], resilient_parsing=True)
NAMES = main.list_commands(CONTEXT)


def test_the_command_reference_is_what_the_help_says() -> None:
    assert commands_page.PAGE.read_text("utf-8") == commands_page.page(), "run python -m tests.clinic.commands_page"


def test_every_command_has_its_section_and_an_example() -> None:
    text = commands_page.PAGE.read_text("utf-8")
    sections = re.findall(r"^## (\S+)\n\n```text\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    assert [name for name, _ in sections] == ["handouts", *NAMES]
    assert len(NAMES) >= 15
    for name, said in sections[1:]:
        assert re.search(rf"例[^\n]*\n?[^\n]*handouts {name}", said), f"{name} has no example"


def test_every_command_that_a_machine_reads_has_json() -> None:
    for name in ("list", "check", "where", "diff", "verify"):
        command = main.get_command(CONTEXT, name)
        assert command is not None
        assert any("--json" in parameter.opts for parameter in command.params), name


@dataclass
class Followed:
    """The guide, followed: what it says now, and the clinic's folder when its desk is opened."""

    said: str
    folder: Path
    topic: str
    seen: str


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """All commands of the guide, in an empty folder; the desk itself is another test's."""
    if sys.platform == "win32" or shutil.which("bash") is None:
        pytest.skip("bash is missing")
    found: list[Followed] = []

    def at_desk(folder: Path, topic: str, seen: str) -> str:
        kept = Path(shutil.copytree(folder, tmp_path_factory.mktemp("guide") / "clinic"))
        found.append(Followed("", kept, topic, seen))
        return seen

    said = guide.page(guide.PAGE.read_text("utf-8"), at_desk)
    (one,) = found
    one.said = said
    return one


def test_the_guide_prints_what_its_commands_print(followed: Followed) -> None:
    text = guide.PAGE.read_text("utf-8")
    assert text.count("```console") >= 10
    assert followed.said == text, "run python -m tests.clinic.guide"


def test_the_desk_prints_the_guides_own_topic_as_the_guide_says(followed: Followed) -> None:
    from tests.clinic.at_desk import LAYOUTS, transcript

    assert transcript(followed.folder, followed.topic) == followed.seen, "run python -m tests.clinic.guide"
    assert followed.seen.count("届く") == len(LAYOUTS)
    for layout in LAYOUTS:
        assert (guide.IMAGES / f"desk-{layout}.png").stat().st_size > 10_000


def test_the_guide_uses_commands_and_files_that_there_are() -> None:
    text = guide.PAGE.read_text("utf-8")
    used = set(re.findall(r"handouts ([a-z]+)", text))
    assert used - {"watch"} <= {*NAMES}
    assert {"init", "new", "watch", "where", "check", "build", "approve", "diff", "figure", "schema", "desk"} <= used
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (guide.PAGE.parent / target).exists(), target
    anchors = [re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-") for line in _headings(text)]
    for heading in re.findall(r"\]\(#([^)]+)\)", text):
        assert heading in anchors, heading


def _headings(text: str) -> list[str]:
    return [line.lstrip("# ") for line in text.split("\n") if line.startswith("## ")]


def test_a_shell_completes_commands_and_names(tmp_path: Path) -> None:
    def completed(*words: str) -> list[str]:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HANDOUTS_")},
            "PYTHONPATH": str(REPOSITORY),
            "_HANDOUTS_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(["handouts", *words]),
            "COMP_CWORD": str(len(words)),
        }
        code = "from handouts.cli import main; main(prog_name='handouts')"
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.stderr == ""
        return [line.partition(",")[2] for line in done.stdout.split()]

    assert completed("wa") == ["watch"]
    assert completed("build", "--topic", "wal") == ["walking"]
    assert "a4-one" in completed("build", "--layout", "a4")
    assert "wall-calf" in completed("figure", "wall")


def test_wrong_use_ends_with_2_and_problems_with_1(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["where"]).exit_code == 2
    assert CliRunner().invoke(main, ["new", "poem", "x"]).exit_code == 2
    (tmp_path / "clinic.yaml").write_text("name: 医院\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["check", "--clinic", str(tmp_path)]).exit_code == 1
    assert isinstance(main, click.Group)
