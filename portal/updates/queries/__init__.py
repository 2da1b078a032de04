"""Reading who is to be told, what was told, and what waits in the outbox."""

from portal.updates.queries.audience import (
    Follower,
    audience_of_answer,
    audience_of_merge,
    audience_of_parting,
    audience_of_progress,
    untold,
)
from portal.updates.queries.choices import (
    chosen_ideas,
    default_level,
    is_following,
    level_of,
    may_send,
    wants_answers,
)
from portal.updates.queries.events import listeners_to_event, listeners_to_thanks, untold_events
from portal.updates.queries.home import FirstSteps, News, answered_lately, asked_back, first_steps, news_of, shipped
from portal.updates.queries.keeping import (
    audience_of_hand_over,
    audience_of_new_date,
    untold_hand_overs,
    untold_new_dates,
)
from portal.updates.queries.looking import Look, lookers, untold_looks
from portal.updates.queries.merges import untold_merges, untold_partings
from portal.updates.queries.news import (
    Listener,
    listeners_to_opening,
    listeners_to_summary,
    untold_asks,
    wants_news,
)
from portal.updates.queries.outbox import MailPage, mail_counts, mail_page
from portal.updates.queries.reports import untold_reporters, untold_reports
from portal.updates.queries.said import (
    Heard,
    hearers_of_comments,
    hearers_of_naming,
    ideas_with_news,
    untold_comments,
    untold_namings,
    weary,
)

__all__ = [
    "FirstSteps",
    "Follower",
    "Heard",
    "Listener",
    "Look",
    "MailPage",
    "News",
    "answered_lately",
    "asked_back",
    "audience_of_answer",
    "audience_of_hand_over",
    "audience_of_merge",
    "audience_of_new_date",
    "audience_of_parting",
    "audience_of_progress",
    "chosen_ideas",
    "default_level",
    "first_steps",
    "hearers_of_comments",
    "hearers_of_naming",
    "ideas_with_news",
    "is_following",
    "level_of",
    "listeners_to_event",
    "listeners_to_opening",
    "listeners_to_summary",
    "listeners_to_thanks",
    "lookers",
    "mail_counts",
    "mail_page",
    "may_send",
    "news_of",
    "shipped",
    "untold",
    "untold_asks",
    "untold_comments",
    "untold_events",
    "untold_hand_overs",
    "untold_looks",
    "untold_merges",
    "untold_namings",
    "untold_new_dates",
    "untold_partings",
    "untold_reporters",
    "untold_reports",
    "wants_answers",
    "wants_news",
    "weary",
]  # fmt: skip
