"""lines.py: one case per line of lines/*.tsv, then what a table cannot say (runs, ruby, faces, balance, give-ups)."""

from __future__ import annotations

import gc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from handouts.faces import Stack
from handouts.text.lines import Line, Setting, Style, natural_width, set_lines
from handouts.text.markup import plain
from handouts.text.paragraph import paragraphs

LINES = Path(__file__).parent / "lines"
Styles = Callable[..., Style]


def table(path: Path) -> list[tuple[str, ...]]:
    rows = [row for row in path.read_text("utf-8").split("\n") if row and not row.startswith("#")]
    return [(path.stem, *[*row.split("\t"), ""][:4]) for row in rows]


CASES = [case for path in sorted(LINES.glob("*.tsv")) for case in table(path)]


def given_up(setting: Setting) -> dict[str, int]:
    return {name: count for name, count in setting.given_up.items() if count}


def texts(setting: Setting) -> list[str]:
    return [line.text for line in setting.lines]


def test_there_are_cases() -> None:
    assert len(CASES) >= 100
    assert len({case[:3] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case[:3]))
def test_case(case: tuple[str, ...], style: Styles) -> None:
    _, _, width, lines, options = case
    words = options.split()
    setting = set_lines(
        lines.replace("／", "").replace("⏎", "\n"),
        style(balance="balance" in words, phrases="plain" not in words),
        float(width) * 10,
    )
    assert "／".join(texts(setting)) == plain(lines.replace("⏎", "\n"))
    assert given_up(setting) == {name: int(count) for name, _, count in (w.partition("=") for w in words) if count}


def test_runs_follow_the_faces(style: Styles) -> None:
    (line,) = set_lines("体操は**1日1回**です。", style(), 200).lines
    assert [(run.text, run.face) for run in line.runs] == [
        ("体操は", "regular"),
        ("1日1回", "bold"),
        ("です。", "regular"),
    ]
    for before, after in pairwise(line.runs):
        assert after.x == pytest.approx(before.x + before.width)
    assert line.runs[-1].x + line.runs[-1].width == pytest.approx(line.width)


def test_strong_style_is_all_bold(style: Styles) -> None:
    (line,) = set_lines("走ると**膝**の{裏|うら}", style(strong=True), 200).lines
    assert {run.face for run in line.runs} == {"bold"}


def test_ruby_wider_than_its_base_widens_the_box(style: Styles, faces: dict[str, Stack]) -> None:
    (line,) = set_lines("前{腱|けんのこと}後", style(), 200).lines
    before, base, after = line.runs
    ruby_width = faces["regular"].width("けんのこと", 5)
    assert (base.text, base.ruby, base.ruby_size) == ("腱", "けんのこと", 5.0)
    assert base.ruby_x == pytest.approx(before.width)
    assert after.x == pytest.approx(before.width + ruby_width)
    assert base.x + base.width / 2 == pytest.approx(base.ruby_x + ruby_width / 2)


def test_ruby_narrower_than_its_base_is_centred_over_it(style: Styles, faces: dict[str, Stack]) -> None:
    (line,) = set_lines("{膝窩筋|しつ}", style(), 200).lines
    (run,) = line.runs
    assert run.x == 0
    assert run.width == pytest.approx(30)
    assert run.ruby_x == pytest.approx((30 - faces["regular"].width("しつ", 5)) / 2)


def test_long_ruby_base_is_divided_with_its_reading(style: Styles) -> None:
    setting = set_lines("{変形性膝関節症|へんけいせいひざかんせつしょう}", style(), 45)
    runs = [run for line in setting.lines for run in line.runs]
    assert "".join(run.text for run in runs) == "変形性膝関節症"
    assert "".join(run.ruby for run in runs) == "へんけいせいひざかんせつしょう"
    assert len(runs) == len(setting.lines) == 2
    assert setting.given_up["unit"] == 1


def test_short_ruby_base_is_divided_only_where_it_cannot_fit(style: Styles) -> None:
    markup = "奥の{膝窩筋|しつかきん}"
    assert given_up(set_lines(markup, style(), 31)) == {}
    setting = set_lines(markup, style(), 25)
    assert all(line.width <= 25 for line in setting.lines)
    assert setting.given_up["unit"] == 1


def test_space_at_a_break_is_kept_in_the_text_and_not_drawn(style: Styles) -> None:
    first, second = set_lines("膝の裏の資料 第1版です", style(), 70).lines
    assert (first.text, first.runs[-1].text) == ("膝の裏の資料 ", "膝の裏の資料")
    assert first.width == pytest.approx(first.runs[-1].width)
    assert second.text == "第1版です"


def test_full_width_spaces_are_kept(style: Styles, faces: dict[str, Stack]) -> None:
    (line,) = set_lines("　月　　日", style(), 100).lines
    assert [run.text for run in line.runs] == ["　月　　日"]
    assert line.width == pytest.approx(faces["regular"].width("　月　　日", 10))


def test_empty_text_and_empty_lines(style: Styles) -> None:
    assert set_lines("", style(), 100).lines == (Line((), 0.0, ""),)
    assert texts(set_lines("膝\n\n裏\n", style(), 100)) == ["膝\n", "\n", "裏\n", ""]


def test_tracking_is_added_to_every_advance(style: Styles) -> None:
    (line,) = set_lines("膝の裏", style(tracking=0.1), 200).lines
    solid = set_lines("膝の裏", style(), 200).lines[0].width
    assert [run.text for run in line.runs] == ["膝", "の", "裏"]
    assert line.width == pytest.approx(solid + 3 * 0.1 * 10)
    assert line.runs[2].x == pytest.approx(line.width - 11)


def test_natural_width_is_that_of_the_widest_hand_broken_line(style: Styles) -> None:
    assert natural_width("膝\n膝の裏側\n裏　", style()) == pytest.approx(
        set_lines("膝の裏側", style(), 500).lines[0].width
    )
    assert natural_width("", style()) == 0


def test_a_text_of_its_natural_width_stays_on_one_line(style: Styles) -> None:
    text = "走ると膝の裏が痛いときは、30〜60秒伸ばします。"
    assert len(set_lines(text, style(), natural_width(text, style())).lines) == 1
    assert len(set_lines(text, style(), natural_width(text, style()) - 0.01).lines) == 2


def test_cluster_wider_than_the_measure_stands_alone_and_is_counted(style: Styles) -> None:
    setting = set_lines("膝裏", style(), 9)
    assert texts(setting) == ["膝", "裏"]
    assert setting.given_up["width"] == 2


def test_what_is_given_up_comes_in_order(style: Styles) -> None:
    ladder = ["phrase", "last_line", "unit", "line_end", "line_start", "width"]
    reached = []
    for width in (95, 50, 40, 30, 25, 15, 12, 8):
        seen = given_up(set_lines("毎日(約10回ずつ)行う。", style(), width))
        reached.append(max((ladder.index(name) for name in seen), default=-1))
    assert reached == sorted(reached)
    assert set(reached) >= {-1, ladder.index("unit"), ladder.index("line_start"), ladder.index("width")}


def test_a_phrase_is_given_up_before_a_short_last_line(style: Styles) -> None:
    setting = set_lines("ふくらはぎの張り", style(), 60)
    assert texts(setting) == ["ふくらはぎ", "の張り"]
    assert given_up(setting) == {"phrase": 1}


def test_measures_do_not_keep_their_paragraph(faces: dict[str, Stack]) -> None:
    """A batch sets thousands of names: what waits for the collector of garbage piles up between its rounds."""
    gc.collect()
    gc.disable()
    try:
        (paragraph,) = paragraphs("体操のあと", (faces["regular"], faces["bold"]), 12.0, 0.0, True)
        assert paragraph.measures.reluctance(1) >= 0
        del paragraph
        assert gc.collect() == 0
    finally:
        gc.enable()
