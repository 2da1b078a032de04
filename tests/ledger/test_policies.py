"""Who may do what in the ledger: every rule asked of every kind of person, at words in every state."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.foundation.clock import now
from portal.ledger import policies
from portal.ledger.models import (
    Absence,
    ActionStage,
    AnswerDraft,
    Attachment,
    AuthorWord,
    Comment,
    DraftPicture,
    Idea,
    IdeaDraft,
    OwnerRule,
    Reason,
    ResponseKind,
)
from portal.ledger.services import respond, start_action
from tests.factories import make_idea, make_staff, make_user
from tests.people import ALL, AUTHOR, AUTHORS, MANAGERS, MEMBERS, OTHERS, SPEAKER, STAFF, WRITER, whom


def idea_that(**is_so: Any) -> Idea:
    return Idea(proposed_by_id=AUTHOR, **is_so)


@pytest.mark.parametrize(
    ("rule", "shown", "held", "removed", "private"),
    [
        (policies.may_read, ALL, AUTHORS | MANAGERS, AUTHORS | MANAGERS, AUTHORS | STAFF),
        (policies.may_vote, MEMBERS, set(), set(), set()),
        (policies.may_respond, OTHERS, set(), set(), OTHERS),
        (policies.may_say_more, AUTHORS, AUTHORS, AUTHORS, AUTHORS),
        (policies.may_hand_over, STAFF, MANAGERS | {"own"}, MANAGERS | {"own"}, STAFF),
        (policies.may_comment, ALL, set(), set(), AUTHORS | STAFF),
        (policies.may_reword, AUTHORS, AUTHORS, set(), AUTHORS),
        (policies.may_merge, STAFF, set(), set(), STAFF),
        (policies.may_tag, STAFF, MANAGERS | {"own"}, MANAGERS | {"own"}, STAFF),
    ],
)
def test_each_kind_of_person_at_a_suggestion(
    rule: Callable[..., bool], shown: set[str], held: set[str], removed: set[str], private: set[str]
) -> None:
    assert whom(rule, idea_that()) == shown
    assert whom(rule, idea_that(held_at=now())) == held
    assert whom(rule, idea_that(removed_at=now())) == removed
    assert whom(rule, idea_that(is_private=True)) == private


def test_each_kind_of_person_at_what_belongs_to_a_suggestion() -> None:
    shown, held, removed = idea_that(), idea_that(held_at=now()), idea_that(removed_at=now())
    draft, waiting = (AnswerDraft(idea=idea, written_by_id=WRITER) for idea in (shown, held))

    assert whom(policies.may_read_draft, draft) == OTHERS
    assert whom(policies.may_publish_draft, draft) == MANAGERS | {"writer"}
    assert whom(policies.may_read_draft, waiting) == whom(policies.may_publish_draft, waiting) == MANAGERS
    said, hidden = (AuthorWord(idea=shown, said_by_id=AUTHOR, held_at=at) for at in (None, now()))
    assert (whom(policies.may_read_word, said), whom(policies.may_read_word, hidden)) == (ALL, AUTHORS | STAFF)
    assert whom(policies.may_read_word, AuthorWord(idea=held, said_by_id=AUTHOR)) == AUTHORS | MANAGERS
    assert whom(policies.may_read_attachment, Attachment(idea=held)) == AUTHORS | MANAGERS
    assert whom(policies.may_remove_attachment, Attachment(idea=held)) == AUTHORS
    assert whom(policies.may_remove_attachment, Attachment(idea=removed)) == set()


def test_each_kind_of_person_at_a_comment() -> None:
    shown, held = idea_that(), idea_that(held_at=now())
    said = Comment(idea=shown, author_id=SPEAKER)
    waits, out = (Comment(idea=shown, author_id=SPEAKER, **{at: now()}) for at in ("held_at", "removed_at"))
    reply = Comment(idea=shown, author_id=9, parent=waits)

    assert whom(policies.may_read_comment, said) == ALL
    for each in (waits, out):
        assert whom(policies.may_read_comment, each) == MANAGERS | {"speaker"}
    # The one who replied no longer reads it either, once what stood above it is gone.
    assert whom(policies.may_read_comment, reply) == MANAGERS | {"speaker"}
    assert whom(policies.may_read_comment, Comment(idea=held, author_id=SPEAKER)) == AUTHORS | MANAGERS
    assert [whom(policies.may_reword_comment, each) for each in (said, waits, out)] == [{"speaker"}, {"speaker"}, set()]
    assert whom(policies.may_reword_comment, reply) == set()


def test_each_kind_of_person_at_what_is_their_own_or_the_companys() -> None:
    begun = IdeaDraft(user_id=AUTHOR)

    assert whom(policies.may_continue_draft, begun) == AUTHORS
    assert whom(policies.may_see_draft_picture, DraftPicture(draft=begun)) == AUTHORS
    assert whom(policies.may_keep_reason, Reason()) == STAFF
    assert whom(policies.may_end_absence, Absence(user_id=WRITER)) == MANAGERS | {"writer"}
    assert whom(policies.may_drop_rule, OwnerRule()) == MANAGERS
    # Whoever works here no more ends nothing.
    assert whom(policies.may_end_absence, Absence(user_id=AUTHOR)) == MANAGERS | {"own"}
    assert whom(policies.may_vote, idea_that(merged_into_id=5)) == set()


@pytest.mark.usefixtures("db")
def test_each_kind_of_person_at_an_action() -> None:
    owner = make_staff()
    action = start_action(title="A zip", owner=owner, stage=ActionStage.PLANNED, by=owner)
    idea = make_idea(proposed_by=make_user("maya@example.org"), owner=owner)
    entry = action.progress[0]

    assert whom(policies.may_follow_action, action) == whom(policies.may_record_progress, action) == STAFF
    respond(idea, kind=ResponseKind.ACTION, message="", by=owner, action=action)
    assert whom(policies.may_follow_action, action) == whom(policies.may_read_progress, entry) == ALL
    assert whom(policies.may_record_progress, action) == STAFF
