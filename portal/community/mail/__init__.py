"""What the community tells by itself: seats in circles, places at events, and thanks."""

from portal.community.mail.circles import seat_given
from portal.community.mail.events import (
    event_cancelled,
    event_changed,
    event_reminder,
    place_given,
    place_returned,
)
from portal.community.mail.thanks import member_thanked

__all__ = [
    "event_cancelled", "event_changed", "event_reminder", "member_thanked", "place_given", "place_returned",
    "seat_given",
]  # fmt: skip
