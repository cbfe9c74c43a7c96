"""What a sheet is printed with: sides, sheets of paper, the arguments of `lp`, and what is refused."""

from __future__ import annotations

import pytest

from handouts.model import Edge
from handouts.printing import Condition, Printer, Ticket, Tray, refusals, sheets, told
from handouts.printing.ticket import options, sides

FULL = Printer("q", "受付", duplex=True, color=True, trays=(Tray("tray-1", "トレイ1"), Tray("manual", "手差し")))
PLAIN = Printer("p", "診察室")


def ticket(edge: Edge = Edge.LONG, pages: int = 2, copies: int = 1, *, mono: bool = False, tray: str = "") -> Ticket:
    return Ticket("AB2C-3D4E-F", edge, pages, copies, mono, tray)


@pytest.mark.parametrize(
    ("printer", "edge", "pages", "copies", "way", "count", "words"),
    [
        (FULL, Edge.LONG, 2, 1, "two-sided-long-edge", 1, "両面(長辺とじ) 1枚・実際の大きさ・カラー"),
        (FULL, Edge.SHORT, 2, 3, "two-sided-short-edge", 3, "両面(短辺とじ) 3枚(3部)・実際の大きさ・カラー"),
        (FULL, Edge.LONG, 3, 2, "two-sided-long-edge", 4, "両面(長辺とじ) 4枚(2部)・実際の大きさ・カラー"),
        (FULL, Edge.LONG, 1, 1, "one-sided", 1, "片面 1枚・実際の大きさ・カラー"),
        (FULL, Edge.NONE, 2, 1, "one-sided", 2, "片面 2枚・実際の大きさ・カラー"),
        (PLAIN, Edge.LONG, 2, 2, "one-sided", 4, "片面 4枚(2部)・実際の大きさ・白黒"),
    ],
)
def test_sides_and_sheets(
    printer: Printer, edge: Edge, pages: int, copies: int, way: str, count: int, words: str
) -> None:
    one = ticket(edge, pages, copies)
    assert (sides(one, printer), sheets(one, printer), told(one, printer)) == (way, count, words)


def said(one: Ticket, printer: Printer = FULL) -> set[str]:
    """The options among the arguments."""
    arguments = options(one, printer)
    assert arguments[:2] == ["-n", str(one.copies)]
    assert set(arguments[2::2]) == {"-o"}
    return set(arguments[3::2])


def test_the_size_is_never_changed() -> None:
    size = {"print-scaling=none", "fit-to-page=false", "number-up=1", "media=iso_a4_210x297mm"}
    assert said(ticket()) == {
        *size,
        "sides=two-sided-long-edge",
        "print-color-mode=color",
        "multiple-document-handling=separate-documents-collated-copies",
    }


def test_tray_and_black_and_white() -> None:
    options = said(ticket(mono=True, tray="tray-1"))
    assert "media-col={media-size={x-dimension=21000 y-dimension=29700} media-source=tray-1}" in options
    assert not [option for option in options if option.startswith("media=")]
    assert "print-color-mode=monochrome" in options
    assert "print-color-mode=monochrome" in said(ticket(), PLAIN)


@pytest.mark.parametrize("title", ["", "山田", "a b", "-x", "a/b", "x" * 65, "a\nb", "name@x"])
def test_a_title_holds_no_name_and_no_option(title: str) -> None:
    with pytest.raises(ValueError, match="title"):
        Ticket(title, Edge.LONG, 1)


@pytest.mark.parametrize(("pages", "copies"), [(0, 1), (1, 0), (-1, 1)])
def test_nothing_is_no_job(pages: int, copies: int) -> None:
    with pytest.raises(ValueError, match="pages and copies"):
        Ticket("a", Edge.LONG, pages, copies)


@pytest.mark.parametrize(
    ("printer", "one", "message"),
    [
        (Printer("q", "受付", Condition.STOPPED, "一時停止しています"), ticket(pages=1), "一時停止しています。"),
        (PLAIN, ticket(Edge.SHORT), "両面に印刷できない「診察室」"),
        (FULL, ticket(tray="tray-9"), "「tray-9」というトレイはありません"),
        (FULL, ticket(tray="x media-type=y"), "というトレイはありません"),
        (Printer("q", "受付", most_copies=5), ticket(copies=6), "5 部まで"),
    ],
)
def test_refusals(printer: Printer, one: Ticket, message: str) -> None:
    (problem,) = refusals(one, printer)
    assert message in problem.message
    assert problem.hint


@pytest.mark.parametrize("condition", [Condition.READY, Condition.BUSY, Condition.NEEDS])
def test_a_printer_that_waits_for_paper_may_be_sent_a_sheet(condition: Condition) -> None:
    waits = Printer("q", "受付", condition, "用紙がありません", duplex=True, trays=FULL.trays)
    assert refusals(ticket(Edge.SHORT, tray="manual"), waits) == ()
    assert refusals(ticket(Edge.SHORT, 1), PLAIN) == ()
