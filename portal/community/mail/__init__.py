"""What the community tells by itself: seats in circles, and places at events."""

from portal.community.mail.circles import seat_given
from portal.community.mail.events import (
    event_cancelled,
    event_changed,
    event_reminder,
    place_given,
    place_returned,
)

__all__ = ["event_cancelled", "event_changed", "event_reminder", "place_given", "place_returned", "seat_given"]
