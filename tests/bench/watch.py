"""Saves until they are seen: `python -m tests.bench.watch [COUNT] [desk]` prints their time in Chromium. Not a test.

The program is a process of its own, its page open in a real browser; the desk shows the topic as it is. A save counts
from the moment when the file is written until the browser has painted the new sides (two frames after they are in the
document); both programs share the machine's clock. The pauses between saves are not even: they meet every moment of
the watcher's own rhythm.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desk.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLE = REPOSITORY / "docs" / "examples" / "seikei"
TOPIC, WORDS = "low-back", "こまめに動きます"
WARM = 8
"""Saves before those that count: the first ones find modules and fonts that nobody has loaded."""
GOAL = 200
"""ms."""
PAINTED = """
window.shown = [];
addEventListener("DOMContentLoaded", () => {
  let before = "";
  new MutationObserver(() => {
    const now = [...document.querySelectorAll("SIDES")].map((image) => image.src).join();
    if (now === before) return;
    before = now;
    requestAnimationFrame(() => requestAnimationFrame(() => window.shown.push(Date.now())));
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["src"] });
});
"""
"""Notes when a change of the sides was painted, in ms of the machine's clock."""
COMMANDS = {"watch": ("watch", TOPIC), "desk": ("desk",)}
SIDES = {"watch": "#pages img", "desk": ".paper img"}


def main(count: int, what: str) -> None:
    """Open an example, save it `count` times and say how long each took to be seen."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(EXAMPLE, Path(place) / "clinic"))
        with _serving(what, folder, place) as url, chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.add_init_script(PAINTED.replace("SIDES", SIDES[what]))
            page.goto(url)
            if what == "desk":
                page.locator(f'.card[data-topic="{TOPIC}"] [data-kind="plain"]').click()
            page.locator(SIDES[what]).nth(1).wait_for()
            time.sleep(5)  # the desk warms itself after its start
            _report(what, _times(folder / "topics" / f"{TOPIC}.yaml", page, count))


@contextmanager
def _serving(what: str, folder: Path, place: str) -> Iterator[str]:
    """The address of a `handouts watch` or a desk."""
    command = [sys.executable, "-u", "-m", "handouts", *COMMANDS[what], "--no-browser", "--clinic", str(folder)]
    own = os.environ | {"HANDOUTS_DATA": str(Path(place) / "data")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=REPOSITORY, env=own
    ) as process:
        try:
            assert process.stdout is not None
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        finally:
            process.terminate()


def _times(file: Path, page: Page, count: int) -> list[float]:
    """ms of each save until its sides were painted."""
    text, chance, times = file.read_text("utf-8"), random.Random(1), []
    for serial in range(WARM + count):
        time.sleep(0.8 + chance.random() / 2)
        before = page.evaluate("() => window.shown.length")
        file.write_text(text.replace(WORDS, f"{WORDS}({serial})", 1), encoding="utf-8")
        saved = time.time() * 1000
        page.wait_for_function(f"() => window.shown.length > {before}")
        times.append(page.evaluate(f"() => window.shown[{before}]") - saved)
    return times[WARM:]


def _report(what: str, times: list[float]) -> None:
    times.sort()
    at = {name: times[min(len(times) - 1, int(len(times) * part))] for name, part in (("p50", 0.5), ("p95", 0.95))}
    within = sum(one <= GOAL for one in times)
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"{what}: {len(times)} saves, save to paint: p50 {at['p50']:.0f} ms, p95 {at['p95']:.0f} ms, {load}")
    print(f"worst {times[-1]:.0f} ms, within {GOAL} ms: {within}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60, sys.argv[2] if len(sys.argv) > 2 else "watch")
