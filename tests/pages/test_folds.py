"""Every folded layout: read in the order in which a hand opens it, nothing across a fold, widths as in the table."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from handouts.build import Built, build_topic
from handouts.checks.file import Character, PdfFile, extract_in_tag_order
from handouts.library import Library
from handouts.model import Layout, Panel
from handouts.problems import Problems
from handouts.sides import sided
from handouts.text.markup import plain
from tests.pages.folding import Face, Fold, leaves_of_minibook, opened
from tests.pages.reading import MM, assert_good_lines, assert_well_set, lines, solid

LIBRARY = Library()
DAY = date(2026, 11, 22)
WIDTH, HEIGHT = 297.0, 210.0
FOLDS: dict[str, list[Fold]] = {
    "trifold": [(2, "right", "over"), (1, "left", "over")],
    "zfold": [(2, "right", "under"), (1, "left", "over")],
    "bifold": [(1, "left", "over")],
}
"""How each is folded, its inner side up: the flap in first; the right third behind, the left one over; in half."""
WIDTHS = {
    "trifold": ([97, 100, 100], [100, 100, 97]),
    "zfold": ([99, 99, 99], [99, 99, 99]),
    "bifold": ([148.5, 148.5], [148.5, 148.5]),
}
"""mm: panels of the outer and of the inner side, from the left (print.md)."""
MINIBOOK = "minibook"


def built_in(layout: str, folder: Path) -> list[Built]:
    """Every topic that the layout has room for."""
    built = []
    for topic in LIBRARY.topics():
        with suppress(Problems):
            built.append(build_topic(LIBRARY, topic, folder / f"{topic}.pdf", DAY, layout=layout))
    return built


@pytest.fixture(scope="module", params=[*FOLDS, MINIBOOK])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Layout, list[Built]]:
    name = request.param
    built = built_in(name, tmp_path_factory.mktemp(name))
    assert len(built) >= (3 if name == MINIBOOK else 4), "too few to prove anything"
    return name, LIBRARY.layout(name), built


def edges(layout: Layout, side: int) -> list[float]:
    """mm: the vertical edges of the panels of a printed side."""
    return sorted({0.0, WIDTH, *(fold.x for fold in layout.folds if fold.side == side and fold.x)})


def face_of(panel: Panel, layout: Layout) -> Face:
    lines = edges(layout, panel.side)
    inside = [i for i, (low, high) in enumerate(pairwise(lines)) if low < panel.x and panel.x + panel.width < high]
    assert len(inside) == 1, f"{panel.name} lies across a fold"
    return panel.side, inside[0]


@pytest.mark.parametrize("name", FOLDS)
def test_the_panels_are_listed_as_a_hand_meets_them(name: str) -> None:
    layout = LIBRARY.layout(name)
    order = opened(len(FOLDS[name]) + 1, FOLDS[name])
    assert len(order) == 2 * (len(FOLDS[name]) + 1)
    assert [face_of(panel, layout) for panel in layout.panels] == order


def test_the_hand_meets_a_wrapped_trifold_as_print_md_says() -> None:
    """The simulation itself: cover, inner left with the flap, then the two inner ones, last the back."""
    assert opened(3, FOLDS["trifold"]) == [(1, 2), (2, 0), (1, 0), (2, 1), (2, 2), (1, 1)]
    assert opened(2, FOLDS["bifold"]) == [(1, 1), (2, 0), (2, 1), (1, 0)]
    assert opened(3, [(1, "left", "over"), (2, "right", "over")]) != opened(3, FOLDS["trifold"])


@pytest.mark.parametrize("name", FOLDS)
def test_the_panels_are_as_wide_as_the_table_says(name: str) -> None:
    layout = LIBRARY.layout(name)
    for side, widths in zip((1, 2), WIDTHS[name], strict=True):
        lines = edges(layout, side)
        assert [b - a for a, b in pairwise(lines)] == pytest.approx(widths, abs=0.1)
        back = edges(layout, 3 - side)
        assert [round(WIDTH - line, 6) for line in reversed(back)] == lines, "folds of both sides lie on each other"
    assert layout.edge.value == "short"


def test_the_minibook_is_read_leaf_by_leaf() -> None:
    layout = LIBRARY.layout(MINIBOOK)
    cells = [cell for leaf in leaves_of_minibook() for cell in leaf]
    assert len(layout.panels) == len(cells) == 8
    for panel, (row, column) in zip(layout.panels, cells, strict=True):
        left, upper = column * WIDTH / 4, row * HEIGHT / 2
        assert left + 5 <= panel.x <= left + WIDTH / 4 - 5 - panel.width, panel.name
        assert upper + 5 <= panel.y <= upper + HEIGHT / 2 - 5 - panel.height, panel.name
        assert panel.turn == (row == 0), "heads meet on the middle line"
    slit = [fold for fold in layout.folds if fold.cut]
    assert [(fold.y, fold.start, fold.end) for fold in slit] == [(105, 74.25, 222.75)]
    assert layout.edge.value == "none"


def words_of(built: Built, layout: Layout, folder: Path) -> dict[str, list[Character]]:
    """The characters on each panel, as somebody reads them who turns the sheet the right way up for it."""
    headstands = folder / f"{built.path.stem}-turned.pdf"
    with pikepdf.open(built.path) as pdf:
        for page in pdf.pages:
            _, _, width, height = (float(number) for number in page.mediabox)
            page.contents_add(f"q -1 0 0 -1 {width} {height} cm".encode(), prepend=True)
            page.contents_add(b"Q")
        pdf.save(headstands)
    found = {}
    with PdfFile(built.path) as upright, PdfFile(headstands) as turned:
        for panel in layout.panels:
            side = (turned if panel.turn else upright).pages[panel.side - 1]
            x, y = panel.x, panel.y
            if panel.turn:
                x, y = WIDTH - panel.x - panel.width, HEIGHT - panel.y - panel.height
            place = replace(panel, x=x, y=y)
            found[panel.name] = [character for character in side.characters if within(character, place)]
    return found


def test_the_text_is_heard_in_the_order_of_the_panels(made: tuple[str, Layout, list[Built]], tmp_path: Path) -> None:
    """The lines on each panel, found by their place on paper, are all heard before those of the next."""
    _, layout, built = made
    for one in built:
        heard = solid("".join(text for _, text in extract_in_tag_order(one.path)))
        spans = []
        for name, words in words_of(one, layout, tmp_path).items():
            if not words:
                continue
            assert_good_lines(words)
            # A number or letter before a line is a run of its own: upside down, the reader puts it after.
            texts = [re.sub("^[A-E0-9] ?", "", line) for line in lines(words)]
            said = [line for line in map(solid, texts) if len(line) >= 5 and heard.count(line) == 1]
            assert said, f"{one.path.stem}: nothing on {name} is heard"
            spans.append((min(map(heard.find, said)), max(map(heard.find, said))))
        assert len(spans) >= len(layout.panels) - 1
        for (_, end), (start, _) in pairwise(spans):
            assert end < start, f"{one.path.stem}: {spans}"


def within(character: Character, panel: Panel) -> bool:
    left, right = character.left / MM, character.right / MM
    top, bottom = character.top / MM, character.bottom / MM
    return (
        panel.x - 1 <= left
        and right <= panel.x + panel.width + 1
        and panel.y - 1 <= top
        and bottom <= panel.y + panel.height + 1
    )


def test_every_character_is_on_a_panel_and_five_mm_from_each_fold(made: tuple[str, Layout, list[Built]]) -> None:
    name, layout, built = made
    for one in built:
        with PdfFile(one.path) as pdf:
            assert [(round(page.width / MM), round(page.height / MM)) for page in pdf.pages] == [
                (297, 210) for _ in {panel.side for panel in layout.panels}
            ]
            assert_well_set(pdf, side=5 if name == MINIBOOK else 10, end=5, upright=name != MINIBOOK)
            for number, page in enumerate(pdf.pages, 1):
                panels = [panel for panel in layout.panels if panel.side == number]
                for character in page.characters:
                    if character.text.strip():
                        assert any(within(character, panel) for panel in panels), f"{one.path.stem}: {character}"


def test_every_sign_and_every_printed_exercise_is_there(made: tuple[str, Layout, list[Built]], tmp_path: Path) -> None:
    _, layout, built = made
    for one in built:
        handout = LIBRARY.handout(one.path.stem)
        said = solid("".join(c.text for words in words_of(one, layout, tmp_path).values() for c in words))
        for sign in handout.signs:
            assert solid(sign.text) in said or (sign.short and solid(sign.short) in said), sign.text
        assert one.exercises[0] >= 2
        for entry in handout.exercises[: one.exercises[0]]:
            assert solid(plain(sided(entry.exercise.name, None))) in said
            for step in entry.exercise.steps:
                assert solid(plain(sided(step, None))) in said, step
        assert solid(handout.labels.disclaimer) in said
        assert set(one.form.dropped) <= set(layout.optional)
        assert not set(one.form.dropped) & set(handout.topic.essential)
