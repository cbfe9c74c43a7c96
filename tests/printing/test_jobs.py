"""How far a job is, read from what the scheduler says of it and of its printer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handouts.printing import Job, Progress, Stage, ipp, jobs, progress
from handouts.printing.words import Lang
from handouts.problems import Problems

PENDING, HELD, AT_WORK, HALTED, CANCELLED, ABORTED, COMPLETED = range(3, 10)
IDLE, WORKING, STOPPED = 3, 4, 5
JOB = Job("受付", 12, 3)
Say = Callable[..., Progress]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    """The progress of the job where the scheduler says this of it, of its printer, and of the other jobs."""

    def told(
        state: int,
        *reasons: str,
        printer: int = WORKING,
        worked: int = 100,
        sheets: int = 0,
        message: str = "",
        others: tuple[int, ...] = (),
        why: str = "none",
        lang: Lang = "ja",
    ) -> Progress:
        job: dict[str, list[ipp.Value]] = {
            "job-state": [state],
            "job-state-reasons": [why],
            "job-media-sheets-completed": [sheets],
            "job-printer-state-message": [message],
            "job-printer-up-time": [1000 + worked],
            "time-at-processing": [1000],
        }
        of_printer: dict[str, list[ipp.Value]] = {
            "printer-state": [printer],
            "printer-state-reasons": list(reasons or ("none",)),
        }
        groups = {
            ipp.GET_JOB_ATTRIBUTES: [ipp.Group(ipp.JOB, job)],
            ipp.GET_PRINTER_ATTRIBUTES: [ipp.Group(ipp.PRINTER, of_printer)],
            ipp.GET_JOBS: [ipp.Group(ipp.JOB, {"job-id": [number]}) for number in others],
        }

        def ask(message: bytes, *_: object, **__: object) -> ipp.Answer:
            assert b"ipp://localhost/printers/%E5%8F%97%E4%BB%98" in message
            return ipp.Answer(0, tuple(groups[int.from_bytes(message[2:4])]))

        monkeypatch.setattr(jobs, "ask", ask)
        return progress(JOB, lang=lang)

    return told


def test_a_job_that_is_over(say: Say) -> None:
    assert say(COMPLETED) == Progress(Stage.DONE, 3, 3)
    assert say(CANCELLED, sheets=1) == Progress(Stage.CANCELLED, 1, 3)
    assert say(ABORTED) == Progress(Stage.FAILED, 0, 3, "プリンターで印刷できませんでした")
    assert say(ABORTED, "media-jam-error") == Progress(Stage.FAILED, 0, 3, "紙がつまっています")
    assert say(COMPLETED).over
    assert say(CANCELLED).over
    assert say(ABORTED).over


@pytest.mark.parametrize(("counted", "told"), [(-1, 0), (0, 0), (1, 1), (2, 2), (3, 2), (9, 2)])
def test_the_last_sheet_counts_when_the_job_is_over(say: Say, counted: int, told: int) -> None:
    assert say(AT_WORK, sheets=counted) == Progress(Stage.PRINTING, told, 3)
    assert not say(AT_WORK).over


def test_what_halts_a_job_is_told_once_it_is_of_this_job(say: Say) -> None:
    assert say(AT_WORK, "media-empty-error", worked=1) == Progress(Stage.PRINTING, 0, 3)
    assert say(AT_WORK, "media-empty-error", worked=2) == Progress(Stage.WAITING, 0, 3, "用紙がありません")
    assert say(AT_WORK, "media-empty-error", lang="en").reason == "No paper"


def test_a_warning_halts_a_job_that_has_worked_for_long(say: Say) -> None:
    assert say(AT_WORK, "media-empty-warning", worked=7).stage is Stage.PRINTING
    assert say(AT_WORK, "media-empty-warning", worked=8) == Progress(Stage.WAITING, 0, 3, "用紙がありません")
    assert say(AT_WORK, "toner-low-warning", worked=60).stage is Stage.PRINTING


def test_a_printer_that_is_not_reached(say: Say) -> None:
    message = "The printer is not responding."
    assert say(AT_WORK, message=message).reason == "プリンターにつながりません"
    assert say(AT_WORK, message="Spooling job, 50% complete.").reason == ""


def test_a_job_whose_turn_has_not_come(say: Say) -> None:
    assert say(PENDING, printer=IDLE) == Progress(Stage.SENT, 0, 3)
    assert say(PENDING, others=(10, 11, 12, 13)) == Progress(Stage.SENT, 0, 3, "前に2件の印刷があります")
    assert say(PENDING, "media-needed-error") == Progress(Stage.WAITING, 0, 3, "用紙がありません")
    assert say(PENDING, "paused", printer=STOPPED) == Progress(Stage.WAITING, 0, 3, "一時停止しています")


def test_a_job_that_is_held_or_halted(say: Say) -> None:
    assert say(HELD, printer=IDLE) == Progress(Stage.WAITING, 0, 3, "印刷待ちで止められています")
    assert say(HELD, printer=IDLE, why="job-incoming").stage is Stage.SENT
    assert say(HALTED).stage is Stage.WAITING


def test_a_job_that_nobody_knows_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "ask", lambda *_: ipp.Answer(ipp.NOT_FOUND, ()))
    gone = progress(JOB)
    assert (gone.stage, gone.over, gone.printed) == (Stage.GONE, True, 0)
    assert "紙が出たか、見てください" in gone.reason


@pytest.mark.parametrize("answer", [ipp.Answer(0x0403, ()), ipp.Answer(0, ())])
def test_an_answer_without_the_job_is_a_problem(monkeypatch: pytest.MonkeyPatch, answer: ipp.Answer) -> None:
    monkeypatch.setattr(jobs, "ask", lambda *_: answer)
    with pytest.raises(Problems) as raised:
        progress(JOB)
    assert "断られました。" in next(iter(raised.value)).message
