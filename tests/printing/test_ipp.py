"""The Internet Printing Protocol: requests byte by byte, answers, and what breaks the protocol."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.printing import ipp

ANSWER = struct.pack(">HHi", 0x0200, 0, 1)


def value(tag: int, name: str, data: bytes) -> bytes:
    return bytes([tag]) + struct.pack(">H", len(name)) + name.encode() + struct.pack(">H", len(data)) + data


def one(tag: int, data: bytes) -> list[ipp.Value]:
    """What a value of a tag is read as."""
    (group,) = ipp.answer(ANSWER + bytes([ipp.PRINTER]) + value(tag, "x", data) + bytes([ipp.END])).groups
    return list(group.values["x"])


def test_a_request_is_what_the_standard_says() -> None:
    # RFC 8010, appendix A.1, shortened: version, operation, number, group, charset, language, then what is asked.
    made = ipp.request(0x000B, [(ipp.URI, "printer-uri", ["ipp://h/p"]), (ipp.KEYWORD, "requested", ["a", "bc"])])
    assert made == (
        b"\x02\x00\x00\x0b\x00\x00\x00\x01\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x48\x00\x1battributes-natural-language\x00\x02en"
        b"\x45\x00\x0bprinter-uri\x00\x09ipp://h/p"
        b"\x44\x00\x09requested\x00\x01a"
        b"\x44\x00\x00\x00\x02bc"
        b"\x03"
    )


def test_numbers_and_truths_of_a_request() -> None:
    made = ipp.request(8, [(ipp.INTEGER, "job-id", [258]), (ipp.BOOLEAN, "purge-job", [True])])
    assert b"\x21\x00\x06job-id\x00\x04\x00\x00\x01\x02" in made
    assert b"\x22\x00\x09purge-job\x00\x01\x01" in made


@pytest.mark.parametrize(
    ("tag", "data", "read"),
    [
        (ipp.INTEGER, b"\xff\xff\xff\xfe", -2),
        (ipp.ENUM, b"\x00\x00\x00\x05", 5),
        (ipp.BOOLEAN, b"\x01", 1),
        (ipp.RANGE, b"\x00\x00\x00\x01\x00\x00\x00\x63", (1, 99)),
        (ipp.NAME, "受付".encode(), "受付"),
        (ipp.KEYWORD, b"a4", "a4"),
        (ipp.NAME, b"\xff", "\ufffd"),
        (ipp.NAME_WITH_LANGUAGE, b"\x00\x02ja\x00\x03\xe7\xb4\x99", "紙"),
        (0x12, b"", None),
        (0x30, b"bytes", None),
    ],
)
def test_values(tag: int, data: bytes, read: ipp.Value) -> None:
    assert one(tag, data) == [read]


def test_groups_and_further_values() -> None:
    first = bytes([ipp.PRINTER]) + value(ipp.KEYWORD, "sides", b"one") + value(ipp.KEYWORD, "", b"two")
    second = bytes([ipp.PRINTER]) + value(ipp.INTEGER, "n", b"\x00\x00\x00\x07")
    answer = ipp.answer(ANSWER + bytes([ipp.OPERATION]) + first + second + bytes([ipp.END]))
    assert [group.tag for group in answer.groups] == [ipp.OPERATION, ipp.PRINTER, ipp.PRINTER]
    assert answer.good
    one, two = answer.of(ipp.PRINTER)
    assert (one.texts("sides"), one.text("sides"), one.text("n"), two.number("n")) == (("one", "two"), "one", "", 7)
    assert (two.number("sides", 3), two.most("n"), two.texts("n")) == (3, 0, ())


def test_the_inside_of_collections_is_passed_over() -> None:
    inner = value(0x34, "", b"") + value(0x4A, "", b"x-dimension") + value(ipp.INTEGER, "", b"\0\0\0\1")
    whole = value(0x34, "media-col", b"") + inner + value(0x37, "", b"") + value(0x37, "", b"")
    data = bytes([ipp.PRINTER]) + whole + value(ipp.KEYWORD, "after", b"all") + bytes([ipp.END])
    (group,) = ipp.answer(ANSWER + data).groups
    assert group.values == {"media-col": [None], "after": ["all"]}


def test_a_status_tells_good_from_bad() -> None:
    status = {number: ipp.answer(struct.pack(">HHi", 0x0200, number, 1) + b"\x03").good for number in (0, 1, 0x0406)}
    assert status == {0: True, 1: True, 0x0406: False}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        ANSWER,
        ANSWER + b"\x04",
        ANSWER + value(ipp.KEYWORD, "x", b"y") + b"\x03",
        ANSWER + b"\x04" + value(ipp.INTEGER, "x", b"\x00") + b"\x03",
        ANSWER + b"\x04" + value(ipp.BOOLEAN, "x", b"") + b"\x03",
        ANSWER + b"\x04\x44\x00\x09x",
        ANSWER + b"\x04" + value(0x34, "x", b"") + b"\x03",
        ANSWER + b"\x04" + value(ipp.NAME_WITH_LANGUAGE, "x", b"\x00\x09ja") + b"\x03",
    ],
)
def test_what_breaks_the_protocol_is_told(data: bytes) -> None:
    with pytest.raises(ipp.Garbled):
        ipp.answer(data)


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(st.binary(max_size=200))
def test_whatever_comes_is_read_or_told(tail: bytes) -> None:
    try:
        answer = ipp.answer(ANSWER + b"\x04" + tail)
    except ipp.Garbled:
        return
    assert answer.groups[0].tag == ipp.PRINTER
