"""Writes the tables of docs/robustness.md that are generated: `python -m tests.faults`."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.fuzz.corpus import CASES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "robustness.md"
TABLE = Path(__file__).with_name("table.yaml")


def entries(path: Path) -> list[dict[str, Any]]:
    """The entries of a list in YAML."""
    loaded: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def faults() -> str:
    """The table of faults."""
    rows = [
        (one["fault"], one["of"], one["done"], one["happened"], "<br>".join(f"`{test}`" for test in one["tests"]))
        for one in entries(TABLE)
    ]
    return _table(("fault", "of", "what was done", "what happened", "tests (`tests/…`)"), rows)


def findings() -> str:
    """The table of what the fuzzer found."""
    rows = [(one["found"], one["mended"], f"`{one['file']}`") for one in entries(CASES / "cases.yaml")]
    return _table(("found", "mended", "case (`tests/fuzz/cases/…`)"), rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines: list[tuple[str, ...]] = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def page(text: str) -> str:
    """The page with its generated tables as they are now, each between `<!-- name -->` and `<!-- end -->`."""
    for name, table in (("faults", faults()), ("findings", findings())):
        pattern = re.compile(f"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        assert pattern.search(text), f"no place for the table of {name}"
        text = pattern.sub(lambda match, table=table: f"{match[1]}{table}\n{match[2]}", text)  # type: ignore[misc]
    return text


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8")
    print(PAGE.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
