"""The clinic's folder comes first, shared data merges by id, and no name leads out of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.checks.content import check
from handouts.library import Library, find_clinic
from handouts.problems import Problems, Severity, show

CLINIC = Path(__file__).parent / "clinic"
NAME = "name: わたしの医院\naddress: 市1\nphone: 03-0000\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty clinic."""
    (tmp_path / "clinic.yaml").write_text(NAME, encoding="utf-8")
    return tmp_path


def put(folder: Path, name: str, text: str) -> Path:
    """Write a file of the clinic."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def hints(call: object, *arguments: object) -> list[str]:
    with pytest.raises(Problems) as caught:
        call(*arguments)  # type: ignore[operator]  # a method of the library
    return [f"{problem.message} {problem.hint}" for problem in caught.value]


def test_the_built_in_library_is_good() -> None:
    problems = check(None, Library())
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == [], show(problems)
    handout = Library().handout("running")
    assert handout.signs
    assert handout.exercises
    assert all(handout.sources[id_] for entry in handout.exercises for id_ in entry.sources)


def test_everything_has_a_place() -> None:
    handout = Library(CLINIC).handout("base")
    assert handout.topic.place.line == 1
    assert handout.topic.title.place.line == 1  # type: ignore[attr-defined]  # a Text after reading
    assert handout.signs[0].place.file.endswith("warning-signs.yaml")
    assert handout.clinic.place.file.endswith("clinic.yaml")


def test_where_the_clinic_is_found(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path_factory.mktemp("empty")
    monkeypatch.delenv("HANDOUTS_CLINIC", raising=False)
    monkeypatch.chdir(empty)
    assert find_clinic() is None
    (folder / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(folder / "a" / "b")
    assert find_clinic() == folder
    monkeypatch.setenv("HANDOUTS_CLINIC", str(CLINIC))
    assert find_clinic() == CLINIC
    assert find_clinic(folder) == folder
    assert hints(find_clinic, empty) == [
        "clinic.yaml がありません。 --clinic には clinic.yaml のあるフォルダーを指定してください。"
    ]


def test_without_a_clinic_the_sample_is_used() -> None:
    assert "見本" in Library().clinic().name


def test_the_clinic_comes_first(folder: Path) -> None:
    put(
        folder,
        "topics/running.yaml",
        (CLINIC / "topics/base.yaml").read_text("utf-8").replace("test-sign, test-soon", "calf-clot"),
    )
    library = Library(folder)
    assert library.clinic().name == "わたしの医院"
    assert library.handout("running").topic.title == "試験の資料"
    assert library.topics() == Library().topics()


def test_extends_replaces_whole_items(folder: Path) -> None:
    put(
        folder,
        "topics/running.yaml",
        "extends: running\ntitle: 走る人へ\nquestions: {heading: 質問, items: [走れますか。]}\n",
    )
    put(folder, "exercises/mine.yaml", "extends: thigh-knead\nstop: 痛めばやめます。\n")
    library = Library(folder)
    own, built_in = library.topic("running"), Library().topic("running")
    assert own.title == "走る人へ"
    assert own.questions is not None
    assert own.questions
    assert own.questions.items == ("走れますか。",)
    assert own.causes == built_in.causes
    assert library.exercise("mine").steps == Library().exercise("thigh-knead").steps


def test_extends_goes_one_step(folder: Path) -> None:
    put(folder, "topics/one.yaml", "extends: running\ntitle: 1\n")
    put(folder, "topics/two.yaml", "extends: one\ntitle: 2\n")
    assert Library(folder).topic("one").title == "1"
    assert hints(Library(folder).topic, "two") == [
        "extends は1段だけです(「one」にも extends があります)。 元の資料を extends してください。"
    ]
    put(folder, "topics/alone.yaml", "extends: alone\n")
    assert hints(Library(folder).topic, "alone")[0].startswith("「alone」が自分自身を extends しています。")


def test_shared_data_merges_by_id(folder: Path) -> None:
    put(folder, "common/sources.yaml", "mine: {title: 題, publisher: 社, kind: public, read: 2026-11-22}\n")
    put(
        folder,
        "common/warning-signs.yaml",
        "rule: 1つでもあれば受診します。\nsigns:\n  calf-clot: {step: now, text: わたしの言葉, sources: [mine]}\n",
    )
    library, built_in = Library(folder), Library()
    assert library.sources().keys() == {*built_in.sources(), "mine"}
    assert library.warnings().rule == "1つでもあれば受診します。"
    assert library.warnings().heading == built_in.warnings().heading
    assert library.warnings().signs["calf-clot"].text == "わたしの言葉"
    assert list(library.warnings().signs) == list(built_in.warnings().signs)
    assert "mine" in library.handout("running").sources


def test_an_unknown_name() -> None:
    found = hints(Library().handout, "runing")
    assert len(found) == 1
    assert found[0].startswith("「runing」という資料はありません。 もしかして: running(ある資料: ")
    assert hints(Library(CLINIC).exercise, "bace")[0].startswith("「bace」という体操はありません。 もしかして: base")


@pytest.mark.parametrize(
    "name", ["..", "../topics/running", "/etc/passwd", "running.yaml", "Running", "", "a/b", "a\\b", "膝", "a\0b"]
)
def test_no_name_leads_out(name: str) -> None:
    assert "資料の名前になりません。" in hints(Library(CLINIC).topic, name)[0]


def test_no_link_leads_out(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = put(tmp_path_factory.mktemp("outside"), "secret.yaml", "title: ひみつ\n")
    (folder / "topics").mkdir()
    (folder / "topics" / "secret.yaml").symlink_to(outside)
    (folder / "topics" / "inside.yaml").symlink_to("base.yaml")
    put(folder, "topics/base.yaml", (CLINIC / "topics/base.yaml").read_text("utf-8"))
    assert hints(Library(folder).topic, "secret")[0].startswith("フォルダーの外を指すリンクは使えません。")
    assert Library(folder).topic("inside").title == "試験の資料"


def test_all_problems_of_a_handout_come_at_once(folder: Path) -> None:
    topic = (CLINIC / "topics/base.yaml").read_text("utf-8").replace("[test-sign, test-soon]", "[calf-clot, none]")
    exercises = "exercises:\n  heading: 体操\n  note: 注意\n  items: [{exercise: bad}, {exercise: gone}]\n"
    put(folder, "topics/mine.yaml", topic.replace("試験の資料", "") + exercises)
    bad = (CLINIC / "exercises/base.yaml").read_text("utf-8").replace("30秒", "長く").replace("test-source", "lost")
    put(folder, "exercises/bad.yaml", bad)
    put(folder, "clinic.yaml", NAME + "accent: 青\n")
    found = [message.split("。")[0] for message in hints(Library(folder).handout, "mine")]
    assert sorted(found) == sorted(
        [
            "値が空です",
            "「none」という警告サインはありません",
            "「gone」という体操はありません",
            "「長く」は形が違います",
            "「lost」という出典はありません",
            "「test-pose」という図はありません",
            "「青」は形が違います",
        ]
    )


def test_files_that_no_name_reaches_are_told(folder: Path) -> None:
    put(folder, "topics/Running.yaml", NAME)
    put(folder, "topics/walk.yml", NAME)
    found = [problem for problem in check(None, Library(folder)) if "この名前のファイル" in problem.message]
    assert [Path(problem.place.file).name for problem in found] == ["Running.yaml", "walk.yml"]


def test_figures_are_found_by_name(folder: Path) -> None:
    assert Library(CLINIC).pose("test-pose") == CLINIC / "assets" / "poses" / "test-pose.yaml"
    put(folder, "assets/pictures/test-s.svg", "<svg/>")
    assert Library(folder).picture("test-s") == folder / "assets" / "pictures" / "test-s.svg"
    assert "という図はありません" in hints(Library(folder).pose, "test-pose")[0]
