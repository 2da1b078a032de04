"""The mails of sign-in and of a new place on the staff."""

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, header_words


def sign_in_link(user: User, *, secret: str, link_id: int, code: str = "") -> Message:
    """The link that signs this person in, once, within ten minutes; and a code for the browser that asked."""
    return build(
        "accounts/mail/sign_in_link",
        kind="sign_in",
        subject_key=f"sign_in_link:{link_id}",
        to_address=user.email,
        to_name=user.name,
        sign_in_url=address(f"/sign-in/{secret}"),
        # In two groups, as one reads it aloud.
        code=f"{code[:4]} {code[4:]}".strip(),
    )


def welcome_colleague(user: User, *, by: User) -> Message:
    """Tells somebody that they are one of the staff now, and how they come in."""
    return build(
        "accounts/mail/welcome_colleague",
        kind="welcome_colleague",
        subject_key=f"welcome_colleague:{user.id}:{now():%Y%m%d%H%M%S}",
        to_address=user.email,
        to_name=header_words(user.name),
        by=by.name,
        role=user.role.value,
        sign_in_url=address("/sign-in"),
    )
