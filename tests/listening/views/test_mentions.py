"""The stream: each filter, the plot of days, and a look that is never longer than a stretch."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from portal.foundation.clock import pretend
from portal.foundation.database import session
from portal.listening import queries as reads
from portal.listening.jobs import sort_in_mentions
from portal.listening.models import Match, Mention
from portal.listening.queries import StreamFilter, heard_days, mention_stream
from portal.listening.services import add_tracker, mute_author, sort_in, take_in, unmute_author
from tests.listening.heard import NOON, make_draft, stored_authors, stored_mentions

pytestmark = pytest.mark.both_databases

TEXTS = {
    "1": "I love this wonderful lamp, it is great",
    "2": "I hate this terrible lamp, it is awful",
    "3": "Does anyone know where to buy this lamp?",
    "4": "You should add a dimmer, please add one",
    "5": "I built a shade and wrote a tutorial",
}


@pytest.fixture
def heard(db):
    take_in([make_draft(number, text=text, author=f"a{number}") for number, text in TEXTS.items()])
    take_in([make_draft("6", text="Das ist eine Lampe aus Holz und Glas", lang="de", channel="x", kind="comment")])
    session().commit()


def ids(**wanted) -> set[str]:
    return {mention.external_id for mention in mention_stream(StreamFilter(**wanted)).mentions}


def test_each_filter_keeps_its_own(heard):
    assert ids() == {"1", "2", "3", "4", "5", "6"}
    assert "1" in ids(tone="positive")
    assert "2" in ids(tone="negative")
    assert ids(tone="positive").isdisjoint(ids(tone="negative"))
    assert "3" in ids(says="question")
    assert "4" in ids(says="suggestion")
    assert "5" in ids(says="creation")
    assert ids(lang="de") == ids(channel="x") == ids(kind="comment") == {"6"}
    assert ids(words="dimmer add") == {"4"}
    assert ids(author_id=stored_authors()[0].id) == {"1"}


def test_the_index_gives_what_the_rows_say_for_every_choice(heard, sam, monkeypatch):
    tracker = add_tracker(name="Dimmer", query="lamp none:terrible", by=sam)
    take_in([make_draft("7", text="A lamp with dimmers: ランプが好き", created_at=NOON - timedelta(days=400))])
    choices = [
        {"tone": "positive"}, {"tone": "neutral"}, {"tone": "negative"}, {"says": "question"}, {"says": "creation"},
        {"lang": "de"}, {"channel": "x", "kind": "comment"}, {"words": "dimmer"}, {"words": "LAMPS"},
        {"words": "ランプ"}, {"words": "add dimmer"}, {"words": "lamp", "tone": "negative"}, {"channel": "nowhere"},
        {"tracker_id": tracker.id}, {"tracker_id": tracker.id, "words": "好き"}, {"muted": True},
        {"author_id": stored_authors()[0].id, "kind": "post"}, {"words": "zebra"},
    ]  # fmt: skip
    waiting = [ids(**choice) for choice in choices]
    assert sort_in() == 7
    assert sort_in() == 0
    monkeypatch.setattr(reads.places, "WALK", 2)
    monkeypatch.setattr(reads.places, "MONTHS", 2)

    assert [ids(**choice) for choice in choices] == waiting
    assert waiting[7] == {"4", "7"}
    assert waiting[9] == waiting[13] == waiting[14] == {"7"}
    assert waiting[8] == {"1", "2", "3", "6", "7"}
    assert waiting[12] == waiting[15] == waiting[17] == set()


def test_a_change_is_seen_at_once_and_sorted_in_afterwards(heard, sam):
    sort_in()
    tracker = add_tracker(name="Glass", query="glas", by=sam)
    first, second, third = stored_mentions()[:3]
    first.text, second.gone_at, third.is_question = "A word about zebras", NOON, False
    session().add(Match(mention_id=third.id, tracker_id=tracker.id, terms="glas"))
    mute_author(stored_authors()[3], by=sam)
    session().flush()
    choices = [
        {"words": "zebra"}, {"words": "terrible"}, {"says": "question"}, {"tracker_id": tracker.id},
        {"words": "dimmer"}, {"muted": True},
    ]  # fmt: skip
    seen = [ids(**choice) for choice in choices]

    assert seen == [{"1"}, set(), set(), {"3"}, set(), {"4"}]
    assert sort_in() == 4
    assert [ids(**choice) for choice in choices] == seen
    session().delete(session().get_one(Match, (third.id, tracker.id)))
    unmute_author(stored_authors()[3], by=sam)
    session().flush()
    assert ids(tracker_id=tracker.id) == ids(muted=True) == set()
    assert sort_in() == 2
    assert ids(words="dimmer") == {"4"}


def test_a_choice_is_paged_through_while_new_ones_wait(heard, monkeypatch):
    monkeypatch.setattr(reads.stream, "PAGE", 2)
    take_in([make_draft(f"o{n}", created_at=NOON - timedelta(days=40 * n), text=f"old {n} zebra") for n in range(5)])
    sort_in()
    take_in([make_draft(f"n{n}", created_at=NOON - timedelta(days=40 * n + 1), text=f"a zebra {n}") for n in range(4)])
    monkeypatch.setattr(reads.places, "WALK", 2)
    monkeypatch.setattr(reads.places, "MONTHS", 3)
    seen, place = [], None
    while not seen or place:
        page = mention_stream(StreamFilter(words="zebra"), older_than=place)
        seen += [mention.external_id for mention in page.mentions]
        place = page.older_than

    assert seen == ["o0", "n0", "o1", "n1", "o2", "n2", "o3", "n3", "o4"]
    assert back_from(page, words="zebra") == [["o3", "n3"], ["o2", "n2"], ["o1", "n1"], ["o0", "n0"]]
    take_in([make_draft("o9", created_at=NOON - timedelta(days=100), text="late zebra")])
    assert back_from(page, words="zebra") == [["o3", "n3"], ["n2", "o9"], ["n1", "o2"], ["n0", "o1"], ["o0", "n0"]]


def back_from(page, **wanted) -> list[list[str]]:
    """The pages on the way back to the newest one."""
    pages = []
    while page.newer_than:
        page = mention_stream(StreamFilter(**wanted), newer_than=page.newer_than)
        pages.append([mention.external_id for mention in page.mentions])
    return pages


def test_a_page_says_when_much_is_still_being_sorted(heard, monkeypatch, sign_in, sam):
    monkeypatch.setattr(reads.stream, "WAITING", 3)
    browser = sign_in(sam)

    assert "still being sorted" in browser.get("/mentions?lang=en").text
    assert "still being sorted" not in browser.get("/mentions").text
    assert sort_in_mentions() == 6
    assert "still being sorted" not in browser.get("/mentions?lang=en").text


def test_pages_of_any_size_show_each_mention_once(heard, monkeypatch):
    monkeypatch.setattr(reads.stream, "PAGE", 2)
    monkeypatch.setattr(reads.stream, "STRETCH", 3)
    seen, place = [], None
    while True:
        page = mention_stream(StreamFilter(), older_than=place)
        seen += [mention.id for mention in page.mentions]
        place = page.older_than
        if place is None:
            break

    assert back_from(page) == [["4", "3"], ["6", "5"]]
    assert seen == list(session().scalars(select(Mention.id).order_by(Mention.created_at.desc(), Mention.id.desc())))


def test_days_are_counted_in_the_readers_zone(db):
    at = datetime(2026, 3, 4, 22, 50, tzinfo=UTC)
    take_in([make_draft("1", created_at=at), make_draft("2", created_at=at + timedelta(minutes=20), text="Another")])

    with pretend(datetime(2026, 3, 6, 12, 0, tzinfo=UTC)):
        berlin, utc = (heard_days(StreamFilter(), ZoneInfo(zone)) for zone in ("Europe/Berlin", "UTC"))
        waiting = heard_days(StreamFilter(lang="en"), ZoneInfo("Europe/Berlin"))
        sort_in()
        sorted_in = heard_days(StreamFilter(lang="en"), ZoneInfo("Europe/Berlin"))

    assert berlin.counts[-4:] == [0, 1, 1, 0]
    assert berlin == waiting == sorted_in
    assert utc.counts[-4:] == [0, 2, 0, 0]
    assert len(utc.counts) == 30


def test_too_many_to_count_are_counted_back_to_a_whole_day(db, monkeypatch):
    monkeypatch.setattr(reads.days, "MOST", 4)
    take_in([make_draft(str(n), created_at=NOON - timedelta(days=n // 2), text=f"mention {n}") for n in range(10)])

    with pretend(NOON + timedelta(hours=1)):
        days = heard_days(StreamFilter(), ZoneInfo("UTC"))

        sort_in()
        chosen = heard_days(StreamFilter(channel="bluesky"), ZoneInfo("UTC"))

    assert days.counts == chosen.counts == [2]


def test_the_stream_costs_at_most_eight_queries(heard, sign_in, sam, queries):
    browser = sign_in(sam)
    for query in ("", "?says=question&tone=positive&lang=en&words=lamp", "?author=1&channel=bluesky"):
        queries.clear()
        assert browser.get(f"/mentions{query}").status_code == 200
        assert len(queries) <= 8, query
    queries.clear()
    assert "<svg" in browser.get("/mentions/days").text
    assert len(queries) <= 8


def test_the_name_beside_a_mention_leads_to_its_person(heard, sign_in, sam):
    author = stored_authors()[0]
    page = sign_in(sam).get("/mentions").text

    assert f'href="/authors/{author.id}"' in page


def link_of(page, pattern) -> str | None:
    found = re.search(rf'<a[^>]*{pattern}[^>]*href="([^"]+)"', page)
    return unescape(found[1]) if found else None


def test_words_under_a_licence_name_it(db, sign_in, sam):
    take_in([make_draft("q1", channel="stackexchange", origin_host="diy"), make_draft("2")])
    session().commit()

    page = sign_in(sam).get("/mentions").text
    assert page.count("Stack Exchange, CC BY-SA · <bdi>diy</bdi>") == page.count("CC BY-SA") == 1


def test_links_keep_the_choice_and_nothing_else_of_the_address(heard, sign_in, sam, monkeypatch):
    monkeypatch.setattr(reads.stream, "PAGE", 2)
    browser = sign_in(sam)
    first = browser.get("/mentions?kind=post&_external=1&_scheme=javascript&endpoint=x&_anchor=y").text
    second = browser.get(link_of(first, 'rel="next"')).text
    newest = browser.get(link_of(second, 'rel="prev"')).text
    muted = browser.get("/mentions?muted=yes&kind=post").text

    assert "javascript:" not in first
    assert second.count("stream-item") == 2
    assert re.findall(r'id="mute-(\d+)"', newest) == re.findall(r'id="mute-(\d+)"', first) != []
    assert link_of(newest, 'rel="prev"') is None
    assert 'href="/mentions?kind=post"' in second
    assert 'href="/mentions?kind=post&amp;muted=yes"' in second
    assert '<input type="hidden" name="muted" value="yes">' in muted


def test_the_lists_to_choose_from_wait_behind_what_is_chosen(heard, sign_in, sam):
    """Folded on a narrow page; a wide one shows them by its style alone, so nothing depends on a script."""
    client = sign_in(sam)
    page = client.get("/mentions").text
    fold = re.search(r'<details class="disclosure fold">.*?</details>', page, re.DOTALL)
    assert fold
    assert re.findall(r'<select[^>]* name="(\w+)"', fold[0]) == ["channel", "kind", "tracker", "says", "tone", "lang"]
    assert re.sub(r"<[^>]+>", "", fold[0].partition("</summary>")[0]) == "Filters"
    assert "Show everything" not in page

    page = client.get("/mentions?channel=x&tone=positive&lang=de").text
    summary = re.search(r'fold-chosen">(.*?)</span>', page)
    assert summary
    assert summary[1] == "X · positive · German"
    assert "Show everything" in page
