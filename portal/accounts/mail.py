"""The one mail of sign-in."""

from portal.accounts.models import User
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build


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
