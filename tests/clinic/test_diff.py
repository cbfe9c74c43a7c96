"""`handouts diff`: what was approved, laid beside what the files say now."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handouts.cli import main
from handouts.clinic.difference import compared
from handouts.library import Library
from handouts.library.approval import digest_of
from handouts.paths import PACKAGE, builtin
from tests.conftest import REPOSITORY

BY = ("--by", "見本花子", "--role", "医師", "--on", "2026-11-20")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--clinic", str(folder)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An example clinic in which its own topic and a built-in one are approved."""
    made = Path(shutil.copytree(REPOSITORY / "docs" / "examples" / "seikei", tmp_path / "clinic"))
    for topic in ("low-back", "running"):
        assert run(made, "approve", topic, *BY).exit_code == 0
    return made


def found(folder: Path) -> dict[str, dict[str, Any]]:
    return {one["topic"]: one for one in json.loads(run(folder, "diff", "--json").output)}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_changed_is_said_and_ends_with_0(folder: Path) -> None:
    result = run(folder, "diff")
    assert result.exit_code == 0
    assert result.output.count("変わっていません") == 2
    assert "見本花子 2026-11-20" in result.output


def test_what_is_kept_is_what_was_approved(folder: Path) -> None:
    library = Library(folder)
    kept = json.loads((folder / "approved" / "low-back.json").read_text("utf-8"))
    assert kept == library.content(library.handout("low-back"))
    assert digest_of(kept) == library.approvals()["low-back"].content == library.digest(library.handout("low-back"))


def test_each_change_is_shown_before_and_after_and_ends_with_1(folder: Path) -> None:
    edit(folder / "exercises" / "knee-hug.yaml", "hold: 10秒", "hold: 15秒")
    edit(folder / "topics" / "low-back.yaml", "    - サインがあれば、先に受診します。\n", "")
    edit(folder / "assets" / "poses" / "knee-hug.yaml", "hip: 124", "hip: 123")
    result = run(folder, "diff", "low-back")
    assert result.exit_code == 1
    assert "- 10秒\n    + 15秒" in result.output
    changes = {
        (one["part"], one["path"]): (one["before"], one["after"]) for one in found(folder)["low-back"]["changes"]
    }
    assert changes["図", "knee-hug.leg.active.hip"] == ("124", "123")
    gone = ("資料", "summary.items.サインがあれば、先に受診します。")
    assert changes[gone] == ("サインがあれば、先に受診します。", "")
    assert len([key for key in changes if key[0] == "資料"]) == 1, "items after the one that went are the same"


def test_a_change_of_the_built_in_library_is_a_change_of_what_was_approved(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = tmp_path / "newer"
    for kind in ("topics", "exercises", "common"):
        shutil.copytree(PACKAGE / kind, newer / kind)
    edit(newer / "exercises" / "hamstring-chair.yaml", "hold: 20秒", "hold: 30秒")
    monkeypatch.setattr(
        "handouts.library.folders.builtin", lambda kind: newer / kind if (newer / kind).is_dir() else builtin(kind)
    )
    state = {name: one["state"] for name, one in found(folder).items()}
    assert state == {"low-back": "changed", "running": "same"}
    changes = found(folder)["low-back"]["changes"]
    assert {(one["before"], one["after"]) for one in changes} == {("20秒", "30秒")}


def test_without_what_was_kept_only_the_change_is_told_and_a_damaged_one_is_a_problem(folder: Path) -> None:
    edit(folder / "exercises" / "knee-hug.yaml", "hold: 10秒", "hold: 15秒")
    kept = folder / "approved" / "low-back.json"
    kept.write_text("{}", encoding="utf-8")
    damaged = run(folder, "diff")
    assert damaged.exit_code == 1
    assert "控えが壊れています" in damaged.output
    kept.unlink()
    assert found(folder)["low-back"]["state"] == "unknown"


def test_a_topic_that_cannot_be_read_any_more_is_told_with_why(folder: Path) -> None:
    edit(folder / "topics" / "low-back.yaml", "exercise: knee-hug", "exercise: knee-hag")
    one = found(folder)
    assert (one["low-back"]["state"], one["running"]["state"]) == ("broken", "same")
    assert any("knee-hag" in problem for problem in one["low-back"]["problems"])


def test_an_unknown_name_and_no_approval_at_all_are_told(folder: Path) -> None:
    assert run(folder, "diff", "walking").exit_code == 2
    (folder / "approvals.yaml").unlink()
    nothing = run(folder, "diff")
    assert nothing.exit_code == 0
    assert "まだありません" in nothing.output


def test_an_item_more_at_the_head_of_a_list_is_one_change() -> None:
    before = {"items": [{"title": "一", "text": "a"}, {"title": "二", "text": "b"}]}
    after = {"items": [{"title": "新", "text": "c"}, {"title": "一", "text": "a"}, {"title": "二", "text": "x"}]}
    assert list(compared(before, after)) == [
        ("items.二.text", "b", "x"),
        ("items.新", "", '{"title": "新", "text": "c"}'),
    ]
