"""The guide's last hour: a clinic's own topic chosen on the desk's page, printed, and read back from the printer.

All of it is real: `handouts desk` as a process of its own, Chromium, a private CUPS scheduler with a virtual printer.
Skips, by its name, where a tool is missing.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from pypdfium2 import PdfDocument

from handouts.library import Library
from handouts.pages.foot import bare_title
from tests.desk.browser import chromium, context
from tests.desk.screenshots import COLOURS, OURS
from tests.palette import save
from tests.printing.cups import Cups, Received, scheduler

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
PRINTER = "desk"
LAYOUTS = {"a4": "A4", "trifold": "三つ折り"}
"""What is printed, by the name on the page."""
_SIDES = {"two-sided-long-edge": "両面・長い辺", "two-sided-short-edge": "両面・短い辺", "one-sided": "片面"}


@dataclass
class _Watched:
    """What somebody at the desk does and sees, a line each."""

    page: Page
    lines: list[str]
    pictures: Path | None

    def press(self, what: str, selector: str) -> None:
        """Press what must be there."""
        self.page.locator(selector).click()
        self.lines.append(f"押す  {what}")

    def see(self, what: str, selector: str = "") -> None:
        """Something, with its own words where it is an element."""
        said = " ".join(self.page.locator(selector).inner_text().split()) if selector else ""
        self.lines.append(f"見る  {what}{said}")

    def photograph(self, name: str) -> None:
        """The window as it is, for the guide; a test takes none."""
        if self.pictures:
            self.page.wait_for_function("() => [...document.images].every(image => image.complete)")
            with Image.open(io.BytesIO(self.page.screenshot())) as picture:
                save(picture, self.pictures / f"{name}.png", COLOURS, OURS)


def transcript(folder: Path, topic: str, pictures: Path | None = None) -> str:
    """What is done, seen and printed; `pictures` is where the two screens go."""
    with (
        tempfile.TemporaryDirectory() as data,
        scheduler() as cups,
        _desk(folder, {**cups.environment, "HANDOUTS_DATA": data}) as address,
        chromium() as browser,
        context(browser, (1280, 720), reduced_motion="reduce") as session,
    ):
        seen = _Watched(session.new_page(), ["$ handouts desk"], pictures)
        seen.page.goto(address)
        seen.page.locator(".state-text", has_text="使えます").wait_for()
        seen.see("右上に ", ".state-text")
        for layout in LAYOUTS:
            _print(seen, cups, topic, layout, Library(folder))
        return "".join(f"{line}\n" for line in seen.lines)


def _print(seen: _Watched, cups: Cups, topic: str, layout: str, library: Library) -> None:
    """From the card to the printer, and back to the topics."""
    card = f'.card[data-topic="{topic}"]'
    title = seen.page.locator(f"{card} h3 > span:last-child").inner_text()
    seen.press(f"「{_bare(title)}」の そのまま", f'{card} [data-kind="plain"]')
    if layout != "a4":
        _made(seen.page)
        seen.press(f"形 {LAYOUTS[layout]}", f'.row-layout .choice:has(input[value="{layout}"])')
    _made(seen.page)
    seen.see("", ".page-note")
    seen.photograph(f"desk-{layout}")
    seen.press("印刷", '.primary[data-form="print"]')
    seen.page.locator('.primary[data-form="next"]').wait_for()
    facts = [" ".join(one.split()) for one in seen.page.locator(".facts > div").all_inner_texts()]
    seen.see(f"{seen.page.locator('.done .heading').inner_text()}: {' / '.join(facts)}")
    name = topic if layout == "a4" else f"{topic}-{layout}"
    seen.lines.append(f"届く  {_read(cups.printers[PRINTER].received(name), library, topic, layout)}")
    seen.press("次の人へ", '.primary[data-form="next"]')
    seen.page.locator(card).wait_for()


def _made(page: Page) -> None:
    page.locator(".paper img").first.wait_for()
    page.wait_for_function("() => document.querySelector('.desk')?.dataset.making === 'no'")


def _read(got: Received, library: Library, topic: str, layout: str) -> str:
    """What the printer got, in one line. All that a patient needs must stand in it."""
    handout = library.handout(topic)
    with PdfDocument(got.document) as document:
        sides = len(document)
        said = _bare("".join(_text(page) for page in document))
    named = {
        "題": bare_title(handout.topic.title),
        "医院の名前": handout.clinic.name,
        "電話": handout.clinic.phone,
        "体操": handout.exercises[0].exercise.name,
    }
    for what, text in named.items():
        assert _bare(text) in said, f"{layout}: {what} is not on the paper"
    missing = [sign.text for sign in handout.signs if not _has(said, sign.text, sign.short)]
    assert not missing, f"{layout}: signs that are not on the paper: {missing}"
    assert "確認前の見本" not in said
    how = _SIDES[got.options["sides"]]
    return f"紙は{sides}面、{how}。そこにある物: {'、'.join(named.values())}、受診のサイン {len(handout.signs)} つ"


def _text(page: Any) -> str:
    """A side's text, read upright too where the queue has turned a landscape sheet into the printer's portrait."""
    upright = str(page.get_textpage().get_text_range())
    page.set_rotation(90)
    return upright + str(page.get_textpage().get_text_range())


def _bare(text: str) -> str:
    """Without white and line ends, which are not the same on every paper."""
    return re.sub(r"\s", "", text)


def _has(said: str, *forms: str | None) -> bool:
    return any(_bare(form) in said for form in forms if form)


@contextmanager
def _desk(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The address that a desk says, which serves meanwhile."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("HANDOUTS_", "CUPS_"))}
    whole = {**keep, **environment, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-u", "-m", "handouts", "desk", "--no-browser"]
    with subprocess.Popen(
        command, cwd=folder, env=whole, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        finally:
            process.terminate()
