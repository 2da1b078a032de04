"""Telling what was said beside a suggestion, bundled and never too often, and telling people that they are named."""

from collections import defaultdict

from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.mail.outbox import queue_mails
from portal.ledger.models import Comment, Idea, Response
from portal.updates import mail
from portal.updates.models import Notice
from portal.updates.queries import Heard, hearers_of_comments, hearers_of_naming, untold_comments, weary
from portal.updates.services.news import announce


def tell_comments(number: int) -> int:
    """Tell what was said beside a suggestion since the last time, together and once; returns how many heard.

    Each comment has an `Announcement` row, which only one teller can write.
    """
    idea = session().get_one(Idea, number)
    waiting = untold_comments(idea)
    people = hearers_of_comments(idea, waiting)
    said = {one.id: one for one in waiting if announce(f"comment:{one.id}", people=len(people))}
    if not said:
        return 0
    newest = max(said)
    return _tell(idea, people, said, f"comments:{newest}", comment_id=newest)


def tell_naming(key: str) -> int:
    """Tell those who are named in a suggestion itself, or in an answer to it, once each; returns how many.

    Args:
        key: `Naming.subject_key`, such as `idea:5` or `response:6`.
    """
    kind, _colon, number = key.partition(":")
    answer = session().get_one(Response, int(number)) if kind == Response.__tablename__ else None
    idea = answer.idea if answer is not None else session().get_one(Idea, int(number))
    return _tell(idea, hearers_of_naming(idea, key), {}, f"naming:{key}", comment_id=None, answer=answer)


def _tell(
    idea: Idea,
    people: list[Heard],
    said: dict[int, Comment],
    subject_key: str,
    *,
    comment_id: int | None,
    answer: Response | None = None,
) -> int:
    is_quiet = answer is not None and answer.is_quiet
    tired = weary([one.person.user_id for one in people])
    rows = [
        {
            "user_id": one.person.user_id,
            "idea_id": idea.id,
            "subject_key": subject_key,
            "comment_id": comment_id,
            "response_id": answer.id if answer is not None else None,
            "created_at": now(),
        }
        for one in people
    ]
    if rows:
        session().execute(insert_into(Notice).on_conflict_do_nothing(), rows)
    # One rendering for all who are told the same.
    alike: dict[tuple[tuple[int, ...], bool], list[Heard]] = defaultdict(list)
    for one in people:
        if one.person.by_mail and not is_quiet and one.person.user_id not in tired:
            alike[(one.comments, one.is_named)].append(one)
    for (numbers, is_named), some in alike.items():
        words = [said[each] for each in numbers if each in said]
        followers = [one.person for one in some]
        told = mail.said_beside(idea, words, followers, subject_key=subject_key, is_named=is_named, answer=answer)
        queue_mails(told)
    return len(people)
