"""The mail that says that someone was given a seat in a circle."""

from portal.accounts.models import User
from portal.community.models import CircleMember
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, header_words


def seat_given(seat: CircleMember, *, by: User) -> Message:
    """A place in a circle waits; which circle it is stands on the page and not in the mail."""
    return build(
        "community/mail/seat_given",
        kind="seat_given",
        # Taken away and given again is told again.
        subject_key=f"circle:{seat.circle_id}:{int(seat.joined_at.timestamp())}",
        to_address=seat.user.email,
        to_name=header_words(seat.user.name),
        by_name=by.name,
        is_staff=seat.user.is_staff,
        circle_url=address(f"/circles/{seat.circle_id}"),
    )
