"""From a mention to an answer, walked in a real browser on both databases, with every mail really sent."""

import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from portal.accounts.models import Role
from tests.browser.conftest import Portal
from tests.channels.feed_server import Feed, FeedServer, Item

pytestmark = pytest.mark.browser

# A file in somebody else's shape: other column names, no channel, times without a zone, one row that cannot be.
FILE = """id,username,tweet,date,favorites
1,mayaweaves,"I built a linen shade for my Lumen lamp, the light is lovely",2026-03-02 18:20:00,12
2,mayaweaves,"Made a second Lumen shade and wrote a tutorial for it",2026-04-02 18:20:00,30
3,mayaweaves,"My third Lumen build, filmed from start to finish. Love this lamp",2026-05-02 18:20:00,41
4,passer,"Saw a Lumen lamp in a window",2026-05-03 08:00:00,1
5,nobody,"A row whose time is nonsense",yesterday-ish,0
"""
MAYA = "maya@example.org"
NOTE = "Your linen shade hangs over my desk since March. We would like to hear what you would change about the frame."


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def sign_in(page: Page, link: str, name: str) -> None:
    page.goto(link)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def take_in(portal: Portal, sam: Page) -> None:
    file = portal.folder / "mentions.csv"
    file.write_text(FILE)
    words = ("listening", "import", str(file), "--tracker", "lumen", "--set", "channel=x", "--zone", "Europe/Berlin")
    portal.command(*words)
    portal.command(*words)
    assert portal.rows("SELECT count(*) FROM mention") == [(4,)]
    rejected = (portal.folder / "mentions.csv.rejected.csv").read_text()
    assert "yesterday-ish" in rejected
    assert rejected.count("nobody") == 1

    with FeedServer() as server:
        feed = Feed(Item("post-1", "A Lumen lamp for the garden", "I built a Lumen lantern.", "https://blog.example/1"))
        address = server.serve("/feed.xml", feed)
        sam.goto(portal.base + "/sources/new?channel=feeds")
        sam.get_by_label("Address").first.fill(address)
        press(sam, "Check")
        press(sam, "Add")
        expect(sam.get_by_text("Workbench notes").first).to_be_visible()
        for _ in range(60):
            if portal.rows("SELECT count(*) FROM mention")[0][0] == 5:
                break
            sam.wait_for_timeout(500)
        sam.goto(portal.base + "/mentions")
        expect(sam.get_by_text("I built a Lumen lantern.")).to_be_visible()


def find_and_invite(portal: Portal, sam: Page) -> None:
    for _ in range(60):
        sam.goto(portal.base + "/people")
        if sam.get_by_role("link", name="mayaweaves").count():
            break
        sam.wait_for_timeout(500)
    sam.get_by_role("link", name="mayaweaves").first.click()
    sam.wait_for_load_state()
    expect(sam.get_by_text("Made a second Lumen shade").first).to_be_visible()
    with sam.expect_navigation():
        sam.keyboard.press("f")
    person = portal.rows("SELECT person_id FROM verdict")[0][0]
    assert portal.rows(f"SELECT stage FROM person WHERE id = {person}") == [("shortlisted",)]

    sam.goto(f"{portal.base}/people/{person}")
    sam.get_by_role("link", name="Invite").click()
    sam.get_by_text("I built a linen shade").first.click()
    sam.get_by_label("Your note").fill(NOTE)
    sam.get_by_label("Their name").fill("Maya Lindqvist")
    sam.get_by_label("Their address").fill(MAYA)
    sam.get_by_role("button", name="Send the letter", exact=True).click()
    # Without a ground no letter goes out, and nothing typed is lost.
    assert portal.rows("SELECT count(*) FROM invitation") == [(0,)]
    expect(sam.get_by_label("Your note")).to_have_value(NOTE)
    sam.get_by_label("Why we may write to it").select_option("published_contact")
    sam.get_by_label("Where that stands").fill("https://mayaweaves.example/contact")
    sam.get_by_label("Since when").fill("2026-05-04")
    press(sam, "Send the letter")
    assert portal.rows("SELECT count(*) FROM invitation") == [(1,)]


def accept(portal: Portal, maya: Page) -> None:
    letter = portal.letter_to(MAYA, about=NOTE[:40])
    assert "I built a linen shade" in letter.text
    assert "I built a linen shade" in letter.html
    maya.goto(portal.link_in(letter, "/letters/"))
    expect(maya.get_by_role("heading", name="Dear Maya Lindqvist,")).to_be_visible()
    assert portal.rows("SELECT count(*) FROM member") == [(0,)]
    press(maya, "Yes, let me in")
    assert portal.rows("SELECT count(*) FROM session JOIN \"user\" u ON u.id = user_id WHERE u.role = 'member'") == [
        (0,)
    ]
    link = portal.link_in(portal.letter_to(MAYA, about="sign in"), "/sign-in/")
    # A scanner that opens the link first uses nothing up.
    urllib.request.urlopen(link).read()
    maya.goto(link)
    press(maya, "Sign in")
    expect(maya.get_by_role("heading", level=1)).to_contain_text("Maya")
    assert portal.rows("SELECT founding_number FROM member") == [(1,)]


def suggest(portal: Portal, maya: Page, title: str, body: str) -> int:
    maya.goto(portal.base + "/ideas/new")
    maya.get_by_label("What would be better?").fill(body)
    maya.get_by_label("Your suggestion in one line").fill(title)
    maya.get_by_role("button", name="Preview", exact=True).click()
    expect(maya.locator("#preview strong")).to_have_text("three metres")
    press(maya, "Send the suggestion")
    expect(maya.get_by_role("heading", level=1)).to_have_text(title)
    expect(maya.get_by_text(re.compile("Rosa( Pereira)? will answer by")).first).to_be_visible()
    return int(maya.url.rsplit("/", 1)[1].split("?")[0].split("#")[0])


def let_through(portal: Portal, sam: Page, rosa: Page, idea: int) -> None:
    """What somebody new writes waits for a look; who is trusted does not."""
    assert rosa.goto(f"{portal.base}/ideas/{idea}").status == 404
    sam.goto(portal.base + "/home")
    sam.get_by_role("link", name="To look at").last.click()
    expect(sam.get_by_text("held: new here")).to_be_visible()
    press(sam, "Approve and trust")


def answer(portal: Portal, rosa: Page, idea: int) -> None:
    rosa.goto(f"{portal.base}/ideas/{idea}")
    rosa.get_by_role("radio", name="Acknowledge").check()
    rosa.get_by_label("Your words", exact=True).fill("You are right; I ask the cable maker today.")
    press(rosa, "Put it on the record")
    # A yes with nothing to see is refused, and the words stay.
    rosa.get_by_role("radio", name="Action").check()
    rosa.get_by_label("What we do, in one line").fill("A three-metre cable")
    rosa.get_by_label("How far it is").select_option("done")
    rosa.get_by_label("Your words", exact=True).fill("You can buy it as a part from today on.")
    press(rosa, "Put it on the record")
    assert portal.rows("SELECT count(*) FROM response") == [(1,)]
    expect(rosa.get_by_label("Your words", exact=True)).to_have_value("You can buy it as a part from today on.")
    rosa.get_by_label("A link to see it").fill("https://lumen.example/parts/cable")
    press(rosa, "Put it on the record")
    assert portal.rows(f"SELECT standing FROM idea WHERE id = {idea}") == [("done",)]


def explain(portal: Portal, rosa: Page, idea: int) -> None:
    rosa.goto(f"{portal.base}/ideas/{idea}")
    rosa.get_by_role("radio", name="Explain").check()
    rosa.get_by_label("Your words", exact=True).fill("No.")
    press(rosa, "Put it on the record")
    assert portal.rows(f"SELECT count(*) FROM response WHERE idea_id = {idea}") == [(0,)]
    rosa.get_by_label("Your words", exact=True).fill(
        "The resin cracks in the third night of frost, so we stay with felt."
    )
    press(rosa, "Put it on the record")
    assert portal.rows(f"SELECT standing FROM idea WHERE id = {idea}") == [("explained",)]


def stop_mails(portal: Portal, omar: Page) -> None:
    letter = portal.letter_to("omar@example.org", about="frost")
    assert letter.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    address = letter.header("List-Unsubscribe").strip("<>")
    before = portal.rows("SELECT count(*) FROM subscription")
    urllib.request.urlopen(address).read()
    assert portal.rows("SELECT count(*) FROM subscription") == before
    urllib.request.urlopen(urllib.request.Request(address, data=b"List-Unsubscribe=One-Click")).read()
    assert portal.rows("SELECT level FROM subscription") == [("nothing",)]
    omar.goto(address)
    expect(omar.get_by_role("heading", level=1)).to_be_visible()


def break_one(portal: Portal) -> None:
    assert "unbroken" in portal.command("ledger", "verify")
    with portal.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER response_no_update"))
        else:
            connection.execute(text("ALTER TABLE response DISABLE TRIGGER response_append_only"))
        connection.execute(text("UPDATE response SET message = 'We never said that.' WHERE id = 2"))
    assert re.search(r"\b2\b", portal.command("ledger", "verify", code=1))


def test_from_a_mention_to_an_answer(portal, open_page):
    sam, rosa, maya, omar = (open_page() for _ in range(4))
    portal.command("accounts", "add", "sam@example.com", "--name", "Sam Okafor", "--role", "manager")
    sign_in(sam, portal.command("accounts", "sign-in-link", "sam@example.com").strip(), "Sam")
    sign_in(rosa, portal.way_in("rosa@example.com", name="Rosa Pereira", role=Role.RESPONDER), "Rosa")

    take_in(portal, sam)
    find_and_invite(portal, sam)
    accept(portal, maya)
    sign_in(omar, portal.way_in("omar@example.org", name="Omar Haddad", role=Role.MEMBER), "Omar")
    cable = suggest(portal, maya, "A longer cable", "Please make it **three metres** long.")
    let_through(portal, sam, rosa, cable)
    resin = suggest(portal, maya, "A shade in resin", "At least **three metres** from the wall.")
    omar.goto(f"{portal.base}/ideas/{resin}")
    press(omar, "Add your voice")
    answer(portal, rosa, cable)
    explain(portal, rosa, resin)

    told = portal.letter_to(MAYA, about="buy it as a part")
    assert "https://lumen.example/parts/cable" in told.text
    for address in (MAYA, "omar@example.org"):
        portal.letter_to(address, about="third night of frost")
    assert len([mail for mail in portal.mailbox.letters if "third night of frost" in mail.text]) == 2
    maya.goto(portal.base + "/ideas")
    expect(maya.get_by_text("The resin cracks in the third night of frost").first).to_be_visible()
    expect(maya.get_by_text("Rosa Pereira").first).to_be_visible()
    assert maya.request.get(portal.base + "/public-ledger").status == 404
    stop_mails(portal, omar)
    break_one(portal)
