"""The Internet Printing Protocol on the wire: a request as bytes, and an answer's bytes as groups of named values.

RFC 8010, section 3. Of an answer's values integers, booleans, ranges and all kinds of text are decoded; the inside of
collections is passed over, since nothing here asks for one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Value = int | str | tuple[int, int] | None
"""A boolean is 0 or 1, a range its two ends; None is a value without one ("unknown", "no-value"), or of a kind that is
not decoded."""

Attribute = tuple[int, str, Sequence[str | int]]
"""Tag, name and values of what is asked."""

OPERATION, JOB, END, PRINTER = 0x01, 0x02, 0x03, 0x04
"""Tags that begin a group of attributes; END ends the last one."""
INTEGER, BOOLEAN, ENUM, RANGE = 0x21, 0x22, 0x23, 0x33
TEXT_WITH_LANGUAGE, NAME_WITH_LANGUAGE = 0x35, 0x36
NAME, KEYWORD, URI, CHARSET, LANGUAGE = 0x42, 0x44, 0x45, 0x47, 0x48
TEXTS = range(0x41, 0x4A)
"""Text, name, keyword, URI, charset, language and media type, each as it stands."""
COLLECTION, COLLECTION_END = 0x34, 0x37
FIRST_VALUE = 0x10
"""Lower tags begin a group."""

CANCEL_JOB, GET_JOB_ATTRIBUTES, GET_JOBS, GET_PRINTER_ATTRIBUTES = 0x0008, 0x0009, 0x000A, 0x000B
CUPS_GET_PRINTERS = 0x4002
"""Operations (RFC 8011, section 5.4.15, and the CUPS extensions)."""

NOT_FOUND = 0x0406
"""The status of an answer on what is not there; below 0x0100 all went well (RFC 8011, appendix B)."""


class Garbled(ValueError):
    """An answer that breaks the protocol."""


@dataclass(frozen=True, slots=True)
class Group:
    """The attributes of one thing, for instance of a printer."""

    tag: int
    values: Mapping[str, Sequence[Value]]

    def number(self, name: str, default: int = 0) -> int:
        """The first value where that is a number."""
        first = next(iter(self.values.get(name, ())), None)
        return first if isinstance(first, int) else default

    def text(self, name: str) -> str:
        """The first value where that is text, else nothing."""
        return next(iter(self.texts(name)), "")

    def texts(self, name: str) -> tuple[str, ...]:
        """All values that are text."""
        return tuple(value for value in self.values.get(name, ()) if isinstance(value, str))

    def most(self, name: str) -> int:
        """The upper end of the first range; 0 where there is none."""
        first = next(iter(self.values.get(name, ())), None)
        return first[1] if isinstance(first, tuple) else 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of a request, and the groups that came with it."""

    status: int
    groups: tuple[Group, ...]

    @property
    def good(self) -> bool:
        """Whether what was asked for was done."""
        return self.status < 0x0100

    def of(self, tag: int) -> list[Group]:
        """The groups of one kind."""
        return [group for group in self.groups if group.tag == tag]


def request(operation: int, attributes: Iterable[Attribute] = ()) -> bytes:
    """A request whose attributes are (tag, name, values); the two that every request begins with are added."""
    head = struct.pack(">BBhiB", 2, 0, operation, 1, OPERATION)
    first: list[Attribute] = [
        (CHARSET, "attributes-charset", ["utf-8"]),
        (LANGUAGE, "attributes-natural-language", ["en"]),
    ]
    body = b"".join(_attribute(tag, name, values) for tag, name, values in (*first, *attributes))
    return head + body + bytes([END])


def _attribute(tag: int, name: str, values: Sequence[str | int]) -> bytes:
    """One attribute; each value after the first has an empty name."""
    named = [name, *[""] * (len(values) - 1)]
    return b"".join(
        bytes([tag]) + _sized(name.encode()) + _sized(_encoded(value))
        for name, value in zip(named, values, strict=True)
    )


def _encoded(value: str | int) -> bytes:
    if isinstance(value, str):
        return value.encode()
    return struct.pack(">?" if isinstance(value, bool) else ">i", value)


def _sized(data: bytes) -> bytes:
    return struct.pack(">H", len(data)) + data


def answer(data: bytes) -> Answer:
    """What a printer or scheduler answered. Raises Garbled."""
    reader = _Reader(data)
    _, status, _ = struct.unpack(">HHi", reader.take(8))
    groups: list[tuple[int, dict[str, list[Value]]]] = []
    name = ""
    while (tag := reader.take(1)[0]) != END:
        if tag < FIRST_VALUE:
            groups.append((tag, {}))
            continue
        if not groups:
            raise Garbled("a value before the first group")
        name = reader.text() or name
        raw = reader.sized()
        if tag == COLLECTION:
            reader.pass_collection()
        groups[-1][1].setdefault(name, []).append(_decoded(tag, raw))
    return Answer(status, tuple(Group(tag, values) for tag, values in groups))


def _decoded(tag: int, raw: bytes) -> Value:
    if tag in TEXTS:
        return raw.decode(errors="replace")
    if tag in (TEXT_WITH_LANGUAGE, NAME_WITH_LANGUAGE):
        inner = _Reader(raw)
        inner.sized()
        return inner.text()
    try:
        if tag in (INTEGER, ENUM):
            return int(struct.unpack(">i", raw)[0])
        if tag == BOOLEAN:
            return int(struct.unpack(">?", raw)[0])
        if tag == RANGE:
            lower, upper = struct.unpack(">ii", raw)
            return lower, upper
    except struct.error as error:
        raise Garbled(str(error)) from None
    return None


@dataclass(slots=True)
class _Reader:
    """Reads on; Garbled where less is there than was announced."""

    data: bytes
    at: int = field(default=0)

    def take(self, count: int) -> bytes:
        piece = self.data[self.at : self.at + count]
        if len(piece) < count:
            raise Garbled(f"{count} bytes were to come at {self.at}, {len(piece)} are there")
        self.at += count
        return piece

    def sized(self) -> bytes:
        return self.take(int(struct.unpack(">H", self.take(2))[0]))

    def text(self) -> str:
        return self.sized().decode(errors="replace")

    def pass_collection(self) -> None:
        """Go on behind the end of a collection; others may lie in it."""
        depth = 1
        while depth:
            tag = self.take(1)[0]
            if tag < FIRST_VALUE:
                raise Garbled("a group ends inside a collection")
            self.sized()
            self.sized()
            depth += (tag == COLLECTION) - (tag == COLLECTION_END)
