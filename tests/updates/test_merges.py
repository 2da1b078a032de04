"""Everyone behind a suggestion that was joined with another hears of it once."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.services import comment, merge_ideas, split_idea, suggest, take_back_vote, vote
from portal.moderation.services import remove
from portal.updates.jobs import gather
from portal.updates.models import Level
from portal.updates.queries import chosen_ideas, hearers_of_comments, level_of, may_send
from portal.updates.services import follow, set_preferences
from portal.updates.tokens import read_token
from tests.factories import here, make_circle, make_user
from tests.updates.stories import action_for, explanation, mails, recipients, step, suggestion
from tests.updates.test_mail import words_of_html, words_of_text


def told(kind: str = "merged") -> list[OutgoingMail]:
    written = select(OutgoingMail).where(OutgoingMail.kind == kind)
    return list(session().scalars(written.order_by(OutgoingMail.id)))


def test_each_voter_hears_once_in_which_suggestion_theirs_stands(maya: User, omar: User, rosa: User, sam: User) -> None:
    lee, ida = make_user("lee@example.org"), make_user("ida@example.org")
    source = suggest(title="A longer cable", body="", by=maya)
    target = suggest(title="More cable, please", body="", by=sam)
    for person in (omar, lee, ida):
        vote(source, person)
    set_preferences(lee, answers_by_mail=False)
    follow(target, level=Level.NOTHING, by=ida)
    merge_ideas(source, into=target, by=rosa)
    session().commit()

    gather()
    gather()

    assert {one.recipient for one in told()} == {maya.email, omar.email}
    (mail,) = [one for one in told() if one.recipient == omar.email]
    assert mail.subject == "Joined with another: A longer cable"
    for body in (mail.text, mail.html):
        assert "“A longer cable” with “More cable, please”" in body
        assert f"/ideas/{target.id}" in body
    token = (mail.unsubscribe_url or "").rpartition("/")[2]
    assert read_token(token) == (omar.id, target.id, "")


def test_nothing_is_told_of_what_was_parted_again_or_is_private(maya: User, omar: User, rosa: User, sam: User) -> None:
    parted, other = (suggest(title=title, body="", by=maya) for title in ("A longer cable", "More cable, please"))
    merge_ideas(parted, into=other, by=rosa)
    split_idea(parted, by=rosa)
    one, two = (suggest(title=title, body="", by=maya, is_private=True) for title in ("A quiet word", "Another"))
    merge_ideas(one, into=two, by=rosa)
    session().commit()

    gather()

    assert told() == []


def test_whoever_heard_of_a_joining_hears_once_that_it_stands_by_itself_again(
    maya: User, omar: User, rosa: User, sam: User
) -> None:
    lee = make_user("lee@example.org")
    circle = make_circle(maya, omar, rosa)
    source = suggest(title="A longer cable", body="", by=maya)
    inside = suggest(title="SECRET one", body="", by=maya, circle=circle)
    into = suggest(title="More cable, please", body="", by=sam)
    secret = suggest(title="SECRET two", body="", by=omar, circle=circle)
    for person in (omar, lee):
        vote(source, person)
    follow(source, level=Level.NOTHING, by=lee)
    merge_ideas(source, into=into, by=rosa)
    merge_ideas(inside, into=secret, by=rosa)
    session().commit()
    gather()
    for one in (source, inside):
        split_idea(here(one), by=here(rosa))
    session().commit()
    gather()
    gather()

    parted = told("parted")

    assert [one.recipient for one in parted] == [maya.email, omar.email, maya.email]
    open_ones, [closed] = parted[:2], parted[2:]
    for one in open_ones:
        assert one.subject == "It stands by itself again: A longer cable"
        assert ("“A longer cable”" in one.text, f"/ideas/{source.id}" in one.text) == (True, True)
        assert "More cable" not in one.text + one.html
    assert "SECRET" not in closed.subject + closed.text + closed.html
    for one in parted:
        assert words_of_text(one.text) == words_of_html(one.html)
        assert may_send(one)
    token = (open_ones[1].unsubscribe_url or "").rpartition("/")[2]
    assert read_token(token) == (omar.id, source.id, "")
    # Whoever wants no more of it, and whatever went out of sight meanwhile, is left in peace.
    follow(here(source), level=Level.NOTHING, by=here(omar))
    assert not may_send(open_ones[1])


def test_a_parting_is_no_news_where_it_was_joined_again_or_went_out_of_sight(maya: User, rosa: User, sam: User) -> None:
    again, gone, other = (suggest(title=f"A lamp {number}", body="", by=maya) for number in range(3))
    for one in (again, gone):
        merge_ideas(one, into=other, by=rosa)
    session().commit()
    gather()
    for one in (again, gone):
        split_idea(here(one), by=here(rosa))
    merge_ideas(here(again), into=here(other), by=here(rosa))
    remove(here(gone), reason="An offer.", by=here(sam))
    session().commit()
    gather()

    assert told("parted") == []


def test_whoever_follows_or_wrote_down_what_was_joined_hears_what_is_answered(
    maya: User, omar: User, rosa: User, sam: User
) -> None:
    fan, gone = make_user("fan@example.org", "Fan"), make_user("gone@example.org", "Gone")
    target, source, left = suggestion(maya), suggestion(omar, title="A dimmer"), suggestion(gone, title="Brighter")
    # Two people by phone, who hear of it by nobody else.
    called = [suggestion(rosa, on_behalf_of=name, title=f"For {name}") for name in ("Frida", "Jan")]
    follow(source, level=Level.ANSWERS, by=fan)
    for one in (source, left, *called):
        merge_ideas(one, into=target, by=sam)
    take_back_vote(target, gone)
    session().commit()

    action = action_for(target, sam)
    gather()
    step(action, sam)
    gather()

    for kind in ("answer", "progress"):
        assert recipients(kind) == ["fan", "maya", "omar", "rosa"], kind
        for mail in mails(kind):
            assert may_send(mail)
            assert all(
                ("please pass it on" in body) is (mail.recipient == rosa.email) for body in (mail.text, mail.html)
            )
            assert all(name in mail.text for name in ("Frida", "Jan")) is (mail.recipient == rosa.email)
    people = [here(one) for one in (fan, rosa, omar, gone)]
    levels = [Level.ANSWERS, Level.ANSWERS, Level.ANSWERS, Level.NOTHING]
    assert [level_of(one, here(target)) for one in people] == levels


def test_after_parting_they_hear_nothing_of_the_other_one(maya: User, omar: User, rosa: User, sam: User) -> None:
    fan = make_user("fan@example.org", "Fan")
    target, source = suggestion(maya), suggestion(omar, title="A dimmer")
    called = suggestion(rosa, on_behalf_of="Frida", title="Brighter")
    follow(source, level=Level.EVERYTHING, by=fan)
    for one in (source, called):
        merge_ideas(one, into=target, by=sam)
        split_idea(one, by=sam)
    session().commit()

    explanation(target, sam)
    gather()

    assert recipients("answer") == ["maya"]


def test_a_choice_for_what_was_joined_holds_until_there_is_one_for_the_other(
    maya: User, omar: User, rosa: User, sam: User
) -> None:
    lee = make_user("lee@example.org", "Lee")
    target, source, third = suggestion(maya), suggestion(omar, lee, title="A dimmer"), suggestion(lee, title="Softer")
    follow(source, level=Level.NOTHING, by=omar)
    follow(source, level=Level.EVERYTHING, by=lee)
    follow(third, level=Level.NOTHING, by=lee)
    for one in (source, third):
        merge_ideas(one, into=target, by=sam)
    said = comment(target, body="Mine flickers too.", by=maya)
    session().commit()

    assert [level_of(one, target) for one in (omar, lee)] == [Level.NOTHING, Level.EVERYTHING]
    assert [one.person.user_id for one in hearers_of_comments(target, [said])] == [lee.id]
    assert chosen_ideas(lee) == [(target.id, target.title, Level.EVERYTHING)]
    explanation(target, sam)
    gather()
    assert recipients("answer") == ["lee", "maya"]
    follow(here(target), level=Level.ANSWERS, by=here(omar))
    follow(here(target), level=Level.NOTHING, by=here(lee))
    assert [level_of(here(one), here(target)) for one in (omar, lee)] == [Level.ANSWERS, Level.NOTHING]
    session().commit()
    # What waits for them in the outbox asks the same.
    assert [may_send(mail) for mail in mails("answer")] == [False, True]
