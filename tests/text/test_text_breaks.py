"""breaks.py: break permissions, judged by W3C's tests for `line-break: strict` in Japanese, and phrases."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from handouts.faces import clusters
from handouts.text import phrases
from handouts.text.breaks import LINE_END, LINE_START, NEVER, UNIT, classes
from handouts.text.characters import may_end, may_start

SUITE = "linebreak/css_line_break_ja_zh.tsv"

# Brackets of scripts no Japanese handout is set in; no built-in face draws them, so they are errors before they are
# set (docs/line-breaking.md).
DEVIATIONS = {
    "U+145CF", "U+1325B", "U+1325C", "U+1325D", "U+13282", "U+13287", "U+13289", "U+1337A", "U+1337B",
    "U+1E95E", "U+1E95F", "U+145CE", "U+13258", "U+13259", "U+1325A", "U+13286", "U+13288", "U+13379",
}  # fmt: skip


def breaks_of(text: str, by_phrase: bool = True) -> dict[int, int]:
    offsets, position = [], 0
    for cluster in clusters(text):
        offsets.append(position)
        position += len(cluster)
    return dict(zip(offsets, classes(text, offsets, by_phrase), strict=True))


def suite_cases() -> list[dict[str, str]]:
    folder = os.environ.get("HANDOUTS_SUITES")
    if not folder:
        pytest.skip("HANDOUTS_SUITES is not set: the W3C line-breaking suite is missing")
    header, *rows = (Path(folder) / SUITE).read_text("utf-8").split("\n")
    names = header.split("\t")
    return [dict(zip(names, row.split("\t"), strict=True)) for row in rows if row]


def holds(case: dict[str, str]) -> bool:
    """Whether we do what the case asks; `may_line_start` permits, and strict need not use the permission."""
    found = breaks_of(case["string"], by_phrase=False)
    at = int(case["char_index"])
    if case["expectation"] == "not_line_end":
        return found[at + len(chr(int(case["target_cp"][2:], 16)))] >= LINE_END
    return case["expectation"] == "may_line_start" or found[at] >= LINE_START


def test_w3c_line_break_suite_at_strict() -> None:
    cases = suite_cases()
    promised = [case for case in cases if case["value"] == "strict"]
    assert [case["target_cp"] for case in promised if not holds(case)] == []
    assert (len(cases), len(promised)) == (561, 123)
    failed = {case["target_cp"] for case in cases if not holds(case)}
    assert failed == DEVIATIONS
    # What a looser level forbids, strict forbids too: these are judged as well.
    assert sum(case["expectation"] != "may_line_start" for case in cases) == 379


def test_strict_is_stricter_than_normal() -> None:
    cases = [case for case in suite_cases() if case["expectation"] == "may_line_start" and case["lang"] == "ja"]
    allowed = [case for case in cases if breaks_of(case["string"], by_phrase=False)[int(case["char_index"])] < UNIT]
    assert len(cases) == 142
    assert allowed == []


@pytest.mark.parametrize(
    "character", "、。，．・：；！？」』）】〕］｝〉》”’)]},.!?々ゝヽーぁゃっッォ〜～‐–゠…‥％%℃°㎜/"
)
def test_forbidden_at_line_start(character: str) -> None:
    assert not may_start(character)
    assert breaks_of(f"文{character}字")[1] == LINE_START


@pytest.mark.parametrize("character", "「『（【〔［｛〈《“‘([{¥￥$#№")
def test_forbidden_at_line_end(character: str) -> None:
    assert not may_end(character)
    assert breaks_of(f"文{character}字")[2] >= LINE_END


@pytest.mark.parametrize("character", "膝あア△→×○●−Aα1")
def test_allowed_at_line_start_and_end(character: str) -> None:
    assert may_start(character)
    assert may_end(character)


@pytest.mark.parametrize("pair", ["――", "……", "‥‥", "──", "——", "⋯⋯"])
def test_inseparable_runs(pair: str) -> None:
    assert breaks_of(f"膝{pair}裏")[2] == LINE_START


@pytest.mark.parametrize(
    "whole",
    [
        "30秒", "30〜60秒", "30秒〜60秒", "2〜3日", "2日", "2、3日", "約8分/日", "10回ずつ", "第1版", "5mm", "5 mm",
        "38℃", "38.5℃",
        "1日", "1つ", "2か所", "3ヶ月以上", "65歳以上", "10回×3セット", "1/2錠", "¥1,200", "#7119", "119番", "100m",
        "1.5L", "50%",
        "000-000-0000", "00(0000)0000", "9:00〜12:30", "午前9時", "週2〜3回", "数日間", "何回", "半年", "三回目",
        "１０回ずつ", "〜10回",
        "120/80mmHg", "5分程度", "8分半", "No.1", "±5度", "3人前", "1日おき", "①膝", "MRI", "it's",
        "example.org/knee", "A\u00a0B",
    ],
)  # fmt: skip
def test_never_parted(whole: str) -> None:
    text = f"裏を{whole}です"
    found = breaks_of(text)
    inside = [found[offset] for offset in range(3, 2 + len(whole)) if offset in found]
    assert inside
    assert min(inside) >= UNIT


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1日1回行います", ["1日", "1回行います"]),
        ("ふくらはぎの張り", ["ふくらはぎの", "張り"]),
        ("磁気共鳴画像を見る", ["磁気共鳴画像を", "見る"]),
        ("毎日続けます", ["毎日", "続けます"]),
        ("かがむ姿勢", ["かがむ", "姿勢"]),
        ("もみほぐす", ["もみほぐす"]),
        ("体操を10回行う", ["体操を", "10回行う"]),
        ("ゆっくりまっすぐ歩く", ["ゆっくり", "まっすぐ", "歩く"]),
        ("次回は2026年11月5日です", ["次回は", "2026年11月5日です"]),
        ("担当は渡邉\U000e010eさんと𠮷野です", ["担当は", "渡邉\U000e010eさんと", "𠮷野です"]),
        ("か\u3099んばる人の膝", ["か\u3099んばる", "人の", "膝"]),
        ("痛みが出たという", ["痛みが", "出たという"]),
        ("当てはまれば、ほぐします", ["当てはまれば、", "ほぐします"]),
    ],
)
def test_phrases(text: str, parts: list[str]) -> None:
    starts = [0, *sorted(phrases.starts(text)), len(text)]
    assert [text[begin:end] for begin, end in pairwise(starts)] == parts


def test_nothing_breaks_before_a_space_or_strands_an_indent() -> None:
    found = breaks_of("　膝の　　裏 です")
    assert [found[offset] for offset in (3, 4, 6)] == [NEVER] * 3
    assert found[1] == LINE_START
    assert found[5] == found[7] == 0
