"""What is asked without leaving the page and refused is said there, and what was typed is kept."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import text

from tests.browser.conftest import Portal, Town, press

pytestmark = pytest.mark.browser
KEPT = "What you typed still stands here"


@contextmanager
def sam_is(role: str, portal: Portal) -> Iterator[None]:
    """For a while, somebody whose right another manager changed in between."""
    change = text("UPDATE \"user\" SET role = :role WHERE email = 'sam@example.org'")
    with portal.engine.begin() as connection:
        connection.execute(change, {"role": role})
    yield
    with portal.engine.begin() as connection:
        connection.execute(change, {"role": "manager"})


def refused(here: Locator, sentence: str) -> None:
    """One note, for all who read or hear the page."""
    expect(here.get_by_role("alert")).to_have_text(re.compile(f"^\\s*{sentence}.*{KEPT}", re.DOTALL))


def test_a_tag_that_could_not_be_added_is_said_beside_it_and_kept(town: Town) -> None:
    portal, sam, maya = town.portal, town.sam, town.maya
    maya.goto(portal.base + "/ideas/new")
    maya.get_by_label("What would be better?").fill("A lamp that can be carried about in the garden.")
    press(maya, "Send the suggestion")
    number = re.findall(r"/ideas/(\d+)", maya.url)[0]
    sam.goto(portal.base + "/ideas")
    here = sam.locator(f"#sorted-{number}")
    here.get_by_text("Tag or join").click()
    tag, add = here.get_by_label("Tag", exact=True), here.get_by_role("button", name="Add", exact=True)
    tag.fill("Garden")

    sam.route("**/tags", lambda route: route.abort())
    add.click()
    expect(here.get_by_role("alert")).to_have_text(re.compile(f"could not be reached just now.*{KEPT}", re.DOTALL))
    sam.unroute("**/tags")
    with sam_is("member", portal):
        add.click()
        refused(here, "This is gone or not open to you any more, so nothing was changed. Reload the page")
    cookies = sam.context.cookies()
    sam.context.clear_cookies()
    add.click()
    refused(here, "You are not signed in any more, so nothing was changed. Sign in, and send it again.")
    expect(tag).to_have_value("Garden")
    expect(here.get_by_role("link", name="Sign in")).to_have_attribute("href", "/sign-in?next=/ideas")

    # Signed in again, the word stands there.
    sam.context.add_cookies([{**cookie} for cookie in cookies])
    sam.goto(portal.base + "/ideas")
    expect(tag).to_have_value("Garden")
    add.click()
    expect(here.get_by_role("link", name="Garden", exact=True)).to_be_visible()
    assert sam.evaluate("Object.keys(localStorage).filter((name) => name.endsWith('/tags'))") == []


def test_a_preview_of_what_is_gone_says_so_and_keeps_the_answer(town: Town) -> None:
    portal, rosa, maya = town.portal, town.rosa, town.maya
    maya.goto(portal.base + "/ideas/new")
    maya.get_by_label("What would be better?").fill("A shade of paper for the reading lamp.")
    press(maya, "Send the suggestion")
    rosa.goto(maya.url)
    # As if it had been there when the page was drawn, and not any more.
    gone = f"{portal.base}/ideas/99999/answer-previews"
    rosa.route("**/answer-previews", lambda route: route.continue_(url=gone))
    answer = rosa.locator("#your-answer")
    words = answer.get_by_label("Your words", exact=True)
    words.fill("Paper would burn.")

    answer.get_by_role("button", name="Preview").click()

    refused(answer, "This is gone or not open to you any more, so nothing was changed. Reload the page")
    expect(words).to_have_value("Paper would burn.")
