"""Rules on terms: listed, explained at their first use, read one way, and called by one name everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rules.rule import Printed, Subject, Texts, at, data, error, pattern, warning
from handouts.checks.rules.structure import PEMAT
from handouts.model import GlossaryTerm
from handouts.problems import Problem

_SOURCE = f"{PEMAT}4(医学用語が使用される場合、その定義が示されている)"
_HOUSE = "編集の決まり(同じ物は、どこでも同じ名前)"
_READING = r"[(\uff08|]([ぁ-ゖー]+)[)\uff09・、}]"
"""A reading beside a term or above it: 膝窩筋(しつかきん), {膝窩筋|しつかきん}."""
_AFTER = 6
"""Characters between a term and the bracket that explains it: ベーカー嚢腫の袋(…)."""


def _in_one_word(before: str, after: str) -> bool:
    """Whether the neighbours of a term make it part of a longer word: 腱 in アキレス腱, 腱鞘."""
    return any("一" <= one <= "鿿" for one in before + after) or "ァ" <= before <= "ヺ"


def _places(term: str, text: str) -> Iterator[int]:
    """Where a text has the term as a word of its own."""
    start = text.find(term)
    while start >= 0:
        end = start + len(term)
        if not _in_one_word(text[start - 1 : start] if start else "", text[end : end + 1]):
            yield start
        start = text.find(term, end)


def _unexplained(subject: Subject) -> Iterator[tuple[str, GlossaryTerm, Printed]]:
    """Every glossary term that the sheet uses and does not explain, with the text of its first use."""
    for id_, term in subject.glossary.items():
        first = next((item for item in subject.read.items if list(_places(term.term, item.bare))), None)
        if first and not term.everyday and not _explained(term, first):
            yield id_, term, first


@error("term-explained", _SOURCE)
def term_explained(subject: Subject) -> Iterator[Problem]:
    """A listed term has its gloss or its reading beside it where it is first used."""
    for id_, term, first in _unexplained(subject):
        if id_ in subject.handout.topic.terms:
            message = f"用語「{term.term}」が、最初に使う所で説明されていません。"
            yield Problem(first.at(term.term), message, _so(term), length=len(term.term))


@warning("term-listed", _SOURCE)
def term_listed(subject: Subject) -> Iterator[Problem]:
    """A glossary term that the text uses without a word is listed in the topic's `terms`, and so explained."""
    for id_, term, first in _unexplained(subject):
        if id_ not in subject.handout.topic.terms:
            message = f"用語「{term.term}」を、説明なしに使っています(terms に {id_} もありません)。"
            yield Problem(first.at(term.term), message, _so(term), length=len(term.term))


def _so(term: GlossaryTerm) -> str:
    return f"{term.term}({term.gloss})のように最初に使う所で説明するか、やさしい言葉にしてください。"


def _explained(term: GlossaryTerm, item: Printed) -> bool:
    """Whether a text gives the gloss, a reading above the term, or a bracket beside it (or the term in a bracket)."""
    if term.gloss in item.bare or f"{{{term.term}|" in item.text:
        return True
    text = item.bare.replace("\uff08", "(").replace("\uff09", ")")
    for start in _places(term.term, text):
        end = start + len(term.term)
        after = text[end : end + _AFTER + 1].replace("。", "、").partition("、")[0]
        if "(" in after or text.rfind("(", 0, start) > text.rfind(")", 0, start):
            return True
    return False


@warning("term-unused", "編集の決まり(terms は、この資料が説明する用語)")
def term_unused(subject: Subject) -> Iterator[Problem]:
    """A listed term stands somewhere in the text."""
    said = subject.words.joined
    for id_ in subject.handout.topic.terms:
        if subject.handout.glossary[id_].term not in said:
            message = f"用語「{id_}」は、本文で使われていません。"
            yield Problem(at(id_), message, "terms から消してください。", length=len(id_))


@error("term-reading", "編集の決まり(読みは用語集の1つだけ。膝窩筋は「しつかきん」)")
def term_reading(subject: Subject) -> Iterator[Problem]:
    """A reading in brackets after a term, or above it, is the glossary's."""
    readings = {term.term: term.reading for term in subject.glossary.values()}
    for item in subject.read.items:
        for match in pattern(_READING).finditer(item.text):
            term = next((word for word in readings if item.text.endswith(word, 0, match.start())), None)
            if term and not readings[term].endswith(match[1]):
                message = f"「{term}」の読みが「{match[1]}」になっています。"
                hint = f"用語集の読みは「{readings[term]}」です。"
                yield Problem(item.at(match[1]), message, hint, length=len(match[1]))


@warning("one-name", _HOUSE)
def one_name(said: Texts) -> Iterator[Problem]:
    """The same thing has the same name everywhere."""
    for name, others in data("names").items():
        hint = f"どの資料でも「{name}」と書きます。"
        yield from said.problems(pattern("|".join(others)), "「{}」は、別の名前です。", hint)


TEXTS = (one_name,)
HANDOUT = (term_explained, term_listed, term_unused, term_reading)
