"""Makes the pictures of docs/images/desk: `python -m tests.desk.screenshots [STATE …]`, each state as it is seen."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.desk.browser import STATES, chromium, context, desks
from tests.palette import SHEET, save

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images" / "desk"
COLOURS = 72
"""Of a picture's palette: enough for text and flat drawings."""
OURS = (*SHEET, "f2f2f2", "767676", "595959", "004676")
"""A sheet's colours and the page's own: these stay as they are."""
SIZES = {"": (1280, 720), "-short": (1280, 580), "-tablet": (810, 1080), "-320": (320, 900)}
MORE = {
    "-short": ("01-start", "02-topic", "03-personal", "03b-calendar", "04-problems", "05b-printer", "06-clinic-broken"),
    "-tablet": ("01-start", "02-topic", "03-personal", "04-problems", "05-done"),
    "-320": ("03-personal",),
}
"""States that are also shown in other windows."""
ENGLISH = ("01-start", "02-topic", "03-personal", "04-problems")


def shots() -> list[tuple[str, str, bool]]:
    """Every picture as state, suffix of the window, whether in English."""
    plain = [(state, "", False) for state in STATES]
    sized = [(state, suffix, False) for suffix, states in MORE.items() for state in states]
    return [*plain, *sized, *((state, "", True) for state in ENGLISH)]


def main(wanted: list[str]) -> None:
    """Make all pictures, or those of the states that are named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HANDOUTS_DATA"] = folder
        with desks(Path(folder)) as all_desks, chromium() as browser:
            for state, suffix, english in shots():
                if wanted and state not in wanted:
                    continue
                with context(browser, SIZES[suffix], reduced_motion="reduce") as made:
                    # The picture before has been closed, whether or not the desk has heard of it.
                    all_desks.good.desk.windows.clear()
                    all_desks.broken.desk.windows.clear()
                    hand = all_desks.hand(made, STATES[state], english=english)
                    # A pointer that rests on a choice would mark it.
                    hand.page.mouse.move(SIZES[suffix][0] / 2, 1)
                    path = FOLDER / f"{state}{suffix}{'-en' if english else ''}.png"
                    shot = hand.page.screenshot(full_page=suffix == "-320")
                    with Image.open(io.BytesIO(shot)) as picture:
                        save(picture, path, COLOURS, OURS)
                    faults = [fault for fault in hand.faults if "INTERNET_DISCONNECTED" not in fault]
                    print(f"{path.name} {path.stat().st_size // 1024} KB {faults or ''}")


if __name__ == "__main__":
    main(sys.argv[1:])
