"""A picture or pose that cannot be used is told with its file and line, by `check` as by a build."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from handouts.checks.content import check
from handouts.figures.picture import read_picture, read_pose_texts
from handouts.illustrate import illustrations
from handouts.library import Library
from handouts.model import Text
from handouts.problems import Problem, Problems, show

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="50mm" height="40mm" viewBox="0 0 141.7 113.4" fill="none"'
    ' fill-rule="evenodd" stroke-width="0.9" stroke-linejoin="round" stroke-linecap="round"'
    ' data-anchors="ground 0.0 100.0">'
)
PATH = '<path d="M1 1L20 1C30 5 40 9 9 9Z" fill="#FFFFFF" stroke="#000000"/>'
NAME = "run-underbody"


def svg(head: str = HEAD, *paths: str) -> str:
    return "\n".join([head, *(paths or (PATH,)), "</svg>", ""])


def refused(tmp_path: Path, data: bytes | str) -> Problem:
    file = tmp_path / "x.M.colour.svg"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(Problems) as caught:
        read_picture(file, "x.svg")
    (problem,) = caught.value
    assert problem.place.file == "x.svg"
    assert "handouts figure" in problem.hint
    return problem


def test_the_model_of_these_tests_is_good(tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    file.write_text(svg(), encoding="utf-8")
    picture = read_picture(file)
    assert (picture.width, picture.height, len(picture.paths)) == (141.7, 113.4, 1)


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ("0 113.4", "0 より大きい数"),
        ("141.7 0.0", "0 より大きい数"),
        ("-141.7 113.4", "0 より大きい数"),
        ("9" * 400 + " 113.4", "0 より大きい数"),
        ("141.7 ９９", "0 より大きい数"),
        ("nan 113.4", "0 より大きい数"),
        ("141.7 14.1", "細長すぎます"),
        ("11.3 113.4", "細長すぎます"),
    ],
)
def test_a_size_that_is_none(size: str, message: str, tmp_path: Path) -> None:
    problem = refused(tmp_path, svg(HEAD.replace("141.7 113.4", size)))
    assert message in problem.message
    assert problem.place.line == 1


def test_a_picture_one_to_ten_is_the_last_that_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    file.write_text(svg(HEAD.replace("141.7 113.4", "100 10")), encoding="utf-8")
    assert read_picture(file).height == 10


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (PATH.replace("L20 1", f"L{'9' * 400} 1"), "4 桁までの数"),
        (PATH.replace("L20 1", "L900 1"), "はみ出しています"),
        (PATH.replace("L20 1", "L20 -900"), "はみ出しています"),
        (PATH.replace('"/>', f'" stroke-width="{"9" * 400}"/>'), "大きすぎる数"),
        (PATH.replace('"/>', '" stroke-width="-1"/>'), "使えない要素や属性"),
        (PATH.replace('"/>', '" stroke-dasharray="0 0"/>'), "破線"),
    ],
)
def test_numbers_out_of_all_bounds(path: str, message: str, tmp_path: Path) -> None:
    problem = refused(tmp_path, svg(HEAD, PATH, path))
    assert message in problem.message
    assert problem.place.line == 3


def test_a_picture_of_nothing(tmp_path: Path) -> None:
    problem = refused(tmp_path, f"{HEAD}\n</svg>\n")
    assert "何も描かれていません" in problem.message
    assert problem.place.line == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (svg().encode("utf-16"), "UTF-16"),
        ("図です。".encode("cp932"), "UTF-8"),
        (svg().replace("M1", "M\0").encode(), "線の書き方"),
        (b"x" * 1_000_001, "大きすぎます"),
    ],
)
def test_a_file_that_is_no_text_of_ours(data: bytes, message: str, tmp_path: Path) -> None:
    assert message in refused(tmp_path, data).message


def test_a_folder_for_a_picture_or_pose(tmp_path: Path) -> None:
    for read in (read_picture, read_pose_texts):
        with pytest.raises(Problems) as caught:
            read(tmp_path)
        assert [problem.message for problem in caught.value] == ["フォルダーです。ファイルではありません。"]


def test_texts_of_a_pose_know_their_place(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text('width: 50\nalt: 膝の図。\ncaption: "膝の裏"\n', encoding="utf-8")
    alt, caption = read_pose_texts(file, "x.yaml")
    assert isinstance(alt, Text)
    assert isinstance(caption, Text)
    assert (alt, str(alt.place)) == ("膝の図。", "x.yaml:2:6")
    assert (caption, str(caption.at(1))) == ("膝の裏", "x.yaml:3:12")


@pytest.fixture
def clinic(tmp_path: Path, repository: Path) -> Path:
    """A clinic with its own copy of one figure."""
    for kind, names in (("poses", [f"{NAME}.yaml"]), ("pictures", [f"{NAME}.M.colour.svg", f"{NAME}.M.mono.svg"])):
        (tmp_path / "assets" / kind).mkdir(parents=True)
        for name in names:
            shutil.copy(repository / "assets" / kind / name, tmp_path / "assets" / kind)
    shutil.copy(repository / "handouts" / "clinic.yaml", tmp_path)
    return tmp_path


def caption(clinic: Path, text: str) -> Path:
    """Give the clinic's figure a caption; the file."""
    pose = clinic / "assets" / "poses" / f"{NAME}.yaml"
    said, count = re.subn("(?m)^caption: .*$", f"caption: {text}", pose.read_text("utf-8"))
    assert count == 1
    pose.write_text(said, encoding="utf-8")
    return pose


def of_build(clinic: Path) -> list[Problem]:
    library = Library(clinic)
    with pytest.raises(Problems) as caught:
        illustrations(library, library.handout("running"), mono=False)
    return list(caught.value)


def test_the_clinics_own_figure_is_used(clinic: Path) -> None:
    pose = caption(clinic, "わたしの図")
    library = Library(clinic)
    found = illustrations(library, library.handout("running"), mono=False)
    assert found[NAME].caption == "わたしの図"
    assert found[NAME].caption.place.file == str(pose)  # type: ignore[attr-defined]  # a Text after reading


def test_marks_of_a_caption_are_told_by_check_and_build(clinic: Path) -> None:
    pose = caption(clinic, '"**膝"')
    for problems in (check(None, Library(clinic)), check([clinic], Library(clinic)), check([pose], Library())):
        told = [problem for problem in problems if problem.place.file == str(pose)]
        assert [problem.message for problem in told] == ["太字の記号「**」が閉じていません。"]
    (problem,) = of_build(clinic)
    assert f"{pose}:2:11: エラー: 太字の記号「**」が閉じていません。" in show([problem])


def test_a_character_without_a_glyph_names_the_pose(clinic: Path, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from handouts.cli import main

    pose = caption(clinic, "膝𓀀")
    target = tmp_path / "x.pdf"
    command = ["build", "--topic", "running", "--clinic", str(clinic), "-o", str(target)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert f"{pose}:2:" in result.output
    assert "「𓀀」" in result.output
    assert not target.exists()


def test_marks_are_not_read_aloud(clinic: Path) -> None:
    pose = clinic / "assets" / "poses" / f"{NAME}.yaml"
    said = re.sub("(?m)^alt: .*$", 'alt: "**膝**の{裏|うら}の図。"', pose.read_text("utf-8"))
    pose.write_text(said, encoding="utf-8")
    library = Library(clinic)
    assert illustrations(library, library.handout("running"), mono=False)[NAME].alt == "膝の裏の図。"


def test_a_pose_that_is_not_drawn_yet_says_how(clinic: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (clinic / "assets" / "pictures" / f"{NAME}.M.colour.svg").unlink()
    monkeypatch.setattr("handouts.paths.data_root", lambda: clinic / "none")
    shutil.copytree(repository / "assets" / "poses", clinic / "assets" / "poses", dirs_exist_ok=True)
    shutil.copytree(repository / "layouts", clinic / "layouts")
    told = {problem.message: problem for problem in of_build(clinic)}
    problem = told[f"図「{NAME}」はまだ描かれていません({NAME}.M.colour.svg がありません)。"]
    assert problem.hint == f"handouts figure {NAME} で描いてください。"
    assert problem.place.file.endswith("running.yaml")
    assert problem.place.line


def test_a_picture_of_another_size_class_is_used(clinic: Path) -> None:
    pictures = clinic / "assets" / "pictures"
    for file in list(pictures.iterdir()):
        file.rename(pictures / file.name.replace(".M.", ".S.").replace(NAME, "own-figure"))
    pose = clinic / "assets" / "poses" / f"{NAME}.yaml"
    pose.rename(pose.with_name("own-figure.yaml"))
    (clinic / "exercises").mkdir()
    (clinic / "exercises" / "thigh-knead.yaml").write_text("extends: thigh-knead\nfigure: own-figure\n", "utf-8")
    library = Library(clinic)
    for mono in (False, True):
        assert illustrations(library, library.handout("running"), mono=mono)["own-figure"].picture.name == "own-figure"


def test_pictures_are_listed_by_their_whole_ending(clinic: Path) -> None:
    assert NAME in Library(clinic).folders.names("assets/pictures", ".M.colour.svg")
