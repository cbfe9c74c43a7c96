"""Every state in both languages: nothing too small, nothing cut off, 印刷 in its place, no violation of WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.desk.browser import SHORT, STATES, Desks, Hand, State, context

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL_TYPE = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, box = node.parentElement;
        if (!node.data.trim() || !box.checkVisibility() || box.closest('noscript')) continue;
        if (parseFloat(getComputedStyle(box).fontSize) < 16) found.push(node.data.trim());
    }
    return found;
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
        'button, input, textarea, summary, a[href], [role=spinbutton]')]
    .filter(e => e.checkVisibility() && !e.closest('[inert]'))
    .map(e => [e, e.matches('.stepper-value') ? e.closest('.stepper-text') : e.closest('label') ?? e])
    .map(([e, target]) => [e, target.getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.99 || box.height < 43.99)
    .map(([e, box]) => `${e.outerHTML.slice(0, 120)} ${box.width} × ${box.height}`)"""
CUT_OFF = """() => [...document.querySelectorAll(
        'button, label, legend, .stepper, .foot, .page-note, .problem-text, h1, h2, h3, dd')]
    .filter(e => e.checkVisibility() && !e.matches('.spoken, .hidden-label') && e.clientWidth > 0 && e.clientHeight > 0)
    .filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2)
    .map(e => `${e.className} ${e.textContent.slice(0, 40)} ` +
        `${e.scrollWidth}/${e.clientWidth} ${e.scrollHeight}/${e.clientHeight}`)"""
PAST_THE_EDGE = """() => {
    const wide = document.documentElement.scrollWidth > innerWidth;
    return [...document.querySelectorAll('body *')]
        .filter(e => e.checkVisibility() && !e.closest('.spoken, .hidden-label, .print-frame, svg, .large-area'))
        .map(e => [e, e.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.right > innerWidth + 1 || box.left < -1))
        .map(([e]) => e.outerHTML.slice(0, 100)).concat(wide ? ['the page scrolls sideways'] : []);
}"""
MOVES = """() => [...document.querySelectorAll('*')].filter(e => {
    const style = getComputedStyle(e);
    return style.transitionDuration.split(',').some(one => parseFloat(one) > 0) || style.animationName !== 'none';
}).map(e => e.outerHTML.slice(0, 80))"""
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PLACE = (
    "e => { const box = e.getBoundingClientRect(); return [box.left, box.top, box.width, box.height].map(Math.round); }"
)


@pytest.fixture(scope="module")
def calm(chrome: Browser) -> Iterator[BrowserContext]:
    """A session of somebody who wants little motion, in the window that is left of 1280 × 720."""
    with context(chrome, SHORT, reduced_motion="reduce") as made:
        yield made


@pytest.fixture
def seen(request: pytest.FixtureRequest, calm: BrowserContext, desks: Desks) -> Iterator[Hand]:
    """A page in the state and the language of the test."""
    name, language = request.param
    yield desks.hand(calm, STATES[name], english=language == "en")
    calm.set_offline(False)
    for page in calm.pages:
        page.close()


def violations(hand: Hand) -> list[str]:
    """What the accessibility engine finds, with the elements."""
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(hand.page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:200]} {node['failureSummary']}" for one in found for node in one["nodes"]]


IN_ENGLISH = ("01-start", "02-topic", "03-personal", "04-problems", "05-done")
"""States whose English is looked at in every run; that of the others in a full one."""
ALL = [
    *(pytest.param((name, "ja"), id=f"{name}-ja") for name in STATES),
    *(pytest.param((name, "en"), id=f"{name}-en") for name in IN_ENGLISH),
    *(pytest.param((name, "en"), id=f"{name}-en", marks=pytest.mark.full) for name in STATES if name not in IN_ENGLISH),
]


@pytest.mark.parametrize("seen", ALL, indirect=True)
def test_a_state_looks_and_speaks_as_it_should(seen: Hand) -> None:
    page = seen.page
    assert page.evaluate(SMALL_TYPE) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(PAST_THE_EDGE) == []
    assert page.evaluate(MOVES) == []
    primary = page.locator(".primary")
    if primary.count():
        left, top, width, height = primary.evaluate(PLACE)
        assert left >= 0
        assert top >= 0
        assert left + width <= SHORT[0]
        assert top + height <= SHORT[1]
        assert (width, height) >= (216, 56)
    assert violations(seen) == []
    assert page.locator("h1").count() <= 1
    for size in ((320, 900), (810, 1080), (1920, 1080)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(TWO_FRAMES)
        assert (size, page.evaluate(PAST_THE_EDGE)) == (size, [])
        assert (size, page.evaluate(SMALL_TARGETS)) == (size, [])
    page.set_viewport_size({"width": SHORT[0], "height": SHORT[1]})


def test_10_print_is_never_moved_by_a_message(calm: BrowserContext, desks: Desks) -> None:
    desks.reset(present=True)
    hand = Hand(calm.new_page(), desks.good).open().start("running", "personal")
    places: dict[str, list[int]] = {}

    def note(form: str) -> None:
        hand.primary(form).wait_for()
        places[f"{len(places)} {form}"] = hand.page.locator(".primary").evaluate(PLACE)

    note("knee")
    hand.page.locator(".name-field").fill("渡\ue000 健一")
    note("fix")
    hand.page.locator(".problem .way").first.click()
    hand.side("right")
    note("print")
    hand.page.locator(".options").click()
    hand.page.locator(".printers").wait_for()
    note("print")
    hand.primary("print").click()
    note("sending")
    note("next")
    hand.page.get_by_role("button", name="直して印刷し直す").click()
    note("print")
    calm.set_offline(True)
    hand.page.locator(".visit .toggle").first.click()
    note("reconnect")
    calm.set_offline(False)
    hand.page.close()
    assert len({tuple(place) for place in places.values()}) == 1, places


def test_letter_and_line_spacing_cut_nothing_off(chrome: Browser, desks: Desks) -> None:
    with context(chrome, (1280, 720), bypass_csp=True) as made:
        hand = desks.hand(made, STATES["03-personal"])
        hand.page.add_style_tag(content=SPACING)
        cut = [one for one in hand.page.evaluate(CUT_OFF) if not one.startswith(("foot ", "page-note"))]
        assert cut == []


def test_the_pointer_over_a_choice_does_not_look_as_if_it_were_chosen(calm: BrowserContext, desks: Desks) -> None:
    hand = desks.hand(calm, STATES["02-topic"])
    look = "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).boxShadow]"
    chosen = hand.page.locator('.choice[data-chosen="yes"]').first.evaluate(look)
    other = hand.page.locator('.choice:not([data-chosen="yes"])').first
    calmly = other.evaluate(look)
    other.hover()
    over = other.evaluate(look)
    assert over != calmly
    assert over[0] != chosen[0]
    assert over[1] != chosen[1]


def test_in_a_narrow_window_no_two_things_of_a_heading_lie_on_each_other(chrome: Browser, desks: Desks) -> None:
    with context(chrome, (320, 900), reduced_motion="reduce") as made:
        hand = desks.hand(made, STATES["03-personal"])
        boxes = hand.page.evaluate("""() => [...document.querySelector('.exercises-head').children].map(e => {
            const range = document.createRange();
            range.selectNodeContents(e);
            const box = range.getBoundingClientRect();
            return [box.left, box.top, box.right, box.bottom];
        })""")
    assert len(boxes) == 3
    for index, one in enumerate(boxes):
        for other in boxes[:index]:
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert across <= 0 or down <= 0


def test_forced_colours_show_what_is_chosen(chrome: Browser, desks: Desks) -> None:
    with context(chrome, forced_colors="active") as made:
        hand = desks.hand(made, STATES["03-personal"])
        for chosen in (".knee-right", '.toggle[aria-pressed="true"]', '.tile[data-chosen="yes"]'):
            assert hand.page.locator(chosen).first.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_a_touch_does_the_same(chrome: Browser, desks: Desks) -> None:
    desks.reset(present=True)
    with context(chrome, (810, 1080), has_touch=True) as made:
        hand = Hand(made.new_page(), desks.good).open()
        hand.page.locator('.card[data-topic="running"] [data-kind="personal"]').tap()
        hand.shown()
        hand.page.locator(".knee-left").tap()
        hand.shown().primary("print").tap()
        hand.primary("next").wait_for()
        assert len(desks.printers.sent) == 1


def test_what_a_page_says_stands_in_place_of_its_picture(calm: BrowserContext, desks: Desks) -> None:
    hand = desks.hand(calm, State(lambda hand, _: STATES["03-personal"].reach(hand, desks.printers)))
    said = hand.page.get_by_role("region", name="できあがり").locator("ul").inner_text()
    for words in ("髙橋 美咲", "右膝", "12月8日(火)"):
        assert words in said


def test_a_change_is_spoken_once(calm: BrowserContext, desks: Desks) -> None:
    hand = desks.hand(calm, STATES["03a-personal-empty"])
    hand.page.locator(".knee-right").click()
    hand.page.locator("#spoken", has_text="できあがりを新しくしました。").wait_for(state="attached")
    assert hand.page.locator("#spoken").get_attribute("aria-live") == "polite"


def test_a_problem_is_tied_to_its_field_and_takes_no_focus(calm: BrowserContext, desks: Desks) -> None:
    hand = desks.hand(calm, STATES["03a-personal-empty"])
    field = hand.page.locator(".name-field")
    field.fill("渡\ue000 健一")
    box = hand.page.locator(".problem")
    box.wait_for()
    assert field.evaluate("e => e === document.activeElement")
    assert box.get_attribute("role") == "alert"
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("aria-describedby") == box.locator(".problem-text").get_attribute("id")
    assert box.bounding_box()["y"] >= field.bounding_box()["y"] + field.bounding_box()["height"]  # type: ignore[index]
