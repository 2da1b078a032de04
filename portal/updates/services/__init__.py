"""The verbs of updates: tell, follow, and leave people alone."""

from portal.updates.services.asking import ask_authors
from portal.updates.services.events import tell_event
from portal.updates.services.keeping import tell_hand_overs, tell_new_date
from portal.updates.services.looking import tell_lookers
from portal.updates.services.merges import tell_merge, tell_parting
from portal.updates.services.news import change_news, person_of_news_token, tell_news
from portal.updates.services.reports import tell_reporter
from portal.updates.services.said import tell_comments, tell_naming
from portal.updates.services.telling import (
    NotFailed,
    follow,
    ideas_of_token,
    person_of_token,
    set_preferences,
    tell_answers,
    tell_progress,
    try_again,
)

__all__ = [
    "NotFailed", "ask_authors", "change_news", "follow", "ideas_of_token", "person_of_news_token", "person_of_token",
    "set_preferences", "tell_answers", "tell_comments", "tell_event", "tell_hand_overs", "tell_lookers", "tell_merge",
    "tell_naming", "tell_new_date", "tell_news", "tell_parting", "tell_progress", "tell_reporter", "try_again",
]  # fmt: skip
