"""What follows for the record when words are shown, or taken out."""

from datetime import timedelta

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import ResponseKind
from portal.ledger.services import merge_ideas, respond, show, take_out
from tests.factories import make_idea


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
