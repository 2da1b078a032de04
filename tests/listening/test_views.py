"""The pages of listening: who sees them, what they show, what a button does."""

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Author, Health, Mention, MentionImport, Source, Tracker
from portal.listening.services import add_source, add_tracker, run_next_import, take_in
from tests.channels.feed_server import Answer, Feed, FeedServer, Item
from tests.conftest import settings_for_tests
from tests.listening.heard import NOON, make_draft, stored_mentions

HEAD = "who,when,what,where"
ROWS = [f"person{n},2026-03-04 12:0{n}:00,The lamp number {n} of the series,https://x.com/p/{n}" for n in range(3)]


@pytest.fixture
def browser(sam, sign_in):
    return sign_in(sam)


@pytest.fixture
def _own_folder(app, tmp_path):
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))


def heard(*drafts) -> None:
    take_in(list(drafts))
    session().commit()


def listen_to(url: str, sam) -> Source:
    return add_source(connector="feeds", settings={"url": url}, name="Notes", keeps_all=True, by=sam)


def only(model):
    session().expire_all()
    return session().scalars(select(model)).one()


@pytest.mark.parametrize(
    "path", ["/mentions", "/mentions/days", "/trackers", "/trackers/new", "/sources", "/imports", "/imports/new"]
)
def test_only_managers_see_what_is_heard(client, rosa, sign_in, browser, path):
    assert client.get(path).status_code == 303
    assert browser.get(path).status_code == 200
    assert sign_in(rosa).get(path).status_code == 403


def test_the_stream_shows_words_with_what_was_read_in_them(browser, sam):
    add_tracker(name="The brand", query="lamp", by=sam)
    heard(make_draft("1", text="I love this lamp! Does anyone know who makes it?", likes=3, url="https://x.com/1"))

    page = browser.get("/mentions").text

    assert "I love this lamp!" in page
    assert "question" in page
    assert "love +" in page
    assert "The brand" in page
    assert "3 likes" in page
    assert 'rel="noopener noreferrer nofollow"' in page


@pytest.mark.both_databases
def test_the_stream_pages_by_key_without_gaps(browser):
    heard(*[make_draft(str(n), created_at=NOON - timedelta(minutes=n // 3)) for n in range(120)])

    seen, path = [], "/mentions"
    while path:
        page = browser.get(path).text
        seen += [part.split(" ")[0] for part in page.split("is number ")[1:]]
        older = page.split('rel="next" href="')
        path = older[1].split('"')[0].replace("&amp;", "&") if len(older) > 1 else None

    assert sorted(seen, key=int) == [str(n) for n in range(120)]
    assert len(seen) == 120


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("channel=x", {"2"}),
        ("kind=review", {"3"}),
        ("words=GREEN shade", {"3"}),
        ("words=100%", {"4"}),
        ("words=_", set()),
        ("tracker=999", set()),
        ("tracker=999999999999", {"1", "2", "3", "4"}),
        ("older=nonsense", {"1", "2", "3", "4"}),
    ],
)
@pytest.mark.both_databases
def test_the_stream_can_be_narrowed(browser, query, found):
    heard(
        make_draft("1", text="number 1 plain"),
        make_draft("2", channel="x", text="number 2 plain"),
        make_draft("3", kind="review", text="number 3 with a green shade"),
        make_draft("4", text="number 4 is 100% wool"),
    )

    page = browser.get(f"/mentions?{query}").text

    assert {n for n in "1234" if f"number {n} " in page} == found


def test_the_stream_costs_few_queries_however_long(browser, sam, queries):
    add_tracker(name="The brand", query="lamp", by=sam)
    heard(*[make_draft(str(n), author=f"a{n}") for n in range(60)])
    queries.clear()

    browser.get("/mentions")

    assert len(queries) <= 8


def test_muting_can_be_undone_at_once(browser):
    heard(make_draft("1"))
    author = only(Author)

    answer = browser.post(f"/authors/{author.id}/mutes", follow_redirects=True)
    assert "Undo" in answer.text
    assert "is number 1" not in answer.text
    assert "is number 1" in browser.get("/mentions?muted=yes").text

    answer = browser.post(f"/authors/{author.id}/unmutes", follow_redirects=True)
    assert "is number 1" in answer.text


def test_muting_stays_where_in_the_stream_it_was_pressed(browser):
    heard(make_draft("1", text="A lamp #giveaway"))
    author_id, mention_id = only(Author).id, only(Mention).id
    there = {"Referer": "http://localhost/mentions?says=question&lang=en&undo=9"}

    page = browser.get("/mentions").text
    account = browser.post(f"/authors/{author_id}/mutes", headers=there)
    words = browser.post(f"/mentions/{mention_id}/word-mutes", data={"words": "#giveaway"}, headers=there)

    assert "Mute account" in page
    assert "Mute #giveaway" in page
    assert account.location == f"/mentions?says=question&lang=en&undo={author_id}"
    assert words.location.startswith("/mentions?says=question&lang=en&unmute=")


def test_every_key_of_the_stream_does_one_thing_and_what_it_did_is_undone_by_one(browser):
    heard(make_draft("1", text="A lamp"))

    page = browser.get("/mentions").text
    keys = re.findall(r'data-key="(.)"', page)
    muted = browser.post(f"/authors/{only(Author).id}/mutes", follow_redirects=True).text

    assert sorted(keys) == sorted({*"/p123qscnm"})
    assert re.search(r'data-key="u"[^>]*>Undo', muted)


def test_strange_words_stay_words(browser):
    heard(make_draft("1", text="<script>alert(1)</script> & more", title="<b>bold</b>"))

    page = browser.get("/mentions").text

    assert "<script>alert" not in page
    assert "<b>bold" not in page


@pytest.fixture
def server(app):
    config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True))
    with FeedServer() as running:
        yield running


def test_a_feed_is_checked_and_then_added(browser, server):
    url = server.serve("/feed", Feed(Item("g1", "A first post", "Words", "https://blog.example/1", NOON)))

    checked = browser.post("/source-checks", data={"channel": "feeds", "source-set_url": url})
    assert checked.status_code == 200
    assert "Workbench notes" in checked.text
    assert "A first post" in checked.text
    assert not session().scalars(select(Source)).all()

    data = {"channel": "feeds", "source-set_url": url}
    added = browser.post("/sources", data=data | {"source-keeps_all": "y"}, follow_redirects=True)
    assert "Workbench notes" in added.text
    source = only(Source)
    assert (source.address, source.keeps_all) == (url, True)
    again = browser.post("/sources", data={"channel": "feeds", "source-set_url": url})
    assert again.status_code == 422
    assert "already" in again.text


def test_what_is_no_feed_is_not_added(browser, server):
    url = server.serve("/feed", Answer(404))

    answer = browser.post("/sources", data={"channel": "feeds", "source-set_url": url})

    assert answer.status_code == 422
    assert "404" in answer.text
    assert not session().scalars(select(Source)).all()


def test_a_source_shows_its_health_and_its_silence(browser, sam):
    source = add_source(
        connector="feeds", settings={"url": "https://b.example/f"}, name="Notes", keeps_all=True, by=sam
    )
    source.health, source.failures, source.last_error = Health.FAILING, 3, "The server answers with status 500."
    source.last_good_at, source.created_at = now() - timedelta(hours=5), now() - timedelta(days=1)
    session().commit()

    page = browser.get("/sources").text

    assert "3 failures" in page
    assert "status 500" in page
    assert "brought nothing for more than three" in page


@pytest.mark.parametrize(
    ("noun", "health"), [("pauses", Health.PAUSED), ("fetches", Health.NEW), ("resumptions", Health.NEW)]
)
def test_a_source_is_paused_fetched_and_resumed_by_a_button(browser, sam, noun, health):
    source = add_source(
        connector="feeds", settings={"url": "https://b.example/f"}, name="Notes", keeps_all=True, by=sam
    )
    session().commit()

    assert browser.post(f"/sources/{source.id}/{noun}").status_code == 303

    assert only(Source).health is health


def test_a_removed_source_is_gone(browser, sam):
    source = add_source(
        connector="feeds", settings={"url": "https://b.example/f"}, name="Notes", keeps_all=True, by=sam
    )
    session().commit()

    browser.post(f"/sources/{source.id}/removals")

    assert not session().scalars(select(Source)).all()


def test_a_tracker_is_added_paused_and_resumed(browser):
    answer = browser.post("/trackers", data={"query": 'lamp "desk light"', "kind": "brand"}, follow_redirects=True)
    assert "desk light" in answer.text
    tracker = only(Tracker)
    browser.post(f"/trackers/{tracker.id}/pauses")
    assert only(Tracker).paused_at is not None
    browser.post(f"/trackers/{tracker.id}/resumptions")
    assert only(Tracker).paused_at is None


def test_an_unreadable_query_is_pointed_at(browser):
    answer = browser.post("/trackers", data={"query": 'lamp  "desk'})

    assert answer.status_code == 422
    assert "\n     ^" in answer.text
    assert not session().scalars(select(Tracker)).all()


def upload(browser, lines, name="export.csv"):
    # Written out by hand: the test client would keep a large body in a file that it never closes.
    content = "\n".join([HEAD, *lines, ""])
    disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv'
    body = f"--edge\r\n{disposition}\r\n\r\n{content}\r\n--edge--\r\n".encode()
    return browser.post("/imports", data=body, content_type="multipart/form-data; boundary=edge")


def chosen(**more):
    maps = {"author_handle": "who", "created_at": "when", "text": "what", "url": "where"}
    return {**{f"map_{ours}": theirs for ours, theirs in maps.items()}, "set_channel": "x", "zone": "UTC", **more}


@pytest.mark.usefixtures("_own_folder")
def test_a_file_is_uploaded_looked_at_started_and_read(browser):
    answer = upload(browser, [*ROWS, ",2026-03-04 12:00:00,Nobody,"])
    row = only(MentionImport)
    assert answer.headers["Location"].endswith(f"/imports/{row.id}")
    assert "As the file has them" in browser.get(f"/imports/{row.id}").text

    looked = browser.post(f"/imports/{row.id}/previews", data=chosen())
    assert "The lamp number 2" in looked.text
    assert "Line 5 would be rejected" in looked.text
    assert not stored_mentions()

    started = browser.post(f"/imports/{row.id}/starts", data=chosen(), follow_redirects=True)
    assert "waits for its turn" in started.text
    assert "hx-get" in started.text
    run_next_import()
    session().commit()

    done = browser.get(f"/imports/{row.id}").text
    assert "hx-get" not in done
    assert "Download the rejected rows" in done
    assert len(stored_mentions()) == 3
    assert "export.csv" in browser.get("/imports").text


@pytest.mark.usefixtures("_own_folder")
def test_rejected_rows_are_a_download_for_managers_only(browser, sign_in, rosa):
    upload(browser, [",2026-03-04 12:00:00,=SUM(A1),"])
    row = only(MentionImport)
    assert browser.get(f"/imports/{row.id}/rejected-rows").status_code == 404
    browser.post(f"/imports/{row.id}/starts", data=chosen())
    run_next_import()
    session().commit()

    answer = browser.get(f"/imports/{row.id}/rejected-rows")

    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "'=SUM" in answer.text
    answer.close()
    assert sign_in(rosa).get(f"/imports/{row.id}/rejected-rows").status_code == 404


@pytest.mark.usefixtures("_own_folder")
def test_a_file_without_a_zone_is_asked_for_one(browser):
    upload(browser, ROWS)
    row = only(MentionImport)

    answer = browser.post(f"/imports/{row.id}/starts", data=chosen(zone=""))

    assert answer.status_code == 422
    assert "time zone" in answer.text


@pytest.mark.usefixtures("_own_folder")
def test_letters_that_cannot_be_told_are_asked_for(browser):
    words = "Автор;Дата;Текст\n" + "иван;2026-03-04 12:00;Очень хорошая лампа\n" * 2
    browser.post("/imports", data={"file": (io.BytesIO(words.encode("cp1251")), "почта.csv")})
    row = only(MentionImport)
    page = browser.get(f"/imports/{row.id}").text
    assert "почта.csv is not written in UTF-8" in page
    assert "How its letters are written" in page
    # As the form stands where no column could be named yet.
    blank = {"map_text": "", "set_channel": "", "zone": "UTC", "encoding": "cp1251"}

    looked = browser.post(f"/imports/{row.id}/previews", data=blank)

    assert "is not written in" not in looked.text
    assert "Очень хорошая лампа" in looked.text
    assert '<option selected value="Текст">' in looked.text
    assert '<option selected value="cp1251">' in looked.text
    maps = {"map_author_handle": "Автор", "map_created_at": "Дата", "map_text": "Текст"}
    browser.post(f"/imports/{row.id}/starts", data={**blank, **maps, "set_channel": "blog"})
    run_next_import()
    session().commit()
    assert [mention.text for mention in stored_mentions()] == ["Очень хорошая лампа"]


@pytest.mark.usefixtures("_own_folder")
def test_a_file_that_was_read_before_leads_to_what_it_brought(browser):
    upload(browser, ROWS)
    first = only(MentionImport)
    browser.post(f"/imports/{first.id}/starts", data=chosen())
    upload(browser, ROWS, name="again.csv")
    second = session().scalars(select(MentionImport).order_by(MentionImport.id.desc())).first()

    answer = browser.post(f"/imports/{second.id}/starts", data=chosen())

    assert answer.status_code == 422
    assert f'href="/imports/{first.id}"' in answer.text


@pytest.mark.usefixtures("_own_folder")
def test_an_upload_needs_a_file_with_something_in_it(browser):
    assert browser.post("/imports", data={}).status_code == 422
    answer = browser.post("/imports", data={"file": (io.BytesIO(b""), "empty.csv")})
    assert answer.status_code == 422
    assert "empty.csv is empty" in answer.text


@pytest.mark.usefixtures("_own_folder")
def test_large_files_are_let_in_for_managers_and_for_nobody_else(browser, sign_in, rosa):
    lines = [f"person{n},2026-03-04 12:00:00,{'many words ' * 30},https://x.com/p/{n}" for n in range(4000)]

    assert upload(browser, lines).status_code == 303
    assert upload(sign_in(rosa), lines).status_code in {403, 413}
