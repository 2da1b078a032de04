"""An ask from its opening to its summary, a circle tried from outside, and a suggestion held, removed and put back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Portal, Town, press

pytestmark = pytest.mark.browser


def suggest(page: Page, portal: Portal, path: str, title: str) -> None:
    page.goto(portal.base + path)
    page.get_by_label("What would be better?").fill(title)
    press(page, "Send the suggestion")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def decide(page: Page, portal: Portal, number: object, choice: str, reason: str = "") -> None:
    page.goto(f"{portal.base}/ideas/{number}/decisions/new")
    page.get_by_label(choice).check()
    page.get_by_label("The reason, for its author").fill(reason)
    press(page, "Decide")
    expect(page.get_by_role("status").first).to_contain_text("Decided")


def test_an_ask_from_its_opening_to_its_summary(town: Town) -> None:
    portal, sam, rosa, maya, omar, lee = town.portal, town.sam, town.rosa, town.maya, town.omar, town.lee
    sam.goto(portal.base + "/asks/new")
    sam.get_by_label("Your question in one line").fill("Which shade first?")
    sam.get_by_label("Who asks, and reads every answer").select_option(label="Rosa Pereira")
    sam.get_by_label("It opens").fill("2026-01-05T09:00")
    sam.get_by_label("It closes").fill("2099-01-05T09:00")
    sam.get_by_label("Members read each other before they have answered").uncheck()
    sam.get_by_label("A short poll").fill("Linen\nGlass")
    press(sam, "Put the question")
    path = sam.url.removeprefix(portal.base)
    assert path in portal.letter_to("maya@example.org", about="Which shade first?").text

    number = path.rsplit("/", 1)[1]
    suggest(maya, portal, f"/ideas/new?ask={number}", "Linen, and sell the frame alone")
    omar.goto(portal.base + path)
    expect(omar.get_by_text("once you have given your own")).to_be_visible()
    expect(omar.get_by_text("sell the frame alone")).to_have_count(0)
    suggest(omar, portal, f"/ideas/new?ask={number}", "Glass that lasts")
    for page, choice in ((omar, "Glass"), (lee, "Linen")):
        page.goto(portal.base + path)
        page.get_by_label(choice).check()
        press(page, "This one")
    expect(lee.get_by_text("2 voices")).to_be_visible()
    omar.goto(portal.base + path)
    expect(omar.get_by_text("sell the frame alone").first).to_be_visible()

    rosa.goto(portal.base + path)
    rosa.get_by_role("link", name="Say what you heard").click()
    rosa.get_by_label("What we heard").fill("You want linen, and the frame alone.")
    rosa.get_by_label("What we will do").fill("We sell the frame from **June** on.")
    press(rosa, "Close it and tell everyone")
    for name in ("maya", "omar", "lee"):
        letter = portal.letter_to(f"{name}@example.org", about="What came of it")
        assert "We sell the frame from" in letter.text
    lee.goto(portal.base + path)
    expect(lee.get_by_role("heading", name="What came of it")).to_be_visible()


def test_a_circle_tried_from_outside_by_every_door(town: Town) -> None:
    portal, sam, rosa, maya, omar = town.portal, town.sam, town.rosa, town.maya, town.omar
    sam.goto(portal.base + "/circles/new")
    sam.get_by_label("Its name").fill("SECRET testers")
    sam.get_by_label("What everyone confirms").fill("Nothing leaves this room.")
    sam.get_by_label("Who answers there").select_option(label="Rosa Pereira")
    press(sam, "Make it")
    sam.get_by_label("Who gets a place").fill("maya@example.org")
    press(sam, "Give them a place")
    circle = sam.url.removeprefix(portal.base)
    letter = portal.letter_to("maya@example.org", about="A place in a circle")
    assert "SECRET" not in letter.text + letter.header("Subject")
    for page in (maya, rosa):
        page.goto(portal.base + circle)
        expect(page.get_by_text("Nothing leaves this room.")).to_be_visible()
        press(page, "I agree, let me in")
    suggest(maya, portal, f"/ideas/new?circle={circle.rsplit('/', 1)[1]}", "SECRET hinge lets water in")
    inside = maya.url.removeprefix(portal.base)

    number = circle.rsplit("/", 1)[1]
    closed = {inside, circle, f"{inside}/wordings", f"{inside}/subscriptions", f"{inside}/names?q=m"}
    closed |= {f"{inside}/reports/new", f"/names?q=m&circle={number}", "/public-ledger", "/public-ledger/data"}
    doors = ("/ideas", "/home", "/asks", "/circles", "/search?q=secret", "/members", f"/ideas?circle={number}")
    for door in (*doors, *sorted(closed)):
        answer = omar.goto(portal.base + door)
        assert answer is not None
        assert "SECRET" not in omar.content(), door
        assert answer.status == (404 if door in closed else 200), door
    rosa.goto(portal.base + inside)
    expect(rosa.get_by_role("heading", level=1)).to_contain_text("SECRET hinge")
    for mail in portal.mailbox.letters:
        assert "SECRET" not in mail.text + mail.header("Subject")


def test_words_held_approved_taken_out_and_put_back(town: Town) -> None:
    portal, sam, maya, omar = town.portal, town.sam, town.maya, town.omar
    sam.goto(portal.base + "/review/rules")
    sam.get_by_label("Look first at whatever holds one of these").fill("snake oil")
    press(sam, "Keep this")
    suggest(maya, portal, "/ideas/new", "Snake oil for the hinge")
    path = maya.url.removeprefix(portal.base)
    number = path.rsplit("/", 1)[1].split("?")[0]
    expect(maya.get_by_text("reads this first")).to_be_visible()
    assert omar.goto(portal.base + path).status == 404  # type: ignore[union-attr]
    sam.goto(portal.base + "/review")
    press(sam, "Approve")
    portal.letter_to("maya@example.org", about="others see it now")
    assert omar.goto(portal.base + path).status == 200  # type: ignore[union-attr]

    decide(sam, portal, number, "Take it out", "It is advertising.")
    assert omar.goto(portal.base + path).status == 404  # type: ignore[union-attr]
    letter = portal.letter_to("maya@example.org", about="It is advertising.")
    maya.goto(portal.link_in(letter, "/decisions/"))
    maya.get_by_label("Why should we look again?").fill("It is a joke about my own hinge.")
    press(maya, "Ask for another look")
    sam.goto(portal.base + "/review")
    # A no would be somebody else's to say.
    press(sam, "Put it back")
    portal.letter_to("maya@example.org", about="put it back")
    assert omar.goto(portal.base + path).status == 200  # type: ignore[union-attr]
