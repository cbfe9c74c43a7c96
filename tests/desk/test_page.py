"""A person at the desk, in a real browser: open, choose, look, make personal, print; bytes as the command line's."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops, ImageOps, ImageStat

from handouts.cli import main
from tests.desk.browser import RARE, Desks, Hand
from tests.desk.desks import TODAY

COUNT = "() => { window.clicks = 0; addEventListener('pointerdown', () => { window.clicks += 1; }, true); }"


def command(*arguments: str) -> None:
    """A run of the command line that must succeed."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output


def test_six_clicks_make_a_personal_sheet_and_paper(hand: Hand, desks: Desks) -> None:
    page = hand.page
    page.evaluate(COUNT)
    hand.start("running", "personal")
    page.keyboard.insert_text("髙橋 美咲")
    hand.shown().side("right")
    page.locator('.tile[data-id="calf-wall"]').click()
    page.locator('[data-exercise="hamstring-hook"] [data-amount="per_day"] button').last.click()
    page.locator(".visit .toggle").nth(1).click()
    hand.shown().primary("print").click()
    hand.primary("next").wait_for()
    assert page.evaluate("() => window.clicks") == 6
    assert len(desks.printers.sent) == 1
    said = page.locator(".facts").inner_text()
    assert "受付プリンター" in said
    assert "出ました" in said


def test_a_plain_sheet_takes_two_clicks(hand: Hand, desks: Desks) -> None:
    hand.page.evaluate(COUNT)
    hand.start("cramp", "plain").primary("print").click()
    hand.primary("next").wait_for()
    assert hand.page.evaluate("() => window.clicks") == 2
    assert len(desks.printers.sent) == 1


@pytest.mark.parametrize(("side", "flag"), [("both", []), ("left", ["--side", "left"])])
def test_a_plain_sheet_is_the_command_lines(
    hand: Hand, desks: Desks, tmp_path: Path, side: str, flag: list[str]
) -> None:
    hand.start("running", "plain")
    hand.page.locator(f'.choice:has(input[value="{side}"])').click()
    hand.shown().primary("print").click()
    hand.primary("next").wait_for()
    path = tmp_path / "running.pdf"
    command("build", "--topic", "running", *flag, "--date", TODAY.isoformat(), "-o", str(path))
    assert desks.printers.sent[0][0] == path.read_bytes()


def test_a_personal_sheet_is_the_command_lines(
    hand: Hand, desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.start("stairs", "personal").name(RARE)
    hand.side("left").page.locator(".visit .toggle").nth(1).click()
    hand.page.locator(".memo-field").fill("痛みが強い日は休みます。")
    hand.shown().primary("print").click()
    hand.primary("next").wait_for()
    data, ticket = desks.printers.sent[0]
    record = {
        "topics": ["stairs"],
        "patient": {"name": RARE},
        "side": "left",
        "next_visit": {"date": "2026-12-08", "time": "9:00"},
        "notes": ["痛みが強い日は休みます。"],
    }
    source, target = tmp_path / "record.json", tmp_path / "sheet.pdf"
    source.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    monkeypatch.setattr("handouts.consult.issue.fresh_code", lambda store: ticket.title)
    monkeypatch.setenv("HANDOUTS_DATA", str(tmp_path / "data"))
    command("personalize", str(source), "--yes", "-o", str(target), "--date", TODAY.isoformat())
    assert data == target.read_bytes()


def test_the_browser_prints_the_very_pdf(hand: Hand, desks: Desks, tmp_path: Path) -> None:
    desks.printers.present = False
    hand.open().start("selfcare", "plain").primary("print").click()
    hand.primary("came").wait_for()
    (address,) = hand.page.evaluate("() => window.prints")
    read = "async (path) => [...new Uint8Array(await (await fetch(path)).arrayBuffer())]"
    path = tmp_path / "selfcare.pdf"
    command("build", "--topic", "selfcare", "--date", TODAY.isoformat(), "-o", str(path))
    assert bytes(hand.page.evaluate(read, address)) == path.read_bytes()


def picture(data: bytes) -> Image.Image:
    """A screenshot in grey."""
    return Image.open(io.BytesIO(data)).convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, 0–255."""
    return float(ImageStat.Stat(ImageChops.difference(one, other.resize(one.size))).mean[0])


def test_the_figures_turn_with_the_knee(hand: Hand) -> None:
    hand.start("running", "personal").name("見本 花子")
    tile = hand.page.locator('.tile[data-id="calf-wall"] img')
    seen = {}
    for side in ("right", "left"):
        hand.side(side)
        hand.page.wait_for_function("() => [...document.images].every(image => image.complete)")
        seen[side] = picture(tile.screenshot()), picture(hand.picture())
    drawings = [seen[side][0] for side in ("right", "left")]
    assert difference(drawings[0], drawings[1]) > 4 * difference(drawings[0], ImageOps.mirror(drawings[1]))
    assert difference(seen["right"][1], seen["left"][1]) > 0.1


def test_the_page_turns_to_what_changed(hand: Hand) -> None:
    hand.start("stairs", "personal").name("見本 花子").side("right")
    assert hand.page.locator('.pager-page[aria-pressed="true"]').inner_text() == "1"
    last = hand.page.locator(".dose").last.locator(".stepper input").first
    last.fill(str(int(last.input_value().split("〜")[0]) + 1))
    last.press("Tab")
    hand.page.locator(".problem .way").last.click()
    hand.page.locator('.pager-page[aria-pressed="true"]:not(:first-child)').wait_for()
    hand.page.locator(".visit .toggle").first.click()
    hand.page.locator('.pager-page[aria-pressed="true"]:first-child').wait_for()


def test_search_finds_by_word_reading_symptom_and_number(hand: Hand) -> None:
    def shown(words: str) -> list[str]:
        hand.page.locator(".search").fill(words)
        return [str(one.get_attribute("data-topic")) for one in hand.page.locator(".card").all()]

    assert shown("３") == ["cramp"]
    assert shown("ハシル") == ["running"]
    assert shown("階段")[0] == "stairs"
    assert shown("夜中") == ["cramp"]
    assert shown("腰が痛い") == []
    assert "腰が痛い" in hand.page.locator(".none").inner_text()
    hand.page.keyboard.press("Escape")
    assert len(shown("")) == 6


def test_the_calendar_names_closed_days_and_asks(hand: Hand) -> None:
    hand.start("running", "personal").side("right").page.locator(".visit .toggle").nth(3).click()
    closed = hand.page.locator('[data-day="2026-12-06"]')
    assert "休診日" in str(closed.get_attribute("aria-label"))
    closed.click()
    hand.page.keyboard.press("Escape")
    box = hand.page.locator('.problem[data-problem="visit"]')
    box.locator("button").first.click()
    hand.shown()
    assert hand.page.locator(".visit-field .field-state").inner_text() == "12月7日(月)9:00"


def test_pressing_the_chosen_week_again_takes_it_away(hand: Hand) -> None:
    week = hand.start("running", "personal").page.locator(".visit .toggle").first
    week.click()
    assert week.get_attribute("aria-pressed") == "true"
    week.click()
    assert week.get_attribute("aria-pressed") == "false"
    assert hand.page.locator(".visit-field .field-state").inner_text() == "決めていない"


def test_steppers_stop_at_the_range_and_say_so(hand: Hand) -> None:
    hand.start("running", "personal")
    hold = hand.page.locator('[data-exercise="hamstring-floor"] [data-amount="hold"]')
    value, less, more = hold.locator("input"), hold.locator("button").first, hold.locator("button").last
    assert value.input_value() == "30〜60"
    less.click()
    assert value.input_value() == "30"
    less.click(force=True)
    assert value.input_value() == "30"
    assert "30〜60秒" in hand.page.locator(".dose-hint").first.inner_text()
    more.click()
    assert value.input_value() == "35"
    value.press("PageUp")
    assert value.input_value() == "50"
    value.press("End")
    assert value.input_value() == "60"
    assert more.get_attribute("aria-disabled") == "true"


def test_an_answer_that_is_slow_is_said_to_be_made(hand: Hand) -> None:
    hand.start("running", "personal").side("right")
    before = hand.page.locator(".paper img").get_attribute("src")
    held = []
    hand.page.route("**/api/sheet", lambda route: held.append(route))
    hand.page.locator(".visit .toggle").first.click()
    hand.page.locator(".page-note", has_text="作っています").wait_for()
    assert hand.page.locator(".paper img").get_attribute("src") == before
    held[0].continue_()
    hand.page.unroute("**/api/sheet")
    hand.shown()
    hand.page.locator(".page-note", has_text="2ページ").wait_for()


def test_a_printer_that_waits_is_said_and_another_can_be_taken(hand: Hand, desks: Desks) -> None:
    from handouts.printing import Stage

    desks.printers.stage, desks.printers.reason = Stage.WAITING, "用紙がありません"
    hand.start("running", "personal").side("right").primary("print").click()
    hand.page.get_by_role("button", name="ほかのプリンターで印刷する").click()
    hand.page.locator(".printers").wait_for()
    desks.printers.stage = Stage.DONE
    hand.page.locator('.printer:has(input[value="Room1"])').click()
    hand.shown().primary("print").click()
    hand.primary("next").wait_for()
    assert [ticket.mono for _, ticket in desks.printers.sent] == [False, True]


def test_another_copy_and_a_change_after_printing(hand: Hand, desks: Desks) -> None:
    hand.start("running", "personal").name("見本 花子").side("right").primary("print").click()
    hand.primary("next").wait_for()
    hand.page.get_by_role("button", name="もう1部").click()
    hand.page.locator('.desk[data-step="sending"]').wait_for()
    hand.primary("next").wait_for()
    assert len(desks.printers.sent) == 2
    assert desks.printers.sent[0][0] == desks.printers.sent[1][0]
    hand.page.get_by_role("button", name="直して印刷し直す").click()
    hand.shown()
    assert hand.page.locator(".name-field").input_value() == "見本 花子"
    hand.side("left").primary("print").click()
    hand.primary("next").wait_for()
    assert len(desks.printers.sent) == 3
    assert desks.printers.sent[2][0] != desks.printers.sent[0][0]
    assert desks.printers.sent[2][1].title != desks.printers.sent[0][1].title


def test_the_desk_comes_back_and_the_input_is_still_there(hand: Hand) -> None:
    hand.start("running", "personal").name("見本 花子").side("right")
    hand.page.context.set_offline(True)
    hand.page.locator(".visit .toggle").first.click()
    hand.primary("reconnect").wait_for()
    assert hand.page.locator(".page-note").inner_text() == "止まる前のできあがりです"
    hand.page.context.set_offline(False)
    hand.primary("reconnect").click()
    hand.primary("print").wait_for()
    assert hand.page.locator(".name-field").input_value() == "見本 花子"
    hand.faults.clear()


def test_a_window_that_the_server_dropped_is_opened_anew(hand: Hand, desks: Desks) -> None:
    hand.start("running", "personal").name("見本 花子").side("right")
    desks.good.desk.windows.clear()
    hand.page.locator(".visit .toggle").first.click()
    hand.shown().primary("print").click()
    hand.primary("next").wait_for()
    assert len(desks.printers.sent) == 1
    hand.faults.clear()


def test_leaving_a_filled_page_asks(hand: Hand) -> None:
    hand.start("running", "personal").name("見本 花子")
    hand.page.keyboard.press("Escape")
    hand.page.get_by_role("button", name="戻る", exact=True).click()
    assert hand.page.locator(".name-field").input_value() == "見本 花子"
    hand.page.keyboard.press("Escape")
    hand.page.get_by_role("button", name="消して選ぶ").click()
    hand.page.locator(".card").first.wait_for()
    assert "見本 花子" not in hand.whole_text()
