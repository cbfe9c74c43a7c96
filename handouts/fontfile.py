"""Whether a TrueType file is whole: its table directory, the tables that a build needs, and their checksums."""

from __future__ import annotations

import struct
import sys
from array import array
from pathlib import Path

from handouts.disk import reason
from handouts.problems import Place, Problem

BROKEN_HINT = "ファイルを入れ直してください。"

_REQUIRED = (b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp")
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_OTHERS = {
    b"OTTO": "TrueTypeの輪郭(glyf)を持たないフォントは埋めこめません。",
    b"ttcf": "いくつものフォントをまとめたファイル(.ttc)は使えません。",
    b"wOFF": "ウェブ用のフォント(.woff)は使えません。",
    b"wOF2": "ウェブ用のフォント(.woff2)は使えません。",
}
_ENTRY = struct.Struct(">4sIII")
"""A table's tag, checksum, offset and length (OpenType, "Table Directory")."""


def damage(path: Path, *, sums: bool = True) -> list[Problem]:
    """What keeps a file from being used as a TrueType font; empty if nothing does.

    With `sums` the whole file is read and each table is measured by its checksum (about 7 ms per MB).
    """
    try:
        with path.open("rb") as file:
            head = file.read(12)
            size = file.seek(0, 2)
            if head[:4] not in _TRUETYPE:
                message = _OTHERS.get(head[:4], "フォントとして読めません。")
                hint = "同じ書体のTrueType版(.ttf)を使ってください。" if head[:4] in _OTHERS else BROKEN_HINT
                return [Problem(Place(str(path)), message, hint)]
            file.seek(0)
            data = file.read() if sums else file.read(12 + _ENTRY.size * _count(head))
    except OSError as error:
        return [Problem(Place(str(path)), f"フォントを読めません({reason(error)})。", "権限と場所を確かめてください。")]
    if fault := _fault(data, size, sums):
        return [Problem(Place(str(path)), f"フォントが壊れています({fault})。", BROKEN_HINT)]
    return []


def _count(head: bytes) -> int:
    return int.from_bytes(head[4:6], "big")


def _fault(data: bytes, size: int, sums: bool) -> str:
    """What is wrong with a font of `size` bytes that begins with, or is, `data`; empty if nothing is."""
    count = _count(data)
    if len(data) < 12 + _ENTRY.size * count:
        return "途中で切れています"
    tables = {tag: entry for tag, *entry in (_ENTRY.unpack_from(data, 12 + _ENTRY.size * n) for n in range(count))}
    for tag, (_, offset, length) in tables.items():
        if offset + length > size:
            return f"途中で切れています: {_name(tag)}"
    for tag in _REQUIRED:
        if tag not in tables or not tables[tag][2]:
            return f"{_name(tag)} の表がありません"
    if sums:
        for tag, (told, offset, length) in tables.items():
            if told not in _sums(tag, data[offset : offset + length]):
                return f"{_name(tag)} の表の中身が変わっています"
    return ""


def _sums(tag: bytes, table: bytes) -> set[int]:
    """The checksums that a table may have: `head` is measured with its own adjustment as zero, or by some tools not."""
    if tag == b"head" and len(table) >= 12:
        return {_sum(table), _sum(table[:8] + bytes(4) + table[12:])}
    return {_sum(table)}


def _sum(table: bytes) -> int:
    words = array("I", table + bytes(-len(table) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _name(tag: bytes) -> str:
    return tag.decode("ascii", "replace").strip()
