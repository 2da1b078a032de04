"""What was promised before a suggestion was joined with another still holds once it stands by itself again."""

from datetime import UTC, datetime, timedelta

from portal.accounts.models import User
from portal.foundation.clock import pretend
from portal.ledger.services import give_new_date, merge_ideas, split_idea
from tests.factories import make_idea

# Monday to Friday, in the hours of the company.
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_new_date_is_as_much_later_as_it_was_joined(maya: User, omar: User, rosa: User) -> None:
    other = make_idea(proposed_by=omar, owner=rosa, title="More cable")
    late, broken = (
        make_idea(proposed_by=maya, owner=rosa, acknowledge_by=MONDAY - DAY, decide_by=MONDAY - DAY, title=title)
        for title in ("A longer cable", "A softer cable")
    )
    with pretend(MONDAY):
        give_new_date(late, until=MONDAY + 2 * DAY, words="The cable comes on Wednesday.", by=rosa)
        give_new_date(broken, until=MONDAY + timedelta(hours=1), words="At noon.", by=rosa)
    with pretend(MONDAY + DAY):
        for one in (late, broken):
            merge_ideas(one, into=other, by=rosa)
    with pretend(MONDAY + 8 * DAY):
        for one in (late, broken):
            split_idea(one, by=rosa)

    assert late.new_date == MONDAY + 9 * DAY
    # What was broken by then stays so.
    assert broken.new_date == MONDAY + timedelta(hours=1)
    assert late.decide_by == broken.decide_by == MONDAY - DAY


def test_what_was_due_in_the_moment_of_joining_is_not_broken_by_it(maya: User, omar: User, rosa: User) -> None:
    other = make_idea(proposed_by=omar, owner=rosa, title="More cable")
    due = make_idea(proposed_by=maya, owner=rosa, acknowledge_by=MONDAY, decide_by=MONDAY, title="A longer cable")
    with pretend(MONDAY):
        merge_ideas(due, into=other, by=rosa)
    with pretend(MONDAY + 7 * DAY):
        split_idea(due, by=rosa)

    assert (due.acknowledge_by, due.decide_by) == (MONDAY + 7 * DAY, MONDAY + 7 * DAY)
