"""Rules on what a file tells of a person beside what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.checks.file.rules.rule import Finding, rule
from handouts.checks.file.view import Subject
from handouts.problems import Severity

_KANJI = "一-鿿"
_NAME = f"[{_KANJI}々ぁ-んァ-ヶー]"
_PATTERNS = (
    ("人の名前", rf"({_NAME}{{1,8}}[ 　]?{_NAME}{{0,8}})[ 　]?(?:様|さん|殿)(?![々{_KANJI}])"),
    ("生年月日", r"()(?:生年月日|誕生日|(?:[12]\d{3}|[明大昭平令]\w?\d{1,2})[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*生)"),
    ("携帯電話の番号", r"()(?<!\d)0[6-9]0[-‐ー−( ]?\d{4}[-‐ー−) ]?\d{4}(?!\d)"),
    ("メールアドレス", r"()[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("患者の番号", r"()(?i:患者|カルテ|診察券|被保険者|保険証)\s*(?:番号|ID|No\.?)?\s*[:：#]?\s*\d{3,}"),
    ("使う人の名前が入ったフォルダー", r"()(?i:[A-Z]:\\Users\\|/(?:home|Users)/)[^\\/\s]+"),
)
"""What may tell of a person; a name is in the group."""
_PRINTED_NAME = re.compile(rf"({_NAME}{{1,6}}[ 　]?{_NAME}{{0,6}})[ 　]?様")
_NOT_NAMES = (
    *("患者", "お客", "皆", "みな", "保護者", "家族", "お名前", "氏名", "本人", "お母", "お父", "お子", "妊婦", "赤ち"),
    *("仕", "同", "模", "有", "多", "院", "科", "所", "会", "社", "クリニック"),
)
"""What stands before 様 or さん and is no person, or nobody in particular, or part of a word that ends in 様."""
_LEAST_NAME = 3
"""Characters of an end of a name that is looked for; fewer say too little."""
_OURS = "当方の決め(人の名前は、渡す紙のほかに残さない)"
_HINT = "名前のない題名とファイル名で作り直してください。"


@rule("printed-name", Severity.ERROR, "なし", _OURS, cheap=True)
def printed_name(subject: Subject) -> Iterator[Finding]:
    """A name that is printed before 様 stands neither in the file's name nor in its metadata."""
    names = _printed_names(subject)
    for place, said in _places(subject):
        if any(name in "".join(said.split()) for name in names):
            yield Finding(f"{place}に、紙に印刷された人の名前が入っています。", _HINT, quote=said)


@rule("personal-data", Severity.ERROR, "なし", _OURS)
def personal_data(subject: Subject) -> Iterator[Finding]:
    """Neither the file's name nor its metadata looks as if it named a person; other programs' traces among them."""
    printed = _printed_names(subject)
    for place, said in _places(subject):
        for what, pattern in _PATTERNS:
            found = [match[0] for match in re.finditer(pattern, said) if not match[1].endswith(_NOT_NAMES)]
            if found and not any(name in "".join(said.split()) for name in printed):
                yield Finding(f"{place}に、{what}らしい物が入っています。", _HINT, quote=found[0])


def _places(subject: Subject) -> Iterator[tuple[str, str]]:
    """The file's own name and all that its metadata says, each with where it stands."""
    yield "ファイルの名前", re.split(r"[\\/]", subject.file.shown)[-1]
    yield from subject.metadata.texts()


def _printed_names(subject: Subject) -> set[str]:
    """Names before 様 on the pages, without blanks, and their ends: other words may stand before a name."""
    lines = (line.text for view in subject.views for line in view.lines)
    names = {"".join(name.split()) for text in lines for name in _PRINTED_NAME.findall(text)}
    persons = [name for name in names if len(name) > 1 and not name.endswith(_NOT_NAMES)]
    return {name[start:] for name in persons for start in range(max(1, len(name) - _LEAST_NAME + 1))}


@rule("attachment", Severity.WARNING, "なし", "当方の決め(紙にない物を、渡すファイルに残さない)", cheap=True)
def attachment(subject: Subject) -> Iterator[Finding]:
    """No file is hidden within the file."""
    for name in subject.metadata.attached:
        yield Finding("ファイルが添付されています。", "添付を消して作り直してください。", quote=name)
