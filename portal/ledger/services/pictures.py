"""The pictures of a suggestion."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.database import hold, session
from portal.foundation.storage import (
    PICTURES,
    BadPicture,
    NotJustNow,
    StoredPicture,
    remove_picture,
    store_picture,
    store_pictures,
)
from portal.foundation.text import gettext as _
from portal.ledger.models import Attachment, Idea
from portal.ledger.policies import may_reword
from portal.ledger.services.holding import hold_if_due, look_anew, text_of
from portal.ledger.services.refusals import NotYours, TooMany


@dataclass(frozen=True)
class LeftOut:
    """A picture that was not kept: the name that it was sent under, and why; `is_good` where it may be sent again."""

    name: str
    why: str
    is_good: bool = False


def kept_singly(files: Iterable[tuple[str, IO[bytes]]], *, there: int) -> tuple[list[StoredPicture], list[LeftOut]]:
    """Pictures drawn anew and kept, each by itself, while there is room; and those that were not.

    Args:
        files: each with the name that it was sent under.
        there: how many stand there already.
    """
    kept: list[StoredPicture] = []
    left_out: list[LeftOut] = []
    for name, stream in files:
        if there + len(kept) >= PICTURES:
            left_out.append(LeftOut(name, _("A suggestion has at most %(limit)s pictures.", limit=PICTURES)))
            continue
        try:
            kept.append(store_picture(stream))
        except (BadPicture, NotJustNow) as refusal:
            left_out.append(LeftOut(name, str(refusal), is_good=isinstance(refusal, NotJustNow)))
    return kept, left_out


def add_pictures(
    idea: Idea, streams: Iterable[IO[bytes]], *, by: User, kept: Sequence[StoredPicture] = ()
) -> list[Attachment]:
    """Keep the pictures that came with a suggestion, drawn anew; if one is refused, none of them is kept.

    Where pictures stand already, the same form was sent twice, and nothing is added.

    Args:
        kept: pictures that waited with its draft; they stand before the others.

    Raises:
        NotYours: somebody else's suggestion.
        TooMany: it would have more than six.
        BadPicture: one of them is no picture, or too large.
    """
    given = list(streams)
    if not given and not kept:
        return []
    _check(idea, by)
    if _count(idea):
        return []
    if len(kept) + len(given) > PICTURES:
        raise TooMany(_("A suggestion has at most %(limit)s pictures.", limit=PICTURES))
    return _add(idea, (*kept, *store_pictures(given)), by)


def add_more_pictures(
    idea: Idea, files: Iterable[tuple[str, IO[bytes]]], *, by: User
) -> tuple[list[Attachment], list[LeftOut]]:
    """Keep pictures with a suggestion that stands already, as far as there is room; and say which were not kept.

    Args:
        files: each with the name that it was sent under.

    Raises:
        NotYours: somebody else's suggestion.
    """
    hold(idea)
    _check(idea, by)
    kept, left_out = kept_singly(files, there=_count(idea))
    if not kept:
        return [], left_out
    added = _add(idea, kept, by)
    # A picture says as much as words: of someone new it waits for the same look.
    hold_if_due(idea, by, before=text_of(idea))
    return added, left_out


def _check(idea: Idea, by: User) -> None:
    if not may_reword(by, idea):
        raise NotYours(_("Only the one who wrote this can add pictures to it."))


def _count(idea: Idea) -> int:
    return session().scalar(select(func.count()).where(Attachment.idea_id == idea.id)) or 0


def _add(idea: Idea, kept: Iterable[StoredPicture], by: User) -> list[Attachment]:
    added = [
        Attachment(
            idea_id=idea.id,
            key=picture.key,
            width=picture.width,
            height=picture.height,
            size=picture.size,
            added_by_id=by.id,
        )
        for picture in kept
    ]
    session().add_all(added)
    session().flush()
    record("idea.pictures_added", idea, by=by, after={"pictures": [picture.id for picture in added]})
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
