"""Writes what the contenders set: `python -m tests.bench.prepare FOLDER COUNT`; a process apart, for its memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.leaves import changes
from tests.bench.sheets import narrow_sheet, personal_sheets, topic_sheets

MONTHS = 12


def main(folder: Path, count: int) -> None:
    """Write `topic.json`, `personal.json` and `narrow.json`: the first sheet, and how the others differ from it."""
    _write(folder / "topic.json", topic_sheets(MONTHS))
    _write(folder / "personal.json", personal_sheets(count))
    _write(folder / "narrow.json", [narrow_sheet()])


def _write(path: Path, sheets: Iterable[dict[str, Any]]) -> None:
    first, *others = sheets
    differences = [{"said": changes(first, sheet), "rows": sheet["rows"]} for sheet in (first, *others)]
    data = {"sheet": first, "differences": differences}
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
