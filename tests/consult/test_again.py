"""A sheet made again: the same bytes, or all that differs is listed; the next consultation starts from it."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from handouts.cli import main
from handouts.consult import again as again_module
from handouts.consult.again import UNKNOWN, rebuild, record_of
from handouts.consult.content import Content
from handouts.consult.issue import Issued, fresh_code, issue, pdf_of
from handouts.consult.plan import plan
from handouts.consult.record import read_record
from handouts.consult.store import Record, Store
from handouts.library import Library
from handouts.paths import builtin
from handouts.problems import Problems, show
from tests.consult.issuing import PATIENT, TODAY, clinic, planned, record_text


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A clinic's that keeps records."""
    return Library(clinic(tmp_path / "clinic", records=True))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def issued(library: Library, data: Path, target: Path, **fields: object) -> Issued:
    before = fields.get("previous")
    with Store.opened(data) as store:
        content = record_of(store, str(before)).content if before else None
        made = planned(library, content, **fields)
        return issue(library, made, fresh_code(store), target, store)


def test_the_same_sheet_has_the_same_bytes(library: Library, data: Path, tmp_path: Path) -> None:
    first = issued(library, data, tmp_path / "first.pdf")
    second = rebuild(Library(library.folders.clinic), first.code, tmp_path / "second.pdf", folder=data)
    assert (second.same, second.sides, second.code) == (True, first.sides, first.code)
    assert second.path.read_bytes() == first.path.read_bytes()


@pytest.mark.parametrize(
    "fields",
    [
        {"topics": ["running", "cramp", "stairs"], "exercises": [], "side": "both", "edition": "large"},
        {"paper": "mono", "side": "left", "places": ["outer"], "findings": ["硬い"], "notes": ["痛む日は休みます"]},
        {
            "patient": {"name": "渡邉\U000e0101 ｶﾅ"},
            "conditions": ["人工関節"],
            "avoid": ["正座"],
            "practitioner": "見本",
        },
    ],
)
def test_all_that_a_sheet_says_comes_again(
    library: Library, data: Path, tmp_path: Path, fields: dict[str, object]
) -> None:
    first = issued(library, data, tmp_path / "first.pdf", **fields)
    second = rebuild(library, first.code, tmp_path / "second.pdf", folder=data)
    assert second.same
    assert second.path.read_bytes() == first.path.read_bytes()


def test_texts_and_doses_are_those_that_were_printed(library: Library, data: Path, tmp_path: Path) -> None:
    """Whatever has become of the topic, the exercise and the clinic since."""
    first = issued(library, data, tmp_path / "first.pdf")
    folder = library.folders.clinic
    assert folder is not None
    text = (folder / "clinic.yaml").read_text(encoding="utf-8")
    (folder / "clinic.yaml").write_text(text.replace("phone: 000", "phone: 999"), encoding="utf-8")
    (folder / "exercises").mkdir()
    exercise = (Path(builtin("exercises")) / "hamstring-chair.yaml").read_text(encoding="utf-8")
    assert "いす" in exercise or "椅子" in exercise
    (folder / "exercises" / "hamstring-chair.yaml").write_text(exercise.replace("椅子", "踏み台"), encoding="utf-8")
    second = rebuild(Library(folder), first.code, tmp_path / "second.pdf", folder=data)
    assert second.same
    assert second.path.read_bytes() == first.path.read_bytes()


def with_margin(folder: Path) -> None:
    (folder / "layouts").mkdir()
    text = (builtin("layouts") / "personal.yaml").read_text(encoding="utf-8")
    assert "left: 12" in text
    (folder / "layouts" / "personal.yaml").write_text(text.replace("left: 12", "left: 11", 1), encoding="utf-8")


def with_theme(folder: Path) -> None:
    (folder / "layouts" / "themes").mkdir(parents=True)
    text = (builtin("layouts") / "themes" / "calm.yaml").read_text(encoding="utf-8")
    assert 'tint: "#EDF3F8"' in text
    changed = text.replace('tint: "#EDF3F8"', 'tint: "#F0F0F0"', 1)
    (folder / "layouts" / "themes" / "calm.yaml").write_text(changed, encoding="utf-8")


def with_picture(folder: Path) -> None:
    pictures = folder / "assets" / "pictures"
    pictures.mkdir(parents=True)
    (found,) = list(builtin("assets").glob("pictures/back-body.*.colour.svg"))[:1]
    text = found.read_text(encoding="utf-8")
    assert 'stroke-width="' in text
    (pictures / found.name).write_text(text.replace('stroke-width="', 'stroke-width="1', 1), encoding="utf-8")


def with_face(folder: Path) -> None:
    (folder / "fonts").mkdir()
    shutil.copy(builtin("fonts") / "BIZUDPGothic-Bold.ttf", folder / "fonts" / "BIZUDPGothic-Regular.ttf")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (with_margin, ["紙面の形: layouts/personal.yaml"]),
        (with_theme, ["紙面の形: layouts/themes/personal.yaml"]),
        (with_picture, ["図: back-body.colour"]),
        (with_face, ["書体: BIZUDPGothic-Regular.ttf"]),
    ],
)
def test_what_differs_is_listed(
    library: Library, data: Path, tmp_path: Path, change: Callable[[Path], None], words: list[str]
) -> None:
    first = issued(library, data, tmp_path / "first.pdf")
    assert library.folders.clinic is not None
    change(library.folders.clinic)
    second = rebuild(Library(library.folders.clinic), first.code, tmp_path / "second.pdf", folder=data)
    assert list(second.differences) == words
    assert second.path.read_bytes() != first.path.read_bytes()


def test_another_version_is_told(library: Library, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = issued(library, data, tmp_path / "first.pdf")
    monkeypatch.setattr("handouts.consult.content.__version__", "99.0")
    real = pdf_of
    monkeypatch.setattr(again_module, "pdf_of", lambda *given: (real(*given)[0] + b"\n", 2))
    (said,) = rebuild(library, first.code, tmp_path / "second.pdf", folder=data).differences
    assert said.startswith("handouts の版: ")
    assert said.endswith(" → 99.0")


def test_bytes_that_differ_for_no_known_reason_are_told_too(
    library: Library, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issued(library, data, tmp_path / "first.pdf")
    real = pdf_of
    monkeypatch.setattr(again_module, "pdf_of", lambda *given: (real(*given)[0] + b"\n", 2))
    assert rebuild(library, first.code, tmp_path / "second.pdf", folder=data).differences == (UNKNOWN,)


@pytest.mark.parametrize("change", [{"handout": {"unheard": "of"}}, {"handout": None}, {"changes": [{"kind": "?"}]}])
def test_a_record_of_another_versions_form_is_told(
    library: Library, data: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    first = issued(library, data, tmp_path / "first.pdf")
    with Store.opened(data) as store:
        found = store.record(first.code)
        assert found is not None
        store.forget([first.code])
        content = Content({**found.content.data, "version": "0.0.9"} | change)
        store.keep([Record(found.code, content, found.patient, found.pdf)], full=True)
    with pytest.raises(Problems) as caught:
        rebuild(library, first.code, tmp_path / "second.pdf", folder=data)
    assert "handouts==0.0.9" in show(caught.value)
    assert "邉" not in show(caught.value)
    assert not (tmp_path / "second.pdf").exists()


def test_a_record_from_before_a_word_was_printed_is_made_with_it(library: Library, data: Path, tmp_path: Path) -> None:
    first = issued(library, data, tmp_path / "first.pdf")
    with Store.opened(data) as store:
        found = store.record(first.code)
        assert found is not None
        store.forget([first.code])
        handout = found.content.data["handout"]
        labels = handout["labels"]
        older = {**labels, "dose": {key: word for key, word in labels["dose"].items() if key != "both_legs"}}
        content = Content({**found.content.data, "handout": {**handout, "labels": older}})
        store.keep([Record(found.code, content, found.patient, "other bytes")], full=True)
    second = rebuild(library, first.code, tmp_path / "second.pdf", folder=data)
    assert list(second.differences) == ["資料の文: labels"]
    assert second.path.read_bytes() == first.path.read_bytes()


def test_the_next_sheet_starts_from_the_one_before(library: Library, data: Path, tmp_path: Path) -> None:
    first = issued(library, data, tmp_path / "first.pdf")
    with Store.opened(data) as store:
        before = record_of(store, f" {first.code.lower().replace('-', '')} ").content
        text = record_text(exercises=["hamstring-chair:30s*3*2/day", "calf-wall"], previous=first.code)
        made = plan(library, read_record(text, "record.json", library, TODAY), TODAY, before)
        second = issue(library, made, fresh_code(store), tmp_path / "second.pdf", store)
        said = [change.text for change in made.changes]
        # The sheet before may be erased: what has changed since it is a part of this one.
        store.erase([first.code])
    assert len(said) == 2
    assert "20秒 × 3回 × 1日2回" in said[0]
    assert "30秒 × 3回 × 1日2回" in said[0]
    assert "新しく始めます" in said[1]
    third = rebuild(library, second.code, tmp_path / "third.pdf", folder=data)
    assert third.same
    assert third.path.read_bytes() == second.path.read_bytes()


def test_a_sheet_that_cannot_be_written_is_not_kept(library: Library, data: Path, tmp_path: Path) -> None:
    with pytest.raises(Problems):
        issued(library, data, tmp_path / "nowhere" / "first.pdf")
    with Store.opened(data) as store:
        assert store.lines() == []
        assert store.patients() == {}


def test_a_fresh_code_is_one_that_was_never_given(
    library: Library, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = iter(["taken", "taken too", "free"])
    monkeypatch.setattr("handouts.consult.issue.new_code", lambda random: next(codes))
    with Store.opened(data) as store:
        monkeypatch.setattr(store, "line", lambda code: None if code == "free" else object())
        assert fresh_code(store) == "free"


# The command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def run(
    library: Library, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDOUTS_DATA", str(data))
    monkeypatch.setenv("HANDOUTS_CLINIC", str(library.folders.clinic))

    def invoke(*arguments: str, said: str | None = None) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, ["personalize", *arguments], input=said)
        return result.exit_code, result.stdout, result.stderr

    return invoke


def code_in(text: str) -> str:
    return text.split("番号 ")[1].split()[0]


def test_the_command_makes_it_again(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    exit_code, out, _ = run("-", "--yes", said=record_text())
    assert exit_code == 0
    code = code_in(out)
    exit_code, out, _ = run("--again", code.lower(), "-o", "again.pdf")
    assert exit_code == 0
    assert "まったく同じです" in out
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / f"sheet-{code}.pdf").read_bytes()
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "again.pdf").stat().st_mode) == 0o600
    exit_code, out, _ = run("-", "--yes", "--previous", code, said=record_text(side="left"))
    assert exit_code == 0
    assert "右膝 → 左膝" in out


def test_the_command_says_what_differs(
    run: Callable[..., tuple[int, str, str]], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_in(run("-", "--yes", said=record_text())[1])
    assert library.folders.clinic is not None
    with_margin(library.folders.clinic)
    exit_code, out, err = run("--again", code)
    assert exit_code == 0
    assert "まったく同じ" not in out
    assert "紙面の形: layouts/personal.yaml" in err


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (("--again", "ABCD"), 1, "「ABCD」は紙の番号ではありません"),
        (("--again", "渡邉之介"), 1, "「…」は紙の番号ではありません"),
        (("--again", "4P2M-DF9M-Z"), 1, "ここでは作られていません"),
        (("--again", "4P2M-DF9M-Z", "--side", "left"), 2, "一緒に付けられるのは"),
        (("record.yaml", "--again", "4P2M-DF9M-Z"), 2, "一緒に付けられるのは"),
    ],
)
def test_wrong_use_is_told(
    run: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...], exit_code: int, words: str
) -> None:
    code, _, err = run(*arguments)
    assert code == exit_code
    assert words in err


def test_without_a_record_it_says_so(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOUTS_CLINIC", str(clinic(tmp_path / "other", records=False)))
    code = code_in(run("-", "--yes", said=record_text())[1])
    for arguments in (("--again", code), ("-", "--yes", "--previous", code)):
        exit_code, _, err = run(*arguments, said=record_text())
        assert exit_code == 1
        assert "番号と日付だけを残しています" in err


def test_a_previous_code_in_a_record_never_shows_its_line(run: Callable[..., tuple[int, str, str]]) -> None:
    """A record may be one line, the name on it."""
    data = {"topics": ["stairs"], "side": "right", "patient": PATIENT, "previous": "4P2M-DF9M-Z"}
    text = json.dumps(data, ensure_ascii=False)
    path = Path("record.json")
    path.write_text(text, encoding="utf-8")
    exit_code, _, err = run(str(path), "--yes")
    assert exit_code == 1
    assert "record.json:1:" in err
    assert "ここでは作られていません" in err
    assert "邉" not in err
