"""The small scripts, in a real browser: drafts, keys, the theme switch, one press one sending."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from portal.foundation import config
from tests.conftest import settings_for_tests
from tests.shared.browser import served, small_portal

pytestmark = pytest.mark.browser
LONG = "Long enough words for the form to take them."


@pytest.fixture(scope="module")
def house():
    """One small portal for all of these tests, and its address."""
    config.use(settings_for_tests())
    portal = small_portal()
    with served(portal) as address:
        yield portal, address


@pytest.fixture
def portal(house):
    portal, _address = house
    portal.config["judged"] = 0
    return portal


@pytest.fixture
def page(chromium, house, portal):
    window = chromium.new_context(base_url=house[1], color_scheme="light")
    page = window.new_page()
    page.faults = []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    yield page
    window.close()
    assert page.faults == []


def drafts(page):
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:'))")


def send(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()


def test_words_typed_and_not_sent_come_back(page):
    page.goto("/form")
    page.fill("#words", "half a thought")
    page.check("#kind-1")

    page.reload()

    assert page.input_value("#words") == "half a thought"
    assert page.is_checked("#kind-1")
    assert page.get_by_text("We kept what you had typed here.").is_visible()


def test_a_kept_draft_can_be_discarded(page):
    page.goto("/form")
    page.fill("#words", "half a thought")
    page.reload()

    page.get_by_role("button", name="Discard it").click()

    assert page.input_value("#words") == ""
    assert drafts(page) == []


def test_a_choice_that_is_gone_comes_back_as_none_and_not_as_the_first(page):
    offered = ["everyone", "circle"]

    def with_rooms(route):
        options = "".join(f"<option>{room}</option>" for room in offered)
        rooms = f'<select id="room" name="room">{options}</select><textarea'
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<textarea", rooms, 1))

    page.route("**/form", with_rooms)
    page.goto("/form")
    page.fill("#words", "for a few alone")
    page.select_option("#room", "circle")
    page.reload()
    assert page.input_value("#room") == "circle"

    offered.remove("circle")
    page.reload()

    assert page.input_value("#words") == "for a few alone"
    # Sent as nothing, which the portal asks about; a field without a choice would not be sent at all.
    sent = page.evaluate("new FormData(document.querySelector('form[data-draft]')).get('room')")
    assert sent == ""


def test_a_refused_form_keeps_its_draft_and_a_taken_one_drops_it(page):
    page.goto("/form")
    page.fill("#words", "too short")
    send(page)
    assert drafts(page) == ["draft:7:words"]

    page.fill("#words", LONG)
    send(page)

    assert page.url.endswith("/list")
    assert drafts(page) == []


def test_a_sending_that_ends_at_the_sign_in_page_keeps_the_words(page):
    page.goto("/form")
    page.fill("#words", LONG)
    page.evaluate("document.querySelector('form[data-draft]').action = '/sign-out'")

    send(page)

    assert page.url.endswith("/letter")
    assert drafts(page) == ["draft:7:words"]


def test_signing_out_leaves_no_words_behind(page):
    page.goto("/form")
    page.fill("#words", "half a thought")
    page.locator(".user-menu summary").click()

    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()

    assert drafts(page) == []


def test_a_key_pressed_twice_sends_once(page, portal):
    page.goto("/list")

    with page.expect_navigation():
        page.keyboard.press("f")
        page.keyboard.press("f")

    assert portal.config["judged"] == 1


def test_keys_rest_while_someone_types(page, portal):
    page.goto("/list")
    page.get_by_label("Search").press("f")

    assert page.get_by_label("Search").input_value() == "f"
    assert portal.config["judged"] == 0


def test_j_and_k_walk_the_rows_and_enter_opens_one(page):
    page.goto("/list")
    for key in ("j", "j", "j", "j", "k"):
        page.keyboard.press(key)
    assert page.locator(".is-current").inner_text() == "Two"

    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/form?Two")


def test_a_question_mark_lists_the_keys_of_this_page(page):
    page.goto("/list")
    page.keyboard.press("?")

    words = page.locator("#keys").inner_text()

    assert "Fit" in words
    assert "next and previous row" in words
    page.keyboard.press("?")
    assert page.locator("#keys").is_hidden()


def test_keys_can_be_put_to_rest_and_woken_again(page, portal):
    def switch(is_on):
        page.locator(".user-menu summary").click()
        page.get_by_role("button", name="Keys on this page").click()
        page.get_by_label("Single keys work").set_checked(is_on)
        page.get_by_role("button", name="Close").click()

    page.goto("/list")
    switch(False)
    page.goto("/list")
    for key in ("f", "j", "?"):
        page.keyboard.press(key)

    assert portal.config["judged"] == 0
    assert page.locator(".is-current").count() == 0
    assert page.locator("#keys").is_hidden()

    switch(True)
    page.goto("/list")
    page.keyboard.press("j")
    assert page.locator(".is-current").inner_text() == "One"


def test_the_theme_switch_outlives_the_page(page):
    page.goto("/list")
    page.get_by_role("button", name="Dark theme").click()

    page.goto("/form")

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.get_by_role("button", name="Dark theme").get_attribute("aria-pressed") == "true"


def test_the_frame_has_no_barrier_in_either_theme(page):
    for scheme in ("light", "dark"):
        # Before the page opens, and without movement: a colour on its way to another has no contrast yet.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in ("/list", "/form", "/letter"):
            page.goto(address)

            found = Axe().run(page)

            assert [fault["id"] for fault in found.response["violations"]] == [], (address, scheme)


def test_nothing_sticks_out_at_any_width(page):
    for address in ("/list", "/form", "/letter"):
        page.goto(address)
        for width in (320, 390, 768, 1280, 3840):
            page.set_viewport_size({"width": width, "height": 800})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over == 0, (address, width)
