"""Reading invitations: by their link, by what came of them, in bounded pages."""

from datetime import timedelta

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.invitations.models import Outcome
from portal.invitations.queries import (
    accounts_of,
    count_written_today,
    counts_by_outcome,
    invitation_of,
    list_of_invitations,
    readable_invitation,
    unanswered_invitations,
)
from portal.invitations.services import decline, withdraw
from tests.invitations.letters import make_maker, write_letter


def test_a_link_finds_its_letter_and_a_made_up_one_nothing(db, sam):
    letter, token = write_letter(make_maker(), sam)

    assert invitation_of(token).id == letter.id
    assert invitation_of("made-up") is None


def test_a_letter_that_ran_out_or_was_withdrawn_reads_as_made_up(db, sam):
    letter, token = write_letter(make_maker(), sam)
    letter.expires_at = now() - timedelta(seconds=1)
    session().commit()
    other, other_token = write_letter(make_maker("Omar", "omar"), sam, email="omar@example.org")
    withdraw(other, by=sam)
    session().commit()

    assert readable_invitation(token) is None
    assert readable_invitation(other_token) is None


def test_outcomes_are_counted_and_listed_newest_first(db, sam):
    open_one, _ = write_letter(make_maker(), sam)
    _declined, token = write_letter(make_maker("Omar", "omar"), sam, email="omar@example.org")
    decline(token)
    session().commit()

    counts = counts_by_outcome()
    assert (counts[Outcome.OPEN], counts[Outcome.DECLINED], counts[Outcome.ACCEPTED]) == (1, 1, 0)
    assert [row.invitation.id for row in list_of_invitations(Outcome.OPEN)] == [open_one.id]
    assert len(list_of_invitations(None)) == 2
    assert list_of_invitations(None, before_id=open_one.id) == []


def test_letters_of_the_last_day_are_counted_by_their_writer(db, sam, ada):
    letter, _ = write_letter(make_maker(), sam)
    assert (count_written_today(sam), count_written_today(ada)) == (1, 0)

    letter.created_at = now() - timedelta(hours=25)
    session().commit()
    assert count_written_today(sam) == 0


def test_an_answered_letter_is_not_unanswered(db, sam):
    person = make_maker()
    _letter, token = write_letter(person, sam)
    assert len(unanswered_invitations(person_id=person.id, email="nora@example.org")) == 1

    decline(token)
    session().commit()
    assert unanswered_invitations(person_id=person.id, email="nora@example.org") == []
    assert [author.handle for author in accounts_of(person)] == ["nora"]
