"""Properties of every setting: nothing lost or too wide, no forbidden start or end, no number without its unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.faces import Stack, clusters
from handouts.text.breaks import LINE_END, UNIT, classes
from handouts.text.characters import SPACES, may_end, may_start
from handouts.text.fit import TOLERANCE
from handouts.text.lines import Setting, Style, set_lines
from handouts.text.markup import plain

Styles = Callable[..., Style]

# What must stay whole, marked so that the test knows it without asking the code.
WHOLE = [
    "30〜60秒", "10回ずつ", "約8分/日", "2〜3日おき", "第1版", "5mm", "38℃", "1.5L", "3か月以上", "65歳以上", "1日",
    "2回", "000-000-0000",
    "10回×3セット", "9:00〜12:30", "週2〜3回", "¥1,200", "#7119", "119番", "5 mm", "MRI", "85%", "1/2錠", "数日間",
    "辻\U000e0100", "か\u3099",
]  # fmt: skip
LOOSE = [
    "膝の裏が", "太ももの裏(ハムストリングス)を", "「痛気持ちいい」ところで", "ふくらはぎ(腓腹筋)の", "ゆっくり",
    "伸ばします。", "様々な", "人々は、",
    "痛い！", "なぜ？", "……", "――", "もう一つ・", "サポーターを", "ちょっと", "、", "。", "『資料』は",
    "{膝窩筋|しつかきん}という", "**今すぐ**", "　", " ",
    "髙﨑さんと𠮷野さん", "{変形性膝関節症|へんけいせいひざかんせつしょう}で", "すぐに", "Baker cyst", "(", ")", "〜",
    "を",
]  # fmt: skip


@dataclass(frozen=True)
class Sample:
    markup: str
    inside: frozenset[int]
    """The offsets into the bare text that lie inside something whole."""


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    inside: set[int] = set()
    markup = last = ""
    for piece in draw(st.lists(st.sampled_from(WHOLE + LOOSE), min_size=1, max_size=30)):
        # Two quantities, or two Western words, in a row read as one; two brackets in a row are no text of ours.
        both_western = (last[-1:] + piece[0]).isascii() and bool(last)
        joined = last in WHOLE or last == "〜"  # which makes one quantity of two
        if (piece in WHOLE and joined) or (len(piece) == 1 and len(last) == 1) or both_western:
            continue
        begin = len(plain(markup))
        if piece in WHOLE:
            inside.update(range(begin + 1, begin + len(piece)))
        markup, last = markup + piece, piece
    return Sample(markup, frozenset(inside))


def drawn(text: str) -> str:
    return text.rstrip("".join(SPACES) + "\n")


def ends(setting: Setting) -> list[int]:
    positions, position = [], 0
    for line in setting.lines:
        position += len(line.text)
        positions.append(position)
    return positions[:-1]


@settings(deadline=None, max_examples=300)
@given(sample=samples(), measure=st.floats(16, 60), balance=st.booleans(), phrases=st.booleans())
def test_realistic_text_at_every_measure(
    style: Styles, sample: Sample, measure: float, balance: bool, phrases: bool
) -> None:
    width = measure * 10
    setting = set_lines(sample.markup, style(balance=balance, phrases=phrases), width)
    assert "".join(line.text for line in setting.lines) == plain(sample.markup)
    for line in setting.lines:
        assert line.width <= width + 0.001
        for run in line.runs:
            assert run.x >= -0.001
            assert run.x + run.width <= width + 0.001
    for line in setting.lines[1:]:
        assert may_start(line.text[0])
    for line in setting.lines[:-1]:
        assert may_end(drawn(line.text)[-1])
    assert not sample.inside & set(ends(setting))
    assert [setting.given_up[name] for name in ("unit", "line_end", "line_start", "width")] == [0, 0, 0, 0]


@settings(deadline=None, max_examples=300)
@given(text=st.text(max_size=60), width=st.floats(1, 400), strong=st.booleans(), tracking=st.sampled_from([0, 0.01]))
def test_any_text_at_any_measure(style: Styles, text: str, width: float, strong: bool, tracking: float) -> None:
    markup = "".join("\\" + character if character in "*{|}\\" else character for character in text)
    setting = set_lines(markup, style(strong=strong, tracking=tracking), width)
    assert "".join(line.text for line in setting.lines) == text
    wide = [line for line in setting.lines if line.width > width + TOLERANCE]
    assert all(len(clusters(line.text.strip(" \u3000\n"))) == 1 for line in wide)
    assert setting.given_up["width"] == len(wide)
    # Whatever is drawn is the line without the spaces and the newline at its end.
    assert ["".join(run.text for run in line.runs) for line in setting.lines] == [
        line.text.removesuffix("\n").rstrip(" \u3000") for line in setting.lines
    ]


@settings(deadline=None, max_examples=100)
@given(sample=samples(), width=st.floats(20, 200))
def test_ruby_never_leaves_the_measure(style: Styles, faces: dict[str, Stack], sample: Sample, width: float) -> None:
    for line in set_lines(sample.markup, style(), width).lines:
        for run in line.runs:
            if run.ruby:
                assert run.ruby_x >= -0.001
                assert run.ruby_x + faces[run.face].width(run.ruby, run.ruby_size) <= line.width + 0.001


PARAGRAPHS = [
    "膝の裏には、太ももの裏の筋肉とふくらはぎの筋肉が重なり合っています。走る距離を急に増やしたり、硬い路面を続けて走ったりすると、"
    "この重なりの部分に負担が集まり、張りや痛みが出ることがあります。",
    "1回30〜60秒、左右それぞれ2〜3回を目安に、痛みのない範囲で伸ばします。呼吸は止めず、反動をつけません。"
    "しびれや鋭い痛みが出たら、すぐに中止してください。",
    "片方のふくらはぎが急に腫れて、熱をもち、赤くなったときは、血のかたまりが静脈に詰まっていることがあります。もんだり伸ばしたりせず、"
    "救急外来に連絡します。息苦しさや胸の痛みがあれば119番に電話します。",
    "足を体より前に着くほど、膝の裏の筋肉は引き伸ばされます。歩幅を少し狭くして、膝が体の真下に来るように着地すると、負担が軽くなります。",
    "朝、布団から起きて歩き出すときに、左の膝の裏からふくらはぎの内側にかけて、とても痛い",
    "次に受診するときは、いつから、どの動きで、どのくらい痛むのかを伝えてください。使っている薬と、試した体操も書いておくと役に立ちます。",
]


def greedy(text: str, style: Style, width: float, by_phrase: bool) -> list[str]:
    """Fills every line as far as it goes, with the same permissions."""
    parts = clusters(text)
    offsets = [sum(map(len, parts[:n])) for n in range(len(parts))]
    levels = classes(text, offsets, by_phrase)
    lines, begin = [], 0
    while begin < len(parts):
        fits = [
            end
            for end in range(begin + 1, len(parts) + 1)
            if style.regular.width("".join(parts[begin:end]), style.size) <= width
            and (end == len(parts) or levels[end] < (UNIT if not by_phrase else 3))
        ]
        assert fits
        lines.append("".join(parts[begin : fits[-1]]))
        begin = fits[-1]
    return lines


@pytest.mark.parametrize("by_phrase", [False, True])
def test_fewer_short_last_lines_than_greedy(style: Styles, by_phrase: bool) -> None:
    ours = theirs = looked_at = 0
    for text in PARAGRAPHS:
        for measure in range(16, 45):
            setting = set_lines(text, style(phrases=by_phrase), measure * 10.0)
            filled = greedy(text, style(), measure * 10.0, by_phrase)
            ours += len(clusters(setting.lines[-1].text)) < 3
            theirs += len(clusters(filled[-1])) < 3
            assert len(setting.lines) <= len(filled) + 1
            looked_at += 1
    assert looked_at == 174
    assert ours == 0
    assert theirs > 0


def test_forbidden_breaks_are_the_same_with_and_without_phrases() -> None:
    text = "".join(PARAGRAPHS)
    offsets = range(len(text))
    free, tied = classes(text, offsets, False), classes(text, offsets, True)
    assert [level >= UNIT for level in free] == [level >= UNIT for level in tied]
    assert sum(level >= LINE_END for level in free) > 30
