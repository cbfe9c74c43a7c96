"""The texts of a sheet as data, and how one sheet differs from another of the same form; imports nothing of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Block = dict[str, Any]
"""A piece of a sheet; `kind` is h1, h2, h3, p, list, table, figure, qr, or beside (a figure or qr beside blocks)."""
Leaf = dict[str, Any]
"""A text: `n` (its number in the sheet), `text`, `bold`."""


def leaves(blocks: list[Block]) -> Iterator[Leaf]:
    """All texts of the blocks, in reading order."""
    for block in blocks:
        if "text" in block:
            yield block
        yield from block.get("items", ())
        for row in block.get("rows", ()):
            yield from row
        yield from leaves(block.get("blocks", []))


def texts(content: dict[str, Any]) -> list[str]:
    """Every text that must be on the paper."""
    return [leaf["text"] for leaf in leaves(content["blocks"]) if leaf["text"]]


def changes(base: dict[str, Any], other: dict[str, Any]) -> dict[str, str]:
    """What another sheet of the same form says: text by leaf number, the code as `qr`, the running foot as `foot`.

    ValueError: it is of another form.
    """
    found = {}
    for one, two in zip(leaves(base["blocks"]), leaves(other["blocks"]), strict=True):
        if one["n"] != two["n"] or bool(one["text"]) != bool(two["text"]):
            raise ValueError("the two sheets have not the same form")
        if one["text"] != two["text"]:
            found[one["n"]] = two["text"]
    for name in ("qr", "foot"):
        if base[name] != other[name]:
            found[name] = other[name]
    return found


class Sheets:
    """Sheets of one form: the first, and by number what the others say instead; only one is held at a time."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.sheet = data["sheet"]
        self._differences = data["differences"]
        self._first = {leaf["n"]: leaf["text"] for leaf in leaves(self.sheet["blocks"])}
        self._kept = {name: self.sheet[name] for name in ("qr", "foot")}

    def turn_to(self, number: int) -> dict[str, str]:
        """Make `sheet` the one of that number; returns what it says that the first does not."""
        difference = self._differences[number % len(self._differences)]
        said: dict[str, str] = difference["said"]
        for leaf in leaves(self.sheet["blocks"]):
            leaf["text"] = said.get(leaf["n"], self._first[leaf["n"]])
        for name, first in self._kept.items():
            self.sheet[name] = said.get(name, first)
        self.sheet |= {"rows": difference["rows"], "number": number % len(self._differences)}
        return said
