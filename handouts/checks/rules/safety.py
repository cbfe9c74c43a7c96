"""Rules on safety: signs no sheet may lack, claims that are never carried over, cautions where hands touch the knee."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rules.rule import Subject, Texts, at, cited_signs, data, error, pattern, warning
from handouts.model import Exercise, Step
from handouts.problems import Problem

_SIGNS = "編集の決まり(安全);出典は warning-signs.yaml の各サインにある"
_HOUSE = "編集の決まり(安全: 危険か、裏づけのない主張は載せない)"


def is_about_the_knee(subject: Subject) -> bool:
    """Whether a topic is about pain behind the knee, by its title, purpose, lead and the heading of its causes."""
    topic = subject.handout.topic
    said = (topic.title, topic.purpose, topic.lead or "", topic.causes.heading if topic.causes else "")
    return bool(pattern(data("safety")["about"]).search("\n".join(said)))


@error("core-signs", _SIGNS)
def core_signs(subject: Subject) -> Iterator[Problem]:
    """A topic about pain behind the knee carries the clot, breath, infection, circulation and injury signs, at once."""
    topic, signs = subject.handout.topic, dict(cited_signs(subject.handout))
    for id_, name in data("safety")["core_signs"].items() if is_about_the_knee(subject) else ():
        if id_ not in signs:
            message = f"膝の裏の痛みの資料に、{name}のサイン「{id_}」がありません。"
            yield Problem(at(topic.signs[0]), message, f"signs に {id_} を加えてください。")
        elif signs[id_].step is not Step.NOW:
            message = f"{name}のサイン「{id_}」が、「今すぐ」になっていません。"
            yield Problem(at(signs[id_]), message, "step: now にしてください。")


@error("both-steps", "編集の決まり(安全: サインは、今すぐ・早めに、の2段)")
def both_steps(subject: Subject) -> Iterator[Problem]:
    """A topic has signs of both steps."""
    steps = {sign.step for sign in subject.handout.signs}
    for step in Step:
        if step not in steps:
            label = subject.handout.warnings.steps[step].label
            yield Problem(at(subject.handout.topic.signs[0]), f"「{label}」のサインが1つもありません。")


@warning("sign-lost", _SIGNS)
def sign_lost(subject: Subject) -> Iterator[Problem]:
    """A clinic's topic has every sign that the built-in topic of its name has."""
    topic = subject.handout.topic
    lost = [id_ for id_ in subject.namesake if id_ not in topic.signs]
    if lost:
        message = f"組み込みの資料にあるサインがありません: {'、'.join(lost)}"
        yield Problem(at(topic.signs[0]), message, "signs に加えるか、載せない訳を医師と確かめてください。")


@error("sign-call", "編集の決まり(安全: 息苦しさと胸の痛みには、いつも 119 番)")
def sign_call(subject: Subject) -> Iterator[Problem]:
    """A sign of breath or chest says 119."""
    for _, sign in cited_signs(subject.handout):
        if pattern(data("safety")["call"]).search(sign.text) and not sign.call:
            message = f"サイン「{sign.text}」に、119番がありません。"
            yield Problem(at(sign.text), message, "call: true を加えてください。")


@error("warning-words", "編集の決まり(安全: サインがあれば受診、119 番はいつも)")
def warning_words(subject: Subject) -> Iterator[Problem]:
    """The warning box says to see a doctor, and 119 for what must be seen at once."""
    warnings = subject.handout.warnings
    if "受診" not in warnings.rule:
        yield Problem(at(warnings.rule), "サインの欄に、受診すると書かれていません。", "例: 1つでもあれば受診します。")
    now = warnings.steps[Step.NOW]
    for said in (now.destination, now.with_emergency_line):
        if said and not pattern("(?<![0-9])119").search(said):
            yield Problem(at(said), "「今すぐ」の行き先に、119番がありません。", "例: 救急外来へ。動けなければ119番")


@error("unsafe-claim", _HOUSE)
def unsafe_claim(said: Texts) -> Iterator[Problem]:
    """No text makes a claim that is dangerous or was never shown."""
    for claim in data("safety")["unsafe"]:
        message = "「{}」は、載せない決まりの主張です。" + claim["why"]
        yield from said.problems(pattern(claim["words"]), message, "消すか、出典のあることに書きかえてください。")


def _said_in(exercise: Exercise) -> str:
    return "\n".join([exercise.name, exercise.target or "", *exercise.steps])


@error("press-middle", "編集の決まり(安全: 膝の裏の真ん中には神経と血管がある)")
def press_middle(exercise: Exercise) -> Iterator[Problem]:
    """An exercise that puts hands behind the knee says in its steps not to press the middle."""
    words, steps = data("safety"), "\n".join(exercise.steps)
    touches = pattern(words["behind_knee"]).search(_said_in(exercise)) and pattern(words["hands"]).search(steps)
    if touches and not pattern(words["middle"]).search(steps):
        hint = "例: 真ん中と、外側の骨は押しません。"
        yield Problem(at(exercise.steps[0]), "膝の裏に手を当てますが、真ん中を押さないと書かれていません。", hint)


@error("calf-clot-first", "編集の決まり(安全: 血栓かもしれないふくらはぎをもまない)")
def calf_clot_first(exercise: Exercise) -> Iterator[Problem]:
    """An exercise that kneads the calf has the reader look for swelling first."""
    words, steps = data("safety"), "\n".join(exercise.steps)
    kneads = pattern(words["calf"]).search(steps) and pattern(words["knead"]).search(steps)
    if kneads and not pattern(words["swelling"]).search(steps):
        hint = "例: 腫れ・熱・赤みがあれば受診します。"
        yield Problem(at(exercise.steps[0]), "ふくらはぎをもむ前に、腫れを確かめる手順がありません。", hint)


TEXTS = (unsafe_claim,)
EXERCISE = (press_middle, calf_clot_first)
HANDOUT = (core_signs, both_steps, sign_lost, sign_call, warning_words)
