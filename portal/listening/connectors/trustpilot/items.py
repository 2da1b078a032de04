"""Reviews of Trustpilot in the shape of the house, polled or pushed; pure."""

from portal.listening.connectors import values
from portal.listening.connectors.contract import Deletion, Raw
from portal.listening.connectors.pieces import name_of, piece, text_of, title_of
from portal.listening.drafts import MentionDraft

CHANNEL = "trustpilot"
_DELETED = {"service-review-deleted", "review-deleted"}


def raw_items(payload: object) -> list[Raw]:
    """The reviews of an answer."""
    return list(values.objects(payload, "reviews"))


def pushed_items(payload: object) -> list[Raw]:
    """What a webhook brings: `events`, each with `eventName` and the review as `eventData` [unverified]."""
    return [
        {**values.mapping(event, "eventData"), "event": event.get("eventName")}
        for event in values.objects(payload, "events")
    ]


def normalise_item(raw: Raw) -> MentionDraft | Deletion:
    """A review; a tombstone for one that was deleted or taken offline.

    Raises:
        Contract: it has no id or time.
    """
    review_id = values.need_id(raw.get("id"), "Trustpilot review")
    if str(raw.get("event")) in _DELETED or str(raw.get("status") or "active").lower() in {"deleted", "archived"}:
        return Deletion(channel=CHANNEL, external_id=review_id)
    created_at = values.need_moment(raw.get("createdAt"), "Trustpilot review")
    updated_at = values.moment(raw.get("updatedAt"))
    consumer = values.mapping(raw, "consumer")
    number = values.identifier(consumer.get("id"))
    shown = values.first_filled(consumer.get("displayName"), consumer.get("name"))
    return MentionDraft(
        channel=CHANNEL,
        external_id=review_id,
        kind="review",
        title=title_of(raw.get("title")),
        text=text_of(raw.get("text")),
        lang=values.language(raw.get("language")),
        url=values.web_address(piece(raw, "link"))
        or values.web_address(f"https://www.trustpilot.com/reviews/{review_id}"),
        created_at=created_at,
        edited_at=updated_at if updated_at and updated_at > created_at else None,
        author=values.named_author(
            CHANNEL,
            number or shown,
            fallback=review_id,
            external_id=number,
            name=name_of(shown),
            url=values.web_address(f"https://www.trustpilot.com/users/{number}") if number else None,
        ),
        likes=values.count(raw.get("numberOfLikes")),
        rating=values.stars(raw.get("stars")),
    )
