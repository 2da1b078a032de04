"""The pictures of mentions: noted on arrival, fetched through the one door, kept small, gone with the words."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, insert, select

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.http import FetchFailed, FetchIdentity, FetchLimits, FetchRefused, fetch
from portal.foundation.storage import remove_file, write_file
from portal.listening.connectors import known_connectors
from portal.listening.drafts import MediaDraft, MentionDraft
from portal.listening.models import MentionMedia
from portal.listening.parsing import ParseFailed, SmallPicture, draw_small

# What a timeline has room for beside one mention.
PICTURES = 4
MAX_URL_CHARS = 2000
MAX_ALT_CHARS = 500
TRIES = 3
_LEASE = timedelta(minutes=10)
_AGAIN_AFTER = timedelta(hours=6)
_LIMITS = FetchLimits(seconds=10, wire_bytes=4 << 20, decoded_bytes=4 << 20)
# Busy or broken for now; anything else but 200 is a no.
_LATER = {408, 425, 429, 500, 502, 503, 504}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that is about to be fetched."""

    media_id: int
    url: str


class NotNow(Exception):
    """The picture may be had another time."""


class NotAtAll(Exception):
    """There is no picture to be had."""


def channels_without_pictures() -> frozenset[str]:
    """The channels whose terms let nobody keep copies of what people show there."""
    return frozenset(connector.key for connector in known_connectors() if not connector.caps.keeps_pictures)


def note_pictures(arrived: Sequence[tuple[int, MentionDraft]]) -> None:
    """Remember what is to be fetched for mentions that were just stored; nothing is fetched yet."""
    with_media = [(number, draft) for number, draft in arrived if draft.media]
    if not with_media:
        return
    without, moment = channels_without_pictures(), now()
    rows = [
        row
        for number, draft in with_media
        if draft.channel not in without
        for row in _rows(number, _shown(draft.media), moment)
    ]
    if rows:
        session().execute(insert(MentionMedia), rows)


def renew_pictures(told: Sequence[tuple[int, MentionDraft]]) -> None:
    """Drop the pictures of mentions that show others by now, and remember those for fetching."""
    without, moment = channels_without_pictures(), now()
    drafts = {number: draft for number, draft in told if draft.channel not in without}
    stored: dict[int, list[MentionMedia]] = {number: [] for number in drafts}
    rows = select(MentionMedia).where(MentionMedia.mention_id.in_(drafts)).order_by(MentionMedia.place)
    for media in session().scalars(rows):
        stored[media.mention_id].append(media)
    fresh: list[dict[str, Any]] = []
    for number, draft in drafts.items():
        shown = _shown(draft.media)
        standing = [media for media in stored[number] if media.dropped_at is None]
        if [_picture_of(media.url) for media in standing] == [_picture_of(url) for _media, url in shown]:
            continue
        for media in standing:
            media.dropped_at, media.due_at, media.url, media.alt = moment, None, "", None
        # The places of the dropped are taken until their files are removed.
        fresh += _rows(number, shown, moment, first=max((media.place for media in stored[number]), default=-1) + 1)
    if fresh:
        session().execute(insert(MentionMedia), fresh)


def _picture_of(url: str) -> str:
    """What tells one picture from another: channels change the host and sign the address anew from day to day."""
    return url.partition("?")[0].partition("//")[2].partition("/")[2]


def _rows(
    number: int, shown: Sequence[tuple[MediaDraft, str]], moment: datetime, *, first: int = 0
) -> list[dict[str, Any]]:
    return [
        {
            "mention_id": number,
            "place": place,
            "kind": media.kind,
            "url": url,
            "alt": media.alt[:MAX_ALT_CHARS] if media.alt else None,
            "due_at": moment,
            "tries": 0,
        }
        for place, (media, url) in enumerate(shown, first)
    ]


def _shown(media: Sequence[MediaDraft]) -> list[tuple[MediaDraft, str]]:
    """What has a picture, with its address: a film, a sound or a link only where the channel gives a still."""
    found = [(one, one.thumb_url or (one.url if one.kind in {"image", "gif"} else "")) for one in media]
    return [(one, url) for one, url in found if url and len(url) <= MAX_URL_CHARS][:PICTURES]


def claim_pictures(due: Sequence[MentionMedia]) -> list[Wanted]:
    """Take these; they are not taken again for ten minutes, and not for ever."""
    for media in due:
        media.tries += 1
        media.due_at = now() + _LEASE if media.tries <= TRIES else None
    return [Wanted(media.id, media.url) for media in due if media.due_at is not None]


def fetch_picture(url: str) -> SmallPicture | NotNow | NotAtAll:
    """Fetch and draw one picture anew; touches no database, and nothing that comes back can break it."""
    settings = config.current()
    try:
        answer = fetch(
            url,
            headers={"Accept": "image/webp, image/jpeg, image/png, image/gif"},
            limits=_LIMITS,
            identity=FetchIdentity(settings.BASE_URL),
            allow_loopback=settings.FETCH_ALLOW_LOOPBACK,
        )
        if answer.status in _LATER:
            return NotNow(f"status {answer.status}")
        return draw_small(answer.body) if answer.status == 200 else NotAtAll(f"status {answer.status}")
    except FetchFailed as problem:
        return NotNow(str(problem))
    except (FetchRefused, ParseFailed) as problem:
        return NotAtAll(str(problem))


def keep_picture(wanted: Wanted, found: SmallPicture | NotNow | NotAtAll) -> bool:
    """Write down what came of it, the picture into the file store; says whether there is one now."""
    media = session().get(MentionMedia, wanted.media_id, with_for_update=True)
    if media is None or media.dropped_at is not None or media.key is not None:
        return False
    if isinstance(found, SmallPicture):
        media.key, media.due_at = f"heard/{secrets.token_hex(16)}.webp", None
        media.width, media.height = found.width, found.height
        write_file(media.key, found.content)
        return True
    media.due_at = now() + _AGAIN_AFTER if isinstance(found, NotNow) and media.tries < TRIES else None
    return False


def remove_dropped(limit: int = 200) -> int:
    """Remove the files of pictures whose words were blanked, and the rows; a file that is gone already is no fault."""
    dropped = select(MentionMedia.id, MentionMedia.key).where(MentionMedia.dropped_at.isnot(None))
    found = session().execute(dropped.order_by(MentionMedia.dropped_at, MentionMedia.id).limit(limit)).all()
    for _number, key in found:
        if key:
            remove_file(key)
    session().execute(delete(MentionMedia).where(MentionMedia.id.in_([number for number, _key in found])))
    return len(found)
