"""The kept pages on scores and rules: `python -m tests.scores` writes both anew, tests compare."""

from __future__ import annotations

import sys
from pathlib import Path

from handouts.checks.report import Report, open_items, reports, table
from handouts.checks.rules import RULES
from handouts.checks.rules.glyphs import glyphs
from handouts.checks.rules.law import origin
from handouts.checks.rules.pemat import PASS
from handouts.checks.rules.readability import JREADABILITY_LEAST
from handouts.checks.rules.rule import data
from handouts.library import Library
from handouts.problems import Severity
from tests.checks.bench import TODAY, Bench
from tests.checks.defects import summary

DOCS = Path(__file__).resolve().parent.parent / "docs"
SCORES, RULES_PAGE = DOCS / "scores.md", DOCS / "rules.md"
_LEARNERS = "## jReadability\n"
_INTRO = f"""# What the built-in handouts score

Written by `python -m tests.scores`; a test compares. Lengths are characters of what the A4 sheet prints without footer
and dose panel. 理解 and 行動 are PEMAT-P scores in % over the items that software decides (of 23, Japanese version):
they say that a thing is there, not that it is good, and are no published score. Above {PASS} counts as understandable
or actionable. 建石 RS is the formula of 建石・小野・山田 (1988), made for running text: 50 is the mean of its authors'
texts, higher is easier. DISCERN is not scored: a person must use it whole.
"""
_BEYOND = """
And beyond PEMAT: whether each source says what is cited for it, whether each dose suits the patient, whether the
pictures show what the steps say, spelling, and everything a professional of the clinic signs for by approving.
"""
_RULES_INTRO = """# The rules of `handouts check`

Written by `python -m tests.scores` from `handouts/checks/rules/`; a test compares. An error (E) stops a build, a
warning (W) is told by `check` alone. 編集の決まり and 当方の決め are this project's own. What the form of the files
already enforces (a purpose of at most 40 characters, a complete dose, a source for each claim, a heading for each
block, at most 5 exercises and 5 columns, a figure and a stop for each exercise, questions in a guide, nothing but
fields in a form) is refused as the file is read.

| rule | | asks | from |
|---|---|---|---|"""
_LAW = """
## Advertising law: guideline, section, and how it was read
"""
_READ = """
`page`: read on a public body's own page. `excerpt`: the guideline itself could not be opened; the passage was read
where another page quotes it. `second hand: standards`: not read, taken from the project's own list. A clinic that
posts or advertises should ask its public health centre (保健所)."""
_SEEN = """
What was read, on 2026-11-22, in stored copies that mostly showed the beginning of a page:
"""
_ABOUT_LEARNERS = f"""
By the PyPI package `jreadability` (`pip install 'handouts[readability]'`), 0.5–6.5, higher is easier, made for learners
of Japanese; the house asks for {JREADABILITY_LEAST}, a threshold of our own. It counts sentences only.
"""


def scores() -> str:
    """docs/scores.md."""
    found = reports(Library(), Library().topics(), TODAY)
    parts = [
        _INTRO,
        table(found, without=["jReadability"]),
        "",
        "## For a person to judge\n",
        "For each topic alike; software leaves these items of PEMAT-P open:\n",
        open_items(),
        "",
        _BEYOND,
        "## Warnings that stand\n",
        _warnings(),
        "",
        "## Seeded defects\n",
        summary(Bench(None)),
        "",
        _learners(found),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _warnings() -> str:
    lines = [f"- {Path(one.place.file).stem}: {one.message} [{one.rule}]" for one in Bench(None).clean]
    return "\n".join(lines) or "None."


def _learners(found: list[Report]) -> str:
    """The section that only a machine with the extra `readability` can write."""
    lines = [f"- {one.topic}: {one.jreadability}" for one in found if one.jreadability is not None]
    if not lines:
        return ""
    return "\n".join([_LEARNERS, _ABOUT_LEARNERS, *lines])


def comparable(text: str, with_learners: bool) -> str:
    """A page without what this machine cannot measure."""
    return text if with_learners else text.partition(f"\n{_LEARNERS}")[0].rstrip() + "\n"


def rules_page() -> str:
    """docs/rules.md."""
    lines = [_RULES_INTRO]
    for rule in (*RULES, glyphs({})):
        letter = "E" if rule.severity is Severity.ERROR else "W"
        lines.append(f"| `{rule.id}` | {letter} | {rule.meaning} | {rule.source} |")
    lines += [_LAW, *(f"- `{id_}`: {origin(id_)}" for id_ in data("law")["rules"]), _READ, _SEEN]
    lines += [f"- {one['name']}: {'、'.join(one['seen'])}" for one in data("law")["guidelines"].values()]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write both pages."""
    kept = SCORES.read_text("utf-8") if SCORES.exists() else ""
    fresh = scores()
    if _LEARNERS not in fresh and _LEARNERS in kept:
        fresh = fresh.rstrip() + "\n\n" + kept[kept.index(_LEARNERS) :]
        print("jReadability is not installed: its section is kept as it was")
    SCORES.write_text(fresh, encoding="utf-8")
    RULES_PAGE.write_text(rules_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
