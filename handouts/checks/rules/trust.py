"""Rules on trust: sources behind dangers, how a clinic's own claim is worded, dates, reasons for what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handouts.checks.rules.rule import Printed, Subject, at, cited_signs, error, pattern, texts, warning
from handouts.model import Step, months_after
from handouts.problems import Problem

UNWRITTEN = "unwritten"
"""The id of the source that skeletons name."""
MONTHS = 24
"""Months after which a topic expires that does not say when (standards)."""
MONTHS_MOST = 36
"""Months after its date that a topic may say it holds (ours)."""
WHY_LEAST = 6
"""Characters that a reason for leaving out has at least (ours)."""
_EFFECT = (
    r"改善(?:し|され)|(?:軽く|楽に|柔らかく|良く|よく)な(?:り|る)|治(?:り|る)|効き(?:ます|目があ)|ゆるみます|ほぐれます|やわらぎます|和らぎます"
    r"|防げ|防ぎます|予防(?:でき|し|に)|整います|高まります|取れます"
)
_SOFT = "目安|とされ|ことがあ|場合があ|がち|かもしれ|ねらい|人により|方がいます|方もいます|分かって|見つか"
_NO_ROOM = "紙面|スペース|入らない|入りきらない|場所がない|長い(?:ので|ため|から)|余白|字数|文字数"


@error("sign-source", "編集の決まり(安全: 危険は、公の出典で読んだもの)")
def sign_source(subject: Subject) -> Iterator[Problem]:
    """A sign to act on at once rests on more than clinics' own articles."""
    for _, sign in cited_signs(subject.handout):
        if sign.step is Step.NOW and subject.only_articles(sign.sources):
            hint = "公的機関、学会、論文などの出典を sources に加えてください。"
            yield Problem(at(sign.text), f"今すぐのサイン「{sign.text}」の出典が、一般の解説記事だけです。", hint)


@error("source-unwritten", "docs/guide.md(ひな形の出典は、仮のもの)")
def source_unwritten(subject: Subject) -> Iterator[Problem]:
    """No claim, sign or exercise rests on the source that stands in a skeleton."""
    said = [(record, ids) for record, ids in subject.claims]
    said += [(sign, sign.sources) for sign in subject.handout.signs]
    said += [(entry.exercise, entry.sources) for entry in subject.handout.exercises]
    for record, ids in said:
        for id_ in ids:
            if id_ == UNWRITTEN:
                hint = "読んだ出典を common/sources.yaml に書き、その名前にしてください。"
                yield Problem(
                    at(id_) or at(record), "出典が、ひな形の仮のもの(unwritten)のままです。", hint, length=len(id_)
                )


@warning("clinic-claim", "編集の決まり(出典が一医院の記事だけのことは、目安・とされます、と書く)")
def clinic_claim(subject: Subject) -> Iterator[Problem]:
    """What only a clinic's article says of an effect is worded as such."""
    for record, ids in subject.claims:
        if not subject.only_articles(ids):
            continue
        for text in texts(record):
            said = Printed(text)
            for sentence in said.sentences():
                if pattern(_EFFECT).search(sentence) and not pattern(_SOFT).search(sentence):
                    hint = "「目安」「〜とされます」「〜ことがあります」のように、確かさを書いてください。"
                    yield Problem(said.at(sentence), "効き目を言い切っていますが、出典は一般の解説記事だけです。", hint)


@warning("expired", f"編集の決まり(期限は、書かれていなければ {MONTHS} か月)")
def expired(subject: Subject) -> Iterator[Problem]:
    """A topic's review is not out of date: `expires`, else 24 months after its date."""
    topic = subject.handout.topic
    end = date.fromisoformat(topic.expires) if topic.expires else months_after(date.fromisoformat(topic.date), MONTHS)
    if end < subject.today:
        hint = "内容を確かめて、date と expires を書き直してください。"
        message = f"内容の確認の期限({end.isoformat()})が過ぎています。"
        yield Problem(at(topic.expires or topic.date), message, hint)


@warning("expires-late", f"編集の決まり(期限はふつう {MONTHS} か月);{MONTHS_MOST} か月までは当方の決め")
def expires_late(subject: Subject) -> Iterator[Problem]:
    """A topic does not hold for ever: `expires` is at most 36 months after its date."""
    topic = subject.handout.topic
    if topic.expires and date.fromisoformat(topic.expires) > months_after(date.fromisoformat(topic.date), MONTHS_MOST):
        hint = f"{MONTHS} か月を目安にしてください。"
        yield Problem(at(topic.expires), f"期限(expires)が、日付から {MONTHS_MOST} か月より先です。", hint)


@warning("date-ahead", "編集の決まり(日付は、内容を書いた日)")
def date_ahead(subject: Subject) -> Iterator[Problem]:
    """A topic is not dated after today."""
    written = subject.handout.topic.date
    if date.fromisoformat(written) > subject.today:
        yield Problem(at(written), "資料の日付(date)が、今日より後です。", "内容を書いた日にしてください。")


@warning("source-old", f"編集の決まり(出典も {MONTHS} か月で読み直す)")
def source_old(subject: Subject) -> Iterator[Problem]:
    """Sources were read within the last 24 months."""
    for id_, source in subject.handout.sources.items():
        if months_after(date.fromisoformat(source.read), MONTHS) < subject.today:
            yield Problem(at(source), f"出典「{id_}」を読んだ日({source.read})から、{MONTHS} か月が過ぎています。")


@warning("left-out-why", "編集の決まり(「入らない」は、載せない理由にならない)")
def left_out_why(subject: Subject) -> Iterator[Problem]:
    """A fact is left out for a reason, and lack of room is none."""
    for left in subject.handout.topic.left_out:
        if len(left.why) < WHY_LEAST or pattern(_NO_ROOM).search(left.why):
            hint = "危険、裏づけがない、行動を変えない、などの理由を書いてください。"
            yield Problem(at(left.why), "載せない理由(why)が、理由になっていません。", hint)


HANDOUT = (sign_source, source_unwritten, clinic_claim, expired, expires_late, date_ahead, source_old, left_out_why)
