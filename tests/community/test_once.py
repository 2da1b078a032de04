"""Forms that two change at once, or that come twice: nothing is lost, and nothing is made or told twice."""

import re
from datetime import timedelta

from sqlalchemy import func, select

from portal.community.models import Ask, Circle, Event, Member, Thanks
from portal.community.services import plan_event, put_ask
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from tests.factories import make_circle


def typed(page: str) -> dict[str, str]:
    """What a browser would send of the form on this page, as it came."""
    form = page[page.index('name="seen"') - 400 :]
    values = {}
    for found in re.finditer(r"<(input|textarea|select)\b([^>]*)>", form):
        name, value = re.search(r'name="(\w+)"', found[2]), re.search(r'value="([^"]*)"', found[2])
        is_off = re.search(r'type="(checkbox|file)"', found[2]) and "checked" not in found[2]
        if not name or is_off or name[1] in values:
            continue
        rest = form[found.end() :]
        if found[1] == "textarea":
            values[name[1]] = rest[: rest.index("</textarea>")].strip()
        elif found[1] == "select":
            chosen = re.search(r'<option selected[^>]*value="([^"]*)"', rest[: rest.index("</select>")])
            values[name[1]] = chosen[1] if chosen else ""
        else:
            values[name[1]] = value[1] if value else ""
    return values


def test_the_second_of_two_who_change_it_is_shown_what_stands(sign_in, maya, sam, ada, rosa):
    circle = make_circle(sam, ada, maya, about="For the hinge.")
    moment = now() + timedelta(days=2)
    ask = put_ask(question="Which shade?", opens_at=moment, closes_at=moment + timedelta(days=1), owner=sam, by=sam)
    event = plan_event(
        title="A call", starts_at=moment, ends_at=moment + timedelta(hours=1), time_zone="Europe/Berlin", host=sam,
        by=sam, place="Here",
    )  # fmt: skip
    session().commit()
    first, second = sign_in(sam), sign_in(ada)

    for path, name, kind, words in (
        (f"/asks/{ask.id}", "question", Ask, "Your question in one line</dt><dd>Which lamp?"),
        (f"/events/{event.id}", "title", Event, "What it is, in one line</dt><dd>Which lamp?"),
        (f"/circles/{circle.id}", "name", Circle, "Its name</dt><dd>Which lamp?"),
    ):
        one, other = (typed(browser.get(f"{path}/edit").text) for browser in (first, second))
        assert first.post(path, data=one | {name: "Which lamp?"}).status_code == 303, path
        refused = second.post(path, data=other | {"about": "Mine", "background": "Mine"})
        assert (refused.status_code, words in refused.text) == (409, True), path
        # Nothing else was changed, and nothing else is said to be.
        others = re.findall(r"<dt>([^<]+)</dt>", refused.text[: refused.text.index("Take over what you need")])
        assert len(others) == 2, others
        assert "Mine" in refused.text
        stands = select(getattr(kind, name)).where(kind.id == int(path.rsplit("/", 1)[1]))
        assert session().scalar(stands) == "Which lamp?"
        again = typed(refused.text)
        assert again[name] == other[name]
        assert second.post(path, data=again).status_code == 303, path
        assert session().scalar(stands) == other[name]


def test_the_poll_can_be_mended_until_the_ask_opens(sign_in, maya, sam):
    moment = now() + timedelta(days=2)
    given = {"closes_at": moment + timedelta(days=1), "owner": sam, "by": sam, "choices": ("Linnen", "Glass")}
    waiting, running = (put_ask(question="Which?", opens_at=at, **given) for at in (moment, now()))
    session().commit()
    browser = sign_in(sam)

    numbers = waiting.id, running.id
    for number, expected, shows in ((numbers[0], ["Linen", "Glass"], False), (numbers[1], ["Linnen", "Glass"], True)):
        page = browser.get(f"/asks/{number}/edit").text
        assert ("Linnen" in page) is (number == numbers[0])
        form = typed(page) | {"choices": "Linen\nGlass"}
        form.pop("shows_others", None)
        assert browser.post(f"/asks/{number}", data=form).status_code == 303
        ask = session().get_one(Ask, number)
        assert ([choice.words for choice in ask.choices], ask.shows_others) == (expected, shows)
    one = typed(browser.get(f"/asks/{numbers[0]}/edit").text) | {"choices": "Alone"}
    assert browser.post(f"/asks/{numbers[0]}", data=one).status_code == 422


def test_the_same_form_sent_twice_makes_one(sign_in, maya, sam):
    session().add(Member(user_id=maya.id, founding_number=1))
    session().commit()
    browser = sign_in(sam)
    times = {"starts_at": "2099-01-05T09:00", "ends_at": "2099-01-05T10:00", "time_zone": "Europe/Berlin"}
    opening = {"opens_at": "2026-01-05T09:00", "closes_at": "2099-01-05T09:00", "owner": sam.id, "circle": 0}
    member = session().scalars(select(Member.id)).one()
    for path, kind, form, changed in (
        ("/asks", Ask, opening | {"question": "Which?"}, "question"),
        ("/events", Event, times | {"title": "A call", "place": "Here", "host": sam.id, "circle": 0}, "title"),
        ("/circles", Circle, {"name": "Testers", "owner": 0}, "name"),
        (f"/members/{member}/thanks", Thanks, {"words": "Thank you for the hook."}, "words"),
    ):
        sent = [browser.post(path, data=form | {"form_key": "k"}) for _ in range(2)]
        assert (sent[0].status_code, sent[0].location) == (303, sent[1].location), path
        assert session().scalar(select(func.count()).select_from(kind)) == 1, path
        browser.post(path, data=form | {"form_key": "k", changed: "Another one."})
        assert session().scalar(select(func.count()).select_from(kind)) == 2, path
    thanks = select(func.count()).where(OutgoingMail.kind == "thanks")
    assert session().scalar(thanks) == 2
