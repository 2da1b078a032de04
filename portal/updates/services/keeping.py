"""Telling people who answers their suggestion from now on, and that a broken promise has a new date."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from portal.foundation.audit import AuditEntry
from portal.foundation.database import session
from portal.foundation.mail.message import Message
from portal.foundation.mail.outbox import queue_mails
from portal.ledger.models import Idea, NewDate
from portal.updates import mail
from portal.updates.queries import Follower, audience_of_hand_over, audience_of_new_date
from portal.updates.services.news import announce

# A hand-over, by its audit row, with the suggestion and its author.
_Change = tuple[int, Idea, Follower]


def tell_hand_overs(numbers: Sequence[int]) -> int:
    """Tell authors who answers from now on, by mail, each of them in one; returns of how many they heard.

    It belongs to one transaction with the `Announcement` rows, which only one teller can write.

    Args:
        numbers: of their audit rows, oldest first.
    """
    theirs: dict[int, list[_Change]] = defaultdict(list)
    for number in numbers:
        entry = session().get_one(AuditEntry, number)
        idea = session().get_one(Idea, entry.subject_id)
        people = audience_of_hand_over(idea, by_id=entry.by_id or 0)
        if announce(f"hand-over:{number}", people=len(people)):
            for person in people:
                theirs[person.user_id].append((number, idea, person))
    queue_mails(message for changes in theirs.values() for message in _owners_changed(changes))
    return sum(len(changes) for changes in theirs.values())


def tell_new_date(number: int) -> int:
    """Tell everyone behind a suggestion by when its broken promise will be kept; returns how many heard.

    It belongs to one transaction with the `Announcement` row, which only one teller can write.
    """
    given = session().get_one(NewDate, number)
    people = audience_of_new_date(given)
    subject_key = f"new-date:{number}"
    if not announce(subject_key, people=len(people)):
        return 0
    queue_mails(mail.new_date_given(subject_key, session().get_one(Idea, given.idea_id), given, people))
    return len(people)


def _owners_changed(changes: Sequence[_Change]) -> Iterator[Message]:
    for start in range(0, len(changes), mail.OWNERS_IN_ONE):
        some = changes[start : start + mail.OWNERS_IN_ONE]
        number, idea, person = some[0]
        if len(some) == 1:
            yield from mail.owner_changed(f"hand-over:{number}", idea, [person])
        else:
            yield from mail.owners_changed(f"hand-overs:{number}-{some[-1][0]}", [one for _, one, _ in some], person)
