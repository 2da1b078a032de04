"""Pictures of mentions: fetched by the one door, drawn anew small, shown from our files, gone with the words."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select, update

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.storage import read_file
from portal.listening.drafts import MediaDraft
from portal.listening.models import Mention, MentionMedia
from portal.listening.services import (
    blank_expired,
    claim_pictures,
    fetch_picture,
    keep_picture,
    remove_dropped,
    take_in,
)
from portal.listening.services.keeping import change_known
from portal.listening.services.pictures import NotAtAll, NotNow
from portal.makers.models import Person
from portal.makers.queries.profiles import FIRST_SCORE, pictures_worth_fetching
from portal.makers.services import place_mentions
from tests.channels.feed_server import Answer, FeedServer
from tests.conftest import settings_for_tests
from tests.listening.heard import make_draft
from tests.pictures import photo

SECRET = b"taken at home"


def large(width: int = 900, height: int = 600) -> bytes:
    """One with something in it that must not be kept."""
    return photo(size=(width, height), comment=SECRET)


@pytest.fixture
def server(db):
    config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True))
    with FeedServer() as running:
        running.scripts["/good.jpg"] = Answer(headers={"Content-Type": "image/jpeg"}, body=large())
        yield running


def heard(
    *media: MediaDraft, number: str = "1", channel: str = "mastodon", score: float = FIRST_SCORE, **given
) -> None:
    """A mention with media, by someone with this score."""
    take_in([make_draft(number, channel=channel, author=f"maker{number}", media=media, **given)])
    place_mentions(100)
    session().execute(update(Person).values(score=score))
    session().flush()


def fetch_all() -> int:
    kept = 0
    for wanted in claim_pictures(pictures_worth_fetching()):
        kept += keep_picture(wanted, fetch_picture(wanted.url))
    session().flush()
    return kept


def media() -> list[MentionMedia]:
    return list(session().scalars(select(MentionMedia).order_by(MentionMedia.mention_id, MentionMedia.place)))


def test_a_picture_is_drawn_anew_shown_to_managers_and_gone_with_its_words(server, sign_in, sam, maya):
    film = MediaDraft(
        kind="video", url=server.url("/film.mp4"), thumb_url=server.url("/good.jpg"), alt="A folding lamp"
    )
    heard(film, MediaDraft(kind="audio", url=server.url("/song.mp3")), keep_until=now() + timedelta(hours=1))

    assert fetch_all() == 1
    [kept] = media()
    content = read_file(kept.key)
    assert (kept.kind, kept.alt, kept.width, kept.height, kept.due_at) == ("video", "A folding lamp", 480, 320, None)
    assert Image.open(BytesIO(content)).format == "WEBP"
    assert SECRET not in content
    assert fetch_all() == 0
    assert len(server.asked) == 1

    session().commit()
    person = session().scalars(select(Person)).one()
    page = sign_in(sam).get(f"/people/{person.id}").text
    assert f'src="/media/{kept.id}"' in page
    assert server.url("") not in page
    shown = sign_in(sam).get(f"/media/{kept.id}")
    assert (shown.status_code, shown.mimetype, shown.data) == (200, "image/webp", content)
    assert sign_in(maya).get(f"/media/{kept.id}").status_code in {403, 404}

    session().execute(update(Mention).values(keep_until=now() - timedelta(seconds=1)))
    session().commit()
    assert sign_in(sam).get(f"/media/{kept.id}").status_code == 404
    blank_expired()
    session().commit()
    assert f"/media/{kept.id}" not in sign_in(sam).get(f"/people/{person.id}").text
    key = kept.key
    assert remove_dropped() == 1
    assert (read_file(key), media(), remove_dropped()) == (None, [], 0)


def test_only_people_with_a_first_score_and_channels_that_allow_it_are_asked_for(server):
    picture = MediaDraft(kind="image", url=server.url("/good.jpg"))
    heard(picture, number="1", score=FIRST_SCORE - 1)
    heard(picture, number="2", channel="yelp")

    assert [one.mention.external_id for one in media()] == ["1"]
    session().execute(update(Person).values(score=FIRST_SCORE - 1))
    assert fetch_all() == 0
    assert server.asked == []


def test_nothing_that_a_server_sends_breaks_anything(server, sign_in, sam):
    server.scripts |= {
        "/gone": Answer(404),
        "/busy": Answer(503),
        "/words": Answer(headers={"Content-Type": "image/png"}, body=b"<svg onload=alert(1)>"),
        "/half": Answer(body=large()[:900]),
        "/huge": Answer(body=b"x" * (5 << 20)),
        "/dots": Answer(body=large(9000, 3000)),
        "/pixel": Answer(body=large(1, 1)),
        "/on": Answer(302, {"Location": "http://169.254.169.254/latest"}),
    }
    outcomes = {path: fetch_picture(server.url(path)) for path in server.scripts if path != "/good.jpg"}

    assert {path: type(found) for path, found in outcomes.items()} == {
        "/gone": NotAtAll, "/busy": NotNow, "/words": NotAtAll, "/half": NotAtAll, "/huge": NotNow, "/dots": NotAtAll,
        "/pixel": NotAtAll, "/on": NotAtAll,
    }  # fmt: skip
    for address in ("http://10.0.0.1/a.png", "http://[::ffff:127.0.0.1]/a.png", "file:///etc/passwd", "x"):
        config.use(settings_for_tests())
        assert isinstance(fetch_picture(address), NotAtAll)

    config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True))
    heard(MediaDraft(kind="image", url=server.url("/busy")), MediaDraft(kind="image", url=server.url("/gone")))
    assert fetch_all() == 0
    assert fetch_all() == 0
    assert [(one.tries, one.due_at is not None) for one in media()] == [(1, True), (1, False)]
    for _again in range(4):
        session().execute(update(MentionMedia).where(MentionMedia.due_at.isnot(None)).values(due_at=now()))
        fetch_all()
    assert media()[0].due_at is None
    assert sum(asked.path == "/busy" for asked in server.asked) == 4
    session().commit()
    page = sign_in(sam).get(f"/people/{session().scalars(select(Person.id)).one()}")
    assert page.status_code == 200
    assert "thumbnail" not in page.text


def test_a_mention_that_shows_another_picture_by_now_is_fetched_again(server):
    server.scripts["/other.jpg"] = Answer(headers={"Content-Type": "image/jpeg"}, body=large(600, 600))
    picture = MediaDraft(kind="image", url=server.url("/good.jpg?signed=1"))
    heard(picture)
    assert fetch_all() == 1
    key = media()[0].key

    def tell(*shown: MediaDraft) -> list[tuple[int, bool, bool]]:
        change_known([make_draft("1", channel="mastodon", author="maker1", media=shown)])
        session().flush()
        return [(one.place, one.dropped_at is None, one.key is not None) for one in media()]

    assert tell(MediaDraft(kind="image", url=server.url("/good.jpg?signed=2"))) == [(0, True, True)]
    other = MediaDraft(kind="image", url=server.url("/other.jpg"))
    assert tell(other) == [(0, False, True), (1, True, False)]
    assert fetch_all() == 1
    assert remove_dropped() == 1
    assert (read_file(key), [(one.place, one.height) for one in media()]) == (None, [(1, 480)])
    assert tell() == [(1, False, True)]
    assert tell(other, picture) == [(1, False, True), (2, True, False), (3, True, False)]
