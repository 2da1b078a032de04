"""Reviews of Yelp in the shape of the house; pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract, Raw
from portal.listening.connectors.pieces import name_of, piece
from portal.listening.drafts import MentionDraft

CHANNEL = "yelp"
# `time_created` has no zone; public specifications say Pacific time.
_ZONE = ZoneInfo("America/Los_Angeles")


def raw_items(payload: object) -> list[Raw]:
    """The reviews of an answer."""
    return list(values.objects(payload, "reviews"))


def normalise_item(raw: Raw) -> MentionDraft:
    """A review; its text is an excerpt.

    Raises:
        Contract: it has no id, rating or time.
    """
    review_id = values.need_id(raw.get("id"), "Yelp review")
    user = values.mapping(raw, "user")
    number = values.identifier(user.get("id"))
    return MentionDraft(
        channel=CHANNEL,
        external_id=review_id,
        kind="review",
        text=values.decoded(raw.get("text")),
        url=values.web_address(raw.get("url")),
        created_at=_created_at(raw.get("time_created")),
        author=values.named_author(
            CHANNEL,
            number or user.get("name"),
            fallback=review_id,
            external_id=number,
            name=name_of(user.get("name")),
            url=values.web_address(piece(user, "profile_url")),
            avatar_url=values.web_address(piece(user, "image_url")),
        ),
        rating=values.stars(raw.get("rating")),
    )


def _created_at(value: object) -> datetime:
    try:
        said = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        said = None
    if said is None:
        raise Contract("A Yelp review arrived without its time.")
    zoned = said if said.tzinfo else said.replace(tzinfo=_ZONE)
    return values.need_moment(zoned.isoformat(), "Yelp review")
