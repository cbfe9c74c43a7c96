"""Ways to change a file, each a small pure function of its bytes: by its YAML nodes, by its cells, by its text."""

from __future__ import annotations

import copy
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

PIECES = (
    *("\t", " ", "  ", "\n", "\r\n", "\r", "\u3000", ":", ": ", "- ", "? ", "#", " #", "&a ", "*a", "!!str ", "|"),
    *(">-", "%", "@", "`", "'", '"', "[", "]", "{", "}", ",", "~", "null", "<<: ", "---\n", "...\n", "\\", "\0"),
    *("\x1b", "\ufeff", "\u2028", "\x85", "１", "9" * 400, "1e999", ".nan", "true", "𠮷", "葛\U000e0100", "\u3099"),
    *("\u202e", "**", "|かな}", "{漢字|かんじ}", "[active:片脚]", "[other:", "____", "\u200d", "\U0010ffff"),
)
"""What is put into a text."""
VALUES = (
    *("", " ", "0", "-1", "1", "2", "7", "13", "99", "1000", "1000000000", "1e9", "0.001", "-0.5", ".inf", ".nan"),
    *("１２", "true", "false", "yes", "null", "~", "右", "left", "both", "large", "easy", "ruby", "a4", "running"),
    *("2026-11-22", "2024-02-30", "9999-12-31", "0001-01-01", "2週間後", "25:61", "20s*3*2/day", "0s*0*0/day"),
    *("9:00〜8:00", "月火水木金土日祝", "https://例え.jp/" + "a" * 60, "javascript:alert(1)", "000-000-0000"),
    *("#FFFFFF", "#000000", "#12", "../../x", "a/b", "x" * 300, "膝" * 5, "膝" * 80, "膝" * 4000, "膝 " * 700),
    *("あ。" * 300, "「" * 40, "」" * 40, "。", "ー" * 50, "W" * 200, "\U0001f9b5", "𓀀", "𠮷" * 30, "か\u3099" * 20),
    *("葛\U000e0100城", "\u0301" * 300, "\u202e右", "a\u200bb", "{膝|ひざ}" * 40, "**太字**" * 30, "{膝|ひ", "**"),
    *("[active:片脚]" * 9, "[active:", "1〜3", "3〜1", "１〜３", "A\nB\n\nC", "\n" * 90, "\u00ad", "½", "㍻", "①"),
)
"""What stands in place of a value: edges of numbers, dates, words of ours, texts that are hard to set."""
BYTES = (b"\xff", b"\x00", b"\x82\xa0", b"\xa4\xa2", b"\xe3\x81", b"\xf0\x9f", b"\xed\xa0\x80", b"\x1b$B", b"\xff\xfe")
ENCODINGS = ("utf-8-sig", "cp932", "utf-16", "utf-16-le", "euc_jp", "iso2022_jp", "utf-7")
_DIGITS = re.compile("[0-9]+([.][0-9]+)?")
LARGEST = 300_000
"""Bytes: changes that would make a file larger are not made."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: of which kind, where, and with what; any numbers will do."""

    kind: str
    where: int
    what: int


def mutated(data: bytes, changes: Sequence[Mutation], donors: Sequence[bytes] = ()) -> bytes:
    """The file with all changes made, one after another; one that cannot be made is none. `donors` are files whose
    parts may be taken over."""
    for change in changes:
        after = _once(data, change, donors)
        data = after if len(after) <= LARGEST else data
    return data


def _once(data: bytes, change: Mutation, donors: Sequence[bytes]) -> bytes:
    if change.kind in NODES:
        return _in_nodes(data, change, donors)
    if change.kind in CELLS:
        return _in_cells(data, change)
    return TEXT[change.kind](data, change.where, change.what)


# -- by nodes --


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a node hangs: the items of its parent, and the number among them; in a mapping, the key before it."""

    parent: Any
    index: int

    @property
    def node(self) -> Any:
        item = self.parent.value[self.index]
        return item[1] if isinstance(item, tuple) else item

    @property
    def key(self) -> str:
        item = self.parent.value[self.index]
        return str(item[0].value) if isinstance(item, tuple) else ""

    def put(self, node: Any) -> None:
        item = self.parent.value[self.index]
        self.parent.value[self.index] = (item[0], node) if isinstance(item, tuple) else node


def _slots(node: Any, seen: set[int] | None = None) -> Iterator[_Slot]:
    """All places below a node, each node once."""
    seen = set() if seen is None else seen
    if isinstance(node, yaml.ScalarNode) or id(node) in seen:
        return
    seen.add(id(node))
    for index in range(len(node.value)):
        slot = _Slot(node, index)
        yield slot
        yield from _slots(slot.node, seen)


def _composed(data: bytes) -> Any:
    """The root node of a file; None where it is no YAML, or a single scalar."""
    try:
        root = yaml.compose(data.decode("utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return None if root is None or isinstance(root, yaml.ScalarNode) else root


def _in_nodes(data: bytes, change: Mutation, donors: Sequence[bytes]) -> bytes:
    root = _composed(data)
    slots = list(_slots(root)) if root is not None else []
    if not slots:
        return data
    slot = slots[change.where % len(slots)]
    if change.kind == "graft":
        other = _composed(donors[change.what % len(donors)]) if donors else None
        found = [one for one in _slots(other) if one.key == slot.key] if other is not None else []
        if found:
            slot.put(copy.deepcopy(found[change.what % len(found)].node))
    else:
        NODES[change.kind](slot, change.what, slots)
    try:
        made = yaml.serialize(root, Dumper=_DUMPER, allow_unicode=True, width=4000, encoding="utf-8")
    except (yaml.YAMLError, ValueError, RecursionError):
        return data
    return bytes(made)


def _scalar(text: str, style: str | None = None) -> Any:
    tag = "tag:yaml.org,2002:str"
    return yaml.ScalarNode(tag, text, style=style) if style else _plain(text)


def _plain(text: str) -> Any:
    """A scalar that is written without quotes where it can be."""
    resolver: Any = _LOADER.yaml_implicit_resolvers
    for tag, form in [*resolver.get(text[:1], []), *resolver.get(None, [])]:
        if form.match(text):
            return yaml.ScalarNode(tag, text)
    return yaml.ScalarNode("tag:yaml.org,2002:str", text)


def _drop(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    del slot.parent.value[slot.index]


def _double(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    slot.parent.value.insert(slot.index, copy.deepcopy(slot.parent.value[slot.index]))


def _grow(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    item = slot.parent.value[slot.index]
    slot.parent.value[slot.index : slot.index] = [copy.deepcopy(item) for _ in range(2 + what % 30)]


def _swap(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    items = slot.parent.value
    other = what % len(items)
    items[slot.index], items[other] = items[other], items[slot.index]


def _value(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    text = VALUES[what % len(VALUES)]
    slot.put(_scalar(text, '"' if what // len(VALUES) % 3 == 0 else None))


def _splice(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    slot.put(copy.deepcopy(slots[what % len(slots)].node))


def _nest(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    node = slot.node
    for _ in range((1, 2, 60)[what % 3]):
        node = yaml.SequenceNode("tag:yaml.org,2002:seq", [node], flow_style=True)
    slot.put(node)


def _unwrap(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    node = slot.node
    if not isinstance(node, yaml.ScalarNode) and node.value:
        slot.put(_Slot(node, what % len(node.value)).node)


def _empty(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    kind = what % 3
    tag = "tag:yaml.org,2002:"
    slot.put(
        (yaml.SequenceNode(tag + "seq", []), yaml.MappingNode(tag + "map", []), yaml.ScalarNode(tag + "null", ""))[kind]
    )


def _rename(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    item = slot.parent.value[slot.index]
    if isinstance(item, tuple):
        keys = [one.key for one in slots if one.key]
        slot.parent.value[slot.index] = (_scalar(keys[what % len(keys)]), item[1])


def _stretch(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    if isinstance(slot.node, yaml.ScalarNode):
        slot.put(_scalar(slot.node.value * (2, 3, 8, 60)[what % 4], slot.node.style))


def _sprinkle(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    node = slot.node
    if isinstance(node, yaml.ScalarNode):
        at = what // len(PIECES) % (len(node.value) + 1)
        slot.put(_scalar(node.value[:at] + PIECES[what % len(PIECES)] + node.value[at:], '"'))


def _cut(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    if isinstance(slot.node, yaml.ScalarNode):
        slot.put(_scalar(slot.node.value[: what % (len(slot.node.value) + 1)], slot.node.style))


def _number(slot: _Slot, what: int, slots: list[_Slot]) -> None:
    """Another number in place of one that stands anywhere in a text of the file."""
    numeric = [one for one in slots if isinstance(one.node, yaml.ScalarNode) and _DIGITS.search(one.node.value)]
    if not numeric:
        return
    chosen = numeric[slots.index(slot) % len(numeric)]
    found = list(_DIGITS.finditer(chosen.node.value))
    one = found[what % len(found)]
    news = ("0", "1", "-1", "2", "3", "10", "45", "100", "999", "100000", "0.01", str(float(one[0]) * 1.5))
    text = chosen.node.value[: one.start()] + news[what // len(found) % len(news)] + chosen.node.value[one.end() :]
    chosen.put(_scalar(text, chosen.node.style))


NODES: dict[str, Callable[[_Slot, int, list[_Slot]], None]] = {
    "drop": _drop,
    "double": _double,
    "grow": _grow,
    "swap": _swap,
    "value": _value,
    "splice": _splice,
    "nest": _nest,
    "unwrap": _unwrap,
    "empty": _empty,
    "rename": _rename,
    "stretch": _stretch,
    "sprinkle": _sprinkle,
    "cut": _cut,
    "number": _number,
    "graft": _drop,
}
"""Changes by nodes; `graft` takes over a part of another file that has the same key."""


# -- by cells --


def _in_cells(data: bytes, change: Mutation) -> bytes:
    """A table with one thing done to its rows and cells; one that cannot be read stays."""
    try:
        text = data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except (ValueError, csv.Error):
        return data
    if not rows:
        return data
    row = rows[change.where % len(rows)]
    mark = CELLS[change.kind](rows, row, change.where // len(rows), change.what) or ","
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, lineterminator=("\n", "\r\n")[change.what % 2]).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cell_value(rows: list[list[str]], row: list[str], where: int, what: int) -> None:
    if row:
        row[where % len(row)] = VALUES[what % len(VALUES)]


def _cell_text(rows: list[list[str]], row: list[str], where: int, what: int) -> None:
    if row:
        cell = row[where % len(row)]
        at = what // len(PIECES) % (len(cell) + 1)
        row[where % len(row)] = cell[:at] + PIECES[what % len(PIECES)] + cell[at:]


def _cell_swap(rows: list[list[str]], row: list[str], where: int, what: int) -> None:
    if row:
        one, other = where % len(row), what % len(row)
        row[one], row[other] = row[other], row[one]


def _cell_drop(rows: list[list[str]], row: list[str], where: int, what: int) -> None:
    if row:
        del row[where % len(row)]


def _row_double(rows: list[list[str]], row: list[str], where: int, what: int) -> None:
    rows.insert(what % (len(rows) + 1), list(row))


def _row_drop(rows: list[list[str]], row: list[str], where: int, what: int) -> None:
    rows.remove(row)


def _column_drop(rows: list[list[str]], row: list[str], where: int, what: int) -> None:
    for one in rows:
        if one:
            del one[what % len(one)]


def _delimiter(rows: list[list[str]], row: list[str], where: int, what: int) -> str:
    return "\t;,|"[what % 4]


CELLS: dict[str, Callable[[list[list[str]], list[str], int, int], str | None]] = {
    "cell-value": _cell_value,
    "cell-text": _cell_text,
    "cell-swap": _cell_swap,
    "cell-drop": _cell_drop,
    "row-double": _row_double,
    "row-drop": _row_drop,
    "column-drop": _column_drop,
    "delimiter": _delimiter,
}
"""Changes of a table."""


# -- by text --


def _insert(data: bytes, where: int, what: int) -> bytes:
    text = data.decode("utf-8", "replace")
    at = where % (len(text) + 1)
    return (text[:at] + PIECES[what % len(PIECES)] + text[at:]).encode()


def _remove(data: bytes, where: int, what: int) -> bytes:
    text = data.decode("utf-8", "replace")
    at = where % (len(text) + 1)
    return (text[:at] + text[at + 1 + what % 9 :]).encode()


def _repeat(data: bytes, where: int, what: int) -> bytes:
    text = data.decode("utf-8", "replace")
    at = where % (len(text) + 1)
    return (text[:at] + text[max(0, at - 1 - what % 99) :]).encode()


def _lines(data: bytes, where: int, what: int) -> bytes:
    lines = data.decode("utf-8", "replace").split("\n")
    one, other = where % len(lines), what % len(lines)
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines).encode()


def _indent(data: bytes, where: int, what: int) -> bytes:
    lines = data.decode("utf-8", "replace").split("\n")
    one = where % len(lines)
    lines[one] = " " * (what % 5) + lines[one] if what % 2 else lines[one].removeprefix("  ")
    return "\n".join(lines).encode()


def _bytes(data: bytes, where: int, what: int) -> bytes:
    at = where % (len(data) + 1)
    return data[:at] + BYTES[what % len(BYTES)] + data[at:]


def _tail(data: bytes, where: int, what: int) -> bytes:
    return data[: where % (len(data) + 1)]


def _encode(data: bytes, where: int, what: int) -> bytes:
    return data.decode("utf-8", "replace").encode(ENCODINGS[what % len(ENCODINGS)], "replace")


TEXT: dict[str, Callable[[bytes, int, int], bytes]] = {
    "insert": _insert,
    "remove": _remove,
    "repeat": _repeat,
    "lines": _lines,
    "indent": _indent,
    "bytes": _bytes,
    "tail": _tail,
    "encode": _encode,
}
"""Changes of any file's text or bytes."""

OF_YAML = (*NODES, *NODES, *TEXT)
"""Kinds of change for a YAML file; those that keep its form come twice as often."""
OF_TABLE = (*CELLS, *CELLS, *TEXT)
"""The same for a table."""
