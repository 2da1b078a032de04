"""The mails about a seat in a circle: it is given, and its note reads otherwise by now."""

from portal.accounts.models import User
from portal.community.models import CircleMember
from portal.foundation.clock import now
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
        has_note=bool(seat.circle.note),
        circle_url=address(f"/circles/{seat.circle_id}"),
    )


def note_changed(seat: CircleMember, *, by: User) -> Message:
    """The note that they confirmed has other words now, and nothing shows to them until they confirm those."""
    return build(
        "community/mail/note_changed",
        kind="note_changed",
        # Changed again is told again.
        subject_key=f"circle:{seat.circle_id}:{now().isoformat()}",
        to_address=seat.user.email,
        to_name=header_words(seat.user.name),
        by_name=by.name,
        circle_url=address(f"/circles/{seat.circle_id}"),
    )


def seat_ended(seat: CircleMember, *, by: User) -> Message:
    """Their place was taken from them; a mail does not say in which circle, their own list does."""
    return build(
        "community/mail/seat_ended",
        kind="seat_ended",
        # Given and taken away again is told again.
        subject_key=f"circle:{seat.circle_id}:{now().isoformat()}",
        to_address=seat.user.email,
        to_name=header_words(seat.user.name),
        by_name=by.name,
        circles_url=address("/circles"),
    )


def circle_closed(seat: CircleMember, *, is_closed: bool, by: User) -> Message:
    """A circle of theirs was closed to everything new, or opened again."""
    return build(
        "community/mail/circle_closed",
        kind="circle_closed",
        subject_key=f"circle:{seat.circle_id}:{now().isoformat()}",
        to_address=seat.user.email,
        to_name=header_words(seat.user.name),
        by_name=by.name,
        is_closed=is_closed,
        circle_url=address(f"/circles/{seat.circle_id}"),
    )
