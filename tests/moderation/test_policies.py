"""Who may report, decide and appeal: every rule asked of every kind of person."""

from datetime import timedelta

from portal.accounts.models import Role
from portal.foundation.clock import now
from portal.ledger.models import AuthorWord, Comment, Idea
from portal.moderation import policies
from portal.moderation.models import Appeal, Decision, Ruling
from tests.people import ALL, AUTHOR, AUTHORS, MANAGERS, PEOPLE, SPEAKER, STAFF, person, whom


def test_nobody_reports_or_decides_about_their_own_words() -> None:
    idea = Idea(proposed_by_id=AUTHOR)
    comment, word = Comment(idea=idea, author_id=SPEAKER), AuthorWord(idea=idea, said_by_id=AUTHOR)

    assert whom(policies.may_report, idea) == whom(policies.may_report, word) == ALL - AUTHORS
    assert whom(policies.may_report, comment) == ALL - {"speaker"}
    assert whom(policies.may_report, Idea(proposed_by_id=AUTHOR, is_private=True)) == STAFF - AUTHORS
    for words in (idea, comment, word):
        for state in ("held_at", "removed_at"):
            setattr(words, state, now())
            assert whom(policies.may_report, words) == set()
            assert whom(policies.may_decide, words) == MANAGERS
            setattr(words, state, None)
        assert whom(policies.may_decide, words) == MANAGERS
    assert not policies.may_decide(person(Role.MANAGER, AUTHOR), idea)
    assert not policies.may_decide(person(Role.MANAGER, AUTHOR), word)
    assert not policies.may_decide(person(Role.ADMIN, SPEAKER), comment)


def test_each_kind_of_person_at_a_decision_and_an_appeal() -> None:
    idea = Idea(proposed_by_id=AUTHOR, removed_at=now())
    author, later = PEOPLE["author"], now() + timedelta(days=1)

    for ruling in Ruling:
        made = Decision(person_id=AUTHOR, person=author, idea=idea, ruling=ruling, decided_at=later)
        assert whom(policies.may_read_decision, made) == AUTHORS, ruling
        may = {Ruling.REMOVED: AUTHORS, Ruling.SUSPENDED: {"gone author"}}
        assert whom(policies.may_appeal, made) == may.get(ruling, set()), ruling
        asked = Appeal(decision=made)
        assert whom(policies.may_settle, asked) == MANAGERS
        assert whom(policies.may_appeal, made) == set()
        asked.settled_at = now()
        assert whom(policies.may_settle, asked) == set()
    # A suspension that was lifted since is none to appeal against, nor is one of which nobody was told.
    before = Decision(person_id=AUTHOR, ruling=Ruling.SUSPENDED, decided_at=now() - timedelta(days=1))
    assert whom(policies.may_appeal, before) == set()
    assert whom(policies.may_settle, Appeal(decision=before)) == set()
    for name, who in (("author", MANAGERS), ("responder", {"admin"})):
        shut_out = Decision(person=PEOPLE[name], ruling=Ruling.SUSPENDED, decided_at=later)
        assert whom(policies.may_settle, Appeal(decision=shut_out)) == who


def test_each_kind_of_person_at_another_person() -> None:
    assert whom(policies.may_suspend, PEOPLE["member"]) == MANAGERS
    assert whom(policies.may_suspend, PEOPLE["responder"]) == {"admin"}
    assert whom(policies.may_suspend, PEOPLE["admin"]) == set()
    assert whom(policies.may_give_role, PEOPLE["manager"]) == {"admin"}
    assert whom(policies.may_give_role, PEOPLE["admin"]) == whom(policies.may_give_role, PEOPLE["member"]) == set()
