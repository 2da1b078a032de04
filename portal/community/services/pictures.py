"""The pictures beside the background of an ask."""

from collections.abc import Iterable
from typing import IO

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.community.models import Ask, AskPicture
from portal.community.services.refusals import NotOpen, TooMany
from portal.foundation.audit import record
from portal.foundation.database import session
from portal.foundation.storage import PICTURES, remove_picture, store_pictures
from portal.foundation.text import gettext as _


def add_ask_pictures(ask: Ask, streams: Iterable[IO[bytes]], *, by: User, is_first: bool = False) -> list[AskPicture]:
    """Keep pictures with a question, drawn anew; if one is refused, none of them is kept.

    Args:
        is_first: they came with the question itself; where pictures stand already, the same form was sent twice.

    Raises:
        NotOpen: it has ended.
        TooMany: it would have more than six.
        BadPicture: one of them is no picture, or too large.
    """
    given = list(streams)
    if not given:
        return []
    if ask.ended_at is not None:
        raise NotOpen(_("This question has ended; what was asked stays as it was."))
    there = session().scalar(select(func.count()).where(AskPicture.ask_id == ask.id)) or 0
    if is_first and there:
        return []
    if there + len(given) > PICTURES:
        raise TooMany(_("A question has at most %(limit)s pictures.", limit=PICTURES))
    added = [
        AskPicture(ask=ask, key=kept.key, width=kept.width, height=kept.height, size=kept.size, added_by_id=by.id)
        for kept in store_pictures(given)
    ]
    session().add_all(added)
    session().flush()
    record("ask.pictures_added", ask, by=by, after={"pictures": [picture.id for picture in added]})
    return added


def remove_ask_picture(picture: AskPicture, *, by: User) -> None:
    """Take a picture away, file and all."""
    remove_picture(picture.key)
    record("ask.picture_removed", picture.ask, by=by, before={"picture": picture.id})
    session().delete(picture)
