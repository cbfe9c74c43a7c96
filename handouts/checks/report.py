"""What a handout scores: length, sentences, PEMAT, readability, daily minutes, sources; what a person must judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from handouts.checks.content import check, subject_of
from handouts.checks.rules.pemat import ITEMS
from handouts.checks.rules.pemat import score as pemat_score
from handouts.checks.rules.readability import jreadability, tateisi
from handouts.checks.rules.rule import Subject
from handouts.library import Library
from handouts.model import SourceKind
from handouts.model.amounts import daily_minutes
from handouts.problems import Problem, Problems, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """One topic measured on what its A4 sheet prints; lengths in characters, scores in %, times in minutes a day.

    `sentence_mean` and `sentence_most` are of whole sentences (ending in 。), `sources` counts by kind, `pemat_failed`
    and `pemat_open` are item numbers, `jreadability` is None where its package is not installed.
    """

    topic: str
    errors: int
    warnings: int
    characters: int
    sentences: int
    sentence_mean: float
    sentence_most: int
    understanding: int | None
    acting: int | None
    pemat_decided: int
    pemat_failed: tuple[int, ...]
    pemat_open: tuple[int, ...]
    tateisi: float
    jreadability: float | None
    minutes: str
    exercises: int
    signs: int
    sources: dict[str, int]
    left_out: int


def reports(library: Library, names: Iterable[str], today: date) -> list[Report]:
    """The report of each topic; raises Problems with all that keeps any of them from being read."""
    found: list[Report] = []
    unread: list[Problem] = []
    for name in names:
        try:
            found.append(report(library, subject_of(library, name, library.handout(name).topic, today)))
        except Problems as wrong:
            unread += wrong
    if unread:
        raise Problems(dict.fromkeys(unread))
    return found


def report(library: Library, subject: Subject) -> Report:
    """One handout measured."""
    handout = subject.handout
    names = [entry.id for entry in handout.exercises]
    files = [library.folders.find("topics", handout.id), *(library.folders.find("exercises", name) for name in names)]
    problems = check([found.path for found in files], library, subject.today)
    count = Counter(problem.severity for problem in problems)
    scores = pemat_score(subject, frozenset(problem.rule for problem in problems))
    sentences = [one for item in subject.read.items for one in map(_solid, item.sentences()) if one.endswith("。")]
    lengths = [len(one) for one in sentences] or [0]
    kinds = Counter(source.kind for source in handout.sources.values())
    learner = jreadability(sentences) if sentences else None
    return Report(
        topic=handout.id,
        errors=count[Severity.ERROR],
        warnings=count[Severity.WARNING],
        characters=sum(len(item.bare) for item in subject.read.items),
        sentences=len(sentences),
        sentence_mean=round(sum(lengths) / len(lengths), 1),
        sentence_most=max(lengths),
        understanding=scores.understanding,
        acting=scores.acting,
        pemat_decided=scores.decided,
        pemat_failed=scores.failed,
        pemat_open=scores.open,
        tateisi=round(tateisi(sentences), 1) if sentences else 0.0,
        jreadability=None if learner is None else round(learner, 1),
        minutes=daily_minutes(entry.dose for entry in handout.exercises),
        exercises=len(handout.exercises),
        signs=len(handout.signs),
        sources={kind.value: kinds[kind] for kind in SourceKind if kinds[kind]},
        left_out=len(handout.topic.left_out),
    )


def _solid(text: str) -> str:
    return text.replace("\n", "")


COLUMNS: tuple[tuple[str, Callable[[Report], str]], ...] = (
    ("資料", lambda one: one.topic),
    ("誤り", lambda one: str(one.errors)),
    ("注意", lambda one: str(one.warnings)),
    ("文字", lambda one: str(one.characters)),
    ("文", lambda one: str(one.sentences)),
    ("文の長さ 平均/最長", lambda one: f"{one.sentence_mean}/{one.sentence_most}"),
    ("理解 %", lambda one: _percent(one.understanding)),
    ("行動 %", lambda one: _percent(one.acting)),
    ("決めた項目", lambda one: f"{one.pemat_decided}/{len(ITEMS)}"),
    ("人が見る項目", lambda one: " ".join(map(str, one.pemat_open))),
    ("建石 RS", lambda one: str(one.tateisi)),
    ("jReadability", lambda one: "–" if one.jreadability is None else str(one.jreadability)),
    ("分/日", lambda one: one.minutes or "–"),
    ("サイン", lambda one: str(one.signs)),
    ("出典(うち医院の記事)", lambda one: f"{sum(one.sources.values())}({one.sources.get('clinic-article', 0)})"),
)
"""Heading and cell of each column of the table."""


def _percent(value: int | None) -> str:
    return "–" if value is None else str(value)


def table(found: Iterable[Report], without: Iterable[str] = ()) -> str:
    """The reports as a Markdown table, a row a topic, without the columns of these headings."""
    columns = [(heading, cell) for heading, cell in COLUMNS if heading not in set(without)]
    rows = [[heading for heading, _ in columns], ["---"] * len(columns)]
    rows += [[cell(one) for _, cell in columns] for one in found]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def open_items() -> str:
    """The items of PEMAT that software leaves to a person, as a Markdown list."""
    return "\n".join(f"- {item.number} {item.text}({item.scale})" for item in ITEMS if not item.agree)


def as_data(one: Report) -> dict[str, Any]:
    """A report for machines."""
    return asdict(one)
