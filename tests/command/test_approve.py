"""Approval: it stands for exact content, is printed with name and role, runs out, and may be demanded."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from handouts.checks.file import PdfFile
from handouts.cli import main
from handouts.library import Library
from handouts.library.approval import review
from handouts.model import Review, months_after
from handouts.paths import PACKAGE, builtin

TOPIC = "cramp"
BY = ("--by", "見本花子", "--role", "医師", "--on", "2026-11-20")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [arguments[0], *arguments[1:], "--clinic", str(folder)])


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A clinic's folder in which the topic is approved."""
    folder = tmp_path / "clinic"
    files = ("exercises/calf-wall.yaml", "common/sources.yaml", "common/warning-signs.yaml")
    for name in (f"topics/{TOPIC}.yaml", *files):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / name, folder / name)
    shutil.copy(PACKAGE / "clinic.yaml", folder / "clinic.yaml")
    (folder / "assets/poses").mkdir(parents=True)
    shutil.copy(builtin("assets") / "poses/wall-calf.yaml", folder / "assets/poses/wall-calf.yaml")
    result = run(folder, "approve", TOPIC, *BY)
    assert result.exit_code == 0, result.output
    return folder


def state(folder: Path, on: str = "2026-11-22") -> Review:
    return review(Library(folder).handout(TOPIC), date.fromisoformat(on))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def words(path: Path) -> list[str]:
    with PdfFile(path) as pdf:
        return [re.sub(r"\s", "", page.text) for page in pdf.pages]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (f"topics/{TOPIC}.yaml", "つったら、ゆっくり伸ばします。", "つったら、伸ばします。"),
        (f"topics/{TOPIC}.yaml", "hold: 10秒", "hold: 20秒"),
        (f"topics/{TOPIC}.yaml", "  - calf-clot\n", ""),
        (f"topics/{TOPIC}.yaml", "sources: [cochrane-cramp-stretch]", "sources: [article-cramp]"),
        ("exercises/calf-wall.yaml", "壁に", "かべに"),
        ("common/warning-signs.yaml", "胸が痛い", "胸がとても痛い"),
        ("common/sources.yaml", "title: Baker's cyst", "title: Baker's cysts"),
        ("assets/poses/wall-calf.yaml", "knee: ", "knee: 1"),
    ],
)
def test_any_change_of_content_takes_the_approval_away(clinic: Path, name: str, old: str, new: str) -> None:
    assert state(clinic) is Review.VALID
    edit(clinic, name, old, new)
    assert state(clinic) is Review.CHANGED


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (f"topics/{TOPIC}.yaml", "date: 2026-11-22", "date: 2026-11-21\nedition: 2"),
        (f"topics/{TOPIC}.yaml", "author: handouts", "author: 見本花子"),
        (f"topics/{TOPIC}.yaml", "title: ", "# 題\ntitle: "),
        ("common/sources.yaml", "title: Going up and down", "title: Up and down"),
        ("clinic.yaml", "phone:", "accent: '#204080'\nphone:"),
        ("assets/poses/wall-calf.yaml", "width: ", "# 幅\nwidth: "),
    ],
)
def test_what_is_no_content_may_change(clinic: Path, name: str, old: str, new: str) -> None:
    if "accent" in (clinic / name).read_text(encoding="utf-8"):
        new = old
    edit(clinic, name, old, new)
    assert state(clinic) is Review.VALID


def test_name_role_and_day_are_printed_and_the_other_states_said(clinic: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"

    def built(day: str) -> tuple[list[str], str]:
        result = run(clinic, "build", "--topic", TOPIC, "-o", str(target), "--date", day)
        assert result.exit_code == 0, result.output
        return words(target), result.stderr

    pages, said = built("2026-11-22")
    assert all("監修医師見本花子(2026年11月)" in page for page in pages)
    assert "確認前の見本" not in "".join(pages)
    assert "確認" not in said
    pages, said = built("2028-11-21")
    assert all("内容の確認期限切れ" in page for page in pages)
    assert "監修" not in "".join(pages)
    assert "期限が切れています" in said
    edit(clinic, f"topics/{TOPIC}.yaml", "つったら、ゆっくり伸ばします。", "つったら、伸ばします。")
    pages, said = built("2026-11-22")
    assert "確認前の見本" in pages[0]
    assert all("確認後に内容が変わった見本" in page for page in pages)
    assert "内容が変わっています" in said


def test_an_approval_holds_24_months_to_the_day(clinic: Path) -> None:
    assert state(clinic, "2028-11-20") is Review.VALID
    assert state(clinic, "2028-11-21") is Review.EXPIRED
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
    edit(clinic, "clinic.yaml", "phone:", "approval_months: 6\nphone:")
    assert state(clinic, "2027-05-21") is Review.EXPIRED
    edit(clinic, f"topics/{TOPIC}.yaml", "author:", "expires: 2026-12-31\nauthor:")
    assert state(clinic, "2027-01-01") is Review.EXPIRED


def test_list_says_the_state_of_each_topic(clinic: Path) -> None:
    shown = {line.split()[0]: line for line in run(clinic, "list", "topics").output.splitlines()}
    assert shown[TOPIC].endswith("[確認済み]") or shown[TOPIC].endswith("[期限切れ]")
    assert shown["running"].endswith("[確認前]")
    data = json.loads(run(clinic, "list", "topics", "--json").output)
    assert data["review"]["running"] == "missing"


def test_approvals_of_other_topics_stay(clinic: Path) -> None:
    assert run(clinic, "approve", "visit", "--by", "見本太郎", "--role", "看護師").exit_code == 0
    kept = yaml.safe_load((clinic / "approvals.yaml").read_text(encoding="utf-8"))
    assert {name: (entry["by"], entry["role"]) for name, entry in kept.items()} == {
        TOPIC: ("見本花子", "医師"),
        "visit": ("見本太郎", "看護師"),
    }
    assert state(clinic) is Review.VALID


def _no_clinic(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(clinic.parent)
    return ["approve", TOPIC, *BY]


def _wrong_role(clinic: Path, _: pytest.MonkeyPatch) -> list[str]:
    return ["approve", TOPIC, "--by", "見本花子", "--role", "院長", "--clinic", str(clinic)]


def _no_name(clinic: Path, _: pytest.MonkeyPatch) -> list[str]:
    return ["approve", TOPIC, "--by", " ", "--role", "医師", "--clinic", str(clinic)]


def _content_wrong(clinic: Path, _: pytest.MonkeyPatch) -> list[str]:
    edit(clinic, f"topics/{TOPIC}.yaml", "つったら、ゆっくり伸ばします。", "必ず治ります。")
    return ["approve", TOPIC, *BY, "--clinic", str(clinic)]


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (_no_clinic, 1, "医院のフォルダー"),
        (_wrong_role, 2, "医師"),
        (_no_name, 1, "--by"),
        (_content_wrong, 1, "必ず治"),
    ],
)
def test_what_cannot_be_approved(
    clinic: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path, pytest.MonkeyPatch], list[str]],
    code: int,
    said: str,
) -> None:
    before = (clinic / "approvals.yaml").read_bytes()
    result = CliRunner().invoke(main, make(clinic, monkeypatch))
    assert result.exit_code == code, result.output
    assert said in result.output
    assert "Traceback" not in result.output
    assert (clinic / "approvals.yaml").read_bytes() == before


def test_an_approvals_file_that_was_tampered_with_is_told_with_its_line(clinic: Path, tmp_path: Path) -> None:
    edit(clinic, "approvals.yaml", "role: 医師", "role: 院長")
    result = run(clinic, "build", "--topic", TOPIC, "-o", str(tmp_path / "x.pdf"))
    assert result.exit_code == 1
    assert "approvals.yaml:4:" in result.output
    assert not (tmp_path / "x.pdf").exists()


def test_where_an_approval_is_demanded_only_a_draft_is_printed_without_one(clinic: Path, tmp_path: Path) -> None:
    edit(clinic, "clinic.yaml", "phone:", "require_approval: true\nphone:")
    target = tmp_path / "running.pdf"
    refused = run(clinic, "build", "--topic", "running", "-o", str(target))
    assert refused.exit_code == 1
    assert "handouts approve running" in refused.output
    assert not target.exists()
    draft = run(clinic, "build", "--topic", "running", "-o", str(target), "--draft")
    assert draft.exit_code == 0, draft.output
    pages = words(target)
    assert len(pages) == 2
    assert all(page.count("下書き") == 2 for page in pages), "in the upper margin, and in the footer"
    valid = run(clinic, "build", "--topic", TOPIC, "-o", str(tmp_path / "c.pdf"), "--date", "2026-11-22")
    assert valid.exit_code == 0, valid.output
    assert "下書き" not in "".join(words(tmp_path / "c.pdf"))


def test_a_draft_is_printed_whatever_is_wrong_with_its_words(clinic: Path, tmp_path: Path) -> None:
    edit(clinic, f"topics/{TOPIC}.yaml", "つったら、ゆっくり伸ばします。", "必ず治ります。")
    target = tmp_path / "x.pdf"
    assert run(clinic, "build", "--topic", TOPIC, "-o", str(target)).exit_code == 1
    assert not target.exists()
    assert run(clinic, "build", "--topic", TOPIC, "-o", str(target), "--draft").exit_code == 0
    assert "必ず治ります。" in "".join(words(target))
