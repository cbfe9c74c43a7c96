"""The recipe for other systems says the README's own lines."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tests.conftest import REPOSITORY

RECIPE = REPOSITORY / ".github" / "workflows" / "ci.yml"


def recipe() -> dict[str, Any]:
    job: dict[str, Any] = yaml.safe_load(RECIPE.read_text("utf-8"))["jobs"]["readme"]
    return job


def readme_line(number: int) -> str:
    text = (REPOSITORY / "README.md").read_text("utf-8")
    found = re.search(rf"<!-- ci: line {number} -->\n```sh\n(.*)\n```", text)
    assert found
    return found[1]


def test_it_runs_the_readmes_lines_on_three_systems() -> None:
    steps = {step["name"]: step["run"] for step in recipe()["steps"] if "name" in step}
    systems = recipe()["strategy"]["matrix"]["include"]
    assert {system["os"] for system in systems} == {"ubuntu-latest", "macos-latest", "windows-latest"}
    for system in systems:
        for number in (1, 2):
            said = steps[f"README, line {number}"]
            for key in ("py", "bin"):
                said = said.replace(f"${{{{ matrix.{key} }}}}", system[key])
            wanted = readme_line(number)
            if system["bin"] == "Scripts":
                wanted = wanted.replace("python3 -m", "python -m").replace(".venv/bin/", ".venv/Scripts/")
            assert said == wanted


def test_it_builds_both_examples() -> None:
    (step,) = (step for step in recipe()["steps"] if step.get("name") == "The example clinics")
    folders = {path.name for path in (REPOSITORY / "docs" / "examples").iterdir() if path.is_dir()}
    assert all(name in step["run"] for name in folders)
    assert len(folders) == 2
