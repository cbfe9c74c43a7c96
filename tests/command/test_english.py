"""What people are told is there in English: every text of the code, and no text that no code says any more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import handouts
from handouts.english import asked, is_english, told, told_place
from handouts.english.catalogue import COMPOSED, JAPANESE, Catalogue, catalogue, entries, places, rooms
from tests.command.templates import Template, key, templates

PACKAGE = Path(handouts.__file__).parent
UNTOLD: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("untold.yaml").read_text("utf-8"))
ALL = list(templates(PACKAGE))
QUOTED = re.compile("「[^」]*」")


def excused(template: Template) -> str | None:
    """The line of untold.yaml that a text is named by, None where it is told."""
    folder, scope = template.file.partition("/")[0], template.scope.partition(".")[0]
    places = (folder, template.file, f"{template.file}:{scope}")
    named = next((place for place in places if place in UNTOLD["places"]), None)
    return template.key if named is None and template.key in UNTOLD["texts"] else named


def data() -> Iterator[str]:
    """The texts of YAML beside the code that commands tell."""

    def read(name: str) -> Any:
        return yaml.safe_load((PACKAGE / name).read_text("utf-8"))

    questions = read("clinic/questions.yaml")
    for text in (*questions["accents"], *(one for one in questions.values() if isinstance(one, str))):
        yield key(text.replace("#", "{}") if not text.startswith("見出し") else text)
    headings = [column["words"][0] for column in read("consult/columns.yaml").values()]
    yield from (*headings, "、".join(headings))
    for hint in read("checks/rules/language.yaml")["hard_words"].values():
        yield key(re.sub("「.*」", "「{}」", hint))
    law, safety = read("checks/rules/law.yaml"), read("checks/rules/safety.yaml")
    for guideline in law["guidelines"].values():
        yield from (guideline["name"], str(guideline["date"]))
    for rule in law["rules"].values():
        yield from (rule["section"], rule["read"], "、".join(rule.get("allowed", ())))
    yield from safety["core_signs"].values()
    yield from (claim["why"] for claim in safety["unsafe"])
    yield from read("printing/words.yaml")["complaints"].values()


TOLD = [one for one in ALL if excused(one) is None]
DATA = [text for text in data() if JAPANESE.search(text)]
KNOWN = entries()


SOURCE = '''
"""説明"""
_WORDS = {"a": "図"}
_FORM = "(?:右|左)脚"
def find(name, bad, many):
    """説明"""
    if name == "脚" or re.search("腕", name):
        raise Problem(f"「{name}」は{'白' if bad else '黒'}です。" "続き。", hint="例: " + name.removesuffix("歳"))
    click.option("--x", help="助け")
    return f"{name}{bad} 個" + "{} に {}".format(name, many)
'''


def test_the_texts_of_a_source_are_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(SOURCE, encoding="utf-8")
    found = [(one.scope, one.key) for one in templates(tmp_path)]
    assert found == [
        ("_WORDS", "図"),
        ("find", "「{1}」は{2}です。続き。"),
        ("find", "白"),
        ("find", "黒"),
        ("find", "例: {1}"),
        ("find", "{1} 個"),
        ("find", "{1} に {2}"),
    ]


def test_every_text_of_the_code_is_there_in_english() -> None:
    assert len(TOLD) > 1000
    lost = [f"{one.file}:{one.line}: {one.key}" for one in TOLD if one.key not in KNOWN]
    assert not lost, "no English in handouts/english (or a reason in untold.yaml):\n" + "\n".join(lost)


def test_every_text_of_the_data_is_there_in_english() -> None:
    assert len(DATA) > 60
    lost = [text for text in DATA if text not in KNOWN]
    assert not lost, "no English in handouts/english/data.yaml:\n" + "\n".join(lost)


def test_no_english_is_left_over() -> None:
    said = {one.key for one in TOLD} | set(DATA)
    kept = [text for name, room in rooms().items() if name != COMPOSED for text in room if text not in said]
    assert not kept, "no code says this any more:\n" + "\n".join(kept)


def test_no_reason_is_left_over() -> None:
    used = {excused(one) for one in ALL}
    assert not [name for part in UNTOLD.values() for name in part if name not in used]


def test_what_is_composed_is_composed_of_what_the_code_says() -> None:
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    pieces = {text: re.findall("[ぁ-ゖァ-ヺー㐀-鿿々]+", text) for text in rooms()[COMPOSED]}
    assert pieces
    assert not [text for text, found in pieces.items() if not all(piece in code for piece in found)]


def test_a_text_is_written_in_one_file() -> None:
    names: dict[str, list[str]] = {}
    for name, room in rooms().items():
        for text in room:
            names.setdefault(text, []).append(name)
    assert not {text: found for text, found in names.items() if len(found) > 1}


@pytest.mark.parametrize("name", rooms())
def test_the_english_holds_no_japanese_but_in_quotes(name: str) -> None:
    room = rooms()[name]
    assert room
    # A profession is typed as it is printed.
    bare = {text: re.sub("「[^」]*」+|--role 医師", "", text) for text in room.values()}
    assert not {text for text, rest in bare.items() if JAPANESE.search(rest) or re.search("[。、(]{2}|[。、]", rest)}
    assert not [text for text in room.values() if "  " in text.strip() and not re.search("[0-9:] .*  ", text)]


def test_what_is_quoted_in_japanese_is_quoted_in_english() -> None:
    """A value that the Japanese quotes may be anybody's: it stays as it is."""
    unquoted = [
        text
        for text, english in KNOWN.items()
        for hole in re.findall(r"「(\{\d+\})」", text)
        if hole not in "".join(QUOTED.findall(english))
    ]
    assert not unquoted


def filled(text: str, values: dict[str, str]) -> str:
    """A text with values in its holes, counted as many."""
    return re.sub(r"\{(\d+)\??(?::[^|{}]*\|([^{}]*))?\}", lambda hole: hole[2] or values[hole[1]], text)


@pytest.mark.parametrize("value", ["word", "3", "x.yaml", "大きな目"])
def test_each_text_is_told_by_its_own_english(value: str) -> None:
    """Whatever stands in its holes, no other text explains more of it."""
    table = catalogue()
    wrong = []
    for text, english in KNOWN.items():
        if not JAPANESE.search(text):  # of a room's own words, one that only composes others
            continue
        holes = set(re.findall(r"\{(\d+)\}", text))
        values = {hole: f"{value}{hole}" for hole in holes}
        said, wanted = table.told(filled(text, values)), filled(english, values)
        if re.sub("[「」]", "", said[:1].lower() + said[1:]) != re.sub("[「」]", "", wanted[:1].lower() + wanted[1:]):
            wrong.append(f"{filled(text, values)}: {said} / {wanted}")
    assert not wrong, "\n".join(wrong)


def test_holes_may_stand_in_another_order_and_count() -> None:
    table = Catalogue({"{1}に{2}枚": "{2} {2:sheet|sheets} in {1}", "箱": "the box"})
    assert table.told("箱に1枚") == "1 sheet in the box"
    assert table.told("箱に2枚") == "2 sheets in the box"
    assert table.told("棚に2枚") == "2 sheets in 棚"
    assert table.told("に2枚") == "2 sheets in"


def test_the_outer_of_two_texts_is_taken() -> None:
    for order in (1, -1):
        entries_ = [("{1}(確認: {2}): {3}", "{1} (approved: {2}): {3}"), ("{1} か所です。", "There are {1}.")]
        table = Catalogue(dict(entries_[::order]))
        assert table.told("a(確認: b): 3 か所です。") == "a (approved: b): There are 3."


def test_an_empty_hole_leaves_no_space() -> None:
    table = Catalogue({"{1}代わりに{2}を{3}": "{1} Instead {2} {3}"})
    assert table.told("代わりにaを") == "Instead a"
    assert table.told("b 代わりにaをc") == "b Instead a c"


@pytest.mark.parametrize("english", ["{1} in {3}", "{1}", "{1} {2} {3}"])
def test_other_holes_are_refused(english: str) -> None:
    with pytest.raises(ValueError, match="other holes"):
        Catalogue({"{1}に{2}枚": english})


@pytest.mark.parametrize("japanese", ["{2}に{1}枚", "{1}に{1}枚"])
def test_holes_in_disorder_are_refused(japanese: str) -> None:
    with pytest.raises(ValueError, match="other holes"):
        Catalogue({japanese: "{1} {2}"})


def test_what_is_quoted_stays_as_it_is() -> None:
    table = Catalogue({"「{1}」という{2}": "{2} 「{1}」", "図": "figure", "例: {1}": "as {1?}", "文と{1}": "text, {1}"})
    assert table.told("「図」という図") == "Figure 「図」"
    assert table.told("例: 図") == "as figure"
    assert table.told("例: 三角") == "as 「三角」"
    assert table.told("文と「図、図」") == "text, 「図、図」"


def test_what_is_put_together_is_told_piece_by_piece() -> None:
    table = Catalogue({"赤": "red", "青": "blue", "色です。": "It is a colour.", "{1}がない": "there is no {1}"})
    assert table.told("  赤、青\n青 か 赤") == "  red, blue\nblue or red"
    assert table.told("色です。赤がない。") == "It is a colour. There is no red."
    assert table.told("赤(青): 赤がない。") == "Red (blue): There is no red."
    assert table.told("色(青): 赤がない。") == "色(青): There is no red."
    assert table.told("赤、黄") == "赤、黄"


def test_what_is_not_known_stays_japanese() -> None:
    table = Catalogue({"赤": "red"})
    for text in ("知らない文です。", "", "  ", "plain", "赤色", "「赤", "赤」(", "、", "。。", "a: b: 。", "\n\n"):
        assert table.told(text) == text


def test_a_long_text_is_told_soon() -> None:
    table = catalogue()
    line = "「running」という資料はありません。"
    assert table.told("\n".join([line] * 500)).split("\n") == ["There is no topic 「running」."] * 500
    assert table.told("、" * 5000 + "あ" * 5000).count("あ") == 5000


def test_japanese_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDOUTS_LANG", raising=False)
    assert told("中止しました。") == "中止しました。"
    assert told_place("入力") == "入力"
    with asked(True):
        assert is_english()
        assert told("中止しました。") == "Stopped."
        assert (told_place("入力"), told_place("図.yaml")) == ("your answer", "図.yaml")
    assert not is_english()


def test_places_are_in_english() -> None:
    assert places()
    assert not [place for place in places().values() if JAPANESE.search(place)]
