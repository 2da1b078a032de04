"""Letting others see what was held or taken out, and taking words out; what follows from either for the record."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.audit import AuditEntry, record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import queue_mails
from portal.ledger import mail
from portal.ledger.chain import hold_ledger
from portal.ledger.models import Idea
from portal.ledger.queries import answerers
from portal.ledger.services.holding import Words, mark_moderated
from portal.ledger.services.merging import split_all
from portal.ledger.services.naming import keep_names
from portal.ledger.services.tags import hand_over_by_tags


def show(words: Words, *, by: User) -> bool:
    """Let others see what was held or taken out; the owner of a suggestion hears of it now, once.

    Whoever is named in it is named from now on, since they can read it.
    What was sorted under a word meanwhile goes to whoever a rule names for it, as it would have at once.
    """
    if words.is_shown:
        return False
    words.held_at = words.held_because = words.removed_at = None
    mark_moderated(words)
    record("words.shown", words, by=by)
    if isinstance(words, Idea):
        # As long as it waited, nobody who is named in it could read it.
        keep_names(words, by=words.proposed_by)
        if not words.responses and words.merged_into_id is None:
            _tell_owner(words, by=by)
    return True


def take_out(words: Words, *, by: User) -> bool:
    """Let nobody but its author and the managers see it; nothing is deleted.

    What was joined with a suggestion stands by itself again, so that it does not go out of sight with it.
    """
    if isinstance(words, Idea):
        # Before any row is written, as everyone does who writes to the record.
        hold_ledger()
        session().refresh(words, ["removed_at"])
    if words.removed_at is not None:
        return False
    words.removed_at = now()
    mark_moderated(words)
    record("words.taken_out", words, by=by)
    if isinstance(words, Idea):
        split_all(words, by=by)
    return True


def _tell_owner(idea: Idea, *, by: User) -> None:
    # Whoever gets it by a rule hears of it by that; what was handed over before stays where it is.
    if _was_handed_over(idea) or not hand_over_by_tags(idea, by=by):
        known = answerers(() if idea.circle_id is None else (idea.circle_id,))
        # It may have waited until its owner was away, and it is new to whoever stands in.
        stand_in = known.also_told(idea.owner, idea.proposed_by_id, circle_id=idea.circle_id)
        queue_mails(mail.idea_assigned(idea, to=person) for person in (idea.owner, stand_in) if person is not None)


def _was_handed_over(idea: Idea) -> bool:
    entry = select(AuditEntry.id).where(
        AuditEntry.subject_table == Idea.__tablename__,
        AuditEntry.subject_id == idea.id,
        AuditEntry.verb == "idea.handed_over",
    )
    return session().scalar(select(entry.exists())) is True
