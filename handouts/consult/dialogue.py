"""Asks for a consultation step by step, in Japanese; what is wrong is said at once and asked again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from unicodedata import normalize

from handouts.consult import when
from handouts.consult.changes import whole
from handouts.consult.dose import FORM, BadDose, amounts_in
from handouts.consult.merge import default_entries
from handouts.consult.names import examine as examine_name
from handouts.consult.record import Earlier, Flags, consultation_of, nodes_of
from handouts.consult.shorthand import value_of
from handouts.faces import load_faces
from handouts.library import Library
from handouts.model import TopicKind
from handouts.model.consultation import Consultation
from handouts.problems import Place
from handouts.sides import sided
from handouts.text.markup import MarkupError, parse, plain

T = TypeVar("T")

TYPED = Place("入力")
"""Where answers stand."""
_SIDES = {"r": "right", "l": "left", "b": "both", "1": "right", "2": "left", "3": "both"}
MOST_TOPICS = 3


class Again(Exception):
    """An answer that cannot be taken, and why, in Japanese."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is asked: `read` puts a question and gives the answer, `tell` says something."""

    read: Callable[[str], str]
    tell: Callable[[str], None]

    def ask(self, question: str, take: Callable[[str], T]) -> T:
        """What `take` makes of the answer; asked until it makes something."""
        while True:
            try:
                return take(self.read(question).strip())
            except Again as again:
                self.tell(f"  {again}")

    def confirm(self, question: str) -> bool:
        """y or n, or はい or いいえ; there is no default."""
        return self.ask(f"{question} (y/n)", _yes_or_no)


def ask_all(library: Library, flags: Flags, today: date, desk: Desk, earlier: Earlier) -> Consultation:
    """A consultation from answers; what the flags say, or the sheet before, is not asked. Raises Problems."""
    values: dict[str, object] = {}
    begun = flags.previous is not None
    topics = list(flags.topics)
    if not topics and not begun:
        topics = _ask_topics(library, desk)
        values["topics"] = topics
    patient: dict[str, object] = {"name": _ask_name(library, desk)}
    values["patient"] = patient
    if not flags.side and not begun:
        values["side"] = desk.ask("膝はどちらですか: 1 右  2 左  3 両方", _side)
    if not flags.age and (age := desk.ask("年齢(省くなら Enter)", _age)):
        patient["age"] = age
    if not flags.conditions and not begun:
        question = "持病・薬・妊娠・手術など、体操の前に考えること(、で区切る。なければ Enter)"
        values["conditions"] = desk.ask(question, _texts)
    if not flags.exercises and not begun:
        values["exercises"] = _ask_exercises(library, topics, desk)
    if not flags.next_visit:
        values["next_visit"] = desk.ask(
            "次の受診(例: 2週間後、12月7日 10:00。未定なら Enter)", lambda said: _visit(said, today)
        )
    if not flags.notes:
        values["notes"] = desk.ask(
            "医院からのひと言(1行。なければ Enter)", lambda said: [_marked(said)] if said else []
        )
    return consultation_of(
        nodes_of({key: value for key, value in values.items() if value}, TYPED), library, today, flags, earlier
    )


def _ask_topics(library: Library, desk: Desk) -> list[str]:
    names = [name for name in library.topics() if library.topic(name).kind is not TopicKind.FORM]
    desk.tell("資料:")
    for number, name in enumerate(names, 1):
        desk.tell(f"  {number} {plain(library.topic(name).title)} ({name})")

    def take(said: str) -> list[str]:
        chosen = list(dict.fromkeys(_named(word, names, "資料") for word in _words(said)))
        if not 1 <= len(chosen) <= MOST_TOPICS:
            raise Again(f"1〜{MOST_TOPICS} つ選んでください。")
        return chosen

    return desk.ask("資料の番号(例: 1、2つなら 1 4)", take)


def _ask_name(library: Library, desk: Desk) -> str:
    faces = load_faces(list(library.folders.of("fonts")))

    def take(said: str) -> str:
        if refused := examine_name(said, faces).refused:
            raise Again("\n  ".join(f"{problem.message}{problem.hint}" for problem in refused))
        return said

    return desk.ask("お名前(紙に「様」を付けて印刷)", take)


def _ask_exercises(library: Library, topics: list[str], desk: Desk) -> list[str]:
    """The chosen exercises as they are typed on the command line; nothing for those of the topics."""
    handouts = [library.handout(name) for name in topics if name in library.topics()]
    usual = {str(entry.id): entry.dose for entry in default_entries(handouts)}
    others = {name: library.exercise(name).dose for name in library.exercises() if name not in usual}
    names = [*usual, *others]
    for number, name in enumerate(names, 1):
        if number == 1 or number == len(usual) + 1:
            desk.tell("この資料の体操:" if name in usual else "ほかの体操:")
        exercise = library.exercise(name)
        dose = usual.get(name) or others.get(name)
        desk.tell(f"  {number} {plain(sided(exercise.name, None))}  {whole(dose) if dose else exercise.when}")

    def take(said: str) -> list[str]:
        chosen = dict(_choice(word, names) for word in _words(said))
        return [f"{name}={dose}" if dose else name for name, dose in chosen.items()]

    question = f"体操の番号(例: 1 3=20s*3*2/day は 20秒×3回×1日2回。この資料の {len(usual)} つでよければ Enter)"
    return desk.ask(question, take)


def _choice(word: str, names: list[str]) -> tuple[str, str]:
    name, _, dose = re.sub("[:：＝]", "=", word).partition("=")
    if dose:
        try:
            amounts_in(dose)
        except BadDose as bad:
            raise Again(f"{bad}{FORM}") from None
    return _named(name, names, "体操"), dose


def _named(word: str, names: list[str], noun: str) -> str:
    """The name that a number, or the name itself, stands for."""
    narrow = normalize("NFKC", word)
    if narrow.isdecimal() and 1 <= int(narrow) <= len(names):
        return names[int(narrow) - 1]
    if narrow in names:
        return narrow
    raise Again(f"{noun}の番号(1〜{len(names)})で答えてください。")


def _words(said: str) -> list[str]:
    """What is parted by spaces or commas; spaces around the marks of a dose part nothing."""
    joined = re.sub(r"\s*([*×=:：＝])\s*", r"\1", said)
    return [word for word in re.split(r"[\s,、,，]+", joined) if word]


def _side(said: str) -> str:
    narrow = normalize("NFKC", said).lower()
    value = _SIDES.get(narrow) or value_of("side", narrow)
    if value not in _SIDES.values():
        raise Again("1(右)、2(左)、3(両方)のどれかで答えてください。")
    return value


def _age(said: str) -> int | None:
    narrow = normalize("NFKC", said).removesuffix("歳").removesuffix("才").strip()
    if narrow and not (narrow.isdecimal() and int(narrow) <= 130):
        raise Again("0〜130 の数で答えてください。")
    return int(narrow) if narrow else None


def _texts(said: str) -> list[str]:
    return [_marked(text) for text in re.split("[、,，]", said) if text.strip()] if said not in ("なし", "無し") else []


def _marked(text: str) -> str:
    try:
        parse(text)
    except MarkupError as error:
        raise Again(error.message) from None
    return text.strip()


def _visit(said: str, today: date) -> str:
    if said in ("", "未定"):
        return ""
    try:
        day, time = when.moment(said, today)
    except (ValueError, OverflowError) as error:
        raise Again(f"{error if isinstance(error, ValueError) else '日が遠すぎます。'}{when.FORM}") from None
    return f"{day.isoformat()} {time or ''}".strip()


def _yes_or_no(said: str) -> bool:
    word = normalize("NFKC", said).lower()
    if word in ("y", "yes", "はい"):
        return True
    if word in ("n", "no", "いいえ"):
        return False
    raise Again("y(はい)か n(いいえ)で答えてください。")
