"""The same form sent twice makes one row: whoever presses twice, or sends a page again, finds what they have made."""

import hashlib
from typing import TypeVar

from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import Ask, Circle, Event, Thanks
from portal.foundation.database import session

Row = TypeVar("Row", Ask, Circle, Event, Thanks)


def key_of(form_key: str | None, by: User, *said: object) -> str | None:
    """What such a row is kept under: the form, its author and what was written; None for what came by no form.

    Whoever goes back and writes something else makes something new.
    """
    if not form_key:
        return None
    return hashlib.sha256("\n".join(map(str, (by.id, form_key, *said))).encode()).hexdigest()


def already_made(kind: type[Row], key: str | None, *, by: User) -> Row | None:
    """What this form has made before, if it has."""
    if key is None:
        return None
    # Of two presses at once the second looks when the first has written; only this person's presses wait.
    session().execute(select(User.id).where(User.id == by.id).with_for_update(key_share=True))
    return session().scalars(select(kind).where(kind.form_key == key)).one_or_none()
