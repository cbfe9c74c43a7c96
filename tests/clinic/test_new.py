"""`handouts new` and `handouts where`: skeletons that print at once as drafts, and whose file is used."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handouts import drawing
from handouts.build import build_topic
from handouts.checks.content import check
from handouts.cli import main
from handouts.clinic.stale import stale
from handouts.figures.picture import read_picture
from handouts.library import Library
from handouts.problems import Problems
from handouts.setting import Job, set_handout
from tests.conftest import DATE, REPOSITORY

DAY = date.fromisoformat(DATE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clinic's folder with nothing in it but its name."""
    (tmp_path / "clinic.yaml").write_text("name: みなと医院\naddress: 見本市\nphone: 03-1234-5678\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--clinic", str(folder)])


def test_a_new_topic_is_a_draft_at_once_and_cannot_be_built_before_it_is_written(folder: Path) -> None:
    assert run(folder, "new", "topic", "youtsu").exit_code == 0
    library = Library(folder)
    assert build_topic(library, "youtsu", folder / "draft.pdf", DAY, draft=True).sides >= 1
    with pytest.raises(Problems) as told:
        build_topic(library, "youtsu", folder / "whole.pdf", DAY)
    rules = {problem.rule for problem in told.value}
    assert rules == {"unfinished", "source-unwritten"}
    text = (folder / "topics" / "youtsu.yaml").read_text("utf-8")
    assert DATE[:2] in text
    assert "author: みなと医院" in text


def test_every_blank_of_a_skeleton_is_told_with_its_line(folder: Path) -> None:
    for kind in ("topic", "exercise", "figure"):
        assert run(folder, "new", kind, "mine").exit_code == 0
        path = next(folder.rglob("mine.yaml"))
        text = path.read_text("utf-8")
        blanks = [n for n, line in enumerate(text.split("\n"), 1) if "〔" in line and not line.lstrip().startswith("#")]
        assert len(blanks) >= 2
        told = check([path], Library(folder))
        assert {problem.place.line for problem in told if problem.rule == "unfinished"} == set(blanks)
        path.unlink()


def test_a_new_figure_is_drawn_as_it_is_and_again_where_it_is_kept(folder: Path) -> None:
    assert run(folder, "new", "figure", "mine").exit_code == 0
    made = drawing.keep(folder / "assets" / "poses" / "mine.yaml")
    assert {path.name for path in made} == {"mine.S.colour.svg", "mine.S.mono.svg"}
    pose = folder / "assets" / "poses" / "mine.yaml"
    pose.write_text(pose.read_text("utf-8").replace("width: 42", "width: 58"), encoding="utf-8")
    assert run(folder, "figure", "mine").exit_code == 0
    left = {path.name for path in (folder / "assets" / "pictures").iterdir()}
    assert left == {"mine.M.colour.svg", "mine.M.mono.svg"}, "the picture of the former size would win"


@pytest.mark.parametrize(("kind", "base"), [("topic", "running"), ("exercise", "calf-wall"), ("layout", "a4-one")])
def test_a_file_made_from_another_says_the_same_until_it_is_changed(kind: str, base: str, folder: Path) -> None:
    assert run(folder, "new", kind, "mine", "--from", base).exit_code == 0
    library = Library(folder)
    kinds = {"topic": "topics", "exercise": "exercises", "layout": "layouts"}[kind]
    mine, its = library.reading(kinds, "mine"), library.reading(kinds, base)
    assert mine.problems == []
    assert [problem for problem in check([folder / kinds / "mine.yaml"], library) if not problem.rule] == []
    same = [name for name in its.value.__struct_fields__ if getattr(mine.value, name) == getattr(its.value, name)]
    assert set(its.value.__struct_fields__) - set(same) <= {"author", "date", "easy", "left_out", "edition"}


def test_every_item_of_the_base_waits_as_a_comment(folder: Path) -> None:
    run(folder, "new", "topic", "mine", "--from", "running")
    path = folder / "topics" / "mine.yaml"
    text = path.read_text("utf-8")
    assert "\n# causes:\n#   heading: 考えられる3つの原因\n" in text
    text = text.replace("# summary:\n#   heading: まとめ\n", "summary:\n  heading: 覚えておくこと\n")
    start = text.index("  heading: 覚えておくこと")
    end = text.index("\n\n", start)
    path.write_text(text[:start] + text[start:end].replace("\n# ", "\n") + text[end:], encoding="utf-8")
    topic = Library(folder).topic("mine")
    assert topic.summary is not None
    assert topic.summary.heading == "覚えておくこと"
    assert len(topic.summary.items) == 3


def test_a_layout_of_ones_own_prints(folder: Path) -> None:
    run(folder, "new", "layout", "wide")
    path = folder / "layouts" / "wide.yaml"
    text = path.read_text("utf-8")
    text = text.replace("# margins: {left: 12, right: 12, top: 10", "margins: {left: 12, right: 12, top: 20")
    path.write_text(text, encoding="utf-8")
    library = Library(folder)
    done = set_handout(library, library.handout("running"), Job(DAY, "wide"))
    usual = set_handout(library, library.handout("running"), Job(DAY, "a4"))
    first, other = done.document.sheets[0].items[0], usual.document.sheets[0].items[0]
    assert first.y - other.y == pytest.approx(10 / 25.4 * 72)  # type: ignore[union-attr]


def test_the_clinics_own_of_a_built_in_name_hides_it_and_where_says_so(folder: Path) -> None:
    run(folder, "new", "topic", "running", "--from", "running")
    shown = run(folder, "where", "running")
    assert shown.exit_code == 0
    for said in ("(医院)", "topics/running.yaml", "もと(extends): running", "隠しているもの"):
        assert said in shown.output
    (data,) = json.loads(run(folder, "where", "running", "--json").output)
    assert data["own"] is True
    assert Path(data["file"]) == folder / "topics" / "running.yaml"
    assert data["hides"][0].endswith("handouts/topics/running.yaml")


def test_where_names_the_line_of_an_entry_and_what_is_merged(folder: Path) -> None:
    own = folder / "common" / "warning-signs.yaml"
    own.parent.mkdir()
    own.write_text(
        "signs:\n  mine: {step: soon, text: 試し, sources: [uclh-dvt]}\n"
        "  calf-clot: {step: now, text: 別の文, sources: [uclh-dvt]}\n",
        encoding="utf-8",
    )
    (sign,) = json.loads(run(folder, "where", "calf-clot", "--json").output)
    assert (sign["own"], sign["line"], sign["says"]) == (True, 3, "別の文")
    assert len(sign["hides"]) == 1
    (built_in,) = json.loads(run(folder, "where", "uclh-dvt", "--json").output)
    assert built_in["own"] is False
    signs = {one["id"]: one for one in json.loads(run(folder, "where", "--signs", "--json").output)}
    assert signs["mine"] == {"id": "mine", "step": "早めに", "text": "試し", "own": True}
    assert signs["cold-foot"]["own"] is False


def test_what_cannot_be_begun_is_told_and_nothing_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(folder, "new", "topic", "mine").exit_code == 0
    before = (folder / "topics" / "mine.yaml").read_bytes()
    again = run(folder, "new", "topic", "mine")
    assert again.exit_code == 1
    assert "書きかえません" in again.output
    assert (folder / "topics" / "mine.yaml").read_bytes() == before
    for name, said in (("Mine", "名前になりません"), ("../up", "名前になりません")):
        refused = run(folder, "new", "exercise", name)
        assert refused.exit_code == 1
        assert said in refused.output
    unknown = run(folder, "new", "topic", "other", "--from", "runing")
    assert unknown.exit_code == 1
    assert "もしかして: running" in unknown.output
    assert run(folder, "where", "runing").exit_code == 2
    monkeypatch.chdir("/")
    monkeypatch.delenv("HANDOUTS_CLINIC", raising=False)
    nowhere = CliRunner().invoke(main, ["new", "topic", "other"])
    assert nowhere.exit_code == 1
    assert "handouts init" in nowhere.output


def test_a_picture_that_is_not_what_its_pose_says_is_told_and_not_approved(folder: Path) -> None:
    shutil.copytree(REPOSITORY / "docs" / "examples" / "seikei", folder, dirs_exist_ok=True)
    assert stale(Library(folder)) == []
    pose = folder / "assets" / "poses" / "knee-hug.yaml"
    pose.write_text(pose.read_text("utf-8").replace("pitch: 0", "pitch: 8"), encoding="utf-8")
    (problem,) = stale(Library(folder))
    assert "knee-hug.yaml" in problem.place.file
    assert "handouts figure knee-hug" in problem.hint
    assert run(folder, "check").exit_code == 1
    approve = ("approve", "low-back", "--by", "見本花子", "--role", "医師")
    assert run(folder, *approve).exit_code == 1
    assert run(folder, "figure", "knee-hug").exit_code == 0
    assert run(folder, "check").exit_code == 0
    assert run(folder, *approve).exit_code == 0


def test_a_line_that_moved_makes_a_picture_old_and_a_rounding_does_not(folder: Path) -> None:
    shutil.copytree(REPOSITORY / "docs" / "examples" / "seikei", folder, dirs_exist_ok=True)
    kept = folder / "assets" / "pictures" / "knee-hug.M.mono.svg"
    first = read_picture(kept).paths[0].data[0]
    text = kept.read_text("utf-8")
    for moved, old in ((0.1, False), (3.0, True)):
        start = f'd="M{first[1]:g} {first[2]:g}'
        assert start in text
        kept.write_text(text.replace(start, f'd="M{float(first[1]) + moved:g} {first[2]:g}', 1), encoding="utf-8")
        assert bool(stale(Library(folder))) is old


def test_a_figure_may_be_begun_from_the_exercise_that_shows_it(folder: Path) -> None:
    assert str(Library().exercise("calf-wall").figure) == "wall-calf"
    assert "calf-wall" not in Library().poses()
    made = run(folder, "new", "figure", "ours", "--from", "calf-wall")
    assert made.exit_code == 0, made.output
    source = (Library().pose("wall-calf")).read_text("utf-8")
    assert (folder / "assets" / "poses" / "ours.yaml").read_text("utf-8").endswith(source)
