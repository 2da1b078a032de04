"""Reading the community: members, circles, asks and events."""

from portal.community.queries.asks import (
    ASKS_SHOWN,
    Poll,
    PollChoice,
    asks_for,
    asks_in,
    asks_to_end,
    asks_to_open,
    asks_without_summary,
    poll_of,
    running_asks,
)
from portal.community.queries.circles import (
    CircleCard,
    circle_cards,
    circles_to_speak_in,
    directory,
    lacks_manager,
    seats,
    seats_inside,
    staff_for,
    users_named,
)
from portal.community.queries.events import (
    EVENTS_SHOWN,
    HOST_KIND,
    PLACE_KIND,
    EventCard,
    card_of,
    events_gone,
    events_in,
    events_just_over,
    events_to_come,
    events_to_remind,
    events_waited_for_in_vain,
    next_event,
    people_of_event,
)
from portal.community.queries.home import AtHome, at_home, circle_to_enter
from portal.community.queries.members import (
    PAGE,
    Anniversary,
    anniversaries,
    count_members,
    is_name_of_staff,
    last_founding_number,
    links_of,
    member_of,
    members,
    thanks_of,
    years_here,
)
from portal.community.queries.passing import is_lost, lost_asks, lost_circles, lost_events, who_could

__all__ = [
    "ASKS_SHOWN", "EVENTS_SHOWN", "HOST_KIND", "PAGE", "PLACE_KIND", "Anniversary", "AtHome", "CircleCard", "EventCard",
    "Poll", "PollChoice", "anniversaries", "asks_for", "asks_in", "asks_to_end", "asks_to_open", "asks_without_summary",
    "at_home", "card_of", "circle_cards", "circle_to_enter", "circles_to_speak_in", "count_members", "directory",
    "events_gone", "events_in", "events_just_over", "events_to_come", "events_to_remind", "events_waited_for_in_vain",
    "is_lost", "is_name_of_staff", "lacks_manager",
    "last_founding_number", "links_of", "lost_asks", "lost_circles", "lost_events", "member_of", "members",
    "next_event", "people_of_event", "poll_of", "running_asks", "seats", "seats_inside", "staff_for", "thanks_of",
    "users_named", "who_could", "years_here",
]  # fmt: skip
