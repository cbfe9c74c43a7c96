"""Joins files that `write` made into one, tags and all, each from a new leaf; memory holds one at a time."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5, sha256
from typing import BinaryIO

from handouts.pdf.objects import ZLIB_LEVEL

MOST_OBJECTS = 8_388_607
"""Indirect objects of a file (ISO 19005-2, 6.1.13)."""
GROUP = 64
"""Kids of a node of the page tree."""
_LEAST_SHARED = 400
"""Bytes from which a stream is looked for among those that are written already."""

_REPEATED = (b"/Length1", b"/Subtype/Image", b"/Subtype/Form")
"""What the dictionary of a stream that comes again begins with: a font, a logo, a picture."""

_START = re.compile(rb"startxref\n([0-9]+)\n%%EOF\s*$")
_STREAM = re.compile(rb"([0-9]+) 0 obj\n<<([^\n]*)/Length ([0-9]+)>>\nstream\n")
_TRAILER = re.compile(rb"/Size ([0-9]+)/W\[1 4 2\]/Root ([0-9]+) 0 R/Info ([0-9]+) 0 R/ID\[<([0-9a-f]{32})>")
_PACKED = re.compile(rb"/Type/ObjStm/N ([0-9]+)/First ([0-9]+)")
# A string comes first: what looks like a reference in it is none.
_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b([0-9]+) 0 R\b", re.DOTALL)
_SEQUENCE = re.compile(rb"([0-9]+)\[([^\]]*)\]")
_BLANK = b"<</Type/Page/Parent %d 0 R/MediaBox[%s]/Resources<<>>>>"


@dataclass(frozen=True, slots=True)
class Part:
    """A file in its pieces: streams as they stand in it, all other objects, and the numbers that matter."""

    streams: dict[int, bytes]
    objects: dict[int, bytes]
    root: int
    info: int
    identity: bytes

    def entry(self, number: int, key: bytes) -> int:
        """The object that a key of a dictionary leads to."""
        return int(_found(rb"/" + key + rb" ([0-9]+) 0 R", self.objects[number])[1])


class Joiner:
    """Writes one file of many to `file`, which need only take bytes; `close` ends it.

    All parts have one title, author and date: those of the first are the whole's. ValueError: a part that `write` did
    not make, or too many of them.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.count = 0
        self.sides = 0
        self._file = file
        self._offset = 0
        self._table = bytearray(8)
        self._shared: dict[bytes, int] = {}
        self._identity = md5(usedforsecurity=False)
        self._root, self._tree, self._document, self._parents, self._catalog, self._info = (
            self._new() for _ in "123456"
        )
        self._group = self._new()
        self._kids: list[tuple[int, int]] = []
        self._groups: list[tuple[int, int]] = []
        self._elements: list[int] = []
        self._leaves: list[int] = []
        self._ends: dict[int, bytes] = {}
        self._pages = 0
        self._write(b"%PDF-1.7\n%\x93\x8c\x8b\x9e\n")

    def add(self, data: bytes) -> None:
        """One more file; after an odd number of sides, its leaf's back stays white."""
        part = _parted(data)
        numbers = self._numbers(part)
        if not self.count:
            self._keep_head(part, numbers)
        self._identity.update(part.identity)
        pages = part.entry(part.root, b"Pages")
        tree = part.entry(part.root, b"StructTreeRoot")
        element = part.entry(tree, b"K")
        leaf = part.entry(tree, b"ParentTree")
        sides, base = len(_kids(part, pages)), self._pages
        packed: dict[int, bytes] = {}
        for number, body in part.objects.items():
            if number in (part.root, part.info, tree):
                continue
            if number == element:
                body = body.replace(b"/S/Document", b"/S/Part", 1)
            if number == leaf:
                body = _later(body, base, sides)
            body = re.sub(
                rb"/StructParents ([0-9]+)", lambda match: b"/StructParents %d" % (int(match[1]) + base), body
            )
            packed[numbers[number]] = _renumbered(body, numbers)
        self._hang(numbers[pages], packed, [numbers[kid] for kid in _kids(part, pages)])
        self._pack(packed)
        self._elements.append(numbers[element])
        self._leaves.append(numbers[leaf])
        self._pages += sides
        self.count += 1

    def close(self) -> None:
        """Writes what holds the parts together. ValueError where there are none."""
        if not self.count:
            raise ValueError("nothing to join")
        if self._kids:
            self._end_group()
        self._ends[self._root] = _node(b"", self._groups)
        self._ends[self._tree] = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>" % (
            *(self._document, self._parents, self._pages),
        )
        self._ends[self._document] = b"<</S/Document/P %d 0 R/K[%s]>>" % (self._tree, _list(self._elements))
        self._ends[self._parents] = b"<</Kids[%s]>>" % _list(self._leaves)
        self._pack(self._ends)
        start, number = self._offset, self._new()
        self._place(number, 1, start, 0)
        identity = self._identity.hexdigest().encode()
        entries = b"/Type/XRef/Size %d/W[1 5 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]" % (
            *(number + 1, self._catalog, self._info, identity, identity),
        )
        self._stream(number, entries, bytes(self._table), placed=True)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _numbers(self, part: Part) -> dict[int, int]:
        """New numbers for the objects of a part, whose streams are written; one that is there already is that one."""
        numbers = {}
        kept = {part.entry(part.root, b"Metadata"), part.entry(part.root, b"DestOutputProfile")}
        for number, body in part.streams.items():
            digest = sha256(body).digest()[:16] if len(body) >= _LEAST_SHARED else b""
            if digest in self._shared:
                numbers[number] = self._shared[digest]
            elif number not in kept or not self.count:
                numbers[number] = self._copy(body)
                if digest and any(kind in body[:40] for kind in _REPEATED):
                    self._shared[digest] = numbers[number]
        numbers |= {number: self._new() for number in part.objects if number not in (part.root, part.info)}
        numbers[part.entry(part.root, b"StructTreeRoot")] = self._document
        return numbers

    def _keep_head(self, part: Part, numbers: dict[int, int]) -> None:
        """What the whole says of itself is what its first part said."""
        moved = numbers | {
            part.entry(part.root, b"Pages"): self._root,
            part.entry(part.root, b"StructTreeRoot"): self._tree,
        }
        catalog = _renumbered(part.objects[part.root], moved)
        if b"/Duplex" not in catalog:
            catalog = catalog.replace(b"/PrintScaling/None", b"/PrintScaling/None/Duplex/DuplexFlipLongEdge")
        self._ends[self._catalog] = catalog
        self._ends[self._info] = part.objects[part.info]

    def _hang(self, number: int, packed: dict[int, bytes], kids: list[int]) -> None:
        """Hangs a part's pages into the page tree, with a white back for its last leaf where it has none."""
        if len(self._kids) == GROUP:
            self._end_group()
        if len(kids) % 2:
            blank = self._new()
            box = _found(rb"/MediaBox \[([^\]]*)\]", packed[kids[-1]])[1]
            packed[blank] = _BLANK % (number, box.strip())
            kids = [*kids, blank]
        self._kids.append((number, len(kids)))
        self.sides += len(kids)
        packed[number] = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % (self._group, len(kids), _list(kids))

    def _end_group(self) -> None:
        self._ends[self._group] = _node(b"/Parent %d 0 R" % self._root, self._kids)
        self._groups.append((self._group, sum(count for _, count in self._kids)))
        self._kids, self._group = [], self._new()

    def _pack(self, objects: dict[int, bytes]) -> None:
        """Objects that are no streams, in one object stream (ISO 32000-1, 7.5.7)."""
        holder = self._new()
        index, bodies, offset = [], [], 0
        for place, (number, body) in enumerate(objects.items()):
            index.append(b"%d %d" % (number, offset))
            bodies.append(body)
            offset += len(body) + 1
            self._place(number, 2, holder, place)
        head = b" ".join(index) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
        self._stream(holder, entries, head + b"\n".join(bodies))

    def _stream(self, number: int, entries: bytes, content: bytes, *, placed: bool = False) -> None:
        if not placed:
            self._place(number, 1, self._offset, 0)
        packed = zlib.compress(content, ZLIB_LEVEL)
        head = b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n" % (number, entries, len(packed))
        self._write(head + packed + b"\r\nendstream\nendobj\n")

    def _copy(self, body: bytes) -> int:
        number = self._new()
        self._place(number, 1, self._offset, 0)
        self._write(b"%d 0 obj\n" % number + body)
        return number

    def _new(self) -> int:
        number = len(self._table) // 8
        if number > MOST_OBJECTS:
            raise ValueError("too many objects")
        self._table += bytes(8)
        return number

    def _place(self, number: int, kind: int, first: int, second: int) -> None:
        self._table[8 * number : 8 * number + 8] = bytes([kind]) + first.to_bytes(5, "big") + second.to_bytes(2, "big")

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._offset += len(data)


def _parted(data: bytes) -> Part:
    start = int(_found(_START, data[-64:])[1])
    head, table = _stream_at(data, start)
    size, root, info = (int(number) for number in _found(_TRAILER, head).groups()[:3])
    offsets, holder = {}, 0
    for number in range(1, size):
        entry = table[7 * number : 7 * number + 7]
        if entry[0] == 1:
            offsets[number] = int.from_bytes(entry[1:5], "big")
        else:
            holder = int.from_bytes(entry[1:5], "big")
    ends = dict(zip(offsets, [*list(offsets.values())[1:], len(data)], strict=True))
    streams = {
        number: data[data.index(b"\n", offset) + 1 : ends[number]]
        for number, offset in offsets.items()
        if number != holder and offset != start
    }
    objects = dict(_unpacked(*_stream_at(data, offsets[holder])))
    return Part(streams, objects, root, info, _found(_TRAILER, head)[4])


def _stream_at(data: bytes, offset: int) -> tuple[bytes, bytes]:
    """The dictionary and the content of a compressed stream."""
    found = _STREAM.match(data, offset)
    if found is None:
        raise ValueError("not a file that this program wrote")
    return found[2], zlib.decompress(data[found.end() : found.end() + int(found[3])])


def _unpacked(head: bytes, content: bytes) -> Iterator[tuple[int, bytes]]:
    first = int(_found(_PACKED, head)[2])
    numbers = [int(number) for number in content[:first].split()]
    offsets = [first + offset for offset in numbers[1::2]]
    for number, begin, end in zip(numbers[::2], offsets, [*offsets[1:], len(content) + 1], strict=True):
        yield number, content[begin : end - 1].rstrip(b"\n")


def _kids(part: Part, node: int) -> list[int]:
    kids = _found(rb"/Kids \[([^\]]*)\]", part.objects[node])[1]
    return [int(number) for number in re.findall(rb"([0-9]+) 0 R", kids)]


def _later(body: bytes, base: int, sides: int) -> bytes:
    """A leaf of the number tree whose keys begin at `base`."""
    nums = b"".join(b"%d[%s]" % (int(key) + base, value) for key, value in _SEQUENCE.findall(body.partition(b"[")[2]))
    return b"<</Limits[%d %d]/Nums[%s]>>" % (base, base + sides - 1, nums)


def _renumbered(body: bytes, numbers: dict[int, int]) -> bytes:
    return _REFERENCE.sub(lambda match: b"%d 0 R" % numbers[int(match[1])] if match[1] else match[0], body)


def _node(head: bytes, kids: list[tuple[int, int]]) -> bytes:
    count = sum(count for _, count in kids)
    return b"<</Type/Pages%s/Count %d/Kids[%s]>>" % (head, count, _list([number for number, _ in kids]))


def _list(numbers: list[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _found(pattern: re.Pattern[bytes] | bytes, data: bytes) -> re.Match[bytes]:
    found = re.search(pattern, data)
    if found is None:
        raise ValueError("not a file that this program wrote")
    return found
