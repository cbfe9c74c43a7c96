"""The page by keyboard alone, and the keys that must do nothing while kana are converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk.browser import Desks, Hand

if TYPE_CHECKING:
    pass


def keys(hand: Hand, *names: str) -> None:
    """Presses keys one after the other."""
    for name in names:
        hand.page.keyboard.press(name)


def test_the_whole_task_by_keyboard_alone(hand: Hand, desks: Desks) -> None:
    hand.page.evaluate(
        "() => { for (const name of ['mousedown', 'touchstart'])"
        " addEventListener(name, () => { top.mouse = true; }, true); }"
    )
    keys(hand, "1", "Shift+Enter")
    hand.shown()
    hand.page.keyboard.type("見本 花子")
    keys(hand, "Tab", "ArrowLeft")
    hand.shown()
    assert hand.focused("e => e.value") == "right"
    keys(hand, "Tab", "Tab", "Space")
    assert hand.focused("e => e.getAttribute('aria-pressed')") == "true"
    hand.shown()
    keys(hand, "Control+Enter")
    hand.primary("next").wait_for()
    assert len(desks.printers.sent) == 1
    assert "次の人へ" in hand.focused("e => e.textContent")
    keys(hand, "Enter")
    hand.page.locator(".card").first.wait_for()
    assert hand.focused("e => e.className") == "field search"
    assert hand.page.evaluate("() => top.mouse") is None


def test_enter_in_search_opens_the_first_card(hand: Hand) -> None:
    keys(hand, "3", "Enter")
    hand.shown()
    assert hand.page.locator(".title").inner_text() == "膝の裏がつるとき"
    assert "primary" in hand.focused()
    keys(hand, "Escape")
    hand.page.locator(".card").first.wait_for()


def test_arrows_go_among_the_cards(hand: Hand) -> None:
    keys(hand, "ArrowDown")
    assert hand.focused("e => e.getAttribute('aria-label')").startswith("名前入り 走ると")
    keys(hand, "ArrowRight", "ArrowRight")
    assert hand.focused("e => e.getAttribute('aria-label')").startswith("名前入り 歩くと")
    keys(hand, "ArrowDown")
    assert "セルフケア" in hand.focused("e => e.getAttribute('aria-label')")
    keys(hand, "ArrowUp", "ArrowUp")
    assert hand.focused() == "field search"


def test_enter_in_the_name_goes_to_the_knee_then_to_print(hand: Hand) -> None:
    hand.start("running", "personal")
    hand.page.keyboard.type("見本")
    keys(hand, "Enter")
    hand.page.wait_for_function("() => document.activeElement.name?.startsWith('knee')")
    hand.side("left").page.locator(".name-field").focus()
    keys(hand, "Enter")
    hand.page.wait_for_function("() => document.activeElement.dataset.form === 'print'")


def test_control_p_prints_the_sheet(hand: Hand, desks: Desks) -> None:
    hand.start("running", "plain")
    keys(hand, "Control+p")
    hand.primary("next").wait_for()
    assert len(desks.printers.sent) == 1


def test_a_dose_row_moves_with_its_focus(hand: Hand) -> None:
    hand.start("running", "personal")
    last = hand.page.locator(".dose").last
    name = last.get_attribute("data-exercise")
    last.locator("input").first.focus()
    keys(hand, "Alt+ArrowUp")
    assert hand.page.locator(".dose").nth(1).get_attribute("data-exercise") == name
    assert hand.focused("e => e.closest('.dose').dataset.exercise") == name
    assert hand.page.locator(f'.tile[data-id="{name}"] .tile-box').inner_text() == "B"
    hand.page.locator("#spoken", has_text="Bになりました").wait_for(state="attached")


def test_pictures_are_one_stop_with_arrows_inside(hand: Hand) -> None:
    hand.start("running", "personal")
    tiles = hand.page.locator('.tile input[tabindex="0"]')
    assert tiles.count() == 1
    tiles.focus()
    keys(hand, "ArrowRight", "ArrowDown", "Space")
    hand.shown()
    assert hand.focused("e => e.closest('.tile').dataset.id") == "cooling"
    assert hand.page.locator('.tile[data-id="cooling"] .tile-box').inner_text() == "D"


def test_escape_closes_what_lies_above_and_gives_the_focus_back(hand: Hand) -> None:
    hand.start("running", "personal").side("right")
    calendar = hand.page.locator(".visit .toggle").nth(3)
    for opener, layer in ((calendar, ".calendar"), (hand.page.locator(".page-large"), ".large")):
        opener.focus()
        keys(hand, "Enter")
        hand.page.locator(layer).wait_for()
        keys(hand, "Escape")
        hand.page.locator(layer).wait_for(state="detached")
        assert opener.evaluate("e => e === document.activeElement")


def test_the_order_of_stops(hand: Hand) -> None:
    hand.start("running", "personal").name("見本")
    hand.page.locator(".back").focus()
    found = []
    for _ in range(60):
        found.append(hand.focused("e => e.dataset.form ?? (e.name?.startsWith('knee') ? 'knee' : e.className)"))
        if found[-1] == "page-large":
            break
        keys(hand, "Tab")
    order = [
        "back",
        "clear",
        "field name-field",
        "knee",
        "toggle",
        "field memo-field",
        "stepper-value",
        "options",
        "knee",
        "page-large",
    ]
    places = [found.index("back")]
    for name in order[1:]:
        places.append(found.index(name, places[-1] + 1))
    assert places == sorted(places)
    assert found.count("toggle") == 4
    assert "stepper-button" not in found


def compose(hand: Hand, text: str) -> None:
    """Kana under conversion, as an input method puts them in."""
    hand.page.context.new_cdp_session(hand.page).send(
        "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )


def commit(hand: Hand, text: str) -> None:
    """The conversion's result."""
    hand.page.context.new_cdp_session(hand.page).send("Input.insertText", {"text": text})


def test_enter_in_conversion_does_nothing_nor_within_300_ms_after(stopped_clock: Hand, desks: Desks) -> None:
    hand = stopped_clock
    hand.start("running", "personal").side("right")
    hand.page.locator(".name-field").focus()
    compose(hand, "たかはし")
    keys(hand, "Enter", "Control+Enter")
    assert hand.focused() == "field name-field"
    commit(hand, "髙橋")
    assert hand.page.locator(".name-field").input_value() == "髙橋"
    keys(hand, "Enter", "Control+Enter", "Escape")
    hand.page.clock.run_for(299)
    keys(hand, "Enter")
    assert hand.focused() == "field name-field"
    hand.page.clock.run_for(2)
    keys(hand, "Enter")
    hand.page.wait_for_function("() => document.activeElement.dataset.form === 'print'")
    assert desks.printers.sent == []


def test_a_half_converted_name_is_not_looked_at(stopped_clock: Hand) -> None:
    hand = stopped_clock
    hand.start("running", "personal").side("right")
    asked: list[str] = []
    hand.page.on(
        "request", lambda request: asked.append(request.post_data or "") if "/api/sheet" in request.url else None
    )
    hand.page.locator(".name-field").focus()
    compose(hand, "たかはし")
    with hand.page.expect_request("**/api/sheet"):
        commit(hand, "髙橋")
    assert all("たかはし" not in body for body in asked)


def test_a_key_held_down_does_not_run_through_the_page(hand: Hand, desks: Desks) -> None:
    hand.start("running", "personal").side("right")
    hand.page.locator(".name-field").focus()
    hand.page.keyboard.down("Enter")
    hand.page.wait_for_function("() => document.activeElement.dataset.form === 'print'")
    for _ in range(5):
        hand.page.keyboard.down("Enter")
    hand.page.keyboard.up("Enter")
    assert hand.primary("print").is_visible()
    assert desks.printers.sent == []
