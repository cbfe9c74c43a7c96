"""The desk's own sentences in Japanese and English, from words.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handouts.desk.wire import Lang

_FILE = Path(__file__).with_name("words.yaml")


@cache
def table() -> dict[str, dict[str, str]]:
    """Every sentence by key and language."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read: dict[str, dict[str, str]] = yaml.load(_FILE.read_text("utf-8"), loader)
    return read


def say(lang: Lang, key: str, /, **values: object) -> str:
    """One sentence, filled in; KeyError for a key that there is not."""
    return table()[key][lang].format(**values)
