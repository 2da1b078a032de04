"""What one row of the ledger tells is its own, and one's own list ends where one's circles end."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.community.services import take_seat
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import ActionStage, ResponseKind, Standing
from portal.ledger.promises import promise_for
from portal.ledger.queries import LedgerFilter, ledger_page
from portal.ledger.services import (
    add_tag,
    give_new_date,
    record_progress,
    respond,
    say_whether_it_helped,
    start_action,
)
from portal.ledger.visibility import reach_of
from tests.factories import make_circle, make_idea

ZONE = ZoneInfo("Europe/Berlin")


def test_a_row_tells_why_it_is_late_and_what_came_of_its_own_action(
    maya: User, omar: User, sam: User, rosa: User
) -> None:
    until, late = promise_for().hours.next_opening(now() + timedelta(days=7)), {"acknowledge_by": now()}
    mine, other = (make_idea(proposed_by=person, owner=rosa, **late) for person in (maya, omar))
    moved = ((mine, until + timedelta(hours=1), "First."), (mine, until, "The mould broke."), (other, until, "SECRET"))
    for idea, day, words in moved:
        give_new_date(idea, until=day, words=words, by=rosa)
    done, open_one = (make_idea(proposed_by=person, owner=rosa) for person in (maya, omar))
    for title, idea, words in (("The warm lamp", done, "It is out."), ("Other", open_one, "SECRET")):
        action = start_action(title=title, owner=rosa, stage=ActionStage.UNDER_WAY, by=rosa)
        respond(idea, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=action)
        record_progress(action, stage=ActionStage.DONE, words=words, by=sam, proof_url="https://lumen.example/w")
    say_whether_it_helped(done, helped=True, words="", by=maya)
    respond(done, kind=ResponseKind.OUTCOME, message="The first frost left it whole.", by=rosa)

    open_row, row, _other, late_row = ledger_page(LedgerFilter(), zone=ZONE).rows

    assert (late_row.id, late_row.late_because) == (mine.id, "The mould broke.")
    assert (row.answered_by, row.answer_words, row.proof_label) == (
        "Rosa Pereira", "The first frost left it whole.", "The warm lamp",
    )  # fmt: skip
    assert (row.verdict, row.helped, open_row.verdict) == ("Maya says it helped", True, "")


def test_ones_own_list_ends_at_the_door_of_a_circle_that_one_left(maya: User, omar: User, rosa: User) -> None:
    circle = make_circle(maya, rosa)
    make_idea(proposed_by=maya, owner=rosa, circle=circle)
    held, removed = (make_idea(proposed_by=maya, owner=rosa, **{at: now()}) for at in ("held_at", "removed_at"))
    make_idea(proposed_by=omar, owner=rosa, held_at=now())
    take_seat(circle, maya, by=rosa)
    session().commit()

    own = LedgerFilter(proposed_by_id=maya.id, is_own=True)
    rows = ledger_page(own, zone=ZONE, reach=reach_of(maya)).rows

    assert [row.id for row in rows] == [removed.id, held.id]
    assert [row.notice.split(":")[0].split(";")[0] for row in rows] == [
        "Taken out", "Someone of the company reads it first",
    ]  # fmt: skip
    assert ledger_page(LedgerFilter(is_own=True), zone=ZONE, reach=reach_of(maya)).rows == ()


def test_each_filter_leaves_its_own_and_one_s_own_standing_ends_there_too(maya: User, rosa: User) -> None:
    room, other, gone = (make_circle(maya, rosa, name=name) for name in ("One", "Two", "Three"))
    inside, tagged, _apart, _left = (
        make_idea(proposed_by=maya, owner=rosa, circle=place) for place in (room, None, other, gone)
    )
    tag = add_tag(tagged, "Shade", by=rosa)
    add_tag(inside, "Brass", by=rosa)
    take_seat(gone, maya, by=rosa)
    session().commit()

    def found(**asked: Any) -> int:
        return len(ledger_page(LedgerFilter(**asked), zone=ZONE, reach=reach_of(maya)).rows)

    counts = [found(**asked) for asked in ({}, {"circle_id": room.id}, {"tag_id": tag.id}, {"ids": (tagged.id,)})]
    assert counts == [3, 1, 1, 1]
    assert found(proposed_by_id=maya.id, is_own=True, standing=Standing.WAITING) == 3
