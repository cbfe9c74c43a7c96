"""What counts as telling of a person in a file's name or metadata, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.checks.file.verify import verify
from tests.verify.sample import clean


@pytest.mark.parametrize(
    ("title", "name", "rules"),
    [
        ("膝の裏が痛い患者さんへ", "膝-患者様用.pdf", set()),
        ("お子さんの膝が痛いとき", "仕様.pdf", set()),
        ("皆さんの体操", "2026-11-22.pdf", set()),
        ("家族の方へ 同様の痛み", "running-trifold.pdf", set()),
        ("田中さんの体操", "x.pdf", {"personal-data"}),
        ("体操", "渡辺 一子 様.pdf", {"personal-data"}),
        ("S25.3.4生の方の体操", "x.pdf", set()),
        ("昭和25年3月4日生", "x.pdf", {"personal-data"}),
        ("体操 1950/03/04生", "x.pdf", {"personal-data"}),
        ("カルテ番号 90317", "x.pdf", {"personal-data"}),
        ("電話 090-1234-5678", "x.pdf", {"personal-data"}),
        ("電話 03-1234-5678", "x.pdf", set()),
        ("佐藤花子の体操", "x.pdf", {"printed-name"}),
        ("膝の裏が痛いとき", "佐藤花子.pdf", {"printed-name"}),
        ("花子の体操", "x.pdf", set()),
    ],
)
def test_what_tells_of_a_person(title: str, name: str, rules: set[str], tmp_path: Path) -> None:
    sample = clean()
    sample.title = title
    if "花子" in title + name:
        sample.text("お名前 佐藤 花子 様", 120, 60, 17)
        sample.text("見本医院 様", 120, 70)
    assert {rule.id for rule, _ in verify(sample.write(tmp_path / name)).findings} == rules
