"""What the community tells by itself: seats in circles, places at events, thanks, and what is whose to do."""

from portal.community.mail.asks import ask_ended
from portal.community.mail.circles import circle_closed, note_changed, seat_ended, seat_given
from portal.community.mail.events import (
    event_cancelled,
    event_changed,
    event_near,
    event_over,
    event_reminder,
    host_cancelled,
    host_changed,
    host_named,
    host_relieved,
    no_place_came,
    place_given,
    place_returned,
)
from portal.community.mail.passing import things_passed_on
from portal.community.mail.thanks import member_thanked

__all__ = [
    "ask_ended", "circle_closed", "event_cancelled", "event_changed", "event_near", "event_over", "event_reminder",
    "host_cancelled", "host_changed", "host_named", "host_relieved", "member_thanked", "no_place_came", "note_changed",
    "place_given", "place_returned", "seat_ended", "seat_given", "things_passed_on",
]  # fmt: skip
