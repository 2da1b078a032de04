"""Where and when somebody speaks, and the way and time to reach them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.makers.scoring.habits import Best, Said, habits_of
from tests.makers.heard import make_author, make_mention, person_of, place_and_score

BERLIN = ZoneInfo("Europe/Berlin")
# A Tuesday.
TUESDAY = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)


def said(count: int, at: datetime = TUESDAY, channel: str = "mastodon", lang: str | None = "de") -> list[Said]:
    return [Said(channel, at + timedelta(days=7 * number), "post", lang) for number in range(count)]


def test_the_hours_are_those_of_the_zone_and_run_over_midnight():
    habits = habits_of([*said(3), *said(4, TUESDAY + timedelta(hours=1)), *said(2, channel="forum", lang=None)], BERLIN)

    assert (habits.total, habits.channels, habits.languages) == (9, [("mastodon", 7), ("forum", 2)], [("de", 7)])
    # 22:30 and 23:30 UTC are Tuesday 23:30 and Wednesday 0:30 in Berlin.
    assert (habits.grid["mastodon"][1][23], habits.grid["mastodon"][2][0]) == (3, 4)
    assert habits.best("mastodon") == Best(weekday=1, hour=22, count=7, of=7)
    assert habits.best("mastodon").until == 1
    assert habits.best("forum") is None


def test_nothing_and_scattered_words_say_no_hour():
    assert habits_of([], BERLIN).best() is None
    scattered = [Said("forum", TUESDAY + timedelta(hours=25 * number), "post", None) for number in range(9)]
    assert habits_of(scattered, BERLIN).best("forum") is None
    # At every hour of the week alike, the fullest window says nothing; each evening, the weekday says nothing.
    even = [Said("forum", TUESDAY + timedelta(hours=number), "post", None) for number in range(7 * 24)]
    assert habits_of([*even, *even, *even[:2]], BERLIN).best("forum") is None
    evenings = [Said("forum", TUESDAY + timedelta(days=number), "post", None) for number in range(21)]
    assert habits_of(evenings, BERLIN).best("forum").weekday is None


def test_the_pages_say_how_to_reach_someone_and_everyone(sign_in, sam):
    author = make_author("lena")
    today = now().replace(hour=18, minute=5)
    for week in range(1, 10):
        make_mention(author, created_at=today - timedelta(days=7 * week), lang="de")
    place_and_score()
    person = person_of(author)
    browser = sign_in(sam)

    page = browser.get(f"/people/{person.id}").text
    assert "by your clock" in page
    assert "9 of 9 mentions there" in page
    refused = browser.post(f"/people/{person.id}/steps", data={"zone": "Atlantis/Capital", "owner": ""})
    assert refused.status_code == 422
    browser.post(f"/people/{person.id}/steps", data={"zone": "Asia/Tokyo", "owner": ""})
    page = browser.get(f"/people/{person.id}").text
    assert "by their own clock" in page
    assert "Asia/Tokyo" in page
    everyone = browser.get("/people/hours").text
    assert "Most is said on" in everyone
    assert "From 9 mentions of everyone with a first score" in everyone
    session().rollback()
