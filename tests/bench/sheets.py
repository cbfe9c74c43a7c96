"""The sheets that every contender sets: the topic's handout, patients' own with name, doses, days; narrow columns."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from handouts.consult.plan import plan
from handouts.consult.record import consultation_of
from handouts.consult.sheet import set_personal
from handouts.consult.table import Row, read_table
from handouts.library import Library
from handouts.setting import Job, set_handout
from tests.bench.content import content_of
from tests.bench.leaves import texts
from tests.bench.peers.peer import MARGIN

TOPIC = "running"
DAY = "2026-11-22"
PATIENTS = 4000
"""More than any run sets: no two of its sheets are alike."""
KANJI = "佐藤鈴木高橋田中伊渡辺山本村小林加吉佐々口松井上清水花子太郎一美咲健翔結衣蓮葵陽菜大輝優斗"
CODES = tuple("".join(random.Random(seed).choices("ABCDEFGHJKMNPQRSTUVWXYZ23456789", k=8)) for seed in range(PATIENTS))


def day_of(number: int) -> date:
    """The day that a patient's sheet is made; the next visit is always ten days later, so that all have one form."""
    return date.fromisoformat(DAY) + timedelta(days=number % 20)


@cache
def _rows() -> tuple[Row, ...]:
    """Made-up patients with the same two exercises: name, doses and days differ."""
    chance = random.Random(1)
    lines = ["氏名,ふりがな,患者番号,年齢,膝,資料,体操,次回,メモ"]
    for number in range(PATIENTS):
        name = "".join(chance.choices(KANJI, k=4))
        hold, times = chance.choice((20, 30, 40)), chance.choice((2, 3))
        visit = day_of(number) + timedelta(days=10)
        dose = f"hamstring-chair:{hold}s*{times}*2/day;calf-wall"
        lines.append(f"{name},みほん,{number:06},70,右,{TOPIC},{dose},{visit:%Y/%m/%d},痛む日は、休みます")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "patients.csv"
        path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
        return tuple(read_table(path).rows)


def row(number: int) -> Row:
    """A patient's row."""
    return _rows()[number % PATIENTS]


def month_of(number: int) -> date:
    """The day that the topic's handout is made: another month each time, so that no sheet is the one before."""
    return date(2026 + (10 + number) // 12, 1 + (10 + number) % 12, 22)


def topic_sheets(count: int) -> Iterator[dict[str, Any]]:
    """The topic's handout as data, in one month after another, each with its `number`."""
    library = Library()
    handout = library.handout(TOPIC)
    for number in range(count):
        done = set_handout(library, handout, Job(month_of(number)))
        yield {**content_of(done.document), "kind": "topic", "number": number}


def personal_sheets(count: int) -> Iterator[dict[str, Any]]:
    """The sheets of the first patients as data, each with its `number`."""
    library = Library()
    for number in range(count):
        day = day_of(number)
        made = plan(library, consultation_of(row(number).node(day), library, day), day)
        code = CODES[number % len(CODES)]
        yield {**content_of(set_personal(library, made, code, day).document), "kind": "personal", "number": number}


LONG = 30
"""Characters from which on a text has lines enough to be set in narrow columns."""
COLUMNS = range(90, 310, 10)
"""pt."""


def narrow_sheet() -> dict[str, Any]:
    """Every long text of the two sheets in columns of many widths, where lines break in all kinds of places."""
    sheets = [next(topic_sheets(1)), next(personal_sheets(1))]
    said = dict.fromkeys(text for sheet in sheets for text in texts(sheet) if len(text) >= LONG)
    widths = [(width, text) for width in COLUMNS for text in said]
    blocks = [
        {"kind": "p", "n": str(number), "text": text, "bold": False, "width": width}
        for number, (width, text) in enumerate(widths, 1)
    ]
    none: dict[str, Any] = {"figures": {}, "rows": [], "qr": "", "foot": ""}
    return {**sheets[0], **none, "blocks": blocks, "kind": "narrow"}


def edges(content: dict[str, Any]) -> list[float]:
    """Where the column of each text of the narrow sheet ends, pt from the left edge of the paper."""
    return [MARGIN + block["width"] for block in content["blocks"]]
