"""The real files that are changed, by kind of input, and what a case is: a kind, a file's bytes, and how it is used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handouts.paths import PACKAGE, data_root
from tests.fuzz.mutations import OF_TABLE, OF_YAML

CASES = Path(__file__).with_name("cases")
"""What was found once, each a file, listed in `cases.yaml`."""
WHO = "見本 花子"
"""The patient of the records and tables; a name that no message may say."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a definition is built: names as the command line has them."""

    topic: str
    layout: str = "a4"
    edition: str = "standard"
    side: str | None = None
    mono: bool = False
    shop: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """Bytes of a kind of input; `stem` is what the file is called, `choice` picks how it is used (any number), and
    `way`, of a definition, how it is built where the choice is not to decide."""

    kind: str
    data: bytes
    stem: str
    choice: int = 0
    way: Way | None = None


@cache
def seeds(kind: str) -> Mapping[str, bytes]:
    """The real files of a kind, by the name that a copy has in a clinic's folder."""
    if kind == "record":
        return _records()
    if kind == "table":
        return {"table": _table().encode("utf-8-sig")}
    files = sorted(_FOLDERS[kind].glob(_PATTERNS.get(kind, "*.yaml")))
    return {path.stem: path.read_bytes() for path in files}


_FOLDERS = {
    "topic": PACKAGE / "topics",
    "exercise": PACKAGE / "exercises",
    "common": PACKAGE / "common",
    "clinic": PACKAGE,
    "layout": data_root() / "layouts",
    "theme": data_root() / "layouts" / "themes",
    "pose": data_root() / "assets" / "poses",
}
_PATTERNS = {"clinic": "clinic.yaml"}
KINDS = (*_FOLDERS, "record", "table")
"""Kinds of input."""


def changes_of(kind: str) -> tuple[str, ...]:
    """The kinds of change that suit a kind of input."""
    return OF_TABLE if kind == "table" else OF_YAML


def _records() -> dict[str, bytes]:
    whole = {
        "topics": ["running", "stairs"],
        "patient": {"name": WHO, "reading": "みほん はなこ", "id": "K-0001", "age": 72},
        "side": "right",
        "places": ["inner", "outer"],
        "findings": ["膝の裏の外側が硬い"],
        "exercises": ["hamstring-chair:20s*3*2/day", {"exercise": "calf-wall"}],
        "conditions": ["人工関節"],
        "avoid": ["正座"],
        "notes": ["**痛む日**は休みます"],
        "next_visit": "2026-12-07 10:00",
        "date": "2026-11-22",
        "practitioner": "見本 太郎",
        "edition": "standard",
        "paper": "mono",
    }
    short = f"topics: [cramp]\npatient: {{name: {WHO}}}\nside: 左\nnext_visit: 2週間後\nexercises: calf-wall:2分*朝夕\n"
    return {"whole": json.dumps(whole, ensure_ascii=False, indent=2).encode(), "short": short.encode()}


def _table() -> str:
    head = "氏名,ふりがな,患者番号,年齢,膝,資料,体操,痛む所,所見,持病,控えること,次回,次回の時刻,診察日"
    head += ",説明した人,版,色,メモ"
    rows = [
        f"{WHO},みほん はなこ,K-1,72歳,右,running;stairs,hamstring-chair:20s*3*2/day;calf-wall,内側,硬い,"
        "高血圧,正座,2026/12/6,10:30,2026/11/22,見本 太郎,標準,,痛む日は休みます",
        f'"{WHO}",,,,左,cramp,,,,,,2週間後,,,,large,mono,"1行目\n2行目"',
    ]
    return "\n".join([head, *rows]) + "\n"
