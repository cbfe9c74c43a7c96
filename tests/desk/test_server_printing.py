"""What the desk makes of the printing room: jobs sent once, in the right form, their state said, their lines kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from handouts import printing
from handouts.consult.store import Store
from handouts.desk import jobs
from handouts.model import Edge
from handouts.problems import NOWHERE, Problem, Problems
from tests.desk.desks import Page, Running, running

DEVICE = printing.Printer(
    "Reception", "受付プリンター", printing.Condition.READY, "使えます", (), True, True, (), True, 99
)


@dataclass
class Room:
    """A printing room without a printer: what it was told, and how the job fares."""

    tickets: list[printing.Ticket] = field(default_factory=list)
    bytes_sent: list[bytes] = field(default_factory=list)
    stage: printing.Stage = printing.Stage.PRINTING
    printed: int = 0
    reason: str = ""
    refuse: bool = False
    erased: threading.Event = field(default_factory=threading.Event)

    def send(self, data: bytes, ticket: printing.Ticket, printer: printing.Printer, **_: Any) -> printing.Job:
        if self.refuse:
            raise Problems([Problem(NOWHERE, "プリンターが答えません。")])
        self.tickets.append(ticket)
        self.bytes_sent.append(data)
        return printing.Job(printer.name, len(self.tickets), printing.sheets(ticket, printer))

    def progress(self, job: printing.Job, **_: Any) -> printing.Progress:
        return printing.Progress(self.stage, self.printed, job.sheets, self.reason)

    def cancel(self, job: printing.Job, **_: Any) -> printing.Progress:
        self.stage = printing.Stage.CANCELLED
        return self.progress(job)

    def erase(self, job: printing.Job, **_: Any) -> bool:
        self.erased.set()
        return True


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    found = Room()
    monkeypatch.setattr(jobs, "EVERY", 0.01)
    monkeypatch.setattr(printing, "list_printers", lambda **_: printing.Listing((DEVICE,), ""))
    for name in ("send", "progress", "cancel", "erase"):
        monkeypatch.setattr(printing, name, getattr(found, name))
    return found


@pytest.fixture
def own(room: Room) -> Iterator[Running]:
    """A desk whose threads end with the test's own room."""
    with running() as found:
        yield found
    room.stage = printing.Stage.DONE


@pytest.fixture
def page(own: Running) -> Page:
    return own.open()


def until(page: Page, job: str, fits: Callable[[Any], bool]) -> Any:
    """The job's state once it fits."""
    for _ in range(2000):
        state = page.ask("job", job=job)["state"]
        if fits(state):
            return state
        threading.Event().wait(0.005)
    raise AssertionError(state)


def test_printers_are_listed_with_the_browser_last(page: Page) -> None:
    said = page.ask("printers")
    assert said["direct"] is True
    assert said["default"] == "Reception"
    assert [one["id"] for one in said["printers"]] == ["Reception", "browser"]
    assert said["printers"][0]["text"] == "カラー・両面・A4 使えます"


def test_the_bytes_that_were_shown_are_sent(page: Page, room: Room) -> None:
    sheet = page.person(name="髙橋 美咲")["sheet"]
    page.person(name="髙橋 美咲", side="left")
    sent = page.ask("print", sheet=sheet["id"], printer="Reception", copies=2)
    assert sent["state"]["busy"]
    room.stage, room.printed = printing.Stage.DONE, 4
    state = until(page, sent["job"], lambda one: one["what"] == "done")
    assert state["text"] == "4枚のうち4枚、出ました"
    assert state["paper"] == "A4・両面 4枚・カラー・2部"
    (ticket,) = room.tickets
    assert (ticket.title, ticket.edge, ticket.pages, ticket.copies) == (sheet["code"], Edge.LONG, sheet["pages"], 2)
    page.ask("print", sheet=sheet["id"], printer="browser", again=True)
    assert page.get(f"/sheets/{sheet['id']}.pdf").body == room.bytes_sent[0]
    assert room.erased.wait(5), "it left the spool's history"


@pytest.mark.parametrize(("layout", "edge"), [("a4", Edge.LONG), ("bifold", Edge.SHORT), ("a4-one", Edge.NONE)])
def test_each_layout_is_turned_over_its_edge(page: Page, room: Room, layout: str, edge: Edge) -> None:
    sheet = page.sheet(plain={"topic": "stairs", "layout": layout})["sheet"]
    sent = page.ask("print", sheet=sheet["id"], printer="Reception")
    room.stage = printing.Stage.DONE
    until(page, sent["job"], lambda one: not one["busy"])
    assert room.tickets[0].edge is edge
    assert room.tickets[0].title == "stairs" + ("" if layout == "a4" else f"-{layout}")


def test_a_printer_that_waits_says_why_and_goes_on(page: Page, room: Room) -> None:
    room.stage, room.reason = printing.Stage.WAITING, "用紙がありません。入れると続きます。"
    sheet = page.person(name="髙橋 美咲")["sheet"]
    job = page.ask("print", sheet=sheet["id"], printer="Reception")["job"]
    state = until(page, job, lambda one: one["what"] == "waiting")
    assert state["problem"]["text"] == "用紙がありません。入れると続きます。"
    assert state["problem"]["ways"][0]["print"] == "other"
    room.stage, room.reason = printing.Stage.DONE, ""
    assert until(page, job, lambda one: not one["busy"])["what"] == "done"


def test_a_job_can_be_stopped(page: Page, room: Room) -> None:
    sheet = page.person(name="髙橋 美咲")["sheet"]
    job = page.ask("print", sheet=sheet["id"], printer="Reception")["job"]
    until(page, job, lambda one: one["what"] == "printing")
    page.ask("cancel", job=job)
    assert until(page, job, lambda one: not one["busy"])["text"] == "やめました"


def test_what_was_never_sent_is_not_kept(page: Page, room: Room) -> None:
    room.refuse = True
    sheet = page.person(name="髙橋 美咲")["sheet"]
    job = page.ask("print", sheet=sheet["id"], printer="Reception")["job"]
    state = until(page, job, lambda one: one["what"] == "failed")
    assert state["problem"]["text"] == "プリンターが答えません。"
    with Store.opened() as store:
        assert store.line(sheet["code"]) is None
    room.refuse, room.stage = False, printing.Stage.DONE
    again = page.ask("print", sheet=sheet["id"], printer="Reception")["job"]
    assert until(page, again, lambda one: not one["busy"])["what"] == "done"
    with Store.opened() as store:
        assert store.line(sheet["code"]) is not None


def test_one_more_that_fails_takes_no_line_of_a_sheet_that_was_printed(page: Page, room: Room) -> None:
    sheet = page.person(name="髙橋 美咲")["sheet"]
    room.stage = printing.Stage.DONE
    job = page.ask("print", sheet=sheet["id"], printer="Reception")["job"]
    until(page, job, lambda one: one["what"] == "done")
    room.refuse = True
    again = page.ask("print", sheet=sheet["id"], printer="Reception", again=True)["job"]
    until(page, again, lambda one: one["what"] == "failed")
    browser = page.ask("print", sheet=sheet["id"], printer="browser", again=True)["job"]
    page.ask("came", job=browser, came=False)
    with Store.opened() as store:
        assert store.line(sheet["code"]) is not None


def test_a_sheet_with_a_defect_is_not_printed(page: Page, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Problem(NOWHERE, "1ページ: 字が重なっています。", "作った人に知らせてください。")]
    monkeypatch.setattr("handouts.checks.file.verify.verify_built", lambda data, shown, *, quoting: found)
    sheet = page.person(name="髙橋 美咲")["sheet"]
    for printer in ("Reception", "browser"):
        sent = page.ask("print", sheet=sheet["id"], printer=printer)
        assert (sent["job"], sent["problems"][0]["text"]) == (None, "1ページ: 字が重なっています。")
    assert room.tickets == []
    with Store.opened() as store:
        assert store.line(sheet["code"]) is None


def test_a_printer_that_is_not_there_is_told(page: Page) -> None:
    sheet = page.person(name="髙橋 美咲")["sheet"]
    sent = page.ask("print", sheet=sheet["id"], printer="Nowhere")
    assert sent["job"] is None
    assert sent["problems"][0]["field"] == "printer"
    with Store.opened() as store:
        assert store.line(sheet["code"]) is None


def test_a_double_click_sends_once(page: Page, room: Room) -> None:
    sheet = page.person(name="髙橋 美咲")["sheet"]
    found = {page.ask("print", sheet=sheet["id"], printer="Reception")["job"] for _ in range(5)}
    assert len(found) == 1
    room.stage = printing.Stage.DONE
    until(page, found.pop(), lambda one: not one["busy"])
    assert len(room.tickets) == 1


def test_the_next_patient_does_not_stop_the_printer(page: Page, room: Room) -> None:
    sheet = page.person(name="髙橋 美咲")["sheet"]
    job = page.ask("print", sheet=sheet["id"], printer="Reception")["job"]
    until(page, job, lambda one: one["what"] == "printing")
    page.ask("erase")
    assert page.get(sheet["picture"]).status == 410
    room.stage = printing.Stage.DONE
    assert until(page, job, lambda one: not one["busy"])["what"] == "done"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_printers_and_jobs_are_told_in_the_pages_language(
    own: Running, room: Room, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: dict[str, set[str]] = {}

    def noted(name: str, answer: Callable[..., Any]) -> None:
        def told(*arguments: Any, lang: str = "unsaid", **more: Any) -> Any:
            said.setdefault(name, set()).add(lang)
            return answer(*arguments, **more)

        monkeypatch.setattr(printing, name, told)

    noted("list_printers", lambda **_: printing.Listing((DEVICE,), ""))
    noted("progress", room.progress)
    noted("cancel", room.cancel)
    room.stage, room.reason = printing.Stage.WAITING, "out of paper"
    page = own.open()
    page.ask("printers", lang=lang)
    sheet = page.sheet(plain={"topic": "stairs"}, lang=lang)["sheet"]
    job = page.ask("print", sheet=sheet["id"], printer="Reception", lang=lang)["job"]
    state = until(page, job, lambda state: state["what"] == "waiting")
    assert (state["problem"]["text"], state["problem"]["lang"]) == ("out of paper", lang)
    page.ask("cancel", job=job, lang=lang)
    assert said.keys() == {"list_printers", "progress", "cancel"}
    # The job of the test before may still be asked about once.
    assert all(lang in langs and "unsaid" not in langs for langs in said.values()), said
