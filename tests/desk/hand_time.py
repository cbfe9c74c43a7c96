"""How long the personal sheet takes by hand: `python -m tests.desk.hand_time`. A model of hands, not people with hands.

The distances and sizes are those of the real page at 1280 × 580, the waits are measured; the rest is the
keystroke-level model: pointing by Fitts's law (ISO 9241-9 form, 4.5 bit/s), 0.2 s for a click, 0.4 s from mouse to
keys and back, 1.35 s to make up one's mind, 0.28 s for a key.
"""

from __future__ import annotations

import math
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desk.browser import Desks, Hand, chromium, context, desks

if TYPE_CHECKING:
    from playwright.sync_api import Locator

BITS_PER_SECOND = 4.5
CLICK, HOMING, MIND, KEY = 0.2, 0.4, 1.35, 0.28
NAME_KEYS = 16
"""たかはし みさき typed in Roman letters, two conversions and two confirmations."""
NAME_CHOICES = 2
"""Times somebody looks at what the conversion proposes."""


@dataclass
class Stopwatch:
    """Adds up hand and machine."""

    at: tuple[float, float] = (640, 290)
    rows: list[tuple[str, float, float]] = field(default_factory=list)

    def click(self, what: str, target: Locator, hand: Hand, *, mind: bool = True) -> None:
        """One click, from where the pointer was."""
        box = target.bounding_box()
        assert box is not None
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        distance, size = math.dist(self.at, middle), min(box["width"], box["height"])
        pointing = math.log2(distance / size + 1) / BITS_PER_SECOND
        before = time.perf_counter()
        target.click()
        hand.page.wait_for_function("() => document.querySelector('.desk')?.dataset.making !== 'yes'")
        waited = time.perf_counter() - before
        self.at = middle
        self.rows.append((what, pointing + CLICK + (MIND if mind else 0), waited))

    def type_name(self, hand: Hand) -> None:
        """The name: to the keys, typed, converted, back to the mouse."""
        hand.name("髙橋 美咲")
        self.rows.append(("お名前", 2 * HOMING + NAME_KEYS * KEY + NAME_CHOICES * MIND, 0.0))


def measured(all_desks: Desks, hand: Hand) -> Stopwatch:
    """The six clicks and the name."""
    watch, page = Stopwatch(), hand.page
    watch.click("名前入り", page.locator('.card[data-topic="running"] [data-kind="personal"]'), hand)
    hand.shown()
    watch.type_name(hand)
    watch.click("右", page.locator(".knee-right"), hand)
    watch.click("体操の絵", page.locator('.tile[data-id="calf-wall"]'), hand)
    watch.click("＋", page.locator('[data-exercise="hamstring-hook"] [data-amount="per_day"] button').last, hand)
    watch.click("2週間後", page.locator(".visit .toggle").nth(1), hand)
    watch.click("印刷", hand.primary("print"), hand)
    hand.primary("next").wait_for()
    assert len(all_desks.printers.sent) == 1
    return watch


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder, desks(Path(folder)) as all_desks, chromium() as browser:
        all_desks.reset(present=True)
        with context(browser) as made:
            hand = Hand(made.new_page(), all_desks.good).open()
            watch = measured(all_desks, hand)
    print("            hand s  page s")
    for what, by_hand, waited in watch.rows:
        print(f"{what:<10}{by_hand:>8.2f}{waited:>8.2f}")
    by_hand, waited = sum(row[1] for row in watch.rows), sum(row[2] for row in watch.rows)
    print(f"together  {by_hand:>8.2f}{waited:>8.2f}   {by_hand + waited:.1f} s, six clicks and a name")


if __name__ == "__main__":
    main()
