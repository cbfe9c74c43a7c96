"""markup.py: bold, ruby, hand breaks, escapes, and every way to get them wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.text.markup import MarkupError, Span, escape, parse, plain


@pytest.mark.parametrize(
    ("markup", "spans"),
    [
        ("", ()),
        ("膝の裏", (Span("膝の裏"),)),
        ("**今すぐ**受診", (Span("今すぐ", strong=True), Span("受診"))),
        ("{膝窩筋|しつかきん}は", (Span("膝窩筋", ruby="しつかきん"), Span("は"))),
        ("**{靭帯|じんたい}の**傷", (Span("靭帯", True, "じんたい"), Span("の", True), Span("傷"))),
        (r"\*\*\{\|\}\\", (Span("**{|}\\"),)),
        ("3*4|5", (Span("3*4|5"),)),
        ("一\n**二\n三**", (Span("一\n"), Span("二\n三", True))),
        (r"{a\|b|c\}d}", (Span("a|b", ruby="c}d"),)),
        ("{一|いち}{二|に}", (Span("一", ruby="いち"), Span("二", ruby="に"))),
    ],
)
def test_markup_is_read(markup: str, spans: tuple[Span, ...]) -> None:
    assert parse(markup) == spans


def test_plain_leaves_out_marks_and_readings() -> None:
    assert plain("**今すぐ**\n{膝窩筋|しつかきん}を\\*見る") == "今すぐ\n膝窩筋を*見る"


@pytest.mark.parametrize(
    ("markup", "offset", "words"),
    [
        ("膝の**裏", 2, "閉じていません"),
        ("膝****裏", 1, "文字がありません"),
        ("膝}裏", 1, "「{」がありません"),
        ("膝{裏|うら", 1, "閉じていません"),
        ("膝{裏}", 1, "の形で書きます"),
        ("膝{裏|}", 1, "の形で書きます"),
        ("膝{|うら}", 1, "の形で書きます"),
        ("膝{裏|う|ら}", 1, "の形で書きます"),
        ("膝{**裏**|うら}", 2, "太字・改行"),
        ("膝{裏\n|うら}", 3, "太字・改行"),
        ("膝{裏{の|うら}", 3, "太字・改行"),
        ("膝\\n裏", 1, "「\\」のあと"),
        ("膝\\", 1, "「\\」のあと"),
    ],
)
def test_wrong_markup_names_its_offset(markup: str, offset: int, words: str) -> None:
    with pytest.raises(MarkupError) as raised:
        parse(markup)
    assert raised.value.offset == offset
    assert words in raised.value.message


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = "".join("\\" + character if character in "*{|}\\" else character for character in text)
    assert plain(escaped) == text


@given(st.text(alphabet="膝*{|}\\\nあ"))
def test_any_text_is_read_or_refused_with_an_offset_in_it(markup: str) -> None:
    offset = -1
    try:
        length = len(plain(markup))
    except MarkupError as error:
        offset, length = error.offset, 0
    assert length <= len(markup)
    assert -1 <= offset < max(len(markup), 1)


@pytest.mark.parametrize("text", ["a*b", "**太字**", "{膝|ひざ}", "\\", "C:\\*", "100%|{", "膝の裏"])
def test_an_escaped_text_says_itself(text: str) -> None:
    assert plain(escape(text)) == text
