"""Readability by two published formulas, reported and never an error: both were made for other texts than lists.

建石・小野・山田 (1988)「日本文の読みやすさの評価式」情報処理学会研究報告 1988-HI-018, 1–8: RS, higher is easier, 50 the
mean and 10 the deviation of the authors' texts; the formula was read as others quote it, not in the paper.
Lee & Hasebe's jReadability (0.5–6.5, higher is easier, made for learners of Japanese) comes from the PyPI package
`jreadability` where it is installed: its dictionary takes 250 MB, hence the extra `readability`. The house's least
value 3.5 is ours, not published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

JREADABILITY_LEAST = 3.5

_RUNS = (
    ("[A-Za-zＡ-Ｚａ-ｚ]+", -1.37),
    ("[ぁ-ゖ]+", 7.4),
    ("[一-鿿々]+", -23.18),
    ("[ァ-ヺー]+", -5.4),
)
"""Runs of one script: letters, hiragana, kanji, katakana; the weight of their mean length in characters."""
_SENTENCE, _COMMAS, _CONSTANT = -0.12, -4.67, 115.79


def tateisi(sentences: Sequence[str]) -> float:
    """RS of some sentences: mean length of sentences and of runs of one script, commas a sentence."""
    text = "\n".join(sentences)
    score = _CONSTANT + _SENTENCE * sum(map(len, sentences)) / len(sentences)
    for script, weight in _RUNS:
        runs = re.findall(script, text)
        score += weight * sum(map(len, runs)) / len(runs) if runs else 0.0
    return score + _COMMAS * text.count("、") / len(sentences)


def jreadability(sentences: Sequence[str]) -> float | None:
    """jReadability of some sentences, None where the package is not installed."""
    compute, tagger = _package()
    return float(compute("".join(sentences), tagger)) if compute else None


@cache
def _package() -> tuple[Any, Any]:
    try:
        from fugashi import Tagger  # type: ignore[import-not-found,unused-ignore]  # the extra
        from jreadability import compute_readability  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return None, None
    return compute_readability, Tagger()
