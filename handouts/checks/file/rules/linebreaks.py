"""Rules on where lines begin and end; the table is written out here, apart from the line breaker's own."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.file.lines import Line
from handouts.checks.file.rules.rule import Finding, page_rule
from handouts.checks.file.view import View
from handouts.problems import Severity

# JLREQ 3.1.7: closing brackets, hyphens, dividing punctuation, full stops, commas, iteration marks, prolonged sound,
# small kana. Those of the second list also begin lists and cells, and are looked at within a paragraph only.
NOT_AT_START = frozenset(
    "、。，．！？!?‼⁇⁈⁉）)」』】〕］]｝}〉》”’〟»ーっゃゅょゎぁぃぅぇぉゕゖッャュョヮァィゥェォヵヶ々〻ゝゞヽヾ"
)
NOT_AT_START_WITHIN = frozenset("・：；:;〜～‐–％%℃°￠…‥,.")
NOT_AT_END = frozenset("（(「『【〔［[｛{〈《“‘〝«")
NOT_AT_END_WITHIN = frozenset("￥¥＄$￡£＃#№")
SHORT = 2
"""Characters of a last line that are too few."""
_LEAST_BEFORE = 6
"""Characters of the line before it."""
_FULL = 1.2
"""Ems: a line that is shorter than the longest of its paragraph by more was ended by hand."""
_JLREQ = "W3C 日本語組版処理の要件(JLREQ)"


@page_rule("line-start", Severity.ERROR, "、。」)ー っ 々 など", f"{_JLREQ} 3.1.7 行頭禁則", cheap=True)
def line_start(view: View) -> Iterator[Finding]:
    """No line begins with what may not stand there."""
    for line, follows, _ in _placed(view):
        if line.text[0] in NOT_AT_START or (follows and line.text[0] in NOT_AT_START_WITHIN):
            yield _found(view, line, f"行の始めに「{line.text[0]}」があります。")


@page_rule("line-end", Severity.ERROR, "「( など", f"{_JLREQ} 3.1.8 行末禁則", cheap=True)
def line_end(view: View) -> Iterator[Finding]:
    """No line ends with what may not stand there."""
    for line, _, goes_on in _placed(view):
        if line.text[-1] in NOT_AT_END or (goes_on and line.text[-1] in NOT_AT_END_WITHIN):
            yield _found(view, line, f"行の終わりに「{line.text[-1]}」があります。")


@page_rule(
    "last-line", Severity.WARNING, f"{SHORT + 1} 文字以上", "当方の決め(段落の最後に 1〜2 文字だけの行を残さない)"
)
def last_line(view: View) -> Iterator[Finding]:
    """The last line of a paragraph has more than two characters."""
    for paragraph in view.paragraphs:
        if len(paragraph) < 2:
            continue
        before, last = paragraph[-2:]
        if len(last.text) <= SHORT and len(before.text) >= _LEAST_BEFORE and _was_full(paragraph):
            hint = "文を少し短くするか、言いかえてください。"
            yield Finding("段落の最後の行が 1〜2 文字だけです。", hint, view.page.number, last.box, last.text)


def _was_full(paragraph: list[Line]) -> bool:
    """Whether the line before the last goes as far as any, so that the last is what found no room."""
    ends = [line.ends[1] for line in paragraph[:-1]]
    return max(ends) - ends[-1] <= _FULL * paragraph[-1].size + len(paragraph[-1].text) * paragraph[-1].size


def _placed(view: View) -> Iterator[tuple[Line, bool, bool]]:
    """Each line of words, whether it follows one of its paragraph, and whether one follows it."""
    for paragraph in view.paragraphs:
        for index, line in enumerate(paragraph):
            if len(line.text) > 1 and not view.is_reading(line.characters[0]):
                yield line, index > 0, index < len(paragraph) - 1


def _found(view: View, line: Line, message: str) -> Finding:
    return Finding(message, "改行の位置を変えてください。", view.page.number, line.box, line.text)
