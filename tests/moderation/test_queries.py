"""The queue, oldest first, in a handful of statements however much waits."""

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.moderation.models import Concern
from portal.moderation.queries import case_of, decisions_about, queue_for, report_by
from portal.moderation.services import report
from tests.factories import make_idea


def test_the_queue_holds_what_is_held_and_what_was_reported(maya, omar, rosa, sam, queries):
    held = [make_idea(proposed_by=maya, owner=rosa, held_at=now(), held_because="new") for _ in range(5)]
    shown = make_idea(proposed_by=maya, owner=rosa)
    make_idea(proposed_by=sam, owner=rosa, held_at=now())
    report(shown, concern=Concern.OTHER, by=omar)
    session().flush()
    queries.clear()

    cases = queue_for(sam).cases

    assert [case.id for case in cases] == [*(idea.id for idea in held), shown.id]
    assert len(queries) <= 7
    assert case_of(held[0]).held == "new here"
    assert report_by(omar, shown)
    assert report_by(rosa, shown) is None
    assert decisions_about(shown) == []
