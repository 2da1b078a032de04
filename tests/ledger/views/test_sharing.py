"""What is drawn for several readers shows nobody more than they may see, and nothing old."""

import re
from datetime import timedelta
from gettext import NullTranslations

import pytest
from flask import session as cookie
from flask import url_for
from flask_login import login_user
from markupsafe import Markup
from sqlalchemy import update

from portal.accounts.models import Role, Session
from portal.community.models import CircleMember
from portal.foundation import config, text
from portal.foundation.access import (
    NotForSharing,
    csrf_token,
    drawn,
    drawn_page,
    fresh_key,
    reader_of_page,
    visitor,
)
from portal.foundation.clock import now, pretend
from portal.foundation.database import begin_work, session
from portal.foundation.database.revisions import store
from portal.frame import address
from portal.ledger.models import Idea, ResponseKind
from portal.ledger.services import comment, respond, vote
from portal.ledger.visibility import TOPIC
from portal.topics import topics_of_tables
from tests.factories import make_circle, make_idea, make_user

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("one_moment")]

# What a request asks for beside the parts that it shows.
OF_THE_READER = {"session", "user", "revision"}


@pytest.fixture(autouse=True)
def _nothing_kept():
    store.clear()


@pytest.fixture
def circled(maya, sam):
    """A suggestion of a circle that Maya is inside of."""
    circle = make_circle(maya)
    return make_idea(title="Brass for the circle alone", proposed_by=maya, circle_id=circle.id, owner=sam)


def test_readers_who_see_the_same_are_shown_the_same_drawing(db, maya, omar, sign_in, queries):
    make_idea(title="A cord that reaches", proposed_by=maya)
    session().commit()
    first, second = sign_in(maya), sign_in(omar)
    first.get("/ideas")
    second.get("/ideas")
    queries.clear()

    page = second.get("/ideas").text

    assert "A cord that reaches" in page
    assert len(queries) == 1


def test_readers_who_see_differently_never_share_a_drawing(db, maya, omar, sam, rosa, sign_in, circled):
    session().commit()
    pages = {user.name: sign_in(user).get("/ideas").text for user in (maya, omar, rosa)}
    again = {user.name: sign_in(user).get("/ideas").text for user in (rosa, omar, maya)}

    shown = {name for name, page in [*pages.items(), *again.items()] if "Brass for the circle alone" in page}

    assert shown == {maya.name}


def test_whoever_leaves_a_circle_sees_nothing_of_it_from_then_on(db, maya, omar, sign_in, circled):
    session().commit()
    browser = sign_in(maya)
    assert "Brass for the circle alone" in browser.get("/ideas").text
    begin_work(writing=True)
    session().execute(update(CircleMember).where(CircleMember.user_id == maya.id).values(left_at=now()))
    session().commit()

    assert "Brass for the circle alone" not in browser.get("/ideas").text


def test_each_reader_is_given_their_own_token(app, db):
    @drawn(TOPIC)
    def form(_word):
        return Markup('<input value="{}">').format(csrf_token())

    tokens = []
    for key in ("one", "two"):
        with app.test_request_context("/"):
            cookie["csrf_token"] = key
            tokens.append(re.search('value="(.+)"', form("x")).group(1))
            assert tokens[-1] == csrf_token()

    assert tokens[0] != tokens[1]


def test_a_shared_part_may_not_ask_who_reads_it(app, db, omar):
    @drawn(TOPIC)
    def greeting():
        return visitor()

    @drawn_page(TOPIC)
    def page():
        return reader_of_page().name

    with app.test_request_context("/"):
        login_user(omar)
        with pytest.raises(NotForSharing):
            greeting()
        with pytest.raises(NotForSharing, match="name"):
            page()


def test_what_is_drawn_for_many_keeps_to_all_that_its_words_depend_on(app, db, omar):
    """The address, the minute, the settings, and the language and the zone of the reader."""
    drawings = []

    @drawn_page(TOPIC)
    def page(word):
        drawings.append(word)
        return f"{word} {url_for('ledger.list_ideas')} {fresh_key()}"

    def ask(**around):
        with app.test_request_context("/ideas", **around):
            begin_work(writing=False)
            login_user(omar)
            return page("x").decode().split()

    first, again = ask(), ask()
    elsewhere = ask(base_url="http://localhost/elsewhere")
    with pretend(now() + timedelta(minutes=1)):
        ask()
    settings = config.current()
    config.use(settings.model_copy(update={"COMPANY_NAME": "Another"}))
    ask()
    config.use(settings)
    spoken = text._language.set(NullTranslations())
    ask()
    text._language.reset(spoken)
    omar.time_zone = "Asia/Tokyo"
    ask()

    assert drawings == ["x"] * 6
    assert first[:2] == again[:2] == ["x", "/ideas"]
    assert elsewhere[1] == "/elsewhere/ideas"
    assert first[2] != again[2], "each form has a key of its own"


def test_a_page_that_several_share_greets_each_by_their_own_name(db, maya, omar, sam, rosa, sign_in, queries):
    """The frame, the links to what is theirs and the tokens are each reader's own; the rest is drawn once."""
    make_idea(title="A cord that reaches", proposed_by=maya, owner=rosa)
    session().commit()
    browsers = {user: sign_in(user) for user in (maya, omar, rosa, sam)}
    for browser in browsers.values():
        browser.get("/ideas")
    queries.clear()
    pages = {user: browser.get("/ideas").text for user, browser in browsers.items()}

    tokens = set()
    for user, page in pages.items():
        others = {other.name for other in browsers} - {user.name, maya.name, rosa.name}
        assert f'data-me="{user.id}"' in page
        assert f'<span class="user-menu-name">{user.name}</span>' in page
        assert not [name for name in others if name in page]
        assert (f"owner={user.id}" in page) is user.is_staff
        assert (">Makers</a>" in page) is user.is_manager
        assert not re.search(r"\bown-[a-z_]+-", page)
        tokens |= set(re.findall('name="csrf_token" value="([^"]+)"', page))
    assert len(tokens) == len(pages)
    assert len(queries) == len(pages)


def test_the_page_of_a_suggestion_is_shared_but_for_what_is_each_readers_own(
    db, maya, omar, sam, rosa, sign_in, queries
):
    lin, noor, ivo = (make_user(f"{name.lower()}@example.org", name) for name in ("Lin", "Noor", "Ivo"))
    idea = make_idea(title="A cord that reaches", proposed_by=maya, owner=rosa)
    said = comment(idea, body="Mine is too short as well.", by=omar)
    vote(idea, lin)
    session().commit()
    browsers = {user: sign_in(user) for user in (maya, omar, lin, noor, ivo, rosa, sam)}
    path, own_words = f"/ideas/{idea.id}", f"/comments/{said.id}/wordings/new"
    for user in (maya, omar, lin, noor, rosa, sam):
        browsers[user].get(path)
    queries.clear()
    browsers[ivo].get(path)
    first = len(queries)
    pages = {user: browser.get(path).text for user, browser in browsers.items()}

    keys = {
        re.search('name="comment-form_key" type="hidden" value="([^"]+)"', page).group(1) for page in pages.values()
    }

    def shown_to(words):
        return {user for user, page in pages.items() if words in page}

    assert first == 2, "whoever they are, and what they have to do with it; the rest was drawn for Noor"
    assert len(queries) == first + len(pages)
    assert len(keys) == len(pages)
    assert shown_to(">Add your voice") == {omar, noor, ivo}
    assert shown_to(">Take your voice back") == {lin}
    assert shown_to(own_words) == {omar}
    assert shown_to(f"{path}/wordings/new") == {maya}
    assert shown_to(">Your answer<") == {rosa, sam}
    assert shown_to(">Take it out") == {sam}
    assert shown_to(">Report it") == {omar, lin, noor, ivo, rosa}


def test_who_may_see_a_page_that_is_kept_is_decided_each_time(db, maya, omar, sam, sign_in, circled):
    make_circle(omar, name="Others")
    session().commit()
    path, theirs = f"/ideas/{circled.id}", {user: sign_in(user) for user in (maya, omar, sam)}

    def answers():
        return [theirs[user].get(path).status_code for user in (maya, omar, sam)]

    before = answers(), answers()
    begin_work(writing=True)
    session().execute(update(CircleMember).where(CircleMember.user_id == maya.id).values(left_at=now()))
    session().commit()
    outside = answers()
    begin_work(writing=True)
    session().execute(update(Idea).values(circle_id=None))
    session().commit()
    open_to_all = answers(), answers()
    begin_work(writing=True)
    session().execute(update(Idea).values(removed_at=now(), moderated_at=now()))
    session().commit()
    removed = answers()
    begin_work(writing=True)
    session().execute(update(Session).values(ended_at=now()))
    session().commit()

    assert before == ([200, 404, 404],) * 2
    assert outside == [404, 404, 404]
    assert open_to_all == ([200, 200, 200],) * 2
    assert removed == [200, 404, 200]
    assert answers() == [303, 303, 303]


def test_a_message_is_shown_once_and_to_one_reader(db, maya, omar, sign_in):
    idea = make_idea(title="A cord that reaches", proposed_by=maya)
    session().commit()
    mine, theirs = sign_in(omar), sign_in(maya)
    mine.get("/ideas")
    mine.post(f"/ideas/{idea.id}/votes")

    pages = [browser.get("/ideas").text for browser in (theirs, mine, mine)]

    assert ["Your voice counts" in page for page in pages] == [False, True, False]


def test_every_table_behind_the_ledger_tells_of_its_changes(db, maya, sign_in, queries):
    idea = make_idea(title="A cord that reaches", proposed_by=maya)
    session().commit()
    browser = sign_in(make_user("extra@example.com", "Extra", Role.MANAGER))
    queries.clear()
    for path in ("/ideas", "/ideas?mine=1", "/ideas?standing=heard", f"/ideas/{idea.id}"):
        browser.get(path)

    read = {name for words in queries for name in re.findall(r'(?:FROM|JOIN) "?([a-z_]+)', words)}

    watched = {name for name, belongs in topics_of_tables().items() if TOPIC in belongs}
    known = set(topics_of_tables())
    assert "idea" in read
    assert (read & known) - OF_THE_READER <= watched


def test_a_vote_draws_the_rows_anew_and_counts_no_figure_again(db, maya, omar, rosa, sign_in, queries):
    idea = make_idea(title="A cord that reaches", proposed_by=maya, owner=rosa)
    session().commit()
    browser = sign_in(omar)
    browser.get("/ideas")

    assert browser.post(f"/ideas/{idea.id}/votes").status_code == 303
    queries.clear()
    page = browser.get("/ideas").text

    assert "2 voices" in page
    assert not any("GROUP BY idea.standing" in statement for statement in queries)
    answered = session().get_one(Idea, idea.id)
    respond(answered, kind=ResponseKind.EXPLANATION, message="The cord would be a snare.", by=session().merge(rosa))
    session().commit()
    assert "Answered 1 of 1" in browser.get("/ideas").text


def test_an_address_that_was_worked_out_once_is_that_of_every_row(client) -> None:
    app = client.application
    for root in ("", "/heard"):
        with app.test_request_context(environ_base={"SCRIPT_NAME": root}):
            for values in ({"idea_id": 3}, {"idea_id": 12_345, "page": 2}, {"idea_id": 4, "_anchor": "answer"}):
                assert address("ledger.show_idea", **values) == url_for("ledger.show_idea", **values)
            assert address("ledger.list_ideas", tag=7, owner=8) == url_for("ledger.list_ideas", tag=7, owner=8)
            assert address("ledger.list_ideas", standing="heard") == url_for("ledger.list_ideas", standing="heard")
