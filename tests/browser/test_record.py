"""A suggestion through every standing, two joined and parted, and a member who suggests with a picture on a phone."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Portal, Town, press

pytestmark = pytest.mark.browser

# A picture comes in from outside the page, as the browser hands over what was pasted or dropped.
HAND_OVER = """([kind, bytes, type]) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(bytes)], type ? "note.txt" : `${kind}.png`, { type: type ?? "image/png" }));
  const at = document.querySelector("textarea[name=body]");
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: files, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true });
  at.dispatchEvent(event);
}"""


def suggest(page: Page, portal: Portal, title: str) -> str:
    page.goto(portal.base + "/ideas/new")
    # One field first: the others come with the first word.
    expect(page.get_by_label("Your suggestion in one line")).to_be_hidden()
    page.get_by_label("What would be better?").fill(title)
    press(page, "Send the suggestion")
    return page.url.split("#")[0].split("?")[0]


def stands(page: Page, address: str, label: str) -> None:
    page.goto(address)
    expect(page.locator("main .standing, .page-head .standing").first).to_have_text(label)


def answer(rosa: Page, address: str, kind: str, words: str) -> None:
    rosa.goto(address)
    rosa.get_by_role("radio", name=kind).check()
    rosa.get_by_label("Your words", exact=True).first.fill(words)


def test_a_suggestion_through_every_standing(town: Town) -> None:
    portal, rosa, maya = town.portal, town.rosa, town.maya
    here = suggest(maya, portal, "A hook for the second shade")
    stands(maya, here, "Waiting")

    answer(rosa, here, "Acknowledge", "I hold one against the pole today.")
    press(rosa, "Put it on the record")
    stands(maya, here, "Heard")
    answer(rosa, here, "Ask back", "Which pole do you have?")
    press(rosa, "Put it on the record")
    stands(maya, here, "Asked back")
    maya.get_by_label("Your words").fill("The one of 2019, with the thin thread.")
    press(maya, "Reply")
    expect(rosa.get_by_text("thin thread")).to_have_count(0)
    stands(rosa, here, "Heard")
    expect(rosa.get_by_text("thin thread")).to_be_visible()

    answer(rosa, here, "Action", "We turn twenty of them.")
    rosa.get_by_label("What we do, in one line").fill("A brass hook")
    press(rosa, "Put it on the record")
    stands(maya, here, "Planned")
    maya.get_by_role("link", name="A brass hook").click()
    rosa.goto(maya.url)
    for stage, words, label in (
        ("under-way", "The first ones are turned.", "Under way"),
        ("done", "In the shop.", "Done"),
    ):
        rosa.get_by_label("How far it is").select_option(stage)
        rosa.get_by_role("textbox", name="What happened").fill(words)
        if stage == "done":
            rosa.get_by_label("A link to see it").fill("https://lumen.example/hook")
        press(rosa, "Put it on the record")
        stands(maya, here, label)
    portal.letter_to("maya@example.org", about="https://lumen.example/hook")

    maya.get_by_label("Your words").fill("It does not fit the thin thread.")
    press(maya, "No, open it again")
    expect(maya.locator(".page-head .standing")).not_to_have_text("Done")
    answer(
        rosa,
        here,
        "Explain",
        "The thread of 2019 is too thin to hold a second shade safely, so we sell no hook for it.",
    )
    press(rosa, "Put it on the record")
    stands(maya, here, "Explained")
    press(maya, "Yes, it helped")
    expect(maya.get_by_text("says it helped")).to_be_visible()


def test_two_that_say_the_same_are_joined_and_parted(town: Town) -> None:
    portal, rosa, maya, omar, lee = town.portal, town.rosa, town.maya, town.omar, town.lee
    first = suggest(omar, portal, "A quieter click in the switch of the Alba")
    second = suggest(lee, portal, "Make the switch of the Alba click quieter")
    for address in (first, second):
        maya.goto(address)
        press(maya, "Add your voice")

    rosa.goto(second)
    rosa.get_by_role("link", name="Join it with another").click()
    press(rosa, "Join with this one")
    assert rosa.url.split("?")[0].split("#")[0] == first
    # Omar wrote it, Lee wrote the other, and Maya stood behind both.
    expect(rosa.locator(".page-head .votes")).to_have_text("3 voices")
    letter = portal.letter_to("lee@example.org", about="joined")
    assert portal.base + first.removeprefix(portal.base) in letter.text
    lee.goto(second)
    expect(lee.get_by_text("This says the same as")).to_be_visible()
    lee.goto(portal.base + "/ideas")
    expect(lee.get_by_role("link", name="Make the switch of the Alba click quieter")).to_have_count(0)

    rosa.goto(second)
    press(rosa, "Part them again")
    expect(rosa.locator(".page-head .votes")).to_have_text("2 voices")
    rosa.goto(first)
    expect(rosa.locator(".page-head .votes")).to_have_text("2 voices")
    told = [mail for mail in portal.mailbox.letters if "joined" in mail.text.lower() and "quieter" in mail.text]
    assert sorted(mail.recipients[0] for mail in told) == ["lee@example.org", "maya@example.org"]


def photo(tmp_path: Path) -> Path:
    """A photo of 3000 dots with the place where it was taken."""
    image, place = Image.new("RGB", (3000, 1800), "peru"), Image.Exif()
    place[0x8825] = {1: "N", 2: (48.0, 8.0, 14.0), 3: "E", 4: (11.0, 34.0, 31.0)}
    image.save(tmp_path / "lamp.jpg", exif=place)
    return tmp_path / "lamp.jpg"


def fits(page: Page) -> None:
    """Nothing on this page is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def test_a_member_suggests_with_a_picture_on_a_phone(town: Town, tmp_path: Path) -> None:
    portal, maya, omar = town.portal, town.maya, town.omar
    maya.goto(portal.base + "/home")
    fits(maya)
    maya.goto(portal.base + "/ideas")
    maya.get_by_role("link", name="Make a suggestion").first.click()
    words = maya.get_by_label("What would be better?")
    words.fill("The foot of my lamp wobbles on a wooden floor.")
    expect(maya.locator("#draft-kept")).not_to_be_empty()
    assert ("The foot of my lamp wobbles on a wooden floor.",) in portal.rows("SELECT body FROM idea_draft")
    # What cannot be kept for a while, or was typed after the session ended, is said and not lost.
    not_kept = maya.locator("[data-not-kept]:visible")
    maya.route("**/idea-drafts", lambda route: route.abort())
    words.press_sequentially(" So")
    maya.evaluate("document.querySelector('[data-keeps]').dispatchEvent(new Event('again'))")
    expect(not_kept).to_have_text(re.compile("This browser holds them"))
    maya.unroute("**/idea-drafts")
    maya.evaluate("dispatchEvent(new Event('online'))")
    expect(not_kept).to_have_count(0)
    session = maya.context.cookies()
    maya.context.clear_cookies()
    words.press_sequentially(" it is.")
    press(maya, "Send the suggestion")
    expect(maya.get_by_role("heading", level=1)).to_have_text("Please sign in")
    maya.context.add_cookies([{**cookie} for cookie in session])
    maya.goto(portal.base + "/ideas/new")
    expect(words).to_have_value("The foot of my lamp wobbles on a wooden floor. So it is.")
    dots = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(dots, "PNG")
    # While files cannot be kept, or the portal cannot be reached, a sentence says so and the picture stays chosen.
    waiting, told = maya.locator("[data-picture-list] li"), maya.locator("[data-drop] [role=alert]:visible")
    (store := portal.folder / "files").mkdir(exist_ok=True)
    (store / "pictures").write_text("no folder")
    maya.get_by_label("Pictures").set_input_files(photo(tmp_path))
    expect(told).to_have_text(re.compile("lamp.jpg: This file could not be kept just now"))
    expect(waiting).to_have_count(1)
    (store / "pictures").unlink()
    maya.route("**/idea-drafts", lambda route: route.abort())
    maya.get_by_role("button", name="Try again").click()
    expect(told).to_have_text(re.compile("They are still chosen here"))
    expect(waiting).to_have_count(1)
    maya.unroute("**/idea-drafts")
    maya.get_by_role("button", name="Try again").click()
    expect(told).to_have_count(0)
    expect(waiting).to_have_count(0)
    for kind in ("paste", "drop"):
        maya.evaluate(HAND_OVER, [kind, list(dots.getvalue())])
    expect(maya.locator("#draft-pictures img")).to_have_count(3)
    fits(maya)
    # What is no picture is named; and whoever takes one out goes on where pictures are chosen.
    maya.evaluate(HAND_OVER, ["drop", [104, 105], "text/plain"])
    expect(told).to_have_text(re.compile("note.txt: "))
    maya.evaluate(HAND_OVER, ["drop", list(dots.getvalue())])
    expect(maya.locator("#draft-pictures img")).to_have_count(4)
    maya.get_by_role("button", name="Take picture 4 out").click()
    expect(maya.locator("#draft-pictures img")).to_have_count(3)
    expect(maya.get_by_label("Pictures")).to_be_focused()
    # Sent while one is on its way, and pressed twice: it is said, and sent once it has come.
    held: list[Route] = []
    maya.route("**/idea-drafts", lambda route: held.append(route))
    maya.evaluate(HAND_OVER, ["drop", list(dots.getvalue())])
    expect(maya.locator("[data-on-the-way]")).to_be_visible()
    for _ in range(2):
        maya.get_by_role("button", name="Send the suggestion").click()
    expect(maya.locator("[data-sent-after]")).to_have_text(re.compile("as soon as your pictures are here"))
    for route in held:
        route.continue_()
    expect(maya.get_by_role("heading", level=1)).to_contain_text("The foot of my lamp wobbles")
    fits(maya)

    here = maya.url.split("?")[0].split("#")[0]
    omar.goto(here)
    pictures = omar.locator(".pictures img")
    expect(pictures).to_have_count(4)
    pictures.first.scroll_into_view_if_needed()
    expect(pictures.first).to_have_js_property("complete", True)
    assert pictures.first.evaluate("image => image.naturalWidth") == 480
    address = pictures.first.locator("xpath=..").get_attribute("href")
    kept = Image.open(BytesIO(omar.request.get(f"{portal.base}{address}").body()))
    assert (kept.format, kept.size, dict(kept.getexif())) == ("WEBP", (2000, 1200), {})
    fits(omar)
    comment = omar.get_by_role("textbox", name="Your comment")
    comment.press_sequentially("Mine too, on stone. @ma")
    expect(omar.get_by_role("option")).to_have_text(["Maya Lindqvist"])
    comment.press("Enter")
    expect(comment).to_have_value("Mine too, on stone. @Maya Lindqvist ")
    press(omar, "Add the comment")
    expect(omar.get_by_text("Mine too, on stone.")).to_be_visible()
    named = (
        "SELECT comment.body FROM naming JOIN comment ON comment.id = naming.comment_id WHERE comment.body LIKE 'Mine%'"
    )
    assert portal.rows(named) == [("Mine too, on stone. @Maya Lindqvist",)]
    comment.press_sequentially("And on wood, @ma")
    expect(omar.get_by_role("option")).to_have_count(1)
    # Names are offered above the button, and it takes the first press all the same.
    press(omar, "Add the comment")
    expect(omar.get_by_text("And on wood, @ma")).to_be_visible()

    maya.goto(here)
    expect(maya.get_by_text("Mine too, on stone.")).to_be_visible()
    maya.get_by_role("link", name=re.compile("^Change$")).first.click()
    expect(maya.get_by_label("What would be better?")).to_be_visible()
    # The way back holds a long title on one line, within the phone.
    maya.evaluate("document.querySelector('.crumb-words').textContent += ' and on and on'.repeat(9)")
    fits(maya)
    assert maya.locator(".crumb a").bounding_box()["height"] <= 48  # type: ignore[index]
    maya.get_by_label("What would be better?").fill("The foot of my lamp wobbles on wood and on stone.")
    maya.locator("main button[type=submit]").first.click()
    expect(maya.get_by_text("wobbles on wood and on stone.").first).to_be_visible()
    press(maya, "Take it away")
    expect(maya.locator(".pictures img")).to_have_count(3)
    fits(maya)


def test_one_action_answers_several_at_once_and_whoever_is_behind_two_hears_once(town: Town) -> None:
    portal, rosa, maya, omar = town.portal, town.rosa, town.maya, town.omar
    first = suggest(maya, portal, "A felt foot under the lamp")
    like = suggest(omar, portal, "Felt below the foot of the lamp")
    other = suggest(omar, portal, "Something against rattling glass")
    answer(rosa, first, "Action", "We glue it on from March.")
    rosa.get_by_label("What we do, in one line").fill("Feet of felt")
    press(rosa, "Put it on the record")

    rosa.get_by_role("link", name="Feet of felt").first.click()
    rosa.get_by_role("link", name="Link more suggestions").click()
    rosa.get_by_label("Felt below the foot of the lamp").check()
    expect(rosa.get_by_role("button", name="Link what is chosen (1)")).to_be_visible()
    rosa.get_by_label("Find others").fill("rattling")
    rosa.keyboard.press("Enter")
    rosa.get_by_label("Something against rattling glass").check()
    expect(rosa.get_by_label("Felt below the foot of the lamp")).to_be_checked()
    rosa.get_by_label("Your words to everyone behind them").fill("The felt stops the rattling too.")
    press(rosa, "Link what is chosen (2)")

    expect(rosa.get_by_text("2 suggestions are linked.")).to_be_visible()
    suggest(omar, portal, "Feet of felt for the tall lamp")
    # Back again, a browser would check whatever stands in the same place now.
    rosa.go_back()
    expect(rosa.get_by_label("Feet of felt for the tall lamp")).to_be_visible()
    expect(rosa.get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(rosa.get_by_role("button", name="Link what is chosen", exact=True)).to_be_visible()
    for address in (like, other):
        stands(omar, address, "Planned")
    letter = portal.letter_to("omar@example.org", about="The felt stops the rattling too.")
    assert letter.text.count("The felt stops the rattling too.") == 1
    assert like in letter.text
    assert other in letter.text
