"""Whoever nobody judged is forgotten after thirty days; whoever comes back is known again."""

from datetime import timedelta

from sqlalchemy import select, update

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.connectors.contract import Deletion
from portal.listening.models import Author, Mention
from portal.listening.services import take_in
from portal.listening.services.keeping import note_deletion
from portal.makers.models import Opinion, Person, Score
from portal.makers.services import judge, keep_notes, place_mentions, recognise_returned, shrink_people
from tests.conftest import settings_for_tests
from tests.listening.heard import make_draft
from tests.makers.heard import make_author, make_mention, make_person, person_of, place_and_score

LONG_AGO = now() - timedelta(days=31)


def age(*people: Person) -> None:
    """As if all of it had been heard over a month ago."""
    session().execute(update(Mention).values(first_seen_at=LONG_AGO))
    session().execute(update(Person).values(created_at=LONG_AGO))
    session().commit()


def shrink() -> int:
    count = 0
    while found := shrink_people():
        count += found
    session().commit()
    session().expire_all()
    return count


def test_words_names_and_points_go_and_counts_and_links_stay(sign_in, sam):
    author = make_author("lena", name="Lena Lamp", url="https://lena.example/", bio="Builds lamps", followers=40)
    for number in range(3):
        make_mention(author, days=40 + number, url=f"https://forum.example/{number}", title="My shade", likes=4)
    place_and_score()
    person = person_of(author)
    page = sign_in(sam).get(f"/people/{person.id}").text
    assert "Held until" in page
    assert shrink() == 0

    age(person)
    assert shrink() == 4

    said = session().scalars(select(Mention)).all()
    assert {(one.text, one.title, one.kind, one.likes, one.url is None) for one in said} == {
        ("", None, "post", 4, False)
    }
    account = session().scalars(select(Author)).one()
    assert (account.name, account.url, account.bio, account.followers, account.external_id) == (None,) * 5
    person = session().get_one(Person, person.id)
    assert "lena" not in (account.handle + account.handle_key + person.name).lower()
    assert (
        person.score,
        [(row.contributions, row.best, row.mentions) for row in session().scalars(select(Score))],
    ) == (
        0.0,
        [([], [], 3)],
    )
    assert place_and_score() == 0
    page = sign_in(sam).get(f"/people/{person.id}")
    assert page.status_code == 200
    assert "Nothing but counts and links is left" in page.text
    assert shrink() == 0


def test_words_that_went_leave_their_points_and_the_page_says_until_when_the_name_is_held(sign_in, sam):
    author = make_author("lena", name="Lena Lamp")
    for days, text in enumerate(("A shade of mine", "x" * 60, "x" * 200)):
        make_mention(author, days=40 + days, text=text)
    place_and_score()
    number = person_of(author).id
    weighed = [line[8] for line in session().scalars(select(Score)).one().contributions]
    session().execute(update(Mention).values(first_seen_at=LONG_AGO))
    session().commit()

    assert shrink() == 3
    assert place_and_score() == 1

    session().expire_all()
    assert [line[8] for line in session().scalars(select(Score)).one().contributions] == weighed
    assert len(set(weighed)) == 3
    page = sign_in(sam).get(f"/people/{number}").text
    assert "The words are not held any more." in page
    assert "Held until" in page


def test_a_verdict_a_note_or_the_setting_keeps_everything(sam):
    judged, noted, plain = (make_person(name) for name in ("judged", "noted", "plain"))
    judge(judged, Opinion.LATER, "", sam)
    keep_notes(noted, "Met at the fair.", by=sam)
    age(judged, noted, plain)

    config.use(settings_for_tests(FORGET_DAYS=0))
    assert shrink() == 0
    config.use(settings_for_tests())
    assert shrink() == 2
    assert [person.name for person in (judged, noted)] == ["Judged", "Noted"]
    assert (plain.shrunk_at is not None, judged.shrunk_at, noted.shrunk_at) == (True, None, None)


def test_only_what_was_held_long_enough_goes_while_someone_is_still_heard(db):
    person = make_person("lena", mentions=2)
    age(person)
    author = session().scalars(select(Author)).one()
    make_mention(author, days=1)

    assert shrink() == 2
    assert [bool(one.text) for one in session().scalars(select(Mention).order_by(Mention.id))] == [False, False, True]
    assert (person.name, person.shrunk_at) == ("Lena", None)


def test_whoever_is_heard_again_is_the_same_person(db):
    take_in([make_draft("1", author="lena")])
    place_mentions()
    session().commit()
    age()
    shrink()
    person = session().scalars(select(Person)).one()
    assert person.shrunk_at is not None

    take_in([make_draft("2", author="Lena"), make_draft("3", author="other")])
    assert recognise_returned() == 1
    place_mentions()
    session().commit()
    session().expire_all()

    account = session().scalars(select(Author).where(Author.handle_key == "lena")).one()
    assert (person.name, person.shrunk_at) == ("Lena", None)
    assert len(session().scalars(select(Mention).where(Mention.author_id == account.id)).all()) == 2
    assert person_of(account) is person
    assert len(session().scalars(select(Person)).all()) == 2
    assert recognise_returned() == 0


def test_where_a_channel_allows_no_trace_the_name_goes_with_the_last_word(db):
    take_in([make_draft("1", channel=channel, author="lena") for channel in ("reddit", "bluesky")])
    place_mentions(10)
    assert shrink() == 0

    for channel in ("reddit", "bluesky"):
        note_deletion(Deletion(channel=channel, external_id="1"))

    assert shrink() == 1
    handles = {author.channel: author.handle for author in session().scalars(select(Author))}
    assert (handles["bluesky"], handles["reddit"][0]) == ("lena", "#")
    assert "lena" not in {person.name for person in session().scalars(select(Person)) if person.shrunk_at}
