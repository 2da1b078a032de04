"""Reading the community: members, circles and asks."""

from portal.community.queries.asks import (
    ASKS_SHOWN,
    Poll,
    PollChoice,
    asks_for,
    asks_in,
    asks_to_end,
    asks_to_open,
    asks_without_summary,
    open_asks,
    poll_of,
)
from portal.community.queries.circles import (
    CircleCard,
    circle_cards,
    circles_to_speak_in,
    directory,
    seats,
    users_named,
)
from portal.community.queries.members import (
    PAGE,
    count_members,
    is_name_of_staff,
    last_founding_number,
    member_of,
    members,
)

__all__ = [
    "ASKS_SHOWN", "PAGE", "CircleCard", "Poll", "PollChoice", "asks_for", "asks_in", "asks_to_end", "asks_to_open",
    "asks_without_summary", "circle_cards", "circles_to_speak_in", "count_members", "directory", "is_name_of_staff",
    "last_founding_number", "member_of", "members", "open_asks", "poll_of", "seats", "users_named",
]  # fmt: skip
