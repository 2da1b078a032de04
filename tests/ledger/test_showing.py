"""What follows for the record when words are shown, or taken out."""

from datetime import timedelta

from sqlalchemy import func, select

from portal.accounts.models import Role, User
from portal.community.models import Member
from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import ResponseKind
from portal.ledger.queries import named_in
from portal.ledger.services import (
    add_tag,
    hand_over,
    merge_ideas,
    name_owner_of_tag,
    plan_absence,
    respond,
    reword,
    show,
    suggest,
    take_out,
)
from tests.factories import make_idea, make_user
from tests.outbox import mails


def told() -> int:
    assigned = select(func.count()).where(OutgoingMail.kind == "idea_assigned")
    return session().scalar(assigned) or 0


def test_the_owner_hears_once_of_what_waited_and_of_nothing_that_they_know(maya: User, rosa: User, sam: User) -> None:
    held, known, joined, top = (make_idea(proposed_by=maya, owner=rosa) for _number in range(4))
    held.held_at = now()
    respond(known, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it.", by=rosa)
    merge_ideas(joined, into=top, by=rosa)
    later = now() + timedelta(hours=1)

    with pretend(later):
        assert (show(held, by=sam), told(), held.moderated_at) == (True, 1, later)
    assert (show(held, by=sam), told(), held.moderated_at) == (False, 1, later)
    with pretend(later):
        for idea in (known, joined):
            assert (take_out(idea, by=sam), idea.moderated_at) == (True, later)
            assert (show(idea, by=sam), idea.is_shown) == (True, True)
    assert told() == 1


def test_what_was_sorted_while_it_waited_goes_by_its_own_tag_and_its_owner_hears_if_it_stays(
    maya: User, rosa: User, sam: User, ada: User
) -> None:
    moved, stays, other = (make_idea(proposed_by=maya, owner=rosa) for _number in range(3))
    hand_over(other, to=ada, word="You know resin.", by=rosa)
    for idea, tag, owner in ((moved, "Wiring", sam), (stays, "Shade", rosa)):
        idea.held_at = now()
        session().flush()
        name_owner_of_tag(tag, owner, by=ada)
        add_tag(idea, tag, by=sam)

    for idea in (stays, moved):
        show(idea, by=ada)

    assert (moved.owner_id, stays.owner_id) == (sam.id, rosa.id)
    assert [mail.recipient for mail in mails("idea_assigned")] == [rosa.email]
    assert [mail.recipient for mail in mails("idea_handed_over")] == [ada.email, sam.email]


def test_whoever_is_named_in_what_waited_is_named_once_others_see_it(
    maya: User, omar: User, rosa: User, sam: User
) -> None:
    session().add_all(Member(user_id=one.id, founding_number=place) for place, one in enumerate((maya, omar), start=1))
    session().flush()
    new = suggest(title="A lamp for @Omar Haddad", body="", by=maya)
    mended = make_idea(proposed_by=maya, owner=rosa)
    mended.held_at = now()
    reword(mended, title="A warm lamp", body="Ask @Omar Haddad and @Rosa Pereira.", by=maya)

    assert (new.held_because, named_in(new), named_in(mended)) == ("new", {}, {})
    for idea in (new, mended):
        show(idea, by=sam)

    for idea, names in ((new, ["Omar Haddad"]), (mended, ["Omar Haddad", "Rosa Pereira"])):
        assert [one.name for one in named_in(idea)[f"idea:{idea.id}"]] == names


def test_whoever_stands_in_hears_of_what_waited_for_a_look(maya: User, rosa: User, sam: User) -> None:
    ines, today = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER), config.today()
    plain, brought = make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=maya, owner=rosa)
    brought.on_behalf_of = "Aunt Vera"
    plain.held_at = brought.held_at = now()
    plan_absence(rosa, from_day=today, until_day=today, stand_in=ines, by=sam)

    for idea, opening in (
        (plain, "Maya Lindqvist made a suggestion:"),
        (brought, "Maya Lindqvist wrote down a suggestion of Aunt Vera:"),
    ):
        show(idea, by=sam)
        mine, theirs = sorted(mails("idea_assigned")[-2:], key=lambda mail: mail.recipient == ines.email)
        assert (mine.recipient, theirs.recipient) == (rosa.email, ines.email)
        for part in (theirs.text, theirs.html):
            assert f"Rosa Pereira answers this and is away; you stand in. {opening}" in part
        assert "is away" not in mine.text + mine.html
