"""Speaking beside a suggestion: threads of one level, a voice with a case, words that can be mended."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import SILENT, Comment, Idea, Vote, Wording
from portal.ledger.queries import comments_of, thread_of, wordings_of
from portal.ledger.queries.comments import REPLIES, REPLIES_ON_A_PAGE, THREADS
from portal.ledger.services import (
    NothingNew,
    NoTitle,
    NotYours,
    NoWords,
    TooLong,
    comment,
    reword,
    reword_comment,
    take_out,
)
from portal.updates.queries import ideas_with_news
from tests.factories import make_idea


def test_comments_stand_in_threads_of_one_level(maya: User, omar: User, rosa: User, queries: list[str]) -> None:
    idea, other = make_idea(proposed_by=maya), make_idea(proposed_by=maya)
    first = comment(idea, body="  I would use it **daily**.\r\n", by=omar)
    reply = comment(idea, body="Where?", by=rosa, reply_to=first)
    deeper = comment(idea, body="At the desk.", by=omar, reply_to=reply)
    comment(other, body="Elsewhere.", by=omar)
    session().flush()
    queries.clear()

    page = comments_of(idea)

    assert len(queries) == 1
    assert (page.count, page.earlier) == (3, None)
    (thread,) = page.threads
    assert (thread.said_by, thread.body, thread.is_staff) == ("Omar Haddad", "I would use it **daily**.", False)
    assert [(row.id, row.is_staff) for row in thread.replies] == [(reply.id, True), (deeper.id, False)]
    assert deeper.parent_id == first.id
    with pytest.raises(NotYours):
        comment(other, body="Wrong place.", by=omar, reply_to=first)

    last = comment(idea, body="In the hall.", by=rosa)
    take_out(first, by=rosa)
    session().flush()
    assert [row.id for row in comments_of(idea).threads] == [last.id]
    assert comments_of(idea).count == 1


def test_many_comments_are_read_a_page_at_a_time(maya: User, omar: User) -> None:
    idea = make_idea(proposed_by=maya)
    said = [comment(idea, body=f"Word {number}", by=omar) for number in range(THREADS + 3)]
    replies = [comment(idea, body=f"Reply {number}", by=maya, reply_to=said[-1]) for number in range(REPLIES + 2)]

    newest = comments_of(idea)
    earlier = comments_of(idea, before_id=newest.earlier)

    assert [row.id for row in newest.threads] == [row.id for row in said[3:]]
    assert [row.id for row in earlier.threads] == [row.id for row in said[:3]]
    assert earlier.earlier is None
    assert (len(newest.threads[-1].replies), newest.threads[-1].more) == (REPLIES, 2)
    top, found, later = thread_of(replies[0])
    assert (top.id, [row.id for row in found], later) == (said[-1].id, [row.id for row in replies], None)
    assert [row.id for row in thread_of(said[-1], after_id=replies[-2].id)[1]] == [replies[-1].id]


def test_a_case_is_a_voice_with_words(maya: User, omar: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya)

    case = comment(idea, body="Mine broke twice.", by=omar, is_case=True)
    own, staff = (comment(idea, body="Also mine.", by=person, is_case=True) for person in (maya, rosa))

    assert (case.is_case, own.is_case, staff.is_case) == (True, False, False)
    assert list(session().scalars(select(Vote.user_id))) == [omar.id]


def test_the_same_form_sent_twice_is_one_comment(maya: User, omar: User) -> None:
    idea = make_idea(proposed_by=maya)

    comment(idea, body="Before.", by=omar, form_key="j")
    first, again = (comment(idea, body="Once.", by=omar, form_key="k") for _ in range(2))
    other = comment(idea, body="Twice.", by=omar, form_key="k")
    theirs = comment(idea, body="Once.", by=maya, form_key="k")

    assert first.id == again.id
    assert len({first.id, other.id, theirs.id}) == 3


def test_empty_and_endless_words_are_refused(maya: User) -> None:
    idea = make_idea(proposed_by=maya)

    for words, refusal in ((" \n", NoWords), ("x" * 20_001, TooLong)):
        with pytest.raises(refusal):
            comment(idea, body=words, by=maya)
    assert session().scalar(select(func.count()).select_from(Comment)) == 0


def test_a_change_is_silent_at_first_and_marked_later(maya: User, omar: User) -> None:
    idea = make_idea(proposed_by=maya, title="A lamb", body="For reading.")
    said = comment(idea, body="Yes pleas", by=omar)

    reword(idea, title="A lamp", body="For reading.", by=maya)
    reword_comment(said, body="Yes please", by=omar)

    assert (idea.title, said.body, idea.edited_at, said.edited_at) == ("A lamp", "Yes please", None, None)
    assert session().scalar(select(func.count()).select_from(Wording)) == 0
    with pretend(now() + SILENT + timedelta(seconds=30)):
        reword(idea, title="A warm lamp", body="", by=maya)
        reword_comment(said, body="No", by=omar)
    assert idea.edited_at is not None
    assert said.edited_at is not None
    assert [(row.title, row.body) for row in wordings_of(idea, omar)] == [("A lamp", "For reading.")]
    assert [row.body for row in wordings_of(said, maya)] == ["Yes please"]
    verbs = list(session().scalars(select(AuditEntry.verb).order_by(AuditEntry.id)))
    assert verbs.count("idea.reworded") == verbs.count("comment.reworded") == 2


def test_only_the_author_changes_words_and_only_to_something(maya: User, omar: User, ada: User) -> None:
    idea = make_idea(proposed_by=maya)
    said = comment(idea, body="Yes", by=omar)

    for person in (omar, ada):
        with pytest.raises(NotYours):
            reword(idea, title="Mine", body="", by=person)
    for person in (maya, ada):
        with pytest.raises(NotYours):
            reword_comment(said, body="No", by=person)
    for words, refusal in (("", NoWords), ("Yes ", NothingNew), ("x" * 20_001, TooLong)):
        with pytest.raises(refusal):
            reword_comment(said, body=words, by=omar)
    for title, refusal in (("", NoTitle), ("A warmer lamp", NothingNew)):
        with pytest.raises(refusal):
            reword(idea, title=title, body="", by=maya)


def test_what_was_taken_out_shows_through_no_reply(maya: User, omar: User, rosa: User, sam: User, sign_in: Any) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    first = comment(idea, body="SECRET shop", by=omar)
    reply = comment(idea, body="Wool is better.", by=maya, reply_to=first)
    session().commit()
    browser = sign_in(rosa)
    assert browser.get(f"/comments/{reply.id}").status_code == 200
    assert "Wool" in browser.get("/search?q=wool").text

    take_out(session().get_one(Comment, first.id), by=sam)
    session().commit()

    for person, status in ((rosa, 404), (maya, 404), (omar, 200), (sam, 200)):
        assert sign_in(person).get(f"/comments/{reply.id}").status_code == status, person.name
    assert f"/comments/{reply.id}" not in browser.get("/search?q=wool").text
    assert "Omar Haddad" not in browser.get(f"/ideas/{idea.id}?reply-to={first.id}").text
    idea, first = session().get_one(Idea, idea.id), session().get_one(Comment, first.id)
    with pytest.raises(NotYours):
        comment(idea, body="I see it.", by=rosa, reply_to=first)
    with pretend(now() + timedelta(hours=1)):
        assert ideas_with_news() == []


def test_a_held_reply_stands_on_its_page_for_its_author(maya: User, omar: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    first = comment(idea, body="Yes.", by=omar)
    replies = [comment(idea, body=words, by=maya, reply_to=first) for words in ("One", "Two")]
    for reply in replies:
        reply.held_at = now()
    session().flush()

    assert [row.body for row in thread_of(replies[1])[1]] == ["Two"]
    assert thread_of(first)[1] == []


def test_each_thread_counts_its_own_and_what_is_not_shown_counts_nowhere(maya: User, omar: User) -> None:
    idea = make_idea(proposed_by=maya)
    first, second, hidden, gone = (comment(idea, body=f"Word {number}", by=omar) for number in range(4))
    replies = [comment(idea, body=f"Reply {number}", by=maya, reply_to=first) for number in range(REPLIES + 3)]
    others = [comment(idea, body=f"Other {number}", by=maya, reply_to=second) for number in range(2)]
    for above in (hidden, gone):
        comment(idea, body="SECRET", by=maya, reply_to=above)
    hidden.held_at = gone.removed_at = replies[0].held_at = replies[1].removed_at = now()
    session().flush()

    page = comments_of(idea)

    assert [(row.id, len(row.replies), row.more) for row in page.threads] == [(first.id, REPLIES, 1), (second.id, 2, 0)]
    assert [row.id for row in page.threads[0].replies] == [row.id for row in replies[2:-1]]
    assert [row.id for row in page.threads[1].replies] == [row.id for row in others]
    assert page.count == 2 + len(replies) - 2 + len(others)
    assert [row.id for row in thread_of(first)[1]] == [row.id for row in replies[2:]]


def test_whoever_has_no_account_any_more_is_named_and_is_none_of_the_staff(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya)
    gone = Comment(idea_id=idea.id, author_name="Ruth Aldana", body="Mine too.")
    session().add(gone)
    session().flush()
    comment(idea, body="Thank you.", by=rosa, reply_to=gone)

    page, (first, _replies, _later) = comments_of(idea), thread_of(gone)

    (thread,) = page.threads
    assert (thread.said_by, thread.is_staff, page.count) == (first.said_by, first.is_staff, 2)
    assert (first.said_by, first.is_staff) == ("Ruth Aldana", False)


def test_a_full_page_of_threads_names_no_page_before_it(maya: User) -> None:
    idea = make_idea(proposed_by=maya)
    for number in range(THREADS):
        comment(idea, body=f"Word {number}", by=maya)

    assert (len(comments_of(idea).threads), comments_of(idea).earlier) == (THREADS, None)


def test_a_long_thread_goes_on_behind_its_page(maya: User, omar: User) -> None:
    idea = make_idea(proposed_by=maya)
    first, other = (comment(idea, body="Yes.", by=omar) for _number in range(2))
    replies = [comment(idea, body=f"Reply {n}", by=maya, reply_to=first) for n in range(REPLIES_ON_A_PAGE + 1)]
    comment(idea, body="Elsewhere", by=maya, reply_to=other)

    _top, found, later = thread_of(first)
    _top, rest, end = thread_of(first, after_id=later or 0)

    assert [row.id for row in found] == [row.id for row in replies[:-1]]
    assert later == replies[-2].id
    assert ([row.id for row in rest], end) == ([replies[-1].id], None)
    _top, full, end = thread_of(first, after_id=replies[0].id)
    assert (len(full), end) == (REPLIES_ON_A_PAGE, None)


def test_what_was_held_while_it_stood_there_is_for_its_author_and_the_managers(
    maya: User, omar: User, rosa: User, sam: User
) -> None:
    idea, other = make_idea(proposed_by=maya), make_idea(proposed_by=maya)
    said = comment(idea, body="Yes.", by=omar)
    for subject in ({"idea_id": idea.id}, {"comment_id": said.id}):
        for words, was_shown in (("First", True), ("SECRET", False), ("Third", True)):
            session().add(Wording(**subject, title=words, body=words, was_shown=was_shown))
            session().flush()
    session().add(Wording(idea_id=other.id, title="Other", body=""))
    session().flush()

    def read(subject: Idea | Comment) -> dict[str, list[str]]:
        people = (maya, omar, rosa, sam)
        return {one.name.split()[0]: [row.body for row in wordings_of(subject, one)] for one in people}

    everything, shown = ["Third", "SECRET", "First"], ["Third", "First"]
    assert read(idea) == {"Maya": everything, "Omar": shown, "Rosa": shown, "Sam": everything}
    assert read(said) == {"Maya": shown, "Omar": everything, "Rosa": shown, "Sam": everything}
