"""The one door for every mention, on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text

from portal.consent.services import object_to_tracking
from portal.foundation.database import ReadOnly, begin_work, session
from portal.listening.drafts import AuthorDraft
from portal.listening.models import Match, Mention, Source
from portal.listening.services import TakenIn, add_tracker, mute_author, pause_tracker, take_in
from tests.listening.heard import NOON, make_draft, stored_authors, stored_mentions


def make_source(**given: object) -> Source:
    source = Source(connector="feeds", name="Notes", address="https://blog.example/feed", **given)
    session().add(source)
    session().flush()
    return source


def test_a_mention_is_stored_with_its_author_and_what_its_words_say(db):
    author = AuthorDraft(channel="bluesky", handle="Juno.Bakes", name="Juno", followers=12, url="https://j.example")
    draft = make_draft(author=author, text="I love this lamp! Does anyone know where to buy it?", likes=3, rating=4.5)

    taken = take_in([draft])

    assert taken == TakenIn(added=1)
    (mention,) = stored_mentions()
    assert (mention.text, mention.likes, mention.views, mention.rating) == (draft.text, 3, None, 4.5)
    assert mention.created_at == NOON
    assert mention.is_question
    assert mention.tone > 0.3
    assert mention.marks["question"]
    assert "i love" in [word for word, _weight in mention.marks["tone"]]
    assert (mention.author.handle, mention.author.handle_key) == ("Juno.Bakes", "juno.bakes")
    assert (mention.author.name, mention.author.followers, mention.author.first_seen_at) == ("Juno", 12, NOON)


def test_any_words_come_back_as_they_were_written(db):
    odd = [
        '"Quoted", she said',
        "a \\ and \\\\ and \\n",
        "{braces,NULL}",
        "NULL",
        "two\nlines\tand a tab",
        "it's 灯 💡",
    ]
    drafts = [
        make_draft(words, text=words, title=words, author=AuthorDraft(channel="bluesky", handle=words, name=words))
        for words in odd
    ]

    taken, again = take_in([make_draft("plain"), *drafts]), take_in(drafts)

    assert (taken.added, again) == (7, TakenIn(repeated=6))
    stored = {mention.external_id: mention for mention in stored_mentions()}
    assert stored.pop("plain").title is None
    assert set(stored) == set(odd)
    for words, mention in stored.items():
        assert (mention.text, mention.title, mention.author.name, mention.author.handle) == (words,) * 4


def test_the_same_mention_again_adds_nothing(db):
    take_in([make_draft("1"), make_draft("2")])

    taken = take_in([make_draft("1"), make_draft("2"), make_draft("3")])

    assert taken == TakenIn(added=1, repeated=2)
    assert [mention.external_id for mention in stored_mentions()] == ["1", "2", "3"]


def test_of_two_with_one_id_in_a_batch_the_first_counts(db):
    taken = take_in([make_draft("1", text="The first words of it"), make_draft("1", text="Others")])

    assert taken == TakenIn(added=1, repeated=1)
    assert stored_mentions()[0].text == "The first words of it"


def test_the_same_id_on_another_channel_or_host_is_another_mention(db):
    drafts = [make_draft("1"), make_draft("1", channel="x"), make_draft("1", origin_host="forum.example")]

    assert take_in(drafts).added == 3


def test_an_article_under_another_address_of_the_same_page_is_a_repeat(db):
    first = make_draft("1", kind="article", url="https://www.blog.example/lamps/?utm_source=mail&b=2&a=1#top")
    again = make_draft("2", kind="article", url="http://blog.example/lamps?a=1&b=2")
    other = make_draft("3", kind="article", url="http://blog.example/lamps?a=1&b=3")

    assert take_in([first, other]) == TakenIn(added=2)
    assert take_in([again]) == TakenIn(repeated=1)
    assert take_in([make_draft("4", kind="post", url="http://blog.example/lamps?a=1&b=2")]).added == 1


def test_two_addresses_of_one_page_in_one_batch_are_one_article(db):
    drafts = [make_draft(number, kind="article", url=f"https://blog.example/a#{number}") for number in ("1", "2")]

    assert take_in(drafts) == TakenIn(added=1, repeated=1)


def test_a_near_copy_is_stored_and_marked(db):
    take_in([make_draft("1", text="Look at this wonderful desk lamp of mine")])

    taken = take_in(
        [
            make_draft("2", text="RT @juno: LOOK at this wonderful desk lamp of mine https://t.co/1", author="omar"),
            make_draft("3", text="Something quite different, said for the first time"),
            make_draft("4", text="something quite different said for the first time", author="kay"),
            make_draft("5", text="Nice lamp"),
            make_draft("6", text="Nice lamp"),
        ]
    )

    assert taken.added == 5
    assert [mention.is_copy for mention in stored_mentions()] == [False, True, False, True, False, False]


def test_people_who_objected_to_tracking_stay_out(db):
    object_to_tracking("bluesky", "Juno")

    taken = take_in([make_draft("1", author="juno"), make_draft("2", author="omar"), make_draft("3", channel="x")])

    assert taken == TakenIn(added=2, left_out=1)
    assert [author.handle for author in stored_authors()] == ["juno", "omar"]
    assert [author.channel for author in stored_authors()] == ["x", "bluesky"]


def test_a_muted_account_adds_nothing_more(sam):
    take_in([make_draft("1")])
    mute_author(stored_authors()[0], by=sam)
    session().commit()

    assert take_in([make_draft("2"), make_draft("3", author="omar")]) == TakenIn(added=1, left_out=1)


def test_a_language_that_no_channel_told_is_read_for_trackers_that_ask_for_it(db, sam):
    tracker = add_tracker(name="Lampen", query="lampe lang:de", by=sam)
    session().flush()

    take_in(
        [
            make_draft("1", text="Die Lampe ist nicht kaputt, und sie gefällt mir", lang=None),
            make_draft("2", text="The lampe that I got is not what you would expect", lang=None),
            make_draft("3", text="Die Lampe ist nicht kaputt, sagte sie", lang="nl"),
        ]
    )

    found = session().scalars(select(Mention.external_id).join(Match, Match.mention_id == Mention.id)).all()
    assert (tracker.query, found) == ("lampe lang:de", ["1"])


def test_trackers_find_their_words(db, sam):
    lamp = add_tracker(name="Lamp", query='lamp "desk light"', by=sam)
    paused = add_tracker(name="Old", query="lamp bulb", by=sam)
    pause_tracker(paused, by=sam)
    session().flush()

    taken = take_in(
        [make_draft("1"), make_draft("2", text="A new Desk  Light, a lamp"), make_draft("3", text="A clamp")]
    )

    assert (taken.added, taken.matched) == (3, 2)
    found = session().execute(select(Match.tracker_id, Match.terms).order_by(Match.mention_id)).all()
    assert found == [(lamp.id, "lamp"), (lamp.id, 'lamp, "desk light"')]


def test_a_source_keeps_what_a_tracker_wants(db, sam):
    source = make_source(keeps_all=False)
    assert take_in([make_draft("1", text="No tracker stands yet, so all is kept")], source=source).added == 1

    add_tracker(name="Lamp", query="lamp", by=sam)
    session().flush()
    taken = take_in([make_draft("2"), make_draft("3", text="Weather talk without the word")], source=source)

    assert taken == TakenIn(added=1, left_out=1, matched=1)
    assert {mention.source_id for mention in stored_mentions()} == {source.id}
    assert len(stored_authors()) == 1


def test_a_source_that_keeps_all_keeps_all(db, sam):
    add_tracker(name="Lamp", query="lamp", by=sam)
    session().flush()

    assert take_in([make_draft("1", text="Weather talk")], source=make_source(keeps_all=True)).added == 1


def test_an_author_grows_with_each_batch_that_brings_something(db):
    def juno(**given: object) -> AuthorDraft:
        return AuthorDraft(channel="bluesky", handle="juno", **given)

    take_in([make_draft("1", author=juno(name="Juno", followers=10)), make_draft("2", author=juno(followers=9))])
    take_in([make_draft("1", author=juno(followers=999))])
    take_in([make_draft("3", author=juno(followers=12, url="https://j.example"), created_at=NOON - timedelta(days=9))])

    (author,) = stored_authors()
    assert author.revision == 2
    assert (author.name, author.followers, author.url) == ("Juno", 12, "https://j.example")
    assert author.first_seen_at == NOON - timedelta(days=9)


def test_the_newest_mention_in_a_batch_speaks_for_its_author(db):
    def at(day: int, followers: int) -> object:
        author = AuthorDraft(channel="bluesky", handle="juno", followers=followers)
        return make_draft(str(day), author=author, created_at=datetime(2026, 3, day, tzinfo=UTC))

    take_in([at(2, 20), at(3, 30), at(1, 10)])

    assert stored_authors()[0].followers == 30


def test_times_of_any_zone_come_back_in_utc(db):
    take_in([make_draft("1", created_at=datetime(2026, 3, 4, 14, 0, 0, 1, timezone(timedelta(hours=2))))])

    assert stored_mentions()[0].created_at == NOON.replace(microsecond=1)


def test_what_is_too_long_for_its_column_is_cut_or_stands_as_a_hash(db):
    odd = make_draft("9" * 400, title="t" * 900, url="https://e.example/" + "p" * 3000, parent_id="p" * 400)

    assert take_in([odd]).added == 1
    assert take_in([odd]).repeated == 1
    (mention,) = stored_mentions()
    assert (len(mention.external_id), len(mention.title), mention.url) == (64, 500, None)


def test_a_batch_takes_few_statements(db, sam, queries):
    add_tracker(name="Lamp", query="lamp", by=sam)
    session().flush()
    counts = []
    for size in (2, 3, 700):
        queries.clear()
        take_in([make_draft(f"{size}-{number}", author=f"a{size % 2 + number % 90}") for number in range(size)])
        counts.append(len(queries))

    # SQLite writes 250 rows at once, then 50, ten, one: 700 mentions, as many matches, 88 authors.
    if db == "sqlite":
        assert counts[2] <= 11 + 6 + 6 + 12
    else:
        assert counts[1] == counts[2] <= 11


def test_what_few_mentions_of_a_batch_say_stands_at_theirs_alone(db, queries):
    full = make_draft("1", title="Lamp", rating=4.5, views=7, keep_until=NOON + timedelta(days=1), parent_id="9")
    bot = make_draft("2", author=AuthorDraft(channel="bluesky", handle="beep", is_bot=True, is_unlisted=True), likes=0)

    take_in([full, bot, make_draft("3")], reader=None)

    first, second, third = stored_mentions()
    assert (first.title, first.rating, first.views, first.parent_id) == ("Lamp", 4.5, 7, "9")
    assert first.keep_until == NOON + timedelta(days=1)
    for other in (second, third):
        assert {other.title, other.rating, other.views, other.parent_id, other.keep_until, other.tone} == {None}
    assert (second.likes, third.likes, second.is_question, second.author.is_bot, third.author.is_bot) == (
        0, None, False, True, False,
    )  # fmt: skip
    assert (second.author.is_unlisted, second.author.is_brand) == (True, False)
    if db == "sqlite":
        # What none of them says is not written down, row by row, as nothing.
        (asked,) = {words.partition(" VALUES")[0] for words in queries if words.startswith("INSERT INTO mention")}
        assert [name in asked for name in ("rating", "thread_id", "shares")] == [True, False, False]


def test_a_batch_raises_the_number_of_the_pages_a_few_times(db):
    begun = _number_of_stream()
    take_in([make_draft(str(number), author=f"a{number}") for number in range(120)])

    assert 1 <= _number_of_stream() - begun <= 4


def _number_of_stream() -> int:
    return int(session().scalar(text("SELECT sum(value) FROM revision WHERE topic = 'stream'")))


def test_a_batch_is_a_thousand_at_most(db):
    with pytest.raises(ValueError, match="1000"):
        take_in([make_draft(str(number)) for number in range(1001)])


def test_a_request_that_may_only_look_stores_nothing(db):
    session().close()
    begin_work(writing=False)

    with pytest.raises(ReadOnly):
        take_in([make_draft("1")])


def test_an_empty_batch_costs_nothing(db, queries):
    assert take_in([]) == TakenIn()
    assert not queries


def test_what_stands_there_is_looked_up_by_its_key_before_anything_was_counted(db):
    """A database that has no statistics yet must not walk through a channel for each id."""
    take_in([make_draft(str(number)) for number in range(300)])
    if db == "sqlite":
        asked = "EXPLAIN QUERY PLAN SELECT 1 FROM mention WHERE channel = 'x' AND origin_host = ''"
        asked += " AND external_id = '7'"
    else:
        asked = (
            "EXPLAIN SELECT (SELECT true FROM mention m WHERE m.channel = k.channel AND m.origin_host = k.host "
            "AND m.external_id = k.key LIMIT 1) FROM unnest(CAST('{x}' AS text[]), CAST('{\"\"}' AS text[]), "
            "CAST('{7}' AS text[])) AS k(channel, host, key)"
        )

    plan = " ".join(str(row) for row in session().execute(text(asked)))

    key = "sqlite_autoindex_mention_1" if db == "sqlite" else "uq_mention_channel_origin_host_external_id"
    assert key in plan


def test_other_work_is_done_while_the_database_writes(db):
    moments = []

    taken = take_in([make_draft("1"), make_draft("2")], reader=None, meanwhile=lambda: moments.append(1))

    # On SQLite it is this process that writes.
    assert (taken.added, len(moments)) == (2, 0 if db == "sqlite" else 1)
