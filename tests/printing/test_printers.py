"""Printers in plain words: what is read from the scheduler's description, and the printer that a name means."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import astuple

from handouts.printing import Condition, Listing, Printer, find_printer, ipp
from handouts.printing.printers import FAX, condition_of, printer_of
from handouts.printing.words import Lang, words
from handouts.problems import Problems

IDLE, WORKING, HALTED = 3, 4, 5


def described(*reasons: str, state: int = IDLE, message: str = "", **more: Sequence[ipp.Value]) -> ipp.Group:
    """A printer as the scheduler describes it."""
    values: dict[str, Sequence[ipp.Value]] = {
        "printer-name": ["q"],
        "printer-state": [state],
        "printer-state-reasons": list(reasons or ("none",)),
        "printer-state-message": [message],
        "printer-is-accepting-jobs": [1],
    }
    return ipp.Group(ipp.PRINTER, values | {name.replace("_", "-"): value for name, value in more.items()})


@pytest.mark.parametrize(
    ("state", "reasons", "condition", "reason"),
    [
        (IDLE, (), Condition.READY, "使えます"),
        (WORKING, ("cups-waiting-for-job-completed",), Condition.BUSY, "印刷しています"),
        (WORKING, ("media-empty-error",), Condition.NEEDS, "用紙がありません"),
        (WORKING, ("media-needed",), Condition.NEEDS, "用紙がありません"),
        (WORKING, ("media-empty-warning",), Condition.BUSY, "印刷しています"),
        (WORKING, ("media-low-report",), Condition.BUSY, "印刷しています"),
        (WORKING, ("media-jam-warning",), Condition.NEEDS, "紙がつまっています"),
        (WORKING, ("toner-low-warning", "door-open-report"), Condition.NEEDS, "ドアが開いています"),
        (WORKING, ("offline-report",), Condition.NEEDS, "プリンターにつながりません"),
        (WORKING, ("never-heard-of-error",), Condition.NEEDS, "直すところがあります。プリンターの表示を見てください"),
        (WORKING, ("com.example.thing", ""), Condition.BUSY, "印刷しています"),
        (HALTED, ("paused", "media-empty-error"), Condition.STOPPED, "一時停止しています"),
        (HALTED, ("none",), Condition.STOPPED, "一時停止しています"),
        (IDLE, ("hold-new-jobs",), Condition.STOPPED, "一時停止しています"),
    ],
)
def test_the_condition(state: int, reasons: tuple[str, ...], condition: Condition, reason: str) -> None:
    assert condition_of(described(*reasons, state=state)) == (condition, reason)


def test_what_cannot_be_reached_is_told_only_while_it_is_tried() -> None:
    message = "The printer may not exist or is unavailable at this time."
    assert condition_of(described(state=WORKING, message=message)) == (Condition.NEEDS, "プリンターにつながりません")
    assert condition_of(described(state=IDLE, message=message))[0] is Condition.READY


def test_a_printer_that_takes_no_jobs_or_no_a4_is_stopped() -> None:
    assert condition_of(described(printer_is_accepting_jobs=[0])) == (Condition.STOPPED, "印刷を受け付けていません")
    label = described(media_supported=["om_label_62x100mm"])
    assert condition_of(label) == (Condition.STOPPED, "A4 の紙を使えません")
    assert condition_of(described(media_supported=["na_letter_8.5x11in", "iso_a4_210x297mm"]))[0] is Condition.READY


def test_what_is_worth_knowing() -> None:
    full = printer_of(described("toner-low-warning", "media-low", "marker-supply-low-report", "media-empty-error"))
    assert full.warnings == (
        "前に印刷したとき: 用紙がありません",
        "トナーが残り少なくなっています",
        "用紙が残り少なくなっています",
    )
    assert printer_of(described("media-empty-error", state=WORKING)).warnings == ()
    assert printer_of(described("paused", "toner-low-warning", state=HALTED)).warnings == ()


def test_what_it_can_do() -> None:
    can = printer_of(
        described(
            printer_info=["受付"],
            sides_supported=["one-sided", "two-sided-long-edge"],
            color_supported=[1],
            copies_supported=[(1, 20)],
            media_source_supported=["auto", "main", "tray-2", "cassette3", "by-pass-tray", "weird", "main"],
        ),
        "q",
    )
    assert (can.label, can.duplex, can.color, can.default, can.most_copies) == ("受付", True, True, True, 20)
    assert [t.label for t in can.trays] == ["主トレイ", "トレイ2", "カセット3", "手差し", "weird"]
    assert can.summary == "カラー・両面・A4 使えます"


def test_what_it_does_not_say_is_taken_for_little() -> None:
    bare = printer_of(described(printer_info=[" "], media_source_supported=["auto", "main"]))
    assert bare == Printer("q", "q", Condition.READY, "使えます")
    assert bare.summary == "白黒・片面だけ・A4 使えます"


def test_a_fax_machine_is_not_a_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = (described(), described(printer_name=["fax"], printer_type=[FAX | 4]))
    monkeypatch.setattr("handouts.printing.printers.ask", lambda *_: ipp.Answer(0, groups))
    monkeypatch.setattr("handouts.printing.printers._usual", lambda _: "fax")
    from handouts.printing import list_printers

    listing = list_printers()
    assert [one.name for one in listing.printers] == ["q"]
    assert listing.default is None


A, B, C = Printer("a", "受付", default=True), Printer("b", "診察室"), Printer("c", "診察室")


def test_a_printer_is_found_by_either_name() -> None:
    listing = Listing((A, B, C))
    assert [find_printer(listing, name) for name in ("", "a", "受付", "b", "c")] == [A, A, A, B, C]
    assert find_printer(Listing((B,))) is B


@pytest.mark.parametrize(
    ("listing", "name", "message", "hint"),
    [
        (Listing((A, B)), "A", "「A」というプリンターはありません。", "使える名前: a(受付), b(診察室)"),
        (Listing((A, B, C)), "診察室", "いくつかあります", "使える名前: b(診察室), c(診察室)"),
        (Listing((B, C)), "", "いつものプリンターが決まっていません。", "使える名前: b(診察室), c(診察室)"),
        (Listing(()), "", "CUPS にプリンターがありません。", "加えてください"),
        (Listing((), "CUPS がありません"), "a", "CUPS がありません。", "印刷画面から印刷"),
    ],
)
def test_a_printer_that_is_not_found(listing: Listing, name: str, message: str, hint: str) -> None:
    with pytest.raises(Problems) as raised:
        find_printer(listing, name)
    (problem,) = raised.value
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_words_are_sentences_without_a_full_stop(lang: Lang) -> None:
    table = words(lang)
    said = [*table.halts.values(), *table.warns.values(), *astuple(table.silent), *astuple(table.condition)]
    assert len(said) > 40
    assert not [text for text in said if text.endswith(("。", ".", " ")) or not text]
    assert table.whatever <= table.halts.keys()


def test_english_has_every_word() -> None:
    ours, theirs = words("ja"), words("en")
    for name in ("halts", "warns", "trays", "numbered"):
        assert getattr(ours, name).keys() == getattr(theirs, name).keys()
        assert not [text for text in getattr(theirs, name).values() if not text.isascii()]
    for name in ("silent", "condition", "can"):
        assert all(text.isascii() for text in astuple(getattr(theirs, name)))


def test_printers_are_told_in_english() -> None:
    both = ["two-sided-long-edge"]
    group = described("media-empty-error", sides_supported=both, media_source_supported=["tray-1", "manual"])
    ready = printer_of(group, lang="en")
    assert ready.summary == "Ready: black and white, both sides, A4"
    assert ready.warnings == ("When it last printed: No paper",)
    assert [tray.label for tray in ready.trays] == ["Tray 1", "Manual feed"]
    assert printer_of(described(state=HALTED), lang="en").summary == "Paused"


def test_complaints_are_told_in_plain_words() -> None:
    told = words().complaint
    assert told('lp: Destination "q" is not accepting jobs.') == "プリンターが印刷を受け付けていません"
    assert told("lp: something\n  new") == "印刷のしくみ(CUPS)に断られました(lp: something new)"
