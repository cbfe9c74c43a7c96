"""What the YAML parser complains of, in plain Japanese, with a hint and the place that helps most."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from yaml import MarkedYAMLError

from handouts.problems import Place, Problem


class _Advice(NamedTuple):
    message: str
    hint: str
    at_context: bool = False
    """Point at where the unfinished thing began, not at where the parser gave up."""


_QUOTE = '文に「: 」や記号があるときは、全体を " で囲んでください。'
_ALIGN = "行頭の空白の数を、同じ並びの項目とそろえてください。"
_INDICATOR = 'この記号で始まる文は、全体を " で囲んでください。'

_ADVICE: tuple[tuple[str, _Advice], ...] = (
    ("mapping values are not allowed", _Advice("ここに「: 」は書けません。", f"{_QUOTE}項目なら、{_ALIGN}")),
    (
        "block sequence entries are not allowed",
        _Advice("ここに「- 」は書けません。", f"リストは改行して書きます。{_ALIGN}"),
    ),
    ("mapping keys are not allowed", _Advice("ここに「? 」は書けません。", _QUOTE)),
    (
        "could not find expected ':'",
        _Advice("項目名のあとに「: 」がありません。", "「項目: 値」と書いてください。", True),
    ),
    ("cannot start any token", _Advice("この記号で値を始めることはできません。", _INDICATOR)),
    (
        "found unexpected end of stream",
        _Advice("引用符が閉じていません。", "同じ引用符を終わりにも書いてください。", True),
    ),
    ("found unexpected document indicator", _Advice("引用符が閉じていません。", "終わりにも書いてください。", True)),
    (
        "unknown escape character",
        _Advice('" の中の「\\」の使い方が違います。', "「\\」を文字として書くなら「\\\\」とします。"),
    ),
    ("hexdecimal number", _Advice('" の中の「\\」のあとの番号が違います。', "\\u3042 のように 16 進数で書きます。")),
    (
        "invalid Unicode character escape",
        _Advice('" の中の「\\」のあとの番号の文字はありません。', "文字を直接書いてください。"),
    ),
    (
        "',' or ']'",
        _Advice("「[」に対する「]」か、間の「,」がありません。", "半角の「,」で区切り「]」で閉じてください。", True),
    ),
    (
        "',' or '}'",
        _Advice("「{」に対する「}」か、間の「,」がありません。", "半角の「,」で区切り「}」で閉じてください。", True),
    ),
    ("expected '-' indicator", _Advice("リストの中に「- 」で始まらない行があります。", f"「- 」を付けるか、{_ALIGN}")),
    ("expected key", _Advice("項目の並びが崩れています。", _ALIGN)),
    ("expected node content", _Advice("値がありません。", "「,」の前後と括弧を確かめてください。")),
    ("tab character", _Advice("行頭にタブがあります。", "タブを半角の空白に替えてください。")),
    ("expected <document start>", _Advice("ここから先が前の行とつながりません。", _ALIGN)),
    ("alphabetic or numeric character", _Advice("「&」「*」のあとの名前が違います。", _INDICATOR)),
    ("expected whitespace or line break", _Advice("記号のあとに空白がありません。", _INDICATOR)),
    (
        "comment or line break",
        _Advice("「|」「>」のあとに文は書けません。", "文は次の行から、字下げして書いてください。"),
    ),
    ("indentation indicator", _Advice("「|」「>」のあとの数字が違います。", "数字を消してください。")),
    ("undefined tag handle", _Advice("「!」の書き方(タグ)は使えません。", _INDICATOR)),
    ("while scanning a tag", _Advice("「!」の書き方(タグ)は使えません。", _INDICATOR)),
    ("while parsing a tag", _Advice("「!」の書き方(タグ)は使えません。", _INDICATOR)),
    ("directive", _Advice("「%」で始まる行は使えません。", "この行を消してください。")),
)
_OTHER = _Advice("YAML の書き方に誤りがあります。", "前後の行の記号と字下げを確かめてください。")

_FULL_COLON = re.compile("^[ -]*[A-Za-z_]+(\uff1a)")
_CLOSE_COLON = re.compile(r"^[ -]*[A-Za-z_]+(:)(?=[^\s/])")
_FULL_HYPHEN = re.compile("^ *([\uff0d\u2212]) ?")
_FULL_SPACE = re.compile("^ *(\u3000+)")
_MARK_FIRST = re.compile(r"^[ -]*(?:[A-Za-z_]+: +)?(\*\*|\{(?=[^{}:]*\|))")
_SUSPECTS = (
    (_MARK_FIRST, "太字「**」やふりがな「{…|…}」で文が始まっています。", '文の全体を " で囲んでください。'),
    (_FULL_COLON, "項目名のあとが全角の「：」です。", "半角の「:」と半角の空白を書いてください。"),
    (_CLOSE_COLON, "「:」のあとに空白がありません。", "「:」のあとに半角の空白を入れてください。"),
    (_FULL_HYPHEN, "行頭の「－」が全角です。", "半角の「-」と半角の空白を書いてください。"),
    (_FULL_SPACE, "行頭に全角の空白があります。", "字下げは半角の空白で書いてください。"),
)


def explained(error: MarkedYAMLError, name: str, lines: list[str], inner: Container[int]) -> Problem:
    """The parser's complaint as a Problem in the file called `name`, whose lines are given.

    `inner` are the lines, from 1, inside texts that were read: the mistake is not there.
    """
    complaint = f"{error.context or ''} {error.problem or ''}"
    advice = next((advice for words, advice in _ADVICE if words in complaint), _OTHER)
    mark = error.context_mark if advice.at_context and error.context_mark else error.problem_mark
    mark = mark or error.context_mark
    line, column = _in_text(mark.line, mark.column, lines) if mark else (0, 0)
    suspect = (
        None
        if "引用符" in advice.message
        else _suspect(["" if number in inner else text for number, text in enumerate(lines, 1)], line, name)
    )
    return suspect or Problem(Place(name, line + 1, column + 1), advice.message, advice.hint)


def _in_text(line: int, column: int, lines: list[str]) -> tuple[int, int]:
    """A line and column from 0, moved from the emptiness at the end of a file to the end of what is written."""
    last = next((number for number in range(len(lines) - 1, 0, -1) if lines[number].strip()), 0)
    return (line, column) if line <= last else (last, len(lines[last]))


def _suspect(lines: list[str], line: int, name: str) -> Problem | None:
    """A slip that is easily made with a Japanese keyboard, in the line of the complaint or the one before it."""
    before = next((number for number in range(line - 1, -1, -1) if number < len(lines) and lines[number].strip()), line)
    for number in dict.fromkeys((before, line)):
        for pattern, message, hint in _SUSPECTS:
            if number < len(lines) and (match := pattern.match(lines[number])):
                return Problem(Place(name, number + 1, match.start(1) + 1), message, hint, length=len(match[1]))
    return None
