"""Does all that docs/guide.md says, in an empty folder, and writes what comes of it: `python -m tests.clinic.guide`.

Commands are typed into a shell, and the desk is opened, looked at and printed from (`tests.clinic.at_desk`).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "guide.md"
EXAMPLE = ROOT / "docs" / "examples" / "seikei"
IMAGES = ROOT / "docs" / "images" / "guide"
FOLDER = "医院"
_PART = re.compile(
    r"<!-- (?P<what>write|logo): (?P<file>\S+) -->|^```console\n(?P<block>.*?)^```$"
    r"|<!-- change: (?P<changed>\S+) \| (?P<old>.*?) \| (?P<new>.*?) -->"
    r"|<!-- desk: (?P<topic>\S+) -->\n```text\n(?P<seen>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
AtDesk = Callable[[Path, str, str], str]
"""What happens at the desk of a folder with a topic, where the page says it is so: the same anew."""


def run(text: str, folder: Path, at_desk: AtDesk) -> str:
    """The page with what each command prints; `write` puts an example's file where its author would have,
    `change` changes a word of one."""
    shell = _Shell(folder)

    def part(match: re.Match[str]) -> str:
        if match["topic"]:
            seen = at_desk(folder / FOLDER, match["topic"], match["seen"])
            return f"<!-- desk: {match['topic']} -->\n```text\n{seen}```"
        if match["changed"]:
            target = folder / FOLDER / match["changed"]
            text = target.read_text("utf-8")
            assert match["old"] in text, match[0]
            target.write_text(text.replace(match["old"], match["new"]), encoding="utf-8")
            return match[0]
        if match["what"] == "logo":
            shutil.copy(EXAMPLE / "assets" / "logo.svg", folder / match["file"])
            return match[0]
        if match["what"]:
            target = folder / FOLDER / match["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(EXAMPLE / match["file"], target)
            return match[0]
        commands = [line[2:] for line in match["block"].split("\n") if line.startswith("$ ")]
        return "```console\n" + "".join(f"$ {command}\n{shell(command)}" for command in commands) + "```"

    return _PART.sub(part, text)


class _Shell:
    """Runs one command after the other, as a person in a terminal; remembers the folder."""

    def __init__(self, folder: Path) -> None:
        self.here = folder
        binaries = folder / ".bin"
        binaries.mkdir()
        script = binaries / "handouts"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m handouts "$@"\n', encoding="utf-8")
        script.chmod(0o755)
        keep = {name: value for name, value in os.environ.items() if not name.startswith("HANDOUTS_")}
        path = f"{binaries}:{os.environ.get('PATH', '')}"
        self.environment = {**keep, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}

    def __call__(self, command: str) -> str:
        """What a command prints, errors too; an end of 0 or 1 is as it should be."""
        if command.startswith("cd "):
            self.here /= command[3:]
            return ""
        done = subprocess.run(
            ["bash", "-c", f"{command} 2>&1"],
            cwd=self.here,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode not in (0, 1):
            raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}")
        # The built-in files, and this folder, lie elsewhere for everybody.
        return done.stdout.replace(f"{ROOT}/", "…/").replace(f"{self.here}/", "")


def page(text: str, at_desk: AtDesk) -> str:
    """The guide, done."""
    folder = Path(tempfile.mkdtemp()).resolve()  # as the commands name it, whatever links lead to it
    try:
        return run(text, folder, at_desk)
    finally:
        shutil.rmtree(folder)


def _photographed(folder: Path, topic: str, _: str) -> str:
    from tests.clinic.at_desk import transcript

    IMAGES.mkdir(parents=True, exist_ok=True)
    return transcript(folder, topic, IMAGES)


def main() -> int:
    """Write the page anew, and the desk's pictures in it."""
    PAGE.write_text(page(PAGE.read_text("utf-8"), _photographed), encoding="utf-8", newline="\n")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
