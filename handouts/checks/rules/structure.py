"""Rules on the build of a handout: purpose, blocks, headings, tables, summary, something to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from handouts.checks.rules.rule import Subject, Texts, at, error, pattern, texts, warning
from handouts.model import TopicKind
from handouts.problems import Problem

PEMAT = "PEMAT-P 日本版(古川ほか 2022)項目"
SENTENCES_MOST = 5
"""Sentences a block of text may have (standards: ours)."""
HEADER_MOST = 12
"""Characters of a column's heading (ours)."""
GUIDE = ("causes", "check", "tips", "exercises", "questions", "summary", "answers")
"""What a guide has beside signs, which every topic must have."""


def _is_guide(subject: Subject) -> bool:
    return subject.handout.topic.kind is TopicKind.GUIDE


@warning("purpose-sentence", f"{PEMAT}1(目的が冒頭ではっきりとわかる)")
def purpose_sentence(subject: Subject) -> Iterator[Problem]:
    """The purpose line is a sentence that says what the reader gets, not the title once more."""
    topic = subject.handout.topic
    if not topic.purpose.endswith("。") or topic.purpose.rstrip("。") in topic.title:
        hint = "「…が分かります。」のように、読むと何が分かるかを書いてください。"
        yield Problem(at(topic.purpose), "目的の行が、この資料で何が分かるかを言う文になっていません。", hint)


@error("summary", f"{PEMAT}10(要約がついている)")
def summary(subject: Subject) -> Iterator[Problem]:
    """A guide ends with a summary."""
    if _is_guide(subject) and not subject.handout.topic.summary:
        hint = "summary に、覚えておくことを3行まで書いてください。"
        yield Problem(at(subject.handout.topic), "まとめ(summary)がありません。", hint)


@error("action", f"{PEMAT}19(原版20: 読者が取れる行動を少なくとも1つ示す)")
def action(subject: Subject) -> Iterator[Problem]:
    """A guide says at least one thing to do: an exercise or an everyday tip."""
    topic = subject.handout.topic
    if _is_guide(subject) and not topic.exercises and not topic.tips:
        hint = "tips か exercises に、家でできることを書いてください。"
        yield Problem(at(topic), "患者さんがすることが、1つも書かれていません。", hint)


@warning("guide-sections", "編集の決まり(資料の並び: サイン、原因、確かめ方、工夫、体操、質問、まとめ、答え)")
def guide_sections(subject: Subject) -> Iterator[Problem]:
    """A guide has causes, self-check, tips, exercises, questions, summary and answers."""
    topic = subject.handout.topic
    lost = [name for name in GUIDE if getattr(topic, name) is None]
    if _is_guide(subject) and lost:
        message = f"資料に {'、'.join(lost)} がありません。"
        yield Problem(at(topic), message, "書かない訳がなければ、書き足してください。")


@warning("heading-twice", f"{PEMAT}8(各セクションにわかりやすい見出しがある)")
def heading_twice(subject: Subject) -> Iterator[Problem]:
    """No two blocks have the same heading."""
    topic = subject.handout.topic
    blocks = [getattr(topic, name) for name in GUIDE]
    headings = [block.heading for block in blocks if block]
    for heading, count in Counter(headings).items():
        if count > 1:
            second = [one for one in headings if one == heading][1]
            yield Problem(at(second), f"見出し「{heading}」が {count} か所にあります。", "違う見出しにしてください。")


@error("block-length", f"{PEMAT}7(情報を小さいまとまりに分けている);{SENTENCES_MOST}文までは当方の決め")
def block_length(said: Texts) -> Iterator[Problem]:
    """No text has more than five sentences."""
    for item in said.items:
        count = len(item.sentences())
        if count > SENTENCES_MOST:
            message = f"{count} 文が1つにまとまっています(上限は {SENTENCES_MOST} 文)。"
            yield Problem(at(item.text), message, "2つの項目に分けてください。")


@warning("table-header", f"{PEMAT}18(原版19: 表は簡単で、行と列の見出しが短く明らか);{HEADER_MOST}文字は当方の決め")
def table_header(subject: Subject) -> Iterator[Problem]:
    """The headings of a table's columns are short."""
    check = subject.handout.topic.check
    for table in check.tables if check else ():
        for item in Texts(texts(table.columns)).items:
            if len(item.bare) > HEADER_MOST:
                message = f"表の見出しが {len(item.bare)} 文字あります({HEADER_MOST} 文字までが読みやすい長さです)。"
                yield Problem(at(item.text), message, "短い言葉にしてください。")


@warning("same-row", "編集の決まり(同じことを2度言わない)")
def same_row(subject: Subject) -> Iterator[Problem]:
    """No item of a list stands there twice."""
    topic = subject.handout.topic
    lists: list[tuple[Any, ...]] = [topic.questions.items] if topic.questions else []
    lists += [topic.summary.items] if topic.summary else []
    lists += [tuple(tip.text for tip in topic.tips.items)] if topic.tips else []
    lists += [tuple(answer.question for answer in topic.answers.items)] if topic.answers else []
    for items in lists:
        for index, item in enumerate(items):
            if item in items[:index]:
                yield Problem(at(item), f"「{item}」が2回書かれています。", "どちらかを消してください。")


@error("exercise-note", "編集の決まり(安全: 体操の前に、先に相談する人を言う)")
def exercise_note(subject: Subject) -> Iterator[Problem]:
    """The line above the exercises says who asks first."""
    exercises = subject.handout.topic.exercises
    said = exercises and (exercises.note or exercises.ask or exercises.heading)
    if exercises and said and not pattern("相談|医師|受診").search(said):
        hint = "例: 手術後・妊娠・血液サラサラの薬・運動制限の方は先に相談を"
        yield Problem(at(said), "体操の前の注意(note)に、先に相談する人が書かれていません。", hint)


TEXTS = (block_length,)
HANDOUT = (
    purpose_sentence,
    summary,
    action,
    guide_sections,
    heading_twice,
    table_header,
    same_row,
    exercise_note,
)
