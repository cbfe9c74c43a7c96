"""Rules on pictures: drawn for colour and for black and white, a short caption, words for those who do not see them."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rules.rule import Printed, Subject, at, error, warning
from handouts.checks.rules.structure import PEMAT
from handouts.problems import Problem

_ALT = "JIS X 8341-3:2016 1.1.1(非テキストコンテンツ);長さは当方の決め。規格は間接に読んだ"
CAPTION_MOST = 20
ALT_LEAST, ALT_MOST = 15, 120
"""Characters of a caption and of an alternative text (ours)."""


@error("picture-drawn", f"{PEMAT}14(内容が分かりやすくなる場合、必ず視覚素材を使用している)")
def picture_drawn(subject: Subject) -> Iterator[Problem]:
    """Every figure of a handout is drawn, in colour and for a black-and-white printer."""
    for name, theme in subject.undrawn:
        inks = {"colour": "色刷り", "mono": "白黒"}[theme]
        yield Problem(at(name), f"図「{name}」の{inks}の絵が、まだ描かれていません。", length=len(name))


@warning("caption-length", f"{PEMAT}16(視覚素材にわかりやすいタイトルかキャプションがある);長さは当方の決め")
def caption_length(subject: Subject) -> Iterator[Problem]:
    """A caption is short: what one sees, or does, in a few words."""
    for _, caption in subject.poses.values():
        length = len(Printed(caption).bare)
        if length > CAPTION_MOST:
            message = f"図の説明(caption)が {length} 文字あります({CAPTION_MOST} 文字までが読みやすい長さです)。"
            yield Problem(at(caption), message, "短くし、詳しいことは alt に書いてください。")


@warning("alt-length", _ALT)
def alt_length(subject: Subject) -> Iterator[Problem]:
    """An alternative text says what the picture shows, in one or two sentences."""
    for alt, _ in subject.poses.values():
        length = len(Printed(alt).bare)
        if not ALT_LEAST <= length <= ALT_MOST:
            message = f"読み上げる説明(alt)が {length} 文字です({ALT_LEAST}〜{ALT_MOST} 文字が目安です)。"
            yield Problem(at(alt), message, "図に見えることを、1〜2文で書いてください。")


@warning("alt-says-more", _ALT)
def alt_says_more(subject: Subject) -> Iterator[Problem]:
    """An alternative text is not the caption once more."""
    for alt, caption in subject.poses.values():
        if alt.strip("。") == caption.strip("。"):
            hint = "姿勢や動きなど、図に見えることを書いてください。"
            yield Problem(at(alt), "読み上げる説明(alt)が、図の説明(caption)と同じです。", hint)


HANDOUT = (picture_drawn, caption_length, alt_length, alt_says_more)
