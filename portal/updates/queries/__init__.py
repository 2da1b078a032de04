"""Reading who is to be told, what was told, and what waits in the outbox."""

from portal.updates.queries.audience import (
    Follower,
    audience_of_answer,
    audience_of_merge,
    audience_of_progress,
    untold,
)
from portal.updates.queries.choices import (
    chosen_ideas,
    is_following,
    may_send,
    wants_answers,
)
from portal.updates.queries.events import listeners_to_event, listeners_to_thanks, untold_events
from portal.updates.queries.home import FirstSteps, News, answered_lately, first_steps, member_of, news_of
from portal.updates.queries.merges import untold_merges
from portal.updates.queries.news import (
    Listener,
    listeners_to_opening,
    listeners_to_summary,
    untold_asks,
    wants_news,
)
from portal.updates.queries.outbox import MailPage, mail_counts, mail_page

__all__ = [
    "FirstSteps", "Follower", "Listener", "MailPage", "News", "answered_lately", "audience_of_answer",
    "audience_of_merge", "audience_of_progress", "chosen_ideas", "first_steps", "is_following", "listeners_to_event",
    "listeners_to_opening", "listeners_to_summary", "listeners_to_thanks", "mail_counts", "mail_page", "may_send",
    "member_of", "news_of", "untold", "untold_asks", "untold_events", "untold_merges", "wants_answers", "wants_news",
]  # fmt: skip
