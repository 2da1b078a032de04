"""An event with one place for two: taken, waited for, given back, and mailed with its calendar file."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Portal, Town, press
from tests.smtp import Letter

pytestmark = pytest.mark.browser


def file_of(letter: Letter) -> str:
    [part] = letter.message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    return str(part.get_payload(decode=True), "utf-8")


def told(portal: Portal, address: str, words: str, method: str) -> None:
    file = file_of(portal.letter_to(address, about=words))
    assert f"METHOD:{method}" in file
    assert "SUMMARY:A day in the workshop" in file


def test_one_place_goes_from_the_first_to_the_one_who_waits(town: Town) -> None:
    portal, rosa, maya, omar = town.portal, town.rosa, town.maya, town.omar
    rosa.goto(portal.base + "/events/new")
    rosa.get_by_label("What it is, in one line").fill("A day in the workshop")
    rosa.get_by_label("It begins").fill("2099-01-05T09:00")
    rosa.get_by_label("It ends").fill("2099-01-05T17:00")
    rosa.get_by_label("Where").fill("Hafenstraße 7")
    rosa.get_by_label("Places").fill("1")
    press(rosa, "Plan it and tell them")
    path = portal.link_in(portal.letter_to("omar@example.org", about="You are invited"), "/events/")

    maya.goto(path)
    press(maya, "Take a place")
    expect(maya.get_by_text("you have a place", exact=True)).to_be_visible()
    omar.goto(path)
    press(omar, "Join the waiting list")
    expect(omar.get_by_text("You are the next one.")).to_be_visible()
    told(portal, "maya@example.org", "You have a place", "REQUEST")
    maya.get_by_text("Give my place back…").click()
    press(maya, "Give my place back")

    told(portal, "maya@example.org", "Your place is given back", "CANCEL")
    told(portal, "omar@example.org", "A place became free, and it is yours", "REQUEST")
    omar.goto(portal.base + "/home")
    expect(omar.get_by_role("link", name="A day in the workshop")).to_be_visible()
