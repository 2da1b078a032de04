"""Reviews of the App Store in the shape of the house: App Store Connect, and the older public feed; pure."""

from collections.abc import Mapping

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract, Raw
from portal.listening.connectors.pieces import name_of, piece, text_of, title_of
from portal.listening.drafts import MentionDraft

CHANNEL = "app-store"


def raw_items(payload: object) -> list[Raw]:
    """The reviews of an answer; in the feed, `entry` is absent, one object or a list, and one may be the app itself."""
    feed = piece(payload, "feed")
    if isinstance(feed, Mapping):
        return [{**entry, "from_feed": True} for entry in values.objects(feed, "entry") if "im:rating" in entry]
    return [entry for entry in values.objects(payload, "data") if entry.get("type") in (None, "customerReviews")]


def normalise_item(raw: Raw) -> MentionDraft:
    """A review; nicknames may be taken by anyone anew, so each review is an author of its own.

    Raises:
        Contract: it is no review.
    """
    if raw.get("from_feed") or "im:rating" in raw:
        return _feed_entry(raw)
    review_id = values.need_id(raw.get("id"), "App Store review")
    said = values.mapping(raw, "attributes")
    if not said:
        raise Contract("An App Store item arrived that is no review.")
    answered = piece(raw, "relationships", "response", "data")
    return MentionDraft(
        channel=CHANNEL,
        external_id=review_id,
        kind="review",
        title=title_of(said.get("title")),
        text=text_of(said.get("body")),
        created_at=values.need_moment(said.get("createdDate"), "App Store review"),
        author=values.named_author(
            CHANNEL, f"review-{review_id}", fallback=review_id, name=name_of(said.get("reviewerNickname"))
        ),
        replies=1 if answered else None,
        rating=values.stars(said.get("rating")),
    )


def _label(raw: Raw, *path: str) -> object:
    return piece(raw, *path, "label")


def _feed_entry(raw: Raw) -> MentionDraft:
    review_id = values.need_id(_label(raw, "id"), "App Store review")
    shown = name_of(_label(raw, "author", "name"))
    profile = values.web_address(_label(raw, "author", "uri"))
    links = values.objects(raw, "link")
    # The address of the reviewer ends in their number and stays theirs, whatever name they show.
    number = profile.rpartition("/id")[2] if profile and profile.rpartition("/id")[2].isdigit() else None
    return MentionDraft(
        channel=CHANNEL,
        external_id=review_id,
        kind="review",
        title=title_of(_label(raw, "title")),
        text=text_of(_label(raw, "content")),
        url=values.web_address(piece(links[0], "attributes", "href")) if links else None,
        created_at=values.need_moment(_label(raw, "updated"), "App Store review"),
        author=values.named_author(
            CHANNEL, number or f"review-{review_id}", fallback=review_id, external_id=number, name=shown, url=profile
        ),
        likes=values.count(_label(raw, "im:voteSum")),
        rating=values.stars(_label(raw, "im:rating")),
    )
