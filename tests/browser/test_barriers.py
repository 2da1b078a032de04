"""No page keeps anybody out: axe in both themes, room to hit, text of twice the size, and the keyboard alone."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.community.models import Member, MemberLink
from portal.community.services import give_seat, make_circle
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import database, session, transaction
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.services import add_tag, respond, start_action, suggest
from tests.browser.conftest import Portal, Town
from tests.conftest import settings_for_tests

pytestmark = pytest.mark.browser

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbaugenossen"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
# What can be pressed and is less than 24 dots high or wide; a link keeps its room within a line too.
SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
  .filter((one) => one.checkVisibility() && !one.matches(".skip-link, .visually-hidden"))
  .filter((one) => { const at = one.getBoundingClientRect(); return at.width && Math.min(at.width, at.height) < 23.9; })
  .map((one) => one.outerHTML.slice(0, 120))"""
OVER = """() => { const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth && [...document.querySelectorAll("main *")]
    .filter((one) => one.getBoundingClientRect().right > clientWidth)
    .map((one) => one.outerHTML.slice(0, 90)).slice(0, 4); }"""


@pytest.fixture(scope="module")
def furnished(town: Town) -> Iterator[list[str]]:
    """The pages that both kinds of people read, on a portal where all has long words in it."""
    config.use(settings_for_tests(BASE_URL=town.portal.base))
    database.bind(town.portal.engine)
    with transaction():
        sam, rosa, maya = (
            session().scalars(select(User).where(User.email == f"{name}@example.org")).one()
            for name in ("sam", "rosa", "maya")
        )
        member = Member(user=maya, founding_number=900, trusted_at=now())
        session().add(member)
        session().flush()
        session().add(MemberLink(member_id=member.id, place=1, url=f"https://example.org/{WORD}", label=WORD))
        circle = make_circle(name=f"For the {WORD}", owner=rosa, by=sam)
        give_seat(circle, maya, by=sam)
        inside = suggest(title=f"{WORD} in a circle", body=WORD * 3, circle=circle, by=maya)
        waiting = suggest(title="مصباح صغير للقراءة ليلاً", body="مرحباً، أريد مصباحاً.", by=maya)
        add_tag(waiting, "Thread", by=sam)
        done = start_action(
            title=WORD, owner=rosa, stage=ActionStage.DONE, by=rosa, proof_url=f"https://example.org/{WORD}",
            words=WORD, happened_on=date(2026, 1, 2),
        )  # fmt: skip
        respond(inside, kind=ResponseKind.ACTION, message=f"{WORD} is there.", by=rosa, action=done)
        session().flush()
        pages = [
            f"/ideas/{inside.id}", f"/ideas/{waiting.id}", f"/actions/{done.id}", f"/members/{member.id}",
            f"/circles/{circle.id}", "/home", "/ideas", "/ideas/new", "/asks", "/events", "/circles", "/members",
            "/actions", "/figures", "/chain", "/search?q=circle", "/profile", "/preferences", "/decisions", "/reports",
        ]  # fmt: skip
        number = member.id
    yield pages
    # Others walk through the same town, where nobody trusts her yet.
    database.bind(town.portal.engine)
    with transaction():
        session().execute(delete(MemberLink).where(MemberLink.member_id == number))
        session().execute(delete(Member).where(Member.id == number))


STAFF = (
    "/home /desk /answering /answer-drafts /reasons /asks/new /events/new /circles/new /figures /chain /outbox "
    "/review /review/decisions /review/rules /people-here"
)


def each(town: Town, furnished: list[str]) -> list[tuple[Page, str]]:
    return [(town.maya, path) for path in furnished] + [(town.sam, path) for path in furnished[:2] + STAFF.split()]


def look(town: Town, furnished: list[str], seen: Callable[[Page], object]) -> dict[str, object]:
    """What is seen on each page that should not be there, with all of it unfolded."""
    found: dict[str, object] = {}
    for page, path in each(town, furnished):
        answer = page.goto(town.portal.base + path)
        assert answer is not None
        assert answer.status == 200, path
        page.evaluate(OPEN_ALL)
        if wrong := seen(page):
            found[path] = wrong
    return found


def barriers(page: Page) -> list[object]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found] + page.evaluate(SMALL)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_barrier(town: Town, furnished: list[str], scheme: str) -> None:
    for page in (town.maya, town.sam):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    try:
        assert look(town, furnished, barriers) == {}
    finally:
        for page in (town.maya, town.sam):
            page.emulate_media(color_scheme="light")


def test_text_of_twice_the_size_needs_no_way_sideways(town: Town, furnished: list[str]) -> None:
    wide = town.sam.viewport_size
    assert wide is not None
    devtools = {page: page.context.new_cdp_session(page) for page in (town.maya, town.sam)}
    town.sam.set_viewport_size({"width": 390, "height": 900})
    for session_of in devtools.values():
        session_of.send("Page.enable")
        session_of.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    try:
        assert look(town, furnished, lambda page: page.evaluate(OVER)) == {}
        town.sam.goto(town.portal.base + "/home")
        ways = town.sam.locator(".site-nav ul").first
        expect(ways).to_have_attribute("data-more-right", "")
        assert "linear-gradient" in ways.evaluate("(one) => getComputedStyle(one).maskImage")
        ways.get_by_role("link").last.focus()
        expect(town.sam.locator(".site-nav ul[data-more-left]:not([data-more-right])").first).to_be_visible()
        assert town.maya.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    finally:
        for session_of in devtools.values():
            session_of.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
            session_of.detach()
        town.sam.set_viewport_size(wide)


def test_words_from_right_to_left_run_so(town: Town, furnished: list[str]) -> None:
    town.maya.goto(town.portal.base + furnished[1])

    for which in ("h1", ".record .prose p"):
        words = town.maya.locator(which).first
        # The first letter stands farther right than the last.
        assert words.evaluate(
            """(one) => { const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode();
              const at = (place) => { const range = document.createRange(); range.setStart(text, place);
                range.setEnd(text, place + 1); return range.getBoundingClientRect().left; };
              return at(0) > at(text.length - 1); }"""
        ), which


def test_what_is_chosen_is_drawn_with_colours_of_the_reader_too(town: Town, furnished: list[str]) -> None:
    sam = town.sam
    sam.emulate_media(forced_colors="active")
    try:
        sam.goto(town.portal.base + furnished[1])
        sam.get_by_role("radio", name="Explain").check()
        lines = "(one) => getComputedStyle(one).borderTopWidth"
        assert sam.locator(".kind input:checked + label").evaluate(lines) == "3px"
        assert sam.locator(".kind input:not(:checked) + label").first.evaluate(lines) == "1px"
    finally:
        sam.emulate_media(forced_colors="none")


def test_the_paper_holds_what_was_said_and_no_field(town: Town, furnished: list[str]) -> None:
    sam = town.sam
    sam.emulate_media(media="print")
    try:
        sam.goto(town.portal.base + furnished[0])
        expect(sam.get_by_text("is there.").first).to_be_visible()
        expect(sam.locator("main :is(textarea, input, select, button):visible")).to_have_count(0)
    finally:
        sam.emulate_media(media="screen")


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Go on by Tab alone until what is called so has the focus; each step is in view and drawn."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """async () => { await new Promise(requestAnimationFrame);
              await Promise.all(document.getAnimations().map((one) => one.finished));
              const one = document.activeElement, drawn = one.matches(".kind input") ? one.nextElementSibling : one;
              const at = one.getBoundingClientRect();
              return [(one.labels?.[0] ?? one).textContent.trim(), getComputedStyle(drawn).outlineStyle,
                at.bottom > 0 && at.top < innerHeight]; }"""
        )
        assert at[1:] == ["solid", True], at
        if at[0].startswith(name):
            return
    raise AssertionError(f"no way to {name!r}")


def test_the_keyboard_alone_suggests_speaks_answers_and_sorts(town: Town) -> None:
    portal, maya, sam = town.portal, town.maya, town.sam
    words = "A loop to hang the lamp by"
    maya.goto(portal.base + "/ideas/new")
    # A browser may give the first field its focus a moment after the page is there.
    expect(maya.locator("[autofocus]")).to_be_focused()
    maya.keyboard.type(words)
    tab_to(maya, "Send the suggestion")
    with maya.expect_navigation():
        maya.keyboard.press("Enter")
    here = maya.url.split("?")[0].split("#")[0]
    omar = town.omar
    omar.goto(here)
    tab_to(omar, "Add your voice")
    with omar.expect_navigation():
        omar.keyboard.press("Enter")
    tab_to(omar, "Your comment")
    omar.keyboard.type("On my balcony too. @may")
    expect(omar.get_by_role("listbox", name="Your comment")).to_be_visible()
    assert barriers(omar) == []
    omar.keyboard.press("Enter")
    tab_to(omar, "Add the comment")
    with omar.expect_navigation():
        omar.keyboard.press("Enter")
    expect(omar.get_by_text("On my balcony too.")).to_be_visible()

    sam.goto(here)
    tab_to(sam, "Acknowledge")
    sam.keyboard.press("Space")
    tab_to(sam, "Your words")
    sam.keyboard.type("I try one today.")
    tab_to(sam, "Preview")
    sam.keyboard.press("Enter")
    # What was pressed is drawn anew, and whoever pressed it goes on there.
    expect(sam.locator(".answer .preview")).to_contain_text("I try one today.")
    expect(sam.locator(".answer").get_by_role("button", name="Preview")).to_be_focused()
    sort_by_keyboard(portal, sam, words)


def sort_by_keyboard(portal: Portal, sam: Page, words: str) -> None:
    sam.goto(portal.base + "/desk")
    row = sam.locator(".desk-row", has_text=words)
    row.locator("summary").focus()
    sam.keyboard.press("Enter")
    sam.keyboard.press("Tab")
    sam.keyboard.type(" ")
    sam.keyboard.press("Enter")
    expect(row.get_by_role("alert")).to_have_text("Write a word to sort it by.")
    expect(row.get_by_label("Tag", exact=True)).to_be_focused()
    sam.keyboard.type("Hanging")
    sam.keyboard.press("Enter")
    expect(row.get_by_role("link", name="Hanging")).to_be_visible()
    expect(row.locator("summary")).to_be_focused()
