"""Rules on doses and exercises: one number for one thing, a daily time that can be kept, a stop that names a sign."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rules.rule import Subject, at, error, pattern, steps_of, warning
from handouts.model import Dose, Exercise
from handouts.model.amounts import amount, minutes
from handouts.problems import Problem

_HOUSE = "編集の決まり(用量: 何回・何秒・1日何回を、1つの値で)"
MINUTES_MOST = 30
"""Minutes a day above which a warning asks whether anybody can keep it up (ours)."""
_SIGNS = "痛|しびれ|腫れ|熱|めまい|苦し|変化|のぼせ"
_VAGUE = "適宜|随時|適当|時々|ときどき|たまに|いつでも|なるべく|できれば"
_STEP_AMOUNT = r"(?<![0-9〜])([0-9]{1,3}(?:〜[0-9]{1,3})?(?:秒|回|セット))(?!目|で|に)"


@warning("dose-mismatch", _HOUSE)
def dose_mismatch(subject: Subject) -> Iterator[Problem]:
    """Seconds, repetitions and sets in a step are those of the dose beside it."""
    for entry in subject.handout.exercises:
        if entry.dose is None:
            continue
        for step in steps_of(entry.exercise).items:
            for said in pattern(_STEP_AMOUNT).findall(step.bare):
                if not _in_dose(said, entry.dose):
                    message = f"手順の「{said}」が、用量(dose)と違います。"
                    yield Problem(step.at(said), message, "手順か用量の、どちらかを直してください。", length=len(said))


def _in_dose(said: str, dose: Dose) -> bool:
    low, high, unit = amount(said)
    same = [text for text in (dose.hold, dose.repetitions, dose.sets, dose.per_day) if text and text.endswith(unit)]
    return not same or any(amount(text)[0] <= low and high <= amount(text)[1] for text in same)


@warning("daily-time", f"編集の決まり(1日の時間を刷る);{MINUTES_MOST} 分は当方の決め")
def daily_time(subject: Subject) -> Iterator[Problem]:
    """All exercises together take no more than half an hour a day."""
    exercises = subject.handout.topic.exercises
    _, most = minutes(entry.dose for entry in subject.handout.exercises)
    if exercises and most > MINUTES_MOST:
        message = f"体操に、1日 {most} 分までかかります({MINUTES_MOST} 分を超えると、続けにくくなります)。"
        yield Problem(at(exercises), message, "体操か用量を減らすか、医師と決めてください。")


@error("stop-sign", "編集の決まり(安全: やめる目安を、どの体操の横にも)")
def stop_sign(exercise: Exercise) -> Iterator[Problem]:
    """What is said beside 「やめる目安」 is a sign: pain, numbness, swelling, heat, dizziness."""
    if not pattern(_SIGNS).search(exercise.stop):
        hint = "例: 鋭い痛み、しびれ、腫れが出たとき"
        yield Problem(at(exercise.stop), "やめる目安に、痛みやしびれなどのサインがありません。", hint)


@warning("ask-first", "編集の決まり(安全: だれが先に相談するか)")
def ask_first(exercise: Exercise) -> Iterator[Problem]:
    """An exercise says who must ask before doing it."""
    if not exercise.avoid:
        hint = "例: avoid: [手術を受けて間もない方, 18歳以下の方]"
        yield Problem(at(exercise), "先に相談する人(avoid)が書かれていません。", hint)


@error("own-dose-source", "編集の決まり(資料ごとの用量は、出典がそう言うときだけ)")
def own_dose_source(subject: Subject) -> Iterator[Problem]:
    """A topic that changes an exercise's dose cites a source for it."""
    exercises = subject.handout.topic.exercises
    for use in exercises.items if exercises else ():
        if use.dose and not use.sources:
            hint = "この用量を言う出典を sources に書いてください。"
            yield Problem(at(use.dose), "資料で変えた用量に、出典がありません。", hint)


@warning("habit-when", _HOUSE)
def habit_when(exercise: Exercise) -> Iterator[Problem]:
    """A habit, which has no dose, says on what occasion it is done, and not 適宜."""
    if exercise.when and not exercise.dose and pattern(_VAGUE).search(exercise.when):
        message = f"習慣の when「{exercise.when}」では、いつ行うのか分かりません。"
        yield Problem(at(exercise.when), message, "例: 座るとき、寝る前、毎朝")


EXERCISE = (stop_sign, ask_first, habit_when)
HANDOUT = (dose_mismatch, daily_time, own_dose_source)
