"""Fixtures every test may use, and the rule that a continuous integration run skips nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

REPOSITORY = Path(__file__).resolve().parent.parent
DATE = "2026-11-22"
"""The day printed on every handout that the tests build."""


@pytest.fixture(scope="session", autouse=True)
def heard_signals() -> Iterator[None]:
    """Ctrl-C is heard by the programs that tests start: a shell that runs the tests behind its back has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session", autouse=True)
def own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder where everything that the tests issue is kept, so that nothing goes into the account's own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("own-data") / "handouts"
        patch.setenv("HANDOUTS_DATA", str(folder))
        yield folder


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checked-out project."""
    return REPOSITORY


@pytest.fixture(scope="session")
def suites() -> Path:
    """The public test data, in the folder that HANDOUTS_SUITES names; skips where it is unset."""
    name = os.environ.get("HANDOUTS_SUITES")
    if not name:
        pytest.skip("HANDOUTS_SUITES is not set")
    folder = Path(name)
    if not folder.is_dir():
        pytest.fail(f"HANDOUTS_SUITES names no folder: {name}")
    return folder


@pytest.fixture(scope="session")
def running_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handout on the topic `running`, built once by the command line with the layout a4, dated `DATE`."""
    from handouts.cli import main

    path = tmp_path_factory.mktemp("running") / "running.pdf"
    result = CliRunner().invoke(main, ["build", "--topic", "running", "-o", str(path), "--date", DATE])
    if result.exit_code:
        pytest.fail(f"handouts build ended with {result.exit_code}:\n{result.output}\n{result.exception!r}")
    return path


skipped: list[str] = []
"""What was skipped in this run, each with its reason."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _note_skip(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _note_skip(report)


def _note_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        skipped.append(f"{report.nodeid}: {reason}")


def skips_are_failures() -> bool:
    """Whether HANDOUTS_NO_SKIPS is set, as .ci/run sets it."""
    return os.environ.get("HANDOUTS_NO_SKIPS", "") not in ("", "0")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if (
        skipped
        and skips_are_failures()
        and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if skipped and skips_are_failures():
        terminalreporter.section("skipped, and HANDOUTS_NO_SKIPS is set: a failure", red=True)
        for line in skipped:
            terminalreporter.write_line(line)
