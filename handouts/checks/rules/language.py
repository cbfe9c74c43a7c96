"""Rules on language: length of sentences and steps, voice, hedging, double negatives, numbers to work out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.checks.rules.rule import Printed, Subject, Texts, any_of, data, error, pattern, steps_of, warning
from handouts.checks.rules.structure import PEMAT
from handouts.model import Exercise
from handouts.problems import Problem

SENTENCE_MOST = 90
SENTENCE_GOOD = 60
STEP_MOST = 40
PASSIVE_MOST = 0.2
"""Greatest share of sentences in the passive voice (ours); asked only of topics with `PASSIVE_LEAST` such sentences."""
PASSIVE_LEAST = 3

_SHORTEN = "2つの文に分けてください。"
_HOUSE = "編集の決まり(文の長さ 60 文字まで、90 文字を超えない: 当方の決め)"


def _marks(name: str) -> re.Pattern[str]:
    return any_of(data("language")[name])


@error("markup", "docs/yaml.md(印の書き方)")
def markup(said: Texts) -> Iterator[Problem]:
    """The marks of a text (bold, readings, sides) are well-formed."""
    for item in said.items:
        if item.wrong:
            yield item.wrong


@error("unfinished", "docs/guide.md(〔 〕は、ひな形の書きかえる所)")
def unfinished(said: Texts) -> Iterator[Problem]:
    """Nothing of a skeleton is left to be written: no 〔…〕."""
    yield from said.problems(re.compile("〔[^〕]*〕?"), "「{}」が書きかけです。", "〔 〕の中を書きかえてください。")


def _over(item: Printed, least: int, most: float) -> Iterator[tuple[str, int]]:
    for sentence in item.sentences():
        length = len(sentence.replace("\n", ""))
        if least < length <= most:
            yield sentence, length


@error("sentence-too-long", _HOUSE)
def sentence_too_long(said: Texts) -> Iterator[Problem]:
    """No sentence has more than 90 characters."""
    for item in said.items:
        for sentence, length in _over(item, SENTENCE_MOST, float("inf")):
            yield Problem(item.at(sentence), f"{length} 文字の文があります(上限は {SENTENCE_MOST} 文字)。", _SHORTEN)


@warning("sentence-long", _HOUSE)
def sentence_long(said: Texts) -> Iterator[Problem]:
    """A sentence has no more than 60 characters."""
    for item in said.items:
        for sentence, length in _over(item, SENTENCE_GOOD, SENTENCE_MOST):
            message = f"{length} 文字の文があります({SENTENCE_GOOD} 文字までが読みやすい長さです)。"
            yield Problem(item.at(sentence), message, _SHORTEN)


@error("step-too-long", f"{PEMAT}21(原版22: 行動を扱いやすい手順に分ける);{STEP_MOST}文字は当方の決め")
def step_too_long(exercise: Exercise) -> Iterator[Problem]:
    """No step of an exercise has more than 40 characters."""
    for step in steps_of(exercise).items:
        if len(step.bare) > STEP_MOST:
            message = f"手順が {len(step.bare)} 文字あります(上限は {STEP_MOST} 文字)。"
            yield Problem(step.at(step.plain), message, "2つの手順に分けてください。")


@warning("step-verbs", f"{PEMAT}21(原版22: 行動を扱いやすい手順に分ける)")
def step_verbs(exercise: Exercise) -> Iterator[Problem]:
    """A step says one thing to do (one sentence, at most one clause before its verb)."""
    for step in steps_of(exercise).items:
        joints, tes = (len(_marks(name).findall(step.bare)) for name in ("joint", "te"))
        if len(step.sentences()) > 1 or joints > 1 or tes > 2:
            yield Problem(step.at(step.plain), "1つの手順に、いくつもの動作があります。", "手順を分けてください。")


@warning("step-form", f"{PEMAT}20(原版21: 行動を書くとき、読者に直接呼びかける)")
def step_form(exercise: Exercise) -> Iterator[Problem]:
    """A step speaks to the reader: it ends in 〜ます or 〜てください."""
    for step in steps_of(exercise).items:
        if not pattern("(?:ます|ません|ましょう|ください)。$").search(step.bare):
            yield Problem(step.at(step.plain), "手順が「〜ます。」「〜てください。」で終わっていません。")


@warning("polite", "編集の決まり(文は、です・ます)")
def polite(subject: Subject) -> Iterator[Problem]:
    """Sentences end in です or ます (not the alternative texts of pictures, which describe)."""
    for item in subject.words.items:
        for sentence in item.sentences():
            if _marks("plain_style").search(sentence):
                yield Problem(item.at(sentence), "文が「です・ます」で終わっていません。")


@warning("passive", "PEMAT-P(AHRQ 原版)項目5(能動態);日本版 23 項目にはない。割合は当方の決め")
def passive(subject: Subject) -> Iterator[Problem]:
    """At most a fifth of the sentences are in the passive voice."""
    sentences = [sentence for item in subject.read.items for sentence in item.sentences() if sentence.endswith("。")]
    count = sum(bool(_marks("passive").search(sentence)) for sentence in sentences)
    if count >= PASSIVE_LEAST and count > PASSIVE_MOST * len(sentences):
        message = f"「〜れます・〜られます」の文が多くあります({len(sentences)} 文のうち {count} 文)。"
        yield Problem(subject.handout.topic.place, message, "だれが何をするかを書いてください。")


@warning("hearsay", "編集の決まり(〜と言われています、を重ねない)")
def hearsay(said: Texts) -> Iterator[Problem]:
    """No text says 〜と言われています: it says what is known, and how sure it is."""
    hint = "分かっていることと、どのくらい確かかを書いてください。"
    yield from said.problems(_marks("hearsay"), "「{}」は、だれの話か分かりません。", hint)


@warning("hedge-chain", "編集の決まり(あいまいな言い方を重ねない)")
def hedge_chain(said: Texts) -> Iterator[Problem]:
    """No sentence hedges twice."""
    for item in said.items:
        for sentence in item.sentences():
            if len(_marks("hedges").findall(sentence)) > 1:
                hint = "どのくらい確かかを、1度だけ書いてください。"
                yield Problem(item.at(sentence), "1つの文に、あいまいな言い方が重なっています。", hint)


@warning("double-negative", "編集の決まり(二重否定を使わない)")
def double_negative(said: Texts) -> Iterator[Problem]:
    """No double negatives."""
    hint = "打ち消しを1つにしてください。"
    yield from said.problems(_marks("double_negative"), "「{}」は二重の打ち消しです。", hint)


@error("numbers-to-work-out", f"{PEMAT}6(読者が計算をすることを前提としていない)")
def numbers_to_work_out(said: Texts) -> Iterator[Problem]:
    """No percentages, fractions or products that the reader would have to work out."""
    hint = "「10人のうち3人」「30秒を2回」のように、計算しなくてよい言い方にしてください。"
    yield from said.problems(_marks("work_out"), "「{}」は、読む人に計算や割合を求めます。", hint)


@warning("number-unit", f"{PEMAT}5(数字の意味は明確で理解しやすい)")
def number_unit(said: Texts) -> Iterator[Problem]:
    """A number has its unit."""
    yield from said.problems(
        _marks("no_unit"), "数「{}」に単位がありません。", "秒・回・日などの単位を付けてください。"
    )


@warning("number-width", f"{PEMAT}5(数字の意味は明確で理解しやすい)")
def number_width(said: Texts) -> Iterator[Problem]:
    """Numbers are written with half-width digits, everywhere alike."""
    yield from said.problems(pattern("[０-９]+"), "数「{}」が全角です。", "半角の数字にそろえてください。")


TEXTS = (
    markup,
    unfinished,
    sentence_too_long,
    sentence_long,
    hearsay,
    hedge_chain,
    double_negative,
    numbers_to_work_out,
    number_unit,
    number_width,
)
EXERCISE = (step_too_long, step_verbs, step_form)
HANDOUT = (passive, polite)
