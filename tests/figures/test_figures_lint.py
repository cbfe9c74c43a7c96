"""What the lint of a pose finds: each fault by its message and its line, and nothing in the poses that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.figures.compile import ASSETS
from handouts.figures.lint import FINEST, joint_angles, lint, read_checked
from handouts.figures.reading import read_source
from handouts.figures.skeleton import solve
from handouts.problems import Problems

POSES = sorted((ASSETS / "poses").glob("*.yaml"))
HEAD = "alt: 立っている人の図\ncaption: 立つ\nwidth: 45\n"


def faults(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    """Line and message of each fault of a pose whose first three lines are HEAD."""
    file = tmp_path / "pose.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    return [(problem.place.line, problem.message) for problem in lint(read_source(file))]


def test_a_plain_pose_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, "anchor: {point: floor}\n") == []


@pytest.mark.parametrize("path", POSES, ids=lambda path: path.stem)
def test_the_poses_that_are_kept_have_no_fault(path: Path) -> None:
    assert lint(read_source(path, path.name)) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("leg:\n  active: {hip: 140}\n", 5, "「leg.active.hip」は -20〜130度 です（いまは 140）。"),
        ("leg:\n  active: {knee: -5}\n", 5, "「leg.active.knee」は 0〜155度 です（いまは -5）。"),
        ("leg: {other: {ankle: 35}}\n", 4, "「leg.other.ankle」は -55〜30度 です（いまは 35）。"),
        (
            "inset: {look_at: pelvis, radius: 9, centre: [0, 0], size: 9, leg: {other: {knee: 160}}}\n",
            4,
            "「inset.leg.other.knee」は 0〜155度 です（いまは 160）。",
        ),
        ("arm: {other: {elbow: 170}}\n", 4, "「arm.other.elbow」は 0〜150度 です（いまは 170）。"),
        ("trunk: {lumbar: 90}\n", 4, "「trunk.lumbar」は -30〜60度 です（いまは 90）。"),
        ("neck: 70\n", 4, "「neck」は -60〜50度 です（いまは 70）。"),
        ("person: {build: 1.3}\n", 4, "「person.build」は 0.9〜1.15 です（いまは 1.3）。"),
        ("narrowed: 400\n", 4, "「narrowed」は 10〜45 mm です（いまは 400）。"),
        ("anchor: {point: ground}\n", 4, "「ground」という体の目印はありません。"),
        ("only: [active.shoe]\n", 4, "「active.shoe」という層はありません。"),
        ("labels: [{name: 膝, text: 膝, at: active.knee, to: [0, 0]}]\n", 4, "「膝」は目印の名前になりません。"),
        ("arm: {active: {contact: {kind: on_wall, at: pelvis}}}\n", 4, "「on_wall」の at には場面の [x"),
        ("arm: {active: {contact: {kind: on_hips, at: active.knee}}}\n", 4, "「on_hips」の at が違います"),
        ("arm: {active: {contact: {kind: on_thigh, at: active.knee}}}\n", 4, "「on_thigh」の at が違います"),
        ("arm: {active: {contact: {kind: on_shin, at: 'active.shank@0.9:back'}}}", 4, "「on_shin」の at が違います"),
        ("props: [{kind: wall, x: [290, 320]}]\n", 4, "壁(wall)には height が必要です。"),
        ("arrows: [{start: head}]\n", 4, "矢印の始まりと終わりがありません。"),
        (
            "arrows:\n" + "  - {start: head, by: [60, 0], shift: [0, 120]}\n" * 3,
            5,
            "矢印が 3 本あります。1つの図に 2 本までです。",
        ),
    ],
)  # fmt: skip
def test_what_is_written_wrong(tmp_path: Path, text: str, line: int, message: str) -> None:
    ((place, said),) = faults(tmp_path, text)
    assert place == line
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("leg: {active: {ankle_at: [0, -700]}}\n", 4, "足が目標に"),
        ("arm: {active: {contact: {kind: on_wall, at: [500, 200, 80]}}}\n", 4, "手が目標に"),
        ("leg: {active: {knee: 0, ankle_at: [150, -380]}}\n", 4, "伸ばした膝（0 度）と書かれていますが"),
        ("anchor: {point: active.heel}\nprops: [{kind: mat, x: [0, 1]}]\nleg: {other: {ankle: -30}}", 6, "めりこんで"),
        ("anchor: {point: floor}\nleg: {active: {hip: 40, knee: 60, sole: 0}}\n", 5, "浮いています"),
        ("anchor: {point: floor}\nleg: {active: {foot_at: [100, 46]}, other: {hip: 60, knee: 60}}\n", 5, "届きません"),
        ("anchor: {point: floor, at: [0, 0]}\nleg: {active: {ankle_at: [20, 470, 46]}}\n", 5, "を超えます"),
        ("anchor: {point: floor}\narrows: [{start: active.wrist, by: [0, -90]}]\n", 5, "矢印が痛む側の手に重なって"),
        ("anchor: {point: floor}\narrows: [{start: active.heel, end: active.toe}]\n", 5, "矢印が痛む側の足に重なって"),
        ("anchor: {point: floor}\nframe: [-900, 900, -50, 1100]\n", 3, f"{FINEST} mm より細く"),
    ],
)  # fmt: skip
def test_what_the_body_cannot_do_or_a_page_not_show(tmp_path: Path, text: str, line: int, message: str) -> None:
    found = faults(tmp_path, text)
    assert {place for place, _ in found} == {line}, found
    assert message in found[0][1]


@pytest.mark.parametrize("word", ["右脚", "左の膝", "右足"])
def test_a_pose_says_neither_right_nor_left(tmp_path: Path, word: str) -> None:
    file = tmp_path / "pose.yaml"
    file.write_text(f"alt: {word}を伸ばす図\ncaption: 伸ばす\nwidth: 45\n", encoding="utf-8")
    (problem,) = lint(read_source(file))
    assert problem.place.line == 1
    assert word in problem.message


def test_a_checked_pose_comes_with_all_its_faults(tmp_path: Path) -> None:
    file = tmp_path / "pose.yaml"
    file.write_text(HEAD + "neck: 70\nhead: 50\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        read_checked(file, "pose.yaml")
    assert [(str(problem.place), problem.excerpt) for problem in caught.value] == [
        ("pose.yaml:4:7", "neck: 70"),
        ("pose.yaml:5:7", "head: 50"),
    ]


@pytest.mark.parametrize("number", ["-.nan", ".inf", "0x1F", "1:30", "1e9", "123456"])
def test_what_yaml_calls_a_number_too_is_refused(tmp_path: Path, number: str) -> None:
    file = tmp_path / "pose.yaml"
    file.write_text(HEAD + f"neck: {number}\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        read_source(file)
    assert [problem.place.line for problem in caught.value] == [4]


def test_the_angles_of_a_leg_are_those_that_were_written(tmp_path: Path) -> None:
    file = tmp_path / "pose.yaml"
    file.write_text(HEAD + "trunk: {pelvis: 20}\nleg: {active: {hip: 50, knee: 70, ankle: -15}}\n", encoding="utf-8")
    angles = joint_angles(solve(read_source(file).pose), "active")
    assert angles == pytest.approx({"hip": 50, "knee": 70, "ankle": -15}, abs=1e-6)
