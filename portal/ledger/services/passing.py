"""What its owner cannot answer any more goes to whoever answers now."""

from collections import defaultdict

from portal.accounts.models import User
from portal.foundation.audit import record_all
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import queue_mails
from portal.foundation.text import gettext as _
from portal.ledger.mail import PassedOn, ideas_passed_on
from portal.ledger.queries import answerers, tag_owners, without_an_owner


def pass_on(*, limit: int = 100) -> int:
    """Give what is open with somebody who left the staff, or its circle, to whoever answers next; returns how much.

    Each of those who answer now gets one mail, however much it is. Where nobody could answer it, it stays.
    """
    ideas, moment = without_an_owner(limit=limit), now()
    if not ideas:
        return 0
    known = answerers({idea.circle_id for idea in ideas if idea.circle_id is not None})
    by_tag = tag_owners(ideas)
    told: dict[User, list[PassedOn]] = defaultdict(list)
    given = []
    for idea in ideas:
        to = known.next(idea.proposed_by_id, circle=idea.circle, ask=idea.ask, by_tag=by_tag.get(idea.id))
        if to is None:
            continue
        word = _("%(name)s does not answer here any more.", name=idea.owner.name)
        after = {"owner": to.id, "word": word[:500]}
        given.append((idea, {"owner": idea.owner_id}, after))
        stand_in = known.also_told(to, idea.proposed_by_id, circle_id=idea.circle_id)
        before, idea.owner = idea.owner.name, to
        for person in (to, stand_in):
            if person is not None:
                told[person].append(PassedOn(idea, before))
    session().flush()
    record_all("idea.handed_over", given, by=None)
    queue_mails(ideas_passed_on(passed, at=moment, to=person) for person, passed in told.items())
    return len(given)
