"""Authors hear who answers from now on, and everyone behind a late suggestion by when and why; each once."""

from datetime import datetime, timedelta

from portal.accounts.models import Role, User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Idea
from portal.ledger.services import give_new_date, hand_over, pass_on, vote
from portal.updates import jobs
from portal.updates.models import Level
from portal.updates.queries import may_send
from portal.updates.services import follow
from portal.updates.tokens import ideas_named, read_token
from tests.factories import here, make_circle, make_idea, make_user
from tests.outbox import mails
from tests.updates.stories import explanation


def tell() -> None:
    for _time in range(2):
        jobs.tell_what_was_said()


def late_idea(maya: User, rosa: User) -> Idea:
    long_ago = now() - timedelta(days=40)
    due = {"acknowledge_by": long_ago + timedelta(days=1), "decide_by": long_ago + timedelta(days=14)}
    return make_idea(proposed_by=maya, owner=rosa, created_at=long_ago, **due)


def test_an_author_hears_who_answers_now_and_nobody_else_does(maya: User, omar: User, rosa: User, sam: User) -> None:
    idea, quiet, answered = (make_idea(proposed_by=maya, owner=rosa) for _place in range(3))
    vote(idea, omar)
    follow(quiet, level=Level.NOTHING, by=maya)
    ines = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)
    for one in (idea, quiet, answered):
        hand_over(one, to=sam, word="You know resin.", by=rosa)
    hand_over(idea, to=ines, word="You know it better.", by=sam)
    explanation(answered, sam)

    tell()

    (mail,) = mails("owner_changed")
    assert (mail.recipient, mail.subject) == (maya.email, "Ines Moreau answers now: A warmer lamp")
    for body in (mail.text, mail.html):
        assert "From now on Ines Moreau answers “A warmer lamp”." in body
        assert "The promise stays as it is: by" in body
        assert f"/ideas/{idea.id}" in body
        assert "You know" not in body
    assert read_token((mail.unsubscribe_url or "").rpartition("/")[2]) == (maya.id, idea.id, "")


def test_everyone_behind_a_late_suggestion_hears_its_new_date_and_why(maya: User, omar: User, rosa: User) -> None:
    idea, settled = late_idea(maya, rosa), late_idea(omar, rosa)
    vote(idea, omar)
    for days, one in ((2, idea), (4, idea), (2, settled)):
        give_new_date(one, until=now() + timedelta(days=days), words=f"The mould broke, {days}.", by=rosa)
    explanation(settled, rosa)

    tell()

    # What was said last counts; what is answered meanwhile needs no date.
    assert [mail.recipient for mail in mails("new_date")] == [maya.email, omar.email]
    for body in (mails("new_date")[0].text, mails("new_date")[0].html):
        assert "and it has not come" in body
        assert "Rosa Pereira now says: by" in body
        assert "The mould broke, 4." in body


def test_a_mail_about_a_circle_says_neither_title_nor_reason(maya: User, rosa: User) -> None:
    idea = late_idea(maya, rosa)
    idea.title, idea.circle = "SECRET shade", make_circle(maya, rosa)
    give_new_date(idea, until=now() + timedelta(days=2), words="SECRET mould.", by=rosa)
    session().commit()

    tell()

    (mail,) = mails("new_date")
    assert not any("SECRET" in part for part in (mail.subject, mail.text, mail.html))
    assert "circle of yours" in mail.text


def test_an_author_of_several_that_were_passed_on_hears_it_in_one_mail(
    maya: User, omar: User, rosa: User, sam: User, ada: User
) -> None:
    circle = make_circle(maya, rosa, sam)
    late = late_idea(maya, rosa)
    late.title = "A quieter dimmer"
    ideas = [make_idea(proposed_by=maya, owner=rosa), late, make_idea(proposed_by=maya, owner=rosa, circle=circle)]
    ideas[2].title = "SECRET shade"
    other = make_idea(proposed_by=omar, owner=rosa)
    rosa.suspended_at = now()
    session().commit()
    assert pass_on() == 4
    session().commit()

    tell()

    told = {mail.recipient: mail for mail in mails("owner_changed")}
    assert len(mails("owner_changed")) == len(told) == 2
    together = told[maya.email]
    assert "3 suggestions of yours now" in together.subject
    for body in (together.text, together.html):
        assert "From now on somebody else answers 3 suggestions of yours." in body
        assert ("A warmer lamp" in body, "A quieter dimmer" in body, "SECRET" in body) == (True, True, False)
        assert "is late, and stays on the record as late" in body
        assert "1 of them stands in a circle" in body
    assert sorted(ideas_named(together.unsubscribe_url or "")) == sorted(idea.id for idea in ideas)
    assert told[omar.email].subject.endswith(f"answers now: {other.title}")
    # Whoever stops them before it leaves is left in peace, and so is whoever is not to see one of them.
    assert may_send(together)
    for idea in ideas[1:]:
        follow(idea, level=Level.NOTHING, by=maya)
    assert may_send(together)
    follow(ideas[0], level=Level.NOTHING, by=maya)
    assert not may_send(together)


def test_a_new_date_that_is_a_day_is_told_as_a_day(maya: User, rosa: User) -> None:
    berlin = config.current().zone
    for until, said in (
        (datetime(2091, 12, 9, 23, 59, tzinfo=berlin), "now says: by 9 December 2091."),
        (datetime(2091, 12, 9, 12, 0, tzinfo=berlin), "now says: by Sunday 9 December 2091, 12:00"),
    ):
        give_new_date(late_idea(here(maya), here(rosa)), until=until, words="The mould broke.", by=here(rosa))
        session().commit()
        tell()
        assert said in mails("new_date")[-1].text
        assert said in mails("new_date")[-1].html
