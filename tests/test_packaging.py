"""The wheel carries all it needs, prints a handout in a clean environment, and all that it takes is pinned."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from handouts import paths
from tests.conftest import DATE

CONSTRAINTS = ".ci/constraints.txt"
NOT_INSTALLED = {"bench", "readability", "readings"}
"""Extras too heavy for the tests: what they need is pinned by hand."""
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[A-Za-z0-9.+!]+)")


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints, run without any setting of ours or path of Python's; fails with its words if it fails."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("HANDOUTS_", "PYTHONPATH", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def build(source: Path, folder: Path) -> list[Path]:
    """The sdist of a checked-out project, and the wheel made from that sdist."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, source, cwd=folder)
    return sorted(folder.iterdir())


def packed_files(root: Path) -> dict[str, Path]:
    """What the wheel must hold: its name there, and where it lies in the repository."""
    package = {f"handouts/{path.relative_to(root / 'handouts').as_posix()}": path for path in files(root / "handouts")}
    data = {
        f"handouts/_data/{path.relative_to(root).as_posix()}": path
        for kind in paths.DATA
        for path in files(root / kind)
    }
    return package | data


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, by way of the sdist."""
    sdist, wheel = sorted(build(repository, tmp_path_factory.mktemp("dist")), key=lambda path: path.suffix)
    assert sdist.name.endswith(".tar.gz")
    assert wheel.suffix == ".whl"
    return wheel


def test_wheel_holds_what_the_repository_holds(wheel: Path, repository: Path) -> None:
    expected = packed_files(repository)
    assert {"handouts/__init__.py", "handouts/_data/layouts/a4.yaml"} <= expected.keys()
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("handouts/")}
        assert packed == expected.keys()
        changed = [name for name, path in expected.items() if archive.read(name) != path.read_bytes()]
    assert not changed


def test_wheel_prints_a_handout_in_a_clean_environment(
    wheel: Path, repository: Path, running_pdf: Path, tmp_path: Path
) -> None:
    environment, empty = tmp_path / "environment", tmp_path / "empty"
    empty.mkdir()
    run(sys.executable, "-m", "venv", environment, cwd=empty)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "pip", "install", "-q", "-c", repository / CONSTRAINTS, wheel, cwd=empty)
    run(scripts / "handouts", "build", "--topic", "running", "-o", "out.pdf", "--date", DATE, cwd=empty)
    assert [path.name for path in empty.iterdir()] == ["out.pdf"]
    assert (empty / "out.pdf").read_bytes() == running_pdf.read_bytes()
    installed = {
        canonicalize_name(line.partition("==")[0]) for line in run(scripts / "pip", "freeze", cwd=empty).split()
    }
    assert "reportlab" in installed
    assert not installed & {"numpy", "shapely"}


@pytest.mark.parametrize("missing", ["fonts/BIZUDPGothic-Bold.ttf", "fonts/OFL-NotoSansJP.txt", "layouts"])
def test_a_missing_file_stops_the_build(missing: str, repository: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "source", tmp_path / "out"
    out.mkdir()
    source.mkdir()
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        shutil.copy(repository / name, source)
    (source / "handouts").mkdir()
    shutil.copy(repository / "handouts" / "__init__.py", source / "handouts")
    names = [name for name in packed_files(repository) if name.startswith("handouts/_data/")]
    for name in names:
        stand_in = source / name.removeprefix("handouts/_data/")
        stand_in.parent.mkdir(parents=True, exist_ok=True)
        stand_in.touch()
    shutil.rmtree(source / missing) if (source / missing).is_dir() else (source / missing).unlink()
    with pytest.raises(RuntimeError, match=re.escape(Path(missing).name)):
        build(source, out)


@pytest.fixture(scope="module")
def pins(repository: Path) -> dict[str, str]:
    """The pinned versions by canonical name; every line that is no comment is a plain pin."""
    pinned: dict[str, str] = {}
    for line in (repository / CONSTRAINTS).read_text(encoding="ascii").split("\n"):
        if line and not line.startswith("#"):
            match = PIN.fullmatch(line)
            assert match, f"no plain pin: {line!r}"
            pinned[canonicalize_name(match["name"])] = match["version"]
    return pinned


def project(repository: Path) -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for: `""` the dependencies, else each extra by its name."""
    table = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = {"": table["dependencies"], **table["optional-dependencies"]}
    return {name: [Requirement(text) for text in texts] for name, texts in lists.items()}


def test_pins_name_no_host(repository: Path) -> None:
    text = (repository / CONSTRAINTS).read_text(encoding="ascii")
    assert not re.search(r"://|@|(?i:\bindex\b|\bfind-links\b)|^\s*-", text, re.MULTILINE)


def test_every_dependency_is_pinned_and_satisfied_by_its_pin(repository: Path, pins: dict[str, str]) -> None:
    asked = [one for texts in project(repository).values() for one in texts if one.name != "handouts"]
    assert len(asked) > 10
    unpinned = [str(one) for one in asked if canonicalize_name(one.name) not in pins]
    assert not unpinned
    refused = [str(one) for one in asked if not one.specifier.contains(pins[canonicalize_name(one.name)])]
    assert not refused


def test_what_dependencies_need_is_pinned_too(repository: Path, pins: dict[str, str]) -> None:
    installed = [texts for extra, texts in project(repository).items() if extra not in NOT_INSTALLED]
    waiting = [one.name for texts in installed for one in texts if one.name != "handouts"]
    seen: set[str] = set()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in seen:
            seen.add(name)
            needs = map(Requirement, importlib.metadata.requires(name) or ())
            waiting += [need.name for need in needs if not need.marker or need.marker.evaluate({"extra": ""})]
    assert len(seen) > 20
    assert not seen - pins.keys()


def test_builtin_folders_are_found(repository: Path) -> None:
    assert {kind: paths.builtin(kind) for kind in paths.DATA} == {kind: repository / kind for kind in paths.DATA}
    assert paths.builtin("topics") == repository / "handouts" / "topics"
    with pytest.raises(ValueError, match="'poses'"):
        paths.builtin("poses")


def test_packed_data_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "handouts")
    assert paths.builtin("fonts") == tmp_path / "fonts"
    (tmp_path / "handouts" / "_data").mkdir(parents=True)
    assert paths.builtin("fonts") == tmp_path / "handouts" / "_data" / "fonts"
    assert paths.builtin("common") == tmp_path / "handouts" / "common"
