"""Words that wait for a look, and which of somebody's words count as looked at."""

from datetime import timedelta
from io import BytesIO

from portal.accounts.models import User
from portal.community.models import Member
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import ResponseKind
from portal.ledger.services import (
    add_more_pictures,
    comment,
    remove_attachment,
    respond,
    reword,
    say_whether_it_helped,
    suggest,
)
from portal.ledger.services.holding import count_shown
from tests.factories import make_idea
from tests.outbox import mails
from tests.pictures import photo

REASON = "The resin would crack in the first hard frost."


def test_only_ones_own_words_count_and_only_while_others_see_them(maya: User, omar: User, rosa: User) -> None:
    mine, theirs, silent = (make_idea(proposed_by=person, owner=rosa) for person in (maya, omar, maya))
    said = comment(mine, body="Mine too.", by=maya)
    comment(mine, body="And mine.", by=omar)
    for idea in (mine, theirs, silent):
        respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    spoken, _theirs, _silent = (
        say_whether_it_helped(idea, helped=True, words=words, by=idea.proposed_by)
        for idea, words in ((mine, "It does."), (theirs, "It does."), (silent, ""))
    )

    # Two suggestions, a comment and a word; the other word says nothing.
    assert (count_shown(maya), count_shown(omar), count_shown(rosa)) == (4, 3, 0)
    for row in (mine, said, spoken):
        for mark in ("held_at", "removed_at"):
            setattr(row, mark, now())
            session().flush()
            assert count_shown(maya) == 3, (row, mark)
            setattr(row, mark, None)
            session().flush()


def test_what_waits_opens_no_way_for_what_comes_after_it(maya: User, rosa: User) -> None:
    session().add(Member(user_id=maya.id, founding_number=1))
    session().flush()

    ideas = [suggest(title=f"Lamp {number}", body="", by=maya) for number in range(4)]

    assert [idea.held_because for idea in ideas] == ["new"] * 4
    assert mails("idea_assigned") == []
    for idea in ideas[:2]:
        idea.held_at = idea.held_because = None
    assert suggest(title="Lamp 5", body="", by=maya).held_at is None
    assert [mail.recipient for mail in mails("idea_assigned")] == [rosa.email]


def test_what_its_author_changes_while_it_waits_waits_from_then_on(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    ((picture, *_more), _left_out) = add_more_pictures(idea, [("lamp.jpg", BytesIO(photo()))], by=maya)
    idea.held_at = now() - timedelta(days=1)
    session().flush()

    with pretend(now() - timedelta(hours=2)):
        remove_attachment(picture, by=maya)
        assert idea.held_at == now()
    with pretend(now() - timedelta(hours=1)):
        reword(idea, title="A warm lamp", body="", by=maya)
        assert idea.held_at == now()
