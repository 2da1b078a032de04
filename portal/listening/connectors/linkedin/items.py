"""What people do around a company's LinkedIn page, in the shape of the house, pulled or pushed; pure."""

from collections.abc import Mapping
from typing import Any

from portal.listening.connectors import values
from portal.listening.connectors.contract import Deletion, LeftOut, Raw
from portal.listening.connectors.pieces import piece, text_of
from portal.listening.drafts import AuthorDraft, MentionDraft

CHANNEL = "linkedin"
_KINDS = {
    "COMMENT": "comment",
    "COMMENT_EDIT": "comment",
    "ADMIN_COMMENT": "comment",
    "SHARE": "repost",
    "SHARE_MENTION": "post",
}


def raw_items(payload: object) -> list[Raw]:
    """The notifications of a pull (`elements`) or of a push (`notifications`)."""
    return list(values.objects(payload, "elements") or values.objects(payload, "notifications"))


def says_something(raw: Raw) -> bool:
    """Whether there can be words in it, or the end of some: likes and the like have none."""
    return str(raw.get("action")) in {*_KINDS, "COMMENT_DELETE"}


def normalise_item(raw: Raw) -> MentionDraft | Deletion:
    """A comment, a share, or a post that names the page; a tombstone for a comment that was deleted.

    Raises:
        Contract: it has no id or time.
        LeftOut: it has no words of its own, such as a like.
    """
    action = str(raw.get("action"))
    activity = _activity(raw)
    external_id = values.need_id(_activity_id(raw, activity), "LinkedIn notification")
    if action == "COMMENT_DELETE":
        return Deletion(channel=CHANNEL, external_id=external_id)
    if action not in _KINDS:
        raise LeftOut(f"A LinkedIn notification says nothing of its own ({action[:40]}).")
    said_at = values.first_filled(
        piece(activity, "created", "time"), piece(activity, "createdAt"), raw.get("lastModifiedAt")
    )
    return MentionDraft(
        channel=CHANNEL,
        external_id=external_id,
        kind=_KINDS[action],
        text=_words(activity),
        url=_address(external_id, raw),
        created_at=values.need_moment(said_at, "LinkedIn notification"),
        edited_at=values.moment(raw.get("lastModifiedAt")) if action == "COMMENT_EDIT" else None,
        author=_author(activity, external_id),
        parent_id=values.identifier(raw.get("sourcePost")),
        thread_id=values.identifier(raw.get("sourcePost")) or external_id,
    )


def _activity(raw: Raw) -> Mapping[str, Any]:
    """The decorated comment or share, wrapped in its kind or not."""
    decorated = values.mapping(raw, "decoratedGeneratedActivity") or values.mapping(raw, "decoratedSourcePost")
    for kind in ("comment", "share", "post", "ugcPost"):
        if values.mapping(decorated, kind):
            return values.mapping(decorated, kind)
    return decorated


def _activity_id(raw: Raw, activity: Mapping[str, Any]) -> object:
    # An edit or a deletion names the same activity as the comment did, a notification is told once.
    return values.first_filled(raw.get("generatedActivity"), activity.get("entity"), activity.get("id"))


def _words(activity: Mapping[str, Any]) -> str:
    said = values.first_filled(
        activity.get("text"), piece(activity, "message", "text"), activity.get("commentary"),
        piece(activity, "specificContent", "com.linkedin.ugc.ShareContent", "shareCommentary", "text"),
    )  # fmt: skip
    return text_of(piece(said, "text") if isinstance(said, Mapping) else said)


def _author(activity: Mapping[str, Any], external_id: str) -> AuthorDraft:
    """The member's URN; a name is given only to pages that may see it."""
    actor = values.first_filled(
        activity.get("owner"), activity.get("actor"), activity.get("author"), piece(activity, "created", "actor")
    )
    urn = values.identifier(actor)
    return values.named_author(CHANNEL, urn, fallback=external_id, external_id=urn)


def _address(external_id: str, raw: Raw) -> str | None:
    post = values.identifier(raw.get("sourcePost")) or external_id
    return values.web_address(f"https://www.linkedin.com/feed/update/{post}/") if post.startswith("urn:li:") else None
