"""PEMAT-P, Japanese version: 23 items, those that software decides, and those left to a person.

Source: Furukawa et al. 2022, IJERPH 19(23) 15763; items 1–11 and 14–16 read in Japanese on the authors' scoring form
(plaza.umin.ac.jp/pemat), the others in the English original (AHRQ, Shoemaker et al. 2014), whose numbers are one
higher from item 5 on, since the Japanese version leaves out the item on the active voice. The wording below is ours.
An item that software decides is one that our model or a rule settles: it says that the thing is there, not that it is
good. A score is the share of agreed items among those decided and applicable, in %; it is not the published score.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handouts.checks.rules.rule import Subject
from handouts.model import TopicKind

UNDERSTANDING, ACTING = "理解しやすさ", "行動しやすさ"
PASS = 70
"""Above this, in %, each scale is held to be understandable or actionable (standards; Shoemaker et al. 2014)."""

Breaches = frozenset[str]
"""Ids of the rules that a handout breaks."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item; `agree` decides it from the handout and the rules it breaks (None: not applicable).

    Without `agree` it is a person's to judge.
    """

    number: int
    scale: str
    text: str
    agree: Callable[[Subject, Breaches], bool | None] | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Both scales in % over the decided items (None: none applies), failed and open items by number."""

    understanding: int | None
    acting: int | None
    decided: int
    failed: tuple[int, ...]
    open: tuple[int, ...]


def _unbroken(*rules: str) -> Callable[[Subject, Breaches], bool]:
    return lambda _, broken: not broken.intersection(rules)


def _summed(subject: Subject, _: Breaches) -> bool | None:
    topic = subject.handout.topic
    return None if topic.kind is TopicKind.FORM else topic.summary is not None


def _pictured(subject: Subject, broken: Breaches) -> bool | None:
    return None if not subject.handout.exercises else "picture-drawn" not in broken


def _captioned(subject: Subject, broken: Breaches) -> bool | None:
    return None if not subject.poses else "caption-length" not in broken


def _tabled(subject: Subject, broken: Breaches) -> bool | None:
    return None if subject.handout.topic.check is None else "table-header" not in broken


def _has_steps(subject: Subject, broken: Breaches) -> bool | None:
    steps = {"step-too-long", "step-verbs"}
    return None if not subject.handout.exercises else not broken & steps


def _cued(subject: Subject, _: Breaches) -> bool:
    return bool(subject.handout.signs)


def _acts(subject: Subject, broken: Breaches) -> bool:
    topic = subject.handout.topic
    return bool(topic.exercises or topic.tips or topic.questions or topic.form) and "action" not in broken


ITEMS = (
    Item(1, UNDERSTANDING, "目的が冒頭ではっきり分かる", _unbroken("purpose-sentence")),
    Item(2, UNDERSTANDING, "目的から外れた内容がない"),
    Item(3, UNDERSTANDING, "日常の言葉を使っている"),
    Item(4, UNDERSTANDING, "医学用語を説明している", _unbroken("term-listed", "term-explained", "term-reading")),
    Item(5, UNDERSTANDING, "数字が明確で分かりやすい", _unbroken("number-unit", "number-width", "dose-mismatch")),
    Item(6, UNDERSTANDING, "読者に計算をさせない", _unbroken("numbers-to-work-out")),
    Item(7, UNDERSTANDING, "小さいまとまりに分けている", _unbroken("block-length", "sentence-too-long")),
    Item(8, UNDERSTANDING, "まとまりごとに見出しがある", _unbroken("heading-twice")),
    Item(9, UNDERSTANDING, "論理的な順序である"),
    Item(10, UNDERSTANDING, "要約がある", _summed),
    Item(11, UNDERSTANDING, "枠や太字で大事な所が目立つ", _cued),
    Item(14, UNDERSTANDING, "図で分かりやすくなる所に図がある", _pictured),
    Item(15, UNDERSTANDING, "図が内容を補い、気を散らさない"),
    Item(16, UNDERSTANDING, "図に題か説明がある", _captioned),
    Item(17, UNDERSTANDING, "図が見やすく、込み入っていない"),
    Item(18, UNDERSTANDING, "表が簡単で、見出しが短い", _tabled),
    Item(19, ACTING, "することを少なくとも1つ示す", _acts),
    Item(20, ACTING, "読者に直接呼びかける", _unbroken("step-form", "polite")),
    Item(21, ACTING, "行動を手順に分けている", _has_steps),
    Item(22, ACTING, "チェック欄や書く欄など、使える道具がある", lambda _, __: True),
    Item(23, ACTING, "計算の仕方を示す(計算があるとき)", lambda _, __: None),
    Item(24, ACTING, "表や図を、行動にどう使うか説明している"),
    Item(25, ACTING, "図で行動しやすくなる所に図がある"),
)
"""Item 22 holds by the model (questions with lines, or a form to fill in); 23 never applies: 6 forbids calculations."""


def score(subject: Subject, broken: Breaches) -> Scores:
    """Both scores of a handout that breaks these rules."""
    said: dict[int, bool | None] = {item.number: item.agree(subject, broken) for item in ITEMS if item.agree}
    decided = sum(answer is not None for answer in said.values())
    failed = tuple(number for number, answer in said.items() if answer is False)
    left = tuple(item.number for item in ITEMS if not item.agree)
    return Scores(_share(UNDERSTANDING, said), _share(ACTING, said), decided, failed, left)


def _share(scale: str, said: dict[int, bool | None]) -> int | None:
    """How many of a scale's decided items are agreed to, in %."""
    answers = [said[item.number] for item in ITEMS if item.scale == scale and said.get(item.number) is not None]
    return round(100 * sum(map(bool, answers)) / len(answers)) if answers else None
