"""Everyone behind a suggestion that was joined with another hears of it once."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.services import merge_ideas, split_idea, suggest, vote
from portal.updates.jobs import gather
from portal.updates.models import Level
from portal.updates.services import follow, set_preferences
from portal.updates.tokens import read_token
from tests.factories import make_user


def told() -> list[OutgoingMail]:
    return list(session().scalars(select(OutgoingMail).where(OutgoingMail.kind == "merged")))


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
