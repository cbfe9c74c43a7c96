"""Short ways to write a record, turned into the nodes that the model expects, each piece at its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml
from msgspec.structs import replace

from handouts.consult import when
from handouts.consult.code import is_valid, normal
from handouts.consult.dose import FORM, BadDose, amounts_in
from handouts.problems import Place, Problem
from handouts.source import Mapping, Node, Scalar, Sequence

LISTS = ("topics", "places", "findings", "conditions", "exercises", "avoid", "notes")
"""Fields of a record that are lists: a single text stands for a list of one."""
REQUIRED = {"": ("topics", "patient", "side"), "patient": ("name",), "next_visit": ("date",)}
_WORDS = ("side", "places", "edition", "paper")


@cache
def words() -> dict[str, dict[str, str]]:
    """For each field of a few values: what may be written, and the value it stands for."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table = yaml.load(Path(__file__).with_name("words.yaml").read_text("utf-8"), loader)
    return {
        field: {str(word).lower(): value for value, listed in values.items() for word in listed}
        for field, values in table.items()
    }


def value_of(field: str, text: str) -> str:
    """The value that a word stands for (右 → right); a text that is none is given back."""
    return words()[field].get(normalize("NFKC", text).strip().lower(), text)


class Expander:
    """Turns a record's nodes into those of the model; what cannot be understood is left among `problems`."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.problems: list[Problem] = []

    def record(self, node: Mapping) -> Mapping:
        """The record with lists for single texts, mappings for doses and visits, values for words, without blanks."""
        node = _without_blanks(node, "")
        base = self._base(node)
        entries = tuple((key, self._field(key.text, child, base)) for key, child in node.entries)
        return replace(node, entries=entries)

    def _field(self, field: str, node: Node, base: date) -> Node:
        if field in LISTS and isinstance(node, Scalar):
            node = Sequence((node,), node.place)
        if field in _WORDS:
            return _each(node, lambda scalar: replace(scalar, text=value_of(field, scalar.text)))
        if field == "exercises" and isinstance(node, Sequence):
            items = (self.exercise(item) if isinstance(item, Scalar) else item for item in node.items)
            return replace(node, items=tuple(items))
        if field == "next_visit":
            return self._visit(node, base)
        if field == "previous" and isinstance(node, Scalar):
            return self._code(node)
        return _without_blanks(node, field) if isinstance(node, Mapping) else node

    def _base(self, node: Mapping) -> date:
        """The day of the consultation, from which 「2週間後」 counts."""
        said = node.get("date")
        try:
            return date.fromisoformat(said.text) if isinstance(said, Scalar) else self.today
        except ValueError:
            return self.today

    def exercise(self, node: Scalar) -> Node:
        """`hamstring-chair:20s*3*2/day` (or with =) as a choice; a name alone is one too."""
        cut = min((at for mark in ":=：＝" if (at := node.text.find(mark)) >= 0), default=len(node.text))
        name, dose = node.text[:cut], node.text[cut + 1 :]
        entries = [(_key("exercise", node), replace(node, text=name.strip(), length=max(1, len(name)), quoted=True))]
        if not dose.strip():
            return Mapping(tuple(entries), node.place)
        try:
            amounts = amounts_in(dose)
        except BadDose as bad:
            place = _moved(node, cut + 1 + bad.at)
            self.problems.append(Problem(place, f"用量「{dose.strip()}」: {bad}", f"書き方: {FORM}", length=bad.length))
            amounts = {}
        entries += [(_key(field, node), Scalar(text, node.place, node.length, True)) for field, text in amounts.items()]
        return Mapping(tuple(entries), node.place)

    def _visit(self, node: Node, base: date) -> Node:
        if isinstance(node, Mapping):
            return _without_blanks(node, "next_visit")
        if not isinstance(node, Scalar):
            return node
        try:
            day, time = when.moment(node.text, base)
        except (ValueError, OverflowError) as error:
            why = str(error) if isinstance(error, ValueError) else "日が遠すぎます。"
            self.problems.append(Problem(node.place, f"次の受診: {why}", when.FORM, length=node.length))
            day, time = base, None
        entries = [(_key("date", node), replace(node, text=day.isoformat(), quoted=True))]
        if time:
            entries.append((_key("time", node), replace(node, text=time, quoted=True)))
        return Mapping(tuple(entries), node.place)

    def _code(self, node: Scalar) -> Scalar:
        if is_valid(node.text):
            return replace(node, text=normal(node.text))
        hint = "前の紙の右下の「XXXX-XXXX-X」を、1字ずつ確かめてください(0・O・1・I は使われません)。"
        self.problems.append(
            Problem(node.place, "資料の番号(previous)に書き間違いがあります。", hint, length=node.length)
        )
        return replace(node, text="2222-2222-2")


def _each(node: Node, change: Callable[[Scalar], Scalar]) -> Node:
    if isinstance(node, Sequence):
        return replace(node, items=tuple(_each(item, change) for item in node.items))
    return change(node) if isinstance(node, Scalar) else node


def _without_blanks(node: Mapping, field: str) -> Mapping:
    """Without what was left blank, as in a form that is filled in: it is as if it were not there."""
    needed = REQUIRED.get(field, ())
    kept = tuple((key, child) for key, child in node.entries if key.text in needed or not is_blank(child))
    return replace(node, entries=kept)


def is_blank(node: Node) -> bool:
    """Whether nothing is written there."""
    if isinstance(node, Scalar):
        return node.is_null or not node.text.strip()
    return isinstance(node, Sequence) and not node.items


def _key(name: str, node: Scalar) -> Scalar:
    return Scalar(name, node.place, node.length, True)


def _moved(node: Scalar, offset: int) -> Place:
    """Where a character of a scalar stands."""
    place = node.place
    if not place.line:
        return place
    row = next((row for row in reversed(node.rows) if row[0] <= offset), None)
    return Place(place.file, row[1], row[2] + offset - row[0]) if row else place
