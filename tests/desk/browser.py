"""A real Chromium for the tests of the page: Debian's, driven by Playwright; who lacks either is skipped by name."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from handouts import printing
from handouts.desk.counter import Counter
from handouts.printing import Condition, Job, Listing, Printer, Progress, Stage, Ticket, Tray
from tests.desk.desks import Running, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]
CLINIC = Path(printing.__file__).parents[1] / "clinic.yaml"
SHORT = (1280, 580)
"""What is left of 1280 × 720 when the browser and the task bar have had theirs."""


RARE = "髙𠮷\U000e0100 邉子"
"""A name with a ladder 髙, a 𠮷 beyond U+FFFF with a variation selector, and a rare 邉."""


@dataclass
class Paper:
    """Three printers that are not there: what was sent to them, and how a job fares (`stage`, `reason`)."""

    present: bool = False
    stage: Stage = Stage.DONE
    reason: str = ""
    sent: list[tuple[bytes, Ticket]] = field(default_factory=list)
    asked: Event = field(default_factory=Event)
    """Set when a sheet is being sent."""
    ready: Event = field(default_factory=Event)
    """Cleared, the printer takes no sheet yet."""

    def __post_init__(self) -> None:
        self.ready.set()

    def listing(self, **_: float) -> Listing:
        """What `list_printers` answers."""
        if not self.present:
            return Listing((), "このパソコンには、CUPS がありません")
        return Listing(tuple(_printers()), "")

    def send(self, data: bytes, ticket: Ticket, printer: Printer, **_: float) -> Job:
        """What `send` does: keeps the bytes."""
        self.asked.set()
        assert self.ready.wait(30)
        self.sent.append((data, ticket))
        return Job(printer.name, len(self.sent), printing.sheets(ticket, printer))

    def progress(self, job: Job, **_: float) -> Progress:
        """What `progress` answers."""
        return Progress(self.stage, job.sheets if self.stage is Stage.DONE else 0, job.sheets, self.reason)

    def cancel(self, job: Job, **_: float) -> Progress:
        """What `cancel` does."""
        self.stage = Stage.CANCELLED
        return self.progress(job)


def _printers() -> Iterator[Printer]:
    trays = (Tray("tray-1", "トレイ1"), Tray("tray-2", "トレイ2"), Tray("by-pass-tray", "手差し"))
    shared: dict[str, Any] = {"warnings": (), "most_copies": 99}
    yield Printer(
        "Reception",
        "受付プリンター",
        Condition.READY,
        "使えます",
        duplex=True,
        color=True,
        trays=trays,
        default=True,
        **shared,
    )
    yield Printer(
        "Room1", "診察室1", Condition.READY, "使えます", duplex=True, color=False, trays=(), default=False, **shared
    )
    yield Printer(
        "Office",
        "事務室",
        Condition.STOPPED,
        "一時停止しています",
        duplex=True,
        color=True,
        trays=(),
        default=False,
        **shared,
    )


@contextmanager
def paper() -> Iterator[Paper]:
    """Printers that are not there, in place of CUPS."""
    made = Paper()
    names: dict[str, Any] = {
        "list_printers": made.listing,
        "send": made.send,
        "progress": made.progress,
        "cancel": made.cancel,
    }
    with patch.multiple(printing, erase=lambda job, **_: True, **names):
        yield made


def broken_clinic(folder: Path) -> Path:
    """A clinic's folder without a telephone number and with a topic that cannot be read."""
    (folder / "topics").mkdir(parents=True)
    text = CLINIC.read_text("utf-8")
    (folder / "clinic.yaml").write_text(
        "".join(line for line in text.splitlines(True) if not line.startswith("phone:")), "utf-8"
    )
    (folder / "topics" / "cramp.yaml").write_text("title: 膝の裏がつるとき\npurpose: [\n", "utf-8")
    return folder


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window. Skips where Playwright or Chromium is missing."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("chromium is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def context(browser: Browser, size: tuple[int, int] = SHORT, **options: Any) -> Iterator[BrowserContext]:
    """A browser's session of its own, with a window of so many CSS px."""
    made = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="ja-JP", **options)
    made.set_default_timeout(10_000)
    # Printing a PDF in a frame ends a Chromium without a window; what is asked to print is counted instead.
    made.add_init_script("window.print = () => { top.prints = [...(top.prints ?? []), location.pathname]; };")
    try:
        yield made
    finally:
        made.close()


class Hand:
    """What a person at the desk does and sees; every act waits for what must be there, never for a time."""

    def __init__(self, page: Page, running: Running) -> None:
        self.page = page
        self.running = running
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"{error.name}: {error.message}\n{error.stack}"))
        page.on("console", self.heard)
        page.on("response", self.answered)

    def heard(self, said: ConsoleMessage) -> None:
        """A fault in the browser's own words; those of the network are told with their address."""
        if said.type in ("error", "warning") and "Failed to load resource" not in said.text:
            self.faults.append(said.text)

    def answered(self, response: Response) -> None:
        """An answer that is none."""
        if response.status >= 400:
            self.faults.append(f"{response.status} {response.url.partition('?')[0]}")

    def open(self, *, english: bool = False) -> Hand:
        """The first screen."""
        self.page.goto(self.running.desk.guard.address())
        self.page.locator(".card").first.wait_for()
        if english:
            self.page.locator(".language[lang]").click()
            self.page.locator("html[lang=en] .card").first.wait_for()
        return self

    def start(self, topic: str, kind: str) -> Hand:
        """A card's button: `plain` or `personal`."""
        self.page.locator(f'.card[data-topic="{topic}"] [data-kind="{kind}"]').click()
        return self.shown()

    def shown(self) -> Hand:
        """Waits until the page that is shown is the newest."""
        self.page.locator(".paper img").first.wait_for()
        self.page.wait_for_function("() => document.querySelector('.desk')?.dataset.making === 'no'")
        return self

    def side(self, side: str) -> Hand:
        """The knee's radio button."""
        self.page.locator(f".knee-{side}").click()
        return self.shown()

    def primary(self, form: str) -> Locator:
        """The one button, when it has this form."""
        return self.page.locator(f'.primary[data-form="{form}"]')

    def name(self, text: str) -> Hand:
        """The name, put in as it comes out of a conversion."""
        self.page.locator(".name-field").fill(text)
        return self.shown()

    def focused(self, expression: str = "e => e.className || e.tagName") -> str:
        """Something of the element that has the focus."""
        return str(self.page.evaluate(f"() => ({expression})(document.activeElement)"))

    def picture(self) -> bytes:
        """The first picture of the page that is shown, as it is on the screen."""
        return self.page.locator(".paper").first.screenshot()

    def whole_text(self) -> str:
        """All text, values and attributes that are in the page now."""
        return str(
            self.page.evaluate(
                "() => document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')]"
                ".map(e => e.value).join('\\n') + document.title + location.href"
            )
        )


@dataclass(frozen=True)
class State:
    """A state of the page: how one comes to it, and at which desk (`browser`, `printers`, `broken`)."""

    reach: Callable[[Hand, Paper], object]
    desk: str = "browser"


def _personal(hand: Hand) -> Hand:
    hand.start("running", "personal").name("髙橋 美咲").side("right")
    hand.page.locator(".visit .toggle").nth(1).click()
    return hand.shown()


def _problems(hand: Hand) -> None:
    hand.start("running", "personal").name("渡\ue000 健一")
    hand.page.locator(".problem").first.wait_for()
    hand.side("right")
    hold = hand.page.locator(".stepper[data-amount=hold] input").first
    hold.fill("90")
    hold.press("Tab")
    hand.page.locator(".dose .problem").wait_for()


def _calendar(hand: Hand) -> None:
    _personal(hand).page.locator(".visit .toggle").nth(3).click()
    hand.page.locator(".calendar").wait_for()


def _printer_list(hand: Hand) -> None:
    _personal(hand).page.locator(".options").click()
    hand.page.locator(".printers").wait_for()


def _sending(hand: Hand, printer: Paper, stage: Stage, reason: str = "") -> None:
    printer.stage, printer.reason = stage, reason
    _personal(hand).primary("print").click()
    hand.page.locator(".foot-first:not(:empty)").wait_for()
    if reason:
        hand.page.locator(".foot-text[data-sign]").wait_for()
    else:
        hand.page.locator(".foot-second:not(:empty)").wait_for()


def _printed(hand: Hand, printer: Paper, kind: str = "personal") -> None:
    printer.stage = Stage.DONE
    (_personal(hand) if kind == "personal" else hand.start("running", "plain")).primary("print").click()
    hand.primary("next").wait_for()


def _asked(hand: Hand) -> None:
    _personal(hand).primary("print").click()
    hand.primary("came").wait_for()


def _nothing(hand: Hand) -> None:
    hand.page.locator(".search").fill("腰が痛い")
    hand.page.locator(".none").wait_for()


def _stop(hand: Hand) -> None:
    hand.page.context.set_offline(True)


def _stopped(hand: Hand) -> None:
    _stop(_personal(hand))
    hand.page.locator(".visit .toggle").first.click()
    hand.primary("reconnect").wait_for()


def _stopped_start(hand: Hand) -> None:
    _stop(hand)
    hand.page.locator(".card [data-kind=plain]").first.click()
    hand.page.locator(".reconnect").wait_for()


def _used(hand: Hand) -> None:
    _asked(hand)
    hand.primary("came").click()
    hand.page.locator(".last").first.wait_for()


def _question(hand: Hand) -> None:
    _personal(hand).page.keyboard.press("Escape")
    hand.page.locator(".question").wait_for()


def _enlarged(hand: Hand) -> None:
    _personal(hand).page.locator(".page-large").click()
    hand.page.locator(".large-area img").wait_for()


def _all_exercises(hand: Hand) -> None:
    _personal(hand).page.locator(".more-exercises").click()
    for name in ("calf-wall", "cooling", "hamstring-chair"):
        hand.page.locator(f'.tile[data-id="{name}"]').click()
    hand.page.locator(".tiles .problem").wait_for()


STATES = {
    "01-start": State(lambda hand, _: None),
    "01-start-used": State(lambda hand, _: _used(hand)),
    "02-topic": State(lambda hand, _: hand.start("running", "plain")),
    "03-personal": State(lambda hand, _: _personal(hand)),
    "03a-personal-empty": State(lambda hand, _: hand.start("running", "personal")),
    "03b-calendar": State(lambda hand, _: _calendar(hand)),
    "03c-six-exercises": State(lambda hand, _: _all_exercises(hand)),
    "03d-large": State(lambda hand, _: _enlarged(hand)),
    "03e-question": State(lambda hand, _: _question(hand)),
    "04-problems": State(lambda hand, _: _problems(hand)),
    "05-done": State(_printed, "printers"),
    "05-done-plain": State(lambda hand, printer: _printed(hand, printer, "plain"), "printers"),
    "05a-sending": State(lambda hand, printer: _sending(hand, printer, Stage.PRINTING), "printers"),
    "05a-waiting": State(lambda hand, printer: _sending(hand, printer, Stage.WAITING, "用紙がありません"), "printers"),
    "05b-printer": State(lambda hand, _: _printer_list(hand), "printers"),
    "05c-browser": State(lambda hand, _: _asked(hand)),
    "06-clinic-broken": State(lambda hand, _: None, "broken"),
    "06b-none": State(lambda hand, _: _nothing(hand)),
    "06c-stopped": State(lambda hand, _: _stopped(hand)),
    "06d-stopped-start": State(lambda hand, _: _stopped_start(hand)),
}
"""Every state of the page, by the number of its mock-up where it has one."""


class Desks:
    """The desks of a run: one that works, and one with a broken folder; and the printers they find."""

    def __init__(self, good: Running, broken: Running, printers: Paper) -> None:
        self.good, self.broken, self.printers = good, broken, printers

    def reset(self, *, present: bool) -> None:
        """As at the start of the day, with printers or without."""
        self.printers.present, self.printers.stage, self.printers.reason = present, Stage.DONE, ""
        self.printers.sent.clear()
        self.good.desk.counter = Counter()

    def hand(self, made: BrowserContext, state: State, *, english: bool = False) -> Hand:
        """A page in this state."""
        self.reset(present=state.desk == "printers")
        hand = Hand(made.new_page(), self.broken if state.desk == "broken" else self.good).open(english=english)
        state.reach(hand, self.printers)
        if hand.page.evaluate("() => navigator.onLine"):
            hand.page.wait_for_function("() => [...document.images].every(image => image.complete)")
        return hand


@contextmanager
def desks(folder: Path) -> Iterator[Desks]:
    """The desks of a run; the broken clinic's folder is made in `folder`."""
    with paper() as printers, running() as good, running(broken_clinic(folder / "clinic")) as broken:
        yield Desks(good, broken, printers)
