"""The mails of updates: answers and steps, and the news of the community."""

from portal.updates.mail.answers import (
    ANSWERS_IN_ONE,
    action_moved,
    did_it_help,
    idea_answered,
    ideas_answered,
    unsubscribe_url,
)
from portal.updates.mail.events import event_planned, event_thanks
from portal.updates.mail.keeping import OWNERS_IN_ONE, new_date_given, owner_changed, owners_changed
from portal.updates.mail.looking import looks_wait
from portal.updates.mail.merges import idea_merged, idea_parted
from portal.updates.mail.news import ask_closed, ask_opened
from portal.updates.mail.reports import reports_settled
from portal.updates.mail.said import said_beside

__all__ = [
    "ANSWERS_IN_ONE", "OWNERS_IN_ONE", "action_moved", "ask_closed", "ask_opened", "did_it_help", "event_planned",
    "event_thanks", "idea_answered", "idea_merged", "idea_parted", "ideas_answered", "looks_wait", "new_date_given",
    "owner_changed", "owners_changed", "reports_settled", "said_beside", "unsubscribe_url",
]  # fmt: skip
