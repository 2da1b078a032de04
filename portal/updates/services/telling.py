"""Telling people of answers, once each; and doing as they say when they have heard enough."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import among_given, as_one, insert_into, session
from portal.foundation.errors import Refusal
from portal.foundation.mail.message import Message
from portal.foundation.mail.outbox import FAILED, PENDING, OutgoingMail, queue_mails
from portal.foundation.text import gettext as _
from portal.ledger.models import Idea, Progress, Response
from portal.ledger.queries import latest_progress, links_to, named_in
from portal.updates import mail
from portal.updates.models import Level, Notice, Preference, Subscription, Telling
from portal.updates.queries import Follower, audience_of_answer, audience_of_progress, default_level, wants_answers
from portal.updates.tokens import COMMENTS, ideas_named, read_token

_ROWS = 1000


class NotFailed(Refusal):
    """A mail that has not failed cannot be tried again."""


def tell_answers(answers: Sequence[Response]) -> int:
    """Tell everyone behind suggestions of their answers, by notices and by mail; returns how many.

    Whoever is behind several of them gets one mail. All of it belongs to one transaction with the `Telling` rows,
    which only one teller can write: whoever comes second does nothing, and a crash leaves nothing behind.
    """
    told = 0
    by_mail: list[tuple[Response, list[Follower]]] = []
    for answer in answers:
        people = audience_of_answer(answer)
        if not _first_to_tell(Telling.response_id, answer.id, len(people)):
            continue
        _write_notices(people, Notice.response_id, answer.id, f"response:{answer.id}")
        told += len(people)
        if not answer.is_quiet:
            by_mail.append((answer, _by_mail(people)))
    queue_mails(_answer_mails(by_mail))
    return told


def tell_progress(entry: Progress) -> int:
    """Tell everyone behind every suggestion that an action answers of its new entry, once; returns how many."""
    people = audience_of_progress(entry)
    if not _first_to_tell(Telling.progress_id, entry.id, len(people)):
        return 0
    _write_notices(people, Notice.progress_id, entry.id, f"progress:{entry.id}")
    queue_mails(_progress_mails(entry, people))
    return len(people)


def follow(idea: Idea, *, level: Level, by: User) -> None:
    """Hear so much of this suggestion; saying it twice changes nothing."""
    before = session().get(Subscription, (by.id, idea.id), populate_existing=True)
    if before is not None and before.level is level:
        return
    was = None if before is None else {"level": before.level.value}
    _put(Subscription, {"user_id": by.id, "idea_id": idea.id}, {"level": level})
    if before is not None:
        session().expire(before)
    record("subscription.changed", idea, by=by, before=was, after={"level": level.value})


def set_preferences(user: User, *, answers_by_mail: bool, level: Level | None = None) -> None:
    """Want mails about suggestions at all, or not, and how much of those that one stands behind.

    What comes by no mail stays on the page.
    """
    was = (wants_answers(user), default_level(user))
    wanted = (answers_by_mail, level or was[1])
    if was == wanted:
        return
    _put(Preference, {"user_id": user.id}, {"answers_by_mail": wanted[0], "level": wanted[1]})
    before, after = ({"answers_by_mail": by_mail, "level": much.value} for by_mail, much in (was, wanted))
    record("preference.changed", user, by=user, before=before, after=after)


def person_of_token(token: str) -> tuple[User, Idea, Level] | None:
    """Who an unsubscribe link is for, which suggestion, and what is left after it; None for one that is not ours."""
    named = read_token(token)
    if named is None:
        return None
    user, idea = session().get(User, named[0]), session().get(Idea, named[1])
    left = Level.ANSWERS if named[2] == COMMENTS else Level.NOTHING
    return (user, idea, left) if user is not None and idea is not None else None


def ideas_of_token(token: str) -> list[Idea]:
    """Every suggestion that the mail with this unsubscribe link was about."""
    return [idea for number in ideas_named(token) if (idea := session().get(Idea, number)) is not None]


def try_again(sent: OutgoingMail, *, by: User) -> None:
    """Put a mail that failed back into the queue, under its old Message-ID.

    Raises:
        NotFailed: it is waiting, on its way, sent or held back.
    """
    if sent.status != FAILED:
        raise NotFailed(_("Only a mail that failed can be tried again; this one has not."))
    sent.status, sent.tries, sent.next_try_at = PENDING, 0, now()
    record("mail.tried_again", sent, by=by, before={"status": FAILED, "error": sent.last_error})


def _first_to_tell(column: InstrumentedAttribute[int | None], number: int, people: int) -> bool:
    statement = insert_into(Telling).values({column.key: number, "people": people, "told_at": now()})
    told = session().execute(statement.on_conflict_do_nothing().returning(Telling.id))
    return told.scalar() is not None


def _write_notices(
    people: list[Follower], column: InstrumentedAttribute[int | None], number: int, subject_key: str
) -> None:
    moment = now()
    rows = [
        {
            "user_id": one.user_id,
            "idea_id": one.idea_id,
            "subject_key": subject_key,
            column.key: number,
            "created_at": moment,
        }
        for one in people
    ]
    for start in range(0, len(rows), _ROWS):
        session().execute(insert_into(Notice).on_conflict_do_nothing(), rows[start : start + _ROWS])


def _answer_mails(told: list[tuple[Response, list[Follower]]]) -> Iterator[Message]:
    """One rendering for each answer, and one for each set of answers that somebody gets together."""
    together: dict[int, list[int]] = defaultdict(list)
    for place, (answer, people) in enumerate(told):
        # What stands in a circle is told by a mail that says nothing, each by itself.
        if answer.idea.circle_id is None:
            for one in people:
                together[one.user_id].append(place)
    several = {user_id for user_id, places in together.items() if len(places) > 1}
    for answer, people in told:
        alone = [one for one in people if one.user_id not in several or answer.idea.circle_id is not None]
        if alone:
            progress = latest_progress(answer.action) if answer.action else None
            yield from mail.idea_answered(answer, answer.idea, alone, progress=progress, names=_names(answer))
    sets: dict[tuple[int, ...], list[Follower]] = defaultdict(list)
    for one in (one for answer, people in told for one in people if one.user_id in several):
        sets[tuple(together[one.user_id])].append(one)
    for places, people in sets.items():
        for start in range(0, len(places), mail.ANSWERS_IN_ONE):
            some = [told[place][0] for place in places[start : start + mail.ANSWERS_IN_ONE]]
            steps = {answer.id: latest_progress(answer.action) for answer in some if answer.action}
            yield from mail.ideas_answered(some, people, steps=steps, names={one.id: _names(one) for one in some})


def _names(answer: Response) -> tuple[tuple[str, str], ...]:
    """Who is named in an answer, with where each name leads."""
    words = (answer.message, *(answer.in_languages or {}).values())
    if not any("@" in said for said in words):
        return ()
    return links_to(named_in(answer.idea).get(f"response:{answer.id}", ()))


def _progress_mails(entry: Progress, people: list[Follower]) -> Iterator[Message]:
    """One rendering for each suggestion, since each mail names the ones that its reader stands behind."""
    readers = _by_mail(people)
    numbers = as_one({number for one in readers for number in (one.idea_id, *one.also)})
    every = session().scalars(select(Idea).where(among_given(Idea.id, "numbers")), {"numbers": numbers})
    ideas = {idea.id: idea for idea in every}
    for idea_id, behind in groupby(sorted(readers, key=attrgetter("idea_id")), attrgetter("idea_id")):
        yield from mail.action_moved(entry, ideas[idea_id], list(behind), ideas)


def _by_mail(people: Iterable[Follower]) -> list[Follower]:
    return [one for one in people if one.by_mail]


def _put(table: type[Subscription] | type[Preference], key: dict[str, int], choice: dict[str, Any]) -> None:
    """Write a choice, whether or not there was one; two clicks at once are one row."""
    values = {**choice, "changed_at": now()}
    statement = insert_into(table).values({**key, **values})
    session().execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
