"""Nodes keep text, place and quoting as written, and a folded newline is a space only between Latin words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.problems import Place, Problems
from handouts.source import EXPANDED, Mapping, Node, Scalar, Sequence, read_text
from handouts.source.files import decoded
from handouts.source.folding import is_japanese


def value(text: str) -> Node:
    """The node of the key `a`."""
    node = read_text(text, "f.yaml")
    assert isinstance(node, Mapping)
    found = node.get("a")
    assert found is not None
    return found


def scalar(text: str) -> Scalar:
    node = value(text)
    assert isinstance(node, Scalar)
    return node


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a: 膝の\n  裏", "膝の裏"),
        ("a: 膝の  \n  \t裏", "膝の裏"),
        ("a: 膝の\r\n  裏", "膝の裏"),
        ("a: 膝の\n\n  裏", "膝の\n裏"),
        ("a: 膝の\n\n\n  裏", "膝の\n\n裏"),
        ("a: Latin\n  word", "Latin word"),
        ("a: 10\n  秒", "10秒"),
        ("a: 約\n  10", "約10"),
        ("a: café\n  latte", "café latte"),
        ("a: Ωmega\n  3", "Ωmega 3"),
        ("a: ○\n  ×", "○×"),
        ("a: ｶﾅ\n  ABC", "ｶﾅABC"),
        ("a: です。\n  Next", "です。Next"),
        ("a: 膝 裏\n  A B", "膝 裏A B"),
        ("a: 膝\u3000\n  \u3000裏", "膝\u3000\u3000裏"),
        ("a: '**膝**\n  **裏**'", "**膝****裏**"),
        ("a: '**膝**\n  word'", "**膝**word"),
        ("a: '{膝|ひざ}\n  {裏|うら}'", "{膝|ひざ}{裏|うら}"),
        ("a: '**bold**\n  word'", "**bold** word"),
        ("a: '膝''\n  裏'", "膝'裏"),
        ("a: 'it''s\n  it'", "it's it"),
        ('a: "膝\n  裏"', "膝裏"),
        ('a: "膝\\\n  裏"', "膝裏"),
        ('a: "A \\\n  B"', "A B"),
        ('a: "\\u819D\n  裏"', "膝裏"),
        ('a: "膝\\n\n  裏"', "膝\n裏"),
        ('a: "\\U0002000B\n  a\\x41\\e\\t"', None),
        ("a: >\n  膝の\n  裏\n", "膝の裏\n"),
        ("a: >-\n  膝の \n  裏", "膝の裏"),
        ("a: >-\n  A\n  B\n  膝\n\n  裏", "A B膝\n裏"),
        ("a: >-\n  膝\n    裏\n  脚", "膝\n  裏\n脚"),
        ("a: >2-\n    膝\n  裏\n  脚", "  膝\n裏脚"),
        ("a: |\n  膝の\n  裏\n", "膝の\n裏\n"),
        ("a: |-\n  Latin\n  word", "Latin\nword"),
        ("a: 𠮷\n  野", "𠮷野"),
        ("a: 葛\U000e0100\n  A", "葛\U000e0100A"),
    ],
)
def test_a_folded_newline(written: str, read: str | None) -> None:
    if read is None:
        with pytest.raises(Problems):
            value(written)
    else:
        assert scalar(written).text == read


word = st.text(st.sampled_from("膝裏のつABCxy10、。○é𠮷\u3000*{}|"), min_size=1, max_size=6)


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(
    st.lists(word, min_size=1, max_size=5), st.sampled_from([("'", "'"), ('"', '"'), (">-\n  ", ""), ("|-\n  ", "")])
)
def test_folding_loses_no_character(words: list[str], quotes: tuple[str, str]) -> None:
    node = scalar(f"a: {quotes[0]}" + "\n  ".join(words) + quotes[1])
    assert node.text.replace(" ", "").replace("\n", "") == "".join(words)
    assert len(node.rows) == len(words)
    for (offset, line, column), part in zip(node.rows, words, strict=True):
        first = 2 if quotes[0][0] in ">|" else 1
        assert node.text.startswith(part, offset)
        assert (line - first, column) == (words.index(part) if words.count(part) == 1 else line - first, column)


def test_between_japanese_a_newline_is_nothing_and_between_latin_a_space() -> None:
    for left in "膝ー、」Aé1":
        for right in "裏ッ。「Bz2":
            folded = scalar(f"a: '{left}\n  {right}'").text
            assert folded == (left + right if is_japanese(left) or is_japanese(right) else f"{left} {right}")


def test_places_count_characters() -> None:
    node = read_text("膝の裏: [あ, '𠮷い', {b: c}]\r\n次:\r\n  - \"う\"\r\n", "f.yaml")
    assert isinstance(node, Mapping)
    (key, first), (_, second) = node.entries
    assert (key.place, key.length) == (Place("f.yaml", 1, 1), 3)
    assert isinstance(first, Sequence)
    assert [item.place.column for item in first.items] == [7, 10, 16]
    assert [item.quoted for item in first.items if isinstance(item, Scalar)] == [False, True]
    assert isinstance(second, Sequence)
    assert second.items[0].place == Place("f.yaml", 3, 5)
    assert second.items[0].length == 3


def test_a_byte_order_mark_does_not_shift_columns() -> None:
    assert read_text(decoded(b"\xef\xbb\xbfa: b", "f"), "f") == read_text("a: b", "f")
    assert read_text("\ufeffa: b", "f") == read_text("a: b", "f")


def test_a_slip_inside_a_text_is_not_blamed() -> None:
    with pytest.raises(Problems) as caught:
        read_text("a: |\n  − 膝\n  b：c\nd: @e\n", "f")
    assert [str(problem.place) for problem in caught.value] == ["f:4:4"]


def test_nothing_after_a_last_comment_is_still_in_the_file() -> None:
    assert read_text("---\n# 膝", "f").place == Place("f", 2, 4)
    assert read_text("---\n# 膝\n", "f").place.line <= 3


def test_scalars_stay_text() -> None:
    node = read_text("no: [on, 012, 1_000, 2026-11-22, 1e3, .inf, 0x1F, '1']", "f")
    assert isinstance(node, Mapping)
    items = node.entries[0][1]
    assert isinstance(items, Sequence)
    texts = [item.text for item in items.items if isinstance(item, Scalar)]
    assert texts == ["on", "012", "1_000", "2026-11-22", "1e3", ".inf", "0x1F", "1"]


def test_aliases_up_to_the_limit() -> None:
    fits = f"b: &b [{', '.join('x' * 99)}]\na: [{', '.join(['*b'] * (EXPANDED // 100))}]"
    assert isinstance(value(fits), Sequence)
    with pytest.raises(Problems):
        value(fits.replace("a: [", "a: [*b, "))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 20_000, "- " * 50_000, "a: " + "&a " * 1000, "? " * 10_000, "'" * 99_999]
)
def test_hostile_texts_are_answered(text: str) -> None:
    with pytest.raises(Problems):
        read_text(text, "f")
