"""Whether a topic is offered in a layout and an edition; where it is not, one Problem says what to use instead."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.library import Library
from handouts.model import BlockName, Edition, Handout, Layout
from handouts.problems import Problem, Problems
from handouts.text.markup import plain

EDITIONS = {
    Edition.STANDARD: "標準",
    Edition.LARGE: "大きな字",
    Edition.RUBY: "ふりがな",
    Edition.EASY: "やさしい日本語",
}
"""The editions, in words."""
SECTIONS = {
    BlockName.FORM: "書き込む欄",
    BlockName.PICTURES: "原因の図",
    BlockName.CAUSES: "原因",
    BlockName.CHECK: "自分で確かめる",
    BlockName.TIPS: "ふだんの工夫",
    BlockName.EXERCISES: "体操",
    BlockName.QUESTIONS: "受診で聞くこと",
    BlockName.SUMMARY: "まとめ",
    BlockName.ANSWERS: "よくある質問",
}
"""What a topic may have and a sheet may lack, in words."""
_OF_TOPIC = SECTIONS.keys() - {BlockName.PICTURES}
"""Those that are parts of a topic; the pictures are those of its causes."""


def offered(library: Library, name: str, edition: Edition, handout: Handout) -> Layout:
    """The layout as the edition sets it. Raises Problems, with what to use instead, where it is not offered."""
    layout = library.layout(name)
    problems = []
    if edition not in layout.editions:
        words = "、".join(f"{EDITIONS[one]}({one.value})" for one in layout.editions)
        others = [other for other in library.layouts() if edition in library.layout(other).editions]
        message = (
            f"「{layout.name}」には、{EDITIONS[edition]}の版({edition.value})がありません。あるのは {words} です。"
        )
        hint = f"この版があるのは --layout {' か '.join(others)} です。" if others else ""
        problems.append(Problem(layout.place, message, hint))
    elif edition is Edition.EASY and handout.topic.easy is None:
        message = f"「{plain(handout.topic.title)}」には、やさしい日本語の文(easy)がまだありません。"
        hint = "--edition ruby でふりがなを付けるか、資料に easy: を書いてください(docs/layouts.md)。"
        problems.append(Problem(handout.topic.place, message, hint))
    problems += [_lacking(library, layout, name, handout) for name in lacking(layout, handout)]
    if problems:
        raise Problems(problems)
    return layout.as_edition(edition).for_topic(handout.topic.essential)


def lacking(layout: Layout, handout: Handout) -> list[BlockName]:
    """What keeps a topic from a layout: a section that it promises and the topic lacks, or the other way round.

    A form, and what a topic calls essential, need their place in a layout of sections (a card of signs alone has none).
    """
    topic = handout.topic
    found = [name for name in layout.promises if name in _OF_TOPIC and getattr(topic, name.value, None) is None]
    if BlockName.DIARY in layout.takes and topic.exercises is None:
        found.append(BlockName.EXERCISES)
    if topic.form is not None and BlockName.FORM not in layout.takes:
        found.append(BlockName.FORM)
    if not _OF_TOPIC.isdisjoint(layout.takes):
        found += homeless(layout, topic.essential)
    return list(dict.fromkeys(found))


def homeless(layout: Layout, essential: Iterable[BlockName]) -> list[BlockName]:
    """What a topic calls essential and the layout has no row for, in one of its editions."""
    plans = [layout.as_edition(edition) for edition in layout.editions]
    return [name for name in essential if any(name not in plan.takes for plan in plans)]


def _lacking(library: Library, layout: Layout, name: BlockName, handout: Handout) -> Problem:
    others = [
        other for other in (layout.instead or ("a4",)) if not lacking(library.layout(other, layout.place), handout)
    ]
    hint = f"--layout {' か '.join(others)} で作ってください。" if others else ""
    section = SECTIONS[name]
    said = (
        "の置き場所がありません" if getattr(handout.topic, name.value, None) else "が要りますが、この資料にはありません"
    )
    return Problem(handout.topic.place, f"「{layout.name}」には、{section}{said}。", hint)
