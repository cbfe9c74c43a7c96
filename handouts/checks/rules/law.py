"""Rules of advertising law, by kind of clinic and way of distribution; the words are data, and no legal advice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handouts.checks.rules.rule import Subject, Texts, any_of, at, data, error, pattern, warning
from handouts.problems import Problem

MEDICAL = "医療広告ガイドライン(厚生労働省、2024-09-13 改正)"
JUDO_ACT = "柔道整復師法"
JUDO = "あはき・柔整広告ガイドライン(厚生労働省、2025-02-18)"
NO_ADVICE = "法律の助言ではありません。"


def _rule(id_: str) -> dict[str, Any]:
    rule: dict[str, Any] = data("law")["rules"][id_]
    return rule


def origin(id_: str) -> str:
    """A rule's guideline, date and section, how it was read, and that this is no legal advice: printed as the hint."""
    rule = _rule(id_)
    guideline = data("law")["guidelines"][rule["guideline"]]
    return f"{guideline['name']} {guideline['date']} {rule['section']}(読み方: {rule['read']})。{NO_ADVICE}"


def _applies(id_: str, subject: Subject) -> bool:
    rule, clinic = _rule(id_), subject.handout.clinic
    return clinic.kind.value in rule.get("kinds", [clinic.kind.value]) and clinic.distribution.value in rule.get(
        "distributions", [clinic.distribution.value]
    )


def _words(id_: str, said: Texts, message: str) -> Iterator[Problem]:
    words = any_of(_rule(id_)["words"])
    if words.search(said.joined):
        yield from said.problems(words, message, origin(id_))


@error("law-promise", f"{MEDICAL}第3-1-(1)(3)")
def promise(said: Texts) -> Iterator[Problem]:
    """No promise of cure, of safety or of quick effect."""
    yield from _words("law-promise", said, "「{}」は、効果や安全の約束です。")


@error("law-superlative", f"{MEDICAL}第3-1-(2)")
def superlative(said: Texts) -> Iterator[Problem]:
    """No superlatives, no comparison with other clinics."""
    yield from _words("law-superlative", said, "「{}」は、ほかと比べて優れているという言い方です。")


@error("law-testimonial", f"{MEDICAL}第3-1-(5)")
def testimonial(said: Texts) -> Iterator[Problem]:
    """No patient's testimonial."""
    yield from _words("law-testimonial", said, "「{}」は、体験談です。")


@error("law-before-after", f"{MEDICAL}第3-1-(6)")
def before_after(said: Texts) -> Iterator[Problem]:
    """No pictures of before and after that say nothing of course and risks."""
    yield from _words("law-before-after", said, "「{}」は、前後の比べ方の説明がなければ載せられません。")


@warning("law-invitation", f"{MEDICAL}第2-1、編集の決まり(来院の勧めと自賛を書かない)")
def invitation(said: Texts) -> Iterator[Problem]:
    """No invitation to book, no praise of the clinic by itself: it makes a handout an advertisement."""
    yield from _words("law-invitation", said, "「{}」は、来院の勧めか自賛です(資料が広告になります)。")


@warning("law-clinic-posting", f"{MEDICAL}第2")
def clinic_posting(subject: Subject) -> Iterator[Problem]:
    """A medical clinic that hands sheets to people who are not its patients advertises."""
    clinic = subject.handout.clinic
    if _applies("law-clinic-posting", subject):
        message = f"この渡し方(distribution: {clinic.distribution.value})では、資料が医療広告にあたることがあります。"
        yield Problem(at(clinic), message, origin("law-clinic-posting"))


@error("law-judo-whitelist", f"{JUDO_ACT}第24条第1項")
def judo_whitelist(subject: Subject) -> Iterator[Problem]:
    """A judo clinic advertises nothing but the facts that the law lists: a handout is more than that."""
    clinic = subject.handout.clinic
    if _applies("law-judo-whitelist", subject):
        message = f"施術所の広告(distribution: {clinic.distribution.value})には、決まった事項しか載せられません。"
        allowed = "、".join(_rule("law-judo-whitelist")["allowed"])
        hint = f"資料は in_clinic か take_home で渡します。載せられる事項: {allowed}。{origin('law-judo-whitelist')}"
        yield Problem(at(clinic), message, hint)


@error("law-judo-skill", f"{JUDO_ACT}第24条第2項")
def judo_skill(subject: Subject) -> Iterator[Problem]:
    """A judo clinic's advertisement says nothing of skill, method or career."""
    if _applies("law-judo-skill", subject):
        yield from _words("law-judo-skill", subject.words, "「{}」は、技能・施術方法・経歴にあたります。")


@error("law-judo-insurance", JUDO)
def judo_insurance(subject: Subject) -> Iterator[Problem]:
    """A judo clinic's advertisement says nothing of insurance or traffic accidents."""
    if _applies("law-judo-insurance", subject):
        yield from _words("law-judo-insurance", subject.words, "「{}」は、施術所の広告に載せられません。")


@warning("law-judo-terms", JUDO)
def judo_terms(subject: Subject) -> Iterator[Problem]:
    """A judo clinic does not call its own act 診断 or 治療."""
    if not _applies("law-judo-terms", subject):
        return
    yield from _words("law-judo-terms", subject.words, "「{}」は、施術所の行いを診断・治療と呼んでいます。")
    name = subject.handout.clinic.name
    if pattern(_rule("law-judo-terms")["name"]).search(name):
        message = "施術所の名前が、医療機関の名前に見えます。"
        yield Problem(at(name), message, origin("law-judo-terms"), length=len(name))


TEXTS = (promise, superlative, testimonial, before_after, invitation)
HANDOUT = (clinic_posting, judo_whitelist, judo_skill, judo_insurance, judo_terms)
