"""The pictures of a suggestion."""

from collections.abc import Iterable, Sequence
from typing import IO

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.database import hold, session
from portal.foundation.storage import PICTURES, StoredPicture, remove_picture, store_pictures
from portal.foundation.text import gettext as _
from portal.ledger.models import Attachment, Idea
from portal.ledger.policies import may_reword
from portal.ledger.services.holding import hold_if_due, look_anew, text_of
from portal.ledger.services.refusals import NotYours, TooMany


def add_pictures(
    idea: Idea,
    streams: Iterable[IO[bytes]],
    *,
    by: User,
    is_first: bool = False,
    kept: Sequence[StoredPicture] = (),
) -> list[Attachment]:
    """Keep pictures with a suggestion, drawn anew; if one is refused, none of them is kept.

    Args:
        kept: pictures that waited with its draft; they stand before the others.
        is_first: they came with the suggestion itself; where pictures stand already, the same form was sent twice.

    Raises:
        NotYours: somebody else's suggestion.
        TooMany: it would have more than six.
        BadPicture: one of them is no picture, or too large.
    """
    given = list(streams)
    if not given and not kept:
        return []
    if not is_first:
        hold(idea)
    if not may_reword(by, idea):
        raise NotYours(_("Only the one who wrote this can add pictures to it."))
    there = session().scalar(select(func.count()).where(Attachment.idea_id == idea.id)) or 0
    if is_first and there:
        return []
    if there + len(kept) + len(given) > PICTURES:
        raise TooMany(_("A suggestion has at most %(limit)s pictures.", limit=PICTURES))
    added = [
        Attachment(
            idea_id=idea.id,
            key=picture.key,
            width=picture.width,
            height=picture.height,
            size=picture.size,
            added_by_id=by.id,
        )
        for picture in (*kept, *store_pictures(given))
    ]
    session().add_all(added)
    session().flush()
    record("idea.pictures_added", idea, by=by, after={"pictures": [picture.id for picture in added]})
    if not is_first:
        # A picture says as much as words: of someone new it waits for the same look.
        hold_if_due(idea, by, before=text_of(idea))
    return added


def remove_attachment(picture: Attachment, *, by: User) -> None:
    """Take a picture away, file and all.

    Raises:
        NotYours: somebody else's suggestion.
    """
    if not may_reword(by, picture.idea):
        raise NotYours(_("Only the one who wrote this can take pictures away."))
    remove_picture(picture.key)
    record("idea.picture_removed", picture.idea, by=by, before={"picture": picture.id})
    look_anew(picture.idea)
    session().delete(picture)
