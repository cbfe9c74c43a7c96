"""A newline inside a text that YAML folds: a space between Latin words, nothing next to Japanese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from handouts.source.nodes import Rows

BREAK = re.compile("\r\n|\r|\n")
_BLANK = " \t"
_MARKS = "*{}"
"""Marks of emphasis and readings: what counts is the character beyond them."""
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPED = dict(zip("0abtnvfreN_LP\t", "\0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029\t", strict=True))


def refold(value: str, style: str, raw: str, line: int, column: int) -> tuple[str, Rows]:
    """`value`, which YAML made of `raw`, without the spaces that folding its lines put beside Japanese; and its rows.

    `raw` is the scalar as written at `line` and `column`, with quotes or block header; `style` is YAML's: "" (plain),
    "'", '"', ">" or "|". Spaces typed within a line and empty lines (a newline each) stay. Where the lines cannot be
    found again in `value` (rare escapes at a line's end) it is returned as it is, without rows.
    """
    lines = BREAK.split(raw)
    pieces = _block_pieces(value, lines) if style in ("|", ">") else _flow_pieces(style, lines)
    folded, at = "", 0
    rows: list[tuple[int, int, int]] = []
    for number, (piece, skipped) in enumerate(pieces):
        if not piece:
            continue
        end = at + len(value[at:]) - len(value[at:].lstrip("\n"))
        if at and end == at and piece[0] not in _BLANK and value.startswith(" ", at):
            end += 1
        if not value.startswith(piece, end):
            return value, ()
        gap = value[at:end]
        if gap == " " and _closes_up(folded, piece):
            folded, gap = folded.rstrip(_BLANK), ""
        folded += gap
        rows.append((len(folded), line + number, skipped + (1 if number else column)))
        folded += piece
        at = end + len(piece)
    return folded + value[at:], tuple(rows)


def is_japanese(character: str) -> bool:
    """Whether it is set without word spaces: wide, half-width kana, or a symbol that is wide among Japanese."""
    width = east_asian_width(character)
    return width in "WFH" or (width == "A" and not character.isalpha())


def _closes_up(left: str, right: str) -> bool:
    before = left[-40:].rstrip(_BLANK + _MARKS)
    after = right[:40].lstrip(_MARKS)
    return any(is_japanese(text) for text in (before[-1:], after[:1]) if text)


def _flow_pieces(style: str, lines: list[str]) -> Iterator[tuple[str, int]]:
    """What each line of a plain or quoted scalar adds to its value, and how many characters stand before that."""
    quote = len(style)
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        piece = line[: len(line) - quote] if last else line
        piece = piece.lstrip(_BLANK) if number else piece[quote:]
        skipped = len(line) - quote * last - len(piece)
        if not last:
            piece = piece[:-1] if style == '"' and piece.endswith("\\") else piece.rstrip(_BLANK)
        if style == '"':
            piece = _ESCAPE.sub(_unescape, piece)
        elif style == "'":
            piece = piece.replace("''", "'")
        yield piece, skipped


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _ESCAPED.get(code, code)


def _block_pieces(value: str, lines: list[str]) -> Iterator[tuple[str, int]]:
    """What each line of a | or > scalar adds to its value, the line without the block's indentation, and that."""
    first = next((line for line in lines[1:] if line.strip(" ")), "")
    indent = max(0, _leading(first) - _leading(value.lstrip("\n")))
    return ((line[indent:] if number else "", indent) for number, line in enumerate(lines))


def _leading(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
