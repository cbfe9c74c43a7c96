"""What is refused: pictures that are not our own flat SVG, and poses with anything misspelt, missing or misread."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from handouts.figures.compile import ASSETS, main
from handouts.figures.picture import read_picture, read_pose_texts
from handouts.figures.reading import read_pose
from handouts.problems import Problems

GOOD = ASSETS / "pictures" / "run-underbody.M.colour.svg"
POSE = "alt: 図の説明\ncaption: 見出し\nwidth: 50\n"


def refused_picture(tmp_path: Path, text: str) -> tuple[str, int]:
    file = tmp_path / "bad.svg"
    file.write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(Problems) as caught:
        read_picture(file)
    (problem,) = caught.value
    assert problem.place.file == str(file)
    return problem.message, problem.place.line


def test_reads_its_own() -> None:
    picture = read_picture(GOOD)
    assert (round(picture.width, 1), round(picture.height, 1)) == (143.7, 159.4)
    assert {command[0] for path in picture.paths for command in path.data} <= {"M", "L", "C", "Z"}
    assert all(path.fill or path.stroke for path in picture.paths)
    assert any(path.dash == (3.2, 2.4) for path in picture.paths)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<path d=", '<g opacity="0.5"><path d=', "使えない要素や属性"),
        ('" fill="#', '" style="fill:#', "使えない要素や属性"),
        ('" fill="#', '" fill="red" x="#', "使えない要素や属性"),
        ("<path d=\"M", "<path d=\"m", "M L C Z"),
        ("5C8", "5Q8", "M L C Z"),
        ("5C8", "5C1e9 8", "M L C Z"),
        ("<path d=\"M", "<path d=\"L", "M L C Z"),
        ("<path d=", '<path d="M1 1L2 2"/>\n<path d=', "塗りも線もない"),
    ],
)  # fmt: skip
def test_refuses_what_a_flat_picture_may_not_hold(tmp_path: Path, old: str, new: str, message: str) -> None:
    head, _, rest = GOOD.read_text(encoding="utf-8").partition("\n")
    assert old in rest
    said, line = refused_picture(tmp_path, head + "\n" + rest.replace(old, new, 1))
    assert message in said
    assert line >= 2


def test_refuses_another_programs_svg(tmp_path: Path) -> None:
    said, line = refused_picture(tmp_path, '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>\n')
    assert "先頭" in said
    assert line == 1


def test_refuses_a_picture_cut_short(tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    said, _ = refused_picture(tmp_path, "\n".join(text.split("\n")[:12]))
    assert "途中で切れています" in said


def test_refuses_an_empty_file_and_one_that_is_not_utf8(tmp_path: Path) -> None:
    assert "先頭" in refused_picture(tmp_path, "")[0]
    file = tmp_path / "sjis.svg"
    file.write_bytes("図".encode("shift_jis"))
    with pytest.raises(Problems) as caught:
        read_picture(file)
    assert "UTF-8" in next(iter(caught.value)).message


def refused_pose(tmp_path: Path, text: str) -> list[tuple[int, int, str]]:
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Problems) as caught:
        read_pose(file)
    return [(problem.place.line, problem.place.column, problem.message) for problem in caught.value]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("neck: -.25", "「neck」は数ではありません（-.25）。"),
        ("neck: '5'", "「neck」は数ではありません（5）。"),
        ("neck: true", "「neck」は数ではありません（true）。"),
        ("nekc: 5", "「nekc」というキーはありません。"),
        ("side: Right", "「side」の値が違います。"),
        ("leg: {right: {hip: 1}}", "「right」というキーはありません。"),
        ("highlight: [{leg: active, muscle: biceps}]", "「muscle」の値が違います。"),
        ("arm: {active: {contact: {kind: on_thigh}}}", "「at」が必要です。"),
        ("marks: {kind: right}", "「marks」には [ ] で囲んだ並びを書きます。"),
        ("trunk: 5", "「trunk」には「キー: 値」の組を書きます。"),
        ("frame: [0, 1, 2]", "「frame」には数を4個書きます（いまは3個）。"),
        ("guides: [{start: active.kne}]", "「active.kne」という体の目印はありません。"),
        ("order: {right.arm: 5}", "「right.arm」という層はありません。"),
        ("caption: もう一つ", "「caption」が2回書かれています。"),
    ],
)
def test_refuses_a_pose_and_says_where(tmp_path: Path, line: str, message: str) -> None:
    problems = refused_pose(tmp_path, POSE + line + "\n")
    assert [text for _, _, text in problems] == [message]
    assert problems[0][0] == 4


def test_reports_every_problem_of_a_pose_at_once(tmp_path: Path) -> None:
    problems = refused_pose(tmp_path, "caption: 見出し\nwidth: wide\nneck: x\n")
    assert [(line, text) for line, _, text in problems] == [
        (1, "「alt」が必要です。"),
        (2, "「width」は数ではありません（wide）。"),
        (3, "「neck」は数ではありません（x）。"),
    ]


def test_refuses_an_empty_pose_and_broken_yaml(tmp_path: Path) -> None:
    assert refused_pose(tmp_path, "")[0][2] == "ファイルが空です。"
    assert "YAML として読めません" in refused_pose(tmp_path, "alt: [")[0][2]


def test_the_compiler_names_an_unknown_pose(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-pose"]) == 1
    assert "no-such-pose" in capsys.readouterr().err


def test_texts_are_required(tmp_path: Path) -> None:
    file = tmp_path / "pose.yaml"
    file.write_text("caption: ' '\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        read_pose_texts(file)
    assert len(caught.value) == 2


def test_reading_pictures_and_texts_needs_no_geometry() -> None:
    code = (
        "import sys; from handouts.figures.picture import read_picture, read_pose_texts\n"
        "print(sorted({'numpy', 'shapely'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
