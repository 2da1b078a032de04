"""Members as others find them: what they make, what changed, thanks by name, and years."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.community.models import Member, Thanks
from portal.community.queries import anniversaries, count_members, directory, links_of, members, years_here
from portal.community.services import BadAddress, NoWords, TooMany, introduce, show_thanks, thank
from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.queries import names_to_offer
from portal.ledger.services import respond, start_action, suggest, vote
from tests.factories import make_circle


def member(user, number=1, **given) -> Member:
    found = Member(user=user, founding_number=number, **{"trusted_at": now(), **given})
    session().add(found)
    session().commit()
    return found


def done(title, *, by, staff, circle=None):
    idea = suggest(title=title, body="", by=by, circle=circle)
    seen = {"stage": ActionStage.DONE, "words": "It is in the shop.", "proof_url": "https://shop.example.com/"}
    action = start_action(title=f"Sell it: {title}", owner=staff, by=staff, **seen)
    respond(idea, kind=ResponseKind.ACTION, message="We did it.", by=staff, action=action)
    session().commit()
    return idea


def test_what_they_make_is_kept_in_their_order_and_no_script_gets_in(maya):
    mine = member(maya)
    kept = {"name": maya.name, "time_zone": None}

    introduce(maya, links=["https://www.example.com/shades/ My linen   shades", "", "http://films.example.com"], **kept)

    assert [(link.url, link.words) for link in links_of(mine)] == [
        ("https://www.example.com/shades/", "My linen shades"),
        ("http://films.example.com", "films.example.com"),
    ]
    for line in ("javascript:alert(1)", "https://a.example@b.example/ x", "//example.com", "https://localhost/"):
        with pytest.raises(BadAddress):
            introduce(maya, links=[line], **kept)
    with pytest.raises(TooMany):
        introduce(maya, links=[f"https://example.com/{number}" for number in range(7)], **kept)
    assert len(links_of(mine)) == 2
    introduce(maya, **kept)
    assert links_of(mine) == []


def test_whoever_hides_is_found_by_the_staff_and_by_nobody_else(sign_in, maya, omar, rosa):
    hidden, other = member(maya, about="SECRET about"), member(omar, 2)
    idea = suggest(title="Theirs", body="", by=omar)
    vote(idea, maya)
    circle = make_circle(maya, omar, rosa)
    assert names_to_offer("may", omar) == ["Maya Lindqvist"]
    browsers = {person.name: sign_in(person) for person in (maya, omar, rosa)}
    page = {"name": maya.name, "time_zone": "", "about": "SECRET about"}
    assert browsers[maya.name].post("/profile", data=page).status_code == 303
    hidden = session().get_one(Member, hidden.id)

    assert not hidden.is_listed
    assert [len(members(reader)) for reader in (maya, omar, rosa)] == [2, 1, 2]
    assert [count_members(reader) for reader in (maya, omar, rosa)] == [2, 1, 2]
    assert {seat.user.name for seat in directory(circle, omar)} == {omar.name, rosa.name}
    assert names_to_offer("may", omar) == names_to_offer("may", omar, circle_id=circle.id) == []
    assert browsers[omar.name].get(f"/members/{hidden.id}").status_code == 404
    for door in ("/members", f"/circles/{circle.id}", f"/members/{other.id}", f"/ideas/{idea.id}"):
        assert "Maya" not in browsers[omar.name].get(door).get_data(as_text=True), door
    assert "and 1 more" in browsers[omar.name].get(f"/ideas/{idea.id}").get_data(as_text=True)
    assert "Maya Lindqvist" in browsers[rosa.name].get(f"/ideas/{idea.id}").get_data(as_text=True)
    for name in (maya.name, rosa.name):
        assert "SECRET about" in browsers[name].get(f"/members/{hidden.id}").get_data(as_text=True)


def test_a_page_shows_what_changed_as_far_as_its_reader_sees(sign_in, maya, omar, rosa, queries):
    mine = member(maya)
    circle = make_circle(maya, rosa)
    done("A taller lamp", by=maya, staff=rosa)
    done("SECRET hinge", by=maya, staff=rosa, circle=circle)
    vote(done("A dimmer", by=omar, staff=rosa), maya)
    suggest(title="Not yet done", body="", by=maya)
    session().commit()
    path = f"/members/{mine.id}"
    browsers = {person.name: sign_in(person) for person in (maya, omar, rosa)}

    own, others, staff = (browsers[person.name].get(path).get_data(as_text=True) for person in (maya, omar, rosa))

    for page, seen in ((own, "A taller lamp"), (own, "SECRET hinge"), (own, "A dimmer"), (staff, "A dimmer")):
        assert seen in page
    assert "Sell it: A taller lamp" in others
    for page, unseen in ((others, "SECRET"), (others, "A dimmer"), (own, "Not yet done")):
        assert unseen not in page
    queries.clear()
    browsers[maya.name].get(path)
    assert len(queries) <= 8


def test_thanks_go_by_mail_and_show_to_others_only_if_their_reader_wants(sign_in, maya, omar, rosa):
    mine = member(maya)
    path = f"/members/{mine.id}"
    staff, own, other = sign_in(rosa), sign_in(maya), sign_in(omar)
    with pytest.raises(NoWords):
        thank(mine, words=" ", by=rosa)

    assert staff.post(f"{path}/thanks", data={"words": "Your <hinge> held & held."}).status_code == 303
    assert other.post(f"{path}/thanks", data={"words": "No."}).status_code == 404

    mail = session().scalars(select(OutgoingMail).filter_by(kind="thanks")).one()
    assert (mail.subject, mail.from_name) == ("Rosa Pereira thanks you", "Rosa Pereira at Lumen Lamps")
    assert "Your <hinge> held & held." in mail.text
    assert "Your &lt;hinge&gt; held &amp; held." in mail.html
    thanks = session().scalars(select(Thanks)).one()
    assert "held" in own.get(path).get_data(as_text=True)
    assert "held" not in other.get(path).get_data(as_text=True)
    assert other.post(f"/thanks/{thanks.id}/showings", data={"is_shown": "1"}).status_code == 404
    own.post(f"/thanks/{thanks.id}/showings", data={"is_shown": "1"})
    assert "held" in other.get(path).get_data(as_text=True)
    show_thanks(session().merge(thanks), is_shown=False, by=maya)
    session().commit()
    assert "held" not in other.get(path).get_data(as_text=True)


def test_years_are_kept_for_a_week_by_the_member_and_the_staff(sign_in, maya, omar, rosa):
    start = datetime(2024, 2, 29, 9, tzinfo=UTC)
    old, _new = member(maya, joined_at=start), member(omar, 2, joined_at=now())
    days = {28: 0, 29: 2, 34: 2, 36: 0}

    for day, years in days.items():
        with pretend(datetime(2026, 2, 1, 10, tzinfo=UTC) + timedelta(days=day - 1)):
            assert years_here(old) == years, day
            assert [(one.member.user_id, one.years) for one in anniversaries()] == [(maya.id, years)][: bool(years)]
    # The day begins at its midnight, in the company's zone, whatever the hour in which somebody came.
    joined = start.replace(month=3, day=1, hour=22).astimezone(config.current().zone)
    old.joined_at = joined
    midnight = joined.replace(year=2026, hour=0)
    for moment, years in ((midnight - timedelta(minutes=1), 0), (midnight, 2), (midnight + timedelta(days=7), 0)):
        with pretend(moment):
            assert years_here(old) == years, moment
    old.joined_at = start
    with pretend(datetime(2028, 2, 28, 10, tzinfo=UTC)):
        assert years_here(old) == 0
    with pretend(datetime(2028, 2, 29, 10, tzinfo=UTC)):
        assert years_here(old) == 4
    session().commit()
    with pretend(datetime(2026, 3, 3, 10, tzinfo=UTC)):
        assert "2 years ago this week" in sign_in(maya).get("/home").get_data(as_text=True)
        assert "2 years ago this week" in sign_in(rosa).get("/desk").get_data(as_text=True)
        assert "years ago this week" not in sign_in(omar).get("/home").get_data(as_text=True)


def test_managers_say_on_a_members_page_whose_words_wait(sign_in, maya, omar, rosa, sam, queries):
    mine = member(maya, trusted_at=None)
    page, path = f"/members/{mine.id}", f"/members/{mine.id}/trusts"
    manager = sign_in(sam)
    queries.clear()
    assert "is looked at first as far as the rule says" in manager.get(page).text
    assert len(queries) <= 8
    for other in (maya, rosa):
        assert "is looked at first" not in sign_in(other).get(page).text
        assert sign_in(other).post(path, data={"is_trusted": "1"}).status_code == 404

    assert manager.post(path, data={"is_trusted": "1"}).status_code == 303
    assert "nothing they write waits for a look" in manager.get(page).text
    assert suggest(title="At once", body="", by=maya).is_shown
    assert manager.post(path, data={"is_trusted": "0"}).status_code == 303
    assert suggest(title="Not at once", body="", by=maya).held_because == "new"
