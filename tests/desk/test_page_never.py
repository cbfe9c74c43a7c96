"""What must never happen at the desk: each rule has its test."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.printing import Stage
from tests.desk.browser import Desks, Hand

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

NAME = "見本 花子"
KEPT = """async () => JSON.stringify([
    Object.keys(localStorage), Object.keys(sessionStorage), (await indexedDB.databases()).length, await caches.keys(),
    document.cookie, document.title, location.href, history.length, history.state, window.name
])"""


def text_of(data: bytes) -> str:
    """All words of a PDF."""
    from pdfminer.high_level import extract_text

    return extract_text(io.BytesIO(data))


def printed(hand: Hand, name: str = NAME, side: str = "right") -> Hand:
    """One patient's sheet, printed."""
    hand.start("running", "personal").name(name).side(side).primary("print").click()
    hand.primary("next").wait_for()
    return hand


def test_1_no_name_stays_after_printing_or_the_next_person(hand: Hand) -> None:
    before = hand.page.evaluate(KEPT)
    hand.start("running", "personal").name(NAME).side("right")
    assert NAME in hand.whole_text()
    assert NAME not in hand.page.title()
    hand.primary("print").click()
    hand.primary("next").wait_for()
    assert NAME not in hand.whole_text()
    hand.primary("next").click()
    hand.page.locator(".card").first.wait_for()
    assert NAME not in hand.whole_text()
    assert hand.page.evaluate(KEPT) == before
    assert hand.page.locator(".paper img").count() == 0


def test_1_no_field_is_filled_in_or_learnt_by_the_browser(hand: Hand) -> None:
    hand.start("running", "personal")
    fields = hand.page.locator("input, textarea")
    for field in fields.all():
        assert field.get_attribute("autocomplete") == "off"
    for field in hand.page.locator(".name-field, .memo-field").all():
        assert field.get_attribute("spellcheck") == "false"
        assert field.get_attribute("name") is None
    assert hand.page.locator("form").count() == 0


def test_2_no_side_that_nobody_chose_or_of_the_person_before(hand: Hand, desks: Desks) -> None:
    for _ in range(2):
        hand.start("running", "personal").name(NAME)
        assert hand.page.locator(".knee input:checked").count() == 0
        assert hand.page.locator('.ring[data-on="yes"]').count() == 0
        hand.primary("knee").click()
        hand.page.keyboard.press("Control+Enter")
        assert hand.page.locator(".knee input:checked").count() == 0
        sent = len(desks.printers.sent)
        hand.side("left").primary("print").click()
        hand.primary("next").wait_for()
        assert len(desks.printers.sent) == sent + 1
        hand.primary("next").click()
        hand.page.locator(".card").first.wait_for()
    hand.page.locator(".last").first.click()
    hand.shown()
    assert hand.page.locator(".knee input:checked").count() == 0


def test_3_print_waits_for_the_page_and_sends_what_is_shown(hand: Hand, desks: Desks) -> None:
    hand.start("running", "personal").name("前 太郎").side("right")
    held = []
    hand.page.route("**/api/sheet", lambda route: held.append(route))
    hand.page.locator(".name-field").fill(NAME)
    hand.page.wait_for_function("() => document.querySelector('.desk').dataset.making === 'yes'")
    hand.primary("print").click()
    hand.page.locator(".foot-second", has_text="できたら印刷します").wait_for()
    assert desks.printers.sent == []
    held[0].continue_()
    hand.page.unroute("**/api/sheet")
    hand.primary("next").wait_for()
    ((data, _),) = desks.printers.sent
    assert NAME in text_of(data)
    assert "前 太郎" not in text_of(data)


def test_3_a_picture_that_cannot_be_shown_prints_nothing(hand: Hand, desks: Desks) -> None:
    hand.start("running", "personal").name("前 太郎").side("right")
    hand.page.route("**/sheets/**", lambda route: route.abort())
    hand.page.locator(".name-field").fill(NAME)
    hand.page.wait_for_function("() => document.querySelector('.desk').dataset.making === 'no'")
    hand.primary("print").click()
    hand.page.locator("#spoken", has_text="できあがりがありません").wait_for(state="attached")
    assert desks.printers.sent == []


def test_4_a_double_click_prints_once_and_skips_nothing(hand: Hand, desks: Desks) -> None:
    asked: list[str] = []
    hand.page.on("request", lambda request: asked.append(request.url) if "/api/print" in request.url else None)
    hand.start("running", "personal").name(NAME).side("right")
    asked.clear()
    held = []
    hand.page.route("**/api/sheet", lambda route: held.append(route))
    hand.page.locator(".visit .toggle").first.click()
    hand.page.wait_for_function("() => document.querySelector('.desk').dataset.making === 'yes'")
    hand.primary("print").dblclick()
    held[0].continue_()
    hand.page.unroute("**/api/sheet")
    hand.primary("next").wait_for()
    assert len([url for url in asked if url.endswith("/print")]) == 1
    assert len(desks.printers.sent) == 1
    assert hand.page.locator(".heading").inner_text() == "印刷しました"


def go_on(hand: Hand) -> None:
    """Lets the clock go until the paper is out."""
    for _ in range(100):
        if hand.primary("next").is_visible():
            return
        hand.page.clock.run_for(200)
    raise AssertionError("it never came to an end")


def test_4_sending_is_shown_for_long_enough(stopped_clock: Hand, desks: Desks) -> None:
    desks.printers.present = False
    hand = stopped_clock.open().start("running", "plain")
    hand.primary("print").click()
    hand.page.wait_for_function("() => window.prints?.length === 1", polling=50)
    hand.page.clock.run_for(600)
    hand.primary("sending").click(force=True)
    assert hand.primary("sending").is_visible()
    hand.page.clock.run_for(101)
    hand.primary("came").wait_for()


def test_5_a_dose_beyond_the_range_is_asked_and_prints_as_answered(hand: Hand, desks: Desks) -> None:
    hand.start("running", "personal").side("right")
    hold = hand.page.locator('[data-exercise="hamstring-floor"] [data-amount="hold"] input')
    hold.fill("９０")
    hold.press("Tab")
    box = hand.page.locator(".dose .problem")
    assert "90秒" in box.inner_text()
    assert hand.primary("fix").is_visible()
    assert [one.inner_text() for one in box.locator("button").all()] == ["60秒に戻す", "指示どおり90秒にする"]
    box.locator("button").last.click()
    hand.shown().primary("print").click()
    hand.primary("next").wait_for()
    assert "90" in text_of(desks.printers.sent[0][0])


def test_5_a_letter_with_another_form_is_asked(hand: Hand, desks: Desks) -> None:
    hand.start("running", "personal").side("right").page.locator(".name-field").fill("渡邉\U000e010f 花子")
    box = hand.page.locator(".field-block .problem")
    assert "別の形" in box.inner_text()
    assert hand.primary("fix").is_visible()
    box.locator("button").first.click()
    hand.shown().primary("print").click()
    hand.primary("next").wait_for()
    assert "渡邉" in text_of(desks.printers.sent[0][0])


def test_6_the_last_good_page_stays_and_every_button_says_something(hand: Hand) -> None:
    hand.start("running", "personal").name(NAME).side("right")
    good = hand.page.locator(".paper img").get_attribute("src")
    hand.page.locator(".name-field").fill("渡\ue000")
    hand.page.locator(".problem").wait_for()
    assert hand.page.locator(".paper img").get_attribute("src") == good
    assert hand.page.locator(".page-note").inner_text() == "直す前のできあがりです"
    hand.primary("fix").click()
    assert hand.focused("e => e.className") == "way"
    hand.page.locator(".dose .square").first.click(force=True)
    hand.page.locator("#spoken", has_text="いちばん上です").wait_for(state="attached")
    hand.page.locator('[data-amount="repetitions"] button').first.click(force=True)
    assert "目安" in hand.page.locator(".dose-hint").first.inner_text()


def test_7_a_problem_is_told_beside_its_field_in_words_and_before_printing(hand: Hand, desks: Desks) -> None:
    hand.start("running", "personal").side("right").page.locator(".name-field").fill("渡\ue000 健一")
    box = hand.page.locator(".field-block:has(.name-field) .problem")
    box.wait_for()
    assert box.locator("svg.icon-triangle").is_visible()
    assert box.locator(".problem-text").inner_text() == "2文字目の字は、紙に印刷できません。"
    assert "お名前の字" in hand.page.locator(".foot").inner_text()
    assert desks.printers.sent == []


def test_8_the_browser_is_asked_whether_paper_came(hand: Hand, desks: Desks) -> None:
    desks.printers.present = False
    hand.open().start("running", "personal").name(NAME).side("right").primary("print").click()
    hand.primary("came").wait_for()
    assert hand.page.locator(".heading").inner_text() == "紙は出ましたか"
    assert "印刷しました" not in hand.page.locator("body").inner_text()
    assert len(hand.page.evaluate("() => window.prints")) == 1


def test_8_stopping_before_the_printer_has_its_job_stops_it(hand: Hand, desks: Desks) -> None:
    desks.printers.stage = Stage.PRINTING
    hand.start("running", "personal").name(NAME).side("right")
    desks.printers.asked.clear()
    desks.printers.ready.clear()
    try:
        hand.primary("print").click()
        assert desks.printers.asked.wait(20)
        hand.page.get_by_role("button", name="やめる").click()
    finally:
        desks.printers.ready.set()
    hand.primary("print").wait_for()
    assert "印刷をやめました" in hand.page.locator(".foot").inner_text()


def test_8_a_cancelled_or_failed_job_is_not_called_printed(hand: Hand, desks: Desks) -> None:
    desks.printers.stage = Stage.PRINTING
    hand.start("running", "personal").name(NAME).side("right").primary("print").click()
    hand.page.get_by_role("button", name="やめる").click()
    hand.primary("print").wait_for()
    assert "印刷をやめました" in hand.page.locator(".foot").inner_text()
    desks.printers.stage, desks.printers.reason = Stage.FAILED, "紙がつまりました"
    hand.primary("print").click()
    hand.page.locator(".problem", has_text="紙がつまりました").wait_for()
    assert "印刷しました" not in hand.page.locator("body").inner_text()


def test_9_a_broken_file_stops_one_topic_and_is_told(session: BrowserContext, desks: Desks) -> None:
    desks.reset(present=True)
    hand = Hand(session.new_page(), desks.broken).open()
    box = hand.page.locator(".folder")
    assert "直すところが2つ" in box.inner_text()
    assert "clinic.yaml" in box.inner_text()
    hand.page.locator('.card[data-topic="cramp"] button').click()
    assert "cramp.yaml" in hand.focused("e => e.textContent")
    assert hand.page.locator(".card [data-kind=plain]").count() == 5
    hand.start("running", "plain").primary("print").click()
    hand.primary("next").wait_for()
    assert len(desks.printers.sent) == 1
    hand.page.close()


def test_9_a_deleted_topic_is_said_and_the_page_goes_on(session: BrowserContext, desks: Desks, tmp_path: Path) -> None:
    from tests.desk.browser import broken_clinic
    from tests.desk.desks import running

    folder = broken_clinic(tmp_path / "clinic")
    own = folder / "topics" / "stairs.yaml"
    source = Path(__file__).parents[2] / "handouts" / "topics" / "stairs.yaml"
    own.write_text(source.read_text("utf-8").replace("title: 正座や階段", "title: 医院の正座や階段", 1), "utf-8")
    with running(folder) as desk:
        hand = Hand(session.new_page(), desk).open()
        hand.page.route("**/api/topic", lambda route: route.fulfill(status=410, json={"gone": "topic"}))
        hand.page.locator('.card[data-topic="stairs"] [data-kind="plain"]').click()
        hand.page.locator(".notice", has_text="今、開けません").wait_for()
        assert hand.page.locator(".card").count() == 6
        hand.page.close()


def test_11_no_name_in_forms_messages_or_the_printers_list(hand: Hand, desks: Desks) -> None:
    printed(hand)
    ((_, ticket),) = desks.printers.sent
    assert NAME not in repr(ticket)
    hand.primary("next").click()
    hand.page.locator(".last").first.wait_for()
    words = hand.page.locator(".lasts").inner_text()
    assert words == "走ると膝の裏が痛いとき・名前入り・A4・カラー"
    assert NAME not in repr(desks.good.desk.counter.forms)


def test_12_no_windows_patient_is_in_another_window(hand: Hand, desks: Desks) -> None:
    other = Hand(hand.page.context.new_page(), desks.good).open()
    hand.start("running", "personal").name(NAME).side("right")
    other.start("running", "personal").name("別人 次郎").side("left")
    hand.page.locator(".visit .toggle").first.click()
    hand.shown()
    assert "別人" not in hand.whole_text()
    assert NAME not in other.whole_text()
    other.primary("print").click()
    other.primary("next").wait_for()
    hand.primary("print").click()
    hand.primary("next").wait_for()
    first, second = (text_of(data) for data, _ in desks.printers.sent)
    assert "別人 次郎" in first
    assert NAME not in first
    assert NAME in second


def test_an_idle_page_is_covered_then_erased(stopped_clock: Hand) -> None:
    hand = stopped_clock
    hand.start("running", "personal").name(NAME).side("right")
    hand.page.clock.fast_forward(121_000)
    hand.page.clock.run_for(1000)
    hand.page.locator(".cover").wait_for()
    assert not hand.page.locator(".name-field").is_visible()
    assert not hand.page.locator(".paper").is_visible()
    hand.page.keyboard.press("a")
    assert hand.page.locator(".name-field").input_value() == NAME
    hand.page.clock.fast_forward(601_000)
    hand.page.clock.run_for(1000)
    hand.page.locator(".card").first.wait_for()
    assert NAME not in hand.whole_text()
    assert "消しました" in hand.page.locator(".notice").inner_text()


def test_a_printed_sheets_copy_goes_after_two_minutes(stopped_clock: Hand) -> None:
    hand = stopped_clock
    hand.start("running", "personal").name(NAME).side("right")
    with hand.page.expect_response("**/api/print"):
        hand.primary("print").click()
    go_on(hand)
    hand.page.clock.fast_forward(121_000)
    hand.page.clock.run_for(1000)
    hand.page.locator(".card").first.wait_for()


def test_a_closed_page_leaves_nothing_at_the_server(hand: Hand, desks: Desks) -> None:
    printed(hand)
    windows = desks.good.desk.windows
    (own,) = (window for window in windows._windows.values() if window.sheets)
    hand.page.goto("about:blank")
    for _ in range(200):
        if own.id not in windows._windows:
            return
        hand.page.wait_for_timeout(25)
    raise AssertionError("the page that was closed still has its sheets")


def test_markup_in_every_field_stays_text(hand: Hand) -> None:
    script = "<img src=x onerror=top.hit=1>"
    hand.page.locator(".search").fill(script)
    assert script in hand.page.locator(".none").inner_text()
    hand.page.keyboard.press("Escape")
    hand.start("running", "personal").side("right")
    hand.page.locator(".name-field").fill(script)
    hand.shown()
    hand.page.locator(".memo-field").fill(script)
    hand.shown()
    assert hand.page.evaluate("() => [window.hit ?? null, document.querySelectorAll('img[src=x]').length]") == [None, 0]
