"""Makes the pictures of docs/images/desk: `python -m tests.desk.screenshots [STATE …]`, each state as it is seen."""

from __future__ import annotations

import io
import math
import os
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.desk.browser import STATES, chromium, context, desks

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images" / "desk"
COLOURS = 72
"""Of a picture's palette: enough for text and flat drawings."""
OURS = list(
    bytes.fromhex(
        "000000 ffffff 00568f edf3f8 f2f2f2 767676 595959 004676 c0390b f59a5b f8dec8 9ccbeb 3f5f86 ddd3c4 8a8175"
    )
)
"""The page's own colours and those of the figures: these stay as they are."""
NEAR = 14
"""How near to one of ours a colour must be to be taken for it."""
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


def far_from_ours(colours: list[int]) -> list[int]:
    """Colours as a flat list of R, G, B without those that would stand in for one of ours."""
    ours = [OURS[at : at + 3] for at in range(0, len(OURS), 3)]
    kept = [colours[at : at + 3] for at in range(0, len(colours), 3)]
    return [part for one in kept if all(math.dist(one, other) > NEAR for other in ours) for part in one]


def save(data: bytes, path: Path) -> None:
    """A picture with few colours, as small as PNG makes it."""
    with Image.open(io.BytesIO(data)) as picture:
        whole = picture.convert("RGB")
        frequent = whole.quantize(COLOURS - len(OURS) // 3, Image.Quantize.MEDIANCUT).getpalette() or []
        palette = Image.new("P", (1, 1))
        palette.putpalette((OURS + far_from_ours(frequent))[: 3 * COLOURS])
        whole.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


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
                    hand = all_desks.hand(made, STATES[state], english=english)
                    path = FOLDER / f"{state}{suffix}{'-en' if english else ''}.png"
                    save(hand.page.screenshot(full_page=suffix == "-320"), path)
                    faults = [fault for fault in hand.faults if "INTERNET_DISCONNECTED" not in fault]
                    print(f"{path.name} {path.stat().st_size // 1024} KB {faults or ''}")


if __name__ == "__main__":
    main(sys.argv[1:])
