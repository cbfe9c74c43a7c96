"""Sheets go through a real CUPS scheduler to virtual printers: what these receive, and what is told meanwhile."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner, Result
from PIL import ImageChops
from PIL.Image import Image

from handouts.cli import main
from handouts.model import Edge
from handouts.printing import (
    Condition,
    Job,
    Printer,
    Progress,
    Stage,
    Ticket,
    cancel,
    erase,
    find_printer,
    ipp,
    jobs,
    list_printers,
    progress,
    send,
)
from handouts.printing.scheduler import Deadline, ask
from handouts.problems import Problems
from tests.consult.issuing import PATIENT, clinic, record_text
from tests.printing.cups import Cups, VirtualPrinter, await_that

DATE = "2026-11-22"
ON_TIME = 15.0
"""Limit of what is asked of the scheduler here, s."""
LAST_BITS = 4
"""Of 255 shades."""
A4 = "x-dimension=21000 y-dimension=29700"


def printer(name: str) -> Printer:
    return find_printer(list_printers(limit=ON_TIME), name)


def state(job: Job) -> Progress:
    return progress(job, limit=ON_TIME)


def reached(job: Job, stage: Stage) -> Progress:
    """The job's progress as soon as it is at a stage; a job that is over can reach no other."""

    def look() -> Progress | None:
        now = state(job)
        assert not now.over or now.stage is stage, now
        return now if now.stage is stage else None

    return await_that(look, f"job {job.number} to be {stage.value}")


@contextmanager
def halted(virtual: VirtualPrinter, why: str) -> Iterator[VirtualPrinter]:
    """A printer that prints nothing meanwhile; afterwards it is as before."""
    virtual.halt.write_text(why, encoding="utf-8")
    try:
        yield virtual
    finally:
        virtual.halt.unlink(missing_ok=True)
        await_that(lambda: printer(virtual.name).condition is Condition.READY, f"{virtual.name} to be ready again")


def handouts(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments], input=given)


def pictures(document: bytes) -> list[Image]:
    """The pages, drawn at 72 dots to the inch as paper lies in a tray: a wide page is turned to the right."""
    drawn = []
    with pdfium.PdfDocument(document) as pdf:
        for page in pdf:
            if page.get_width() > page.get_height():
                page.set_rotation(90)
            drawn.append(page.render(scale=1).to_pil().convert("RGB"))
    return drawn


def same_pages(received: bytes, sent: bytes) -> bool:
    """Whether every page is what was sent: nothing scaled, moved, added or left out.

    A page that was turned may differ by the last bits of a shade.
    """
    pairs = list(zip(pictures(received), pictures(sent), strict=True))
    return bool(pairs) and all(one.size == other.size and difference(one, other) <= LAST_BITS for one, other in pairs)


def difference(one: Image, other: Image) -> int:
    """The greatest difference of two shades at one place."""
    return max(place for place, count in enumerate(ImageChops.difference(one, other).convert("L").histogram()) if count)


def held_by_scheduler(job: Job, *names: str) -> dict[str, str]:
    """Attributes of a job that are text, as the scheduler has them."""
    uri = f"ipp://localhost/printers/{job.printer}"
    request = ipp.request(
        ipp.GET_JOB_ATTRIBUTES,
        [(ipp.URI, "printer-uri", [uri]), (ipp.INTEGER, "job-id", [job.number])],
    )
    (group,) = ask(request, Deadline.begin(ON_TIME)).of(ipp.JOB)
    return {name: group.text(name) for name in names}


def test_printers_are_listed_with_what_they_can_do(cups: Cups) -> None:
    desk, away, plain = list_printers(limit=ON_TIME).printers
    assert (desk.name, desk.label, desk.default) == ("desk", "受付プリンター", True)
    assert (desk.duplex, desk.color, desk.condition) == (True, True, Condition.READY)
    assert [tray.label for tray in desk.trays] == ["トレイ1", "トレイ2", "手差し"]
    assert desk.summary == "カラー・両面・A4 使えます"
    assert (away.name, away.label) == ("away", "事務室")
    assert (plain.name, plain.duplex, plain.color, plain.trays and plain.default) == ("plain", False, False, False)
    assert plain.summary == "白黒・片面だけ・A4 使えます"


def test_both_sides_over_the_long_edge(cups: Cups, running_pdf: Path) -> None:
    sheet = running_pdf.read_bytes()
    job = send(sheet, Ticket("LONG", Edge.LONG, 2, copies=3, mono=True, tray="tray-2"), printer("desk"))
    assert job.sheets == 3
    got = cups.printers["desk"].received("LONG")
    assert got.options["sides"] == "two-sided-long-edge"
    assert got.options["copies"] == "3"
    assert got.options["print-color-mode"] == "monochrome"
    assert A4 in got.options["media-col"]
    assert "media-source=tray-2" in got.options["media-col"]
    assert got.options["multiple-document-handling"] == "separate-documents-collated-copies"
    assert same_pages(got.document, sheet)
    # The scheduler's filter sees to it, and does not hand it on.
    assert held_by_scheduler(job, "print-scaling") == {"print-scaling": "none"}
    assert reached(job, Stage.DONE) == Progress(Stage.DONE, 3, 3)


def test_a_folded_sheet_goes_over_the_short_edge(cups: Cups, tmp_path: Path) -> None:
    file = tmp_path / "trifold.pdf"
    options = ["--topic", "running", "--layout", "trifold", "--date", DATE, "-o", str(file), "--print", "desk"]
    result = handouts("build", *options, "--copies", "2")
    assert result.exit_code == 0, result.output
    assert "「受付プリンター」に送りました: 両面(短辺とじ) 2枚(2部)・実際の大きさ・カラー" in result.output
    got = cups.printers["desk"].received("running-trifold")
    wanted = {"sides": "two-sided-short-edge", "copies": "2", "print-color-mode": "color"}
    assert {name: got.options[name] for name in wanted} == wanted
    assert A4 in got.options["media-col"]
    assert "media-source" not in got.options["media-col"]
    assert same_pages(got.document, file.read_bytes())


def test_one_page_and_a_sheet_without_back_are_printed_on_one_side(cups: Cups, running_pdf: Path) -> None:
    send(running_pdf.read_bytes(), Ticket("NONE", Edge.NONE, 2), printer("desk"))
    assert cups.printers["desk"].received("NONE").options["sides"] == "one-sided"


def test_settings_of_the_account_do_not_change_the_size(cups: Cups, running_pdf: Path) -> None:
    cups.tell("lpoptions", "-p", "desk", "-o", "fit-to-page=true", "-o", "number-up=2", "-o", "print-scaling=fill")
    try:
        sheet = running_pdf.read_bytes()
        send(sheet, Ticket("SIZE", Edge.LONG, 2), printer("desk"))
        assert same_pages(cups.printers["desk"].received("SIZE").document, sheet)
    finally:
        cups.tell("lpoptions", "-x", "desk")


def test_a_scaled_sheet_would_be_found_out(cups: Cups, running_pdf: Path) -> None:
    cups.tell("lp", "-d", "desk", "-t", "FIT", "-o", "print-scaling=fit", str(running_pdf))
    assert not same_pages(cups.printers["desk"].received("FIT").document, running_pdf.read_bytes())


def test_a_printer_for_one_side_gets_two_sheets(cups: Cups, tmp_path: Path) -> None:
    result = handouts("build", "--topic", "running", "--date", DATE, "-o", f"{tmp_path}/", "--print", "診察室1")
    assert result.exit_code == 0, result.output
    assert "片面 2枚・実際の大きさ・白黒" in result.output
    assert "両面に印刷できないプリンターなので、片面で印刷します。" in result.output
    got = cups.printers["plain"].received("running")
    assert got.options["sides"] == "one-sided"
    assert got.options["print-color-mode"] == "monochrome"
    assert same_pages(got.document, (tmp_path / "running.pdf").read_bytes())


def test_a_folded_sheet_is_not_sent_to_a_printer_for_one_side(cups: Cups, tmp_path: Path) -> None:
    options = ["--topic", "running", "--layout", "zfold", "--date", DATE, "-o", f"{tmp_path}/", "--print", "plain"]
    result = handouts("build", *options)
    assert result.exit_code == 1
    assert "両面に印刷できない「診察室1」では作れません" in result.output
    assert not cups.printers["plain"].has("running-zfold")


def test_the_test_page_is_printed_on_the_default_printer(cups: Cups, tmp_path: Path) -> None:
    result = handouts("build", "--layout", "test-page", "--date", DATE, "-o", f"{tmp_path}/", "--print")
    assert result.exit_code == 0, result.output
    got = cups.printers["desk"].received("test-page")
    assert got.options["sides"] == "two-sided-long-edge"
    assert same_pages(got.document, (tmp_path / "test-page.pdf").read_bytes())


def test_without_paper_the_job_waits_and_goes_on(
    cups: Cups, running_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PATIENCE", 1)
    with halted(cups.printers["plain"], "media-empty-warning") as plain:
        job = send(running_pdf.read_bytes(), Ticket("PAPER", Edge.LONG, 2), printer("plain"))
        assert reached(job, Stage.WAITING) == Progress(Stage.WAITING, state(job).printed, 2, "用紙がありません")
        assert printer("plain").warnings == ("空のトレイがあります",)
        assert not plain.has("PAPER")
        plain.halt.unlink()
        assert reached(job, Stage.DONE) == Progress(Stage.DONE, 2, 2)


def test_with_its_cover_open_a_printer_prints_nothing(cups: Cups, running_pdf: Path) -> None:
    sheet = running_pdf.read_bytes()
    with halted(cups.printers["desk"], "cover-open") as virtual:
        first = send(sheet, Ticket("FIRST", Edge.LONG, 2), printer("desk"))
        await_that(lambda: state(first).stage is not Stage.SENT, "the first job to begin")
        second = send(sheet, Ticket("SECOND", Edge.LONG, 2), printer("desk"))
        now = state(second)
        assert (now.stage, now.reason) in (
            (Stage.SENT, "前に1件の印刷があります"),
            (Stage.WAITING, "カバーが開いています"),
        )
        assert reached(first, Stage.WAITING) == Progress(Stage.WAITING, 0, 1, "カバーが開いています")
        desk = printer("desk")
        assert (desk.condition, desk.summary, desk.usable) == (Condition.NEEDS, "カバーが開いています", False)
        assert cancel(second, limit=ON_TIME) == Progress(Stage.CANCELLED, 0, 1)
        assert cancel(first, limit=ON_TIME).stage is Stage.CANCELLED
        assert cancel(first, limit=ON_TIME).stage is Stage.CANCELLED
        assert not virtual.has("FIRST")
        assert not virtual.has("SECOND")
    # Nobody tells CUPS that the cover is closed again.
    assert "前に印刷したとき: カバーが開いています" in printer("desk").warnings
    job = send(sheet, Ticket("CLOSED", Edge.LONG, 2), printer("desk"))
    assert reached(job, Stage.DONE) == Progress(Stage.DONE, 1, 1)
    assert printer("desk").warnings == ()


def test_cancelling_too_late_says_that_it_is_done(cups: Cups, running_pdf: Path) -> None:
    job = send(running_pdf.read_bytes(), Ticket("LATE", Edge.LONG, 2), printer("plain"))
    reached(job, Stage.DONE)
    assert cancel(job, limit=ON_TIME).stage is Stage.DONE


def test_a_paused_printer_is_sent_nothing(cups: Cups, tmp_path: Path, running_pdf: Path) -> None:
    desk = printer("desk")
    cups.tell("cupsdisable", "desk")
    try:
        paused = printer("desk")
        assert (paused.condition, paused.reason) == (Condition.STOPPED, "一時停止しています")
        job = send(running_pdf.read_bytes(), Ticket("PAUSED", Edge.LONG, 2), desk)
        assert state(job) == Progress(Stage.WAITING, 0, 1, "一時停止しています")
        with pytest.raises(Problems, match="1 problems"):
            send(running_pdf.read_bytes(), Ticket("REFUSED", Edge.LONG, 2), paused)
        result = handouts("build", "--topic", "running", "--date", DATE, "-o", f"{tmp_path}/new/", "--print", "desk")
        assert result.exit_code == 1
        assert "プリンター「受付プリンター」は使えません。一時停止しています。" in result.output
        assert not (tmp_path / "new").exists()
        assert cancel(job, limit=ON_TIME).stage is Stage.CANCELLED
    finally:
        cups.tell("cupsenable", "desk")
    assert printer("desk").usable


def test_a_printer_that_takes_no_jobs_says_so(cups: Cups, running_pdf: Path) -> None:
    before = printer("plain")
    cups.tell("cupsreject", "plain")
    try:
        assert printer("plain").summary == "印刷を受け付けていません"
        with pytest.raises(Problems) as raised:
            send(running_pdf.read_bytes(), Ticket("REJECT", Edge.LONG, 2), before)
        assert "プリンターが印刷を受け付けていません" in next(iter(raised.value)).message
    finally:
        cups.tell("cupsaccept", "plain")


def test_a_printer_that_cannot_be_reached_lets_the_job_wait(cups: Cups, running_pdf: Path) -> None:
    job = send(running_pdf.read_bytes(), Ticket("AWAY", Edge.LONG, 2), printer("事務室"))
    assert reached(job, Stage.WAITING).reason == "プリンターにつながりません"
    assert printer("away").summary == "プリンターにつながりません"
    assert cancel(job, limit=ON_TIME).stage is Stage.CANCELLED
    await_that(lambda: printer("away").condition is Condition.READY, "the printer to forget")


def test_an_erased_job_leaves_no_copy_of_the_sheet(cups: Cups, running_pdf: Path) -> None:
    before = cups.spooled()
    job = send(running_pdf.read_bytes(), Ticket("ERASE", Edge.LONG, 2), printer("plain"))
    reached(job, Stage.DONE)
    assert cups.spooled() - before
    assert erase(job, limit=ON_TIME)
    assert cups.spooled() == before
    assert state(job).stage is Stage.GONE


def test_a_printer_that_is_gone_in_the_meantime(cups: Cups, running_pdf: Path) -> None:
    with pytest.raises(Problems) as raised:
        send(running_pdf.read_bytes(), Ticket("GONE", Edge.LONG, 2), Printer("nowhere", "どこか"))
    assert "「どこか」に送れませんでした。この名前のプリンターは、もうありません。" in next(iter(raised.value)).message


def test_an_unknown_printer_is_told_with_those_that_are_known(cups: Cups, tmp_path: Path) -> None:
    result = handouts("build", "--topic", "running", "-o", f"{tmp_path}/new/", "--print", "Desk")
    assert result.exit_code == 1
    assert "「Desk」というプリンターはありません。" in result.output
    assert "使える名前: desk(受付プリンター), away(事務室), plain(診察室1)" in result.output
    assert not (tmp_path / "new").exists()


def test_many_jobs_at_once_each_arrive_whole(cups: Cups, running_pdf: Path) -> None:
    sheet, plain = running_pdf.read_bytes(), printer("plain")
    with ThreadPoolExecutor(4) as pool:
        jobs = list(pool.map(lambda n: send(sheet, Ticket(f"MANY-{n}", Edge.LONG, 2), plain), range(4)))
    assert len({job.number for job in jobs}) == 4
    for number in range(4):
        assert same_pages(cups.printers["plain"].received(f"MANY-{number}").document, sheet)


def personal(*arguments: str) -> Result:
    return handouts("personalize", "-", "--yes", "--date", DATE, *arguments, given=record_text())


def code_of(result: Result) -> str:
    return result.output.partition("番号 ")[2][:11]


def test_a_personal_sheet_is_printed_under_its_number_alone(
    cups: Cups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = spied(monkeypatch)
    result = personal("--print")
    assert result.exit_code == 0, result.output
    got = cups.printers["desk"].received(code_of(result))
    assert got.options["sides"].startswith("two-sided-long") or "片面" in result.output
    assert got.options["job-name"] == code_of(result)
    assert list(tmp_path.iterdir()) == []
    said = "\n".join(commands())
    assert code_of(result) in said
    name = PATIENT["name"]
    assert not any(part in said for part in (*name.split(), PATIENT["reading"], PATIENT["id"]))
    # What the scheduler writes down, apart from the sheet itself, which is its own account's alone.
    notes = cups.notes()
    assert any(code_of(result).encode() in note for note in notes.values())
    traces = [part.encode() for part in (name, *name.split(), PATIENT["id"])]
    assert not [where for where, note in notes.items() if any(trace in note for trace in traces)]


def spied(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """All that is shown of the programs that are run: their arguments, and what is added to their environment."""
    seen: list[str] = []
    real = subprocess.run

    def run(command: list[str], **given: Any) -> Any:
        seen.extend(command)
        seen.extend(f"{name}={value}" for name, value in given["env"].items() if os.environ.get(name) != value)
        return real(command, **given)

    monkeypatch.setattr(subprocess, "run", run)
    return lambda: seen


def test_a_personal_sheet_is_printed_again(cups: Cups, tmp_path: Path) -> None:
    folder = clinic(tmp_path / "clinic", records=True)
    first = personal("--print", "plain", "--clinic", str(folder), "-o", str(tmp_path / "first.pdf"))
    assert first.exit_code == 0, first.output
    code, sheet = code_of(first), (tmp_path / "first.pdf").read_bytes()
    got = cups.printers["plain"].received(code)
    assert same_pages(got.document, sheet)
    (cups.printers["plain"].folder / f"{code}.env").unlink()
    again = handouts("personalize", "--again", code, "--clinic", str(folder), "--print", "plain")
    assert again.exit_code == 0, again.output
    assert "まったく同じです" in again.output
    assert same_pages(cups.printers["plain"].received(code).document, sheet)


def test_a_sheet_that_was_not_sent_is_not_kept(cups: Cups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("handouts.printing.send", refuse)
    result = personal("--print")
    assert (result.exit_code, "断られた" in result.output) == (1, True), result.output
    listed = handouts("records", "list")
    assert code_of(result) not in listed.output


def refuse(*_: Any, **__: Any) -> None:
    from handouts.problems import NOWHERE, Problem

    raise Problems([Problem(NOWHERE, "断られた")])


def test_a_batch_is_printed_as_one_job(cups: Cups, tmp_path: Path) -> None:
    table = tmp_path / "patients.csv"
    table.write_text("氏名,膝,資料\n見本 花子,右,stairs\n見本 太郎,左,walking\n", encoding="utf-8")
    merged = tmp_path / "all.pdf"
    options = ["-o", str(tmp_path / "out"), "--merge", str(merged), "--date", DATE, "--jobs", "1", "--yes"]
    result = handouts("batch", str(table), *options, "--print")
    assert result.exit_code == 0, result.output
    got = cups.printers["desk"].received("sheets-2")
    assert got.options["sides"] == "two-sided-long-edge"
    assert same_pages(got.document, merged.read_bytes())


def test_a_batch_with_a_bad_row_is_not_printed(cups: Cups, tmp_path: Path) -> None:
    table = tmp_path / "patients.csv"
    table.write_text("氏名,膝,資料\n見本 花子,右,stairs\n見本 太郎,どちらか,walking\n", encoding="utf-8")
    options = ["-o", str(tmp_path / "out"), "--merge", str(tmp_path / "all.pdf"), "--jobs", "1", "--yes"]
    result = handouts("batch", str(table), *options, "--print")
    assert result.exit_code == 1
    assert "印刷していません: 作っていない行があります。" in result.output
    assert not cups.printers["desk"].has("sheets-1")
