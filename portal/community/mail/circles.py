"""The mails about a seat in a circle: given, ended, its note changed, its room closed or open again."""

from typing import Any

from portal.accounts.models import User
from portal.community.models import CircleMember
from portal.foundation.clock import now
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, header_words


def seat_given(seat: CircleMember, *, by: User) -> Message:
    """A place in a circle waits; which circle it is stands on the page and not in the mail."""
    # Taken away and given again is told again.
    moment = str(int(seat.joined_at.timestamp()))
    return _build("seat_given", seat, moment, by=by, has_note=bool(seat.circle.note), circle_url=_page(seat))


def note_changed(seat: CircleMember, *, by: User) -> Message:
    """The note that they confirmed has other words now, and nothing shows to them until they confirm those."""
    return _build("note_changed", seat, now().isoformat(), by=by, circle_url=_page(seat))


def seat_ended(seat: CircleMember, *, by: User) -> Message:
    """Their place was taken from them; a mail does not say in which circle, their own list does."""
    return _build("seat_ended", seat, now().isoformat(), by=by, circles_url=address("/circles"))


def circle_closed(seat: CircleMember, *, is_closed: bool, by: User) -> Message:
    """A circle of theirs was closed to everything new, or opened again."""
    return _build("circle_closed", seat, now().isoformat(), by=by, is_closed=is_closed, circle_url=_page(seat))


def _page(seat: CircleMember) -> str:
    return address(f"/circles/{seat.circle_id}")


def _build(kind: str, seat: CircleMember, moment: str, *, by: User, **words: Any) -> Message:
    """A mail to whoever has this seat; `moment` lets what happens again be told again."""
    return build(
        f"community/mail/{kind}",
        kind=kind,
        subject_key=f"circle:{seat.circle_id}:{moment}",
        to_address=seat.user.email,
        to_name=header_words(seat.user.name),
        by_name=by.name,
        **words,
    )
